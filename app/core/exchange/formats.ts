/** What is known of each format before anything is written: its extension, its size, and what it has no place for. */
import type { ExportFormat, ExportOptions, ExportPlan } from "#contracts/commands/session.ts";
import { LabError } from "#contracts/errors.ts";
import { inputsIn, noInput } from "../stimulation/brain-input.ts";
import { lostInConnectomeFile } from "./connectome-of-brain.ts";
import { feagiDifferences } from "./nest.ts";
import { type ExportNetwork, type ExportSource, isWhole, networkIn, parallelSynapses } from "./network.ts";

/** What comes back in, told by its content. */
export const importFormats = ["genome", "brain", "connectome", "graphml", "sonata"] as const;
export type ImportFormat = (typeof importFormats)[number];

export interface FormatFacts {
  /** Of the file that was asked for; empty for a folder. */
  extension: string;
  /** Several files in a folder of their own. */
  isFolder?: boolean;
  /** Holds the complete engine state, and takes no scope. */
  holdsState?: boolean;
  /** Its readers jump about in the file, so it is not gzipped as a whole. */
  seeks?: boolean;
  /** Holds what fired while the recording went: by itself, or where bursts are asked for. */
  holdsSpikes?: "always" | "asked";
  /** Counts time in ms, so `stepMs` must say what a burst is. */
  needsStep?: boolean;
  /** Typical bytes of a neuron and of a synapse. */
  rowBytes: [neuron: number, synapse: number];
  /** In sentences for people. */
  lost(source: ExportSource, network: () => ExportNetwork): string[];
}

/** Of every format that holds neurons and synapses and nothing else. */
const graphOnly = "The genome, the mapping rules and the morphologies: what grew is kept, not why.";
const noState = "The state of the moment: membrane potentials, refractory countdowns, deliveries under way.";
const noLearning = "Eligibility traces, modulators and plasticity: weights are kept as they are now and no longer learn.";
const noFiring = "Excitability, consecutive fire limit, snooze, firing window and charge accumulation of neurons.";
const ofGraphs = [graphOnly, noState, noLearning];

export const formatFacts: Record<ExportFormat, FormatFacts> = {
  genome: {
    extension: "json",
    rowBytes: [0, 0],
    lost: () => [
      "Neurons and synapses: a genome grows them anew.",
      "Learned weights and the state of the moment.",
      "Edits made by hand to single neurons and synapses.",
    ],
  },
  brain: { extension: "brain", holdsState: true, rowBytes: [60, 28], lost: () => [] },
  connectome: {
    extension: "connectome",
    holdsState: true,
    rowBytes: [70, 40],
    lost: ({ snapshot, memory, input = noInput }) => [
      ...(snapshot.length === 0 ? [] : lostInConnectomeFile(snapshot, memory)),
      ...(inputsIn(input) === 0 ? [] : [`${inputsIn(input)} stimuli, schedules and held inputs that act on it`]),
    ],
  },
  sonata: {
    extension: "",
    isFolder: true,
    holdsSpikes: "always",
    needsStep: true,
    rowBytes: [90, 80],
    lost: () => [...ofGraphs, "The dynamics: SONATA names a model, and no other simulator has FEAGI's neuron."],
  },
  graphml: { extension: "graphml", rowBytes: [330, 220], lost: () => [...ofGraphs, noFiring] },
  gexf: {
    extension: "gexf",
    rowBytes: [480, 210],
    lost: (_, network) => [...ofGraphs, noFiring, ...parallels(network(), "Gephi shows them as one edge")],
  },
  mtx: {
    extension: "mtx",
    rowBytes: [70, 34],
    lost: (_, network) => [
      ...ofGraphs,
      "Weight and psp apart: an entry is their product, with the sign of the type.",
      "Delays of synapses: a matrix has one value an entry.",
      ...parallels(network(), "they are added up into one entry"),
    ],
  },
  csv: { extension: "csv", holdsSpikes: "asked", rowBytes: [70, 100], lost: () => ofGraphs },
  "neo4j-csv": {
    extension: "",
    isFolder: true,
    rowBytes: [60, 50],
    lost: () => [...ofGraphs, "Consecutive fire limit, snooze, firing window and charge accumulation of neurons."],
  },
  arrow: { extension: "arrow", seeks: true, holdsSpikes: "asked", rowBytes: [42, 23], lost: () => ofGraphs },
  nwb: {
    extension: "nwb",
    seeks: true,
    holdsSpikes: "always",
    needsStep: true,
    rowBytes: [16, 0],
    lost: () => [
      "Synapses, and neurons that did not fire: NWB holds activity, not wiring.",
      graphOnly.replace("what grew is kept, not why", "neither what grew nor why"),
      noState,
    ],
  },
  gltf: {
    extension: "glb",
    rowBytes: [0, 0],
    lost: () => ["Neurons, synapses, mappings, activity: only the boxes of areas, in their regions."],
  },
  neuroml: {
    extension: "nml",
    needsStep: true,
    rowBytes: [70, 120],
    lost: () => [
      ...ofGraphs,
      "The dynamics: NeuroML has no neuron of FEAGI's, so its cells never fire and its synapses carry no current. It holds the structure.",
      noFiring,
      "Weight and psp apart: a weight is their product, with the sign of the type.",
    ],
  },
  nest: { extension: "", isFolder: true, rowBytes: [0, 0], lost: (source, network) => feagiDifferences(source, network()) },
  parquet: { extension: "parquet", seeks: true, holdsSpikes: "asked", rowBytes: [20, 14], lost: () => ofGraphs },
};

