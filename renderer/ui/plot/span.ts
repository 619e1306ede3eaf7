/** Stretches of x that a plot shows, and where in its rows somebody is. */
import type { Span } from "./chart.ts";
import { type Columns, lowerBound } from "./plot-data.ts";

/** From the first to the last x; bars stand half outside of it. */
export function extentOf({ x }: Columns, isBars: boolean): Span {
  const [first = 0, last = 1] = [x[0], x.at(-1)];
  const half = isBars ? ((x[1] ?? first + 1) - first) / 2 : first === last ? 1 : 0;
  return [first - half, last + half];
}

export function nearestRow(x: Float64Array, to: number): number {
  const after = Math.min(x.length - 1, lowerBound(x, to));
  const before = Math.max(0, after - 1);
  return to - (x[before] ?? 0) <= (x[after] ?? 0) - to ? before : after;
}

/** The stretch shifted so far that `x` is in it. */
export function movedTo([from, to]: Span, x: number): Span {
  const by = x < from ? x - from : x - to;
  return [from + by, to + by];
}

/** The stretch by `factor` around `middle`, within `extent`; null: all of that. */
export function zoomed([from, to]: Span, factor: number, middle: number, [first, last]: Span): Span | null {
  const next: Span = [middle - (middle - from) * factor, middle + (to - middle) * factor];
  return next[0] <= first && next[1] >= last ? null : [Math.max(first, next[0]), Math.min(last, next[1])];
}
