/** How far what is shown lies behind what is recorded; timeline and run bar say the same. */
import { useStore } from "zustand";
import { useWorkbench } from "./workbench.ts";

/** Bursts between what is shown and the newest recorded one. */
export function useBehind(): number {
  const { stores } = useWorkbench();
  const cursor = useStore(stores.selection, (selection) => selection.cursor);
  const at = useStore(stores.brain, ({ status }) => status?.burst ?? 0);
  const last = useStore(stores.timeline.store, ({ recording }) => recording?.last ?? 0);
  return Math.max(0, Math.max(last, at) - (cursor ?? at));
}
