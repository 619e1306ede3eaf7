/**
 * What an edit took out of the living brain, by place instead of by id, so that taking the edit back brings it back as it was: learned
 * weights, synapses that were made by hand or by learning, the state of neurons. Kept with the edit until the brain closes.
 */
import type { CorticalArea, CorticalId } from "#contracts/connectome.ts";
import type { SynapseRows } from "../engine/engine.ts";
import type { Shape } from "./area-changes.ts";

/** A place that is an id, of a neuron made by hand. */
export const EXTRA = 0x80000000;

export interface KeptSynapses {
  /** Of the rules they were under (mapping-changes.ts). */
  law: string;
  shapes: readonly [source: Shape, target: Shape];
  /** Places in the blocks. */
  source: Uint32Array;
  target: Uint32Array;
  weight: Float32Array;
  psp: Float32Array;
  /** Kind, delay and flags, a byte each. */
  packed: Uint32Array;
  /** What the edit added in their place, by places of the blocks after it. */
  added: { shapes: readonly [source: Shape, target: Shape] | null; source: Uint32Array; target: Uint32Array };
}

export interface KeptNeurons {
  shape: Shape;
  place: Uint32Array;
  potential: Float32Array;
  countdown: Uint16Array;
  consecutiveFires: Uint16Array;
}

export interface Kept {
  /** By pair (`pairKey`); a pair that had no synapse is there too. */
  synapses: Map<string, KeptSynapses>;
  neurons: Map<CorticalId, KeptNeurons>;
}

const packedOf = ({ kind, delay, flags }: SynapseRows, row: number): number =>
  (kind[row]! | (delay[row]! << 8) | (flags[row]! << 16)) >>> 0;

export function keptSynapses(
  rows: SynapseRows,
  which: readonly number[],
  ends: readonly [CorticalArea, CorticalArea],
  law: string,
): Omit<KeptSynapses, "added"> {
  const place = ({ firstNeuron, neurons }: CorticalArea, id: number) =>
    id - firstNeuron >= 0 && id - firstNeuron < neurons ? id - firstNeuron : EXTRA + id;
  return {
    law,
    shapes: ends,
    source: Uint32Array.from(which, (row) => place(ends[0], rows.source[row]!)),
    target: Uint32Array.from(which, (row) => place(ends[1], rows.target[row]!)),
    weight: Float32Array.from(which, (row) => rows.weight[row]!),
    psp: Float32Array.from(which, (row) => rows.psp[row]!),
    packed: Uint32Array.from(which, (row) => packedOf(rows, row)),
  };
}

export function bytesOf({ synapses, neurons }: Kept): number {
  const columns = [...synapses.values(), ...neurons.values()].flatMap((one) => Object.values(one)).filter(ArrayBuffer.isView);
  return columns.reduce((bytes, { byteLength }) => bytes + byteLength, 0);
}
