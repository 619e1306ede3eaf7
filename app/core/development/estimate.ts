/**
 * What a genome would take, worked out without taking it: neurons exactly, synapses from the sizes of both areas and the law
 * of each rule. A rule whose pairs cannot be counted without making them counts as the most it can be; attractivity counts as
 * its share.
 */
import type { Growth } from "./growth.ts";
import { NEURON_BYTES } from "./neurogenesis.ts";
import { strandsFrom } from "./strands.ts";
import { peakSynapseBytes, SYNAPSE_BYTES } from "./synapse-rows.ts";

export interface GrowthEstimate {
  neurons: number;
  synapses: number;
  /** Of the finished image. */
  bytes: number;
  /** The most that is held while it grows. */
  peakBytes: number;
}

/** Of a growth whose areas have their place and size. */
export function estimateOf(growth: Growth): GrowthEstimate {
  const neurons = growth.areas.reduce((sum, { area }) => sum + area.neurons, 0);
  const synapses = Math.ceil(growth.areas.reduce((sum, growing) => sum + synapsesFrom(growth, growing), 0));
  const neuronBytes = neurons * NEURON_BYTES;
  const bytes = neuronBytes + synapses * SYNAPSE_BYTES;
  return { neurons, synapses, bytes, peakBytes: Math.max(bytes, neuronBytes + peakSynapseBytes(synapses)) };
}

function synapsesFrom(growth: Growth, source: Growth["areas"][number]): number {
  const strands = strandsFrom({ ...growth, mappings: [], problems: [] }, source);
  const { dimensions, neuronsPerVoxel } = source.area;
  let synapses = 0;
  for (const { voxels, made, reached } of strands) {
    synapses += voxels.pairs(dimensions) * neuronsPerVoxel * Math.max(0, Math.min(1, made.attractivity / 100));
    reached.free();
  }
  return synapses;
}
