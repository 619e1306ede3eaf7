/**
 * Synapses as columns (slot = position) and the index by source that a spike walks.
 *
 * A slot is free when neither index nor anybody else knows it any more. A new synapse takes the lowest free slot, so columns grow with
 * the most synapses that ever lived at once. In `feagi-strict` none is ever free: there a removed synapse still answers to its pair.
 *
 * The index is rows of entries, one row per source; within a row by delay, then slot. Synapses of unequal delay never share a sum,
 * so this gives every sum the order of the slots. An entry repeats what a spike needs (target, contribution, delay), so a row is
 * read straight through. Delay 0 marks an entry that conducts nothing.
 * What belongs in the index is the `indexed` bit of a slot; rows follow from the columns and are built again when `stale`.
 * Slots with a memory neuron at an end are listed apart, in `outside`.
 */

import type { SynapseColumns } from "#contracts/network.ts";
import type { SynapseRows } from "../engine.ts";
import { grown } from "./bits.ts";
import { REGULAR_NEURONS } from "./id-ranges.ts";

export const synapseValid = 1;
export const synapseIndexed = 2;
/** In the plasticity index of `feagi-strict`. */
export const synapsePlastic = 4;
/** Bit of the flags: a memory neuron hears it as associative input. */
export const ASSOCIATIVE_FLAG = 1;
const live = synapseValid | synapseIndexed;

interface NewSynapse {
  source: number;
  target: number;
  weight: number;
  psp: number;
  packed: number;
  group?: number;
}

export class Synapses {
  count = 0;
  source = new Uint32Array(0);
  target = new Uint32Array(0);
  weight = new Float32Array(0);
  psp = new Float32Array(0);
  kind = new Uint8Array(0);
  delay = new Uint8Array(0);
  flags = new Uint8Array(0);
  state = new Uint8Array(0);
  /** Eligibility. */
  trace = new Float32Array(0);
  /** Modulation group; empty while no synapse has one. */
  group = new Uint16Array(0);
  validCount = 0;

  stale = true;
  rowStart = new Uint32Array(1);
  entrySlot = new Uint32Array(0);
  entryTarget = new Uint32Array(0);
  entryContribution = new Float32Array(0);
  entryDelay = new Uint8Array(0);
  /** Valid indexed synapses per source: the divisor of a non-uniform area. */
  outDegree = new Uint32Array(0);
  /** Indexed slots with a memory neuron at an end, by source, ascending. */
  outside = new Map<number, number[]>();
  /** Grows with every slot that comes, goes or changes its place in an index. */
  version = 0;
  /** No slot below it is free. */
  #lowestFree = 0;

  reserve(slots: number): void {
    if (slots <= this.source.length) return;
    this.source = grown(this.source, slots);
    this.target = grown(this.target, slots);
    this.weight = grown(this.weight, slots);
    this.psp = grown(this.psp, slots);
    this.kind = grown(this.kind, slots);
    this.delay = grown(this.delay, slots);
    this.flags = grown(this.flags, slots);
    this.state = grown(this.state, slots);
    this.trace = grown(this.trace, slots);
    if (this.group.length > 0) this.group = grown(this.group, slots);
  }

  /** Takes the columns of an image, one value for all or a value each, all valid and indexed; `plastic`: in the plasticity index too. */
  fill(image: SynapseColumns, plastic: boolean): void {
    this.reserve(image.count);
    this.count = image.count;
    this.source.set(image.source);
    this.target.set(image.target);
    for (const name of ["weight", "psp", "kind", "delay", "flags"] as const) {
      const column = image[name];
      if (column.length === 1) this[name].fill(column[0]!);
      else this[name].set(column);
    }
    this.state.fill(plastic ? live | synapsePlastic : live);
    this.validCount = image.count;
    this.version++;
    this.stale = true;
  }

