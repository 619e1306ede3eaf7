/** What is cut away to see inside: all outside of a slab per axis, and the outermost layers of every area. */
import type { Vec3 } from "#contracts/connectome.ts";
import { type Box, worldFromVoxel } from "./placement.ts";
import type { SceneArea } from "./scene-types.ts";

/** Per axis the kept share of the brain's extent, [0, 1] = all. */
export type Slab = readonly [readonly [number, number], readonly [number, number], readonly [number, number]];
export const wholeSlab: Slab = [
  [0, 1],
  [0, 1],
  [0, 1],
];

export interface Cut {
  /** Kept, in the world; null: all. */
  kept: Box | null;
  /** Layers of voxels taken off every side; the innermost of an area always stays. */
  peel: number;
}

/** Lab axes: z goes away from the viewer. */
export function cutOf(slab: Slab, peel: number, all: Box | null): Cut {
  const whole = slab.every(([low, high]) => low <= 0 && high >= 1);
  if (whole || !all) return { kept: null, peel };
  const at = (axis: number, share: number) => all.min[axis]! + share * (all.max[axis]! - all.min[axis]!);
  const [x, y, z] = slab;
  return { kept: { min: [at(0, x[0]), at(1, y[0]), at(2, 1 - z[1])], max: [at(0, x[1]), at(1, y[1]), at(2, 1 - z[0])] }, peel };
}

export function isCut({ kept, peel }: Cut, area: SceneArea, voxel: Vec3): boolean {
  if (peel > 0 && voxel.some((at, axis) => isPeeled(at, area.dimensions[axis]!, peel))) return true;
  return kept !== null && worldFromVoxel(area, voxel).some((at, axis) => at < kept.min[axis]! || at > kept.max[axis]!);
}

function isPeeled(at: number, length: number, peel: number): boolean {
  return Math.min(at, length - 1 - at) < Math.min(peel, Math.floor((length - 1) / 2));
}

/** What is left of a box; null: nothing. */
export function keptOf({ kept }: Cut, box: Box): Box | null {
  if (!kept) return box;
  const min = box.min.map((at, axis) => Math.max(at, kept.min[axis]!)) as Vec3;
  const max = box.max.map((at, axis) => Math.min(at, kept.max[axis]!)) as Vec3;
  return min.every((at, axis) => at < max[axis]!) ? { min, max } : null;
}
