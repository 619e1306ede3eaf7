/**
 * Draws pictures, on demand only: for new light, a moving camera or a changed brain. Who changes something says what and asks for
 * a picture; at rest nothing is painted.
 */
import * as THREE from "three";
import type { Activity, SharedUniforms } from "./activity.ts";
import type { Stage } from "./capture.ts";
import type { Contents } from "./contents.ts";
import { DrawMeter } from "./draw-meter.ts";
import { Economy, restMs, type Saving } from "./economy.ts";
import { FlashGuard } from "./flash-guard.ts";
import { worldBox } from "./placement.ts";
import type { Pointing } from "./pointing.ts";
import type { ShownBurst } from "./shown-burst.ts";
import type { Still } from "./still.ts";
import type { Ink } from "./svg-ink.ts";
import type { Views } from "./views.ts";

const levelFadeMs = 120;
/** Smallest point in CSS pixels, and where that is saved. */
const leastPoint = { whole: 3, saved: 2 };
/** While detail is saved voxels count as so much smaller than they are. */
const savedDetail = 0.5;
/** While pictures are saved: so many ms lie between two. */
const savedRateMs = 100;

export interface PainterParts {
  canvas: HTMLCanvasElement;
  /** Null where the browser gives no WebGL 2. */
  renderer: THREE.WebGLRenderer | null;
  /** A software rasteriser: pixels are dear. */
  software: boolean;
  scene: THREE.Scene;
  activity: Activity | null;
  shared: SharedUniforms;
  contents: Contents;
  still: Still;
  views: Views;
  shown: ShownBurst;
  pointing: Pointing;
  /** Whether slow pictures do without something. */
  saves: boolean;
  onMeasured(): void;
}

export class Painter {
  readonly meter: DrawMeter;
  readonly economy = new Economy();
  /** Where the canvas is; null while no panel shows it. */
  container: HTMLElement | null = null;
  contextLost = false;
  readonly #parts: PainterParts;
  #guard: FlashGuard | null = new FlashGuard();
  #activityDirty = true;
  #viewDirty = true;
  #requested = 0;
  #rest: ReturnType<typeof setTimeout> | undefined;
  #late: ReturnType<typeof setTimeout> | undefined;
  #drawnAt = 0;

  constructor(parts: PainterParts) {
    this.#parts = parts;
    this.meter = new DrawMeter(parts.onMeasured);
  }

  get usable(): boolean {
    return this.#parts.renderer !== null && !this.contextLost;
  }

  get limitsFlashes(): boolean {
    return this.#guard !== null;
  }

  setFlashLimiter(on: boolean): void {
    this.#guard = on ? new FlashGuard() : null;
    this.#parts.shared.exposure.value = 1;
    this.viewChanged();
  }

  lightChanged(): void {
    this.#activityDirty = true;
    this.#invalidate();
  }

  viewChanged(): void {
    this.#viewDirty = true;
    this.#invalidate();
  }

  /** The camera moved, or what it looks at. */
  sightChanged(): void {
    this.#parts.pointing.pictureMoves();
    this.viewChanged();
  }

  /** New light is shown at once, in the picture the frame came for. */
  drawLight(): void {
    this.#activityDirty = true;
    const wait = this.economy.has("rate") ? this.#drawnAt + savedRateMs - performance.now() : 0;
    if (wait > 0) this.#late ??= setTimeout(() => this.#drawLate(), wait);
    else this.#draw(performance.now());
  }

  setBackground(): void {
    this.#parts.renderer?.setClearColor(new THREE.Color(this.#parts.contents.theme.background), 1);
  }

  fit(): void {
    if (!this.container) return;
    const { renderer, software, views, contents, pointing } = this.#parts;
    const { clientWidth: width, clientHeight: height } = this.container;
    if (width === 0 || height === 0) return;
    if (renderer) {
      renderer.setPixelRatio(software ? 1 : Math.min(2, window.devicePixelRatio));
      renderer.setSize(width, height);
      this.#spare(this.economy.taken);
    }
    views.fit();
    views.apply(performance.now());
    views.frameUntouched(contents.everything, performance.now(), false);
    pointing.pictureMoves();
    this.#viewDirty = true;
    // Drawn at once: a resized canvas is empty until it is.
    this.#draw(performance.now());
  }

  /** What captures need. */
  get stage(): Stage {
    const { canvas, contents, shown, views } = this.#parts;
    return {
      canvas,
      get theme() {
        return contents.theme;
      },
      get family() {
        return getComputedStyle(views.element).fontFamily;
      },
      draw: (scale) => this.#drawNow(scale),
      restore: () => this.fit(),
      paintOverlays: (context) => this.#paintOverlays(context),
      show: (pose) => {
        views.active.rig.goTo(pose, 0, false);
        views.moved();
        this.#parts.pointing.pictureMoves();
        this.#viewDirty = true;
      },
      showBurst: (burst) => {
        shown.filmed = burst;
        shown.rescatter(this.usable);
        this.#activityDirty = true;
      },
    };
  }

