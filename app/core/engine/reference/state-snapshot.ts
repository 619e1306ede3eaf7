/**
 * A network state as snapshot columns and back. Tables that follow from the columns (rows, bits, ordinals) are not written.
 *
 * Restoring checks every bound a burst relies on, so a snapshot that passes cannot lead a burst astray.
 */

import { buildSections } from "../moment.ts";
import type { ChargeList } from "./charge-sums.ts";
import {
  checkExtensions,
  extensionColumns,
  extensionGroups,
  extensionSettings,
  rescales,
  restoreExtensions,
} from "./extension-snapshot.ts";
import { isMemoryId, REGULAR_NEURONS } from "./id-ranges.ts";
import { checkLearning, learningColumns, learningGroups, restoreLearning } from "./learning-snapshot.ts";
import { NetworkState, NO_NEURON, POWER_AREA } from "./network-state.ts";
import { scaledSettings } from "./neuron-settings.ts";
import { decodeSnapshot, encodeSnapshot, type SnapshotColumns, type SnapshotContents } from "./snapshot-codec.ts";
import { each, refuseSnapshot } from "./snapshot-container.ts";
import { synapseIndexed, synapsePlastic, synapseValid } from "./synapses.ts";

const MAX_DELAY = 255;

export function snapshotOf(state: NetworkState): Uint8Array {
  return encodeSnapshot(contentsOf(state));
}

/** The snapshot without what only patches change. */
export function momentOf(state: NetworkState): Uint8Array {
  const contents = contentsOf(state);
  const kept = new Set<string>([
    ...(learns(state) ? ["weight", "trace"] : []),
    ...(wears(state) ? ["psp"] : []),
    ...(rescales(state) ? scaledSettings : []),
  ]);
  const left = buildSections.filter((name) => !kept.has(name)).map((name) => [name, contents.columns[name].subarray(0, 0)]);
  return encodeSnapshot({ ...contents, columns: { ...contents.columns, ...Object.fromEntries(left) } });
}

/** Bursts change weights and traces. */
export function learns({ mappings }: NetworkState): boolean {
  return mappings.list.length > 0;
}

/** Bursts change psps. */
export function wears({ areas }: NetworkState): boolean {
  return areas.list().some(({ degeneration }) => degeneration > 0);
}

/** The state as columns, most of them views of it. */
export function contentsOf(state: NetworkState): SnapshotContents {
  const { neurons, synapses, strict, int8, burst } = state;
  const n = neurons.count;
  const s = synapses.count;
  const globals = new Uint32Array([0, state.fatigueActive ? 1 : 0, state.powerNeuron, 0]);
  new Float32Array(globals.buffer)[0] = state.powerAmount;
  if (Number.isNaN(state.powerAmount)) globals[0] = 0x7fc00000;
  const areas = state.areas.list();
  return {
    strict,
    int8,
    burst,
    columns: {
      globals,
      potential: neurons.potential.subarray(0, n),
      lastUpdate: neurons.lastUpdate.subarray(0, n),
      countdown: neurons.countdown.subarray(0, n),
      consecutiveFires: neurons.consecutiveFires.subarray(0, n),
      threshold: neurons.threshold.subarray(0, n),
      thresholdLimit: neurons.thresholdLimit.subarray(0, n),
      leak: neurons.leak.subarray(0, n),
      refractoryPeriod: neurons.refractoryPeriod.subarray(0, n),
      excitability: neurons.excitability.subarray(0, n),
      consecutiveFireLimit: neurons.consecutiveFireLimit.subarray(0, n),
      snoozePeriod: neurons.snoozePeriod.subarray(0, n),
      neuronFlags: neurons.accumulates.subarray(0, n).map((accumulates, id) => (neurons.isValid(id) ? 1 : 0) | (accumulates << 1)),
      area: neurons.area.subarray(0, n),
      x: neurons.x.subarray(0, n),
      y: neurons.y.subarray(0, n),
      z: neurons.z.subarray(0, n),
      source: synapses.source.subarray(0, s),
      target: synapses.target.subarray(0, s),
      weight: synapses.weight.subarray(0, s),
      psp: synapses.psp.subarray(0, s),
      kind: synapses.kind.subarray(0, s),
      delay: synapses.delay.subarray(0, s),
      synapseFlags: synapses.flags.subarray(0, s),
      synapseState: synapses.state.subarray(0, s),
      trace: synapses.trace.subarray(0, s),
      synapseGroup: synapses.group.length > 0 ? synapses.group.subarray(0, s) : synapses.group,
      areaIndex: Uint32Array.from(areas, (area) => area.index),
      areaPspUniform: Uint8Array.from(areas, (area) => flagByte(area.pspUniform)),
      areaMpDrivenPsp: Uint8Array.from(areas, (area) => flagByte(area.mpDrivenPsp)),
      areaDegeneration: Float32Array.from(areas, (area) => area.degeneration),
      areaBaselinePsp: Float32Array.from(areas, (area) => area.baselinePsp ?? Number.NaN),
      ...arrivalColumns(state),
      ...candidateColumns(state),
      ...firedColumns(state),
      ...learningColumns(state),
      ...extensionColumns(state),
      stagedId: state.staged.ids.subarray(0, state.staged.count),
      stagedPotential: state.staged.potentials.subarray(0, state.staged.count),
      forcedId: state.forced.ids.subarray(0, state.forced.count),
      forcedPotential: state.forced.potentials.subarray(0, state.forced.count),
    },
  };
}

