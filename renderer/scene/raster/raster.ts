/**
 * The raster: bursts across, neurons of the areas shown down, a mark where a neuron fired. Bursts that no frame told of are hatched
 * over the whole height, never shown as silence, until what the recording holds of them is filled in.
 */
import type { DecodedFrame } from "../../bridge/frame-decode.ts";
import type { FrameInbox } from "../../bridge/frame-inbox.ts";
import type { SceneArea, SceneTheme } from "../scene-types.ts";
import { type Band, bandsOf, heightOf, neuronAt, type RasterZoom, rowAt, rowsOf } from "./bands.ts";
import { firedOf, RasterColumns, type RecordedSpikes, wholeBursts } from "./columns.ts";
import { type RasterOrder, rankedBy } from "./order.ts";
import { frameOf, RasterPicture } from "./picture.ts";

export interface RasterOptions {
  frames: FrameInbox;
  theme: SceneTheme;
}

/** How rows and columns are laid out. */
export interface RasterLook {
  order: RasterOrder;
  /** Areas that are one row. */
  folded: ReadonlySet<string>;
  zoom: RasterZoom | null;
  /** Of a burst, in CSS pixels. */
  columnPixels: number;
}
export const usualLook: RasterLook = { order: "number", folded: new Set(), zoom: null, columnPixels: 2 };
export const columnWidths = [1, 2, 3, 4, 6, 8, 12, 16];

/** Corners of a box in the window, in CSS pixels. */
export interface RasterBox {
  from: { clientX: number; clientY: number };
  to: { clientX: number; clientY: number };
}

export interface RasterHandle {
  mount(container: HTMLElement): void;
  unmount(): void;
  dispose(): void;
  setTheme(theme: SceneTheme): void;
  /** `generation` of the brain the areas are of; frames of another are not shown. */
  setAreas(areas: readonly SceneArea[], generation?: number): void;
  setLook(look: RasterLook): void;
  /** Ranks the neurons anew, by what is in the picture now. */
  sort(): void;
  setCursor(burst: number | null): void;
  /** The newest stretch of bursts in the picture that nobody told of, of those that are recorded; null: none. `newest`: where the brain stands. */
  missing(newest: number, first: number): { from: number; to: number } | null;
  /** Calls after each drawing; returns the way to stop. */
  onDrawn(listener: () => void): () => void;
  /** Calls when rows stand elsewhere. */
  onLaidOut(listener: () => void): () => void;
  /** Fills in what the recording holds of all areas shown; of others nothing is taken. */
  fill(told: readonly { area: string; spikes: RecordedSpikes }[]): void;
  /** What is under a point of the window. */
  at(clientX: number, clientY: number): { burst: number; neuron: number } | null;
  /** Ranks of the rows in a box, of the area that it begins in. */
  rowsIn(box: RasterBox): RasterZoom | null;
  /** Who fired in those rows, in the bursts of the box. */
  firedIn(box: RasterBox): { area: string; neurons: number[] } | null;
  /** Who fired in all rows of an area that are shown, in all bursts that are. */
  firedOf(area: string): number[];
  /** The first neuron of the row at a height of the window. */
  neuronAt(clientY: number): number | null;
  /** The neuron of the row so many rows below that of a neuron; of the first row where it has none. */
  neuronBeside(neuron: number | null, rows: number): number | null;
  /** How far down the picture the row of a neuron has its middle, in CSS pixels; null where it has none. */
  rowOf(neuron: number): number | null;
  /** Bands of rows and how far down they begin, in CSS pixels. */
  bands(): { area: string; top: number }[];
}

/** Bursts asked of the recording at a time. */
const askedBursts = 256;

