/**
 * Operations that edit a brain while it lives: neurons that move to other ids, single neurons, synapses by slot. The whole patch was
 * checked before. Layouts in contracts/patch.ts.
 */
import { int8Charge, int8Level } from "../membrane.ts";
import { type NetworkState, NO_NEURON, POWER_AREA } from "./network-state.ts";
import { LEAK, writeSetting } from "./neuron-settings.ts";
import type { Operation } from "./patch-apply.ts";
import { removeSlot } from "./patch-writes.ts";

type LivingOp = "moveNeurons" | "neuronSettings" | "neuronStates" | "reviveNeurons" | "removeSynapseSlots" | "synapseWeights";

export const livingOperations: { [Op in LivingOp]: Operation } = {
  moveNeurons,
  neuronSettings(state, words, reals) {
    const { neurons, int8 } = state;
    for (let i = 0; i < words.length; i += 7) {
      const id = words[i]!;
      if (!neurons.isValid(id)) continue;
      writeSetting(state, 0, id, reals[i + 1]!);
      neurons.thresholdLimit[id] = int8 ? int8Level(reals[i + 2]!) : reals[i + 2]!;
      writeSetting(state, LEAK, id, reals[i + 3]!);
      neurons.excitability[id] = reals[i + 4]!;
      neurons.refractoryPeriod[id] = words[i + 5]!;
      neurons.consecutiveFireLimit[id] = words[i + 5]! >>> 16;
      neurons.snoozePeriod[id] = words[i + 6]!;
      neurons.setAccumulates(id, ((words[i + 6]! >>> 16) & 1) === 1);
    }
  },
  neuronStates({ neurons, int8, burst }, words, reals) {
    for (let i = 0; i < words.length; i += 3) {
      const id = words[i]!;
      if (!neurons.isValid(id)) continue;
      neurons.potential[id] = int8 ? int8Charge(reals[i + 1]!) : reals[i + 1]!;
      neurons.lastUpdate[id] = burst;
      neurons.consecutiveFires[id] = words[i + 2]! >>> 16;
      neurons.setCountdown(id, words[i + 2]! & 0xffff);
    }
  },
  reviveNeurons({ neurons, synapses }, words) {
    for (const id of words) if (id < neurons.count) neurons.setValid(id, true);
    synapses.version++;
  },
  removeSynapseSlots(state, words) {
    for (const slot of words) if (slot < state.synapses.count) removeSlot(state, slot);
  },
  synapseWeights({ synapses }, words, reals) {
    for (let i = 0; i < words.length; i += 2) {
      const slot = words[i]!;
      if (slot >= synapses.count || !synapses.isValid(slot)) continue;
      synapses.weight[slot] = reals[i + 1]!;
      synapses.refresh(slot);
    }
  },
};

/** What a neuron keeps under its new id. */
const moving = [
  ...(["potential", "lastUpdate", "consecutiveFires", "threshold", "thresholdLimit", "leak"] as const),
  ...(["refractoryPeriod", "excitability", "consecutiveFireLimit", "snoozePeriod"] as const),
];

function moveNeurons(state: NetworkState, words: Uint32Array): void {
  const { neurons, synapses } = state;
  const pairs: [from: number, to: number][] = [];
  for (let i = 0; i < words.length; i += 2) {
    const [from, to] = [words[i]!, words[i + 1]!];
    if (from === to || !neurons.isValid(from) || !neurons.isValid(to)) continue;
    for (const name of moving) neurons[name][to] = neurons[name][from]!;
    neurons.setCountdown(to, neurons.countdown[from]!);
    neurons.setAccumulates(to, neurons.accumulates[from] === 1);
    neurons.setValid(from, false);
    if (state.powerNeuron === from) state.powerNeuron = neurons.area[to] === POWER_AREA ? to : NO_NEURON;
    pairs.push([from, to]);
  }
  if (pairs.length === 0) return;
  const moved = Uint32Array.from({ length: neurons.count }, (_, id) => id);
  // Backwards, so that who moved on after it arrived is found where it went.
  for (const [from, to] of pairs.reverse()) moved[from] = moved[to]!;
  for (const ends of [synapses.source, synapses.target]) {
    for (let slot = 0; slot < synapses.count; slot++) if (ends[slot]! < neurons.count) ends[slot] = moved[ends[slot]!]!;
  }
  synapses.version++;
  synapses.stale = true;
}
