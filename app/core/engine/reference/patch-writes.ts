/** What operations of several kinds write alike. */
import type { NetworkState } from "./network-state.ts";

export function removeSlot(state: NetworkState, slot: number): void {
  if (slot >= 0) state.synapses.remove(slot, state.strict, state.removedConduct);
}
