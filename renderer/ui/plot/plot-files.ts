/** A plot's rows as files: CSV and Parquet hold every row, SVG the picture, drawn as on screen for paper (dark on white). */

import type { SeriesKind } from "./chart.ts";
import { decimate } from "./decimate.ts";
import type { Columns } from "./plot-data.ts";
import { hatchStep, shadedSpans } from "./shade.ts";
import { headOf, stemPath } from "./stems.ts";

export interface Titled {
  x: string;
  y: string;
  /** Of the axis on the right, on which stems stand. */
  stems?: string | undefined;
  series: readonly { label: string; dash: readonly number[]; colour: string; kind: SeriesKind }[];
}

/** A row an x; an empty field where a series has no value. */
export function csvOf({ x, y }: Columns, titled: Titled): string {
  const quoted = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const lines = [[titled.x, ...titled.series.map(({ label }) => label)].map(quoted).join(",")];
  for (let row = 0; row < x.length; row++)
    lines.push([x[row], ...y.map((column) => (Number.isNaN(column[row]) ? "" : column[row]))].join(","));
  return `${lines.join("\n")}\n`;
}

/** Columns of doubles named as the series; null where one has no value. */
export async function parquetOf({ x, y }: Columns, titled: Titled): Promise<ArrayBuffer> {
  const { parquetWriteBuffer } = await import("hyparquet-writer");
  const names = unlike([titled.x, ...titled.series.map(({ label }) => label)]);
  const rows = [x, ...y].map((column) => Array.from(column, (value) => (Number.isNaN(value) ? null : value)));
  return parquetWriteBuffer({ columnData: rows.map((data, i) => ({ name: names[i]!, data, type: "DOUBLE", nullable: true })) });
}

const [width, height, left, bottom] = [720, 320, 64, 44];
const legendRow = 18;
/** What is left free on the right, with an axis there and without. */
const [rightWithAxis, rightWithout] = [64, 16];
const tickHeight = 9;

