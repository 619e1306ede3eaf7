/** State of the window itself: which dialog is open, and the docks' verbs once they stand. */
import { createStore, type StoreApi } from "zustand/vanilla";

export const panelIds = [
  "explorer",
  "scene",
  "inspector",
  "stimulate",
  "raster",
  "problems",
  "rollout",
  "log",
  "timeline",
  "breakpoints",
  "watches",
  "why",
  "phases",
] as const;
export type PanelId = (typeof panelIds)[number];
type DialogId = "palette" | "open" | "export" | "settings" | "shortcuts" | "runTo";

interface Docks {
  /** Brings a panel to the front, opening it at its preset place where it was closed, and focuses it. */
  show(panel: PanelId): void;
  maximise(): void;
  /** Focuses the next or previous group of tabs. */
  cycle(step: 1 | -1): void;
  reset(): void;
}

export interface Shell {
  dialog: DialogId | null;
  docks: Docks | null;
  open(dialog: DialogId): void;
  close(): void;
}

export function createShell(): StoreApi<Shell> {
  return createStore<Shell>((set) => ({
    dialog: null,
    docks: null,
    open: (dialog) => set({ dialog }),
    close: () => set({ dialog: null }),
  }));
}
