/**
 * A lif-delta state as snapshot columns and back. Tables that follow from the columns are not written.
 *
 * Restoring checks every bound a burst relies on, so a snapshot that passes cannot lead a burst astray.
 */
import { DECAY_STEPS, type LifParameters, type StdpProjection } from "#contracts/network.ts";
import { LIF_HISTORY_SPIKES, type LifSnapshotSection, lifSnapshotSection } from "#contracts/snapshot.ts";
import { lifBuildSections } from "../moment.ts";
import type { ChargeList } from "../reference/charge-sums.ts";
import { REGULAR_NEURONS } from "../reference/id-ranges.ts";
import { type Column, each, refuseSnapshot, type Section, seal, unseal } from "../reference/snapshot-container.ts";
import { isUntouched } from "./input-schedule.ts";
import { faultOfParameters, faultOfProjections } from "./lif-image.ts";
import { LifNeurons, LifState } from "./lif-state.ts";
import { NOT_PLASTIC } from "./lif-synapses.ts";

export const LIF_MODE = 4;
const MAX_DELAY = 255;

const f64s = [
  ...(["stepMs", "setThreshold", "setReset", "setDecay", "setDrive", "setPoissonWeight", "setRestingPotential", "potential"] as const),
  ...(["plasticWeight", "plasticTrace", "projectionLambda", "projectionAlpha", "projectionMaxWeight"] as const),
  ...(["plusLow", "plusHigh", "minusLow", "minusHigh", "historyTrace", "arrivalSum"] as const),
] as const;
const f32s = ["weight", "firedPotential", "stagedPotential", "forcedPotential"] as const;
const u16s = ["setRefractorySteps", "countdown", "parameterSet"] as const;
const u8s = ["neuronFlags", "delay", "synapseState", "projectionMuPlus", "projectionMuMinus"] as const;
type F64 = (typeof f64s)[number];
type F32 = (typeof f32s)[number];
type U16 = (typeof u16s)[number];
type U8 = (typeof u8s)[number];
type LifColumns = {
  [S in LifSnapshotSection]: S extends F64
    ? Float64Array
    : S extends F32
      ? Float32Array
      : S extends U16
        ? Uint16Array
        : S extends U8
          ? Uint8Array
          : Uint32Array;
};

const types = new Map<LifSnapshotSection, Section<LifSnapshotSection>["type"]>([
  ...f64s.map((name) => [name, Float64Array] as const),
  ...f32s.map((name) => [name, Float32Array] as const),
  ...u16s.map((name) => [name, Uint16Array] as const),
  ...u8s.map((name) => [name, Uint8Array] as const),
]);
const sections = (Object.entries(lifSnapshotSection) as [LifSnapshotSection, number][])
  .sort((a, b) => a[1] - b[1])
  .map(([name, id]): Section<LifSnapshotSection> => ({ name, id, type: types.get(name) ?? Uint32Array }));

/** Columns per group that have one length. */
const parallel = [
  [
    "setThreshold",
    "setReset",
    "setDecay",
    "setDrive",
    "setRefractorySteps",
    "setPoissonWeight",
    "setPoissonEntries",
    "setRestingPotential",
  ],
  ["potential", "countdown", "parameterSet", "neuronFlags", "area", "x", "y", "z"],
  ["source", "target", "weight", "delay", "synapseState"],
  ["plasticWeight", "plasticSpike", "plasticTrace"],
  [
    "projectionSource",
    "projectionTarget",
    "projectionLambda",
    "projectionAlpha",
    "projectionMaxWeight",
    "projectionMuPlus",
    "projectionMuMinus",
  ],
  ["historyNeuron", "historyBurst", "historyTrace"],
  ["arrivalBurst", "arrivalTarget", "arrivalSum"],
  ["firedId", "firedPotential"],
  ["stagedId", "stagedPotential"],
  ["forcedId", "forcedPotential"],
] as const satisfies readonly (readonly LifSnapshotSection[])[];
const tables = ["plusLow", "plusHigh", "minusLow", "minusHigh"] as const;

