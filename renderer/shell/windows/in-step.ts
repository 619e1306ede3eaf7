/**
 * Keeps selection, time cursor and pins alike in all windows of a lab. A change is told with a stamp; what comes with an older one is
 * let pass, so that windows which speak at once end alike; what was taken over is not told again.
 */
import type { StoreApi } from "zustand/vanilla";
import type { SelectionStore } from "../../stores/selection-store.ts";
import { isPanelId } from "../panels.ts";
import type { Shell } from "../shell-store.ts";
import type { Shared, Stamp } from "./window-messages.ts";

export interface InStep {
  /** What this window shows, with the stamp of the change that made it so. */
  now(): { stamp: Stamp; shared: Shared };
  /** Takes over what another window tells; false where this one knows something newer. */
  take(stamp: Stamp, shared: Shared): boolean;
}

interface Parts {
  id: string;
  selection: SelectionStore;
  shell: StoreApi<Shell>;
  tell(stamp: Stamp, shared: Shared): void;
}

export function keepInStep({ id, selection, shell, tell }: Parts): InStep {
  let stamp: Stamp = { count: 0, by: id };
  let isTaking = false;
  const shared = (): Shared => {
    const { areas, area, voxels, voxel, neuron, cursor } = selection.getState();
    return { areas: [...areas], area, voxels: [...voxels], voxel, neuron, cursor, unpinned: [...shell.getState().unpinned] };
  };
  const changed = () => {
    if (isTaking) return;
    stamp = { count: stamp.count + 1, by: id };
    tell(stamp, shared());
  };
  const keys = ["areas", "voxels", "neuron", "cursor"] as const;
  selection.subscribe((now, before) => {
    if (keys.some((key) => now[key] !== before[key])) changed();
  });
  shell.subscribe((now, before) => {
    if (now.unpinned !== before.unpinned) changed();
  });
  return {
    now: () => ({ stamp, shared: shared() }),
    take(told, { cursor, unpinned, ...selected }) {
      if (!isLater(told, stamp)) return false;
      stamp = told;
      isTaking = true;
      try {
        selection.getState().take(selected);
        if (selection.getState().cursor !== cursor) selection.getState().setCursor(cursor);
        if (unpinned.join() !== [...shell.getState().unpinned].join()) shell.setState({ unpinned: new Set(unpinned.filter(isPanelId)) });
      } finally {
        isTaking = false;
      }
      return true;
    },
  };
}

const isLater = (a: Stamp, b: Stamp) => a.count > b.count || (a.count === b.count && a.by > b.by);
