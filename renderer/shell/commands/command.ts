/** What an action of the window is, and the small words that the lists of this folder are written in. */
import type { StoreApi } from "zustand/vanilla";
import type { BrainStatus } from "#contracts/commands/brain.ts";
import type { CommandName, LabBridge } from "../../bridge/lab-bridge.ts";
import type { SceneHandle } from "../../scene/scene-handle.ts";
import type { LabStores } from "../../stores/lab-stores.ts";
import { messageOf } from "../../ui/error-text.ts";
import type { RecentFiles } from "../../ui/recent-files.ts";
import type { SettingsStores } from "../../ui/settings.ts";
import type { LayoutStore } from "../layout-store.ts";
import type { Shell } from "../shell-store.ts";
import type { Tour } from "../tour.ts";
import type { LabWindows } from "../windows/lab-windows.ts";

/** In the order in which the palette shows them. */
export const commandGroupOrder = ["brain", "debug", "genome", "edit", "rollout", "view", "layout", "window", "scene", "help"] as const;
export type CommandGroup = (typeof commandGroupOrder)[number];

export interface WindowCommand {
  id: string;
  title: string;
  group: CommandGroup;
  /** tinykeys notation; "$mod" is Ctrl, or ⌘ on macOS. */
  shortcuts: readonly string[];
  /** Where the shortcut works: everywhere, or with the focus in the scene, the circuit, the timeline, the raster, on a set of the explorer, or wherever neurons or areas are looked at. */
  context: "window" | "scene" | "circuit" | "timeline" | "raster" | "set" | "neuron" | "area";
  when(): boolean;
  /** What the browser does with the key happens too. */
  keepsKey?: boolean;
  run(): void;
}

/** What commands act on. */
export interface CommandParts extends SettingsStores {
  bridge: LabBridge;
  stores: LabStores;
  scene: SceneHandle;
  shell: StoreApi<Shell>;
  layouts: LayoutStore;
  tour: Tour;
  windows: LabWindows;
  recent: RecentFiles;
}

export type StatusCondition = (status: BrainStatus) => boolean;
export const hasBrain: StatusCondition = ({ state }) => state === "paused" || state === "running";

/** The words of a list: `own` makes a command of the window, `call` runs one of the lab and shows a refusal, the others are when-clauses. */
export function commandWords({ bridge, stores }: CommandParts) {
  const status = () => stores.brain.getState().status;
  const call = (name: CommandName, input: object) => {
    bridge.call(name, input as never).catch((error: unknown) => stores.notices.getState().push("error", messageOf(error)));
  };
  return {
    status,
    call,
    /** Whether commands that change something would be accepted. */
    connected: () => bridge.connection.phase === "open" && bridge.connection.write,
    /** Whether a brain is open. */
    has: () => {
      const now = status();
      return now !== null && hasBrain(now);
    },
    /** The burst where all views stand. */
    shownBurst: () => stores.selection.getState().cursor ?? status()?.burst ?? 0,
    runPause: () => call(status()?.state === "running" ? "brain.pause" : "brain.run", {}),
    own: (
      id: string,
      title: string,
      group: CommandGroup,
      run: () => void,
      extra: Partial<Pick<WindowCommand, "shortcuts" | "context" | "when" | "keepsKey">> = {},
    ): WindowCommand => ({ id, title, group, shortcuts: [], context: "window", when: () => true, run, ...extra }),
  };
}
