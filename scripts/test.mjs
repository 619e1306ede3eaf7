/**
 * `npm test`: checks, unit and golden tests, then the end-to-end journeys. `npm run e2e` runs the journeys only.
 * The last line adds up every test that ran.
 */
import path from "node:path";
import { findNode, root } from "./lib/node.mjs";
import { run } from "./lib/run.mjs";
import { findChromium } from "./lib/test-machine.mjs";
import { playwrightTotals, printTotals, vitestTotals } from "./lib/totals.mjs";

const cache = path.join(root, "node_modules", ".cache", "gyrus");
const journeysOnly = process.argv[2] === "e2e";
const { node } = findNode();
const totals = { passed: 0, failed: 0, skipped: 0 };
let ok = true;

if (!journeysOnly) {
  const { code } = await run(node, ["scripts/check.mjs"]);
  ok = code === 0;
  vitestTotals(path.join(cache, "vitest.json"), totals);
}

if (!journeysOnly) {
  const { code, output } = await run(node, ["scripts/pack-check.mjs"], { quiet: true });
  process.stdout.write(`${code === 0 ? "ok  " : "FAIL"} packaging\n${code === 0 ? "" : output}`);
  ok &&= code === 0;
}

const report = path.join(cache, "playwright.json");
const chromium = findChromium();
const env = { PLAYWRIGHT_JSON_OUTPUT_FILE: report, ...(chromium ? { CHROMIUM_PATH: chromium } : {}) };
const args = [
  "node_modules/@playwright/test/cli.js",
  "test",
  "--config",
  "e2e/playwright.config.ts",
  "--reporter=list,json",
  ...process.argv.slice(3),
];
const { code } = await run(node, args, { env });
ok &&= code === 0;
playwrightTotals(report, totals);

printTotals(totals);
process.exit(ok && totals.failed === 0 ? 0 : 1);
