/**
 * From one genome to another while the brain lives: what the edit touches is removed, moved or grown, everything else keeps its ids,
 * weights, traces and what is under way. Planned whole before anything is applied; the plan is one engine patch.
 *
 * Source: spec/development.md sections 7 and 14 (D5, D6, D7).
 */
import type { CorticalArea, CorticalId, CorticalMapping, Vec3 } from "#contracts/connectome.ts";
import type { GenomeProblem, GrowthProgress } from "#contracts/genome.ts";
import type { NeuronColumns, SynapseColumns } from "#contracts/network.ts";
import { corticogenesis } from "../development/corticogenesis.ts";
import { emptyGrowth } from "../development/grow.ts";
import { type Growth, type GrowthOptions, progress, refused } from "../development/growth.ts";
import { neurogenesis } from "../development/neurogenesis.ts";
import { destinationPath } from "../development/strands.ts";
import { synaptogenesis } from "../development/synaptogenesis.ts";
import type { Engine, NeuronStates } from "../engine/engine.ts";
import { decodeSnapshot } from "../engine/reference/snapshot-codec.ts";
import type { Genome } from "../genome/genome.ts";
import { type AreaChanges, settleAreas } from "./area-changes.ts";
import { changedParameters } from "./area-parameters.ts";
import { type Concern, concernedRows, concernOf, type LivingRows } from "./concern.ts";
import type { Connectome } from "./connectome.ts";
import type { Kept } from "./kept.ts";
import { pairKey, type Regrowth, regrowths, unlearned } from "./mapping-changes.ts";
import { changeNeurons, type NeuronChanges } from "./neuron-changes.ts";
import { type NeuronValues, ownValues } from "./neuron-values.ts";
import { changeSynapses, type SynapseChanges } from "./synapse-changes.ts";
import { transitionPatch } from "./transition-patch.ts";

export interface TransitionSummary {
  areas: { added: CorticalId[]; removed: CorticalId[]; resized: CorticalId[]; changed: CorticalId[] };
  /** Pairs whose synapses grow anew, in whole or where they differ. */
  mappings: { src: CorticalId; dst: CorticalId }[];
  neuronsAdded: number;
  neuronsRemoved: number;
  synapsesAdded: number;
  synapsesRemoved: number;
  /** Of the patch. */
  bytes: number;
}

export interface Transition {
  patch: Uint32Array;
  connectome: Connectome;
  summary: TransitionSummary;
  /** Neurons or synapses come, go or change their ids. */
  isStructural: boolean;
  /** What goes; for taking the edit back. */
  kept: Kept;
}

export interface TransitionOptions extends Pick<GrowthOptions, "seed" | "memory" | "capacities" | "development"> {
  /** What the edit that is taken back took out. */
  kept?: Kept;
}

/** Everything of a transition that follows from the genomes and the number of ids alone. */
export interface Prepared {
  before: Connectome;
  growth: Growth;
  changes: AreaChanges;
  regrowths: Map<string, Regrowth>;
  /** Neurons of the new blocks, block after block. */
  neurons: NeuronColumns;
  /** All rules of the regrown mappings, grown. */
  grown: SynapseColumns;
  unlearned: [source: number, target: number][];
  isStructural: boolean;
  firstFreeId: number;
  concern: Concern;
}

/** The parts of the engine's state that a transition depends on. Read between two bursts; without `synapses` where nothing structural changes. */
export interface Reading {
  synapseCount: number;
  synapses: LivingRows | null;
  /** Voxel of a neuron made by hand. */
  placeOf(id: number): Vec3;
  /** Of removed and moved areas, by place. */
  states: Map<CorticalId, AreaStates>;
  /** Of removed areas. */
  memoryNeurons: number[];
}

type AreaStates = Pick<NeuronStates, "potential" | "countdown" | "consecutiveFires"> & { settings: Map<number, NeuronValues> };

export type Work<T> = Generator<GrowthProgress, T, void>;

/** Plans in one go, for an engine that stands still. E_GENOME or E_INVALID when the edit cannot be. */
export function* planTransition(before: Connectome, after: Genome, engine: Engine, options: TransitionOptions = {}): Work<Transition> {
  const prepared = yield* prepareTransition(before, after, engine.neuronCount, options);
  return yield* finishTransition(prepared, yield* readFor(prepared, engine), options.kept);
}

