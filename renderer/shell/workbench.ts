/**
 * What main.tsx builds once and every panel may use. Panels select from the stores, send commands by `lab`, and hold no
 * truth of their own; `attempt` shows a refused command as a notice so that no rejection is lost.
 */
import { createContext, useCallback, useContext } from "react";
import { useStore } from "zustand";
import type { StoreApi } from "zustand/vanilla";
import type { LabBridge, LabClient } from "../bridge/lab-bridge.ts";
import type { RasterHandle } from "../scene/raster/raster.ts";
import type { SceneHandle } from "../scene/scene-handle.ts";
import type { SceneStats } from "../scene/scene-types.ts";
import type { LabStores } from "../stores/lab-stores.ts";
import type { CrashReports } from "../ui/crash-reports.ts";
import { isShownElsewhere, messageOf } from "../ui/error-text.ts";
import type { RecentFiles } from "../ui/recent-files.ts";
import type { SettingsStores } from "../ui/settings.ts";
import type { WindowCommand } from "./commands/command.ts";
import type { Keymap } from "./keymap.ts";
import type { LayoutStore } from "./layout-store.ts";
import type { Painting } from "./painting.ts";
import type { Shell } from "./shell-store.ts";
import { keyNames } from "./shortcuts.ts";
import type { Tour } from "./tour.ts";
import type { LabWindows } from "./windows/lab-windows.ts";

export interface Workbench extends SettingsStores {
  bridge: LabBridge;
  lab: LabClient;
  stores: LabStores;
  scene: SceneHandle;
  sceneStats: StoreApi<SceneStats>;
  raster: RasterHandle;
  painting: StoreApi<Painting>;
  shell: StoreApi<Shell>;
  layouts: LayoutStore;
  keymap: Keymap;
  tour: Tour;
  windows: LabWindows;
  crashes: CrashReports;
  recent: RecentFiles;
  /** With the keys that are in force. */
  commands: readonly WindowCommand[];
  /** The same commands acting on other stores: on a panel's own selection. */
  commandsOn(stores: LabStores): readonly WindowCommand[];
}

const WorkbenchContext = createContext<Workbench | null>(null);
export const WorkbenchProvider = WorkbenchContext.Provider;

export function useWorkbench(): Workbench {
  const workbench = useContext(WorkbenchContext);
  if (!workbench) throw new Error("useWorkbench outside of a WorkbenchProvider");
  return workbench;
}

/** Shows a refusal as a notice, unless the window shows it in full elsewhere. */
export function useRefusal(): (error: unknown) => void {
  const { stores } = useWorkbench();
  return useCallback(
    (error) => {
      if (isShownElsewhere(error)) return;
      stores.notices.getState().push("error", messageOf(error));
    },
    [stores],
  );
}

/** Runs work whose only visible result is an announcement. */
export function useAttempt(): (work: Promise<unknown>) => void {
  const refused = useRefusal();
  return (work) => {
    work.catch(refused);
  };
}

/** True while commands that change something would be accepted. */
export function useCanWrite(): boolean {
  const { stores } = useWorkbench();
  return useStore(stores.connection, (connection) => connection.phase === "open" && connection.write);
}

/** The first key of a command, as it is printed on keys. */
export function useShortcutOf(): (id: string) => string | undefined {
  const { commands } = useWorkbench();
  return (id) => {
    const [first] = commands.find((command) => command.id === id)?.shortcuts ?? [];
    return first === undefined ? undefined : keyNames(first);
  };
}

/**
 * The height in CSS pixels of a row in a long list, from its height at 100 %. A list that is told it measures no row, each of which
 * would lay the page out once more.
 */
export function useRowSize(px: number): number {
  const { settings } = useWorkbench();
  return useStore(settings, ({ scale }) => Math.max(px, Math.ceil((px * scale) / 100)));
}
