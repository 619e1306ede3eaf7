/** What is known of each format before anything is written: its extension, its size, and what it has no place for. */

import { LabError } from "#contracts/errors.ts";
import { type ExportCheck, type ExportFormat, type ExportOptions, type ExportPlan, formatTakes } from "#contracts/exports.ts";
import { saveGenome } from "../genome/save.ts";
import { validateGenome } from "../genome/validate.ts";
import { inputsIn, noInput } from "../stimulation/brain-input.ts";
import { lostInConnectomeFile } from "./connectome-of-brain.ts";
import { feagiDifferences } from "./nest.ts";
import { type ExportNetwork, type ExportSource, isWhole, networkIn, parallelSynapses } from "./network.ts";
import { unescapable } from "./xml.ts";

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
  bundle: { extension: "", isFolder: true, holdsState: true, rowBytes: [60, 28], lost: () => [] },
  sonata: {
    extension: "",
    isFolder: true,
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
  csv: { extension: "csv", rowBytes: [70, 100], lost: () => ofGraphs },
  "neo4j-csv": {
    extension: "",
    isFolder: true,
    rowBytes: [60, 50],
    lost: () => [...ofGraphs, "Consecutive fire limit, snooze, firing window and charge accumulation of neurons."],
  },
  arrow: { extension: "arrow", seeks: true, rowBytes: [42, 23], lost: () => ofGraphs },
  nwb: {
    extension: "nwb",
    seeks: true,
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
    rowBytes: [70, 120],
    lost: () => [
      ...ofGraphs,
      "The dynamics: NeuroML has no neuron of FEAGI's, so its cells never fire and its synapses carry no current. It holds the structure.",
      noFiring,
      "Weight and psp apart: a weight is their product, with the sign of the type.",
    ],
  },
  nest: { extension: "", isFolder: true, rowBytes: [0, 0], lost: (source, network) => feagiDifferences(source, network()) },
  parquet: { extension: "parquet", seeks: true, rowBytes: [20, 14], lost: () => ofGraphs },
};

/** What is known of the format, after each option that it has no use for was refused. */
export function formatOf(options: Omit<ExportOptions, "dialect" | "verify">, rateHz: number): FormatFacts {
  const { format, scope, stepMs, bursts, probes, idBase, compression, rowsPerFile } = options;
  const takes = formatTakes[format];
  if (bursts && !takes.bursts)
    throw refused(`${format} has no place for activity`, options, `Leave the bursts out, or choose ${takersOf("bursts")}.`);
  if (!takes.scope && !isWhole(scope))
    throw refused(`A ${format} file holds the whole brain`, options, "Leave the scope out, or choose a format of graphs or tables.");
  if (probes && !takes.probes)
    throw refused(`${format} has no place for membrane potentials`, options, `Choose ${takersOf("probes")}, or leave the probes out.`);
  if (probes && !isWhole(scope)) throw refused("Probes name neurons one by one", options, "Leave the scope out, or the probes.");
  if (takes.stepMs && stepMs === undefined)
    throw refused(
      `${format} counts time in milliseconds, and a burst has no length of its own`,
      options,
      `Say what one burst is with stepMs; ${Number((1000 / rateHz).toPrecision(6))} is this brain's rate.`,
    );
  if (idBase !== undefined && takes.idBase !== "either" && takes.idBase !== idBase) {
    const why = takes.idBase === undefined ? "has no ids to count" : `counts from ${takes.idBase} by its standard`;
    throw refused(`${format} ${why}`, options, `Leave idBase out, or choose ${takersOf("idBase", "either")}.`);
  }
  if (compression !== undefined && compression !== "none" && !takes.compression?.includes(compression))
    throw refused(
      `${format} cannot be packed with ${compression}`,
      options,
      takes.compression ? `Choose ${takes.compression.join(", ")}.` : "Leave compression out.",
    );
  if (rowsPerFile !== undefined && !takes.rowsPerFile)
    throw refused(`${format} is not split into files`, options, `Leave rowsPerFile out, or choose ${takersOf("rowsPerFile")}.`);
  return formatFacts[format];
}

function refused(message: string, { format }: { format: ExportFormat }, advice: string): LabError {
  return new LabError("E_INVALID", message, { format }, advice);
}

function takersOf(option: keyof (typeof formatTakes)[ExportFormat], how?: string): string {
  const takers = Object.entries(formatTakes).filter(([, takes]) => (how === undefined ? takes[option] : takes[option] === how));
  return takers.map(([format]) => format).join(", ");
}

/** Before anything is written of a brain that a format would have to imitate. */
export function refusePretence(format: ExportFormat, { lost }: ExportPlan): void {
  if (format !== "nest") return;
  const message = `NEST has no neuron of FEAGI's, and an export would only look like this brain: ${lost[0]}`;
  const advice = "Export a network file of lif-delta, or choose sonata or parquet for the wiring alone.";
  throw new LabError("E_UNSUPPORTED", message, { differences: lost }, advice);
}

