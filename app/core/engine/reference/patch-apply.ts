/**
 * Applies a checked engine patch: one function per kind of change, in the order of the stream.
 *
 * Area operations touch the valid neurons of the area; unknown ids, areas and pairs have no effect.
 * Source: spec/burst-engine.md sections 3, 9, 10.2; the repairs of section 11 where the state is not strict.
 */
import { NO_FIRE_LIMIT, NO_THRESHOLD_LIMIT } from "#contracts/network.ts";
import { type PatchOp, patchOp } from "#contracts/patch.ts";
import { int8Charge, int8Level } from "../membrane.ts";
import { joinBaselines, leaveBaselines } from "./baselines.ts";
import { bitWords, hasBit, setBit } from "./bits.ts";
import { reseedHomeostat } from "./homeostat.ts";
import { voxelIds } from "./lookup.ts";
import { type NetworkState, NO_NEURON, POWER_AREA } from "./network-state.ts";
import { eachOf, setExcitability, setLeak, setThreshold, writeSetting, writeThresholdLimit } from "./neuron-settings.ts";
import { extensionOperations } from "./patch-extensions.ts";
import { learningOperations } from "./patch-learning.ts";
import { livingOperations } from "./patch-living.ts";
import { addSynapses, removeSlot } from "./patch-writes.ts";

export function applyPatch(state: NetworkState, patch: Uint32Array): void {
  const reals = new Float32Array(patch.buffer, patch.byteOffset, patch.length);
  for (let at = 0; at < patch.length; at += 2 + patch[at + 1]!) {
    const from = at + 2;
    const to = from + patch[at + 1]!;
    byOpcode.get(patch[at]!)!(state, patch.subarray(from, to), reals.subarray(from, to));
  }
}

/** Applies one operation, whose arguments are seen both as words and as f32. */
export type Operation = (state: NetworkState, words: Uint32Array, reals: Float32Array) => void;