/** Compares and grows. What takes long is here, and needs no engine. */
export function* prepareTransition(
  before: Connectome,
  after: Genome,
  firstFreeId: number,
  options: TransitionOptions = {},
): Work<Prepared> {
  const growth = emptyGrowth(after, options);
  yield* corticogenesis(growth);
  const changes = settleAreas(before, growth, firstFreeId);
  const fresh = [...changes.moved.map((one) => one.after), ...changes.added].sort((a, b) => a.firstNeuron - b.firstNeuron);
  refuseTooMany(growth, fresh, firstFreeId);
  const oldGrowth = growthOf(before, options);
  const regrown = regrowths(oldGrowth, growth, changes);
  const isStructural = regrown.size + fresh.length + changes.removed.length > 0;
  const grown = yield* synaptogenesis(growth, ({ src, dst }) => regrown.has(pairKey(src, dst)));
  growth.problems.push(...standingProblems(before, growth, regrown));
  return {
    before,
    growth,
    changes,
    regrowths: regrown,
    neurons: yield* grownNeurons(growth, fresh, firstFreeId),
    grown,
    unlearned: unlearned(oldGrowth, growth, changes),
    isStructural,
    firstFreeId,
    concern: concernOf({ before, changes, regrowths: regrown, firstFreeId }),
  };
}

export function* readFor(prepared: Prepared, engine: Engine): Work<Reading> {
  const { before, growth, changes, isStructural } = prepared;
  const doomed = [...changes.removed, ...changes.moved.map((one) => one.before)];
  const extras = doomed.flatMap(({ id }) => before.extras.get(id) ?? []);
  const settings = engine.neuronSettings(Uint32Array.from(extras));
  const removedMemory = changes.removed.filter(({ kind }) => kind === "memory").map(({ index }) => index);
  const states: Reading["states"] = new Map();
  for (const area of doomed) states.set(area.id, yield* statesOf(area, engine, growth));
  return {
    synapseCount: engine.synapseCount,
    synapses: isStructural ? yield* breathing(growth, concernedRows(prepared.concern, engine)) : null,
    placeOf(id) {
      const at = extras.indexOf(id);
      return [settings.x[at]!, settings.y[at]!, settings.z[at]!];
    },
    states,
    memoryNeurons: removedMemory.length > 0 ? memoryNeuronsOf(engine, removedMemory) : [],
  };
}

/** Neurons read at once. */
const STRETCH = 50_000;

function* statesOf(area: CorticalArea, engine: Engine, growth: Growth): Work<AreaStates> {
  const { firstNeuron, neurons } = area;
  const states = { potential: new Float32Array(neurons), countdown: new Uint16Array(neurons), consecutiveFires: new Uint16Array(neurons) };
  const settings = new Map<number, NeuronValues>();
  for (let from = 0; from < neurons; from += STRETCH) {
    const ids = Uint32Array.from({ length: Math.min(STRETCH, neurons - from) }, (_, i) => firstNeuron + from + i);
    const read = engine.neuronStates(ids);
    for (const name of ["potential", "countdown", "consecutiveFires"] as const) states[name].set(read[name], from);
    for (const [place, own] of ownValues(area, engine.neuronSettings(ids), from)) settings.set(place, own);
    yield breath(growth);
  }
  return { ...states, settings };
}

/** Goes on with work that breathes in another rhythm. */
export function* breathing<T>(growth: Growth, work: Generator<void, T, void>): Work<T> {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    yield breath(growth);
  }
}

/** Works out what comes and goes and writes it down. */
export function* finishTransition(prepared: Prepared, reading: Reading, kept?: Kept): Work<Transition> {
  const { before, growth, changes, isStructural } = prepared;
  const neurons = yield* changeNeurons(prepared, reading);
  const synapses = reading.synapses ? yield* changeSynapses(prepared, reading.synapses, neurons, kept) : noSynapseChanges();
  const patch = yield* transitionPatch(prepared, reading, { neurons, synapses, back: kept });
  const { areas, problems, regions, genome } = growth;
  const connectome: Connectome = {
    genome,
    areas: new Map(areas.map(({ area }) => [area.id, area])),
    regions,
    mappings: counted(prepared, synapses),
    problems,
    dynamics: before.dynamics,
    nextIndex: changes.nextIndex,
    extras: neurons.extras,
    holes: neurons.holes,
  };
  for (const { area } of areas) countEnds(area, prepared, synapses);
  const summary = summaryOf(prepared, neurons, synapses, patch);
  return { patch, connectome, summary, isStructural, kept: { synapses: synapses.kept, neurons: neurons.kept } };
}

/** The growth that stands at what has grown. */
function growthOf({ genome, areas }: Connectome, options: TransitionOptions): Growth {
  const growth = emptyGrowth(genome, options);
  for (const area of areas.values()) {
    const gene = genome.areas.get(area.id);
    if (gene) growth.areas.push({ gene, area });
  }
  growth.areaById = new Map(growth.areas.map((one) => [one.area.id, one]));
  return growth;
}

function* grownNeurons(growth: Growth, fresh: readonly CorticalArea[], firstFreeId: number): Work<NeuronColumns> {
  const areas = fresh.map((area) => ({
    gene: growth.areaById.get(area.id)!.gene,
    area: { ...area, firstNeuron: area.firstNeuron - firstFreeId },
  }));
  const part: Growth = { ...growth, areas, neuronsGrown: 0 };
  yield* neurogenesis(part);
  return part.neurons;
}

