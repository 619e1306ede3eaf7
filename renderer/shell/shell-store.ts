/** State of the window itself: which dialog is open, and the docks' verbs once they stand. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { Docks } from "./docks.ts";

type DialogId = "palette" | "open" | "export" | "settings" | "shortcuts" | "runTo" | "layouts";

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
