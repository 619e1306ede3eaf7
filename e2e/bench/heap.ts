/** Whether a window that is left alone grows: its heap over minutes, garbage collected before each look. */
import type { CDPSession, Page } from "@playwright/test";
import { residentBytesOfDescendants } from "./processes.ts";

/** MB a minute. */
export const mostHeapSlope = 1;

/** Code is compiled and rings are filled before the first look. */
const warmUpMs = 60_000;
const everyMs = 10_000;

interface HeapOver {
  /** MB a minute, of the window's own objects. */
  slope: number;
  /** MB at the end. */
  megabytes: number;
  /** MB a minute, of all that this process started: lab, browser and recording. */
  residentSlope: number;
}

export async function heapOver(page: Page, cdp: CDPSession, minutes: number): Promise<HeapOver> {
  const points: { minute: number; megabytes: number; resident: number }[] = [];
  await page.waitForTimeout(warmUpMs);
  const startedAt = performance.now();
  do {
    await cdp.send("HeapProfiler.collectGarbage");
    const { usedSize } = await cdp.send("Runtime.getHeapUsage");
    const minute = (performance.now() - startedAt) / 60_000;
    points.push({ minute, megabytes: usedSize / 1e6, resident: residentBytesOfDescendants() / 1e6 });
    await page.waitForTimeout(everyMs);
  } while (performance.now() - startedAt < minutes * 60_000);
  return {
    slope: slopeOf(points.map(({ minute, megabytes }) => [minute, megabytes])),
    megabytes: points.at(-1)!.megabytes,
    residentSlope: slopeOf(points.map(({ minute, resident }) => [minute, resident])),
  };
}

/** Least squares. */
function slopeOf(points: readonly (readonly [number, number])[]): number {
  const mean = (at: 0 | 1) => points.reduce((sum, point) => sum + point[at], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  const spread = points.reduce((sum, [a]) => sum + (a - x) ** 2, 0);
  return spread === 0 ? 0 : points.reduce((sum, [a, b]) => sum + (a - x) * (b - y), 0) / spread;
}
