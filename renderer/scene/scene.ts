/**
 * The scene: areas in space and firings as light. Imperative and free of React; it lives as long as the window, whatever panel
 * shows it. It draws on demand only: for new frames, a moving camera or a changed brain. At rest it paints nothing.
 */
import * as THREE from "three";
import type { BrainRegion, CorticalId, Vec3 } from "#contracts/connectome.ts";
import type { DecodedFrame } from "../bridge/frame-decode.ts";
import type { FrameInbox } from "../bridge/frame-inbox.ts";
import { type Activity, createSharedUniforms, rampTexture } from "./activity.ts";
import { areaColours } from "./area-colours.ts";
import { PictureBrightness } from "./brightness.ts";
import { CameraRig, type views } from "./camera-rig.ts";
import { DrawMeter } from "./draw-meter.ts";
import { FlashLimiter } from "./flash-limiter.ts";
import { bindGestures } from "./gestures.ts";
import { createGpuActivity } from "./gpu-activity.ts";
import { axisBox, Hulls, type RegionPlate } from "./hulls.ts";
import { Labels } from "./labels.ts";
import { type Box, union, voxelBox, voxelOfNeuron, withLeastExtent, worldBox, worldFromVoxel } from "./placement.ts";
import { Pointing } from "./pointing.ts";
import { installProbe } from "./probe.ts";
import { createRenderer } from "./renderer.ts";
import { sceneLabels } from "./scene-labels.ts";
import {
  type ColourBy,
  glowSpan,
  type SceneArea,
  type SceneHover,
  type ScenePick,
  type SceneStats,
  type SceneTheme,
} from "./scene-types.ts";
import { createSoftwareActivity } from "./software-activity.ts";
import { type ScreenPoint, Viewport } from "./viewport.ts";

export interface SceneOptions {
  frames: FrameInbox;
  theme: SceneTheme;
  reducedMotion: boolean;
  /** Null: nothing was under the click. */
  onPick(pick: ScenePick | null): void;
  onHover(hover: SceneHover | null): void;
  /** Voxels of the selected area that one stroke went over. */
  onPaint?(area: CorticalId, voxels: Vec3[]): void;
  /** At most four times a second. */
  onStats?(stats: SceneStats): void;
  /** Which way firings are drawn; by default what the machine has. */
  activity?: "gpu" | "software";
}

export interface SceneHandle {
  /** Puts the picture into an element and follows its size. */
  mount(container: HTMLElement): void;
  /** Takes it out and keeps everything else. */
  unmount(): void;
  dispose(): void;
  setTheme(theme: SceneTheme): void;
  setReducedMotion(on: boolean): void;
  setFlashLimiter(on: boolean): void;
  /** `generation` of the brain the areas are of; frames of another are not drawn into them. */
  setAreas(areas: readonly SceneArea[], regions: readonly BrainRegion[], generation?: number): void;
  setSelection(selection: { area: CorticalId | null; voxel: Vec3 | null }): void;
  setColourBy(by: ColourBy): void;
  setLabels(on: boolean): void;
  /** A drag over the selected area then paints voxels. */
  setPainting(on: boolean): void;
  /** Burst to show, null for the newest. */
  setCursor(burst: number | null): void;
  frame(target: "all" | "selection"): void;
  view(from: keyof typeof views): void;
  /** Radians. */
  orbit(azimuth: number, elevation: number): void;
  /** Nearer with a factor below 1. */
  dolly(factor: number): void;
  /** Where the voxel of a neuron is, in CSS pixels of the window. */
  project(neuron: number): ScreenPoint | null;
  stats(): SceneStats;
  /** Lets scripts and tests look, read-only, at `window.gyrusProbe`. */
  installProbe(window: Window): void;
}

/** Radians of orbit for a pixel of drag. */
const orbitPerPixel = 0.006;
/** Voxels around the selection that a framed picture shows at least: one voxel alone would tell nothing of where it is. */
const leastFramed = 12;

