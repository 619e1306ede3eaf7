/**
 * Synapse columns that grow: doubled when full, cut to size once at the end. No object stands for a synapse.
 * Rows are appended in the order of their source neuron, which makes the finished columns sorted by source.
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

/** Columns whose length is the room there is, not the synapses there are. */
type Room = Omit<SynapseColumns, "count">;

export class SynapseRows {
  count = 0;
  readonly #room: Room = {
    source: new Uint32Array(1024),
    target: new Uint32Array(1024),
    weight: new Float32Array(1024),
    psp: new Float32Array(1024),
    kind: new Uint8Array(1024),
    delay: new Uint8Array(1024),
    flags: new Uint8Array(1024),
  };

  /** One synapse from `source` to a neuron of each listed voxel, less what attractivity leaves out. Returns how many were made. */
  append(
    source: number,
    reached: VoxelList,
    toNeuron: { first: number; perVoxel: number },
    made: SynapseParameters,
    chance: Random,
  ): number {
    const { voxels, length } = reached;
    this.#reserve(length);
    const room = this.#room;
    const before = this.count;
    const isCertain = made.attractivity >= 100;
    let at = before;
    for (let i = 0; i < length; i++) {
      if (!isCertain && chance.below(100) >= made.attractivity) continue;
      room.source[at] = source;
      room.target[at] = toNeuron.first + voxels[i]! * toNeuron.perVoxel;
      room.weight[at] = made.weight;
      room.psp[at] = made.psp;
      room.kind[at] = made.kind;
      room.delay[at] = made.delay;
      at++;
    }
    this.count = at;
    return at - before;
  }

  /** The columns, cut to size. The rows are used up. */
  finished(): SynapseColumns {
    this.#resize(this.count);
    return { count: this.count, ...this.#room };
  }

  #reserve(more: number): void {
    const needed = this.count + more;
    if (needed > this.#room.source.length) this.#resize(Math.max(needed, this.#room.source.length * 2));
  }

  /** Column by column, so that at no time two copies of all of them exist. */
  #resize(rows: number): void {
    const room = this.#room;
    allocated(`${rows} synapses`, () => {
      room.source = resized(room.source, rows);
      room.target = resized(room.target, rows);
      room.weight = resized(room.weight, rows);
      room.psp = resized(room.psp, rows);
      room.kind = resized(room.kind, rows);
      room.delay = resized(room.delay, rows);
      room.flags = resized(room.flags, rows);
    });
  }
}

function resized<T extends Uint32Array | Float32Array | Uint8Array>(column: T, rows: number): T {
  if (rows <= column.length) return column.slice(0, rows) as T;
  const larger = new (column.constructor as new (rows: number) => T)(rows);
  larger.set(column);
  return larger;
}
