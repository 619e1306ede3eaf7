/** Unit, golden and property tests. End-to-end specs belong to Playwright (e2e/playwright.config.ts). */
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  root: fileURLToPath(new URL("..", import.meta.url)),
  test: {
    include: ["app/**/*.test.ts", "renderer/**/*.test.{ts,tsx}"],
    // A guard against hanging, not a measure: machines are shared.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    maxWorkers: 2,
  },
});
