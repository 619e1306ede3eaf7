/**
 * `npm run check`: format and lint, types, arrows, dead code, unit tests; with Rust also cargo fmt, clippy and cargo test.
 * Runs all of them, says each by name, fails if one failed. Prints the totals of the tests it ran.
 */
import path from "node:path";
import { findNode, root } from "./lib/node.mjs";
import { run, works } from "./lib/run.mjs";
import { printTotals, vitestTotals } from "./lib/totals.mjs";

const { node } = findNode();
const tool = (file, ...args) => [node, [path.join("node_modules", file), ...args]];
const projects = ["pure", "node", "renderer", "e2e"];

const steps = [
  ["format and lint", ...tool("@biomejs/biome/bin/biome", "ci", "--colors=off", "--diagnostic-level=warn", "--error-on-warnings", ".")],
  ...projects.map((name) => [`types (${name})`, ...tool("typescript/bin/tsc", "-p", `.config/tsconfig.${name}.json`)]),
  ["arrows", ...tool("dependency-cruiser/bin/dependency-cruiser.mjs", "--config", ".config/dependency-cruiser.cjs", "app", "renderer")],
  ["container", node, [path.join("scripts", "lint-container.mjs")]],
  ["dead code", ...tool("knip/bin/knip.js", "--config", ".config/knip.jsonc")],
];
const cargo = ["cargo", "--quiet"];
const rust = [
  ["rust format", cargo[0], ["fmt", "--check"]],
  ["rust lint", cargo[0], ["clippy", "--quiet", "--locked", "--all-targets", "--", "-D", "warnings"]],
  ["rust tests", cargo[0], ["test", "--quiet", "--locked"]],
];

let failed = 0;
const totals = { passed: 0, failed: 0, skipped: 0 };
for (const [name, command, args] of steps) await step(name, command, args, root);

const report = path.join(root, "node_modules", ".cache", "gyrus", "vitest.json");
const vitest = tool(
  "vitest/vitest.mjs",
  "run",
  "--config",
  ".config/vitest.config.ts",
  "--reporter=default",
  "--reporter=json",
  `--outputFile.json=${report}`,
);
await step("unit and golden tests", ...vitest, root, false);
vitestTotals(report, totals);

if (works("cargo", ["-V"])) for (const [name, command, args] of rust) await step(name, command, args, path.join(root, "native"));
else process.stdout.write("skip rust format, lint, tests: cargo is not on this machine\n");

const flake = ["--extra-experimental-features", "nix-command flakes", "flake", "check", "--no-build", "--no-write-lock-file"];
if (works("nix")) await step("flake evaluates", "nix", [...flake, "--override-input", "nixpkgs", "path:./nix/stub", "."], root);
else process.stdout.write("skip flake evaluates: nix is not on this machine\n");

printTotals(totals);
process.exit(failed === 0 ? 0 : 1);

async function step(name, command, args, cwd, quiet = true) {
  const started = Date.now();
  const { code, output } = await run(command, args, { quiet, cwd });
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  process.stdout.write(`${code === 0 ? "ok  " : "FAIL"} ${name} (${seconds} s)\n`);
  if (code === 0) return;
  failed++;
  process.stdout.write(output);
}
