/**
 * Up to four viewports over one canvas. The active one is where the pointer was last; commands mean it. Linked viewports look at
 * the same point from the same distance, each from its own side.
 */
import { type Covered, type Pose, views as sides, usuallyCovered } from "./camera-rig.ts";
import type { Box } from "./placement.ts";
import { View, type ViewParts } from "./view.ts";

export const mostViews = 4;
/** Share of a view that may be taken for covered where things are framed. */
const mostCovered = 0.6;
/** From where each new viewport looks; the first keeps what it has. */
const firstSides = [null, sides.front, sides.top, sides.side] as const;
/** Columns and rows for so many viewports. */
const grids = ["1fr / 1fr", "1fr / 1fr 1fr", "1fr / 1fr 1fr 1fr", "1fr 1fr / 1fr 1fr"] as const;

export class Views {
  readonly element: HTMLElement;
  linked = true;
  /** What panels cover of the whole picture. */
  covered: Covered = usuallyCovered;
  #views: View[];
  #active: View;
  readonly #make: () => View;
  reducedMotion = false;

  constructor(document: Document, parts: ViewParts) {
    this.element = document.createElement("div");
    Object.assign(this.element.style, { position: "absolute", inset: "0", display: "grid", gap: "1px" });
    this.#make = () => {
      const view = new View(document, parts);
      view.rig.reducedMotion = this.reducedMotion;
      view.element.addEventListener("pointerdown", () => this.activate(view), { capture: true });
      this.element.append(view.element);
      return view;
    };
    this.#active = this.#make();
    this.#views = [this.#active];
    this.setCount(1);
  }

  get all(): readonly View[] {
    return this.#views;
  }

  get active(): View {
    return this.#active;
  }

  activate(view: View): void {
    this.#active = view;
  }

  setCount(count: number): void {
    const wanted = Math.min(mostViews, Math.max(1, count));
    while (this.#views.length > wanted) this.#views.pop()!.dispose();
    while (this.#views.length < wanted) {
      const view = this.#make();
      const first = this.#views[0]!;
      view.rig.goTo({ ...first.rig.pose, ...firstSides[this.#views.length] }, 0, false);
      view.touched = first.touched;
      this.#views.push(view);
    }
    if (!this.#views.includes(this.#active)) this.#active = this.#views[0]!;
    this.element.style.grid = grids[wanted - 1]!;
  }

  setReducedMotion(on: boolean): void {
    this.reducedMotion = on;
    for (const { rig } of this.#views) rig.reducedMotion = on;
  }

  /** Lines between viewports. */
  setLineColour(colour: string): void {
    for (const [i, { element }] of this.#views.entries())
      element.style.outline = i === 0 && this.#views.length === 1 ? "" : `1px solid ${colour}`;
  }

  setSceneSize(size: number): void {
    for (const { rig } of this.#views) rig.setSceneSize(size);
  }

  /** Tells every viewport its size, and what panels cover of it. */
  fit(): void {
    const { clientWidth: wide, clientHeight: height } = this.element;
    for (const view of this.#views) {
      const { x, y, width, height: high } = view.part;
      view.isRightmost = x + width >= wide - 1;
      const top = y > 1 ? 0 : this.covered.top;
      const bottom = y + high < height - 1 ? 0 : this.covered.bottom;
      view.covered = { top, bottom };
      // In a low view what is framed reaches under tools and legend, so that something of it is left; names never do.
      const share = Math.min(1, (mostCovered * high) / Math.max(1, top + bottom));
      view.rig.setViewport(width, high, { top: top * share, bottom: bottom * share });
    }
  }

  /** Frames boxes in the active viewport, or where cameras are linked in all. */
  frame(boxes: readonly Box[], now: number, animate = true): void {
    for (const view of this.#followers()) view.rig.frame(boxes, now, animate);
  }

  /** Frames them where nobody has moved the camera yet. */
  frameUntouched(boxes: readonly Box[], now: number, animate: boolean): void {
    for (const { rig, touched } of this.#views) if (!touched) rig.frame(boxes, now, animate);
  }

  /** A person moved the active camera: linked ones follow. */
  moved(): void {
    for (const view of this.#followers()) view.touched = true;
    if (!this.linked) return;
    const { target, distance } = this.#active.rig.pose;
    for (const view of this.#views) {
      if (view !== this.#active) view.rig.goTo({ ...view.rig.pose, target, distance }, 0, false);
    }
  }

  forgetTouch(): void {
    for (const view of this.#views) view.touched = false;
  }

  /** Puts this moment's poses into the cameras; true while any is on its way. */
  apply(now: number): boolean {
    return this.#views.reduce((moving, { rig }) => rig.apply(now) || moving, false);
  }

  get moving(): boolean {
    return this.#views.some(({ rig }) => rig.moving);
  }

  get pose(): Pose {
    return this.#active.rig.pose;
  }

  dispose(): void {
    for (const view of this.#views) view.dispose();
  }

  #followers(): readonly View[] {
    return this.linked ? this.#views : [this.#active];
  }
}
