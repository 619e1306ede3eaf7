/**
 * Applies a checked engine patch: one function per kind of change, in the order of the stream.
 *
 * Area operations touch the valid neurons of the area; unknown ids, areas and pairs have no effect.
 * Source: spec/burst-engine.md sections 3, 9, 10.2; the repairs of section 11 where the state is not strict.
 */
import { NO_FIRE_LIMIT, NO_THRESHOLD_LIMIT } from "#contracts/network.ts";
import { patchOp } from "#contracts/patch.ts";
import { caughtUp, int8Charge, int8Level } from "../membrane.ts";
import { bitWords, hasBit, setBit } from "./bits.ts";
import { voxelIds } from "./lookup.ts";
import { type NetworkState, NO_NEURON, POWER_AREA } from "./network-state.ts";

export function applyPatch(state: NetworkState, patch: Uint32Array): void {
  const reals = new Float32Array(patch.buffer, patch.byteOffset, patch.length);
  for (let at = 0; at < patch.length; at += 2 + patch[at + 1]!) {
    const from = at + 2;
    const to = from + patch[at + 1]!;
    applyOperation(state, patch[at]!, patch.subarray(from, to), reals.subarray(from, to));
  }
}

function applyOperation(state: NetworkState, opcode: number, words: Uint32Array, reals: Float32Array): void {
  const { neurons } = state;
  const area = words[0]!;
  const value = reals[1]!;
  switch (opcode) {
    case patchOp.stageInput:
      state.staged.reserve(state.staged.count + words.length / 2);
      for (let i = 0; i < words.length; i += 2) state.staged.push(words[i]!, reals[i + 1]!);
      return;
    case patchOp.forceFire:
      return forceFire(state, area, words.subarray(1), reals.subarray(1));
    case patchOp.setPowerAmount:
      state.powerAmount = reals[0]!;
      return;
    case patchOp.setFatigueActive:
      state.fatigueActive = words[0] === 1;
      return;
    case patchOp.areaThreshold:
      return eachOf(state, area, (id) => setThreshold(state, id, value));
    case patchOp.areaThresholdLimit:
      return eachOf(state, area, (id) => {
        if (state.int8) neurons.thresholdLimit[id] = value === 0 ? 255 : int8Level(value);
        else neurons.thresholdLimit[id] = value === 0 ? NO_THRESHOLD_LIMIT : value;
      });
    case patchOp.areaThresholdGradient:
      return eachOf(state, area, (id) => setThreshold(state, id, gradientAt(state, id, reals)));
    case patchOp.areaRefractory:
      return eachOf(state, area, (id) => {
        neurons.refractoryPeriod[id] = words[1]!;
        neurons.consecutiveFires[id] = 0;
        if (neurons.refractoryPeriod[id] === 0) neurons.setCountdown(id, 0);
      });
    case patchOp.areaLeak:
      return eachOf(state, area, (id) => setLeak(state, id, value));
    case patchOp.areaConsecutiveFireLimit:
      return eachOf(state, area, (id) => {
        neurons.consecutiveFireLimit[id] = words[1]!;
        if (neurons.consecutiveFireLimit[id] === 0) neurons.consecutiveFireLimit[id] = NO_FIRE_LIMIT;
      });
    case patchOp.areaSnooze:
      return eachOf(state, area, (id) => {
        neurons.snoozePeriod[id] = words[1]!;
      });
    case patchOp.areaExcitability:
      return eachOf(state, area, (id) => {
        neurons.excitability[id] = value;
      });
    case patchOp.areaAccumulation:
      return eachOf(state, area, (id) => {
        neurons.setAccumulates(id, words[1] === 1);
        if (words[1] === 0) neurons.potential[id] = 0;
      });
    case patchOp.areaPostsynapticCurrent:
      state.areas.update(area, { baselinePsp: value });
      return setOutgoingPsp(state, area, value);
    case patchOp.areaDegeneration:
      return state.areas.update(area, { degeneration: value });
    case patchOp.areaPspUniform:
      return setFlag(state, area, { pspUniform: words[1] === 1 });
    case patchOp.areaMpDrivenPsp:
      return setFlag(state, area, { mpDrivenPsp: words[1] === 1 });
    case patchOp.resetAreaRuntime:
      return resetAreaRuntime(state, area);
    case patchOp.deleteNeurons:
      return deleteNeurons(state, words);
    case patchOp.removeSynapse:
      return removeSlot(state, state.synapses.find(words[0]!, words[1]!, !state.strict));
    case patchOp.removeSynapsesFromTo:
      return removeSynapsesFromTo(state, words.subarray(1, 1 + words[0]!), words.subarray(1 + words[0]!));
    case patchOp.addSynapses:
      state.synapses.reserve(roomFor(state.synapses.count + words.length / 5, state.synapses.source.length));
      for (let i = 0; i < words.length; i += 5) {
        state.synapses.append(words[i]!, words[i + 1]!, reals[i + 2]!, reals[i + 3]!, words[i + 4]!, !state.strict);
      }
      return;
    case patchOp.updateSynapseWeight: {
      const slot = state.synapses.find(words[0]!, words[1]!, !state.strict);
      if (slot < 0 || !state.synapses.isValid(slot)) return;
      state.synapses.weight[slot] = reals[2]!;
      return state.synapses.refresh(slot);
    }
    case patchOp.rebuildSynapseIndex:
      if (state.strict) state.synapses.reindex();
      return;
    case patchOp.neuronMembranePotential:
      if (!neurons.isValid(words[0]!)) return;
      neurons.potential[words[0]!] = state.int8 ? int8Charge(value) : value;
      neurons.lastUpdate[words[0]!] = state.burst;
      return;
    case patchOp.neuronLeak:
      if (neurons.isValid(words[0]!)) setLeak(state, words[0]!, Math.min(1, Math.max(0, value)));
      return;
    case patchOp.neuronRefractory:
      if (!neurons.isValid(words[0]!)) return;
      neurons.refractoryPeriod[words[0]!] = words[1]!;
      neurons.setCountdown(words[0]!, words[1]! & 0xffff);
      neurons.consecutiveFires[words[0]!] = 0;
      return;
    case patchOp.addNeurons:
      return addNeurons(state, area, words.subarray(1), reals.subarray(1));
    default:
      throw new Error(`A checked patch holds no opcode ${opcode}`);
  }
}

