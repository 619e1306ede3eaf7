/**
 * From one genome to another while the brain lives: what the edit touches is removed, moved or grown, everything else keeps its ids,
 * weights, traces and what is under way. Planned whole before anything is applied; the plan is one engine patch.
 *
 * Source: spec/development.md sections 7 and 14 (D5, D6, D7).
 */
import type { CorticalArea, CorticalId, CorticalMapping } from "#contracts/connectome.ts";
import type { GenomeProblem } from "#contracts/genome.ts";
import { switchesOf, switchPatch } from "../development/switches.ts";
import type { Engine } from "../engine/engine.ts";
import type { Genome } from "../genome/genome.ts";
import { changedParameters } from "./area-parameters.ts";
import type { Connectome } from "./connectome.ts";
import type { Kept } from "./kept.ts";
import { pairKey } from "./mapping-changes.ts";
import { changeNeurons, type NeuronChanges } from "./neuron-changes.ts";
import { type Prepared, prepareTransition, type TransitionOptions } from "./prepare.ts";
import { type Reading, readFor } from "./reading.ts";
import { changeSynapses, type SynapseChanges } from "./synapse-changes.ts";
import { GroupStamps } from "./synapse-groups.ts";
import { transitionPatch } from "./transition-patch.ts";
import type { Work } from "./work.ts";

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

/** Plans in one go, for an engine that stands still. E_GENOME or E_INVALID when the edit cannot be. */
export function* planTransition(before: Connectome, after: Genome, engine: Engine, options: TransitionOptions = {}): Work<Transition> {
  const prepared = yield* prepareTransition(before, after, engine.neuronCount, options);
  return yield* finishTransition(prepared, yield* readFor(prepared, engine), options.kept);
}

/** Works out what comes and goes and writes it down. */
export function* finishTransition(prepared: Prepared, reading: Reading, kept?: Kept): Work<Transition> {
  const { before, growth, changes, isStructural } = prepared;
  const neurons = yield* changeNeurons(prepared, reading, kept);
  const synapses = reading.synapses ? yield* changeSynapses(prepared, reading.synapses, neurons, kept) : noSynapseChanges(prepared);
  const { regions, genome } = growth;
  const areas = new Map(growth.areas.map(({ area }) => [area.id, area]));
  const switches = switchesOf(genome, areas, before.dynamics);
  const switchedBefore = switchesOf(before.genome, before.areas, before.dynamics);
  const switching = switchPatch(switches, growth.names, before.modulation && switchedBefore);
  const patch = yield* transitionPatch(prepared, reading, { neurons, synapses, switching, back: kept });
  const connectome: Connectome = {
    genome,
    areas,
    regions,
    mappings: counted(prepared, synapses),
    problems: [...without(growth.problems, switchedBefore.problems), ...switches.problems],
    dynamics: before.dynamics,
    nextIndex: changes.nextIndex,
    extras: neurons.extras,
    holes: neurons.holes,
    modulation: growth.modulation,
  };
  for (const area of areas.values()) countEnds(area, prepared, synapses);
  const summary = summaryOf(prepared, neurons, synapses, patch);
  return { patch, connectome, summary, isStructural, kept: { synapses: synapses.kept, neurons: neurons.kept } };
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
    neuronsAdded: grown.count - neurons.moves.length / 2 - neurons.stillborn.length + neurons.revived.length,
    neuronsRemoved: neurons.removed.length,
    synapsesAdded: sum("added"),
    synapsesRemoved: sum("removed"),
    bytes: patch.byteLength,
  };
}

/** Findings about mappings that stand were taken over, those about switches among them, which have been read anew. */
function without(problems: readonly GenomeProblem[], others: readonly GenomeProblem[]): GenomeProblem[] {
  const known = new Set(others.map(({ code, path }) => code + path));
  return problems.filter(({ code, path }) => !known.has(code + path));
}

const noSynapseChanges = ({ growth }: Prepared): SynapseChanges => ({
  slots: new Uint32Array(0),
  additions: new Uint32Array(0),
  groups: new GroupStamps(growth, 0),
  pairs: new Map(),
  kept: new Map(),
});
