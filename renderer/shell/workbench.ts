/**
 * What main.tsx builds once and every panel may use. Panels select from the stores, send commands by `lab`, and hold no
 * truth of their own; `attempt` shows a refused command as a notice so that no rejection is lost.
 */
import { createContext, useContext } from "react";
import { useStore } from "zustand";
import type { StoreApi } from "zustand/vanilla";
import type { LabBridge, LabClient } from "../bridge/lab-bridge.ts";
import type { RasterHandle } from "../scene/raster.ts";
import type { SceneHandle } from "../scene/scene.ts";
import type { SceneStats } from "../scene/scene-types.ts";
import type { LabStores } from "../stores/lab-stores.ts";
import { messageOf } from "../ui/error-text.ts";
import type { SettingsStores } from "../ui/settings.ts";
import type { Painting } from "./painting.ts";
import type { Shell } from "./shell-store.ts";
import type { WindowCommand } from "./window-commands.ts";

export interface Workbench extends SettingsStores {
  bridge: LabBridge;
  lab: LabClient;
  stores: LabStores;
  scene: SceneHandle;
  sceneStats: StoreApi<SceneStats>;
  raster: RasterHandle;
  painting: StoreApi<Painting>;
  shell: StoreApi<Shell>;
  commands: readonly WindowCommand[];
}

const WorkbenchContext = createContext<Workbench | null>(null);
export const WorkbenchProvider = WorkbenchContext.Provider;

export function useWorkbench(): Workbench {
  const workbench = useContext(WorkbenchContext);
  if (!workbench) throw new Error("useWorkbench outside of a WorkbenchProvider");
  return workbench;
}

/** Runs work whose only visible result is an announcement; what is refused becomes a notice. */
export function useAttempt(): (work: Promise<unknown>) => void {
  const { stores } = useWorkbench();
  return (work) => {
    work.catch((error: unknown) => stores.notices.getState().push("error", messageOf(error)));
  };
}

/** True while commands that change something would be accepted. */
export function useCanWrite(): boolean {
  const { stores } = useWorkbench();
  return useStore(stores.connection, (connection) => connection.phase === "open" && connection.write);
}
