/** Bands behind the curves of a plot, where a series is above 0: hatched, so that they are told from what is only of another colour. */
import type uPlot from "uplot";
import type { Span } from "./chart.ts";

/** Pixels of the screen between two lines of the hatching. */
export const hatchStep = 6;
const hatchStrength = 0.4;
const fillStrength = 0.1;

/** The stretches of x in which the column is above 0, each from halfway to the row before to halfway to the row after. */
export function shadedSpans(x: readonly number[], column: ArrayLike<number | null | undefined>): Span[] {
  const spans: [from: number, to: number][] = [];
  for (const [row, at] of x.entries()) {
    if (!((column[row] ?? 0) > 0)) continue;
    const [before, after] = [at - (x[row - 1] ?? at - 1), (x[row + 1] ?? at + 1) - at];
    const last = spans.at(-1);
    if (last && (column[row - 1] ?? 0) > 0) last[1] = at + after / 2;
    else spans.push([at - before / 2, at + after / 2]);
  }
  return spans;
}

/** Fills and hatches the bands of one series over the whole height. */
export function drawShade(chart: uPlot, series: number, [from, to]: Span, colour: string, pxRatio: number): void {
  const { ctx, bbox } = chart;
  const column = chart.data[series] ?? [];
  for (const [first, last] of shadedSpans(chart.data[0] as number[], column)) {
    if (last < from || first > to) continue;
    const left = chart.valToPos(Math.max(first, from), "x", true);
    const right = chart.valToPos(Math.min(last, to), "x", true);
    ctx.save();
    ctx.beginPath();
    ctx.rect(left, bbox.top, right - left, bbox.height);
    ctx.clip();
    ctx.globalAlpha = fillStrength;
    ctx.fillStyle = colour;
    ctx.fillRect(left, bbox.top, right - left, bbox.height);
    ctx.globalAlpha = hatchStrength;
    ctx.strokeStyle = colour;
    ctx.lineWidth = pxRatio;
    ctx.setLineDash([]);
    const step = hatchStep * pxRatio;
    ctx.beginPath();
    // All bands share one grid of lines, so that they do not crawl while the curve grows.
    for (let at = Math.floor((left - bbox.height) / step) * step; at < right; at += step) {
      ctx.moveTo(at, bbox.top + bbox.height);
      ctx.lineTo(at + bbox.height, bbox.top);
    }
    ctx.stroke();
    ctx.restore();
  }
}