/** `probes` is how many neurons are followed, over so many bursts, where that is what is exported. */
export function planOf(
  format: ExportFormat,
  source: ExportSource,
  network: ExportNetwork,
  probes?: { count: number; bursts: number },
): ExportPlan {
  if (probes) return planOfProbes(format, source, probes);
  const { lost } = formatFacts[format];
  const [neurons, synapses] = [network.ids.length, network.synapses.slot.length];
  const bytes = sizeOf(format, source, neurons, synapses);
  const { spikes } = source;
  const recorded = spikes ? { first: spikes.first, last: spikes.last } : null;
  const isPart = network.outside > 0 || network.areas.length < source.connectome.areas.size;
  const sizes: ExportPlan["sizes"] = {};
  for (const one of Object.keys(formatFacts) as ExportFormat[])
    if (one !== "nest" && (!isPart || formatTakes[one].scope)) sizes[one] = sizeOf(one, source, neurons, synapses);
  const checks = checksOf(format, source, network);
  const areas = network.areas.length;
  return { format, areas, neurons, synapses, bytes, recorded, checks, sizes, lost: lostOf(format, source, lost, network) };
}

function planOfProbes(format: ExportFormat, { traces }: ExportSource, { count, bursts }: { count: number; bursts: number }): ExportPlan {
  const recorded = traces ? { first: traces.first, last: traces.last } : null;
  const lost = [
    "The network: only the neurons that were named, with area and voxel.",
    "What made the potential what it is: postsynaptic potentials, refractory countdowns, snoozes. It is as each burst left it.",
  ];
  const sizes: ExportPlan["sizes"] = {};
  for (const [one, bytes] of Object.entries(probeBytes) as [ExportFormat, number][]) sizes[one] = 4096 + count * bursts * bytes;
  return { format, areas: 0, neurons: count, synapses: 0, bytes: sizes[format] ?? 0, recorded, checks: [], sizes, lost };
}

/** Typical bytes of one neuron after one burst. */
const probeBytes: Partial<Record<ExportFormat, number>> = { csv: 48, arrow: 38, parquet: 6, nwb: 4 };

/** What a reader of the files would stumble over. */
function checksOf(format: ExportFormat, { connectome }: ExportSource, network: ExportNetwork): ExportCheck[] {
  if (format === "genome" || format === "bundle") {
    const { errors, warnings } = validateGenome(saveGenome(connectome.genome, "source", 0));
    const detail = `${errors.length} errors, ${warnings.length} warnings by the genome schema`;
    return [{ name: "schema", ok: errors.length === 0, detail }];
  }
  if (formatFacts[format].holdsState) return [];
  const { areas, ids, neurons, synapses } = network;
  const times = new Map<string, number>();
  for (const { name } of areas) times.set(name, (times.get(name) ?? 0) + 1);
  const shared = [...times].filter(([, count]) => count > 1);
  const noNumbers =
    endless(synapses.weight) +
    endless(synapses.psp) +
    ids.reduce((count, id) => (Number.isFinite(neurons.threshold[id]!) && Number.isFinite(neurons.leak[id]!) ? count : count + 1), 0);
  const checks: ExportCheck[] = [
    {
      name: "names",
      ok: shared.length === 0,
      detail:
        shared.length === 0
          ? `${areas.length} areas, each with a name of its own`
          : `${shared.map(([name, count]) => `${count} areas are called ${name}`).join(", ")}: only their ids tell them apart`,
    },
    {
      name: "values",
      ok: noNumbers === 0,
      detail:
        noNumbers === 0
          ? "every weight, psp, threshold and leak is a finite number"
          : `${noNumbers} weights, thresholds or leaks are infinite or no number: few readers take those`,
    },
  ];
  if (!isXml.has(format)) return checks;
  const cut = areas.filter(({ name }) => unescapable(name)).map(({ name }) => name);
  const detail = cut.length === 0 ? "every name can stand in XML" : `XML has no place for some characters of ${cut.length} names: they go`;
  return [...checks, { name: "schema", ok: cut.length === 0, detail }];
}

/** A loop: a brain has millions, and bursts wait meanwhile. */
function endless(column: Float32Array): number {
  let count = 0;
  for (let row = 0; row < column.length; row++) if (!Number.isFinite(column[row])) count++;
  return count;
}

const isXml: ReadonlySet<ExportFormat> = new Set(["graphml", "gexf", "neuroml"]);

function sizeOf(format: ExportFormat, { connectome }: ExportSource, neurons: number, synapses: number): number {
  const [neuron, synapse] = formatFacts[format].rowBytes;
  const document = format === "genome" || format === "bundle" ? connectome.genome.source.length : 4096;
  return document + neurons * neuron + synapses * synapse;
}

function lostOf(format: ExportFormat, source: ExportSource, lost: FormatFacts["lost"], network: ExportNetwork): string[] {
  const sentences = lost(source, () => network);
  if (!formatTakes[format].scope && format !== "nest") return sentences;
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
export function planFor({ format, scope, probes }: Pick<ExportOptions, "format" | "scope" | "probes">, source: ExportSource, bursts = 0) {
  return planOf(format, source, networkIn(source, scope), probes && { count: new Set(probes).size, bursts });
}
