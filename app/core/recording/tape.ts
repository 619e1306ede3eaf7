/**
 * The per-burst part of a recording: records one after another in blocks of words, packed as a block fills.
 *
 * A record: [words of the record, burst, patches n, frame words, weight changes m, n patch lengths, patches…, frame, m slots,
 * m weights as bits]. When more weights changed than are kept, m is `weightsCut` and the one word after the frame is their number.
 * Recording a burst is copying its bytes; nothing looks at a neuron.
 */
import { LabError } from "#contracts/errors.ts";
import type { WeightChanges } from "../engine/engine.ts";
import type { RecordedBurst } from "./history.ts";

const HEAD = 5;
const LEAST_WORDS = 1 << 12;
const MOST_WORDS = 1 << 18;
/** Weight changes kept of one burst; of more only the number is, and a replay tells them again. */
const MOST_WEIGHTS = 8192;
const weightsCut = 0xffffffff;

/** A burst as it is on tape. */
export interface TapedBurst extends RecordedBurst {
  /** What learning changed; null when it was too much to keep. */
  weights: WeightChanges | null;
}

export type Packer = (bytes: Uint8Array) => Promise<Uint8Array>;

export class Block {
  /** Null once packed. */
  words: Uint32Array<ArrayBuffer> | null;
  packed: Uint8Array | null = null;
  readonly first: number;
  last: number;
  used = 0;
  /** Place of each record, while `words` is there. */
  offsets: number[] = [];

  constructor(first: number, words: Uint32Array<ArrayBuffer>) {
    this.first = first;
    this.last = first - 1;
    this.words = words;
  }

  get bytes(): number {
    return this.packed?.length ?? this.words?.byteLength ?? 0;
  }

  /** Replaces the words by their packed form. */
  async pack(pack: Packer): Promise<void> {
    const { words } = this;
    if (words === null) return;
    this.packed = await pack(new Uint8Array(words.buffer, 0, this.used * 4));
    this.words = null;
    this.offsets = [];
  }
}

/** Blocks of consecutive bursts; only the last one grows. */
export class Tape {
  readonly blocks: Block[] = [];
  #next = LEAST_WORDS;

  /** Appends a burst; returns the block that is full by now, if one is. */
  append(burst: number, patches: readonly Uint32Array[], frame: Uint32Array, weights: WeightChanges | null): Block | null {
    const changed = weights === null ? 0 : weights.slot.length;
    const isCut = changed > MOST_WEIGHTS;
    const weightWords = isCut ? 1 : 2 * changed;
    const size = HEAD + patches.reduce((sum, { length }) => sum + 1 + length, 0) + frame.length + weightWords;
    const { block, full } = this.#room(burst, size);
    const words = block.words!;
    let at = block.used;
    block.offsets.push(at);
    words[at++] = size;
    words[at++] = burst;
    words[at++] = patches.length;
    words[at++] = frame.length;
    words[at++] = isCut ? weightsCut : changed;
    for (const patch of patches) words[at++] = patch.length;
    for (const patch of patches) {
      words.set(patch, at);
      at += patch.length;
    }
    words.set(frame, at);
    at += frame.length;
    if (isCut) words[at] = changed;
    else if (weights !== null && changed > 0) {
      words.set(weights.slot, at);
      words.set(new Uint32Array(weights.weight.buffer, weights.weight.byteOffset, changed), at + changed);
    }
    block.used += size;
    block.last = burst;
    return full;
  }

  /** Appends a record as `recordWords` gave it. */
  appendRecord(record: Uint32Array): Block | null {
    const burst = record[1]!;
    const { block, full } = this.#room(burst, record.length);
    block.words!.set(record, block.used);
    block.offsets.push(block.used);
    block.used += record.length;
    block.last = burst;
    return full;
  }

  /** The block that the next record goes to, and the one that is full by now, if one is. */
  #room(burst: number, size: number): { block: Block; full: Block | null } {
    const last = this.blocks.at(-1);
    if (last?.words && last.used + size <= last.words.length) return { block: last, full: null };
    const block = new Block(burst, new Uint32Array(Math.max(this.#next, size)));
    this.#next = Math.min(MOST_WORDS, this.#next * 4);
    this.blocks.push(block);
    return { block, full: last?.words ? last : null };
  }

  /** The block that holds a burst. */
  blockOf(burst: number): Block {
    let low = 0;
    let high = this.blocks.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (this.blocks[middle]!.first <= burst) low = middle;
      else high = middle - 1;
    }
    const block = this.blocks[low];
    if (!block || burst < block.first || burst > block.last) throw new Error(`burst ${burst} is not on this tape`);
    return block;
  }
}

/** A block's words as they were, with the place of each record. */
export interface OpenBlock {
  first: number;
  words: Uint32Array;
  offsets: readonly number[];
}

export function openBlock(first: number, bytes: Uint8Array): OpenBlock {
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  const words = new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.length / 4);
  const offsets: number[] = [];
  for (let at = 0; at < words.length; at += words[at]!) {
    if (words[at]! < HEAD || words[at + 1] !== first + offsets.length) throw damaged(first + offsets.length);
    offsets.push(at);
  }
  return { first, words, offsets };
}

/** The words of a record, as a view of the block. */
export function recordWords({ first, words, offsets }: OpenBlock, burst: number): Uint32Array {
  const at = offsets[burst - first];
  if (at === undefined) throw damaged(burst);
  return words.subarray(at, at + words[at]!);
}

/** A record as views of the block. */
export function readRecord({ first, words, offsets }: OpenBlock, burst: number): TapedBurst {
  let at = offsets[burst - first];
  if (at === undefined) throw damaged(burst);
  const count = words[at + 2]!;
  const frameWords = words[at + 3]!;
  const changed = words[at + 4]!;
  at += HEAD;
  const lengths = words.subarray(at, at + count);
  at += count;
  const patches: Uint32Array[] = [];
  for (const length of lengths) {
    patches.push(words.subarray(at, at + length));
    at += length;
  }
  const frame = words.subarray(at, at + frameWords);
  at += frameWords;
  if (changed === weightsCut) return { burst, patches, frame, weights: null };
  const slot = words.subarray(at, at + changed);
  const bits = words.subarray(at + changed, at + 2 * changed);
  return { burst, patches, frame, weights: { slot, weight: new Float32Array(bits.buffer, bits.byteOffset, changed) } };
}

function damaged(burst: number): LabError {
  return new LabError("E_IO", `The recording of burst ${burst} is damaged`, { burst }, "Bursts recorded after it can still be read.");
}
