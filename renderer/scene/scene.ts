/**
 * The scene: areas in space and firings as light. Imperative and free of React; it lives as long as the window, whatever panel
 * shows it. Here its parts meet: what it holds (contents), the burst it shows (shown-burst), the pointer and the painter.
 */
import * as THREE from "three";
import { type Activity, createSharedUniforms, noCounts, rampTexture } from "./activity.ts";
import { markedFirst, markRoom } from "./breakpoint-marks.ts";
import { film, stillDrawing, stillPicture } from "./capture.ts";
import { Contents } from "./contents.ts";
import { isCut } from "./cut.ts";
import { flashSafe, keepFromRed } from "./flash-safe.ts";
import { bindFlight, type Flight } from "./fly.ts";
import { Gizmo } from "./gizmo.ts";
import { createGpuActivity } from "./gpu-activity.ts";
import { recentActivity } from "./lookback.ts";
import { Painter } from "./painter.ts";
import { Pointer } from "./pointer.ts";
import { Pointing } from "./pointing.ts";
import { installProbe } from "./probe.ts";
import { createRenderer } from "./renderer.ts";
import type { SceneHandle, SceneOptions } from "./scene-handle.ts";
import { isVoxelMarks, type SceneStats, type VoxelLayerName, voxelLayers } from "./scene-types.ts";
import { ShownBurst } from "./shown-burst.ts";
import { createSoftwareActivity } from "./software-activity.ts";
import { Still } from "./still.ts";
import type { ScreenPoint } from "./viewport.ts";
import { Views } from "./views.ts";
import { VoxelPicture } from "./voxel-layer.ts";