export function svgOf(columns: Columns, titled: Titled): string {
  const drawn = decimate(columns, width);
  const { items: legend, rows: legendRows } = legendOf(titled);
  const top = 10 + legendRow * legendRows;
  const right = titled.stems === undefined ? rightWithout : rightWithAxis;
  const isShade = (i: number) => titled.series[i]?.kind === "shade";
  const valuesOf = (isMeant: (kind: SeriesKind | undefined) => boolean) =>
    drawn.y.filter((_, i) => isMeant(titled.series[i]?.kind)).flatMap((column) => column.filter((value) => value !== null));
  const y = scaleOf(valuesOf((kind) => kind !== "shade" && kind !== "stems"));
  const stems = scaleOf(valuesOf((kind) => kind === "stems"));
  const isBars = titled.series.some(({ kind }) => kind === "bars");
  const xTicks = niceTicks(drawn.x[0] ?? 0, drawn.x.at(-1) ?? 1, 8);
  const [x0, x1] = [drawn.x[0] ?? 0, Math.max((drawn.x[0] ?? 0) + 1e-9, drawn.x.at(-1) ?? 1)];
  const px = (value: number) => fixed(left + ((value - x0) / (x1 - x0)) * (width - left - right));
  const py = (value: number, { from, to } = y) => fixed(height - bottom - ((value - from) / (to - from)) * (height - top - bottom));
  const base = py(Math.max(y.from, 0));
  const barWidth = isBars ? Math.max(1, ((width - left - right) / Math.max(1, drawn.x.length)) * 0.9) : 0;
  const marks = titled.series.map(({ dash, colour, kind }, i) => {
    const column = drawn.y[i] ?? [];
    if (kind === "ticks") {
      const path = column.map((value, row) => (value === null ? "" : `M${px(drawn.x[row]!)} ${top}v${tickHeight}`));
      return `<path d="${path.join("")}" fill="none" stroke="${colour}" stroke-width="1.5"/>`;
    }
    if (kind === "stems") {
      const drawnStems = column.map((value, row) => (value ? stemPath(px(drawn.x[row]!), py(0, stems), py(value, stems), headOf(i)) : ""));
      return `<path d="${drawnStems.join("")}" fill="none" stroke="${colour}" stroke-width="1.5"/>`;
    }
    if (kind === "shade") {
      const bands = shadedSpans(drawn.x, column).map(([from, to]) => {
        const [start, end] = [px(Math.max(from, x0)), px(Math.min(to, x1))];
        return `<rect x="${start}" y="${top}" width="${fixed(end - start)}" height="${height - top - bottom}"/>`;
      });
      const hatching = `<pattern id="shade${i}" width="${hatchStep}" height="${hatchStep}" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0V${hatchStep}" stroke="${colour}"/></pattern>`;
      return `${hatching}<g fill="url(#shade${i})" fill-opacity="0.6">${bands.join("")}</g>`;
    }
    if (kind === "bars") {
      const bars = column.map((value, row) =>
        value === null
          ? ""
          : `<rect x="${fixed(px(drawn.x[row]!) - barWidth / 2)}" y="${py(value)}" width="${fixed(barWidth)}" height="${fixed(base - py(value))}"/>`,
      );
      return `<g fill="${colour}" fill-opacity="0.6">${bars.join("")}</g>`;
    }
    let isDown = false;
    const path = column.map((value, row) => {
      if (value === null) {
        isDown = false;
        return "";
      }
      const step = `${isDown ? "L" : "M"}${px(drawn.x[row]!)} ${py(value)}`;
      isDown = true;
      return step;
    });
    return `<path d="${path.join("")}" fill="none" stroke="${colour}" stroke-width="1.5" stroke-dasharray="${dash.join(" ")}"/>`;
  });
  const grid = y.ticks.map(
    (at) =>
      `<path d="M${left} ${py(at)}H${width - right}" stroke="#ddd"/><text x="${left - 6}" y="${py(at) + 4}" text-anchor="end">${figure(at)}</text>`,
  );
  const ticks = xTicks.map((at) => `<text x="${px(at)}" y="${height - bottom + 16}" text-anchor="middle">${figure(at)}</text>`);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="11" fill="#222">`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    ...grid,
    ...ticks,
    ...(titled.stems === undefined
      ? []
      : stems.ticks.map((at) => `<text x="${width - right + 6}" y="${py(at, stems) + 4}">${figure(at)}</text>`)),
    ...marks.filter((_, i) => isShade(i)),
    ...marks.filter((_, i) => !isShade(i)),
    ...legend,
    `<text x="${(left + width - right) / 2}" y="${height - 8}" text-anchor="middle">${escaped(titled.x)}</text>`,
    `<text transform="translate(14 ${(top + height - bottom) / 2}) rotate(-90)" text-anchor="middle">${escaped(titled.y)}</text>`,
    ...(titled.stems === undefined
      ? []
      : [
          `<text transform="translate(${width - 8} ${(top + height - bottom) / 2}) rotate(-90)" text-anchor="middle">${escaped(titled.stems)}</text>`,
        ]),
    "</svg>\n",
  ].join("\n");
}

/** Names with how each is drawn, in as many rows as they take. */
function legendOf({ series }: Titled): { items: string[]; rows: number } {
  let [x, rows] = [left, 1];
  const items = series.map(({ label, dash, colour, kind }, i) => {
    const room = 42 + label.length * 6;
    if (x > left && x + room > width) [x, rows] = [left, rows + 1];
    const item = `<g transform="translate(${x} ${legendRow * (rows - 1)})">${swatchOf(kind, i, colour, dash)}<text x="23" y="18">${escaped(label)}</text></g>`;
    x += room;
    return item;
  });
  return { items, rows };
}

function swatchOf(kind: SeriesKind, place: number, colour: string, dash: readonly number[]): string {
  if (kind === "shade") return `<rect y="9" width="18" height="10" fill="url(#shade${place})"/>`;
  if (kind === "stems") return `<path d="${stemPath(9, 20, 12, headOf(place))}" fill="none" stroke="${colour}" stroke-width="1.5"/>`;
  return `<path d="M0 14h18" stroke="${colour}" stroke-width="2" stroke-dasharray="${dash.join(" ")}"/>`;
}

/** Round ticks, and room for all values and 0. */
function scaleOf(values: readonly number[]): { from: number; to: number; ticks: number[] } {
  const ticks = niceTicks(Math.min(0, ...values), Math.max(1e-9, ...values), 5);
  return { from: Math.min(ticks[0]!, ...values), to: Math.max(ticks.at(-1)!, ...values), ticks };
}

/** Multiples of 1, 2 or 5 times a power of ten that lie within. */
export function niceTicks(from: number, to: number, most: number): number[] {
  const span = Math.max(to - from, 1e-12);
  const rough = 10 ** Math.floor(Math.log10(span / most));
  const step = [1, 2, 5, 10].map((times) => times * rough).find((one) => span / one <= most) ?? 10 * rough;
  const ticks: number[] = [];
  for (let n = Math.ceil(from / step - 1e-9); n * step <= to + step * 1e-9; n++) ticks.push(Number((n * step).toPrecision(12)));
  return ticks.length > 0 ? ticks : [from];
}

/** Columns of one file need names of their own. */
function unlike(names: readonly string[]): string[] {
  return names.map((name, i) => (names.indexOf(name) < i ? `${name} ${i}` : name));
}

const fixed = (value: number) => Number(value.toFixed(2));
const figure = (value: number) => String(Number(value.toPrecision(6)));
const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
