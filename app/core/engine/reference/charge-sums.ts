/**
 * Sums of charge per target neuron: the fire candidate list of a burst, and the arrivals of each burst to come.
 *
 * A sum starts at +0, so it can never become -0: the bits of -0 mark a neuron that got nothing. One array thus holds both
 * membership and sum, and an addition touches one place in memory.
 */
import { bitWords, clearBit, setBit } from "./bits.ts";

/** The bits of f32 -0 as an i32. */
export const UNTOUCHED = -2147483648;

export class ChargeSums {
  sums: Float32Array;
  /** The same memory as `sums`. */
  bits: Int32Array;
  /** One bit per neuron that has a sum. */
  touched: Uint32Array;
  /** Number of neurons that have a sum. */
  size = 0;

  constructor(neurons: number) {
    this.sums = new Float32Array(neurons).fill(-0);
    this.bits = new Int32Array(this.sums.buffer);
    this.touched = new Uint32Array(bitWords(neurons));
  }

  add(id: number, charge: number): void {
    if (this.bits[id] === UNTOUCHED) {
      setBit(this.touched, id);
      this.size++;
      this.sums[id] = charge + 0;
    } else {
      this.sums[id]! += charge;
    }
  }

  has(id: number): boolean {
    return this.bits[id] !== UNTOUCHED;
  }

  remove(id: number): void {
    if (!this.has(id)) return;
    this.bits[id] = UNTOUCHED;
    clearBit(this.touched, id);
    this.size--;
  }

  clear(): void {
    if (this.size * 8 > this.sums.length) {
      this.sums.fill(-0);
    } else if (this.size > 0) {
      const { touched, bits } = this;
      for (let w = 0; w < touched.length; w++) {
        for (let word = touched[w]!; word !== 0; word &= word - 1) bits[(w << 5) + 31 - Math.clz32(word & -word)] = UNTOUCHED;
      }
    }
    this.touched.fill(0);
    this.size = 0;
  }

  /** Ids that have a sum, ascending, into `ids`, and their sums beside them; returns the next free place. */
  copyTo(ids: Uint32Array, sums: Float32Array, at: number): number {
    for (let w = 0; w < this.touched.length; w++) {
      for (let word = this.touched[w]!; word !== 0; word &= word - 1) {
        const id = (w << 5) + 31 - Math.clz32(word & -word);
        ids[at] = id;
        sums[at++] = this.sums[id]!;
      }
    }
    return at;
  }

  grow(neurons: number): void {
    const old = this.sums;
    this.sums = new Float32Array(neurons).fill(-0);
    this.sums.set(old);
    this.bits = new Int32Array(this.sums.buffer);
    const touched = new Uint32Array(bitWords(neurons));
    touched.set(this.touched);
    this.touched = touched;
  }
}

/** Arrivals of the next 255 bursts, one ring slot per burst. Emptied slots are used again, so a steady brain allocates nothing. */
export class ArrivalSchedule {
  #neurons: number;
  readonly #slots: (ChargeSums | undefined)[] = new Array(256).fill(undefined);
  #free: ChargeSums[] = [];

  constructor(neurons: number) {
    this.#neurons = neurons;
  }

  /** The sums due at `burst`, which is 1 to 255 bursts ahead. */
  at(burst: number): ChargeSums {
    let slot = this.#slots[burst & 255];
    if (slot === undefined) {
      slot = this.#free.pop() ?? new ChargeSums(this.#neurons);
      this.#slots[burst & 255] = slot;
    }
    return slot;
  }

  find(burst: number): ChargeSums | undefined {
    return this.#slots[burst & 255];
  }

  /** Hands over the sums due now; `release` takes them back. */
  take(burst: number): ChargeSums {
    const due = this.at(burst);
    this.#slots[burst & 255] = undefined;
    return due;
  }

  release(sums: ChargeSums): void {
    sums.clear();
    this.#free.push(sums);
  }

  /** Forgets what is on its way to one neuron. */
  removeTarget(id: number): void {
    for (const slot of this.#slots) slot?.remove(id);
  }

  grow(neurons: number): void {
    this.#neurons = neurons;
    this.#free = [];
    for (const slot of this.#slots) slot?.grow(neurons);
  }
}

/** Pairs of neuron and potential in a kept order. */
export class ChargeList {
  ids = new Uint32Array(16);
  potentials = new Float32Array(16);
  count = 0;

  push(id: number, potential: number): void {
    if (this.count === this.ids.length) this.reserve(this.count * 2);
    this.ids[this.count] = id;
    this.potentials[this.count++] = potential;
  }

  reserve(count: number): void {
    if (count <= this.ids.length) return;
    const ids = new Uint32Array(count);
    ids.set(this.ids);
    this.ids = ids;
    const potentials = new Float32Array(count);
    potentials.set(this.potentials);
    this.potentials = potentials;
  }

  /** Keeps the pairs whose id passes, in order. */
  filter(keep: (id: number) => boolean): void {
    let kept = 0;
    for (let i = 0; i < this.count; i++) {
      if (!keep(this.ids[i]!)) continue;
      this.ids[kept] = this.ids[i]!;
      this.potentials[kept++] = this.potentials[i]!;
    }
    this.count = kept;
  }
}
