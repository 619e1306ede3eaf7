/**
 * Operations that edit a brain while it lives: neurons that move to other ids, single neurons, synapses by slot. The whole patch was
 * checked before. Layouts in contracts/patch.ts.
 */
import { int8Charge, int8Level } from "../membrane.ts";
import { joinBaselines, leaveBaselines } from "./baselines.ts";
import { ascendingOnce, moveNeurons } from "./neuron-moves.ts";
import { setExcitability, setLeak, setThreshold } from "./neuron-settings.ts";
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
      setThreshold(state, id, reals[i + 1]!);
      neurons.thresholdLimit[id] = int8 ? int8Level(reals[i + 2]!) : reals[i + 2]!;
      setLeak(state, id, reals[i + 3]!);
      setExcitability(state, id, reals[i + 4]!);
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
  reviveNeurons(state, words) {
    const { neurons, synapses } = state;
    const revived = words.filter((id) => id < neurons.count && !neurons.isValid(id));
    leaveBaselines(state, revived);
    for (const id of revived) neurons.setValid(id, true);
    joinBaselines(state, ascendingOnce(revived));
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
