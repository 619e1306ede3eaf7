/** Inputs that are held for input areas, as the host announces them. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { HeldInput } from "#contracts/commands/sensory.ts";
import type { CorticalId } from "#contracts/connectome.ts";

interface HeldState {
  held: readonly HeldInput[];
  /** Areas whose input a person holds. A sensor's last frame comes and goes within bursts, too fast for a mark. */
  areas: ReadonlySet<CorticalId>;
  set(held: readonly HeldInput[]): void;
}
export type HeldStore = StoreApi<HeldState>;

export function createHeldStore(): HeldStore {
  return createStore<HeldState>((set, get) => ({
    held: [],
    areas: new Set(),
    set(held) {
      const before = get().areas;
      const areas = new Set(held.filter(({ by }) => by === "hold").map(({ area }) => area));
      const isSame = areas.size === before.size && [...areas].every((area) => before.has(area));
      set({ held, areas: isSame ? before : areas });
    },
  }));
}
