/**
 * Stage 2: the space of each area. Voxels are implied by sizes; what happens here is that every area gets its range of
 * neuron ids, and a genome that asks for more neurons or memory than there may be is refused before any memory is taken.
 */
import type { GenomeProblem } from "#contracts/genome.ts";
import { estimateOf, type GrowthEstimate } from "./estimate.ts";
import { documentPath, type GrowingArea, type Growth, progress, refused, type Stage } from "./growth.ts";
import { bytesText } from "./memory.ts";

export function* voxelogenesis(growth: Growth): Stage {
  const neurons = placeAreas(growth);
  for (const place of growth.areas.keys()) yield progress(growth, "voxelogenesis", (place + 1) / growth.areas.length);
  if (neurons > growth.capacities.neurons) throw refused(tooManyNeurons(growth, neurons));
  const estimate = estimateOf(growth);
  if (estimate.peakBytes > growth.memory.limitBytes) throw refused(tooMuchMemory(growth, estimate));
}

/** Gives every area its range of ids; returns how many ids that is. */
export function placeAreas({ areas }: Growth): number {
  let next = 0;
  for (const { area } of areas) {
    area.firstNeuron = next;
    area.neurons = neuronsOf(area.dimensions, area.neuronsPerVoxel);
    next += area.neurons;
  }
  return next;
}

function neuronsOf([width, height, depth]: readonly number[], perVoxel: number): number {
  return width! * height! * depth! * perVoxel;
}

function tooManyNeurons(growth: Growth, requested: number): GenomeProblem {
  const largest = largestArea(growth);
  return {
    path: sizePath(growth, largest),
    code: "NEURON_CAPACITY",
    message: `it asks for ${requested} neurons, more than the ${growth.capacities.neurons} there is room for; the largest area is "${largest.gene.name}"`,
    expected: `at most ${growth.capacities.neurons} neurons in all areas together`,
    found: `${largest.area.dimensions.join(" × ")} voxels with ${largest.area.neuronsPerVoxel} neurons each in the largest area`,
    fix: "Make the largest areas smaller",
  };
}

function tooMuchMemory(growth: Growth, { neurons, synapses, bytes, peakBytes }: GrowthEstimate): GenomeProblem {
  const limit = bytesText(growth.memory.limitBytes);
  return {
    path: sizePath(growth, largestArea(growth)),
    code: "MEMORY_ESTIMATE",
    message: `it asks for ${neurons} neurons and about ${synapses} synapses: ${bytesText(bytes)}, and ${bytesText(peakBytes)} while it grows, where there is room for ${limit}`,
    expected: `areas and mappings that grow within ${limit}`,
    found: `${neurons} neurons, about ${synapses} synapses, ${bytesText(peakBytes)}`,
    fix: "Make the largest areas smaller, or their mappings sparser",
  };
}

function largestArea(growth: Growth): GrowingArea {
  return growth.areas.reduce((a, b) => (b.area.neurons > a.area.neurons ? b : a));
}

function sizePath({ genome }: Growth, { gene }: GrowingArea): string {
  return documentPath(genome, gene, { flat: "cx-___bbx-i", hierarchical: "block_boundaries" });
}
