/**
 * Recent activity as sums: every firing counts 1 in its burst and 1/e sixteen bursts later. How far back a sum reaches depends on the
 * burst shown alone, to where the block of 64 bursts before its own begins: it is the same sum however one came to that burst.
 */
import { recentBursts, recentLight } from "./scene-types.ts";

/** At most two blocks are in a sum. */
export const blockBursts = recentLight.span / 2;
/** Keeps weights within what 16-bit floats hold. */
const unit = 1 / 16;

/** The first burst that counts at this one. */
export function windowStart(burst: number): number {
  return (Math.floor(burst / blockBursts) - 1) * blockBursts;
}

/** What a firing adds to a sum that began at `start`. It grows with the burst, so nothing that was added before has to be made less. */
export function weightAt(burst: number, start: number): number {
  return unit * Math.exp((burst - start) / recentBursts);
}

/** A sum that is read, and one begun a block later that follows it: no block is added up twice as bursts go on. */
export class RollingSums<Sum> {
  #older: Sum;
  #younger: Sum;
  #start = Number.NaN;
  readonly #empty: (sum: Sum) => void;

  constructor(older: Sum, younger: Sum, empty: (sum: Sum) => void) {
    this.#older = older;
    this.#younger = younger;
    this.#empty = empty;
  }

  /** The sum to read at a burst, and what it has to be multiplied by then. */
  at(burst: number): { sum: Sum; scale: number } {
    this.#reach(burst);
    return { sum: this.#older, scale: 1 / weightAt(burst, this.#start) };
  }

  /** Adds the firings of a burst; bursts come in order. */
  add(burst: number, add: (into: Sum, weight: number) => void): void {
    this.#reach(burst);
    add(this.#older, weightAt(burst, this.#start));
    add(this.#younger, weightAt(burst, this.#start + blockBursts));
  }

  clear(): void {
    this.#empty(this.#older);
    this.#empty(this.#younger);
    this.#start = Number.NaN;
  }

  #reach(burst: number): void {
    const start = windowStart(burst);
    if (start === this.#start) return;
    if (start === this.#start + blockBursts) {
      [this.#older, this.#younger] = [this.#younger, this.#older];
      this.#empty(this.#younger);
    } else this.clear();
    this.#start = start;
  }
}
