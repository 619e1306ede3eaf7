/** Places on the timeline's strip: bursts from left to right in a box of 1000 by 100, firings upwards. */
import type { Activity } from "#contracts/commands/time.ts";

export const stripWidth = 1000;
export const stripHeight = 100;
/** Where bars stand; below it are the ticks of keyframes. */
export const barFloor = 93;

export interface Range {
  from: number;
  to: number;
}

/** The left edge of a burst; that of the burst after the last is the right end. */
export function leftOf(burst: number, { from, to }: Range): number {
  return ((burst - from) / Math.max(1, to - from + 1)) * stripWidth;
}

/** The burst at a share of the width, 0 left and 1 right. */
export function burstAt(share: number, { from, to }: Range): number {
  return Math.max(from, Math.min(to, from + Math.floor(share * (to - from + 1))));
}

/** The largest number of firings drawn. */
export function peakOf({ most }: Pick<Activity, "most">): number {
  return most.reduce((peak, fired) => Math.max(peak, fired), 0);
}

/** One bar a part, as a single path; nothing fired draws nothing. */
export function barsPath(values: readonly number[], peak: number, { from, to, every }: Pick<Activity, "from" | "to" | "every">): string {
  if (peak === 0) return "";
  const range = { from, to };
  // Bars of a single burst stand apart where there is room.
  const gap = (leftOf(from + every, range) - leftOf(from, range)) * (values.length <= 160 ? 0.18 : 0);
  return values
    .map((value, part) => {
      if (value <= 0) return "";
      const left = leftOf(from + part * every, range);
      const right = leftOf(Math.min(to + 1, from + (part + 1) * every), range) - gap;
      const height = Math.max(1.5, (value / peak) * (barFloor - 4));
      return `M${left.toFixed(1)} ${barFloor}V${(barFloor - height).toFixed(1)}H${right.toFixed(1)}V${barFloor}z`;
    })
    .join("");
}

/** How far the strip shows bursts that are on disk only, in its units; null where it shows none. */
export function diskUntil(memoryFirst: number, range: Range): number | null {
  return memoryFirst <= range.from ? null : Math.min(stripWidth, leftOf(memoryFirst, range));
}