export function lifSnapshotOf(state: LifState): Uint8Array {
  return seal(sections, { mode: LIF_MODE, burst: state.burst, columns: columnsOf(state) });
}

/** The sections that only patches, or nothing, can change; a moment leaves them empty. */
export function lifMomentOf(state: LifState): Uint8Array {
  const columns: Record<LifSnapshotSection, Column> = columnsOf(state);
  for (const name of lifBuildSections) columns[name] = columns[name].subarray(0, 0);
  return seal(sections, { mode: LIF_MODE, burst: state.burst, columns });
}

function columnsOf(state: LifState): LifColumns {
  const { parameters, projections, neurons, synapses } = state;
  const s = synapses.count;
  const places = plasticPlaces(state);
  return {
    stepMs: Float64Array.of(state.stepMs),
    seed: Uint32Array.of(state.seed),
    setThreshold: Float64Array.from(parameters, (set) => set.threshold),
    setReset: Float64Array.from(parameters, (set) => set.reset),
    setDecay: Float64Array.from(parameters, (set) => set.decay),
    setDrive: Float64Array.from(parameters, (set) => set.drive),
    setRefractorySteps: Uint16Array.from(parameters, (set) => set.refractorySteps),
    setPoissonWeight: Float64Array.from(parameters, (set) => set.poissonWeight),
    setPoissonEntries: Uint32Array.from(parameters, (set) => set.poissonTable.length),
    setRestingPotential: Float64Array.from(parameters, (set) => set.restingPotential),
    poissonTable: Uint32Array.from(parameters.flatMap((set) => Array.from(set.poissonTable))),
    potential: neurons.potential,
    countdown: neurons.countdown,
    parameterSet: neurons.parameterSet,
    neuronFlags: Uint8Array.from({ length: neurons.count }, (_, id) => (neurons.isValid(id) ? 1 : 0)),
    area: neurons.area,
    x: neurons.x,
    y: neurons.y,
    z: neurons.z,
    source: synapses.source.subarray(0, s),
    target: synapses.target.subarray(0, s),
    weight: synapses.weight.subarray(0, s),
    delay: synapses.delay.subarray(0, s),
    synapseState: synapses.valid.subarray(0, s),
    plasticWeight: Float64Array.from(places, (at) => synapses.plasticWeight[at]!),
    plasticSpike: places.map((at) => synapses.plasticSpike[at]!),
    plasticTrace: Float64Array.from(places, (at) => synapses.plasticTrace[at]!),
    projectionSource: Uint32Array.from(projections, (projection) => projection.sourceArea),
    projectionTarget: Uint32Array.from(projections, (projection) => projection.targetArea),
    projectionLambda: Float64Array.from(projections, (projection) => projection.lambda),
    projectionAlpha: Float64Array.from(projections, (projection) => projection.alpha),
    projectionMaxWeight: Float64Array.from(projections, (projection) => projection.maxWeight),
    projectionMuPlus: Uint8Array.from(projections, (projection) => projection.muPlus),
    projectionMuMinus: Uint8Array.from(projections, (projection) => projection.muMinus),
    plusLow: joined(projections, "plusLow"),
    plusHigh: joined(projections, "plusHigh"),
    minusLow: joined(projections, "minusLow"),
    minusHigh: joined(projections, "minusHigh"),
    ...historyColumns(state),
    ...arrivalColumns(state),
    firedId: state.fired.ids.subarray(0, state.fired.count),
    firedPotential: state.fired.potentials.subarray(0, state.fired.count),
    stagedId: state.staged.ids.subarray(0, state.staged.count),
    stagedPotential: state.staged.potentials.subarray(0, state.staged.count),
    forcedId: state.forced.ids.subarray(0, state.forced.count),
    forcedPotential: state.forced.potentials.subarray(0, state.forced.count),
  };
}

/** Places of the plastic columns, by ascending slot. */
function plasticPlaces({ synapses }: LifState): Uint32Array {
  return synapses.plastic.subarray(0, synapses.count).filter((at) => at !== NOT_PLASTIC);
}

