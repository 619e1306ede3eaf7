/** Which neuron stands in which row of the raster: a band of rows for each area, a row one neuron or several of neighbouring rank. */
import type { SceneArea } from "../scene-types.ts";

export interface RasterGroup {
  area: SceneArea;
  /** Neurons by rank, counted from the area's first; null: as they are numbered. */
  order: Uint32Array | null;
  /** One row for all of it. */
  isFolded: boolean;
}

/** Ranks of one area, both included, that alone are shown. */
export interface RasterZoom {
  area: string;
  from: number;
  to: number;
}

export interface Band {
  area: SceneArea;
  order: Uint32Array | null;
  /** Rank of each neuron; null: its number. */
  ranks: Uint32Array | null;
  isFolded: boolean;
  /** CSS pixels, from the top of all rows. */
  top: number;
  height: number;
  /** Its first row among those of all bands. */
  firstRow: number;
  rows: number;
  /** More than one where there are more neurons than rows. */
  neuronsPerRow: number;
  /** Its first rank, and how many. */
  from: number;
  count: number;
}

/** Above each band where there are several, in CSS pixels: the name of the area and what folds it. */
export const bandHead = 24;
const foldedHeight = 10;
const leastHeight = 16;

/** Bands from top to bottom in `height` CSS pixels; the larger an area, the more of it. */
export function bandsOf(groups: readonly RasterGroup[], height: number, zoom: RasterZoom | null): Band[] {
  const zoomed = groups.find(({ area }) => area.id === zoom?.area);
  const shown = zoomed ? [{ ...zoomed, isFolded: false }] : groups;
  const head = shown.length > 1 ? bandHead : 0;
  const open = shown.filter(({ isFolded }) => !isFolded);
  const room = height - shown.length * head - (shown.length - open.length) * foldedHeight;
  const all = open.reduce((sum, { area }) => sum + area.neurons, 0);
  const wished = open.map(({ area }) => Math.max(leastHeight, (room * area.neurons) / Math.max(1, all)));
  const scale = room / wished.reduce((sum, one) => sum + one, 0);
  let top = 0;
  let firstRow = 0;
  return shown.map(({ area, order, isFolded }): Band => {
    const [from, to] = zoomed && zoom ? [clamp(zoom.from, area), clamp(zoom.to, area)] : [0, area.neurons - 1];
    const count = Math.max(0, to - from + 1);
    const own = isFolded ? foldedHeight : Math.max(1, Math.floor((wished[open.findIndex((one) => one.area === area)] ?? 0) * scale));
    const neuronsPerRow = isFolded ? Math.max(1, count) : Math.max(1, Math.ceil(count / own));
    const rows = Math.ceil(count / neuronsPerRow);
    const band = {
      area,
      order,
      ranks: order && ranksOf(order),
      isFolded,
      top: top + head,
      height: own,
      firstRow,
      rows,
      neuronsPerRow,
      from,
      count,
    };
    top += head + own;
    firstRow += rows;
    return band;
  });
}

export function rowsOf(bands: readonly Band[]): number {
  const last = bands.at(-1);
  return last ? last.firstRow + last.rows : 0;
}

/** Where the middle of a neuron's row is, in CSS pixels from the top of all rows; null: it has none. */
export function heightOf(bands: readonly Band[], neuron: number): number | null {
  for (const band of bands) {
    const row = rowIn(band, neuron - (band.area.firstNeuron ?? 0));
    if (row >= 0) return band.top + ((row + 0.5) / band.rows) * band.height;
  }
  return null;
}

/** What lies at a height: its band, and the ranks of its row. */
export function rowAt(bands: readonly Band[], y: number): { band: Band; from: number; to: number } | null {
  const band = bands.find(({ top, height }) => y >= top && y < top + height);
  if (!band || band.rows === 0) return null;
  const row = Math.floor(((y - band.top) / band.height) * band.rows);
  const from = band.from + row * band.neuronsPerRow;
  return { band, from, to: Math.min(from + band.neuronsPerRow, band.from + band.count) - 1 };
}

/** Id of the neuron of a rank. */
export function neuronAt({ area, order }: Band, rank: number): number {
  return (area.firstNeuron ?? 0) + (order ? order[rank]! : rank);
}

/** Share of each row's neurons that fired, all bands one after another; `fired`: ids by index of their area. */
export function columnOf(fired: ReadonlyMap<number, ArrayLike<number>>, bands: readonly Band[]): Float32Array {
  const column = new Float32Array(rowsOf(bands));
  for (const band of bands) {
    const ids = fired.get(band.area.index ?? -1) ?? [];
    for (let i = 0; i < ids.length; i++) {
      const row = rowIn(band, ids[i]! - (band.area.firstNeuron ?? 0));
      if (row >= 0) column[band.firstRow + row]! += 1;
    }
    for (let row = 0; row < band.rows; row++)
      column[band.firstRow + row]! /= Math.min(band.neuronsPerRow, band.count - row * band.neuronsPerRow);
  }
  return column;
}

/** Row in its band of the neuron so many after the area's first; -1: none. */
function rowIn({ ranks, from, count, neuronsPerRow, area }: Band, offset: number): number {
  if (offset < 0 || offset >= area.neurons) return -1;
  const at = (ranks ? ranks[offset]! : offset) - from;
  return at < 0 || at >= count ? -1 : Math.floor(at / neuronsPerRow);
}

function ranksOf(order: Uint32Array): Uint32Array {
  const ranks = new Uint32Array(order.length);
  for (const [rank, offset] of order.entries()) ranks[offset] = rank;
  return ranks;
}

function clamp(rank: number, { neurons }: SceneArea): number {
  return Math.max(0, Math.min(neurons - 1, Math.round(rank)));
}
