/**
 * `npm run bench`: the figures of the engines by the command line; `-- scene` and `-- ui` those of the window in a real Chromium
 * (e2e/bench), which the shipped command line knows nothing of.
 */
import path from "node:path";
import { findNode, root } from "./lib/node.mjs";
import { run } from "./lib/run.mjs";
import { findChromium } from "./lib/test-machine.mjs";

const [name, ...rest] = process.argv.slice(2);
const { node } = findNode();
const inBrowser = name === "scene" || name === "ui";

if (inBrowser) {
  const vite = path.join(root, "node_modules", "vite", "bin", "vite.js");
  const built = await run(node, [vite, "build", "--logLevel", "error", "--config", "renderer/scene/bench/vite.config.ts"]);
  if (built.code !== 0) process.exit(built.code);
}
const program = inBrowser ? [`e2e/bench/${name}.ts`, ...rest] : ["scripts/gyrus.mjs", "bench", ...process.argv.slice(2)];
const chromium = inBrowser ? findChromium() : null;
const { code } = await run(node, program, { env: chromium ? { CHROMIUM_PATH: chromium } : {} });
process.exit(code);
