/** Engine patches on a lif-delta network: which operations there are, what beyond their shape is refused, and what they do. */
import { LabError } from "#contracts/errors.ts";
import { lifDynamics } from "#contracts/network.ts";
import { type PatchOp, patchOp } from "#contracts/patch.ts";
import { operationsOf } from "../golden-operations.ts";
import { bitWords, hasBit, setBit } from "../reference/bits.ts";
import { voxelIds } from "../reference/lookup.ts";
import { NO_NEURON } from "../reference/network-state.ts";
import { checkPatch } from "../reference/patch-check.ts";
import type { LifState } from "./lif-state.ts";

type Operation = (state: LifState, words: Uint32Array, reals: Float32Array) => void;

const operations: { [Op in PatchOp]?: Operation } = {
  stageInput({ staged, neurons }, words, reals) {
    for (let i = 0; i < words.length; i += 2) if (words[i]! < neurons.count) staged.push(words[i]!, reals[i + 1]!);
  },
  forceFire({ forced, neurons }, words, reals) {
    const ids = voxelIds(neurons, words[0]!, words.subarray(1), 4);
    for (let i = 0; i < ids.length; i++) {
      const potential = reals[1 + i * 4 + 3]!;
      if (ids[i] !== NO_NEURON && potential !== 0) forced.push(ids[i]!, potential);
    }
  },
  deleteNeurons(state, words) {
    const { neurons, synapses } = state;
    const doomed = new Uint32Array(bitWords(neurons.count));
    for (const id of words) {
      if (id >= neurons.count) continue;
      setBit(doomed, id);
      neurons.setValid(id, false);
    }
    for (let slot = 0; slot < synapses.count; slot++) {
      if (synapses.isValid(slot) && (hasBit(doomed, synapses.source[slot]!) || hasBit(doomed, synapses.target[slot]!)))
        state.removeSlot(slot);
    }
  },
  removeSynapse(state, words) {
    const slot = state.synapses.find(words[0]!, words[1]!);
    if (slot >= 0) state.removeSlot(slot);
  },
  removeSynapsesFromTo(state, words) {
    const from = new Set(words.subarray(1, 1 + words[0]!));
    const into = new Set(words.subarray(1 + words[0]!));
    const { source, target, count } = state.synapses;
    for (let slot = 0; slot < count; slot++) {
      if (state.synapses.isValid(slot) && from.has(source[slot]!) && into.has(target[slot]!)) state.removeSlot(slot);
    }
  },
  addSynapses(state, words, reals) {
    const { synapses } = state;
    const slots: number[] = [];
    for (let i = 0; i < words.length; i += 5)
      slots.push(synapses.add(words[i]!, words[i + 1]!, reals[i + 2]!, (words[i + 4]! >>> 8) & 0xff));
    state.teach(slots);
  },
  updateSynapseWeight({ synapses }, words, reals) {
    const slot = synapses.find(words[0]!, words[1]!);
    if (slot >= 0) synapses.setWeight(slot, reals[2]!);
  },
  neuronMembranePotential({ neurons, parameters }, words, reals) {
    const id = words[0]!;
    if (neurons.isValid(id)) neurons.potential[id] = reals[1]! - parameters[neurons.parameterSet[id]!]!.restingPotential;
  },
  neuronRefractory({ neurons }, words) {
    if (neurons.isValid(words[0]!)) neurons.countdown[words[0]!] = words[1]!;
  },
};
const byOpcode = new Map<number, Operation>(Object.entries(operations).map(([name, run]) => [patchOp[name as PatchOp], run]));
const wiring: ReadonlySet<number> = new Set(
  (["deleteNeurons", "removeSynapse", "removeSynapsesFromTo", "addSynapses", "updateSynapseWeight"] as const).map((name) => patchOp[name]),
);

/** Refuses a patch of which any part cannot be applied. */
export function checkLifPatch({ neurons }: LifState, patch: Uint32Array): void {
  checkPatch(patch, true, neurons.count);
  let at = 0;
  for (const { code, words, reals } of operationsOf(patch)) {
    const name = Object.entries(patchOp).find(([, number]) => number === code)?.[0];
    if (!byOpcode.has(code)) {
      throw new LabError(
        "E_UNSUPPORTED",
        `Neurons of ${lifDynamics} have no operation ${name}`,
        { operation: name, at },
        "Leave it out, or take a network of FEAGI's neurons.",
      );
    }
    if (code === patchOp.addSynapses) checkAdded(words, reals, neurons.count, at);
    at++;
  }
}

export function applyLifPatch(state: LifState, patch: Uint32Array): void {
  for (const { code, words, reals } of operationsOf(patch)) {
    if (wiring.has(code)) state.synapses.own();
    byOpcode.get(code)!(state, words, reals);
  }
}

function checkAdded(words: Uint32Array, reals: Float32Array, neurons: number, operation: number): void {
  for (let i = 0; i < words.length; i += 5) {
    const packed = words[i + 4]! & 0xffffff;
    const message =
      words[i]! >= neurons || words[i + 1]! >= neurons
        ? `argument ${i} or ${i + 1} is no neuron`
        : reals[i + 3] !== 1
          ? `argument ${i + 3} is not 1: the weight alone is the potential`
          : (packed & 0xff00ff) !== 0
            ? `argument ${i + 4} holds a kind or flags: the sign of the weight says which`
            : undefined;
    if (message === undefined) continue;
    throw new LabError("E_INVALID", `The engine patch was refused at operation ${operation} (addSynapses): ${message}`, {
      issues: [{ path: `operation ${operation} (addSynapses)`, message }],
    });
  }
}
