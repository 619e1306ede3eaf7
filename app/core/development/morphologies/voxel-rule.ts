/**
 * Voxel rules: which destination voxels one source voxel reaches.
 *
 * Voxels travel as one number, ((x · height) + y) · depth + z, so lists of them are typed arrays. A rule writes each
 * destination voxel of a source voxel at most once and only voxels inside the destination.
 */
import type { Vec3 } from "#contracts/connectome.ts";

/** Sizes of the two areas a rule stands between. */
export interface Shape {
  source: Vec3;
  target: Vec3;
}

export type VoxelRule = (x: number, y: number, z: number, targets: VoxelList) => void;

/** The coordinates on one destination axis that a source coordinate reaches: distinct and inside the axis. */
export type AxisRule = (coordinate: number) => readonly number[];

/** A growable list of voxels, reused from one source voxel to the next. */
export class VoxelList {
  voxels = new Uint32Array(64);
  length = 0;

  clear(): void {
    this.length = 0;
  }

  push(voxel: number): void {
    this.reserve(1);
    this.voxels[this.length++] = voxel;
  }

  reserve(more: number): void {
    const needed = this.length + more;
    if (needed <= this.voxels.length) return;
    const grown = new Uint32Array(Math.max(needed, this.voxels.length * 2));
    grown.set(this.voxels.subarray(0, this.length));
    this.voxels = grown;
  }
}

/** Every combination of what three axis rules give, z fastest. */
export function product([, height, depth]: Vec3, axes: readonly [AxisRule, AxisRule, AxisRule]): VoxelRule {
  const [alongX, alongY, alongZ] = [remembered(axes[0]), remembered(axes[1]), remembered(axes[2])];
  return (x, y, z, targets) => {
    const xs = alongX(x);
    const ys = alongY(y);
    const zs = alongZ(z);
    targets.reserve(xs.length * ys.length * zs.length);
    const voxels = targets.voxels;
    let at = targets.length;
    for (let i = 0; i < xs.length; i++) {
      for (let j = 0; j < ys.length; j++) {
        const row = (xs[i]! * height + ys[j]!) * depth;
        for (let k = 0; k < zs.length; k++) voxels[at++] = row + zs[k]!;
      }
    }
    targets.length = at;
  };
}

/** What any of several rules reaches, each voxel once, in the order of the rules. */
export function union(target: Vec3, rules: readonly VoxelRule[]): VoxelRule {
  if (rules.length === 1) return rules[0]!;
  const seenInRound = new Uint32Array(target[0] * target[1] * target[2]);
  const reached = new VoxelList();
  let round = 0;
  return (x, y, z, targets) => {
    round++;
    for (const rule of rules) {
      reached.clear();
      rule(x, y, z, reached);
      for (let i = 0; i < reached.length; i++) {
        const voxel = reached.voxels[i]!;
        if (seenInRound[voxel] === round) continue;
        seenInRound[voxel] = round;
        targets.push(voxel);
      }
    }
  };
}

export function isInside(x: number, y: number, z: number, [width, height, depth]: Vec3): boolean {
  return x >= 0 && x < width && y >= 0 && y < height && z >= 0 && z < depth;
}

/** An axis has few coordinates and an area many voxels: each coordinate is worked out once. */
function remembered(rule: AxisRule): AxisRule {
  const known: (readonly number[])[] = [];
  return (coordinate) => {
    const reached = known[coordinate];
    if (reached) return reached;
    const worked = rule(coordinate);
    known[coordinate] = worked;
    return worked;
  };
}
