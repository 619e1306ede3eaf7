/** The uPlot under a plot: made once for a set of series, told what to draw, and asked for nothing. Colours are read anew at each drawing. */
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { formatExact } from "../format.ts";
import type { Drawn } from "./decimate.ts";

export type Span = readonly [from: number, to: number];

/** How a series is drawn: a line through its rows, a value that holds until the next row, a bar on each row, or a tick at the top where it has a value. */
export type SeriesKind = "line" | "step" | "bars" | "ticks";

interface ChartOptions {
  x: { label: string; format: (value: number) => string; isWhole: boolean };
  /** `from`, `to`: values that are always in the picture. */
  y: { label: string; format: (value: number) => string; from?: number | undefined; to?: number | undefined };
  series: readonly { kind: SeriesKind; dash: readonly number[]; token: string }[];
  /** Pairs of series with the room between them filled. */
  bands: readonly (readonly [upper: number, lower: number])[];
  colourOf: (token: string) => string;
  font: string;
  /** x under the pointer; null: it left. */
  onCursor: (x: number | null) => void;
  /** A stretch that was drawn with the pointer; null: all of it. */
  onRange: (range: Span | null) => void;
}

export interface Chart {
  /** Upright lines: `mark` where all views stand, `anchor` where measuring begins. */
  draw(drawn: Drawn, shown: Span, at: { mark: number | null; anchor: number | null }): void;
  setCursor(x: number | null): void;
  resize(width: number, height: number): void;
  destroy(): void;
}

const wholeSteps = [1, 2, 5].flatMap((step) => Array.from({ length: 9 }, (_, power) => step * 10 ** power)).sort((a, b) => a - b);
const nowhere = { left: -10, top: -10 };
const leastDrag = 4;
const tickHeight = 9;

/** Rounded as the plot rounds; exact where two labels would be the same. */
function labelsOf(splits: readonly number[], format: (value: number) => string): string[] {
  const labels = splits.map(format);
  return new Set(labels).size === labels.length ? labels : splits.map(formatExact);
}

export function createChart(host: HTMLElement, size: { width: number; height: number }, options: ChartOptions): Chart {
  const { x, y, series, bands, colourOf, font, onCursor, onRange } = options;
  const axis = { stroke: () => colourOf("text-2"), font, labelFont: font, labelSize: 16, labelGap: 0 };
  const lines = { stroke: () => colourOf("line"), width: 1 };
  let shown: Span = [0, 1];
  let mark: number | null = null;
  let anchor: number | null = null;

  const chart = new uPlot(
    {
      ...size,
      legend: { show: false },
      padding: [8, 20, 0, 0],
      scales: {
        x: { time: false, range: () => [...shown] },
        y: {
          range: (_, low, high) =>
            roomFor(
              low,
              high,
              y,
              series.some(({ kind }) => kind === "ticks"),
            ),
        },
      },
      axes: [
        {
          ...axis,
          ...{ label: x.label, size: 26, gap: 4, grid: { show: false }, ticks: { ...lines, size: 4 } },
          ...(x.isWhole ? { incrs: wholeSteps } : {}),
          values: (_, splits) => labelsOf(splits, x.format),
        },
        {
          ...axis,
          ...{ label: y.label, gap: 4, grid: lines, ticks: { show: false } },
          size: (_, values) => 14 + 6.5 * Math.max(2, ...(values ?? []).map((value) => value.length)),
          values: (_, splits) => labelsOf(splits, y.format),
        },
      ],
      series: [
        {},
        ...series.map(({ kind, dash, token }) => ({
          ...{ stroke: () => colourOf(token), width: 1.5, dash: [...dash] },
          points: { show: false },
          ...pathsOf(kind),
          ...(kind === "bars" ? { fill: () => faded(colourOf(token)) } : {}),
        })),
      ],
      bands: bands.map(([upper, lower]) => ({
        series: [upper + 1, lower + 1],
        fill: () => faded(colourOf(series[upper]?.token ?? "text-2")),
      })),
      cursor: {
        y: false,
        drag: { x: true, y: false, setScale: false },
        points: { size: 7 },
        bind: {
          dblclick: () => () => {
            onRange(null);
            return null;
          },
        },
      },
      hooks: {
        setCursor: [({ cursor, posToVal }) => onCursor(cursor.idx == null ? null : posToVal(cursor.left ?? 0, "x"))],
        setSelect: [
          (self) => {
            const { left, width } = self.select;
            if (width >= leastDrag) onRange([self.posToVal(left, "x"), self.posToVal(left + width, "x")]);
            self.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
          },
        ],
        draw: [
          (self) => drawMark(self, mark, shown, colourOf("accent")),
          (self) => drawMark(self, anchor, shown, colourOf("text-2"), [4, 3]),
        ],
      },
    },
    [[], ...series.map(() => [])],
    host,
  );

  return {
    draw(drawn, nowShown, at) {
      shown = nowShown;
      ({ mark, anchor } = at);
      chart.setData([drawn.x, ...drawn.y]);
    },
    setCursor: (at) => chart.setCursor(at === null ? nowhere : { left: chart.valToPos(at, "x"), top: 0 }, false),
    resize: (width, height) => chart.setSize({ width, height }),
    destroy: () => chart.destroy(),
  };
}

function pathsOf(kind: SeriesKind): Pick<uPlot.Series, "paths"> {
  const { stepped, bars } = uPlot.paths;
  if (kind === "step" && stepped) return { paths: stepped({ align: 1 }) };
  if (kind === "bars" && bars) return { paths: bars({ size: [0.92, Number.POSITIVE_INFINITY] }) };
  if (kind === "ticks") return { paths: ticks };
  return {};
}

function ticks(chart: uPlot, series: number, first: number, last: number): uPlot.Series.Paths {
  const stroke = new Path2D();
  for (let row = first; row <= last; row++) {
    if (chart.data[series]?.[row] == null) continue;
    const at = chart.valToPos(chart.data[0][row] as number, "x", true);
    stroke.moveTo(at, chart.bbox.top);
    stroke.lineTo(at, chart.bbox.top + tickHeight * uPlot.pxRatio);
  }
  return { stroke };
}

/** Ticks stand above everything else. */
function roomFor(low: number | null, high: number | null, { from, to }: ChartOptions["y"], hasTicks: boolean): [number, number] {
  if (low === null || high === null) return [from ?? 0, to ?? (from ?? 0) + 1];
  const [least, most] = [Math.min(low, from ?? low), Math.max(high, to ?? high)];
  const room = most > least ? (most - least) * 0.06 : Math.abs(most) * 0.1 || 1;
  return [least === from ? least : least - room, most === to ? most : most + (hasTicks ? 4 * room : room)];
}

function drawMark({ ctx, bbox, valToPos }: uPlot, mark: number | null, [from, to]: Span, colour: string, dash: number[] = []): void {
  if (mark === null || mark < from || mark > to) return;
  const at = Math.round(valToPos(mark, "x", true)) + 0.5;
  ctx.save();
  ctx.strokeStyle = colour;
  ctx.setLineDash(dash.map((length) => length * uPlot.pxRatio));
  ctx.lineWidth = Math.max(1, uPlot.pxRatio);
  ctx.beginPath();
  ctx.moveTo(at, bbox.top);
  ctx.lineTo(at, bbox.top + bbox.height);
  ctx.stroke();
  ctx.restore();
}

/** A quarter of its strength; `colour` is #rrggbb. */
function faded(colour: string): string {
  return `${colour}40`;
}
