/**
 * Composite morphologies of the Python original: the source is cut into boxes of `seed` voxels, and a mapper works inside
 * each chosen box as if the box were the whole source.
 *
 * Along each axis `choose` boxes are taken, then `skip` left out, and so on. A box that the far edge cuts keeps its full frame.
 */
import type { Morphology, Vec3 } from "#contracts/connectome.ts";
import { RuleRefusal } from "./refusal.ts";
import { type VoxelRule, voxelRule } from "./voxel-rule.ts";

type Composite = Extract<Morphology, { type: "composite" }>;

/** The frame of one box. */
export function boxOf({ seed }: Composite): Vec3 {
  if (seed.some((size) => size < 1)) throw new RuleRefusal("MORPHOLOGY_MALFORMED", "a composite seed must be at least 1 on each axis");
  return seed;
}

/** `mapper` is a rule between one box and the whole destination. */
export function compositeRule({ seed, pattern }: Composite, mapper: VoxelRule): VoxelRule {
  const isChosen = (coordinate: number, axis: 0 | 1 | 2) => {
    const [choose, skip] = pattern[axis];
    return Math.floor(coordinate / seed[axis]) % (choose + skip) < choose;
  };
  const chosenBoxes = (size: number, axis: 0 | 1 | 2) => {
    const [choose, skip] = pattern[axis];
    const boxes = Math.ceil(size / seed[axis]);
    const rounds = choose > 0 ? Math.floor(boxes / (choose + skip)) : 0;
    return rounds * choose + Math.min(boxes - rounds * (choose + skip), choose);
  };
  const pairs = (source: Vec3) => chosenBoxes(source[0], 0) * chosenBoxes(source[1], 1) * chosenBoxes(source[2], 2) * mapper.pairs(seed);
  return voxelRule(pairs, (x, y, z, targets) => {
    if (isChosen(x, 0) && isChosen(y, 1) && isChosen(z, 2)) mapper(x % seed[0], y % seed[1], z % seed[2], targets);
  });
}
