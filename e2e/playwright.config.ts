/**
 * End to end: the same journeys through three launchers. A launcher that cannot run on this machine skips its specs by name with
 * the reason; `npm run e2e -- --project browser` takes one.
 */
import { defineConfig } from "@playwright/test";
import type { LabOptions } from "./fixtures.ts";

export default defineConfig<LabOptions>({
  testDir: "journeys",
  outputDir: "../test-results",
  // A software rasteriser on two cores: one lab at a time, and patience.
  workers: 1,
  timeout: 240_000,
  expect: { timeout: 20_000 },
  forbidOnly: true,
  reporter: [["list"]],
  use: { actionTimeout: 20_000, testIdAttribute: "data-testid" },
  projects: [
    { name: "browser", use: { launcher: "browser" } },
    { name: "standin", use: { launcher: "standin" } },
    { name: "electron", use: { launcher: "electron" } },
  ],
});
