/** Builds the window's parts once (bridge, stores, scene, raster), introduces them to each other and shows the workbench. */
import { StrictMode, useMemo } from "react";
import { createRoot } from "react-dom/client";
import { config } from "zod";
import { useStore } from "zustand";
import { labClient } from "./bridge/lab-bridge.ts";
import { focusWindow, openLabWindow } from "./bridge/lab-window.ts";
import { openLabBridge } from "./bridge/open-lab-bridge.ts";
import { createRaster } from "./scene/raster/raster.ts";
import { App } from "./shell/App.tsx";
import { bindScene } from "./shell/bind-scene.ts";
import { createWindowCommands } from "./shell/commands/window-commands.ts";
import { createKeymap, withKeys } from "./shell/keymap.ts";
import { soleLayout } from "./shell/layout.ts";
import { createLayoutStore } from "./shell/layout-store.ts";
import { createPainting } from "./shell/painting.ts";
import { createShell } from "./shell/shell-store.ts";
import { createTour } from "./shell/tour.ts";
import { createLabWindows } from "./shell/windows/lab-windows.ts";
import { createPresence } from "./shell/windows/presence.ts";
import { keptAs, readRole } from "./shell/windows/role.ts";
import { WorkbenchProvider } from "./shell/workbench.ts";
import { fileOf } from "./stores/brain-store.ts";
import { createLabStores, type LabStores } from "./stores/lab-stores.ts";
import { soundProbes } from "./stores/probe-sound.ts";
import { afterNextPaint } from "./ui/after-next-paint.ts";
import { brainTitle } from "./ui/brain-title.ts";
import { openClickSound } from "./ui/click-sound.ts";
import { createCrashReports } from "./ui/crash-reports.ts";
import { followStorage } from "./ui/kept.ts";
import { chooseLocale } from "./ui/messages.ts";
import { createRecentFiles } from "./ui/recent-files.ts";
import { createSettings } from "./ui/settings.ts";
import { sceneThemeOf } from "./ui/theme-colours.ts";
import "./ui/tokens.css";
import "./ui/base.css";
import "./ui/controls.css";
import "./ui/parts.css";

// The content security policy forbids compiled schemas.
config({ jitless: true });

chooseLocale(window);
const role = readRole(window);
const { settings, appearance, kept: keptSettings } = createSettings(window);
// At once: the desktop hands over the way to the host when the page is there, and once. Who comes later is told how it stands.
const bridge = openLabBridge(window);
// A context of WebGL keeps the browser from painting until the card, or the program in its place, is ready: the start page comes first.
afterNextPaint(openWorkbench);

function openWorkbench(): void {
  // Together with who follows them, so that nothing is read before it is heard.
  const stores = createLabStores(bridge, window.localStorage);
  const painting = createPainting();
  const theme = () => sceneThemeOf(window, appearance.getState());

  const shell = createShell();
  const { scene, stats: sceneStats } = bindScene({ bridge, stores, painting, shell, settings, appearance, theme });
  const raster = createRaster({ frames: bridge.frames, theme: theme() });
  const layouts = createLayoutStore(window.localStorage, keptAs(role), role.view === null ? null : soleLayout(role.view));
  const tour = createTour(stores, window.localStorage);
  const windows = createLabWindows({
    role,
    channel: new BroadcastChannel("gyrus.lab"),
    storage: window.localStorage,
    stores,
    shell,
    openWindow: (query) => openLabWindow(window, query),
    focus: () => focusWindow(window),
    close: () => window.close(),
    presence: createPresence(navigator.locks),
    onLeave: (listener) => window.addEventListener("pagehide", listener),
    after: (ms, then) => void setTimeout(then, ms),
  });
  const keymap = createKeymap(window.localStorage);
  const commandsOn = (on: LabStores) =>
    createWindowCommands({ bridge, stores: on, scene, shell, layouts, tour, windows, recent, settings, appearance });

  soundProbes({
    ...{ frames: bridge.frames, traces: stores.traces, open: openClickSound },
    ...{ volume: () => settings.getState().volume, now: () => performance.now() },
  });
  appearance.subscribe(() => raster.setTheme(theme()));
  scene.installProbe(window);
  const crashes = createCrashReports(window, () => settings.getState().crashReports);
  stores.connection.subscribe((now, before) => {
    if (now.lostAt !== null && now.lostAt !== before.lostAt && now.reason !== "") crashes.note(now.reason);
  });
  const recent = createRecentFiles(window.localStorage);
  stores.brain.subscribe(({ status }, before) => {
    const path = fileOf(status);
    if (path !== null && path !== fileOf(before.status))
      recent.note({ path, title: brainTitle({ title: status?.title ?? "", genomePath: path }) });
  });

  const { scene: sceneStore, sets, watches, timeline } = stores;
  followStorage(window, [
    keptSettings,
    keymap.kept,
    layouts.savedKept,
    recent.kept,
    sceneStore.kept,
    sets.kept,
    watches.kept,
    timeline.kept,
  ]);

  const root = document.getElementById("root");
  if (!root) throw new Error("index.html holds no #root");
  const parts = {
    bridge,
    lab: labClient(bridge),
    stores,
    scene,
    sceneStats,
    raster,
    painting,
    shell,
    layouts,
    settings,
    appearance,
    keymap,
    tour,
    windows,
    crashes,
    recent,
  };
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
}
