/** What operations of several kinds write alike. */
import type { NetworkState } from "./network-state.ts";

/** A row: source, target, weight, psp, and kind, delay and flags packed. */
export function addSynapses({ synapses, strict }: NetworkState, words: Uint32Array, reals: Float32Array, group: number): void {
  synapses.makeRoom(words.length / 5, strict);
  for (let i = 0; i < words.length; i += 5) {
    const [source, target, packed] = [words[i]!, words[i + 1]!, words[i + 4]!];
    synapses.add({ source, target, weight: reals[i + 2]!, psp: reals[i + 3]!, packed, group }, strict);
  }
}

export function removeSlot(state: NetworkState, slot: number): void {
  if (slot >= 0) state.synapses.remove(slot, state.strict, state.removedConduct);
}
