/**
 * The handles of an area that is being moved or resized: arrows along the axes of the lab move it, squares on its faces resize it,
 * a dashed box stays where it was. Steps are whole voxels.
 */
import * as THREE from "three";
import type { Vec3 } from "#contracts/connectome.ts";
import { type Draft, dragged, type Handle, handles } from "./drafts.ts";
import type { Drag } from "./gestures.ts";
import { edges, empty, thickLines } from "./lines.ts";
import { type Box, worldBox } from "./placement.ts";
import type { SceneArea, SceneTheme } from "./scene-types.ts";
import type { Viewport } from "./viewport.ts";

interface Held {
  draft: Draft;
  /** As it still is. */
  area: SceneArea;
}

/** CSS pixels around a handle that take hold of it. */
const reach = 13;
/** Axes of the lab in the world. */
const directions: readonly Vec3[] = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, -1],
];

export class Gizmo {
  readonly object = new THREE.Group();
  #held: Held | null = null;

  set(held: Held | null, theme: SceneTheme): void {
    empty(this.object);
    this.#held = held;
    if (!held) return;
    const colour = new THREE.Color(theme.focus);
    const now = boxOf(held);
    const size = armOf(now);
    this.object.add(
      thickLines(edges(worldBox(held.area), 0), new THREE.Color(theme.secondary), { width: 1.5, dash: size * 0.08, onTop: true }),
      thickLines(edges(now, 0), colour, { width: 2.5, onTop: true }),
      thickLines(
        directions.flatMap((direction) => arrow(centreOf(now), direction, size)),
        colour,
        { width: 2.5, onTop: true },
      ),
      squares(
        handles.filter(({ part }) => part !== "whole").map((handle) => placeOf(handle, now)),
        colour,
      ),
    );
  }

  /** A drag of the handle under the pointer; null: there is none. */
  grab(viewport: Viewport, clientX: number, clientY: number, onDraft: (draft: Draft) => void): Drag | null {
    const held = this.#held;
    if (!held) return null;
    const box = boxOf(held);
    const distances = handles.map((handle) => {
      const { x, y, visible } = viewport.inWindow(placeOf(handle, box));
      return { handle, distance: visible ? Math.hypot(x - clientX, y - clientY) : Number.POSITIVE_INFINITY };
    });
    const nearest = distances.reduce((a, b) => (b.distance < a.distance ? b : a));
    if (nearest.distance > reach) return null;
    const { handle } = nearest;
    const from = placeOf(handle, box);
    const direction = directions[handle.axis]!;
    const [start, one] = [viewport.inWindow(from), viewport.inWindow(from.map((at, i) => at + direction[i]!) as Vec3)];
    // Screen pixels of one voxel along the axis; an axis that points at the eye cannot be dragged along.
    const along = [one.x - start.x, one.y - start.y] as const;
    const square = along[0] ** 2 + along[1] ** 2;
    if (square < 1e-3) return null;
    return {
      eager: true,
      move: (_dx, _dy, x, y) => {
        const voxels = ((x - clientX) * along[0] + (y - clientY) * along[1]) / square;
        onDraft(dragged(held.draft, handle, Math.round(voxels)));
      },
      end: (how) => {
        if (how === "cancelled") onDraft(held.draft);
      },
    };
  }

  dispose(): void {
    empty(this.object);
  }
}

function boxOf({ draft, area }: Held): Box {
  return worldBox({ ...area, position: draft.position, dimensions: draft.dimensions });
}

function centreOf({ min, max }: Box): Vec3 {
  return min.map((low, i) => (low + max[i]!) / 2) as Vec3;
}

/** How far arrows reach from the middle. */
function armOf({ min, max }: Box): number {
  return Math.max(3, 0.75 * Math.max(...max.map((high, i) => high - min[i]!)));
}

function placeOf({ axis, part }: Handle, box: Box): Vec3 {
  const direction = directions[axis]!;
  const half = (box.max[axis]! - box.min[axis]!) / 2;
  const by = part === "whole" ? armOf(box) : part === "high" ? half : -half;
  return centreOf(box).map((at, i) => at + direction[i]! * by) as Vec3;
}

function arrow(from: Vec3, direction: Vec3, length: number): number[] {
  const at = (share: number, aside: Vec3, by: number) =>
    from.map((value, i) => value + direction[i]! * length * share + aside[i]! * length * by);
  const asides = directions.filter((one) => one.every((value, i) => value === 0 || direction[i] === 0));
  const tip = at(1, direction, 0);
  return [...from, ...tip, ...asides.flatMap((aside) => [...tip, ...at(0.9, aside, 0.04), ...tip, ...at(0.9, aside, -0.04)])];
}

function squares(places: readonly Vec3[], colour: THREE.Color): THREE.Points {
  const geometry = new THREE.BufferGeometry();
  geometry.setAttribute("position", new THREE.Float32BufferAttribute(places.flat(), 3));
  const material = new THREE.PointsMaterial({ size: 11, sizeAttenuation: false, color: colour, depthTest: false, transparent: true });
  const points = new THREE.Points(geometry, material);
  points.renderOrder = 3;
  points.frustumCulled = false;
  return points;
}
