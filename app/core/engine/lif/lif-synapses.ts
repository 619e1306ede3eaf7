/**
 * Synapses as columns (slot = position; a new one takes the lowest free slot), the rows by source that a spike walks, and what plastic ones know.
 *
 * A slot is plastic while it is valid and its areas have a projection. Plastic columns are by `plastic[slot]`; the weight of such a
 * slot is its `plasticWeight`. Rows keep slot order, so a sum has one order, and repeat what a spike needs, so that it is read straight
 * through. They follow from the columns and are built when `stale`.
 * `shared`: another network holds the same wiring (a fork); it is copied before it is written.
 */
import type { LifSynapseColumns, StdpProjection } from "#contracts/network.ts";
import type { SynapseRows } from "../engine.ts";
import { grown } from "../reference/bits.ts";

export const NOT_PLASTIC = 0xffffffff;

export class LifSynapses {
  count = 0;
  validCount = 0;
  source = new Uint32Array(0);
  target = new Uint32Array(0);
  weight = new Float32Array(0);
  delay = new Uint8Array(0);
  valid = new Uint8Array(0);
  /** Place of a slot in the plastic columns. */
  plastic = new Uint32Array(0);

  plasticCount = 0;
  plasticSlot = new Uint32Array(0);
  plasticWeight = new Float64Array(0);
  /** Burst of the last spike sent. */
  plasticSpike = new Uint32Array(0);
  plasticTrace = new Float64Array(0);
  /** Ordinal of the projection. */
  plasticRule = new Uint16Array(0);
  /** Places in the plastic columns of removed synapses. */
  #freePlaces: number[] = [];
  /** No slot below it is free. */
  #lowestFree = 0;

  stale = true;
  shared = false;
  rowStart = new Uint32Array(1);
  /** Slots by source. */
  rowSlot = new Uint32Array(0);
  rowTarget = new Uint32Array(0);
  rowDelay = new Uint8Array(0);
  rowWeight = new Float32Array(0);
  rowPlastic = new Uint32Array(0);
  intoStart = new Uint32Array(1);
  /** Places of plastic synapses by target. */
  into = new Uint32Array(0);

  fill({ count, source, target, weight, delay }: LifSynapseColumns): void {
    this.reserve(count);
    this.count = count;
    this.validCount = count;
    this.source.set(source);
    this.target.set(target);
    for (let slot = 0; slot < count; slot++) this.weight[slot] = weight[slot]! + 0;
    this.delay.set(delay);
    this.valid.fill(1);
    this.plastic.fill(NOT_PLASTIC);
  }

  reserve(slots: number): void {
    if (slots <= this.source.length) return;
    const room = this.count === 0 ? slots : Math.max(slots, this.count + (this.count >>> 1));
    this.source = grown(this.source, room);
    this.target = grown(this.target, room);
    this.weight = grown(this.weight, room);
    this.delay = grown(this.delay, room);
    this.valid = grown(this.valid, room);
    this.plastic = grown(this.plastic, room);
  }

  /** Returns the slot. */
  add(source: number, target: number, weight: number, delay: number): number {
    const slot = this.#takeSlot();
    this.source[slot] = source;
    this.target[slot] = target;
    this.weight[slot] = weight + 0;
    this.delay[slot] = delay;
    this.valid[slot] = 1;
    this.plastic[slot] = NOT_PLASTIC;
    this.validCount++;
    this.stale = true;
    return slot;
  }

