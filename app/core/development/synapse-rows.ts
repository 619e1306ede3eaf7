/**
 * Synapse columns that grow: chunks that are never copied while they fill, joined at the end one column after the other, each
 * piece given back as soon as it is joined. No object stands for a synapse. Rows are appended in the order of their source
 * neuron, which makes the finished columns sorted by source.
 */
import type { SynapseColumns } from "#contracts/network.ts";
import { bytesPerRow, GrowthMemory } from "./memory.ts";
import type { VoxelList } from "./morphologies/voxel-rule.ts";
import type { Random } from "./random.ts";

/** What all synapses of one rule share. */
export interface SynapseParameters {
  weight: number;
  psp: number;
  /** 0 excitatory, 1 inhibitory. */
  kind: 0 | 1;
  /** Bursts. */
  delay: number;
  /** Percent of pairs that get a synapse. */
  attractivity: number;
}

/** Where synapses of one source neuron go, and what they are like. */
export interface Bundle {
  reached: VoxelList;
  /** Neuron id = first + voxel · perVoxel. */
  toNeuron: { first: number; perVoxel: number };
  made: SynapseParameters;
  chance: Random;
}

interface Columns {
  source: Uint32Array<ArrayBuffer>;
  target: Uint32Array<ArrayBuffer>;
  weight: Float32Array<ArrayBuffer>;
  psp: Float32Array<ArrayBuffer>;
  kind: Uint8Array<ArrayBuffer>;
  delay: Uint8Array<ArrayBuffer>;
}

interface Chunk {
  rows: number;
  filled: number;
  columns: Columns;
}

/** A chunk is a sixteenth of what is there, so that its unused rows never weigh much. */
const SHARE = 16;
const SMALLEST_CHUNK = 256;
const LARGEST_CHUNK = 1 << 20;

export class SynapseRows {
  count = 0;
  readonly #memory: GrowthMemory;
  readonly #chunks: Chunk[] = [];

  constructor(memory: GrowthMemory) {
    this.#memory = memory;
  }

  /** A synapse from `source` to a neuron of each reached voxel in [from, until), less what attractivity leaves out. Returns how many. */
  append(source: number, { reached: { voxels }, toNeuron, made, chance }: Bundle, from: number, until: number): number {
    const before = this.count;
    const { first, perVoxel } = toNeuron;
    const { weight, psp, kind, delay, attractivity } = made;
    const isCertain = attractivity >= 100;
    for (let i = from; i < until; ) {
      const chunk = this.#open();
      const { source: sources, target: targets, weight: weights, psp: psps, kind: kinds, delay: delays } = chunk.columns;
      const end = Math.min(until, i + chunk.rows - chunk.filled);
      let at = chunk.filled;
      for (; i < end; i++) {
        if (!isCertain && chance.below(100) >= attractivity) continue;
        sources[at] = source;
        targets[at] = first + voxels[i]! * perVoxel;
        weights[at] = weight;
        psps[at] = psp;
        kinds[at] = kind;
        delays[at] = delay;
        at++;
      }
      this.count += at - chunk.filled;
      chunk.filled = at;
    }
    return this.count - before;
  }

  /** Joins the chunks and breathes after each piece. Nothing can be appended afterwards. */
  *finished(): Generator<void, SynapseColumns, void> {
    return {
      count: this.count,
      source: yield* this.#joined("source", Uint32Array),
      target: yield* this.#joined("target", Uint32Array),
      weight: yield* this.#joined("weight", Float32Array),
      psp: yield* this.#joined("psp", Float32Array),
      kind: yield* this.#joined("kind", Uint8Array),
      delay: yield* this.#joined("delay", Uint8Array),
      flags: this.#memory.take(Uint8Array, this.count),
    };
  }

  *#joined<C extends Columns[keyof Columns]>(
    name: keyof Columns,
    kind: { new (rows: number): C; readonly BYTES_PER_ELEMENT: number },
  ): Generator<void, C, void> {
    const whole = this.#memory.take(kind, this.count);
    let at = 0;
    for (const { columns, filled } of this.#chunks) {
      whole.set(columns[name].subarray(0, filled), at);
      this.#memory.free(columns[name]);
      at += filled;
      yield;
    }
    return whole;
  }

  /** The chunk with room for at least one more row. */
  #open(): Chunk {
    const last = this.#chunks.at(-1);
    if (last && last.filled < last.rows) return last;
    const rows = chunkAfter(this.count);
    const chunk = { rows, filled: 0, columns: columnsFor(rows, this.#memory) };
    this.#chunks.push(chunk);
    return chunk;
  }
}

/** Bytes of one synapse in an image. */
export const SYNAPSE_BYTES = bytesPerRow(columnsFor(0, new GrowthMemory())) + Uint8Array.BYTES_PER_ELEMENT;

/** The most bytes that so many synapses take on their way into an image: all chunks and the first column joined from them. */
export function peakSynapseBytes(rows: number): number {
  const inChunks = (rows + chunkAfter(rows)) * (SYNAPSE_BYTES - Uint8Array.BYTES_PER_ELEMENT);
  return rows === 0 ? 0 : inChunks + rows * Uint32Array.BYTES_PER_ELEMENT;
}

function chunkAfter(rows: number): number {
  return Math.max(SMALLEST_CHUNK, Math.min(LARGEST_CHUNK, Math.ceil(rows / SHARE)));
}

function columnsFor(rows: number, memory: GrowthMemory): Columns {
  return {
    source: memory.take(Uint32Array, rows),
    target: memory.take(Uint32Array, rows),
    weight: memory.take(Float32Array, rows),
    psp: memory.take(Float32Array, rows),
    kind: memory.take(Uint8Array, rows),
    delay: memory.take(Uint8Array, rows),
  };
}
