/** Builds the window's parts once (bridge, stores, scene, raster), introduces them to each other and shows the workbench. */
import { StrictMode, useMemo } from "react";
import { createRoot } from "react-dom/client";
import { config } from "zod";
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import { labClient } from "./bridge/lab-bridge.ts";
import { openLabBridge } from "./bridge/open-lab-bridge.ts";
import { createRaster } from "./scene/raster.ts";
import { createScene } from "./scene/scene.ts";
import type { SceneStats } from "./scene/scene-types.ts";
import { App } from "./shell/App.tsx";
import { createWindowCommands } from "./shell/commands/window-commands.ts";
import { createKeymap, withKeys } from "./shell/keymap.ts";
import { createLayoutStore } from "./shell/layout-store.ts";
import { createPainting } from "./shell/painting.ts";
import { createShell } from "./shell/shell-store.ts";
import { WorkbenchProvider } from "./shell/workbench.ts";
import { createLabStores, type LabStores } from "./stores/lab-stores.ts";
import { createSettings } from "./ui/settings.ts";
import { sceneThemeOf } from "./ui/theme-colours.ts";
import "./ui/tokens.css";
import "./ui/base.css";
import "./ui/controls.css";

// The content security policy forbids compiled schemas.
config({ jitless: true });

const { settings, appearance } = createSettings(window);
const bridge = openLabBridge(window);
const stores = createLabStores(bridge, window.localStorage);
const painting = createPainting();
const theme = () => sceneThemeOf(window, appearance.getState());

const scene = createScene({
  frames: bridge.frames,
  theme: theme(),
  reducedMotion: appearance.getState().reducedMotion,
  onPick(pick) {
    const { area, selectArea, selectVoxel } = stores.selection.getState();
    // The first click takes the area, the next one inside it the voxel.
    if (pick === null) selectArea(null);
    else if (pick.area === area && pick.voxel) selectVoxel(pick.area, pick.voxel, pick.neuron);
    else selectArea(pick.area);
  },
  onHover: (hover) => stores.selection.getState().setHover(hover),
  onPaint: (area, voxels) => painting.getState().paint(area, voxels),
  onStats: (stats) => sceneStats.setState(stats),
});
const sceneStats = createStore<SceneStats>(() => scene.stats());
const raster = createRaster({ frames: bridge.frames, theme: theme() });
const shell = createShell();
const layouts = createLayoutStore(window.localStorage);
const keymap = createKeymap(window.localStorage);
const commandsOn = (on: LabStores) => createWindowCommands({ bridge, stores: on, scene, shell, layouts, settings, appearance });

appearance.subscribe(({ reducedMotion }) => {
  scene.setTheme(theme());
  scene.setReducedMotion(reducedMotion);
  raster.setTheme(theme());
});
scene.setFlashLimiter(settings.getState().flashLimiter);
settings.subscribe(({ flashLimiter }) => scene.setFlashLimiter(flashLimiter));
painting.subscribe(({ brush }) => scene.setPainting(brush));
stores.selection.subscribe(({ area, voxel, cursor }) => {
  scene.setSelection({ area, voxel });
  scene.setCursor(cursor);
});
// While a genome grows its finished areas are the scene; then the brain's own.
const showAreas = () => {
  const { areas, regions, readGeneration } = stores.brain.getState();
  const { phase, finished } = stores.growth.getState();
  if (phase === "growing") scene.setAreas(finished, []);
  else scene.setAreas(areas, regions, readGeneration);
};
stores.brain.subscribe((now, before) => {
  if (now.areas !== before.areas || now.regions !== before.regions || now.readGeneration !== before.readGeneration) showAreas();
  if (now.readGeneration !== before.readGeneration) scene.frame("all");
});
stores.growth.subscribe((now, before) => {
  if (now.phase !== before.phase || now.finished !== before.finished) showAreas();
});
scene.installProbe(window);

const root = document.getElementById("root");
if (!root) throw new Error("index.html holds no #root");
const parts = { bridge, lab: labClient(bridge), stores, scene, sceneStats, raster, painting, shell, layouts, settings, appearance, keymap };
createRoot(root).render(
  <StrictMode>
    <WithKeys />
  </StrictMode>,
);

/** The workbench is made anew when keys are changed, and only then. */
function WithKeys() {
  const keys = useStore(keymap.store);
  const workbench = useMemo(() => {
    const bound = (on: LabStores) => withKeys(commandsOn(on), keys);
    return { ...parts, commands: bound(stores), commandsOn: bound };
  }, [keys]);
  return (
    <WorkbenchProvider value={workbench}>
      <App />
    </WorkbenchProvider>
  );
}