const operations: { [Op in PatchOp]: Operation } = {
  stageInput({ staged }, words, reals) {
    staged.reserve(roomFor(staged.count + words.length / 2, staged.ids.length));
    for (let i = 0; i < words.length; i += 2) staged.push(words[i]!, reals[i + 1]!);
  },
  forceFire: (state, words, reals) => forceFire(state, words[0]!, words.subarray(1), reals.subarray(1)),
  setPowerAmount(state, _, reals) {
    state.powerAmount = reals[0]!;
  },
  setFatigueActive(state, words) {
    state.fatigueActive = words[0] === 1;
  },
  areaThreshold(state, words, reals) {
    eachOf(state, words[0]!, (id) => setThreshold(state, id, reals[1]!));
    state.memory.updateSparse(words[0]!, { threshold: reals[1]! });
  },
  areaThresholdLimit(state, words, reals) {
    eachOf(state, words[0]!, (id) => writeThresholdLimit(state, id, reals[1]!));
    state.memory.updateSparse(words[0]!, { limit: reals[1] === 0 ? Math.fround(NO_THRESHOLD_LIMIT) : reals[1]! });
  },
  areaThresholdGradient: (state, words, reals) => eachOf(state, words[0]!, (id) => setThreshold(state, id, gradientAt(state, id, reals))),
  areaRefractory(state, words) {
    const { neurons } = state;
    eachOf(state, words[0]!, (id) => {
      neurons.refractoryPeriod[id] = words[1]!;
      neurons.consecutiveFires[id] = 0;
      if (neurons.refractoryPeriod[id] === 0) neurons.setCountdown(id, 0);
    });
    state.memory.updateSparse(words[0]!, { refractory: words[1]! & 0xffff });
  },
  areaLeak(state, words, reals) {
    eachOf(state, words[0]!, (id) => setLeak(state, id, reals[1]!));
    reseedHomeostat(state, words[0]!, reals[1]!);
  },
  areaConsecutiveFireLimit(state, words) {
    const { consecutiveFireLimit } = state.neurons;
    eachOf(state, words[0]!, (id) => {
      consecutiveFireLimit[id] = words[1]!;
      if (consecutiveFireLimit[id] === 0) consecutiveFireLimit[id] = NO_FIRE_LIMIT;
    });
    state.memory.updateSparse(words[0]!, { fireLimit: words[1]! & 0xffff || NO_FIRE_LIMIT });
  },
  areaSnooze(state, words) {
    eachOf(state, words[0]!, (id) => {
      state.neurons.snoozePeriod[id] = words[1]!;
    });
    state.memory.updateSparse(words[0]!, { snooze: words[1]! & 0xffff });
  },
  areaExcitability: (state, words, reals) => eachOf(state, words[0]!, (id) => setExcitability(state, id, reals[1]!)),
  areaAccumulation(state, words) {
    eachOf(state, words[0]!, (id) => {
      state.neurons.setAccumulates(id, words[1] === 1);
      if (words[1] === 0) state.neurons.potential[id] = 0;
    });
  },
  areaPostsynapticCurrent(state, words, reals) {
    state.areas.update(words[0]!, { baselinePsp: reals[1]! });
    setOutgoingPsp(state, words[0]!, reals[1]!);
    for (const mapping of state.mappings.list) if (mapping.source === words[0]) mapping.psp = reals[1]!;
  },
  areaDegeneration: (state, words, reals) => state.areas.update(words[0]!, { degeneration: reals[1]! }),
  areaPspUniform: (state, words) => setFlag(state, words[0]!, { pspUniform: words[1] === 1 }),
  areaMpDrivenPsp: (state, words) => setFlag(state, words[0]!, { mpDrivenPsp: words[1] === 1 }),
  resetAreaRuntime: (state, words) => resetAreaRuntime(state, words[0]!),
  deleteNeurons: (state, words) => deleteNeurons(state, words),
  removeSynapse: (state, words) => removeSlot(state, state.synapses.find(words[0]!, words[1]!, !state.strict)),
  removeSynapsesFromTo: (state, words) => removeSynapsesFromTo(state, words.subarray(1, 1 + words[0]!), words.subarray(1 + words[0]!)),
  addSynapses: (state, words, reals) => addSynapses(state, words, reals, 0),
  updateSynapseWeight({ synapses, strict }, words, reals) {
    const slot = synapses.find(words[0]!, words[1]!, !strict);
    if (slot < 0 || !synapses.isValid(slot)) return;
    synapses.weight[slot] = reals[2]!;
    synapses.refresh(slot);
  },
  rebuildSynapseIndex({ synapses, strict }) {
    if (strict) synapses.reindex();
  },
  neuronMembranePotential({ neurons, int8, burst }, words, reals) {
    if (!neurons.isValid(words[0]!)) return;
    neurons.potential[words[0]!] = int8 ? int8Charge(reals[1]!) : reals[1]!;
    neurons.lastUpdate[words[0]!] = burst;
  },
  neuronLeak(state, words, reals) {
    if (state.neurons.isValid(words[0]!)) setLeak(state, words[0]!, Math.min(1, Math.max(0, reals[1]!)));
  },
  neuronRefractory({ neurons }, words) {
    if (!neurons.isValid(words[0]!)) return;
    neurons.refractoryPeriod[words[0]!] = words[1]!;
    neurons.setCountdown(words[0]!, neurons.refractoryPeriod[words[0]!]!);
    neurons.consecutiveFires[words[0]!] = 0;
  },
  addNeurons: (state, words, reals) => addNeurons(state, words[0]!, words.subarray(1), reals.subarray(1)),
  ...livingOperations,
  ...learningOperations,
  ...extensionOperations,
};
const byOpcode = new Map<number, Operation>((Object.keys(operations) as PatchOp[]).map((name) => [patchOp[name], operations[name]]));

/** Threshold gradient from the stored coordinates; `reals` holds base and increments from its second place on. */
function gradientAt({ neurons }: NetworkState, id: number, reals: Float32Array): number {
  const alongX = Math.fround(reals[1]! + Math.fround(Math.fround(neurons.x[id]!) * reals[2]!));
  const alongY = Math.fround(alongX + Math.fround(Math.fround(neurons.y[id]!) * reals[3]!));
  return Math.fround(alongY + Math.fround(Math.fround(neurons.z[id]!) * reals[4]!));
}

/** The first flag ever set moves propagation to the general path, on which removed synapses are silent. */
function setFlag(state: NetworkState, area: number, flag: { pspUniform: boolean } | { mpDrivenPsp: boolean }): void {
  const conducted = state.removedConduct;
  state.areas.update(area, flag);
  if (conducted && !state.removedConduct) state.synapses.stale = true;
}

/** Writes one postsynaptic potential to every valid indexed synapse that leaves a valid neuron of the area; memory neurons keep theirs. */
function setOutgoingPsp(state: NetworkState, area: number, psp: number): void {
  const synapses = state.freshRows();
  const { area: areas, count, valid } = state.neurons;
  for (let id = 0; id < count; id++) {
    if (areas[id] !== area || !hasBit(valid, id)) continue;
    for (let e = synapses.rowStart[id]!; e < synapses.rowStart[id + 1]!; e++) {
      const slot = synapses.entrySlot[e]!;
      if (!synapses.isLive(slot)) continue;
      synapses.psp[slot] = psp;
      synapses.refreshEntry(e, slot);
    }
  }
}

