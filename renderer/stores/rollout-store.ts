/** Which engine serves, and why, as the host last announced it. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { RolloutStatus } from "#contracts/rollout.ts";

interface RolloutState {
  status: RolloutStatus | null;
  set(status: RolloutStatus): void;
}
export type RolloutStore = StoreApi<RolloutState>;

export function createRolloutStore(): RolloutStore {
  return createStore<RolloutState>((set) => ({ status: null, set: (status) => set({ status }) }));
}
