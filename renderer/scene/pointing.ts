/**
 * What the mouse means in the scene: a click picks an area, a click inside the selected area picks a voxel, a stroke paints
 * voxels of the selected area, a rest hovers. It asks the scene for what is there and tells what was meant. While the picture
 * moves nothing is told of a resting pointer; once it stands, the pointer is looked under again.
 */
import type { CorticalId, Vec3 } from "#contracts/connectome.ts";
import type { DecodedFrame } from "../bridge/frame-decode.ts";
import type { Drag, Modifiers } from "./gestures.ts";
import { firedIn, lastFired } from "./lookback.ts";
import { pickArea, pickVoxel } from "./picking.ts";
import { neuronOfVoxel } from "./placement.ts";
import type { SceneArea, SceneHover, ScenePick } from "./scene-types.ts";
import type { Viewport } from "./viewport.ts";

export interface PointingParts {
  /** In the picture. */
  areas(): readonly SceneArea[];
  /** The area whose voxels a click means. */
  selected(): SceneArea | undefined;
  isCut(area: SceneArea, voxel: Vec3): boolean;
  /** Frames of this brain in memory, ascending. */
  frames(): readonly DecodedFrame[];
  /** The frame shown. */
  shown(): DecodedFrame | null;
  onPick(pick: ScenePick | null, modifiers: Modifiers): void;
  onMenu(pick: ScenePick | null): void;
  onHover(hover: SceneHover | null): void;
  onPaint(area: CorticalId, voxels: Vec3[]): void;
  /** Something to mark changed: the hovered area or the stroke. */
  onMark(): void;
}

/** CSS pixels between two looks at what is under the brush. */
const brushStep = 2;
/** A picture that stood so long has come to rest. */
const standsMs = 150;

export class Pointing {
  /** Voxels under the stroke that goes on. */
  stroke: readonly Vec3[] = [];
  hovered: SceneArea | null = null;
  readonly #parts: PointingParts;
  /** Where the pointer rests. */
  #rest: { viewport: Viewport; clientX: number; clientY: number } | null = null;
  #pictureMoves = false;
  #stands: ReturnType<typeof setTimeout> | undefined;

  constructor(parts: PointingParts) {
    this.#parts = parts;
  }

  pick(viewport: Viewport, clientX: number, clientY: number, modifiers: Modifiers): void {
    this.#parts.onPick(this.#under(viewport, clientX, clientY), modifiers);
  }

  menu(viewport: Viewport, clientX: number, clientY: number): void {
    this.#parts.onMenu(this.#under(viewport, clientX, clientY));
  }

  /** Null: the pointer rests nowhere. */
  hover(viewport: Viewport, at: { clientX: number; clientY: number } | null): void {
    this.#rest = at && { viewport, ...at };
    if (!at || !this.#pictureMoves) this.#look();
  }

  /** The camera or what it looks at moves: what was told of the resting pointer holds no longer. */
  pictureMoves(): void {
    this.#forgetStand();
    if (this.#rest && !this.#pictureMoves) this.#tell(null, null);
    this.#pictureMoves = true;
  }

  /** A picture was drawn that is where it was going. */
  pictureStands(): void {
    if (!this.#pictureMoves) return;
    this.#stands ??= setTimeout(() => {
      this.#forgetStand();
      this.#pictureMoves = false;
      if (this.#rest) this.#look();
    }, standsMs);
  }

  /** The picture is taken away. */
  stop(): void {
    this.#forgetStand();
    this.#rest = null;
    this.#tell(null, null);
  }

  /** Null where there is nothing to paint: the drag then moves the camera. */
  paint(viewport: Viewport, clientX: number, clientY: number): Drag | null {
    this.stroke = [];
    if (!this.#paintAt(viewport, clientX, clientY)) return null;
    this.#parts.onMark();
    let at = { x: clientX, y: clientY };
    return {
      eager: true,
      // A fast stroke leaves no voxel out: it is followed in steps of a few pixels.
      move: (_dx, _dy, toX, toY) => {
        const steps = Math.max(1, Math.ceil(Math.hypot(toX - at.x, toY - at.y) / brushStep));
        for (let step = 1; step <= steps; step++)
          this.#paintAt(viewport, at.x + ((toX - at.x) * step) / steps, at.y + ((toY - at.y) * step) / steps);
        at = { x: toX, y: toY };
        this.#parts.onMark();
      },
      end: (how) => {
        const area = this.#parts.selected();
        if (how !== "cancelled" && area && this.stroke.length > 0) this.#parts.onPaint(area.id, [...this.stroke]);
        this.stroke = [];
        this.#parts.onMark();
      },
    };
  }

  #forgetStand(): void {
    clearTimeout(this.#stands);
    this.#stands = undefined;
  }

  #look(): void {
    const { areas, frames } = this.#parts;
    const rest = this.#rest;
    const ray = rest?.viewport.rayAt(rest.clientX, rest.clientY);
    const area = ray && pickArea(ray, areas());
    if (!rest || !ray || !area) {
      this.#tell(null, null);
      return;
    }
    const voxel = this.#voxelAlong(ray, area);
    const neuron = voxel && neuronOfVoxel(area, voxel);
    const fired = neuron === null ? null : lastFired(frames(), area, neuron);
    this.#tell(area, { area: area.id, voxel, neuron, x: rest.clientX, y: rest.clientY, lastFired: fired });
  }

  #tell(area: SceneArea | null, hover: SceneHover | null): void {
    const { onHover, onMark } = this.#parts;
    if (area !== this.hovered) {
      this.hovered = area;
      onMark();
    }
    onHover(hover);
  }

  #under(viewport: Viewport, clientX: number, clientY: number): ScenePick | null {
    const ray = viewport.rayAt(clientX, clientY);
    const selected = this.#parts.selected();
    const voxel = selected && this.#voxelAlong(ray, selected);
    if (selected && voxel) return { area: selected.id, voxel, neuron: neuronOfVoxel(selected, voxel) };
    const area = pickArea(ray, this.#parts.areas());
    if (!area) return null;
    // Which voxel it would be is told too: some clicks mean it at once.
    const inside = this.#voxelAlong(ray, area);
    return { area: area.id, voxel: inside, neuron: inside && neuronOfVoxel(area, inside) };
  }

  #voxelAlong(ray: ReturnType<Viewport["rayAt"]>, area: SceneArea): Vec3 | null {
    const { isCut } = this.#parts;
    return pickVoxel(
      ray,
      area,
      (voxel) => this.#glows(area, voxel),
      (voxel) => !isCut(area, voxel),
    );
  }

  #paintAt(viewport: Viewport, clientX: number, clientY: number): boolean {
    const area = this.#parts.selected();
    if (!area) return false;
    const { isCut } = this.#parts;
    const shown = (voxel: Vec3) => !isCut(area, voxel);
    const voxel = pickVoxel(viewport.rayAt(clientX, clientY), area, () => false, shown);
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
