/**
 * Input to a brain as plain definitions from which the input of any burst follows. Nothing is drawn and nothing is remembered between
 * bursts. A voxel is its neuron of the highest id (spec/burst-engine.md section 2.2).
 */
import type { Stimulus } from "#contracts/commands/stimulus.ts";
import type { CorticalArea } from "#contracts/connectome.ts";
import { PatchWriter } from "#contracts/patch.ts";
import { poissonCount } from "./poisson.ts";

export interface StimulusDefinition extends Omit<Stimulus, "remaining"> {
  /** First burst it acts in. */
  from: number;
  /** How many bursts it lasts, null = until removed. */
  bursts: number | null;
}

/** The engine patch that stages the input of one burst; empty without any. */
export function stimulusPatch(
  stimuli: readonly Omit<StimulusDefinition, "id">[],
  { areas }: { areas: ReadonlyMap<string, CorticalArea> },
  burst: number,
): Uint32Array {
  const patch = new PatchWriter();
  for (const { area: id, kind, voxels, amplitude, probability, seed, every, from, bursts } of stimuli) {
    const area = areas.get(id);
    if (!area || burst < from || (bursts !== null && burst >= from + bursts) || (burst - from) % every !== 0) continue;
    if (kind === "voxels") {
      const neurons = voxels.map((voxel) => neuronAt(area, voxel)).filter((neuron) => neuron !== null);
      patch.begin("stageInput", 2 * neurons.length);
      for (const neuron of neurons) patch.u32(neuron).f32(amplitude);
      continue;
    }
    const end = area.firstNeuron + area.neurons;
    for (let neuron = area.firstNeuron + area.neuronsPerVoxel - 1; neuron < end; neuron += area.neuronsPerVoxel) {
      const count = poissonCount(probability, seed, neuron, burst);
      if (count > 0)
        patch
          .begin("stageInput", 2)
          .u32(neuron)
          .f32(count * amplitude);
    }
  }
  return patch.take();
}

/** The neuron a voxel stands for, null outside the area. */
export function neuronAt(area: CorticalArea, [x, y, z]: readonly [number, number, number]): number | null {
  const [width, height, depth] = area.dimensions;
  const inside = [x, y, z].every((at, axis) => Number.isInteger(at) && at >= 0 && at < [width, height, depth][axis]!);
  if (!inside || area.neurons === 0) return null;
  return area.firstNeuron + ((x * height + y) * depth + z) * area.neuronsPerVoxel + area.neuronsPerVoxel - 1;
}