function joined(projections: readonly StdpProjection[], table: (typeof tables)[number]): Float64Array {
  const all = new Float64Array(projections.length * DECAY_STEPS);
  projections.forEach((projection, i) => {
    all.set(projection[table], i * DECAY_STEPS);
  });
  return all;
}

/** Only what is still needed, whatever else a history holds. */
function historyColumns(state: LifState) {
  const rows: [neuron: number, burst: number, trace: number][] = [];
  state.history.forEach((spikes, neuron) => {
    if (spikes === undefined) return;
    for (let i = spikes.firstNeeded(state.burst, state.unreadSince(neuron)); i < spikes.count; i++) {
      rows.push([neuron, spikes.burst(i), spikes.trace(i)]);
    }
  });
  return {
    historyNeuron: Uint32Array.from(rows, ([neuron]) => neuron),
    historyBurst: Uint32Array.from(rows, ([, burst]) => burst),
    historyTrace: Float64Array.from(rows, ([, , trace]) => trace),
  };
}

function arrivalColumns({ arrivals, burst }: LifState) {
  const rows: [burst: number, target: number, sum: number][] = [];
  for (let due = burst + 1; due <= burst + MAX_DELAY; due++) {
    arrivals.find(due)?.sums.forEach((sum, target) => {
      if (!isUntouched(sum)) rows.push([due, target, sum]);
    });
  }
  return {
    arrivalBurst: Uint32Array.from(rows, ([due]) => due),
    arrivalTarget: Uint32Array.from(rows, ([, target]) => target),
    arrivalSum: Float64Array.from(rows, ([, , sum]) => sum),
  };
}

export function lifStateFromSnapshot(snapshot: Uint8Array): LifState {
  const sealed = unseal(sections, snapshot, (mode) => mode === LIF_MODE);
  const columns = sealed.columns as LifColumns;
  checkLengths(columns);
  const state = new LifState();
  state.burst = sealed.burst;
  state.stepMs = columns.stepMs[0]!;
  state.seed = columns.seed[0]!;
  state.parameters = parametersOf(columns);
  state.projections = projectionsOf(columns);
  checkNeurons(columns);
  checkSynapses(columns);
  checkLists(columns, state.burst);

  const neurons = Object.assign(new LifNeurons(columns.potential.length), {
    potential: columns.potential,
    countdown: columns.countdown,
    parameterSet: columns.parameterSet,
    area: columns.area,
    x: columns.x,
    y: columns.y,
    z: columns.z,
  });
  columns.neuronFlags.forEach((flags, id) => {
    neurons.setValid(id, flags === 1);
  });
  const { synapses } = state;
  const { source, target, weight, delay, synapseState: valid } = columns;
  Object.assign(synapses, { count: source.length, source, target, weight, delay, valid });
  synapses.validCount = valid.reduce((count, bit) => count + bit, 0);
  synapses.plastic = new Uint32Array(source.length).fill(NOT_PLASTIC);
  state.fit(neurons);
  restorePlastic(state, columns);
  columns.arrivalTarget.forEach((to, i) => {
    const slot = state.arrivals.at(columns.arrivalBurst[i]!);
    slot.sums[to] = columns.arrivalSum[i]!;
    slot.size++;
  });
  fillList(state.fired, columns.firedId, columns.firedPotential);
  fillList(state.staged, columns.stagedId, columns.stagedPotential);
  fillList(state.forced, columns.forcedId, columns.forcedPotential);
  state.markFired();
  return state;
}