/** Visits the valid neurons of an area. */
function eachOf(state: NetworkState, area: number, visit: (id: number) => void): void {
  const { area: areas, count, valid } = state.neurons;
  for (let id = 0; id < count; id++) if (areas[id] === area && hasBit(valid, id)) visit(id);
}

function setThreshold({ neurons, int8 }: NetworkState, id: number, threshold: number): void {
  neurons.threshold[id] = int8 ? int8Charge(threshold) : threshold;
}

/** Threshold gradient from the stored coordinates; `reals` holds base and increments from its second place on. */
function gradientAt({ neurons }: NetworkState, id: number, reals: Float32Array): number {
  const alongX = Math.fround(reals[1]! + Math.fround(Math.fround(neurons.x[id]!) * reals[2]!));
  const alongY = Math.fround(alongX + Math.fround(Math.fround(neurons.y[id]!) * reals[3]!));
  return Math.fround(alongY + Math.fround(Math.fround(neurons.z[id]!) * reals[4]!));
}

/** FEAGI lets a new leak act back over the idle stretch; `standard` settles it with the old leak first. */
function setLeak({ neurons, strict, int8, burst }: NetworkState, id: number, leak: number): void {
  if (!strict) {
    const settled = caughtUp(neurons.potential[id]!, neurons.leak[id]!, burst - neurons.lastUpdate[id]!);
    neurons.potential[id] = int8 ? int8Charge(settled) : settled;
    neurons.lastUpdate[id] = burst;
  }
  neurons.leak[id] = leak;
}

/** The first flag ever set moves propagation to the general path, on which removed synapses are silent. */
function setFlag(state: NetworkState, area: number, flag: { pspUniform: boolean } | { mpDrivenPsp: boolean }): void {
  const conducted = state.removedConduct;
  state.areas.update(area, flag);
  if (conducted && !state.removedConduct) state.synapses.stale = true;
}

/** Writes one postsynaptic potential to every valid indexed synapse leaving the area. */
function setOutgoingPsp(state: NetworkState, area: number, psp: number): void {
  const synapses = state.freshRows();
  const { area: areas, count } = state.neurons;
  for (let id = 0; id < count; id++) {
    if (areas[id] !== area) continue;
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

function removeSlot(state: NetworkState, slot: number): void {
  if (slot >= 0) state.synapses.remove(slot, state.strict, state.removedConduct);
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
    setThreshold(state, id, reals[i + 3]!);
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
}

/** Capacity that grows by half, so that many small additions copy little. */
function roomFor(needed: number, capacity: number): number {
  return needed <= capacity ? capacity : Math.max(needed, capacity + (capacity >>> 1));
}
