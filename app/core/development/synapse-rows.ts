/**
 * Synapse columns that grow: chunks that are never copied while they fill, joined once at the end. No object stands for a
 * synapse. Rows are appended in the order of their source neuron, which makes the finished columns sorted by source.
 */
import type { SynapseColumns } from "#contracts/network.ts";
import { allocated } from "./growth.ts";
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

/** Rows of the first chunk; each further one has twice the rows, up to the largest. */
const FIRST_CHUNK = 4096;
const LARGEST_CHUNK = 1 << 20;

type Columns = Omit<SynapseColumns, "count" | "flags">;

interface Chunk {
  rows: number;
  filled: number;
  columns: Columns;
}

export class SynapseRows {
  count = 0;
  readonly #chunks: Chunk[] = [];

  /** One synapse from `source` to a neuron of each listed voxel, less what attractivity leaves out. Returns how many were made. */
  append(
    source: number,
    { voxels, length }: VoxelList,
    toNeuron: { first: number; perVoxel: number },
    made: SynapseParameters,
    chance: Random,
  ): number {
    const before = this.count;
    const isCertain = made.attractivity >= 100;
    for (let i = 0; i < length; ) {
      const chunk = this.#open();
      const { columns } = chunk;
      const until = Math.min(length, i + chunk.rows - chunk.filled);
      let at = chunk.filled;
      for (; i < until; i++) {
        if (!isCertain && chance.below(100) >= made.attractivity) continue;
        columns.source[at] = source;
        columns.target[at] = toNeuron.first + voxels[i]! * toNeuron.perVoxel;
        columns.weight[at] = made.weight;
        columns.psp[at] = made.psp;
        columns.kind[at] = made.kind;
        columns.delay[at] = made.delay;
        at++;
      }
      this.count += at - chunk.filled;
      chunk.filled = at;
    }
    return this.count - before;
  }

  /** Joins the chunks and breathes after each column; a joined column is let go from the chunks. */
  *finished(): Generator<void, SynapseColumns, void> {
    const joined = columnsFor(this.count);
    for (const name of Object.keys(joined) as (keyof Columns)[]) {
      let at = 0;
      for (const chunk of this.#chunks) {
        joined[name].set(chunk.columns[name].subarray(0, chunk.filled), at);
        Object.assign(chunk.columns, { [name]: chunk.columns[name].slice(0, 0) });
        at += chunk.filled;
      }
      yield;
    }
    return { count: this.count, ...joined, flags: new Uint8Array(this.count) };
  }

  /** The chunk with room for at least one more row. */
  #open(): Chunk {
    const last = this.#chunks.at(-1);
    if (last && last.filled < last.rows) return last;
    const rows = Math.min(LARGEST_CHUNK, last ? last.rows * 2 : FIRST_CHUNK);
    const chunk = { rows, filled: 0, columns: columnsFor(rows) };
    this.#chunks.push(chunk);
    return chunk;
  }
}

function columnsFor(rows: number): Columns {
  return allocated(`${rows} more synapses`, () => ({
    source: new Uint32Array(rows),
    target: new Uint32Array(rows),
    weight: new Float32Array(rows),
    psp: new Float32Array(rows),
    kind: new Uint8Array(rows),
    delay: new Uint8Array(rows),
  }));
}