function refuseTooMany({ capacities }: Growth, fresh: readonly CorticalArea[], firstFreeId: number): void {
  const ids = fresh.reduce((sum, { neurons }) => sum + neurons, firstFreeId);
  if (ids <= capacities.neurons) return;
  const largest = fresh.reduce((a, b) => (b.neurons > a.neurons ? b : a));
  throw refused({
    path: `blueprint.${largest.id}`,
    code: "NEURON_CAPACITY",
    message: `${largest.name} and what else is new need ids up to ${ids}, and there are ${capacities.neurons}`,
    expected: `at most ${capacities.neurons - firstFreeId} neurons in new and resized areas`,
    found: `${ids - firstFreeId} neurons`,
    fix: "Make it smaller, or save the genome and open it anew: ids are not used again while a brain lives",
  });
}

/** Findings about mappings that did not grow anew, which only growing them would find again. */
function standingProblems({ problems }: Connectome, growth: Growth, regrown: ReadonlyMap<string, Regrowth>): GenomeProblem[] {
  const known = new Set(growth.problems.map(({ code, path }) => code + path));
  const untouched = growth.areas.flatMap((source) =>
    [...source.gene.mappings.keys()]
      .filter((dst) => !regrown.has(pairKey(source.area.id, dst)))
      .map((dst) => destinationPath(growth, source, dst)),
  );
  const paths = new Set(untouched);
  return problems.filter(({ code, path }) => paths.has(path.replace(/\[\d+\]$/, "")) && !known.has(code + path));
}

function memoryNeuronsOf(engine: Engine, areas: readonly number[]): number[] {
  const { memoryId, memoryArea } = decodeSnapshot(engine.snapshot()).columns;
  return [...memoryId].filter((_, at) => areas.includes(memoryArea[at]!));
}

function counted({ before, growth, changes }: Prepared, { pairs }: SynapseChanges): CorticalMapping[] {
  const successor = (id: CorticalId) => changes.successors.get(id) ?? "";
  const old = new Map(before.mappings.map(({ src, dst, synapses }) => [pairKey(successor(src), successor(dst)), synapses]));
  return growth.mappings.map((mapping) => {
    const key = pairKey(mapping.src, mapping.dst);
    const { added = 0, removed = 0 } = pairs.get(key) ?? {};
    return { ...mapping, synapses: (old.get(key) ?? 0) - removed + added };
  });
}

function countEnds(area: CorticalArea, { changes }: Prepared, { pairs }: SynapseChanges): void {
  const old = changes.kept.find(({ after }) => after === area)?.before;
  area.outgoingSynapses = old?.outgoingSynapses ?? 0;
  area.incomingSynapses = old?.incomingSynapses ?? 0;
  for (const { src, dst, added, removed } of pairs.values()) {
    if (src === area.id) area.outgoingSynapses += added - removed;
    if (dst === area.id) area.incomingSynapses += added - removed;
  }
}

function summaryOf(
  { changes, regrowths: regrown, neurons: grown }: Prepared,
  neurons: NeuronChanges,
  synapses: SynapseChanges,
  patch: Uint32Array,
): TransitionSummary {
  const pairs = [...synapses.pairs.values()];
  const sum = (of: "added" | "removed") => pairs.reduce((total, pair) => total + pair[of], 0);
  const changed = changes.kept.filter(({ before, after }) => {
    const isMoved = before.name !== after.name || before.position.some((at, axis) => at !== after.position[axis]);
    return isMoved || changedParameters(before.parameters, after.parameters).length > 0 || before.region !== after.region;
  });
  return {
    areas: {
      added: changes.added.map(({ id }) => id),
      removed: changes.removed.map(({ id }) => id),
      resized: changes.moved.map(({ after }) => after.id),
      changed: changed.map(({ after }) => after.id),
    },
    mappings: [...regrown.keys()].map((key) => {
      const [src, dst] = key.split(">") as [CorticalId, CorticalId];
      return { src, dst };
    }),
    neuronsAdded: grown.count - neurons.moves.length / 2 - neurons.stillborn.length,
    neuronsRemoved: neurons.removed.length,
    synapsesAdded: sum("added"),
    synapsesRemoved: sum("removed"),
    bytes: patch.byteLength,
  };
}

const noSynapseChanges = (): SynapseChanges => ({
  slots: new Uint32Array(0),
  additions: new Uint32Array(0),
  pairs: new Map(),
  kept: new Map(),
});

/** Runs a plan to its end. */
export function finished<T>(work: Generator<unknown, T, void>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

export const breath = (growth: Growth): GrowthProgress => progress(growth, "synaptogenesis", 1);
