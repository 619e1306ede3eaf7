/**
 * What the raster knows of the bursts it shows: who fired, and how full each row is. Who fired is kept so that another order of rows
 * costs no reading; of brains that fire much only the newest bursts keep it, and older ones are told again by the recording.
 */
import type { DecodedFrame } from "../../bridge/frame-decode.ts";
import type { SceneArea } from "../scene-types.ts";
import { type Band, columnOf } from "./bands.ts";
import type { FiredBurst } from "./order.ts";

/** Ids by index of their area. */
export type Fired = ReadonlyMap<number, ArrayLike<number>>;

export interface Column {
  /** Null: the recording could not tell either. */
  shares: Float32Array | null;
  fired: Fired | null;
}

/** Ids kept: 16 MB. */
const mostKept = 4_000_000;

export class RasterColumns {
  readonly #columns = new Map<number, Column>();
  #bands: readonly Band[] = [];
  #width = 1;
  #kept = 0;
  /** Ends of the stretch that was told of; null: nothing yet. */
  first: number | null = null;
  last: number | null = null;

  get bands(): readonly Band[] {
    return this.#bands;
  }

  get width(): number {
    return this.#width;
  }

  /** The oldest burst that has a column. */
  get oldest(): number {
    return Math.max(0, (this.last ?? 0) - this.#width + 1);
  }

  at(burst: number): Column | undefined {
    return this.#columns.get(burst);
  }

  clear(): void {
    this.#columns.clear();
    this.#kept = 0;
    this.first = null;
    this.last = null;
  }

  /** Other rows, or room for another number of bursts; what cannot be placed anew is no longer known. */
  shape(bands: readonly Band[], width: number): void {
    this.#bands = bands;
    this.#width = width;
    for (const [burst, column] of this.#columns) {
      if (column.fired) column.shares = columnOf(column.fired, bands);
      else this.#columns.delete(burst);
    }
    this.#forgetOld();
  }

  /** Who fired in a burst; a burst after the last one leaves those between untold. */
  tell(burst: number, fired: Fired | null): void {
    this.#drop(burst);
    this.#columns.set(burst, { fired, shares: fired && columnOf(fired, this.#bands) });
    if (fired) this.#kept += sizeOf(fired);
    this.first = Math.min(this.first ?? burst, burst);
    this.last = Math.max(this.last ?? burst, burst);
    this.#forgetOld();
    for (const [old, column] of this.#columns) {
      if (this.#kept <= mostKept) break;
      if (old === burst || !column.fired) continue;
      this.#kept -= sizeOf(column.fired);
      column.fired = null;
    }
  }

  /** Of one area, ascending. */
  of(index: number): FiredBurst[] {
    return [...this.#columns]
      .flatMap(([burst, { fired }]) => (fired ? [{ burst, ids: fired.get(index) ?? [] }] : []))
      .sort((a, b) => a.burst - b.burst);
  }

  #forgetOld(): void {
    for (const burst of this.#columns.keys()) if (burst < this.oldest) this.#drop(burst);
    if (this.first !== null) this.first = Math.max(this.first, this.oldest);
  }

  #drop(burst: number): void {
    const fired = this.#columns.get(burst)?.fired;
    if (fired) this.#kept -= sizeOf(fired);
    this.#columns.delete(burst);
  }
}

/** Of some areas; copied, as a part would hold on to its whole frame. */
export function firedOf(frame: DecodedFrame, areas: readonly SceneArea[]): Fired {
  const fired = new Map<number, ArrayLike<number>>();
  for (const { index } of areas) {
    const ids = frame.sections.find(({ area }) => area === index)?.ids;
    if (index !== undefined && ids) fired.set(index, ids.slice());
  }
  return fired;
}

/** As the recording tells of one area: a row a spike, bursts ascending. */
export interface RecordedSpikes {
  from: number;
  to: number;
  /** More than there are rows where the answer was cut at its end. */
  count: number;
  bursts: readonly number[];
  neurons: readonly number[];
}

/** Burst by burst who fired, silent bursts too; of an answer that was cut only the bursts that are whole. */
export function wholeBursts({ from, to, count, bursts, neurons }: RecordedSpikes): Map<number, number[]> {
  const last = bursts.length < count ? (bursts.at(-1) ?? from) - 1 : to;
  const told = new Map<number, number[]>(Array.from({ length: Math.max(0, last - from + 1) }, (_, i) => [from + i, []]));
  for (const [row, burst] of bursts.entries()) told.get(burst)?.push(neurons[row] as number);
  return told;
}

function sizeOf(fired: Fired): number {
  let size = 0;
  for (const ids of fired.values()) size += ids.length;
  return size;
}
