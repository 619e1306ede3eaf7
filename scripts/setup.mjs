/**
 * Everything between `git clone` and a running lab: packages, native engine, bundles and, for tests, a browser.
 * `node scripts/setup.mjs start|test`. Each step is skipped when its inputs did not change. Node 20 built-ins only.
 */
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { findNode, root } from "./lib/node.mjs";
import { fingerprint, readStamp, run, say, works, writeStamp } from "./lib/run.mjs";
import { installTestMachine } from "./lib/test-machine.mjs";

const purpose = process.argv[2] ?? "start";
if (Number(process.versions.node.split(".")[0]) < 20) fail(`Node 20 or newer is needed; this is ${process.version}.`);

await installPackages();
const { node, reason } = findNode();
if (!node) fail(reason);
await buildNative();
await buildBundles();
if (purpose === "test") await installTestMachine();

async function installPackages() {
  const inputs = ["package.json", "package-lock.json"].map((file) => readFileSync(path.join(root, file)));
  const wanted = createHash("sha256").update(Buffer.concat(inputs)).update(`${process.platform}-${process.arch}`).digest("hex");
  if (readStamp("packages") === wanted && existsSync(path.join(root, "node_modules", "zod"))) return;
  say("installing packages (once, about a minute) …");
  const npm = process.env.npm_execpath;
  const args = ["ci", "--no-audit", "--no-fund", "--loglevel=error"];
  const { code, output } = npm ? await run(process.execPath, [npm, ...args], { quiet: true }) : await run("npm", args, { quiet: true });
  if (code !== 0) fail(`npm ci failed:\n${output}`);
  writeStamp("packages", wanted);
}

async function buildNative() {
  const { code } = await run(node, ["scripts/build-native.mjs"]);
  if (code === 0) return;
  const why = code === 3 ? "cargo is not on this machine" : "its build failed (see above)";
  say("------------------------------------------------------------------------------");
  say(`NO NATIVE ENGINE: ${why}. Gyrus runs on the TypeScript reference engine:`);
  say("same results, slower on large brains. With Rust from rustup.rs the next start builds it.");
  say("------------------------------------------------------------------------------");
}

async function buildBundles() {
  const wanted = fingerprint(["app", "renderer", ".config/electron.vite.config.ts", "package-lock.json", "tsconfig.json"]);
  if (readStamp("bundles") === wanted && existsSync(path.join(root, "out", "renderer", "index.html"))) return;
  say("building the window and the brain host …");
  const { code, output } = await run(
    node,
    ["node_modules/electron-vite/bin/electron-vite.js", "build", "--config", ".config/electron.vite.config.ts", "--logLevel", "warn"],
    { quiet: true },
  );
  if (code !== 0) fail(`the build failed:\n${output}`);
  writeStamp("bundles", wanted);
}

function fail(text) {
  say(text);
  if (!works("npm", ["--version"])) say("npm is not on PATH.");
  process.exit(1);
}
