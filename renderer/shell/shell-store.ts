/** State of the window itself: which dialog is open, and the docks' verbs once they stand. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { OpenMenu } from "./context-menu.ts";
import type { Docks } from "./docks.ts";
import type { HelpPage } from "./help.ts";
import type { SettingId } from "./palette-search.ts";
import type { PanelId } from "./panels.ts";
import type { Replacing } from "./replacing.ts";

type DialogId =
  | "palette"
  | "commands"
  | "open"
  | "export"
  | "settings"
  | "shortcuts"
  | "runTo"
  | "layouts"
  | "figure"
  | "drawing"
  | "film"
  | "refused"
  | "new"
  | "workspace"
  | "caption";

/** What commands ask of the circuit. */
export interface CircuitVerbs {
  selectAll(): void;
  /** All of it where nothing is selected. */
  frame(what: "selection" | "all"): void;
}

export interface Shell {
  dialog: DialogId | null;
  /** The item of the settings that was asked for by name; it gets the focus. */
  setting: SettingId | null;
  helpPage: HelpPage["id"];
  /** The workspace file that was opened or saved last. */
  workspacePath: string | null;
  /** Edits that would be lost, and what to do about them. */
  replacing: Replacing | null;
  /** Panels that keep a selection of their own. */
  unpinned: ReadonlySet<PanelId>;
  docks: Docks | null;
  /** While it is shown. */
  circuit: CircuitVerbs | null;
  /** The menu that is open at the pointer. */
  menu: OpenMenu | null;
  open(dialog: DialogId): void;
  close(): void;
  openMenu(menu: OpenMenu): void;
  /** Follows the common selection again, or no longer. */
  pin(panel: PanelId): void;
}

export function createShell(): StoreApi<Shell> {
  return createStore<Shell>((set) => ({
    dialog: null,
    setting: null,
    helpPage: "window",
    workspacePath: null,
    replacing: null,
    unpinned: new Set(),
    docks: null,
    circuit: null,
    menu: null,
    open: (dialog) => set({ dialog }),
    openMenu: (menu) => set({ menu }),
    pin: (panel) =>
      set(({ unpinned }) => {
        const next = new Set(unpinned);
        if (!next.delete(panel)) next.add(panel);
        return { unpinned: next };
      }),
    close: () => set({ dialog: null, setting: null }),
  }));
}
