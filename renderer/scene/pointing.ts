/**
 * What the mouse means in the scene: a click picks an area, a click inside the selected area picks a voxel, a stroke paints
 * voxels of the selected area, a rest hovers. It asks the scene for what is there and tells what was meant.
 */
import type { CorticalId, Vec3 } from "#contracts/connectome.ts";
import type { DecodedFrame } from "../bridge/frame-decode.ts";
import { firedIn, lastFired } from "./lookback.ts";
import { pickArea, pickVoxel } from "./picking.ts";
import { neuronOfVoxel } from "./placement.ts";
import type { SceneArea, SceneHover, ScenePick } from "./scene-types.ts";
import type { Viewport } from "./viewport.ts";

export interface PointingParts {
  viewport: Viewport;
  areas(): readonly SceneArea[];
  selected(): SceneArea | undefined;
  /** Frames of this brain in memory, ascending. */
  frames(): readonly DecodedFrame[];
  /** The frame shown. */
  shown(): DecodedFrame | null;
  onHover(hover: SceneHover | null): void;
  onPaint(area: CorticalId, voxels: Vec3[]): void;
  /** Something to mark changed: the hovered area or the stroke. */
  onMark(): void;
}

/** CSS pixels between two looks at what is under the brush. */
const brushStep = 2;

export class Pointing {
  painting = false;
  /** Voxels under the stroke that goes on. */
  stroke: readonly Vec3[] = [];
  hovered: SceneArea | null = null;
  readonly #parts: PointingParts;
  #brush = { x: 0, y: 0 };

  constructor(parts: PointingParts) {
    this.#parts = parts;
  }

  pick(clientX: number, clientY: number): ScenePick | null {
    const ray = this.#parts.viewport.rayAt(clientX, clientY);
    const selected = this.#parts.selected();
    const voxel = selected && pickVoxel(ray, selected, (at) => this.#glows(selected, at));
    if (selected && voxel) return { area: selected.id, voxel, neuron: neuronOfVoxel(selected, voxel) };
    const area = pickArea(ray, this.#parts.areas());
    return area && { area: area.id, voxel: null, neuron: null };
  }

  hover(at: { clientX: number; clientY: number } | null): void {
    const { viewport, areas, frames, onHover, onMark } = this.#parts;
    const ray = at && viewport.rayAt(at.clientX, at.clientY);
    const area = ray && pickArea(ray, areas());
    if (area !== this.hovered) {
      this.hovered = area;
      onMark();
    }
    if (!at || !ray || !area) {
      onHover(null);
      return;
    }
    const voxel = pickVoxel(ray, area, (one) => this.#glows(area, one));
    const neuron = voxel && neuronOfVoxel(area, voxel);
    const fired = neuron === null ? null : lastFired(frames(), area, neuron);
    onHover({ area: area.id, voxel, neuron, x: at.clientX, y: at.clientY, lastFired: fired });
  }

  /** False where there is nothing to paint: the drag then moves the camera. */
  paintFrom(clientX: number, clientY: number): boolean {
    this.stroke = [];
    this.#brush = { x: clientX, y: clientY };
    if (!this.painting || !this.#paintAt(clientX, clientY)) return false;
    this.#parts.onMark();
    return true;
  }

  /** A fast stroke leaves no voxel out: it is followed in steps of a few pixels. */
  paintTo(clientX: number, clientY: number): void {
    const { x, y } = this.#brush;
    const steps = Math.max(1, Math.ceil(Math.hypot(clientX - x, clientY - y) / brushStep));
    for (let step = 1; step <= steps; step++) this.#paintAt(x + ((clientX - x) * step) / steps, y + ((clientY - y) * step) / steps);
    this.#brush = { x: clientX, y: clientY };
    this.#parts.onMark();
  }

  paintDone(): void {
    const area = this.#parts.selected();
    if (area && this.stroke.length > 0) this.#parts.onPaint(area.id, [...this.stroke]);
    this.stroke = [];
    this.#parts.onMark();
  }

  #paintAt(clientX: number, clientY: number): boolean {
    const area = this.#parts.selected();
    const voxel = area && pickVoxel(this.#parts.viewport.rayAt(clientX, clientY), area, () => false);
    if (!voxel) return false;
    if (!this.stroke.some((one) => one.join() === voxel.join())) this.stroke = [...this.stroke, voxel];
    return true;
  }

  #glows(area: SceneArea, voxel: Vec3): boolean {
    const neuron = neuronOfVoxel(area, voxel);
    const frame = this.#parts.shown();
    return neuron !== null && frame !== null && firedIn(frame, area, neuron);
  }
}
