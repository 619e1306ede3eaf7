/** Vector morphologies: fixed offsets in source coordinates, without scaling to the destination. */
import type { MappingRule, Vec3 } from "#contracts/connectome.ts";
import { RuleRefusal } from "./refusal.ts";
import { isInside, type Shape, type VoxelRule } from "./voxel-rule.ts";

/** Offsets that coincide are made one beforehand, so each pair comes once. */
export function vectorRule(target: Vec3, vectors: readonly Vec3[]): VoxelRule {
  const [, height, depth] = target;
  const distinct = [...new Map(vectors.map((vector) => [vector.join(), vector])).values()];
  return (x, y, z, targets) => {
    for (const [dx, dy, dz] of distinct) {
      if (isInside(x + dx, y + dy, z + dz, target)) targets.push(((x + dx) * height + y + dy) * depth + z + dz);
    }
  };
}

/** False where two lists of vectors connect the same voxels of these two areas. */
export function reachOtherVoxels({ source, target }: Shape, some: readonly Vec3[], others: readonly Vec3[]): boolean {
  const isInReach = (vector: Vec3) => vector.every((step, axis) => step > -source[axis]! && step < target[axis]!);
  const inReach = (vectors: readonly Vec3[]) => [...new Set(vectors.filter(isInReach).map((vector) => vector.join()))].sort().join(" ");
  return inReach(some) !== inReach(others);
}

/** The scalar of a rule stretches each vector by axis, as the Python original does; FEAGI reads and ignores it. */
export function scaledVectors(vectors: readonly Vec3[], scalar: MappingRule["scalar"]): Vec3[] {
  const factors = typeof scalar === "number" ? [scalar, scalar, scalar] : scalar;
  const factor = (axis: number): number => {
    const given = factors[axis] ?? 1;
    if (typeof given === "number" && Number.isInteger(given)) return given;
    throw new RuleRefusal("MORPHOLOGY_SCALAR", `a morphology scalar must be an integer, found ${JSON.stringify(given)}`);
  };
  return vectors.map(([x, y, z]) => [x * factor(0), y * factor(1), z * factor(2)]);
}
