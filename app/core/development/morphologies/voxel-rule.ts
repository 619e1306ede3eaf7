/**
 * Voxel rules: which destination voxels one source voxel reaches.
 *
 * Voxels travel as one number, ((x · height) + y) · depth + z, so lists of them are typed arrays. A rule writes each
 * destination voxel of a source voxel at most once and only voxels inside the destination. Each rule also knows how many
 * pairs it makes in all, without making them: that is what a genome is estimated by.
 */
import type { Vec3 } from "#contracts/connectome.ts";
import type { GrowthMemory } from "../memory.ts";

/** Sizes of the two areas a rule stands between. */
export interface Shape {
  source: Vec3;
  target: Vec3;
}

export interface VoxelRule {
  (x: number, y: number, z: number, targets: VoxelList): void;
  /** Voxel pairs that a source of this size makes in all; where that is not known without making them, the most it can be. */
  pairs(source: Vec3): number;
}

/** The coordinates on one destination axis that a source coordinate reaches: distinct and inside the axis. */
export interface AxisRule {
  (coordinate: number): readonly number[];
  /** How many the first `from` source coordinates reach together; where that is not known, the most it can be. */
  total(from: number): number;
}

export function voxelRule(pairs: VoxelRule["pairs"], reach: (x: number, y: number, z: number, targets: VoxelList) => void): VoxelRule {
  return Object.assign(reach, { pairs });
}

export function axisRule(total: AxisRule["total"], reach: (coordinate: number) => readonly number[]): AxisRule {
  return Object.assign(reach, { total });
}

export function volume([width, height, depth]: Vec3): number {
  return width * height * depth;
}

const SHORTEST_LIST = 64;

/** A growable list of voxels, reused from one source voxel to the next. */
export class VoxelList {
  voxels: Uint32Array<ArrayBuffer>;
  length = 0;
  readonly #memory: GrowthMemory;

  constructor(memory: GrowthMemory) {
    this.#memory = memory;
    this.voxels = memory.take(Uint32Array, 0);
  }

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
    const grown = this.#memory.take(Uint32Array, Math.max(needed, this.voxels.length * 2, SHORTEST_LIST));
    grown.set(this.voxels.subarray(0, this.length));
    this.#memory.free(this.voxels);
    this.voxels = grown;
  }

  /** Gives its memory back; it must not be used afterwards. */
  free(): void {
    this.#memory.free(this.voxels);
  }
}

/** Every combination of what three axis rules give, z fastest. */
export function product([, height, depth]: Vec3, axes: readonly [AxisRule, AxisRule, AxisRule]): VoxelRule {
  const [alongX, alongY, alongZ] = [remembered(axes[0]), remembered(axes[1]), remembered(axes[2])];
  const pairs = (source: Vec3) => axes[0].total(source[0]) * axes[1].total(source[1]) * axes[2].total(source[2]);
  return voxelRule(pairs, (x, y, z, targets) => {
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
  });
}

/** What any of several rules reaches, each voxel once, in the order of the rules. */
export function union(target: Vec3, rules: readonly VoxelRule[], scratch: UnionScratch): VoxelRule {
  if (rules.length === 1) return rules[0]!;
  const pairs = (source: Vec3) => {
    const together = rules.reduce((sum, rule) => sum + rule.pairs(source), 0);
    return Math.min(together, volume(source) * volume(target));
  };
  return voxelRule(pairs, (x, y, z, targets) => {
    const { reached, seen, round } = scratch.nextRound(volume(target));
    for (const rule of rules) {
      reached.clear();
      rule(x, y, z, reached);
      for (let i = 0; i < reached.length; i++) {
        const voxel = reached.voxels[i]!;
        if (seen[voxel] === round) continue;
        seen[voxel] = round;
        targets.push(voxel);
      }
    }
  });
}

/** What unions note on the way: one for a whole growth, as large as its largest destination, taken when first used. */
export class UnionScratch {
  readonly reached: VoxelList;
  /** The last round in which each voxel was met. */
  seen: Uint32Array<ArrayBuffer>;
  round = 0;
  readonly #memory: GrowthMemory;

  constructor(memory: GrowthMemory) {
    this.#memory = memory;
    this.reached = new VoxelList(memory);
    this.seen = memory.take(Uint32Array, 0);
  }

  /** Every source voxel of every union is a round of its own. */
  nextRound(voxels: number): this {
    if (voxels > this.seen.length) {
      this.#memory.free(this.seen);
      this.seen = this.#memory.take(Uint32Array, voxels);
    }
    if (this.round === 0xffffffff) {
      this.seen.fill(0);
      this.round = 0;
    }
    this.round++;
    return this;
  }

  /** Gives its memory back; it must not be used afterwards. */
  free(): void {
    this.#memory.free(this.seen);
    this.reached.free();
  }
}

export function isInside(x: number, y: number, z: number, [width, height, depth]: Vec3): boolean {
  return x >= 0 && x < width && y >= 0 && y < height && z >= 0 && z < depth;
}

/** How many coordinates one axis remembers. */
const REMEMBERED = 1 << 18;

/** An axis has few coordinates and an area many voxels: each coordinate is worked out once, as long as they are few indeed. */
function remembered(rule: AxisRule): (coordinate: number) => readonly number[] {
  const known: (readonly number[])[] = [];
  let kept = 0;
  return (coordinate) => {
    const reached = known[coordinate];
    if (reached) return reached;
    const worked = rule(coordinate);
    if (kept + worked.length + 1 > REMEMBERED) return worked;
    kept += worked.length + 1;
    known[coordinate] = worked;
    return worked;
  };
}