/** Neurons that fired in the last burst, memory neurons last. */
export function firedColumns({ fired, memory }: NetworkState): Pick<SnapshotColumns, "firedId" | "firedPotential"> {
  const firedId = new Uint32Array(fired.count + memory.fired.length);
  const firedPotential = new Float32Array(firedId.length);
  firedId.set(fired.ids.subarray(0, fired.count));
  firedPotential.set(fired.potentials.subarray(0, fired.count));
  memory.fired.forEach(({ id, potential }, i) => {
    firedId[fired.count + i] = id;
    firedPotential[fired.count + i] = potential;
  });
  return { firedId, firedPotential };
}

/** Candidates of the last burst, ascending id. Ids without a neuron come last, as they lie beyond the others. */
export function candidateColumns(state: NetworkState): Pick<SnapshotColumns, "candidateId" | "candidateSum"> {
  const { candidates, unknownCandidates } = state;
  const candidateId = new Uint32Array(candidates.size + unknownCandidates.size);
  const candidateSum = new Float32Array(candidateId.length);
  let at = candidates.copyTo(candidateId, candidateSum, 0);
  for (const [id, sum] of [...unknownCandidates].sort((a, b) => a[0] - b[0])) {
    candidateId[at] = id;
    candidateSum[at++] = sum;
  }
  return { candidateId, candidateSum };
}

function arrivalColumns({ arrivals, memory, burst }: NetworkState): Pick<SnapshotColumns, "arrivalBurst" | "arrivalTarget" | "arrivalSum"> {
  let count = 0;
  for (let ahead = 1; ahead <= MAX_DELAY; ahead++) {
    count += (arrivals.find(burst + ahead)?.size ?? 0) + (memory.arrivals.get(burst + ahead)?.size ?? 0);
  }
  const arrivalBurst = new Uint32Array(count);
  const arrivalTarget = new Uint32Array(count);
  const arrivalSum = new Float32Array(count);
  let at = 0;
  for (let ahead = 1; ahead <= MAX_DELAY; ahead++) {
    let next = arrivals.find(burst + ahead)?.copyTo(arrivalTarget, arrivalSum, at) ?? at;
    for (const [id, sum] of [...(memory.arrivals.get(burst + ahead) ?? [])].sort((a, b) => a[0] - b[0])) {
      arrivalTarget[next] = id;
      arrivalSum[next++] = sum;
    }
    arrivalBurst.fill(burst + ahead, at, next);
    at = next;
  }
  return { arrivalBurst, arrivalTarget, arrivalSum };
}

export function stateFromSnapshot(snapshot: Uint8Array): NetworkState {
  const contents = decodeSnapshot(snapshot);
  const { strict, int8, burst, columns } = contents;
  checkLengths(columns);
  checkNeurons(columns, burst, int8);
  checkSynapses(columns, strict);
  checkLists(columns, burst);
  checkLearning(columns, burst);
  checkExtensions(columns, burst, MAX_DELAY);
  if (!strict) checkFinite(columns);
  return stateFrom(contents);
}

