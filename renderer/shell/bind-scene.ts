/** Introduces the scene to the stores: what it shows follows them, what a person does in it changes them. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { Breakpoint } from "#contracts/debug.ts";
import type { LabBridge } from "../bridge/lab-bridge.ts";
import type { Modifiers } from "../scene/gestures.ts";
import { createScene } from "../scene/scene.ts";
import type { SceneHandle } from "../scene/scene-handle.ts";
import type { BreakpointMark, SceneStats, SceneTheme } from "../scene/scene-types.ts";
import { breakpointsOfAreas, isArmed } from "../stores/debug-store.ts";
import type { LabStores } from "../stores/lab-stores.ts";
import type { SelectHow } from "../stores/selection-store.ts";
import { t } from "../ui/messages.ts";
import type { SettingsStores } from "../ui/settings.ts";
import { openAreaMenu } from "./context-menu.ts";
import type { Painting } from "./painting.ts";
import type { Shell } from "./shell-store.ts";

interface Parts extends SettingsStores {
  bridge: LabBridge;
  stores: LabStores;
  painting: StoreApi<Painting>;
  shell: StoreApi<Shell>;
  theme(): SceneTheme;
}

export function bindScene({ bridge, stores, painting, shell, settings, appearance, theme }: Parts): {
  scene: SceneHandle;
  stats: StoreApi<SceneStats>;
} {
  const { selection, brain, growth } = stores;
  const scene = createScene({
    frames: bridge.frames,
    theme: theme(),
    reducedMotion: appearance.getState().reducedMotion,
    scaleText: (voxels) => t("scene.scale", { voxels }),
    onPick(pick, modifiers, at) {
      const { area, areas, selectArea, selectAreas, selectVoxel, selectVoxels } = selection.getState();
      const how = howOf(modifiers);
      // Alt lists the neurons of the voxel at once; else the first click takes the area, the next one inside it the voxel.
      if (pick?.voxel && modifiers.altKey) {
        selectVoxel(pick.area, pick.voxel, pick.neuron);
        stores.scene.setState({ listed: { area: pick.area, voxel: pick.voxel, ...at } });
      } else if (pick === null) {
        if (how === "replace") selectArea(null);
      } else if (pick.area !== area || areas.length > 1 || !pick.voxel) selectAreas([pick.area], how);
      else if (how === "replace") selectVoxel(pick.area, pick.voxel, pick.neuron);
      else selectVoxels(pick.area, [pick.voxel], how);
    },
    onMenu(pick, { x, y }) {
      if (pick === null) shell.getState().openMenu({ of: "scene", x, y });
      else openAreaMenu({ stores, shell }, pick.area, { clientX: x, clientY: y, preventDefault() {} });
    },
    onCatch(caught, modifiers) {
      const { selectAreas, selectVoxels } = selection.getState();
      const how = howOf(modifiers);
      if ("areas" in caught) {
        selectAreas(caught.areas, how);
        return;
      }
      if (caught.of > caught.voxels.length) {
        const text = t("scene.caughtMost", { most: caught.voxels.length, of: caught.of });
        stores.notices.getState().push("warning", text);
      }
      if (caught.voxels.length > 0) selectVoxels(caught.area, caught.voxels, how);
    },
    onDraft: (draft) => stores.placing.change(draft),
    onBreakpoint(area) {
      const { breakpoints } = stores.debug.store.getState();
      const found = breakpointsOfAreas(breakpoints, brain.getState().areas).get(area);
      selection.getState().selectArea(area);
      if (found) stores.debug.store.setState({ editing: found.id });
      shell.getState().docks?.show("breakpoints");
    },
    onHover: (hover) => selection.getState().setHover(hover),
    onPaint: (area, voxels) => painting.getState().paint(area, voxels),
    onStats: (next) => stats.setState(next),
  });
  const stats = createStore<SceneStats>(() => scene.stats());

  appearance.subscribe(({ reducedMotion }) => {
    scene.setTheme(theme());
    scene.setReducedMotion(reducedMotion);
  });
  scene.setFlashLimiter(settings.getState().flashLimiter);
  settings.subscribe(({ flashLimiter }, before) => {
    if (flashLimiter !== before.flashLimiter) scene.setFlashLimiter(flashLimiter);
  });
  painting.subscribe(({ brush }, before) => {
    if (brush !== before.brush) stores.scene.setState({ tool: brush ? "paint" : "orbit" });
  });
  scene.set(stores.scene.getState());
  stores.scene.subscribe((now, before) => {
    if (now.tool !== "paint") painting.getState().setBrush(false);
    if (now.listed === before.listed && now.bookmarks === before.bookmarks) scene.set(now);
  });
  stores.placing.store.subscribe(({ draft }, before) => {
    if (draft !== before.draft) scene.setDraft(draft);
  });
  stores.areaValues.subscribe((values) => scene.setValues(values));
  stores.voxelFigures.store.subscribe(({ layer }, before) => {
    if (layer !== before.layer) scene.setVoxels("figures", layer);
  });
  stores.traces.store.subscribe(({ probes }, before) => {
    if (probes === before.probes) return;
    const neurons = probes.filter(({ kind }) => kind === "neuron").map(({ id }) => id);
    scene.setVoxels("probes", neurons.length === 0 ? null : { marks: [{ neurons, shape: "diamond", colour: "text" }], values: null });
  });
  stores.phaseMarks.subscribe((touched) => scene.setVoxels("phase", touched && { marks: touched.marks, values: null }));
  stores.whyMarks.subscribe((told) => {
    scene.setVoxels("why", told && { marks: told.marks, values: null });
    scene.setWays(told?.ways ?? []);
  });
  selection.subscribe(({ areas, voxels, cursor }) => {
    scene.setSelection({ areas, voxels });
    scene.setCursor(cursor);
  });
  // Breakpoints are read again and again while bursts go on; the names are placed anew only when a mark is another one.
  let marked = "";
  const markBreakpoints = () => {
    const { areas } = brain.getState();
    const found = breakpointsOfAreas(stores.debug.store.getState().breakpoints, areas);
    const marks = new Map([...found].map(([area, breakpoint]) => [area, markOf(breakpoint)]));
    const now = JSON.stringify([...marks]);
    if (now !== marked) scene.setBreakpoints(marks);
    marked = now;
  };
  stores.debug.store.subscribe((now, before) => {
    if (now.breakpoints !== before.breakpoints) markBreakpoints();
  });
  // While a genome grows its finished areas are the scene; then the brain's own.
  const show = () => {
    const { areas, regions, mappings, readGeneration } = brain.getState();
    const { phase, finished } = growth.getState();
    if (phase === "growing") scene.setBrain({ areas: finished, regions: [], mappings: [] });
    else {
      const held = stores.held.getState().areas;
      const marked = areas.map((area) => (held.has(area.id) ? { ...area, mark: heldMark() } : area));
      scene.setBrain({ areas: marked, regions, mappings }, readGeneration);
    }
  };
  stores.held.subscribe((now, before) => {
    if (now.areas !== before.areas) show();
  });
  brain.subscribe((now, before) => {
    const keys = ["areas", "regions", "mappings", "readGeneration"] as const;
    if (keys.some((key) => now[key] !== before[key])) show();
    if (now.areas !== before.areas) markBreakpoints();
    if (now.readGeneration !== before.readGeneration) scene.frame("all");
  });
  growth.subscribe((now, before) => {
    if (now.phase !== before.phase || now.finished !== before.finished) show();
  });
  return { scene, stats };
}

function markOf(breakpoint: Breakpoint): BreakpointMark {
  const { action, text } = breakpoint;
  const armed = isArmed(breakpoint);
  return { action, armed, text: `${t("dot.name", { what: text })}: ${t(`dot.state.${armed ? action : "off"}`)}` };
}

/** In brackets, as names may hold the word. */
const heldMark = () => `[‖ ${t("held.mark")}]`;

function howOf({ ctrlKey, shiftKey }: Modifiers): SelectHow {
  if (ctrlKey) return "toggle";
  return shiftKey ? "add" : "replace";
}
