/**
 * The scene: areas in space and firings as light. Imperative and free of React; it lives as long as the window, whatever panel
 * shows it. It draws on demand only: for new frames, a moving camera or a changed brain. At rest it paints nothing.
 */
import * as THREE from "three";
import type { CorticalId, Vec3 } from "#contracts/connectome.ts";
import type { DecodedFrame } from "../bridge/frame-decode.ts";
import { type Activity, createSharedUniforms, rampTexture } from "./activity.ts";
import { AreaBrightness } from "./brightness.ts";
import { film, type Stage, stillPicture } from "./capture.ts";
import { isCut } from "./cut.ts";
import { DrawMeter } from "./draw-meter.ts";
import { FlashGuard } from "./flash-guard.ts";
import { bindFlight, type Flight } from "./fly.ts";
import type { Drag, GestureTarget, Modifiers } from "./gestures.ts";
import { Gizmo } from "./gizmo.ts";
import { createGpuActivity } from "./gpu-activity.ts";
import { axisBox } from "./hulls.ts";
import { areasIn, marqueeDrag, type Point, voxelsIn } from "./marquee.ts";
import { type Box, union, voxelBox, voxelOfNeuron, withLeastExtent, worldBox, worldFromVoxel } from "./placement.ts";
import { Pointing } from "./pointing.ts";
import { installProbe } from "./probe.ts";
import { createRenderer } from "./renderer.ts";
import type { SceneHandle, SceneOptions } from "./scene-handle.ts";
import { type AreaValues, ageLight, defaultSettings, glowLight, type SceneArea, type SceneStats } from "./scene-types.ts";
import { createSoftwareActivity } from "./software-activity.ts";
import { type Brain, Still } from "./still.ts";
import type { View } from "./view.ts";
import type { ScreenPoint } from "./viewport.ts";
import { Views } from "./views.ts";

/** Radians of orbit for a pixel of drag. */
const orbitPerPixel = 0.006;
/** Voxels around the selection that a framed picture shows at least: one voxel alone would tell nothing of where it is. */
const leastFramed = 12;