function restorePlastic(state: LifState, columns: LifColumns): void {
  const { synapses, burst } = state;
  each(columns, "weight", (weight, slot) => columns.synapseState[slot] === 1 || Object.is(weight, 0), "a removed synapse has a weight");
  const weights = columns.weight.slice();
  state.teach(Array(synapses.count).keys());
  if (synapses.plasticCount !== columns.plasticWeight.length) refuseSnapshot("its plastic synapses are not those of its projections");
  for (let at = 0; at < synapses.plasticCount; at++) {
    if (!Object.is(weights[synapses.plasticSlot[at]!], 0)) refuseSnapshot("a plastic synapse has two weights", { at });
  }
  each(columns, "plasticWeight", (weight) => Number.isFinite(weight) && !Object.is(weight, -0), "a weight is not finite, or -0");
  each(columns, "plasticSpike", (spike) => spike <= burst, "a spike was sent in a burst to come");
  each(columns, "plasticTrace", (trace) => trace >= 0 && Number.isFinite(trace), "a trace is no positive number");
  synapses.plasticWeight.set(columns.plasticWeight);
  synapses.plasticSpike.set(columns.plasticSpike);
  synapses.plasticTrace.set(columns.plasticTrace);

  const { historyNeuron, historyBurst, historyTrace } = columns;
  each(columns, "historyTrace", (trace) => trace >= 1 && Number.isFinite(trace), "a trace is no number from 1 on");
  historyNeuron.forEach((neuron, i) => {
    const spikes = state.history[neuron] ?? refuseSnapshot("a spike is kept for no plastic synapse", { section: "historyNeuron", at: i });
    const follows =
      i === 0 || neuron > historyNeuron[i - 1]! || (neuron === historyNeuron[i - 1] && historyBurst[i]! > historyBurst[i - 1]!);
    if (!follows || historyBurst[i]! > burst || historyBurst[i] === 0)
      refuseSnapshot("spikes are out of order or in an impossible burst", { at: i });
    spikes.push(historyBurst[i]!, historyTrace[i]!);
  });
  state.history.forEach((spikes, neuron) => {
    if (spikes === undefined) return;
    if (spikes.count > LIF_HISTORY_SPIKES) refuseSnapshot("a neuron keeps more spikes than there is room for", { neuron });
    if (spikes.firstNeeded(burst, state.unreadSince(neuron)) > 0) refuseSnapshot("a spike is kept that nothing needs", { neuron });
  });
}

function checkLengths(columns: LifColumns): void {
  for (const [first, ...rest] of parallel) {
    for (const name of rest) {
      if (columns[name].length !== columns[first].length) refuseSnapshot("two sections of a group differ in length", { section: name });
    }
  }
  for (const name of tables) {
    if (columns[name].length !== columns.projectionSource.length * DECAY_STEPS)
      refuseSnapshot("a table has another length", { section: name });
  }
  if (columns.stepMs.length !== 1 || columns.seed.length !== 1) refuseSnapshot("its globals do not fit");
  if (!(columns.stepMs[0]! > 0 && Number.isFinite(columns.stepMs[0]))) refuseSnapshot("its step is no positive time");
  if (columns.potential.length > REGULAR_NEURONS) refuseSnapshot("it has more neurons than ids", { neurons: columns.potential.length });
}

function parametersOf(columns: LifColumns): LifParameters[] {
  let from = 0;
  const all = Array.from(columns.setThreshold, (threshold, at): LifParameters => {
    const to = from + columns.setPoissonEntries[at]!;
    const set = {
      threshold,
      reset: columns.setReset[at]!,
      decay: columns.setDecay[at]!,
      drive: columns.setDrive[at]!,
      refractorySteps: columns.setRefractorySteps[at]!,
      poissonWeight: columns.setPoissonWeight[at]!,
      poissonTable: columns.poissonTable.slice(from, to),
      restingPotential: columns.setRestingPotential[at]!,
    };
    from = to;
    const fault = faultOfParameters(set);
    if (fault !== undefined) refuseSnapshot(fault, { parameters: at });
    if (Object.is(set.drive, -0) || Object.is(set.poissonWeight, -0)) refuseSnapshot("a parameter is -0", { parameters: at });
    return set;
  });
  if (from !== columns.poissonTable.length) refuseSnapshot("two sections do not add up", { section: "poissonTable" });
  if (all.length > 65_536) refuseSnapshot("it has more parameter sets than indexes", { parameters: all.length });
  return all;
}