export function createScene(options: SceneOptions): SceneHandle {
  const { frames } = options;
  let { theme } = options;
  const canvas = document.createElement("canvas");
  Object.assign(canvas.style, { position: "absolute", inset: "0", display: "block" });
  canvas.setAttribute("aria-hidden", "true");
  const { renderer, software } = createRenderer(canvas);
  const drawSoftware = options.activity ? options.activity === "software" : software;
  const shared = createSharedUniforms(flashSafe(theme));
  const activity: Activity | null = renderer && (drawSoftware ? createSoftwareActivity(shared) : createGpuActivity(renderer, shared));
  const still = new Still(software);
  const gizmo = new Gizmo();
  const scene = new THREE.Scene();
  scene.add(still.object);
  if (activity) scene.add(activity.object);
  scene.add(gizmo.object);
  const layers = Object.fromEntries(voxelLayers.map((which) => [which, new VoxelPicture(shared)])) as Record<VoxelLayerName, VoxelPicture>;
  scene.add(...voxelLayers.map((which) => layers[which].object));

  const contents = new Contents(flashSafe(theme), still);
  const shown = new ShownBurst(frames, activity, contents);
  const pointing = new Pointing({
    areas: () => contents.shownAreas,
    selected: () => (contents.selection.areas.length === 1 ? contents.selectedAreas[0] : undefined),
    isCut: (area, voxel) => isCut(still.cut, area, voxel),
    frames: () => shown.mine,
    shown: () => shown.drawn,
    onPick: (pick, modifiers) => options.onPick(pick, modifiers, pointer.lastPress),
    onMenu: (pick) => options.onMenu?.(pick, pointer.lastPress),
    onHover: options.onHover,
    onPaint: (area, voxels) => options.onPaint?.(area, voxels),
    onMark: () => mark(),
  });
  const pointer = new Pointer({
    contents,
    still,
    gizmo,
    pointing,
    moved,
    activate: (view) => views.activate(view),
    onDraft: (draft) => options.onDraft?.(draft),
    onCatch: (caught, modifiers) => options.onCatch?.(caught, modifiers),
  });
  const views = new Views(document, {
    gestures: (view) => pointer.over(view),
    scaleText: options.scaleText,
    onBreakpoint: (area) => options.onBreakpoint?.(area),
  });
  views.setReducedMotion(options.reducedMotion);
  const painter = new Painter({
    ...{ canvas, renderer, software, scene, activity, shared, contents, still, views, shown, pointing },
    saves: options.economy ?? true,
    onMeasured: () => options.onStats?.(stats()),
  });
  const flight: Flight = { isOn: () => contents.settings.flying, fly: (by) => moved(() => views.active.rig.fly(by)) };
  let stopFlight = () => {};
  const resize = new ResizeObserver(() => painter.fit());
  const stopFrames = frames.onFrames((batch) => {
    if (!painter.container) return;
    const what = shown.take(batch);
    if (what === "nothing") return;
    if (what === "anew") shown.rescatter(painter.usable);
    painter.drawLight();
  });
  canvas.addEventListener("webglcontextlost", () => {
    painter.contextLost = true;
  });
  canvas.addEventListener("webglcontextrestored", () => {
    painter.contextLost = false;
    painter.setBackground();
    rescatter();
  });

  return {
    mount(into) {
      painter.container = into;
      stopFlight = bindFlight(into, flight);
      into.append(canvas, views.element);
      resize.observe(into);
      rescatter();
      painter.fit();
    },
    unmount() {
      if (painter.container) resize.unobserve(painter.container);
      stopFlight();
      pointing.stop();
      painter.container = null;
      canvas.remove();
      views.element.remove();
    },
    dispose() {
      this.unmount();
      stopFrames();
      views.dispose();
      resize.disconnect();
      painter.stop();
      still.dispose();
      gizmo.dispose();
      for (const layer of Object.values(layers)) layer.dispose();
      activity?.dispose();
      shared.ramp.value.dispose();
      renderer?.dispose();
    },
    setTheme(next) {
      theme = next;
      applyTheme();
    },
    setReducedMotion: (on) => views.setReducedMotion(on),
    setFlashLimiter(on) {
      painter.setFlashLimiter(on);
      applyTheme();
    },
    setCovered(covered) {
      const grows = covered.top > views.covered.top || covered.bottom > views.covered.bottom;
      views.covered = covered;
      views.fit();
      // Where nothing of it was moved by hand a picture of everything comes out from under what covers more of it.
      if (grows) views.frameUntouched(contents.everything, performance.now(), painter.container !== null);
      painter.sightChanged();
    },
    setBrain(next, ofGeneration) {
      const before = contents.brain;
      const known = new Set(before.areas.map(({ id }) => id));
      if (!next.areas.some(({ id }) => known.has(id))) views.forgetTouch();
      const sameAreas = next.areas === before.areas && ofGeneration === contents.generation;
      contents.brain = next;
      contents.generation = ofGeneration;
      if (sameAreas) return rebuild();
      painter.sightChanged();
      activity?.setAreas(next.areas);
      shown.brightness.setAreas(next.areas);
      rebuild();
      rescatter();
      if (next.areas.length === 0) return;
      views.setSceneSize(contents.size);
      views.frameUntouched(contents.everything, performance.now(), painter.container !== null);
    },
    setSelection(next) {
      const { areas, voxels } = contents.selection;
      if (next.areas.join() === areas.join() && next.voxels.join(";") === voxels.join(";")) return;
      contents.selection = next;
      mark();
    },
    set(next) {
      const before = contents.settings;
      contents.settings = next;
      if (next.colourBy !== before.colourBy) setLight();
      views.linked = next.linked;
      if (next.views !== before.views) {
        views.setCount(next.views);
        views.setSceneSize(contents.size);
        painter.fit();
      }
      views.element.style.cursor = next.tool === "orbit" ? "" : "crosshair";
      painter.sightChanged();
      rebuild();
      if (next.colourBy !== before.colourBy) rescatter();
    },
    setValues(next) {
      contents.values = next;
      rebuild();
    },
    setBreakpoints(marks) {
      contents.breakpoints = marks;
      nameAreas();
      painter.viewChanged();
    },
    setVoxels(which, layer) {
      contents.voxels[which] = layer;
      showVoxels(which);
      painter.viewChanged();
    },
    setWays(ways) {
      if (ways.length === 0 && contents.ways.length === 0) return;
      contents.ways = ways;
      mark();
    },
    setDraft(draft) {
      const area = draft && contents.brain.areas.find(({ id }) => id === draft.area);
      gizmo.set(draft && area ? { draft, area } : null, contents.theme);
      painter.viewChanged();
    },
    setCursor(burst) {
      if (burst === shown.cursor) return;
      shown.cursor = burst;
      rescatter();
    },
    frame(target) {
      const boxes = target === "selection" ? contents.selectedBoxes : [];
      moved(() => views.frame(boxes.length > 0 ? boxes : contents.everything, performance.now()));
      // A picture of everything goes on showing everything, whatever comes and however large the view is.
      if (boxes.length === 0) views.forgetTouch();
    },
    view: (from) => moved(() => views.active.rig.view(from, performance.now())),
    toggleOrthographic() {
      const { rig } = views.active;
      rig.orthographic = !rig.orthographic;
      painter.sightChanged();
    },
    get pose() {
      return views.pose;
    },
    goTo: (pose) => moved(() => views.active.rig.goTo(pose, performance.now())),
    orbit: (azimuth, elevation) => moved(() => views.active.rig.orbit(azimuth, elevation)),
    pan: (dx, dy) => moved(() => views.active.rig.pan(dx, dy, views.active.part.height)),
    dolly: (factor) => moved(() => views.active.rig.dolly(factor)),
    still: (scale, text) => stillPicture(painter.stage, scale, text),
    drawing: (scale, text) => stillDrawing(painter.stage, scale, text),
    film: (text, how) => film(painter.stage, text, how),
    get size() {
      return { width: canvas.clientWidth, height: canvas.clientHeight };
    },
    project,
    stats,
    recentActivity(id, neuron) {
      const area = contents.brain.areas.find((one) => one.id === id);
      return area && contents.settings.colourBy === "recent" ? recentActivity(shown.mine, area, neuron, shown.burst) : null;
    },
    formOf: (id) => activity?.formOf(contents.brain.areas.findIndex((area) => area.id === id)) ?? null,
    installProbe: (window) =>
      installProbe(window, {
        project(neuron) {
          const at = project(neuron);
          return at?.visible ? { x: at.x, y: at.y } : null;
        },
        lastFrame: () => shown.drawn && { burst: shown.drawn.burst, fired: shown.drawn.sections.flatMap(({ ids }) => [...ids]) },
        neuronsOf(id) {
          const area = contents.brain.areas.find((one) => one.id === id);
          return area?.firstNeuron === undefined ? null : [area.firstNeuron, area.firstNeuron + area.neurons];
        },
        stats,
      }),
  };

  /** The theme; where flashes are limited without the reds that must not flash. */
  function applyTheme(): void {
    contents.theme = painter.limitsFlashes ? flashSafe(theme) : theme;
    shared.paper.value = theme.paper ? 1 : 0;
    shared.ramp.value.dispose();
    shared.ramp.value = rampTexture(contents.theme.ramp);
    rebuild();
  }

  function moved(move: () => void): void {
    move();
    views.moved();
    painter.sightChanged();
  }

  function rescatter(): void {
    shown.rescatter(painter.usable);
    painter.lightChanged();
  }

  function setLight(): void {
    activity?.setLight(contents.light);
    shown.brightness.setLight(contents.light);
  }

  /** Builds the still part again. */
  function rebuild(): void {
    const { brain, settings, values, theme } = contents;
    painter.setBackground();
    still.build(brain, settings, values, theme);
    activity?.setTints(lightColours());
    activity?.setVisible(still.visible);
    activity?.setCut(still.cut);
    for (const which of voxelLayers) showVoxels(which);
    // The state of cells takes the place of their firings.
    if (activity) activity.object.visible = settings.colourBy !== "potential";
    views.setLineColour(theme.grid);
    nameAreas();
    painter.lightChanged();
    mark();
  }

  /** Names with room for the marks of breakpoints, and those marks. */
  function nameAreas(): void {
    const { theme, breakpoints } = contents;
    const named = still.labels.map((label) =>
      breakpoints.has(label.key) ? { ...label, indent: markRoom, priority: label.priority + markedFirst } : label,
    );
    for (const { labels, breakpoints: marks } of views.all) {
      labels.setLabels(named, { ...theme, halo: theme.background });
      marks.set(breakpoints, theme);
    }
  }

  /** Colours that areas fire in; null: by the ramp. */
  function lightColours(): THREE.Color[] | null {
    const { settings, theme, brain } = contents;
    const { colourBy } = settings;
    if (colourBy === "activity" || colourBy === "recent" || colourBy === "age") return null;
    if (isVoxelMarks(colourBy)) return brain.areas.map(() => new THREE.Color(theme.secondary));
    return painter.limitsFlashes ? still.colours.map((colour) => keepFromRed(colour.clone())) : still.colours;
  }

  function showVoxels(which: VoxelLayerName): void {
    const { brain, theme, voxels } = contents;
    layers[which].show(voxels[which], { areas: brain.areas, theme, visible: still.visible, cut: still.cut });
  }

  function mark(): void {
    const marked = { ...contents.selection, ways: contents.ways, hovered: pointing.hovered, painted: pointing.stroke };
    still.mark(marked, contents.settings, contents.theme);
    painter.viewChanged();
  }

  function project(neuron: number): ScreenPoint | null {
    const at = contents.placeOf(neuron);
    if (!at) return null;
    const { x, y, visible } = views.active.viewport.inWindow(at);
    return { x, y, visible: visible && painter.container !== null };
  }

  function stats(): SceneStats {
    return {
      available: renderer !== null,
      software: drawSoftware,
      ...(activity?.counts ?? noCounts),
      addsUp: activity?.addsUp ?? true,
      ...still.arcs.counts,
      framesPerSecond: painter.meter.framesPerSecond(performance.now()),
      drawMs: painter.meter.drawMs,
      saved: painter.economy.taken,
      pictureMs: painter.economy.pictureMs,
      exposure: shared.exposure.value,
    };
  }
}