  /** Builds the rows for `neurons` sources. `keepRemoved`: entries of removed synapses go on conducting. */
  build(neurons: number, keepRemoved: boolean): void {
    const { count, source, target, state } = this;
    const start = this.rowStart.length === neurons + 1 ? this.rowStart.fill(0) : new Uint32Array(neurons + 1);
    const degree = this.outDegree.length === neurons ? this.outDegree.fill(0) : new Uint32Array(neurons);
    let entries = 0;
    this.outside = new Map();
    for (let slot = 0; slot < count; slot++) {
      const s = source[slot]!;
      if ((state[slot]! & synapseIndexed) === 0) continue;
      if (s >= REGULAR_NEURONS || target[slot]! >= REGULAR_NEURONS) this.#listOutside(slot);
      if (s >= neurons) continue;
      start[s + 1]!++;
      entries++;
      if (this.isLive(slot)) degree[s]!++;
    }
    for (let i = 0; i < neurons; i++) start[i + 1]! += start[i]!;
    if (this.entrySlot.length < entries) {
      this.entrySlot = new Uint32Array(entries);
      this.entryTarget = new Uint32Array(entries);
      this.entryContribution = new Float32Array(entries);
      this.entryDelay = new Uint8Array(entries);
    }
    const { entrySlot, entryTarget, entryContribution, entryDelay, weight, psp, kind, delay } = this;
    const next = start.slice();
    const order = this.#slotsByDelay();
    for (let i = 0; i < count; i++) {
      const slot = order === null ? i : order[i]!;
      const s = source[slot]!;
      if ((state[slot]! & synapseIndexed) === 0 || s >= neurons) continue;
      const entry = next[s]!++;
      const t = target[slot]!;
      const product = weight[slot]! * psp[slot]!;
      entrySlot[entry] = slot;
      entryTarget[entry] = t;
      entryContribution[entry] = kind[slot] === 0 ? product : -product;
      entryDelay[entry] = t < neurons && (keepRemoved || this.isLive(slot)) ? delay[slot]! : 0;
    }
    this.rowStart = start;
    this.outDegree = degree;
    this.stale = false;
  }

