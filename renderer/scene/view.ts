/** One viewport of the scene: its part of the canvas, its camera, the names over it and the pointer in it. */
import type { CorticalId } from "#contracts/connectome.ts";
import { BreakpointMarks } from "./breakpoint-marks.ts";
import { CameraRig, type Covered } from "./camera-rig.ts";
import { bindGestures, type GestureTarget } from "./gestures.ts";
import { Labels } from "./labels.ts";
import { ScaleBar } from "./scale-bar.ts";
import { Viewport } from "./viewport.ts";

export interface ViewParts {
  gestures(view: View): GestureTarget;
  /** "20 voxels", for the scale bar. */
  scaleText(voxels: number): string;
  onBreakpoint(area: CorticalId): void;
}

export class View {
  readonly element: HTMLElement;
  readonly rig = new CameraRig();
  readonly viewport: Viewport;
  readonly labels: Labels;
  readonly scale: ScaleBar;
  readonly breakpoints: BreakpointMarks;
  /** Until a person moved its camera it follows the brain as it grows. */
  touched = false;
  covered: Covered = { top: 0, bottom: 0 };
  isRightmost = true;
  readonly #unbind: () => void;

  constructor(document: Document, { gestures, scaleText, onBreakpoint }: ViewParts) {
    this.element = document.createElement("div");
    Object.assign(this.element.style, { position: "relative", overflow: "hidden", touchAction: "none", minWidth: "0", minHeight: "0" });
    this.viewport = new Viewport(this.element, this.rig);
    this.labels = new Labels(document);
    this.scale = new ScaleBar(document, scaleText);
    this.breakpoints = new BreakpointMarks(document, onBreakpoint);
    this.element.append(this.labels.element, this.scale.element, this.breakpoints.element);
    this.#unbind = bindGestures(this.element, gestures(this));
  }

  /** Its part of the canvas in CSS pixels, y down. */
  get part(): { x: number; y: number; width: number; height: number } {
    const { offsetLeft: x, offsetTop: y, clientWidth: width, clientHeight: height } = this.element;
    return { x, y, width, height };
  }

  /** CSS pixels of one unit at distance one; seen in parallel, of one unit. */
  get unitPixels(): number {
    return (this.element.clientHeight / 2) * this.rig.camera.projectionMatrix.elements[5]!;
  }

  /** CSS pixels of a voxel where the camera looks. */
  get voxelPixels(): number {
    return this.rig.orthographic ? this.unitPixels : this.unitPixels / this.rig.pose.distance;
  }

  dispose(): void {
    this.#unbind();
    this.element.remove();
  }
}
