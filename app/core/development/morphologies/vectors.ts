/** Vector morphologies: fixed offsets in source coordinates, without scaling to the destination. */
import type { MappingRule, Vec3 } from "#contracts/connectome.ts";
import { RuleRefusal } from "./refusal.ts";
import { type Shape, type VoxelRule, voxelRule } from "./voxel-rule.ts";

/** Offsets that coincide are made one beforehand, so each pair comes once. */
export function vectorRule(target: Vec3, vectors: readonly Vec3[]): VoxelRule {
  const [width, height, depth] = target;
  const distinct = [...new Map(vectors.map((vector) => [vector.join(), vector])).values()];
  const offsets = Float64Array.from(distinct.flat());
  const pairs = (source: Vec3) => distinct.reduce((sum, vector) => sum + overlap(source, target, vector), 0);
  return voxelRule(pairs, (x, y, z, targets) => {
    targets.reserve(distinct.length);
    const { voxels } = targets;
    let at = targets.length;
    for (let i = 0; i < offsets.length; i += 3) {
      const tx = x + offsets[i]!;
      const ty = y + offsets[i + 1]!;
      const tz = z + offsets[i + 2]!;
      if (tx < 0 || tx >= width || ty < 0 || ty >= height || tz < 0 || tz >= depth) continue;
      voxels[at++] = (tx * height + ty) * depth + tz;
    }
    targets.length = at;
  });
}

/** Voxels of the source that lie inside the destination once they are moved. */
function overlap(source: Vec3, target: Vec3, vector: Vec3): number {
  const along = (axis: 0 | 1 | 2) => Math.max(0, Math.min(source[axis], target[axis] - vector[axis]) - Math.max(0, -vector[axis]));
  return along(0) * along(1) * along(2);
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
