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
  #room: Room = roomFor(1024);

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

  finished(): SynapseColumns {
    const { source, target, weight, psp, kind, delay, flags } = this.#room;
    const count = this.count;
    return {
      count,
      source: source.slice(0, count),
      target: target.slice(0, count),
      weight: weight.slice(0, count),
      psp: psp.slice(0, count),
      kind: kind.slice(0, count),
      delay: delay.slice(0, count),
      flags: flags.slice(0, count),
    };
  }

  #reserve(more: number): void {
    const needed = this.count + more;
    if (needed <= this.#room.source.length) return;
    const old = this.#room;
    const grown = roomFor(Math.max(needed, old.source.length * 2));
    grown.source.set(old.source);
    grown.target.set(old.target);
    grown.weight.set(old.weight);
    grown.psp.set(old.psp);
    grown.kind.set(old.kind);
    grown.delay.set(old.delay);
    this.#room = grown;
  }
}

function roomFor(rows: number): Room {
  return allocated(`${rows} synapses`, () => ({
    source: new Uint32Array(rows),
    target: new Uint32Array(rows),
    weight: new Float32Array(rows),
    psp: new Float32Array(rows),
    kind: new Uint8Array(rows),
    delay: new Uint8Array(rows),
    flags: new Uint8Array(rows),
  }));
}
