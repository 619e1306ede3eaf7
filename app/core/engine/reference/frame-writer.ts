/**
 * Writes firing frames (contracts/frame.ts): fired neurons grouped by area, each area in the smaller of the two encodings.
 */
import {
  encodingBitset,
  encodingVarint,
  FRAME_MAGIC,
  FRAME_VERSION,
  frameHeaderWords,
  frameWord,
  sectionHeaderWords,
} from "#contracts/frame.ts";
import type { BurstCounts } from "./burst.ts";
import type { NetworkState } from "./network-state.ts";

/** What a frame tells of a network's state. */
export interface Fired {
  burst: number;
  areas: Pick<NetworkState["areas"], "ordinal" | "indexes">;
  fired: Pick<NetworkState["fired"], "ids" | "count">;
  neurons: { area: Uint32Array };
  memory: { fired: readonly { area: number; id: number }[] };
}

/** Keeps the room it needs from burst to burst. */
export class FrameWriter {
  #perArea = new Uint32Array(0);
  #grouped = new Uint32Array(0);

  /** Writes the last burst of `state` into `frame`, which holds any frame of it; returns the words written. The engine time is left at 0. */
  write(state: Fired, counts: BurstCounts, frame: Uint32Array): number {
    if (state.memory.fired.length > 0) return this.#writeWithMemory(state, counts, frame);
    const ids = this.#groupByArea(state);
    let at = frameHeaderWords;
    let from = 0;
    let sections = 0;
    const bytes = new Uint8Array(frame.buffer, frame.byteOffset, frame.byteLength);
    for (let ordinal = 0; ordinal < this.#perArea.length; ordinal++) {
      const count = this.#perArea[ordinal]!;
      if (count === 0) continue;
      at = writeSection(frame, bytes, at, state.areas.indexes[ordinal]!, ids, from, from + count);
      from += count;
      sections++;
    }
    writeHeader(state, counts, frame, at, sections);
    return at;
  }

  /** Memory neurons have no ordinal, and their area may have other neurons too: here areas are gathered by index. */
  #writeWithMemory(state: Fired, counts: BurstCounts, frame: Uint32Array): number {
    const byArea = new Map<number, number[]>();
    const gather = (area: number, id: number) => {
      const ids = byArea.get(area);
      if (ids) ids.push(id);
      else byArea.set(area, [id]);
    };
    for (let f = 0; f < state.fired.count; f++) gather(state.neurons.area[state.fired.ids[f]!]!, state.fired.ids[f]!);
    for (const { area, id } of state.memory.fired) gather(area, id);
    const bytes = new Uint8Array(frame.buffer, frame.byteOffset, frame.byteLength);
    let at = frameHeaderWords;
    for (const [area, ids] of [...byArea].sort((a, b) => a[0] - b[0])) {
      at = writeSection(frame, bytes, at, area, Uint32Array.from(ids), 0, ids.length);
    }
    writeHeader(state, counts, frame, at, byArea.size);
    return at;
  }

  /** Fired ids, areas ascending and ids ascending within; counts them per area. Ids mostly lie in area order already. */
  #groupByArea({ areas, fired }: Fired): Uint32Array {
    const { ordinal, indexes } = areas;
    const { ids, count } = fired;
    if (this.#perArea.length === indexes.length) this.#perArea.fill(0);
    else this.#perArea = new Uint32Array(indexes.length);
    const perArea = this.#perArea;
    let ordered = true;
    let last = 0;
    for (let f = 0; f < count; f++) {
      const area = ordinal[ids[f]!]!;
      perArea[area]!++;
      if (area < last) ordered = false;
      last = area;
    }
    if (ordered) return ids;
    if (this.#grouped.length < count) this.#grouped = new Uint32Array(ids.length);
    const next = new Uint32Array(perArea.length);
    for (let area = 1; area < next.length; area++) next[area] = next[area - 1]! + perArea[area - 1]!;
    for (let f = 0; f < count; f++) this.#grouped[next[ordinal[ids[f]!]!]!++] = ids[f]!;
    return this.#grouped;
  }
}

function writeHeader(state: Fired, counts: BurstCounts, frame: Uint32Array, words: number, sections: number): void {
  frame[frameWord.magic] = FRAME_MAGIC;
  frame[frameWord.version] = FRAME_VERSION;
  frame[frameWord.totalWords] = words;
  frame[frameWord.burst] = state.burst;
  frame[frameWord.fired] = state.fired.count + state.memory.fired.length;
  frame[frameWord.processed] = counts.processed;
  frame[frameWord.refractory] = counts.refractory;
  frame[frameWord.synaptic] = counts.synaptic;
  frame[frameWord.power] = counts.power;
  frame[frameWord.sections] = sections;
  frame[frameWord.engine] = 0;
  frame[frameWord.engineNanos] = 0;
}

function writeSection(frame: Uint32Array, bytes: Uint8Array, at: number, area: number, ids: Uint32Array, from: number, to: number): number {
  const base = ids[from]!;
  const bitsetWords = ((ids[to - 1]! - base) >>> 5) + 1;
  // A varint takes at least a byte per neuron, so a dense section needs no measuring.
  const asBitset = bitsetWords * 4 <= to - from || bitsetWords <= (varintBytes(ids, from, to) + 3) >>> 2;
  const payload = at + sectionHeaderWords;
  let words = bitsetWords;
  if (asBitset) {
    frame.fill(0, payload, payload + words);
    for (let i = from; i < to; i++) {
      const bit = ids[i]! - base;
      frame[payload + (bit >>> 5)]! |= 1 << (bit & 31);
    }
  } else {
    const start = payload * 4;
    let end = start;
    let last = base;
    for (let i = from; i < to; i++) {
      let gap = ids[i]! - last;
      last = ids[i]!;
      for (; gap >= 0x80; gap >>>= 7) bytes[end++] = gap | 0x80;
      bytes[end++] = gap;
    }
    while ((end & 3) !== 0) bytes[end++] = 0;
    words = (end - start) >>> 2;
  }
  frame[at] = area;
  frame[at + 1] = to - from;
  frame[at + 2] = asBitset ? encodingBitset : encodingVarint;
  frame[at + 3] = base;
  frame[at + 4] = words;
  return payload + words;
}

/** Bytes of the gaps as LEB128. */
function varintBytes(ids: Uint32Array, from: number, to: number): number {
  let bytes = 1;
  for (let i = from + 1; i < to; i++) {
    const gap = ids[i]! - ids[i - 1]!;
    bytes += gap < 0x80 ? 1 : gap < 0x4000 ? 2 : gap < 0x200000 ? 3 : gap < 0x10000000 ? 4 : 5;
  }
  return bytes;
}
