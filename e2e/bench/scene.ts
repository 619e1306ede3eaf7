/**
 * `npm run bench -- scene [firing=… width=… height=… activity=gpu|software …]`: the scene's bench page (renderer/scene/bench) in a
 * Chromium, without a brain host. Prints JSON. CHROMIUM_PATH picks the browser, GYRUS_CHROMIUM_ARGS its switches.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "@playwright/test";
import { chromiumArguments, chromiumPath } from "../chromium.ts";
import { root } from "../root.ts";
import { serveFolder } from "./serve-folder.ts";

const folder = join(root, "out/scene-bench");
/** A software rasteriser draws 1.2 M points in seconds. */
const longestMs = 20 * 60_000;

export async function measureScene(figures: Record<string, string | number>): Promise<unknown> {
  if (!existsSync(join(folder, "index.html"))) throw new Error("out/scene-bench is not built: npm run bench -- scene builds it");
  const executablePath = chromiumPath();
  if (executablePath === null) throw new Error("No Chromium here: set CHROMIUM_PATH");
  const { url, close } = await serveFolder(folder);
  const browser = await chromium.launch({ executablePath, args: chromiumArguments });
  try {
    const { width = 1920, height = 1080 } = figures;
    const page = await browser.newPage({ viewport: { width: Number(width), height: Number(height) } });
    await page.goto(`${url}?${new URLSearchParams(Object.entries(figures).map(([name, value]) => [name, String(value)]))}`);
    await page.waitForFunction(() => "gyrusSceneBench" in window, undefined, { timeout: longestMs });
    return await page.evaluate(() => (window as Window & { gyrusSceneBench?: unknown }).gyrusSceneBench);
  } finally {
    await browser.close();
    close();
  }
}

if (import.meta.main) {
  const figures = Object.fromEntries(process.argv.slice(2).map((text) => text.split("=") as [string, string]));
  process.stdout.write(`${JSON.stringify(await measureScene(figures), null, 2)}\n`);
}