  stop(): void {
    this.meter.stop();
    clearTimeout(this.#rest);
    clearTimeout(this.#late);
    cancelAnimationFrame(this.#requested);
  }

  #invalidate(): void {
    if (this.#requested !== 0 || !this.container) return;
    this.#requested = requestAnimationFrame((now) => {
      this.#requested = 0;
      this.#draw(now);
    });
  }

  #draw(now: number): void {
    if (!this.container) return;
    const { renderer, views, shown, shared, pointing } = this.#parts;
    const startedAt = performance.now();
    if (views.moving) this.#viewDirty = true;
    const moving = views.apply(now);
    let isFading = false;
    if (renderer && !this.contextLost) {
      if (this.#viewDirty) this.#placeGuard();
      if (this.#activityDirty) {
        const glows = shown.brightness.at(shown.burst);
        shown.prepare();
        if (this.#guard) shared.exposure.value = this.#guard.expose(glows, now);
        this.#flow(glows);
        this.#activityDirty = false;
      }
      isFading = this.#renderViews(renderer, now);
      shown.noteDrawn();
    }
    if (this.#viewDirty) this.#placeOverlays();
    if (!moving) pointing.pictureStands();
    this.#viewDirty = false;
    this.#drawnAt = startedAt;
    this.meter.note(startedAt, performance.now() - startedAt);
    this.#judge(startedAt);
    if (moving || isFading) this.#invalidate();
  }

  #drawLate(): void {
    this.#late = undefined;
    this.#draw(performance.now());
  }

  /** A card works after the thread has gone on: a picture is ready when the browser asks for the next one. */
  #judge(startedAt: number): void {
    if (!this.#parts.saves) return;
    clearTimeout(this.#rest);
    requestAnimationFrame(() => {
      const now = performance.now();
      if (this.economy.note(now, now - startedAt, (saving) => this.#offers(saving))) this.#spare(this.economy.taken);
      clearTimeout(this.#rest);
      this.#rest = setTimeout(() => {
        if (!this.economy.rest()) return;
        this.#spare([]);
        this.lightChanged();
      }, restMs);
    });
  }

  #offers(saving: Saving): boolean {
    const { contents, views, still } = this.#parts;
    return saving !== "flow" || (contents.settings.flow && !views.reducedMotion && still.arcs.counts.arcs > 0);
  }

  #spare(taken: readonly Saving[]): void {
    const { renderer, shared, activity } = this.#parts;
    if (!renderer) return;
    shared.leastPixels.value = (taken.includes("size") ? leastPoint.saved : leastPoint.whole) * renderer.getPixelRatio();
    activity?.setDetail(taken.includes("detail") ? savedDetail : 1);
  }

  #flow(glows: ArrayLike<number>): void {
    const { contents, still, views, shown } = this.#parts;
    const { areas } = contents.brain;
    const glowOf = (id: string) => glows[areas.findIndex((area) => area.id === id)] ?? 0;
    const flows = contents.settings.flow && !views.reducedMotion && !this.economy.has("flow");
    still.arcs.flow(flows ? shown.burst : null, glowOf, contents.theme);
  }

  /** True while a level of detail goes over into another. */
  #renderViews(on: THREE.WebGLRenderer, now: number): boolean {
    const { canvas, views, shared, activity, scene } = this.#parts;
    const height = canvas.clientHeight;
    const fadeMs = views.reducedMotion ? 0 : levelFadeMs;
    let isFading = false;
    on.setScissorTest(true);
    for (let i = 0; i < views.all.length; i++) {
      const { part, rig, unitPixels } = views.all[i]!;
      const y = height - part.y - part.height;
      on.setViewport(part.x, y, part.width, part.height);
      on.setScissor(part.x, y, part.width, part.height);
      shared.pixelsPerUnit.value = unitPixels * on.getPixelRatio();
      if (activity?.aim(rig.camera, unitPixels, i, now, fadeMs)) isFading = true;
      on.render(scene, rig.camera);
    }
    on.setScissorTest(false);
    return isFading;
  }

  /** Names and scale bars. */
  #placeOverlays(): void {
    const { contents, views, still, pointing } = this.#parts;
    const marks = { selected: contents.selection.areas.at(-1) ?? null, hovered: pointing.hovered?.id ?? null };
    for (const { labels, breakpoints, viewport, scale, voxelPixels, covered, isRightmost } of views.all) {
      labels.place(viewport, still.boxes, marks, covered);
      breakpoints.place(viewport, still.boxes, labels.shown);
      scale.element.style.display = contents.brain.areas.length > 0 ? "grid" : "none";
      // The legend leaves room for a scale bar in the corner, not for those of viewports beside it.
      scale.place(voxelPixels, contents.theme.secondary, isRightmost ? 0 : covered.bottom);
    }
  }

  /** A picture for a capture, at so many pixels a CSS pixel; the canvas keeps its size on the screen. */
  #drawNow(scale: number): void {
    const { renderer } = this.#parts;
    if (!renderer || this.contextLost) throw new Error("There is no picture to capture: this window has no WebGL 2");
    if (renderer.getPixelRatio() !== scale) renderer.setPixelRatio(scale);
    // A figure is whole, however slow the window is.
    this.economy.rest();
    this.#spare([]);
    this.drawLight();
  }

  #paintOverlays(context: Ink): void {
    for (const { labels, breakpoints, scale, part } of this.#parts.views.all) {
      context.save();
      context.translate(part.x, part.y);
      context.beginPath();
      context.rect(0, 0, part.width, part.height);
      context.clip();
      labels.paint(context);
      breakpoints.paint(context);
      scale.paint(context, part.width, part.height);
      context.restore();
    }
  }

  #placeGuard(): void {
    const { contents, still, views, canvas } = this.#parts;
    const rects = contents.brain.areas.map((area, i) => {
      if (!still.visible[i]) return [];
      return views.all.flatMap(({ viewport, part }) => {
        const rect = viewport.lightRectOf(worldBox(area));
        return rect ? { ...rect, x: rect.x + part.x, y: rect.y + part.y } : [];
      });
    });
    this.#guard?.place(rects, canvas.clientWidth, canvas.clientHeight);
  }
}