/**
 * Silences an area and forgets what is under way to its neurons; parameters, weights and stamps stay. What is on its way to a
 * deleted neuron stays too.
 */
function resetAreaRuntime(state: NetworkState, area: number): void {
  const { neurons } = state;
  const isReset = (id: number) => neurons.isValid(id) && neurons.area[id] === area;
  state.staged.filter((id) => !isReset(id));
  state.forced.filter((id) => !isReset(id));
  state.fired.filter((id) => neurons.area[id] !== area);
  state.markFired();
  state.memory.resetArea(area);
  eachOf(state, area, (id) => {
    state.candidates.remove(id);
    state.arrivals.removeTarget(id);
    neurons.potential[id] = 0;
    neurons.consecutiveFires[id] = 0;
    neurons.setCountdown(id, 0);
  });
  const baseline = state.areas.find(area)?.baselinePsp ?? null;
  if (baseline !== null) setOutgoingPsp(state, area, baseline);
}

/** Every synapse from or to a deleted neuron goes with it. What it has sent is still delivered. */
function deleteNeurons(state: NetworkState, ids: Uint32Array): void {
  const { neurons, synapses } = state;
  leaveBaselines(state, ids);
  const doomed = new Uint32Array(bitWords(neurons.count));
  let any = false;
  for (const id of ids) {
    if (id >= neurons.count) continue;
    setBit(doomed, id);
    neurons.setValid(id, false);
    if (id === state.powerNeuron) state.powerNeuron = NO_NEURON;
    any = true;
  }
  if (!any) return;
  const isDoomed = (id: number) => id < neurons.count && hasBit(doomed, id);
  const { source, target, count } = synapses;
  for (let slot = 0; slot < count; slot++) if (isDoomed(source[slot]!) || isDoomed(target[slot]!)) removeSlot(state, slot);
}

function removeSynapsesFromTo(state: NetworkState, sources: Uint32Array, targets: Uint32Array): void {
  const from = new Set(sources);
  const into = new Set(targets);
  const { source, target, count } = state.synapses;
  for (let slot = 0; slot < count; slot++) {
    if (state.synapses.isLive(slot) && from.has(source[slot]!) && into.has(target[slot]!)) removeSlot(state, slot);
  }
}

/** Forced fires are resolved to ids at once; zero, non-finite and unknown ones are dropped. */
function forceFire(state: NetworkState, area: number, words: Uint32Array, reals: Float32Array): void {
  const ids = voxelIds(state.neurons, area, words, 4);
  for (let i = 0; i < ids.length; i++) {
    const potential = reals[i * 4 + 3]!;
    if (ids[i] !== NO_NEURON && potential !== 0 && Number.isFinite(potential)) state.forced.push(ids[i]!, potential);
  }
}

function addNeurons(state: NetworkState, area: number, words: Uint32Array, reals: Float32Array): void {
  const { neurons } = state;
  const first = neurons.count;
  const added = words.length / 9;
  if (added === 0) return;
  neurons.reserve(roomFor(first + added, neurons.capacity));
  neurons.count = first + added;
  for (let i = 0, id = first; id < neurons.count; i += 9, id++) {
    neurons.area[id] = area;
    neurons.x[id] = words[i]!;
    neurons.y[id] = words[i + 1]!;
    neurons.z[id] = words[i + 2]!;
    writeSetting(state, 0, id, reals[i + 3]!);
    neurons.thresholdLimit[id] = state.int8 ? int8Level(reals[i + 4]!) : reals[i + 4]!;
    neurons.leak[id] = reals[i + 5]!;
    neurons.excitability[id] = reals[i + 6]!;
    neurons.refractoryPeriod[id] = words[i + 7]!;
    neurons.consecutiveFireLimit[id] = words[i + 7]! >>> 16;
    neurons.snoozePeriod[id] = words[i + 8]!;
    neurons.accumulates[id] = (words[i + 8]! >>> 16) & 1;
    neurons.setValid(id, true);
  }
  if (area === POWER_AREA && state.powerNeuron === NO_NEURON) state.powerNeuron = first;
  state.fitToNeurons();
  joinBaselines(
    state,
    Array.from({ length: added }, (_, i) => first + i),
  );
}

/** Capacity that grows by half, so that many small additions copy little. */
function roomFor(needed: number, capacity: number): number {
  return needed <= capacity ? capacity : Math.max(needed, capacity + (capacity >>> 1));
}
