/** Propagation: what the spikes of a burst send over their synapses, into the sums of the bursts to come. Source: spec/burst-engine.md 4. */
import { UNTOUCHED } from "./charge-sums.ts";
import { transmissionOf } from "./modulators.ts";
import type { NetworkState } from "./network-state.ts";

/**
 * Schedules what every spike of this burst sends over its synapses: sources ascending, slots ascending, one addition at a time.
 * The loop holds on to the arrivals of one delay, as most synapses share it.
 */
export function propagate(state: NetworkState): void {
  const { fired, areas, arrivals, burst } = state;
  if (fired.count === 0) return;
  if (state.modulators?.transmitting) {
    propagateModulated(state);
    return;
  }
  const { rowStart, outDegree, entryTarget, entryContribution, entryDelay } = state.freshRows();
  const { ordinal, uniform, mpDriven, flagged } = areas;
  let delay = 1;
  let slot = arrivals.at(burst + 1);
  let { sums, bits, touched } = slot;
  for (let f = 0; f < fired.count; f++) {
    const source = fired.ids[f]!;
    const start = rowStart[source]!;
    const end = rowStart[source + 1]!;
    if (start === end) continue;
    const area = ordinal[source]!;
    const divisor = flagged && uniform[area] === 0 ? Math.max(1, outDegree[source]!) : 1;
    if (mpDriven[area] === 1) {
      sendDrivenRow(state, start, end, divisor, fired.potentials[f]!);
      continue;
    }
    for (let e = start; e < end; e++) {
      const d = entryDelay[e]!;
      if (d !== delay) {
        if (d === 0) continue;
        delay = d;
        slot = arrivals.at(burst + d);
        ({ sums, bits, touched } = slot);
      }
      const target = entryTarget[e]!;
      const contribution = divisor === 1 ? entryContribution[e]! : Math.fround(entryContribution[e]! / divisor);
      if (bits[target] === UNTOUCHED) {
        sums[target] = contribution + 0;
        touched[target >>> 5]! |= 1 << (target & 31);
        slot.size++;
      } else {
        sums[target]! += contribution;
      }
    }
  }
}

/** Here the potential at firing stands in for the postsynaptic potential of the synapse. */
function sendDrivenRow(state: NetworkState, start: number, end: number, divisor: number, firedAt: number): void {
  const { entryTarget, entrySlot, entryDelay, weight, kind } = state.synapses;
  const psp = Number.isFinite(firedAt) ? Math.max(firedAt, 0) : 0;
  for (let e = start; e < end; e++) {
    if (entryDelay[e] === 0) continue;
    const slot = entrySlot[e]!;
    const product = Math.fround(weight[slot]! * psp);
    const contribution = Math.fround((kind[slot] === 0 ? product : -product) / divisor);
    state.arrivals.at(state.burst + entryDelay[e]!).add(entryTarget[e]!, contribution);
  }
}

/** The same with a factor per synapse. Without flags FEAGI takes its general path for such a burst, on which it divides. */
function propagateModulated(state: NetworkState): void {
  const { fired, areas, arrivals, burst, generalPath } = state;
  const { rowStart, outDegree, entrySlot, entryTarget, entryContribution, entryDelay, weight, kind } = state.freshRows();
  for (let f = 0; f < fired.count; f++) {
    const source = fired.ids[f]!;
    const area = areas.ordinal[source]!;
    const divisor = generalPath && areas.uniform[area] === 0 ? Math.max(1, outDegree[source]!) : 1;
    const driven = areas.mpDriven[area] === 1;
    const psp = Number.isFinite(fired.potentials[f]!) ? Math.max(fired.potentials[f]!, 0) : 0;
    for (let e = rowStart[source]!; e < rowStart[source + 1]!; e++) {
      const slot = entrySlot[e]!;
      if (entryDelay[e] === 0 || !state.synapses.isLive(slot)) continue;
      const product = Math.fround(weight[slot]! * psp);
      const contribution = driven ? (kind[slot] === 0 ? product : -product) : entryContribution[e]!;
      const modulated = Math.fround(Math.fround(contribution / divisor) * transmissionOf(state, slot));
      arrivals.at(burst + entryDelay[e]!).add(entryTarget[e]!, modulated);
    }
  }
}