  #listOutside(slot: number): void {
    const source = this.source[slot]!;
    const slots = this.outside.get(source);
    if (slots) slots.push(slot);
    else this.outside.set(source, [slot]);
  }

  /** All slots by delay, ascending within one; null when there is one delay only. */
  #slotsByDelay(): Uint32Array | null {
    const { delay, count } = this;
    const start = new Uint32Array(257);
    for (let slot = 0; slot < count; slot++) start[delay[slot]! + 1]!++;
    if (start.includes(count)) return null;
    for (let d = 0; d < 256; d++) start[d + 1]! += start[d]!;
    const order = new Uint32Array(count);
    for (let slot = 0; slot < count; slot++) order[start[delay[slot]!]!++] = slot;
    return order;
  }

  /** Makes room for so many more; columns that grow do so by half, so that many small additions copy little. */
  makeRoom(added: number, strict: boolean): void {
    const slots = strict ? this.count + added : Math.max(this.count, this.validCount + added);
    const capacity = this.source.length;
    if (slots > capacity) this.reserve(Math.max(slots, capacity + (capacity >>> 1)));
  }

  /** Adds a synapse, for which there is room. `packed`: kind, delay and flags, a byte each. In strict no index lists it yet. */
  add({ source, target, weight, psp, packed, group = 0 }: NewSynapse, strict: boolean): void {
    const slot = strict ? this.count++ : this.#takeSlot();
    this.source[slot] = source;
    this.target[slot] = target;
    this.weight[slot] = weight;
    this.psp[slot] = psp;
    this.kind[slot] = packed;
    this.delay[slot] = packed >>> 8;
    this.flags[slot] = packed >>> 16;
    this.state[slot] = strict ? synapseValid : live;
    this.trace[slot] = 0;
    this.setGroup(slot, group);
    this.validCount++;
    this.version++;
    if (!strict) this.stale = true;
  }

  /** The lowest free slot, or a new one behind all others. */
  #takeSlot(): number {
    if (this.validCount === this.count) return this.count++;
    while (this.state[this.#lowestFree] !== 0) this.#lowestFree++;
    return this.#lowestFree++;
  }

  groupOf(slot: number): number {
    return this.group.length > 0 ? this.group[slot]! : 0;
  }

  setGroup(slot: number, group: number): void {
    if (this.group.length === 0) {
      if (group === 0) return;
      this.group = new Uint16Array(this.source.length);
    }
    this.group[slot] = group;
  }

  isLive(slot: number): boolean {
    return (this.state[slot]! & live) === live;
  }

  isIndexed(slot: number): boolean {
    return (this.state[slot]! & synapseIndexed) !== 0;
  }

  isPlastic(slot: number): boolean {
    return (this.state[slot]! & synapsePlastic) !== 0;
  }

  isValid(slot: number): boolean {
    return (this.state[slot]! & synapseValid) !== 0;
  }

  /** Marks a slot invalid. `keepIndexed`: its entry stays; `keepConducting`: and goes on conducting. */
  remove(slot: number, keepIndexed: boolean, keepConducting: boolean): void {
    if (!this.isValid(slot)) return;
    this.validCount--;
    this.version++;
    const entry = this.#entryOf(slot);
    if (entry >= 0) {
      this.outDegree[this.source[slot]!]!--;
      if (!keepConducting) this.entryDelay[entry] = 0;
    }
    this.state[slot] = keepIndexed ? this.state[slot]! & synapseIndexed : 0;
    this.#lowestFree = Math.min(this.#lowestFree, slot);
  }

  /** Brings the entry of a slot up to its weight and psp. */
  refresh(slot: number): void {
    const entry = this.#entryOf(slot);
    if (entry >= 0) this.refreshEntry(entry, slot);
  }

  refreshEntry(entry: number, slot: number): void {
    const product = this.weight[slot]! * this.psp[slot]!;
    this.entryContribution[entry] = this.kind[slot] === 0 ? product : -product;
  }

  /** The rebuild of `feagi-strict`: exactly the valid slots are in both indexes from now on. */
  reindex(): void {
    for (let slot = 0; slot < this.count; slot++) this.state[slot] = this.isValid(slot) ? live | synapsePlastic : 0;
    this.version++;
    this.stale = true;
  }

  /** Likewise for the plasticity index alone. */
  reindexPlastic(): void {
    for (let slot = 0; slot < this.count; slot++) {
      const bits = this.state[slot]! & live;
      this.state[slot] = this.isValid(slot) ? bits | synapsePlastic : bits;
    }
    this.version++;
  }

  /** First slot of a pair in array order; `validOnly` passes over removed ones. -1: none. */
  find(source: number, target: number, validOnly: boolean): number {
    for (let slot = this.source.indexOf(source); slot >= 0 && slot < this.count; slot = this.source.indexOf(source, slot + 1)) {
      if (this.target[slot] === target && (!validOnly || this.isValid(slot))) return slot;
    }
    return -1;
  }

  /** Copies the given slots out, in their order. */
  rows(slots: Uint32Array): SynapseRows {
    const count = slots.length;
    const rows = {
      slot: slots,
      source: new Uint32Array(count),
      target: new Uint32Array(count),
      weight: new Float32Array(count),
      psp: new Float32Array(count),
      kind: new Uint8Array(count),
      delay: new Uint8Array(count),
      flags: new Uint8Array(count),
      trace: new Float32Array(count),
    };
    for (const name of ["source", "target", "weight", "psp", "kind", "delay", "flags", "trace"] as const) {
      const [from, to] = [this[name], rows[name]];
      for (let i = 0; i < count; i++) to[i] = from[slots[i]!]!;
    }
    return rows;
  }

  /** Entry of an indexed slot, -1 when it has none or the rows are to be built anyway. */
  #entryOf(slot: number): number {
    const source = this.source[slot]!;
    if (this.stale || (this.state[slot]! & synapseIndexed) === 0 || source >= this.outDegree.length) return -1;
    const { entrySlot, delay } = this;
    let low = this.rowStart[source]!;
    let high = this.rowStart[source + 1]! - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = entrySlot[middle]!;
      if (delay[other]! < delay[slot]! || (delay[other] === delay[slot] && other < slot)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
