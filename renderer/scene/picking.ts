/**
 * What a ray through the mouse meets: boxes of areas first, then by arithmetic the voxels inside one. No read-back from the
 * graphics card: a few hundred boxes take microseconds.
 */
import type { Vec3 } from "#contracts/connectome.ts";
import { type Box, worldBox } from "./placement.ts";
import type { SceneArea } from "./scene-types.ts";

export interface Ray {
  origin: Vec3;
  /** Unit length. */
  direction: Vec3;
}

/** Distances where the ray enters and leaves a box, null where it misses or the box lies behind. */
export function crossBox({ origin, direction }: Ray, { min, max }: Box): [number, number] | null {
  let enter = 0;
  let leave = Number.POSITIVE_INFINITY;
  for (let axis = 0; axis < 3; axis++) {
    const o = origin[axis]!;
    const d = direction[axis]!;
    if (Math.abs(d) < 1e-12) {
      if (o < min[axis]! || o > max[axis]!) return null;
      continue;
    }
    const a = (min[axis]! - o) / d;
    const b = (max[axis]! - o) / d;
    enter = Math.max(enter, Math.min(a, b));
    leave = Math.min(leave, Math.max(a, b));
  }
  return enter <= leave ? [enter, leave] : null;
}

/** The area met first. Of areas that begin at the same place the smaller wins, or it could never be picked. */
export function pickArea<A extends SceneArea>(ray: Ray, areas: Iterable<A>): A | null {
  let best: { area: A; enter: number; leave: number } | null = null;
  for (const area of areas) {
    const crossed = crossBox(ray, worldBox(area));
    if (!crossed) continue;
    const [enter, leave] = crossed;
    if (!best || enter < best.enter - 1e-6 || (Math.abs(enter - best.enter) <= 1e-6 && leave < best.leave)) best = { area, enter, leave };
  }
  return best?.area ?? null;
}

/** Voxels of the area along the ray, nearest first. */
export function* voxelsAlong(ray: Ray, area: SceneArea): Generator<Vec3> {
  const box = worldBox(area);
  const crossed = crossBox(ray, box);
  if (!crossed) return;
  const [width, height, depth] = area.dimensions;
  // In voxel space of the area: z counts away from the viewer, against the world's.
  const local: Vec3 = [ray.origin[0] - box.min[0], ray.origin[1] - box.min[1], box.max[2] - ray.origin[2]];
  const step: Vec3 = [ray.direction[0], ray.direction[1], -ray.direction[2]];
  const size = [width, height, depth];
  const at = size.map((length, axis) => Math.min(length - 1, Math.max(0, Math.floor(local[axis]! + step[axis]! * (crossed[0] + 1e-6)))));
  const nextAt = at.map((cell, axis) => {
    const d = step[axis]!;
    if (Math.abs(d) < 1e-12) return Number.POSITIVE_INFINITY;
    return (cell + (d > 0 ? 1 : 0) - local[axis]!) / d;
  });
  for (;;) {
    yield [at[0]!, at[1]!, at[2]!];
    const axis = nextAt.indexOf(Math.min(...nextAt));
    const d = step[axis]!;
    at[axis]! += Math.sign(d);
    if (at[axis]! < 0 || at[axis]! >= size[axis]!) return;
    nextAt[axis]! += Math.abs(1 / d);
  }
}

/** The voxel a person means: of those in the picture the first that glows along the ray, else the one on the surface. */
export function pickVoxel(
  ray: Ray,
  area: SceneArea,
  glows: (voxel: Vec3) => boolean,
  shown: (voxel: Vec3) => boolean = () => true,
): Vec3 | null {
  let surface: Vec3 | null = null;
  for (const voxel of voxelsAlong(ray, area)) {
    if (!shown(voxel)) continue;
    surface ??= voxel;
    if (glows(voxel)) return voxel;
  }
  return surface;
}