/** A state of checked columns, which become its own. */
export function stateFrom({ strict, int8, burst, columns }: SnapshotContents): NetworkState {
  const state = new NetworkState(strict, int8);
  state.burst = burst;
  const { neurons, synapses } = state;
  neurons.reserve(columns.potential.length);
  neurons.count = columns.potential.length;
  const { globals, synapseFlags, synapseState, neuronFlags } = columns;
  Object.assign(neurons, pick(columns, neuronNames), { accumulates: neuronFlags.map((flags) => flags >>> 1) });
  neuronFlags.forEach((flags, id) => {
    neurons.setValid(id, (flags & 1) !== 0);
  });
  Object.assign(synapses, pick(columns, synapseNames), { flags: synapseFlags, state: synapseState, group: columns.synapseGroup });
  synapses.count = columns.source.length;
  synapses.validCount = synapseState.reduce((count, bits) => count + (bits & synapseValid), 0);

  state.powerAmount = new Float32Array(globals.buffer, globals.byteOffset, 1)[0]!;
  state.fatigueActive = globals[1] === 1;
  state.powerNeuron = globals[2]!;
  if (state.powerNeuron !== NO_NEURON && (!neurons.isValid(state.powerNeuron) || neurons.area[state.powerNeuron] !== POWER_AREA)) {
    refuseSnapshot("its power neuron is no neuron of the power area", { neuron: state.powerNeuron });
  }
  columns.areaIndex.forEach((index, i) => {
    const baselinePsp = columns.areaBaselinePsp[i]!;
    state.areas.update(index, {
      pspUniform: flagOf(columns.areaPspUniform[i]!),
      mpDrivenPsp: flagOf(columns.areaMpDrivenPsp[i]!),
      degeneration: columns.areaDegeneration[i]!,
      baselinePsp: Number.isNaN(baselinePsp) ? null : baselinePsp,
    });
  });
  state.fitToNeurons();

  columns.arrivalTarget.forEach((target, i) => {
    if (isMemoryId(target)) state.memory.addArrival(columns.arrivalBurst[i]!, target, columns.arrivalSum[i]!, false);
    else state.arrivals.at(columns.arrivalBurst[i]!).add(target, columns.arrivalSum[i]!);
  });
  columns.candidateId.forEach((id, i) => {
    if (id < neurons.count) state.candidates.add(id, columns.candidateSum[i]!);
    else state.unknownCandidates.set(id, columns.candidateSum[i]!);
  });
  restoreLearning(state, columns);
  restoreExtensions(state, columns);
  const regular = columns.firedId.length - state.memory.fired.length;
  fillList(state.fired, columns.firedId.subarray(0, regular), columns.firedPotential.subarray(0, regular));
  fillList(state.staged, columns.stagedId, columns.stagedPotential);
  fillList(state.forced, columns.forcedId, columns.forcedPotential);
  state.markFired();
  return state;
}

const neuronNames = [
  "potential",
  "lastUpdate",
  "countdown",
  "consecutiveFires",
  "threshold",
  "thresholdLimit",
  "leak",
  "refractoryPeriod",
  "excitability",
  "consecutiveFireLimit",
  "snoozePeriod",
  "area",
  "x",
  "y",
  "z",
] as const;
const synapseNames = ["source", "target", "weight", "psp", "kind", "delay", "trace"] as const;
const parallel: readonly (readonly (keyof SnapshotColumns)[])[] = [
  [...neuronNames, "neuronFlags"],
  [...synapseNames, "synapseFlags", "synapseState"],
  ["areaIndex", "areaPspUniform", "areaMpDrivenPsp", "areaDegeneration", "areaBaselinePsp"],
  ["arrivalBurst", "arrivalTarget", "arrivalSum"],
  ["candidateId", "candidateSum"],
  ["firedId", "firedPotential"],
  ["stagedId", "stagedPotential"],
  ["forcedId", "forcedPotential"],
  ...learningGroups,
  ...extensionGroups,
];

function checkLengths(columns: SnapshotColumns): void {
  for (const [first, ...rest] of parallel) {
    for (const name of rest) {
      if (columns[name].length !== columns[first!].length) refuseSnapshot("two sections of a group differ in length", { section: name });
    }
  }
  if (columns.synapseGroup.length > 0 && columns.synapseGroup.length !== columns.source.length)
    refuseSnapshot("two sections of a group differ in length", { section: "synapseGroup" });
  if (columns.globals.length !== 4 || columns.globals[1]! > 1 || columns.globals[3] !== 0) refuseSnapshot("its globals do not fit");
  if (columns.potential.length > REGULAR_NEURONS) refuseSnapshot("it has more neurons than ids", { neurons: columns.potential.length });
}