export function createScene(options: SceneOptions): SceneHandle {
  const { frames, onPick } = options;
  const canvas = document.createElement("canvas");
  Object.assign(canvas.style, { position: "absolute", inset: "0", display: "block", touchAction: "none" });
  canvas.setAttribute("aria-hidden", "true");
  const { renderer, software } = createRenderer(canvas);
  const scene = new THREE.Scene();
  const rig = new CameraRig();
  rig.reducedMotion = options.reducedMotion;
  const viewport = new Viewport(canvas, rig.camera);
  const hulls = new Hulls();
  const labels = new Labels(document);
  const shared = createSharedUniforms(options.theme);
  const meter = new DrawMeter(() => options.onStats?.(stats()));
  const brightness = new PictureBrightness();
  const drawSoftware = options.activity ? options.activity === "software" : software;
  const activity: Activity | null = renderer && (drawSoftware ? createSoftwareActivity(shared) : createGpuActivity(renderer, shared));
  scene.add(hulls.object);
  if (activity) scene.add(activity.object);

  let theme = options.theme;
  let areas: readonly SceneArea[] = [];
  let boxes: ReadonlyMap<CorticalId, Box> = new Map();
  let regions: readonly BrainRegion[] = [];
  let plates: RegionPlate[] = [];
  let generation: number | undefined;
  let colourBy: ColourBy = "activity";
  let labelsOn = true;
  let selection: { area: CorticalId | null; voxel: Vec3 | null } = { area: null, voxel: null };
  let limiter: FlashLimiter | null = new FlashLimiter();
  let cover: number[] = [];
  let container: HTMLElement | null = null;
  let cursor: number | null = null;
  /** Newest frame that was scattered. */
  let newest: DecodedFrame | null = null;
  let drawn: DecodedFrame | null = null;
  /** Newest burst scattered in which anything fired, and whether the picture shows no glow at all. */
  let lastLit = Number.NEGATIVE_INFINITY;
  let dark = false;
  let activityDirty = true;
  let viewDirty = true;
  /** Until a person moved the camera it follows the brain as it grows. */
  let cameraTouched = false;
  let requested = 0;
  let contextLost = false;

  const pointing = new Pointing({
    viewport,
    areas: () => areas,
    selected: () => selectedArea(),
    frames: () => frames.recent.frames.filter(isMine),
    shown: () => drawn,
    onHover: options.onHover,
    onPaint: (area, voxels) => options.onPaint?.(area, voxels),
    onMark: () => mark(),
  });
  const resize = new ResizeObserver(() => fitToContainer());
  const stopFrames = frames.onFrames(showFrames);
  const stopGestures = bindGestures(canvas, {
    orbit: (dx, dy) => moved(() => rig.orbit(-dx * orbitPerPixel, dy * orbitPerPixel)),
    pan: (dx, dy) => moved(() => rig.pan(dx, dy, canvas.clientHeight)),
    dolly: (factor, x, y) => moved(() => rig.dolly(factor, viewport.deviceCoordinates(x, y))),
    pick: (x, y) => onPick(pointing.pick(x, y)),
    hover: (at) => pointing.hover(at),
    paintFrom: (x, y) => pointing.paintFrom(x, y),
    paintTo: (x, y) => pointing.paintTo(x, y),
    paintDone: () => pointing.paintDone(),
  });
  canvas.addEventListener("webglcontextlost", () => {
    contextLost = true;
  });
  canvas.addEventListener("webglcontextrestored", () => {
    contextLost = false;
    renderer?.setClearColor(new THREE.Color(theme.background), 1);
    rescatter();
  });

  return {
    mount(into) {
      container = into;
      into.append(canvas, labels.element);
      resize.observe(into);
      rescatter();
      fitToContainer();
    },
    unmount() {
      if (container) resize.unobserve(container);
      container = null;
      canvas.remove();
      labels.element.remove();
    },
    dispose() {
      this.unmount();
      stopFrames();
      stopGestures();
      resize.disconnect();
      meter.stop();
      cancelAnimationFrame(requested);
      hulls.dispose();
      activity?.dispose();
      shared.ramp.value.dispose();
      renderer?.dispose();
    },
    setTheme(next) {
      theme = next;
      shared.paper.value = theme.paper ? 1 : 0;
      shared.ramp.value.dispose();
      shared.ramp.value = rampTexture(theme.ramp);
      rebuild();
    },
    setReducedMotion(on) {
      rig.reducedMotion = on;
    },
    setFlashLimiter(on) {
      limiter = on ? new FlashLimiter() : null;
      shared.exposure.value = 1;
      invalidate();
    },
    setAreas(nextAreas, nextRegions, ofGeneration) {
      const known = new Set(areas.map(({ id }) => id));
      if (!nextAreas.some(({ id }) => known.has(id))) cameraTouched = false;
      pointing.hovered = null;
      areas = nextAreas;
      boxes = new Map(areas.map((area) => [area.id, worldBox(area)]));
      regions = nextRegions;
      generation = ofGeneration;
      activity?.setAreas(areas);
      brightness.setAreas(areas);
      rebuild();
      rescatter();
      const box = union(areas.map(worldBox));
      if (!box) return;
      rig.setSceneSize(Math.max(...box.max.map((high, i) => high - box.min[i]!)));
      if (!cameraTouched) rig.frame(everything(), performance.now(), container !== null);
    },
    setSelection(next) {
      if (next.area === selection.area && next.voxel?.join() === selection.voxel?.join()) return;
      selection = next;
      mark();
    },
    setColourBy(by) {
      colourBy = by;
      rebuild();
    },
    setLabels(on) {
      labelsOn = on;
      rebuild();
    },
    setPainting(on) {
      pointing.painting = on;
      canvas.style.cursor = on ? "crosshair" : "";
    },
    setCursor(burst) {
      if (burst === cursor) return;
      cursor = burst;
      rescatter();
    },
    frame(target) {
      const area = target === "selection" ? selectedArea() : undefined;
      const wanted = area ? [selectionBox(area)] : everything();
      moved(() => rig.frame(wanted, performance.now()));
    },
    view: (from) => moved(() => rig.view(from, performance.now())),
    orbit: (azimuth, elevation) => moved(() => rig.orbit(azimuth, elevation)),
    dolly: (factor) => moved(() => rig.dolly(factor)),
    project,
    stats,
    installProbe: (window) =>
      installProbe(window, {
        project(neuron) {
          const at = project(neuron);
          return at?.visible ? { x: at.x, y: at.y } : null;
        },
        lastFrame: () => drawn && { burst: drawn.burst, fired: drawn.sections.flatMap(({ ids }) => [...ids]) },
        neuronsOf(id) {
          const area = areas.find((one) => one.id === id);
          return area?.firstNeuron === undefined ? null : [area.firstNeuron, area.firstNeuron + area.neurons];
        },
        stats,
      }),
  };

  // Frames

  function showFrames(batch: readonly DecodedFrame[]): void {
    if (!container) return;
    const mine = batch.filter(isMine);
    const last = mine.at(-1);
    if (!last) return;
    if (newest && (mine[0]!.burst <= newest.burst || mine[0]!.generation !== newest.generation)) {
      rescatter(true);
      return;
    }
    newest = last;
    if (cursor !== null) return;
    const lit = mine.findLast(({ fired }) => fired > 0);
    // Silence after silence is the picture that is there already.
    if (dark && !lit) {
      drawn = newest;
      return;
    }
    lastLit = lit?.burst ?? lastLit;
    activity?.scatter(mine);
    brightness.scatter(mine);
    activityDirty = true;
    draw(performance.now());
  }

  function isMine(frame: DecodedFrame): boolean {
    return generation === undefined || frame.generation === generation;
  }

  /** Stamps anew from the frames in memory: the picture depends on the burst shown, not on how one came there. */
  function rescatter(drawNow = false): void {
    const mine = frames.recent.frames.filter(isMine);
    newest = mine.at(-1) ?? null;
    const at = cursor ?? newest?.burst ?? 0;
    const visible = mine.filter(({ burst }) => burst <= at && burst > at - glowSpan);
    if (renderer && !contextLost) {
      activity?.clear();
      activity?.scatter(visible);
    }
    brightness.scatter(visible);
    lastLit = visible.findLast(({ fired }) => fired > 0)?.burst ?? Number.NEGATIVE_INFINITY;
    activityDirty = true;
    if (drawNow) draw(performance.now());
    else invalidate();
  }

  // Drawing

  function invalidate(): void {
    if (requested !== 0 || !container) return;
    requested = requestAnimationFrame((now) => {
      requested = 0;
      draw(now);
    });
  }

  function draw(now: number): void {
    if (!container) return;
    const startedAt = performance.now();
    if (rig.moving) viewDirty = true;
    const moving = rig.apply(now);
    if (renderer && !contextLost) {
      const burst = cursor ?? newest?.burst ?? 0;
      if (viewDirty) cover = areas.map((area) => viewport.coverOf(worldBox(area)));
      if (activityDirty) {
        activity?.prepare(burst);
        if (limiter) shared.exposure.value = limiter.expose(brightness.at(burst, cover), now);
        dark = burst - lastLit >= glowSpan;
        activityDirty = false;
      }
      renderer.render(scene, rig.camera);
      drawn = cursor === null ? newest : (frames.recent.between(burst, burst)[0] ?? null);
    }
    if (viewDirty) placeLabels();
    viewDirty = false;
    meter.note(startedAt, performance.now() - startedAt);
    if (moving) invalidate();
  }

  function fitToContainer(): void {
    if (!container) return;
    const { clientWidth: width, clientHeight: height } = container;
    if (width === 0 || height === 0) return;
    rig.setViewport(width, height);
    if (renderer) {
      renderer.setPixelRatio(software ? 1 : Math.min(2, window.devicePixelRatio));
      renderer.setSize(width, height);
      rig.apply(performance.now());
      shared.pixelsPerUnit.value = (canvas.height / 2) * rig.camera.projectionMatrix.elements[5]!;
      shared.leastPixels.value = 3 * renderer.getPixelRatio();
    }
    if (!cameraTouched) rig.frame(everything(), performance.now(), false);
    viewDirty = true;
    // Drawn at once: a resized canvas is empty until it is.
    draw(performance.now());
  }

  function moved(move: () => void): void {
    cameraTouched = true;
    move();
    viewDirty = true;
    invalidate();
  }

  /** Builds the still part again. */
  function rebuild(): void {
    const colours = areaColours(areas, regions, colourBy, theme);
    renderer?.setClearColor(new THREE.Color(theme.background), 1);
    plates = hulls.build(areas, regions, colours, theme);
    activity?.setTints(colourBy === "activity" ? null : colours);
    labels.setLabels(labelsOn ? sceneLabels(areas, plates, colours, theme) : [], { ...theme, halo: theme.background });
    activityDirty = true;
    mark();
  }

  function mark(): void {
    hulls.mark({ selected: selectedArea() ?? null, voxel: selection.voxel, hovered: pointing.hovered, painted: pointing.stroke }, theme);
    viewDirty = true;
    invalidate();
  }

  function placeLabels(): void {
    labels.place(viewport, boxes, { selected: selection.area, hovered: pointing.hovered?.id ?? null });
  }

  // Places

  function project(neuron: number): ScreenPoint | null {
    for (const area of areas) {
      const voxel = voxelOfNeuron(area, neuron);
      if (!voxel) continue;
      const { x, y, visible } = viewport.inWindow(worldFromVoxel(area, voxel));
      return { x, y, visible: visible && container !== null };
    }
    return null;
  }

  function everything(): Box[] {
    const all = union(areas.map(worldBox));
    return all ? [...areas.map(worldBox), axisBox(all)] : [];
  }

  function selectedArea(): SceneArea | undefined {
    return areas.find(({ id }) => id === selection.area);
  }

  function selectionBox(area: SceneArea): Box {
    return withLeastExtent(selection.voxel ? voxelBox(area, selection.voxel) : worldBox(area), leastFramed);
  }

  function stats(): SceneStats {
    return {
      available: renderer !== null && !contextLost,
      software: drawSoftware,
      ...(activity?.counts ?? { points: 0, ofPoints: 0, bricks: 0 }),
      framesPerSecond: meter.framesPerSecond(performance.now()),
      drawMs: meter.drawMs,
      exposure: shared.exposure.value,
    };
  }
}
