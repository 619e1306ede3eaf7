/** The uPlot under a plot: made once for a set of series, told what to draw, and asked for nothing. Colours are read anew at each drawing. */
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { formatExact } from "../format.ts";
import type { Drawn } from "./decimate.ts";
import { pathsOf } from "./paths.ts";
import { drawShade } from "./shade.ts";

export type Span = readonly [from: number, to: number];

/**
 * How a series is drawn: a line through its rows, a value that holds until the next row, a bar on each row, a stem from 0 to a head
 * where it is not 0, a tick at the top where it has a value, or a band behind the others where it is above 0.
 */
export type SeriesKind = "line" | "step" | "bars" | "stems" | "ticks" | "shade";

interface ChartOptions {
  x: { label: string; format: (value: number) => string; isWhole: boolean };
  /** `from`, `to`: values that are always in the picture. */
  y: { label: string; format: (value: number) => string; from?: number | undefined; to?: number | undefined };
  /** The axis of stems, on the right; it always holds 0. */
  stems: { label: string; format: (value: number) => string } | null;
  /** Characters for which every axis of values has room, so that plots below each other have one x. */
  leastCharacters: number;
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

/** Values that are in the picture too, of either scale. */
export interface Together {
  y: Span | null;
  stems: Span | null;
}

export interface Chart {
  /** Upright lines: `mark` where all views stand, `anchor` where measuring begins. */
  draw(drawn: Drawn, shown: Span, at: { mark: number | null; anchor: number | null }, together?: Together): void;
  setCursor(x: number | null): void;
  resize(width: number, height: number): void;
  destroy(): void;
}

const wholeSteps = [1, 2, 5].flatMap((step) => Array.from({ length: 9 }, (_, power) => step * 10 ** power)).sort((a, b) => a - b);
const nowhere = { left: -10, top: -10 };
const leastDrag = 4;

/** Rounded as the plot rounds; exact where two labels would be the same. */
function labelsBy(format: (value: number) => string): (chart: uPlot, splits: number[]) => string[] {
  return (_, splits) => {
    const labels = splits.map(format);
    return new Set(labels).size === labels.length ? labels : splits.map(formatExact);
  };
}

export function createChart(host: HTMLElement, size: { width: number; height: number }, options: ChartOptions): Chart {
  const { x, y, stems, leastCharacters, series, bands, colourOf, font, onCursor, onRange } = options;
  const axis = { stroke: () => colourOf("text-2"), font, labelFont: font, labelSize: 16, labelGap: 0 };
  const lines = { stroke: () => colourOf("line"), width: 1 };
  let shown: Span = [0, 1];
  let mark: number | null = null;
  let anchor: number | null = null;
  let together: Together = { y: null, stems: null };
  /** x that was moved to by key; null: the cursor is the pointer's. */
  let held: number | null = null;
  /** The pointer's last event before that: what is told without another one is the chart's own doing. */
  let before: MouseEvent | null | undefined = null;

  const values = {
    ...axis,
    gap: 4,
    ticks: { show: false },
    size: (_: uPlot, labels: string[] | null) => 14 + 6.5 * Math.max(leastCharacters, ...(labels ?? []).map((label) => label.length)),
  };
  const hasTicks = series.some(({ kind }) => kind === "ticks");

  const chart = new uPlot(
    {
      ...size,
      legend: { show: false },
      padding: [8, stems ? 0 : 20, 0, 0],
      scales: {
        x: { time: false, range: () => [...shown] },
        y: { range: (_, low, high) => roomFor(joined([low, high], together.y), y, hasTicks) },
        stems: { range: (_, low, high) => roomFor(joined([low, high], together.stems ?? [0, 0]), {}, hasTicks) },
        shade: { range: [0, 1] },
      },
      axes: [
        {
          ...axis,
          ...{ label: x.label, size: 26, gap: 4, grid: { show: false }, ticks: { ...lines, size: 4 } },
          ...(x.isWhole ? { incrs: wholeSteps } : {}),
          values: labelsBy(x.format),
        },
        { ...values, label: y.label, grid: lines, values: labelsBy(y.format) },
        ...(stems
          ? [
              {
                ...values,
                ...{ scale: "stems", side: 1 as const, label: stems.label, grid: { show: false } },
                values: labelsBy(stems.format),
              },
            ]
          : []),
      ],
      series: [
        {},
        ...series.map(({ kind, dash, token }, place) => ({
          ...{ stroke: () => colourOf(token), width: 1.5, dash: [...dash] },
          points: { show: false },
          ...pathsOf(kind, place),
          ...(kind === "shade" || kind === "stems" ? { scale: kind } : {}),
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
        points: { size: (_, place) => (series[place - 1]?.kind === "shade" ? 0 : 7) },
        bind: {
          dblclick: () => () => {
            onRange(null);
            return null;
          },
        },
      },
      hooks: {
        setCursor: [
          ({ cursor, posToVal }) => {
            if ((cursor.event ?? null) === before) return;
            held = null;
            before = undefined;
            onCursor(cursor.idx == null ? null : posToVal(cursor.left ?? 0, "x"));
          },
        ],
        setSelect: [
          (self) => {
            const { left, width } = self.select;
            if (width >= leastDrag) onRange([self.posToVal(left, "x"), self.posToVal(left + width, "x")]);
            self.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
          },
        ],
        drawClear: [
          (self) => {
            for (const [i, { kind, token }] of series.entries())
              if (kind === "shade") drawShade(self, i + 1, shown, colourOf(token), uPlot.pxRatio);
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

  const place = (at: number | null) => chart.setCursor(at === null ? nowhere : { left: chart.valToPos(at, "x"), top: 0 }, false);
  return {
    draw(drawn, nowShown, at, nowTogether = { y: null, stems: null }) {
      [shown, together] = [nowShown, nowTogether];
      ({ mark, anchor } = at);
      chart.batch(() => chart.setData([drawn.x, ...drawn.y]));
      if (held !== null) place(held);
    },
    setCursor(at) {
      held = at;
      before = chart.cursor.event ?? null;
      place(at);
    },
    resize: (width, height) => chart.setSize({ width, height }),
    destroy: () => chart.destroy(),
  };
}

type Extremes = readonly [low: number | null, high: number | null];

/** What is there stays unknown where nothing is drawn. */
function joined([low, high]: Extremes, more: Span | null): Extremes {
  return low === null || high === null || more === null ? [low, high] : [Math.min(low, more[0]), Math.max(high, more[1])];
}

/** Ticks stand above everything else. */
function roomFor([low, high]: Extremes, { from, to }: Pick<ChartOptions["y"], "from" | "to">, hasTicks: boolean): [number, number] {
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