function checkNeurons(columns: SnapshotColumns, burst: number, int8: boolean): void {
  each(columns, "neuronFlags", (flags) => flags <= 3, "a flag is unknown");
  each(columns, "lastUpdate", (last) => last <= burst, "a neuron was updated in a burst to come");
  if (!int8) return;
  for (const name of ["potential", "threshold", "thresholdLimit"] as const) {
    each(columns, name, (value) => value >= 0 && value <= 255, "an INT8 value lies outside 0..255");
  }
}

function checkSynapses(columns: SnapshotColumns, strict: boolean): void {
  each(columns, "delay", (delay) => delay > 0, "a synapse has delay 0");
  const both = synapseValid | synapseIndexed;
  const occurs = (bits: number) => {
    if (!strict) return bits === 0 || bits === both;
    return bits <= (both | synapsePlastic) && ((bits & synapsePlastic) === 0 || (bits & synapseValid) !== 0);
  };
  each(columns, "synapseState", occurs, "a synapse state does not occur");
  each(columns, "areaIndex", (index, i) => i === 0 || index > columns.areaIndex[i - 1]!, "areas do not ascend");
  each(columns, "areaPspUniform", (flag) => flag <= 2, "a flag is unknown");
  each(columns, "areaMpDrivenPsp", (flag) => flag <= 2, "a flag is unknown");
}

function checkLists(columns: SnapshotColumns, burst: number): void {
  const neurons = columns.potential.length;
  const exists = (id: number) => id < neurons || isMemoryId(id);
  const { arrivalBurst, arrivalTarget, candidateId, firedId } = columns;
  each(columns, "arrivalBurst", (due) => due > burst && due <= burst + MAX_DELAY, "an arrival is due in an impossible burst");
  const follows = (i: number) =>
    arrivalBurst[i]! > arrivalBurst[i - 1]! || (arrivalBurst[i] === arrivalBurst[i - 1] && arrivalTarget[i]! > arrivalTarget[i - 1]!);
  each(columns, "arrivalTarget", (target, i) => exists(target) && (i === 0 || follows(i)), "an arrival is out of order or has no neuron");
  each(columns, "candidateId", (id, i) => i === 0 || id > candidateId[i - 1]!, "candidates do not ascend");
  each(columns, "firedId", (id, i) => exists(id) && (i === 0 || id > firedId[i - 1]!), "fired neurons do not ascend or do not exist");
  each(columns, "forcedId", (id) => id < neurons, "a forced fire has no neuron");
}

/** In `standard` nothing a user can enter is infinite or NaN; what grew by itself may be. */
function checkFinite(columns: SnapshotColumns): void {
  const names = [
    "weight",
    "psp",
    "threshold",
    "thresholdLimit",
    "leak",
    "excitability",
    "areaDegeneration",
    "stagedPotential",
    "forcedPotential",
    "mappingEta",
    "mappingMaxWeight",
    "mappingDecay",
    "mappingPsp",
    ...extensionSettings,
    "injectedPotential",
  ] as const;
  for (const name of names) each(columns, name, Number.isFinite, "a value is not finite");
  each(columns, "areaBaselinePsp", (psp) => Number.isNaN(psp) || Number.isFinite(psp), "a value is not finite");
  if ((columns.globals[0]! & 0x7f800000) === 0x7f800000) refuseSnapshot("a value is not finite", { section: "globals" });
}

function pick<K extends keyof SnapshotColumns>(columns: SnapshotColumns, names: readonly K[]): Pick<SnapshotColumns, K> {
  return Object.fromEntries(names.map((name) => [name, columns[name]])) as unknown as Pick<SnapshotColumns, K>;
}

function fillList(list: ChargeList, ids: Uint32Array, potentials: Float32Array): void {
  list.reserve(ids.length);
  list.ids.set(ids);
  list.potentials.set(potentials);
  list.count = ids.length;
}

function flagByte(flag: boolean | null): number {
  return flag === null ? 0 : flag ? 2 : 1;
}

function flagOf(byte: number): boolean | null {
  return byte === 0 ? null : byte === 2;
}
