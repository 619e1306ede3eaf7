/** What a press in a viewport begins: a handle that is dragged, a stroke, a marquee, or the camera. */
import type { Vec3 } from "#contracts/connectome.ts";
import type { Contents } from "./contents.ts";
import { isCut } from "./cut.ts";
import type { Draft } from "./drafts.ts";
import type { Drag, GestureTarget, Modifiers } from "./gestures.ts";
import type { Gizmo } from "./gizmo.ts";
import { areasIn, marqueeDrag, type Point, voxelsIn } from "./marquee.ts";
import type { Pointing } from "./pointing.ts";
import type { Caught } from "./scene-handle.ts";
import type { Still } from "./still.ts";
import type { View } from "./view.ts";

/** Radians of orbit for a pixel of drag. */
const orbitPerPixel = 0.006;

export interface PointerParts {
  contents: Contents;
  still: Still;
  gizmo: Gizmo;
  pointing: Pointing;
  activate(view: View): void;
  /** Something moved the active camera. */
  moved(move: () => void): void;
  onDraft(draft: Draft): void;
  onCatch(caught: Caught, modifiers: Modifiers): void;
}

export class Pointer {
  /** Where the last press was, in the window. */
  lastPress = { x: 0, y: 0 };
  readonly #parts: PointerParts;

  constructor(parts: PointerParts) {
    this.#parts = parts;
  }

  over(view: View): GestureTarget {
    const { rig, viewport } = view;
    return {
      begin: (x, y, button, modifiers) => this.#begin(view, x, y, button, modifiers),
      dolly: (factor, x, y) => {
        this.#parts.activate(view);
        this.#parts.moved(() => rig.dolly(factor, viewport.deviceCoordinates(x, y)));
      },
      hover: (at) => this.#parts.pointing.hover(viewport, at),
    };
  }

  #begin(view: View, clientX: number, clientY: number, button: number, modifiers: Modifiers): Drag {
    const { gizmo, pointing, contents, moved, onDraft } = this.#parts;
    const { rig, viewport } = view;
    const { settings, theme } = contents;
    this.lastPress = { x: clientX, y: clientY };
    const click = () => pointing.pick(viewport, clientX, clientY, modifiers);
    const left = button === 0;
    const handle = left ? gizmo.grab(viewport, clientX, clientY, onDraft) : null;
    if (handle) return handle;
    if (left && settings.tool === "paint" && !modifiers.shiftKey) {
      const stroke = pointing.paint(viewport, clientX, clientY);
      if (stroke) return stroke;
    }
    const marquee = settings.tool === "lasso" ? "lasso" : "box";
    if (left && (settings.tool === "box" || settings.tool === "lasso" || modifiers.ctrlKey)) {
      return marqueeDrag(marquee, view.element, theme.focus, { clientX, clientY }, (polygon) => {
        if (polygon) this.#capture(polygon, view, modifiers);
        else click();
      });
    }
    const panning = !left || modifiers.shiftKey;
    const turn = (dx: number, dy: number) => {
      const [azimuth, elevation] = [-dx * orbitPerPixel, dy * orbitPerPixel];
      if (contents.settings.flying) rig.look(azimuth, elevation);
      else rig.orbit(azimuth, elevation);
    };
    return {
      move: (dx, dy) => moved(() => (panning ? rig.pan(dx, dy, view.part.height) : turn(dx, dy))),
      end: (how) => {
        if (how !== "click") return;
        if (left) click();
        else if (button === 2) pointing.menu(viewport, clientX, clientY);
      },
    };
  }

  /** Voxels where one area is selected and a voxel of it too, else areas. */
  #capture(polygon: readonly Point[], { viewport }: View, modifiers: Modifiers): void {
    const { contents, still, onCatch } = this.#parts;
    const area = contents.selection.voxels.length > 0 ? contents.selectedAreas.at(-1) : undefined;
    const shown = (voxel: Vec3) => area !== undefined && !isCut(still.cut, area, voxel);
    const caught = area
      ? { area: area.id, ...voxelsIn(polygon, area, viewport, shown) }
      : { areas: areasIn(polygon, contents.shownAreas, viewport) };
    onCatch(caught, modifiers);
  }
}
