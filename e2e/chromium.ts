/** Where a Chromium is: CHROMIUM_PATH, else the first on PATH, else Playwright's own when it was installed. */
import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "@playwright/test";

/** Null when this machine has none. */
export function chromiumPath(): string | null {
  if (process.env.CHROMIUM_PATH) return process.env.CHROMIUM_PATH;
  const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
  for (const folder of (process.env.PATH ?? "").split(delimiter)) {
    for (const name of names) if (isExecutable(join(folder, name))) return join(folder, name);
  }
  const own = chromium.executablePath();
  return existsSync(own) ? own : null;
}

/** Software WebGL made explicit, so that a machine with a GPU draws the same pixels; GYRUS_CHROMIUM_ARGS says otherwise, to measure one. */
export const chromiumArguments = process.env.GYRUS_CHROMIUM_ARGS?.split(/\s+/).filter(Boolean) ?? [
  "--no-sandbox",
  "--use-angle=swiftshader",
  "--enable-unsafe-swiftshader",
];

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
