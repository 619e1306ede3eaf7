/** State of the window itself: which dialog is open, and the docks' verbs once they stand. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { Docks } from "./docks.ts";
import type { HelpPage } from "./help.ts";
import type { SettingId } from "./palette-search.ts";

type DialogId = "palette" | "commands" | "open" | "export" | "settings" | "shortcuts" | "runTo" | "layouts";

export interface Shell {
  dialog: DialogId | null;
  /** The item of the settings that was asked for by name; it gets the focus. */
  setting: SettingId | null;
  helpPage: HelpPage["id"];
  docks: Docks | null;
  open(dialog: DialogId): void;
  close(): void;
}

export function createShell(): StoreApi<Shell> {
  return createStore<Shell>((set) => ({
    dialog: null,
    setting: null,
    helpPage: "window",
    docks: null,
    open: (dialog) => set({ dialog }),
    close: () => set({ dialog: null, setting: null }),
  }));
}
