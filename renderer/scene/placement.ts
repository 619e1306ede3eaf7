/**
 * Where voxels and neurons are in the world. Lab space is x right, y up, z away from the viewer, one unit a voxel; the world
 * of the graphics card is right-handed, so z changes its sign here and nowhere else.
 */
import type { Vec3 } from "#contracts/connectome.ts";
import type { SceneArea } from "./scene-types.ts";

export interface Box {
  min: Vec3;
  max: Vec3;
}

/** The box of an area in the world. */
export function worldBox({ position: [x, y, z], dimensions: [width, height, depth] }: SceneArea): Box {
  return { min: [x, y, -(z + depth)], max: [x + width, y + height, -z] };
}

export function worldFromVoxel({ position }: SceneArea, [x, y, z]: Vec3): Vec3 {
  return [position[0] + x + 0.5, position[1] + y + 0.5, -(position[2] + z + 0.5)];
}

export function voxelBox(area: SceneArea, at: Vec3): Box {
  const [x, y, z] = worldFromVoxel(area, at);
  return { min: [x - 0.5, y - 0.5, z - 0.5], max: [x + 0.5, y + 0.5, z + 0.5] };
}

/** The box, grown evenly until its longest side has `least` voxels. */
export function withLeastExtent({ min, max }: Box, least: number): Box {
  const room = Math.max(0, (least - Math.max(...max.map((high, axis) => high - min[axis]!))) / 2);
  return { min: min.map((at) => at - room) as Vec3, max: max.map((at) => at + room) as Vec3 };
}

export function cornersOf({ min, max }: Box): Vec3[] {
  return Array.from({ length: 8 }, (_, corner) => min.map((low, i) => ((corner >> i) & 1 ? max[i]! : low)) as Vec3);
}

export function union(boxes: Iterable<Box>): Box | null {
  let all: Box | null = null;
  for (const { min, max } of boxes) {
    all = all
      ? {
          min: [0, 1, 2].map((i) => Math.min(all!.min[i]!, min[i]!)) as Vec3,
          max: [0, 1, 2].map((i) => Math.max(all!.max[i]!, max[i]!)) as Vec3,
        }
      : { min, max };
  }
  return all;
}

export function voxelCount({ dimensions: [width, height, depth] }: SceneArea): number {
  return width * height * depth;
}

/** Id of the voxel's first neuron: firstNeuron + ((x·height + y)·depth + z)·neuronsPerVoxel. Null while the area has none. */
export function neuronOfVoxel(area: SceneArea, [x, y, z]: Vec3): number | null {
  if (area.firstNeuron === undefined || area.neurons === 0) return null;
  const [, height, depth] = area.dimensions;
  return area.firstNeuron + ((x * height + y) * depth + z) * (area.neuronsPerVoxel ?? 1);
}

export function voxelFromIndex({ dimensions: [, height, depth] }: SceneArea, index: number): Vec3 {
  return [Math.floor(index / (height * depth)), Math.floor(index / depth) % height, index % depth];
}

/** The voxel of a neuron, null when the neuron is not of this area's box. */
export function voxelOfNeuron(area: SceneArea, neuron: number): Vec3 | null {
  if (area.firstNeuron === undefined) return null;
  const local = neuron - area.firstNeuron;
  if (local < 0 || local >= area.neurons) return null;
  const index = Math.floor(local / (area.neuronsPerVoxel ?? 1));
  return index < voxelCount(area) ? voxelFromIndex(area, index) : null;
}