  /** The lowest free slot, or a new one behind all others. */
  #takeSlot(): number {
    if (this.validCount === this.count) {
      this.reserve(this.count + 1);
      return this.count++;
    }
    while (this.valid[this.#lowestFree] === 1) this.#lowestFree++;
    return this.#lowestFree++;
  }

  /** Makes a slot plastic, as one over which nothing was sent since `burst`. */
  teach(slot: number, rule: number, burst: number): void {
    const at = this.#freePlaces.pop() ?? this.plasticCount++;
    if (at >= this.plasticSlot.length) this.#reservePlastic(Math.max(64, at * 2));
    this.plastic[slot] = at;
    this.plasticSlot[at] = slot;
    this.plasticWeight[at] = this.weight[slot]!;
    this.plasticSpike[at] = burst;
    this.plasticTrace[at] = 0;
    this.plasticRule[at] = rule;
    this.weight[slot] = 0;
    this.stale = true;
  }

  remove(slot: number): void {
    if (this.valid[slot] === 0) return;
    this.valid[slot] = 0;
    this.#lowestFree = Math.min(this.#lowestFree, slot);
    this.weight[slot] = 0;
    if (this.plastic[slot] !== NOT_PLASTIC) this.#freePlaces.push(this.plastic[slot]!);
    this.plastic[slot] = NOT_PLASTIC;
    this.validCount--;
    this.stale = true;
  }

  setWeight(slot: number, weight: number): void {
    const at = this.plastic[slot]!;
    if (at !== NOT_PLASTIC) {
      this.plasticWeight[at] = weight + 0;
      return;
    }
    this.weight[slot] = weight + 0;
    if (!this.stale) this.rowWeight[this.#entryOf(slot)] = weight + 0;
  }

  weightOf(slot: number): number {
    const at = this.plastic[slot]!;
    return at === NOT_PLASTIC ? this.weight[slot]! : this.plasticWeight[at]!;
  }

  isValid(slot: number): boolean {
    return slot < this.count && this.valid[slot] === 1;
  }

  /** First valid slot of a pair; -1: none. */
  find(source: number, target: number): number {
    for (let slot = 0; slot < this.count; slot++) {
      if (this.source[slot] === source && this.target[slot] === target && this.valid[slot] === 1) return slot;
    }
    return -1;
  }

  /** Builds the rows. */
  build(neurons: number): void {
    const { count, source, target, delay, weight, valid, plastic, plasticSlot } = this;
    const start = starts(source, valid, count, neurons);
    const entries = start[neurons]!;
    const rowSlot = new Uint32Array(entries);
    const rowTarget = new Uint32Array(entries);
    const rowDelay = new Uint8Array(entries);
    const rowWeight = new Float32Array(entries);
    const rowPlastic = new Uint32Array(entries);
    const next = start.slice();
    for (let slot = 0; slot < count; slot++) {
      if (valid[slot] === 0) continue;
      const entry = next[source[slot]!]!++;
      rowSlot[entry] = slot;
      rowTarget[entry] = target[slot]!;
      rowDelay[entry] = delay[slot]!;
      rowWeight[entry] = weight[slot]!;
      rowPlastic[entry] = plastic[slot]!;
    }
    Object.assign(this, { rowStart: start, rowSlot, rowTarget, rowDelay, rowWeight, rowPlastic });

    const places = Uint32Array.from({ length: this.plasticCount }, (_, at) => at).filter((at) => plastic[plasticSlot[at]!] === at);
    const ends = places.map((at) => target[plasticSlot[at]!]!);
    this.intoStart = starts(ends, null, ends.length, neurons);
    const nextInto = this.intoStart.slice();
    this.into = new Uint32Array(places.length);
    for (let i = 0; i < places.length; i++) this.into[nextInto[ends[i]!]!++] = places[i]!;
    this.stale = false;
  }

  /** Copies the wiring before it is written, if a fork may hold it too. */
  own(): void {
    if (!this.shared) return;
    this.source = this.source.slice();
    this.target = this.target.slice();
    this.weight = this.weight.slice();
    this.delay = this.delay.slice();
    this.valid = this.valid.slice();
    this.plastic = this.plastic.slice();
    this.plasticSlot = this.plasticSlot.slice();
    this.plasticRule = this.plasticRule.slice();
    this.rowWeight = this.rowWeight.slice();
    this.shared = false;
  }

  /** The same synapses; wiring and rows are one set of arrays until either side edits. */
  fork(): LifSynapses {
    this.shared = true;
    const fork = Object.assign(new LifSynapses(), this);
    fork.#freePlaces = this.#freePlaces.slice();
    fork.plasticWeight = this.plasticWeight.slice();
    fork.plasticSpike = this.plasticSpike.slice();
    fork.plasticTrace = this.plasticTrace.slice();
    return fork;
  }

  /** Copies the given slots out, in their order. */
  rows(slots: Uint32Array): SynapseRows {
    const { source, target, delay, plastic, plasticTrace } = this;
    return {
      slot: slots,
      source: slots.map((slot) => source[slot]!),
      target: slots.map((slot) => target[slot]!),
      weight: Float32Array.from(slots, (slot) => this.weightOf(slot)),
      psp: new Float32Array(slots.length).fill(1),
      kind: new Uint8Array(slots.length),
      delay: Uint8Array.from(slots, (slot) => delay[slot]!),
      flags: new Uint8Array(slots.length),
      trace: Float32Array.from(slots, (slot) => (plastic[slot] === NOT_PLASTIC ? 0 : plasticTrace[plastic[slot]!]!)),
    };
  }

  /** Place of a valid slot in its row. */
  #entryOf(slot: number): number {
    const source = this.source[slot]!;
    let low = this.rowStart[source]!;
    let high = this.rowStart[source + 1]! - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.rowSlot[middle]! < slot) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #reservePlastic(room: number): void {
    this.plasticSlot = grown(this.plasticSlot, room);
    this.plasticWeight = grown(this.plasticWeight, room);
    this.plasticSpike = grown(this.plasticSpike, room);
    this.plasticTrace = grown(this.plasticTrace, room);
    this.plasticRule = grown(this.plasticRule, room);
  }
}

/** Where the row of each neuron begins among those of all. */
function starts(end: Uint32Array, valid: Uint8Array | null, count: number, neurons: number): Uint32Array<ArrayBuffer> {
  const start = new Uint32Array(neurons + 1);
  for (let i = 0; i < count; i++) if (valid === null || valid[i] === 1) start[end[i]! + 1]!++;
  for (let i = 0; i < neurons; i++) start[i + 1]! += start[i]!;
  return start;
}

/** Ordinal of the projection between two areas; undefined where synapses do not learn. */
export function projectionIndex(projections: readonly StdpProjection[]): (sourceArea: number, targetArea: number) => number | undefined {
  const from = new Map<number, Map<number, number>>();
  projections.forEach(({ sourceArea, targetArea }, ordinal) => {
    const into = from.get(sourceArea) ?? new Map<number, number>();
    from.set(sourceArea, into.set(targetArea, ordinal));
  });
  return (sourceArea, targetArea) => from.get(sourceArea)?.get(targetArea);
}
