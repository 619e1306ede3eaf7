/** An area on its way to another place or size, in voxels: what dragging a handle makes of it, and whom it would run into. */
import type { CorticalId, Vec3 } from "#contracts/connectome.ts";
import { worldBox } from "./placement.ts";
import type { SceneArea } from "./scene-types.ts";

export interface Draft {
  area: CorticalId;
  /** Corner with the lowest coordinates. */
  position: Vec3;
  dimensions: Vec3;
}
/** Moves the whole along an axis of the lab, or one of its two faces across it. */
export interface Handle {
  axis: 0 | 1 | 2;
  part: "whole" | "low" | "high";
}

export const handles: readonly Handle[] = ([0, 1, 2] as const).flatMap((axis) =>
  (["whole", "low", "high"] as const).map((part) => ({ axis, part })),
);

/** The draft after a handle was moved by `voxels`; a box keeps at least one voxel. */
export function dragged({ area, position, dimensions }: Draft, { axis, part }: Handle, voxels: number): Draft {
  const changed = (values: Vec3, by: number) => values.map((value, i) => (i === axis ? value + by : value)) as Vec3;
  if (part === "whole") return { area, position: changed(position, voxels), dimensions };
  const length = dimensions[axis];
  if (part === "high") return { area, position, dimensions: changed(dimensions, Math.max(1 - length, voxels)) };
  const by = Math.min(voxels, length - 1);
  return { area, position: changed(position, by), dimensions: changed(dimensions, -by) };
}

export function draftOf({ id, position, dimensions }: SceneArea): Draft {
  return { area: id, position: position.map(Math.round) as Vec3, dimensions: [...dimensions] };
}

export function isChanged(draft: Draft, area: SceneArea): boolean {
  return draft.position.join() !== area.position.join() || draft.dimensions.join() !== area.dimensions.join();
}

/** Areas whose boxes the draft would share voxels with, that the area did not share before. */
export function newOverlaps<A extends SceneArea>(draft: Draft, areas: readonly A[]): A[] {
  const before = areas.find(({ id }) => id === draft.area);
  if (!before) return [];
  const after = { ...before, position: draft.position, dimensions: draft.dimensions };
  return areas.filter((other) => other.id !== draft.area && meet(after, other) && !meet(before, other));
}

function meet(a: SceneArea, b: SceneArea): boolean {
  const [one, other] = [worldBox(a), worldBox(b)];
  return [0, 1, 2].every((axis) => one.min[axis]! < other.max[axis]! && other.min[axis]! < one.max[axis]!);
}