function projectionsOf(columns: LifColumns): StdpProjection[] {
  const part = (table: (typeof tables)[number], i: number) => columns[table].slice(i * DECAY_STEPS, (i + 1) * DECAY_STEPS);
  const { projectionSource: source, projectionTarget: target } = columns;
  each(
    columns,
    "projectionTarget",
    (area, i) => i === 0 || source[i]! > source[i - 1]! || (source[i] === source[i - 1] && area > target[i - 1]!),
    "projections do not ascend",
  );
  each(columns, "projectionMuPlus", (mu) => mu <= 1, "an exponent is neither 0 nor 1");
  each(columns, "projectionMuMinus", (mu) => mu <= 1, "an exponent is neither 0 nor 1");
  const all = Array.from(
    source,
    (sourceArea, i): StdpProjection => ({
      sourceArea,
      targetArea: target[i]!,
      lambda: columns.projectionLambda[i]!,
      alpha: columns.projectionAlpha[i]!,
      maxWeight: columns.projectionMaxWeight[i]!,
      muPlus: columns.projectionMuPlus[i] === 1 ? 1 : 0,
      muMinus: columns.projectionMuMinus[i] === 1 ? 1 : 0,
      plusLow: part("plusLow", i),
      plusHigh: part("plusHigh", i),
      minusLow: part("minusLow", i),
      minusHigh: part("minusHigh", i),
    }),
  );
  const fault = faultOfProjections(all);
  if (fault !== undefined) refuseSnapshot(fault);
  return all;
}

function checkNeurons(columns: LifColumns): void {
  each(columns, "potential", (potential) => !Number.isNaN(potential), "a potential is no number");
  each(columns, "parameterSet", (set) => set < columns.setThreshold.length, "a parameter set does not exist");
  each(columns, "neuronFlags", (flags) => flags <= 1, "a flag is unknown");
}

function checkSynapses(columns: LifColumns): void {
  const neurons = columns.potential.length;
  each(columns, "source", (id) => id < neurons, "a neuron does not exist");
  each(columns, "target", (id) => id < neurons, "a neuron does not exist");
  each(columns, "weight", (weight) => Number.isFinite(weight) && !Object.is(weight, -0), "a weight is not finite, or -0");
  each(columns, "delay", (delay) => delay > 0, "a synapse has delay 0");
  each(columns, "synapseState", (flags) => flags <= 1, "a flag is unknown");
}

function checkLists(columns: LifColumns, burst: number): void {
  const neurons = columns.potential.length;
  const { arrivalBurst, arrivalTarget, firedId } = columns;
  each(columns, "arrivalBurst", (due) => due > burst && due <= burst + MAX_DELAY, "an arrival is due in an impossible burst");
  const follows = (i: number) =>
    arrivalBurst[i]! > arrivalBurst[i - 1]! || (arrivalBurst[i] === arrivalBurst[i - 1] && arrivalTarget[i]! > arrivalTarget[i - 1]!);
  each(columns, "arrivalTarget", (id, i) => id < neurons && (i === 0 || follows(i)), "an arrival is out of order or has no neuron");
  each(columns, "arrivalSum", (sum) => !Number.isNaN(sum) && !Object.is(sum, -0), "an arrival is no number, or -0");
  each(columns, "firedId", (id, i) => id < neurons && (i === 0 || id > firedId[i - 1]!), "fired neurons do not ascend or do not exist");
  each(columns, "stagedId", (id) => id < neurons, "staged input has no neuron");
  each(columns, "forcedId", (id) => id < neurons, "a forced fire has no neuron");
  each(columns, "stagedPotential", Number.isFinite, "a value is not finite");
  each(columns, "forcedPotential", Number.isFinite, "a value is not finite");
}

function fillList(list: ChargeList, ids: Uint32Array, potentials: Float32Array): void {
  list.reserve(ids.length);
  list.ids.set(ids);
  list.potentials.set(potentials);
  list.count = ids.length;
}