export function createRaster({ frames, theme }: RasterOptions): RasterHandle {
  const picture = new RasterPicture(theme);
  const known = new RasterColumns();
  let areas: readonly SceneArea[] = [];
  let look = usualLook;
  let orders = new Map<string, Uint32Array | null>();
  let generation: number | undefined;
  let cursor: number | null = null;
  let container: HTMLElement | null = null;
  let frame = frameOf(1, 1, look.columnPixels);
  const [drawn, laidOut] = [new Set<() => void>(), new Set<() => void>()];
  const resize = new ResizeObserver(() => layOut());
  const stopFrames = frames.onFrames((batch) => {
    if (!container || areas.length === 0) return;
    const first = batch[0];
    // A brain that went back tells its bursts anew.
    if (first && known.last !== null && first.burst <= known.last) return begin();
    for (const one of batch) append(one);
    paint();
  });

  const handle: RasterHandle = {
    mount(into) {
      container = into;
      into.append(picture.canvas);
      resize.observe(into);
      begin();
    },
    unmount() {
      if (container) resize.unobserve(container);
      container = null;
      picture.canvas.remove();
    },
    dispose() {
      handle.unmount();
      stopFrames();
      resize.disconnect();
    },
    setTheme(next) {
      picture.theme = next;
      layOut();
    },
    setAreas(next, ofGeneration) {
      generation = ofGeneration;
      areas = next.filter(({ firstNeuron, index }) => firstNeuron !== undefined && index !== undefined);
      begin();
    },
    setLook(next) {
      const isSorted = next.order !== look.order;
      look = next;
      if (isSorted) handle.sort();
      else layOut();
    },
    sort() {
      orders = new Map(
        areas.map(({ id, index, firstNeuron, neurons }) => [id, rankedBy(look.order, firstNeuron!, neurons, known.of(index!))]),
      );
      layOut();
    },
    setCursor(burst) {
      if (burst === cursor) return;
      cursor = burst;
      paint();
    },
    missing(newest, first) {
      if (!container || areas.length === 0 || newest < first) return null;
      const last = known.last ?? newest;
      const from = Math.max(first, last - known.width + 1);
      for (let to = Math.min(last, newest); to >= from; to--) if (!known.at(to)) return { from: Math.max(from, to - askedBursts + 1), to };
      return null;
    },
    onDrawn: (listener) => listen(drawn, listener),
    onLaidOut: (listener) => listen(laidOut, listener),
    fill(told) {
      if (told.length !== areas.length || !told.every(({ area }, i) => area === areas[i]!.id)) return;
      const each = told.map(({ spikes }) => wholeBursts(spikes));
      const { from, to } = told[0]!.spikes;
      for (let burst = to; burst >= from; burst--) {
        if (known.at(burst) || (known.last !== null && burst < known.oldest)) continue;
        const fired = each.map((bursts) => bursts.get(burst));
        known.tell(burst, fired.includes(undefined) ? null : new Map(areas.map(({ index }, i) => [index!, fired[i]!])));
        picture.column(burst, known.at(burst)?.shares ?? null);
      }
      if (look.order === "number") paint();
      else handle.sort();
    },
    at(clientX, clientY) {
      const neuron = handle.neuronAt(clientY);
      const burst = burstAt(clientX);
      return neuron === null || burst === null ? null : { burst, neuron };
    },
    rowsIn({ from, to }) {
      const top = picture.canvas.getBoundingClientRect().top + frame.top;
      const [above, below] = [from.clientY - top, to.clientY - top].sort((a, b) => a - b) as [number, number];
      const begun = from.clientY - top;
      // Begun beside all rows it is of the first band that it reaches.
      const within = (band: Band) => begun >= band.top && begun < band.top + band.height;
      const band = known.bands.find(within) ?? known.bands.find(({ top, height }) => below >= top && above < top + height);
      if (!band || band.rows === 0) return null;
      const row = (y: number) => rowAt([band], Math.min(Math.max(y, band.top), band.top + band.height - 1))!;
      return { area: band.area.id, from: row(above).from, to: row(below).to };
    },
    firedIn(box) {
      const rows = handle.rowsIn(box);
      const band = known.bands.find(({ area }) => area.id === rows?.area);
      if (!rows || !band || known.last === null) return null;
      const { left } = picture.canvas.getBoundingClientRect();
      const within = (x: number) => burstOf(Math.min(Math.max(x - left, frame.left), frame.left + frame.width - 1));
      const bursts = [within(box.from.clientX), within(box.to.clientX)];
      return { area: rows.area, neurons: firing(band, rows, Math.min(...bursts), Math.max(...bursts)) };
    },
    firedOf(area) {
      const band = known.bands.find((one) => one.area.id === area);
      if (!band || known.last === null) return [];
      return firing(band, { from: band.from, to: band.from + band.count - 1 }, known.oldest, known.last);
    },
    neuronAt(clientY) {
      const found = rowAt(known.bands, clientY - picture.canvas.getBoundingClientRect().top - frame.top);
      return found && neuronAt(found.band, found.from);
    },
    neuronBeside(neuron, rows) {
      const y = neuron === null ? null : heightOf(known.bands, neuron);
      const band = y === null ? known.bands[0] : rowAt(known.bands, y)?.band;
      if (!band || band.rows === 0) return null;
      const row = y === null ? 0 : Math.floor(((y - band.top) / band.height) * band.rows) + rows;
      const next = known.bands[known.bands.indexOf(band) + (row < 0 ? -1 : row >= band.rows ? 1 : 0)];
      if (!next || next.rows === 0) return neuron;
      const within = next === band ? row : row < 0 ? next.rows - 1 : 0;
      return neuronAt(next, next.from + within * next.neuronsPerRow);
    },
    rowOf(neuron) {
      const y = heightOf(known.bands, neuron);
      return y === null ? null : y + frame.top;
    },
    bands: () => known.bands.map(({ area, top }) => ({ area: area.id, top: top + frame.top })),
  };
  return handle;

  /** Other areas, or another past: what frames in memory tell. */
  function begin(): void {
    known.clear();
    orders = new Map();
    layOut();
    if (!container || areas.length === 0) return;
    for (const one of frames.recent.frames) append(one);
    if (look.order === "number") paint();
    else handle.sort();
  }

  /** Another size, other rows. */
  function layOut(): void {
    if (!container) return;
    const { clientWidth, clientHeight } = container;
    frame = frameOf(clientWidth, clientHeight, look.columnPixels);
    const groups = areas.map((area) => ({ area, order: orders.get(area.id) ?? null, isFolded: look.folded.has(area.id) }));
    known.shape(bandsOf(groups, frame.height, look.zoom), frame.width / frame.columnPixels);
    picture.resize(clientWidth, clientHeight, known.width, rowsOf(known.bands));
    if (known.last !== null)
      for (let burst = known.oldest; burst <= known.last; burst++) picture.column(burst, known.at(burst)?.shares ?? null);
    for (const listener of laidOut) listener();
    paint();
  }

  function append(one: DecodedFrame): void {
    if (generation !== undefined && one.generation !== generation) return;
    const from = known.last === null ? one.burst : Math.max(known.last + 1, one.burst - known.width + 1);
    for (let burst = from; burst < one.burst; burst++) picture.column(burst, null);
    known.tell(one.burst, firedOf(one, areas));
    picture.column(one.burst, known.at(one.burst)?.shares ?? null);
  }

  function paint(): void {
    if (!container) return;
    picture.paint(known, frame, cursor);
    for (const listener of drawn) listener();
  }

  function burstAt(clientX: number): number | null {
    const x = clientX - picture.canvas.getBoundingClientRect().left;
    if (known.last === null || x < frame.left || x >= frame.left + frame.width) return null;
    const burst = burstOf(x);
    return burst >= (known.first ?? 0) ? burst : null;
  }

  function burstOf(x: number): number {
    return (known.last ?? 0) - Math.ceil((frame.left + frame.width - x) / frame.columnPixels) + 1;
  }

  /** Ids, ascending by rank. */
  function firing(band: Band, ranks: { from: number; to: number }, from: number, to: number): number[] {
    const fired = new Set<number>();
    for (let burst = from; burst <= to; burst++) {
      const ids = known.at(burst)?.fired?.get(band.area.index ?? -1) ?? [];
      for (let i = 0; i < ids.length; i++) fired.add(ids[i]!);
    }
    return Array.from({ length: ranks.to - ranks.from + 1 }, (_, i) => neuronAt(band, ranks.from + i)).filter((id) => fired.has(id));
  }
}

function listen(listeners: Set<() => void>, listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
