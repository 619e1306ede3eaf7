/**
 * What an edit took out of the living brain, by place instead of by id, so that taking the edit back brings it back as it was: learned
 * weights, synapses that were made by hand or by learning, the state of neurons. Kept with the edit until the brain closes.
 */
import type { CorticalArea, CorticalId } from "#contracts/connectome.ts";
import type { Shape } from "./area-changes.ts";
import type { LivingRows } from "./concern.ts";
import type { NeuronValues } from "./neuron-values.ts";

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
  /** Of the area, which gets it again. */
  index: number;
  shape: Shape;
  /** Places among them that were holes, and ids of extras that go too. */
  holes: readonly number[];
  extras: readonly number[];
  /** Of neurons whose settings were edited by themselves, by place. */
  settings: Map<number, NeuronValues>;
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

const packedOf = ({ kind, delay, flags }: LivingRows, row: number): number => (kind[row]! | (delay[row]! << 8) | (flags[row]! << 16)) >>> 0;

/** Copies rows out; `ends` are their areas. Yields now and then. */
export function* keptSynapses(
  rows: LivingRows,
  which: readonly number[],
  ends: readonly [CorticalArea, CorticalArea],
  breath: number,
): Generator<void, Pick<KeptSynapses, "source" | "target" | "weight" | "psp" | "packed">, void> {
  const count = which.length;
  const [source, target, packed] = [new Uint32Array(count), new Uint32Array(count), new Uint32Array(count)];
  const [weight, psp] = [new Float32Array(count), new Float32Array(count)];
  for (let i = 0; i < count; i++) {
    const row = which[i]!;
    source[i] = placeOf(ends[0], rows.source[row]!);
    target[i] = placeOf(ends[1], rows.target[row]!);
    weight[i] = rows.weight[row]!;
    psp[i] = rows.psp[row]!;
    packed[i] = packedOf(rows, row);
    if (i % breath === breath - 1) yield;
  }
  return { source, target, weight, psp, packed };
}

function placeOf({ firstNeuron, neurons }: CorticalArea, id: number): number {
  const place = id - firstNeuron;
  return place >= 0 && place < neurons ? place : EXTRA + id;
}

/** Bytes that its columns take. */
export function keptBytes({ synapses, neurons }: Kept): number {
  const columns = [...synapses.values()].flatMap(({ added, ...own }) => [...Object.values(own), added.source, added.target]);
  const states = [...neurons.values()].flatMap((one) => Object.values(one));
  return [...columns, ...states].reduce((bytes, column) => bytes + (ArrayBuffer.isView(column) ? column.byteLength : 0), 0);
}
