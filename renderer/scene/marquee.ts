/** Selecting by a shape drawn over the picture: a box from corner to corner or a lasso; what lies in it is told by centres. */
import type { CorticalId, Vec3 } from "#contracts/connectome.ts";
import type { Drag } from "./gestures.ts";
import { voxelCount, voxelFromIndex, worldBox, worldFromVoxel } from "./placement.ts";
import type { SceneArea } from "./scene-types.ts";
import type { Viewport } from "./viewport.ts";

export type Point = readonly [number, number];
/** Most voxels taken at once: as many as one stimulus may name. */
export const mostVoxels = 100_000;

/** Even-odd rule. */
export function isInside([x, y]: Point, polygon: readonly Point[]): boolean {
  let inside = false;
  for (const [i, [ax, ay]] of polygon.entries()) {
    const [bx, by] = polygon[(i + 1) % polygon.length]!;
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  }
  return inside;
}

export function areasIn(polygon: readonly Point[], areas: readonly SceneArea[], viewport: Viewport): CorticalId[] {
  return areas.filter((area) => holds(polygon, viewport, middle(area))).map(({ id }) => id);
}

/** Voxels of the area in the shape, through all its depth; `of` counts those beyond the most. */
export function voxelsIn(
  polygon: readonly Point[],
  area: SceneArea,
  viewport: Viewport,
  shown: (voxel: Vec3) => boolean,
): { voxels: Vec3[]; of: number } {
  const voxels: Vec3[] = [];
  let of = 0;
  for (let i = 0; i < voxelCount(area); i++) {
    const voxel = voxelFromIndex(area, i);
    if (!holds(polygon, viewport, worldFromVoxel(area, voxel)) || !shown(voxel)) continue;
    of++;
    if (voxels.length < mostVoxels) voxels.push(voxel);
  }
  return { voxels, of };
}

/** A drag that draws the shape into `over`, in pixels of its viewport, and hands it over at its end. */
export function marqueeDrag(
  kind: "box" | "lasso",
  over: HTMLElement,
  colour: string,
  from: { clientX: number; clientY: number },
  done: (polygon: Point[] | null) => void,
): Drag {
  const { left, top } = over.getBoundingClientRect();
  const start: Point = [from.clientX - left, from.clientY - top];
  let points: Point[] = [start];
  const drawing = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  Object.assign(drawing.style, { position: "absolute", inset: "0", width: "100%", height: "100%", pointerEvents: "none" });
  const shape = document.createElementNS("http://www.w3.org/2000/svg", "polygon");
  for (const [name, value] of Object.entries({ stroke: colour, fill: colour, "fill-opacity": "0.12", "stroke-dasharray": "5 3" }))
    shape.setAttribute(name, value);
  drawing.append(shape);
  over.append(drawing);
  return {
    move(_dx, _dy, clientX, clientY) {
      const at: Point = [clientX - left, clientY - top];
      points = kind === "lasso" ? [...points, at] : [start, [at[0], start[1]], at, [start[0], at[1]]];
      shape.setAttribute("points", points.map((point) => point.join()).join(" "));
    },
    end(how) {
      drawing.remove();
      done(how === "drag" && points.length > 2 ? points : null);
    },
  };
}

function holds(polygon: readonly Point[], viewport: Viewport, at: Vec3): boolean {
  const { x, y, visible } = viewport.onCanvas(at);
  return visible && isInside([x, y], polygon);
}

function middle(area: SceneArea): Vec3 {
  const { min, max } = worldBox(area);
  return min.map((low, i) => (low + max[i]!) / 2) as Vec3;
}