export function formatOf(
  { format, scope, stepMs, bursts }: Pick<ExportOptions, "format" | "scope" | "stepMs" | "bursts">,
  rateHz: number,
): FormatFacts {
  const facts = formatFacts[format];
  if (bursts && !facts.holdsSpikes)
    throw new LabError(
      "E_INVALID",
      `${format} has no place for activity`,
      { format, bursts },
      "Leave the bursts out, or choose sonata, nwb, csv, arrow or parquet.",
    );
  if ((facts.holdsState || format === "genome") && !isWhole(scope))
    throw new LabError(
      "E_INVALID",
      `A ${format} file holds the whole brain`,
      { format },
      "Leave the scope out, or choose a format of graphs or tables.",
    );
  if (facts.needsStep && stepMs === undefined)
    throw new LabError(
      "E_INVALID",
      `${format} counts time in milliseconds, and a burst has no length of its own`,
      { format },
      `Say what one burst is with stepMs; ${Number((1000 / rateHz).toPrecision(6))} is this brain's rate.`,
    );
  return facts;
}

/** Before anything is written of a brain that a format would have to imitate. */
export function refusePretence(format: ExportFormat, { lost }: ExportPlan): void {
  if (format !== "nest") return;
  const message = `NEST has no neuron of FEAGI's, and an export would only look like this brain: ${lost[0]}`;
  const advice = "Export a network file of lif-delta, or choose sonata or parquet for the wiring alone.";
  throw new LabError("E_UNSUPPORTED", message, { differences: lost }, advice);
}

export function planOf(format: ExportFormat, source: ExportSource, network: ExportNetwork): ExportPlan {
  const { lost } = formatFacts[format];
  const [neurons, synapses] = [network.ids.length, network.synapses.slot.length];
  const bytes = sizeOf(format, source, neurons, synapses);
  const { spikes } = source;
  const recorded = spikes ? { first: spikes.first, last: spikes.last } : null;
  const isPart = network.outside > 0 || network.areas.length < source.connectome.areas.size;
  const sizes: ExportPlan["sizes"] = {};
  for (const [one, facts] of Object.entries(formatFacts) as [ExportFormat, FormatFacts][])
    if (one !== "nest" && !(isPart && (facts.holdsState || one === "genome"))) sizes[one] = sizeOf(one, source, neurons, synapses);
  return { format, areas: network.areas.length, neurons, synapses, bytes, recorded, sizes, lost: lostOf(format, source, lost, network) };
}

function sizeOf(format: ExportFormat, { connectome }: ExportSource, neurons: number, synapses: number): number {
  const [neuron, synapse] = formatFacts[format].rowBytes;
  return (format === "genome" ? connectome.genome.source.length : 4096) + neurons * neuron + synapses * synapse;
}

function lostOf(format: ExportFormat, source: ExportSource, lost: FormatFacts["lost"], network: ExportNetwork): string[] {
  const sentences = lost(source, () => network);
  if (format === "genome" || formatFacts[format].holdsState) return sentences;
  const { homeless, outside } = network;
  if (homeless > 0) sentences.push(`${homeless} synapses of memory neurons, which lie in no area.`);
  if (outside > homeless) sentences.push(`${outside - homeless} synapses with an end outside of the scope, or filtered out.`);
  return sentences;
}

function parallels(network: ExportNetwork, what: string): string[] {
  const count = parallelSynapses(network);
  return count === 0 ? [] : [`${count} parallel synapses as rows of their own: ${what}.`];
}

/** The plan of a source and a scope, for who has not made the network yet. */
export function planFor(format: ExportFormat, source: ExportSource, scope: ExportOptions["scope"]): ExportPlan {
  return planOf(format, source, networkIn(source, scope));
}
