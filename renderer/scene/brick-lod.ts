/**
 * Level of detail. On a graphics card by size: large voxels are cubes, then points, and smaller than a pixel and a half they are drawn as
 * bricks; an area that is itself small is one box. On a software rasteriser by number: at most `pointBudget` voxels are drawn one by one; areas that do not fit are drawn as bricks of 8³ voxels with their
 * mean glow, and what is left of the budget shows an even sample of their voxels on top.
 */
import type { Vec3 } from "#contracts/connectome.ts";

export const pointBudget = 20_000;
const brickEdge = 8;
/** An area comes back from bricks only well below the budget, so that it does not flicker between both. */
const hysteresis = 0.8;

/** How a card draws an area, each from this many CSS pixels per voxel down; a brick is a cube of edge³ voxels. */
export const levels = [
  { form: "cubes", edge: 1, least: 6 },
  { form: "points", edge: 1, least: 1.5 },
  { form: "bricks", edge: 4, least: 0.35 },
  { form: "bricks", edge: 8, least: 0 },
] as const;
export type DetailForm = (typeof levels)[number]["form"] | "box";
/** After the levels of voxels: the whole area as one box. */
export const boxLevel = levels.length;
/** Below so many CSS pixels an area is a box, unless its voxels are large enough to be cubes. */
const boxPixels = 24;
/** Of `levels`, by index. */
export const pointLevel = 1;
/** Most voxels of all areas that may be cubes; more are points, which cost less. */
export const cubeBudget = 150_000;
/** Detail returns only when a voxel is so much larger than where it went. */
const comeBack = 1.2;

/** The level of a whole area: its longer side and its voxels have these sizes. */
export function levelOfArea(areaPixels: number, voxelPixels: number, before: number | null): number {
  const stay = before === boxLevel ? comeBack : 1;
  if (areaPixels < boxPixels * stay && voxelPixels < levels[0].least * stay) return boxLevel;
  // Out of a box it comes back to the level that its voxels have room for.
  return levelFor(voxelPixels, before === boxLevel ? null : before);
}

/** The level for voxels of this size after it was `before`; null: not drawn yet. */
export function levelFor(voxelPixels: number, before: number | null): number {
  for (let level = 0; level < levels.length; level++) {
    if (voxelPixels >= levels[level]!.least * (before !== null && level < before ? comeBack : 1)) return level;
  }
  return levels.length - 1;
}

export interface Detail {
  /** Draw its glowing voxels as bricks. */
  bricks: boolean;
  /** Draw every n-th glowing voxel; 1 = all. */
  stride: number;
}

/** Shares the budget out: small areas whole first, then a sample of the others in proportion. */
export function chooseDetail(glowing: readonly number[], wasBricks: readonly boolean[], budget = pointBudget): Detail[] {
  const order = glowing.map((_, i) => i).sort((a, b) => glowing[a]! - glowing[b]! || a - b);
  const details: Detail[] = glowing.map(() => ({ bricks: false, stride: 1 }));
  let used = 0;
  let overflow = 0;
  for (const i of order) {
    const limit = wasBricks[i] ? budget * hysteresis : budget;
    if (overflow === 0 && used + glowing[i]! <= limit) used += glowing[i]!;
    else {
      details[i]!.bricks = true;
      overflow += glowing[i]!;
    }
  }
  if (overflow === 0) return details;
  const stride = used >= budget ? Number.POSITIVE_INFINITY : Math.ceil(overflow / (budget - used));
  for (const detail of details) if (detail.bricks) detail.stride = stride;
  return details;
}

/** The bricks of one area: which brick a voxel is in, and how many voxels a brick at the edge really holds. */
export class BrickGrid {
  readonly counts: Vec3;
  readonly #size: readonly [number, number, number];

  constructor(dimensions: readonly [number, number, number]) {
    this.#size = dimensions;
    this.counts = dimensions.map((length) => Math.ceil(length / brickEdge)) as Vec3;
  }

  get length(): number {
    return this.counts[0] * this.counts[1] * this.counts[2];
  }

  /** `voxel` is the index (x·height + y)·depth + z. */
  brickOf(voxel: number): number {
    const [, height, depth] = this.#size;
    const x = Math.floor(voxel / (height * depth));
    const y = Math.floor(voxel / depth) % height;
    const z = voxel % depth;
    return (Math.floor(x / brickEdge) * this.counts[1] + Math.floor(y / brickEdge)) * this.counts[2] + Math.floor(z / brickEdge);
  }

  /** Extent of a brick in voxels, clipped at the edge of the area, and its lowest voxel. */
  extent(brick: number): { from: Vec3; size: Vec3; voxels: number } {
    const [, ny, nz] = this.counts;
    const cell = [Math.floor(brick / (ny * nz)), Math.floor(brick / nz) % ny, brick % nz];
    const from = cell.map((at) => at * brickEdge) as Vec3;
    const size = from.map((at, axis) => Math.min(brickEdge, this.#size[axis]! - at)) as Vec3;
    return { from, size, voxels: size[0] * size[1] * size[2] };
  }
}