export function createScene(options: SceneOptions): SceneHandle {
  const { frames, onPick } = options;
  const canvas = document.createElement("canvas");
  Object.assign(canvas.style, { position: "absolute", inset: "0", display: "block" });
  canvas.setAttribute("aria-hidden", "true");
  const { renderer, software } = createRenderer(canvas);
  const scene = new THREE.Scene();
  const views = new Views(document, gesturesOf, options.scaleText);
  views.setReducedMotion(options.reducedMotion);
  const still = new Still(software);
  const shared = createSharedUniforms(options.theme);
  const meter = new DrawMeter(() => options.onStats?.(stats()));
  const brightness = new AreaBrightness();
  const drawSoftware = options.activity ? options.activity === "software" : software;
  const activity: Activity | null = renderer && (drawSoftware ? createSoftwareActivity(shared) : createGpuActivity(renderer, shared));
  scene.add(still.object);
  if (activity) scene.add(activity.object);

  let theme = options.theme;
  let settings = defaultSettings;
  let values: AreaValues | null = null;
  let brain: Brain = { areas: [], regions: [], mappings: [] };
  let generation: number | undefined;
  let selection: { areas: readonly CorticalId[]; voxels: readonly Vec3[] } = { areas: [], voxels: [] };
  let guard: FlashGuard | null = new FlashGuard();
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
  let requested = 0;
  let contextLost = false;
  const gizmo = new Gizmo();
  scene.add(gizmo.object);

  const pointing = new Pointing({
    areas: shownAreas,
    selected: () => (selection.areas.length === 1 ? selectedAreas()[0] : undefined),
    isCut: (area, voxel) => isCut(still.cut, area, voxel),
    frames: () => frames.recent.frames.filter(isMine),
    shown: () => drawn,
    onPick: (pick, modifiers) => onPick(pick, modifiers, lastPress),
    onHover: options.onHover,
    onPaint: (area, voxels) => options.onPaint?.(area, voxels),
    onMark: () => mark(),
  });
  let lastPress = { x: 0, y: 0 };
  const flight: Flight = { isOn: () => settings.flying, fly: (by) => moved(() => views.active.rig.fly(by)) };
  let stopFlight = () => {};
  const stage: Stage = {
    canvas,
    get theme() {
      return theme;
    },
    get family() {
      return getComputedStyle(views.element).fontFamily;
    },
    draw: (scale) => drawNow(scale),
    restore: () => fitToContainer(),
    paintOverlays,
    show: (pose) => {
      views.active.rig.goTo(pose, 0, false);
      views.moved();
      viewDirty = true;
    },
  };
  const resize = new ResizeObserver(() => fitToContainer());
  const stopFrames = frames.onFrames(showFrames);
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
      stopFlight = bindFlight(into, flight);
      into.append(canvas, views.element);
      resize.observe(into);
      rescatter();
      fitToContainer();
    },
    unmount() {
      if (container) resize.unobserve(container);
      stopFlight();
      container = null;
      canvas.remove();
      views.element.remove();
    },
    dispose() {
      this.unmount();
      stopFrames();
      views.dispose();
      resize.disconnect();
      meter.stop();
      cancelAnimationFrame(requested);
      still.dispose();
      gizmo.dispose();
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
    setReducedMotion: (on) => views.setReducedMotion(on),
    setFlashLimiter(on) {
      guard = on ? new FlashGuard() : null;
      shared.exposure.value = 1;
      viewDirty = true;
      invalidate();
    },
    setBrain(next, ofGeneration) {
      const known = new Set(brain.areas.map(({ id }) => id));
      if (!next.areas.some(({ id }) => known.has(id))) views.forgetTouch();
      const sameAreas = next.areas === brain.areas && ofGeneration === generation;
      brain = next;
      generation = ofGeneration;
      if (sameAreas) return rebuild();
      pointing.hovered = null;
      activity?.setAreas(brain.areas);
      brightness.setAreas(brain.areas);
      rebuild();
      rescatter();
      if (brain.areas.length === 0) return;
      views.setSceneSize(sceneSize());
      views.frameUntouched(everything(), performance.now(), container !== null);
    },
    setSelection(next) {
      if (next.areas.join() === selection.areas.join() && next.voxels.join(";") === selection.voxels.join(";")) return;
      selection = next;
      mark();
    },
    set(next) {
      const before = settings;
      settings = next;
      const light = next.colourBy === "age" ? ageLight : glowLight;
      if (next.colourBy !== before.colourBy) activity?.setLight(light);
      views.linked = next.linked;
      if (next.views !== before.views) {
        views.setCount(next.views);
        views.setSceneSize(sceneSize());
        fitToContainer();
      }
      views.element.style.cursor = next.tool === "orbit" ? "" : "crosshair";
      rebuild();
      if (next.colourBy !== before.colourBy) rescatter();
    },
    setValues(next) {
      values = next;
      rebuild();
    },
    setDraft(draft) {
      const area = draft && brain.areas.find(({ id }) => id === draft.area);
      gizmo.set(draft && area ? { draft, area } : null, theme);
      invalidate();
    },
    setCursor(burst) {
      if (burst === cursor) return;
      cursor = burst;
      rescatter();
    },
    frame(target) {
      const boxes = target === "selection" ? selectedAreas().map(selectionBox) : [];
      moved(() => views.frame(boxes.length > 0 ? boxes : everything(), performance.now()));
      // A picture of everything goes on showing everything, whatever comes and however large the view is.
      if (boxes.length === 0) views.forgetTouch();
    },
    view: (from) => moved(() => views.active.rig.view(from, performance.now())),
    toggleOrthographic() {
      const { rig } = views.active;
      rig.orthographic = !rig.orthographic;
      viewDirty = true;
      invalidate();
    },
    get pose() {
      return views.pose;
    },
    goTo: (pose) => moved(() => views.active.rig.goTo(pose, performance.now())),
    orbit: (azimuth, elevation) => moved(() => views.active.rig.orbit(azimuth, elevation)),
    pan: (dx, dy) => moved(() => views.active.rig.pan(dx, dy, views.active.part.height)),
    dolly: (factor) => moved(() => views.active.rig.dolly(factor)),
    still: (scale, text) => stillPicture(stage, scale, text),
    film: (text, options) => film(stage, text, options),
    get size() {
      return { width: canvas.clientWidth, height: canvas.clientHeight };
    },
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
          const area = brain.areas.find((one) => one.id === id);
          return area?.firstNeuron === undefined ? null : [area.firstNeuron, area.firstNeuron + area.neurons];
        },
        stats,
      }),
  };

  // Pointer

  function gesturesOf(view: View): GestureTarget {
    const { rig, viewport } = view;
    return {
      begin: (x, y, button, modifiers) => begin(view, x, y, button, modifiers),
      dolly(factor, x, y) {
        views.activate(view);
        moved(() => rig.dolly(factor, viewport.deviceCoordinates(x, y)));
      },
      hover: (at) => pointing.hover(viewport, at),
    };
  }

  function begin(view: View, clientX: number, clientY: number, button: number, modifiers: Modifiers): Drag {
    const { rig, viewport } = view;
    lastPress = { x: clientX, y: clientY };
    const click = () => pointing.pick(viewport, clientX, clientY, modifiers);
    const left = button === 0;
    const handle = left ? gizmo.grab(viewport, clientX, clientY, (draft) => options.onDraft?.(draft)) : null;
    if (handle) return handle;
    if (left && settings.tool === "paint" && !modifiers.shiftKey) {
      const stroke = pointing.paint(viewport, clientX, clientY);
      if (stroke) return stroke;
    }
    const marquee = settings.tool === "lasso" ? "lasso" : "box";
    if (left && (settings.tool === "box" || settings.tool === "lasso" || modifiers.ctrlKey)) {
      return marqueeDrag(marquee, view.element, theme.focus, { clientX, clientY }, (polygon) => {
        if (polygon) capture(polygon, view, modifiers);
        else click();
      });
    }
    const panning = !left || modifiers.shiftKey;
    const turn = (dx: number, dy: number) => {
      const [azimuth, elevation] = [-dx * orbitPerPixel, dy * orbitPerPixel];
      if (settings.flying) rig.look(azimuth, elevation);
      else rig.orbit(azimuth, elevation);
    };
    return {
      move: (dx, dy) => moved(() => (panning ? rig.pan(dx, dy, view.part.height) : turn(dx, dy))),
      end: (how) => {
        if (left && how === "click") click();
      },
    };
  }

  /** Voxels where one area is selected and a voxel of it too, else areas. */
  function capture(polygon: readonly Point[], { viewport }: View, modifiers: Modifiers): void {
    const area = selection.voxels.length > 0 ? selectedAreas().at(-1) : undefined;
    const shown = (voxel: Vec3) => area !== undefined && !isCut(still.cut, area, voxel);
    const caught = area
      ? { area: area.id, ...voxelsIn(polygon, area, viewport, shown) }
      : { areas: areasIn(polygon, shownAreas(), viewport) };
    options.onCatch?.(caught, modifiers);
  }

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
    const visible = mine.filter(({ burst }) => burst <= at && burst > at - span());
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
    if (views.moving) viewDirty = true;
    const moving = views.apply(now);
    if (renderer && !contextLost) {
      const burst = cursor ?? newest?.burst ?? 0;
      if (viewDirty) placeGuard();
      if (activityDirty) {
        const glows = brightness.at(burst);
        activity?.prepare(burst);
        if (guard) shared.exposure.value = guard.expose(glows, now);
        still.arcs.flow(settings.flow && !views.reducedMotion ? burst : null, (id) => glows[indexOf(id)] ?? 0, theme);
        dark = burst - lastLit >= span();
        activityDirty = false;
      }
      renderViews(renderer);
      drawn = cursor === null ? newest : (frames.recent.between(burst, burst)[0] ?? null);
    }
    if (viewDirty) placeOverlays();
    viewDirty = false;
    meter.note(startedAt, performance.now() - startedAt);
    if (moving) invalidate();
  }

  function renderViews(on: THREE.WebGLRenderer): void {
    const height = canvas.clientHeight;
    on.setScissorTest(true);
    for (const { part, rig, unitPixels } of views.all) {
      const y = height - part.y - part.height;
      on.setViewport(part.x, y, part.width, part.height);
      on.setScissor(part.x, y, part.width, part.height);
      shared.pixelsPerUnit.value = unitPixels * on.getPixelRatio();
      activity?.aim(rig.camera, unitPixels);
      on.render(scene, rig.camera);
    }
    on.setScissorTest(false);
  }

  function fitToContainer(): void {
    if (!container) return;
    const { clientWidth: width, clientHeight: height } = container;
    if (width === 0 || height === 0) return;
    if (renderer) {
      renderer.setPixelRatio(software ? 1 : Math.min(2, window.devicePixelRatio));
      renderer.setSize(width, height);
      shared.leastPixels.value = 3 * renderer.getPixelRatio();
    }
    for (const { rig, part } of views.all) rig.setViewport(part.width, part.height);
    views.apply(performance.now());
    views.frameUntouched(everything(), performance.now(), false);
    viewDirty = true;
    // Drawn at once: a resized canvas is empty until it is.
    draw(performance.now());
  }

  function moved(move: () => void): void {
    move();
    views.moved();
    viewDirty = true;
    invalidate();
  }

  /** Builds the still part again. */
  function rebuild(): void {
    renderer?.setClearColor(new THREE.Color(theme.background), 1);
    const tinted = settings.colourBy !== "activity" && settings.colourBy !== "age";
    still.build(brain, settings, values, theme);
    activity?.setTints(tinted ? still.colours : null);
    activity?.setVisible(still.visible);
    activity?.setCut(still.cut);
    views.setLineColour(theme.grid);
    for (const { labels } of views.all) labels.setLabels(still.labels, { ...theme, halo: theme.background });
    activityDirty = true;
    mark();
  }

  function mark(): void {
    still.mark({ ...selection, hovered: pointing.hovered, painted: pointing.stroke }, settings, theme);
    viewDirty = true;
    invalidate();
  }

  /** Names and scale bars. */
  function placeOverlays(): void {
    for (const { labels, viewport, scale, voxelPixels } of views.all) {
      labels.place(viewport, still.boxes, marks());
      scale.element.style.display = brain.areas.length > 0 ? "grid" : "none";
      scale.place(voxelPixels, theme.secondary);
    }
  }

  function marks() {
    return { selected: selection.areas.at(-1) ?? null, hovered: pointing.hovered?.id ?? null };
  }

  /** A picture for a capture, at so many pixels a CSS pixel; the canvas keeps its size on the screen. */
  function drawNow(scale: number): void {
    if (!renderer || contextLost) throw new Error("There is no picture to capture: this window has no WebGL 2");
    if (renderer.getPixelRatio() !== scale) {
      renderer.setPixelRatio(scale);
      shared.leastPixels.value = 3 * scale;
    }
    activityDirty = true;
    draw(performance.now());
  }

  function paintOverlays(context: CanvasRenderingContext2D): void {
    for (const { labels, scale, part } of views.all) {
      context.save();
      context.translate(part.x, part.y);
      context.beginPath();
      context.rect(0, 0, part.width, part.height);
      context.clip();
      labels.paint(context);
      scale.paint(context, part.width, part.height);
      context.restore();
    }
  }

  function placeGuard(): void {
    const rects = brain.areas.map((area, i) => {
      if (!still.visible[i]) return [];
      return views.all.flatMap(({ viewport, part }) => {
        const rect = viewport.lightRectOf(worldBox(area));
        return rect ? { ...rect, x: rect.x + part.x, y: rect.y + part.y } : [];
      });
    });
    guard?.place(rects, canvas.clientWidth, canvas.clientHeight);
  }

  // Places

  function project(neuron: number): ScreenPoint | null {
    for (const area of brain.areas) {
      const voxel = voxelOfNeuron(area, neuron);
      if (!voxel) continue;
      const { x, y, visible } = views.active.viewport.inWindow(worldFromVoxel(area, voxel));
      return { x, y, visible: visible && container !== null };
    }
    return null;
  }

  function everything(): Box[] {
    const boxes = shownAreas().map(worldBox);
    const all = union(boxes);
    return all ? [...boxes, axisBox(all)] : [];
  }

  function shownAreas(): SceneArea[] {
    return brain.areas.filter((_, i) => still.visible[i]);
  }

  function selectedAreas(): SceneArea[] {
    return selection.areas.flatMap((id) => brain.areas.find((area) => area.id === id) ?? []);
  }

  function selectionBox(area: SceneArea): Box {
    const last = area.id === selection.areas.at(-1);
    const voxels = last ? union(selection.voxels.map((voxel) => voxelBox(area, voxel))) : null;
    return withLeastExtent(voxels ?? worldBox(area), leastFramed);
  }

  function indexOf(id: CorticalId): number {
    return brain.areas.findIndex((area) => area.id === id);
  }

  function sceneSize(): number {
    const box = union(brain.areas.map(worldBox));
    return box ? Math.max(...box.max.map((high, i) => high - box.min[i]!)) : 1;
  }

  /** Bursts back that still give light. */
  function span(): number {
    return settings.colourBy === "age" ? ageLight.span : glowLight.span;
  }

  function stats(): SceneStats {
    return {
      available: renderer !== null && !contextLost,
      software: drawSoftware,
      ...(activity?.counts ?? { points: 0, ofPoints: 0, bricks: 0, brickAreas: 0 }),
      ...still.arcs.counts,
      framesPerSecond: meter.framesPerSecond(performance.now()),
      drawMs: meter.drawMs,
      exposure: shared.exposure.value,
    };
  }
}
