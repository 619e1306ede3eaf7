/** What operations of several kinds write alike. */
import { caughtUp, int8Charge } from "../membrane.ts";
import type { NetworkState } from "./network-state.ts";

export function setThreshold({ neurons, int8 }: NetworkState, id: number, threshold: number): void {
  neurons.threshold[id] = int8 ? int8Charge(threshold) : threshold;
}

/** FEAGI lets a new leak act back over the idle stretch; `standard` settles it with the old leak first. */
export function setLeak({ neurons, strict, int8, burst }: NetworkState, id: number, leak: number): void {
  if (!strict) {
    const settled = caughtUp(neurons.potential[id]!, neurons.leak[id]!, burst - neurons.lastUpdate[id]!);
    neurons.potential[id] = int8 ? int8Charge(settled) : settled;
    neurons.lastUpdate[id] = burst;
  }
  neurons.leak[id] = leak;
}

export function removeSlot(state: NetworkState, slot: number): void {
  if (slot >= 0) state.synapses.remove(slot, state.strict, state.removedConduct);
}
