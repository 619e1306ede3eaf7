/** What a spike of the next burst would send to one neuron, synapse by synapse: the ground on which a contribution is explained. */
import type { Afferents } from "../engine.ts";
import { isMemoryId } from "./id-ranges.ts";
import { transmissionOf } from "./modulators.ts";
import type { NetworkState } from "./network-state.ts";

export function afferentsOf(state: NetworkState, target: number): Afferents {
  const { synapses, neurons, memory, areas } = state;
  const isReached = target < neurons.count || memory.areaOf(target) !== undefined;
  const slots: number[] = [];
  for (let slot = 0; isReached && slot < synapses.count; slot++) {
    const conducts = synapses.isLive(slot) || (state.removedConduct && !state.generalPath && synapses.isIndexed(slot));
    if (synapses.target[slot] !== target || !conducts) continue;
    const source = synapses.source[slot]!;
    // A memory neuron sends by the area it is mapped to; without one only the undivided path sends.
    if (source < neurons.count || (isMemoryId(source) && (memory.areaOf(source) !== undefined || !state.generalPath))) slots.push(slot);
  }
  slots.sort((a, b) => synapses.source[a]! - synapses.source[b]! || a - b);
  const order = Uint32Array.from(slots);
  const { slot, source, delay, weight, psp, kind } = synapses.rows(order);
  const settings = Array.from(source, (id) => {
    const area = id < neurons.count ? neurons.area[id] : memory.areaOf(id);
    return area === undefined ? undefined : areas.find(area);
  });
  const degrees = state.generalPath ? liveDegrees(state, new Set(source)) : null;
  return {
    slot,
    source,
    delay,
    weight,
    psp,
    kind,
    divisor: Uint32Array.from(source, (id, i) => (settings[i]?.pspUniform === true ? 1 : Math.max(1, degrees?.get(id) ?? 1))),
    factor: Float32Array.from(slot, (at) => transmissionOf(state, at)),
    mpDriven: Uint8Array.from(settings, (area) => (area?.mpDrivenPsp === true ? 1 : 0)),
  };
}

function liveDegrees({ synapses }: NetworkState, sources: ReadonlySet<number>): Map<number, number> {
  const degrees = new Map<number, number>();
  for (let slot = 0; slot < synapses.count; slot++) {
    const source = synapses.source[slot]!;
    if (sources.has(source) && synapses.isLive(slot)) degrees.set(source, (degrees.get(source) ?? 0) + 1);
  }
  return degrees;
}
