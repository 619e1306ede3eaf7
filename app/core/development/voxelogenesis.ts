/**
 * Stage 2: the space of each area. Voxels are implied by sizes; what happens here is that every area gets its range of
 * neuron ids, and a genome that asks for more neurons than there may be is refused before any memory is taken.
 */
import { documentPath, type GrowingArea, type Growth, progress, refused, type Stage } from "./growth.ts";

export function* voxelogenesis(growth: Growth): Stage {
  let next = 0;
  for (const [place, { area }] of growth.areas.entries()) {
    area.firstNeuron = next;
    area.neurons = neuronsOf(area.dimensions, area.neuronsPerVoxel);
    next += area.neurons;
    yield progress(growth, "voxelogenesis", (place + 1) / growth.areas.length);
  }
  if (next > growth.capacities.neurons) throw refused(tooManyNeurons(growth, next));
}

function neuronsOf([width, height, depth]: readonly number[], perVoxel: number): number {
  return width! * height! * depth! * perVoxel;
}

function tooManyNeurons(growth: Growth, requested: number) {
  const largest = growth.areas.reduce((a: GrowingArea, b) => (b.area.neurons > a.area.neurons ? b : a));
  return {
    path: documentPath(growth.genome, largest.gene, { flat: "cx-___bbx-i", hierarchical: "block_boundaries" }),
    code: "NEURON_CAPACITY",
    message: `it asks for ${requested} neurons, more than the ${growth.capacities.neurons} there is room for; the largest area is "${largest.gene.name}"`,
    expected: `at most ${growth.capacities.neurons} neurons in all areas together`,
    found: `${largest.area.dimensions.join(" × ")} voxels with ${largest.area.neuronsPerVoxel} neurons each in the largest area`,
    fix: "Make the largest areas smaller",
  };
}
