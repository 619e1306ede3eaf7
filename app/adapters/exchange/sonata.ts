/**
 * SONATA (github.com/AllenInstitute/sonata): nodes, edges with their indices, types, spikes and a circuit configuration, written
 * through h5wasm slice by slice. Node id = place among the exported neurons; the engine's own id is the attribute `neuron`.
 * Edges lie in target order, so that the synapses of a neuron are one range. Nothing is compressed: the wheel of libsonata has no gzip.
 */
import type { Group } from "h5wasm/node";
import { type ExportedSpikes, type ExportNetwork, grouped } from "#core/exchange/network.ts";
import type { AnyPart } from "../files/write-export.ts";
import { column, pairs, type Tick, text, written } from "./hdf5.ts";

const MAGIC = 0x0a7a;
export const population = "brain";
export const edgePopulation = "brain__brain__chemical";

export interface SonataOptions {
  /** ms of one burst. */
  stepMs: number;
  spikes?: ExportedSpikes;
}

export function sonataParts(network: ExportNetwork, options: SonataOptions): AnyPart[] {
  const { spikes } = options;
  const areas = network.areas.map((area, type) => `${type} ${word(area.id)} ${word(area.name)} ${area.kind} virtual\n`);
  return [
    { name: "nodes.h5", write: (path, tick) => circuitFile(path, (file) => nodes(file, network, tick)) },
    { name: "edges.h5", write: (path, tick) => circuitFile(path, (file) => edges(file, network, options, tick)) },
    ...(spikes
      ? [
          {
            name: "spikes.h5",
            write: (path: string, tick: Tick) => circuitFile(path, (file) => trains(file, network, spikes, options, tick)),
          },
        ]
      : []),
    { name: "node_types.csv", pieces: ["node_type_id area area_name area_kind model_type\n", ...areas] },
    { name: "edge_types.csv", pieces: ["edge_type_id synapse_type\n", "0 excitatory\n", "1 inhibitory\n"] },
    { name: "circuit_config.json", pieces: [`${JSON.stringify(configuration(options), null, 2)}\n`] },
  ];
}

/** Tables of types are separated by spaces. */
const word = (text: string) => text.replace(/[\s"]+/g, "_") || "_";

function configuration({ stepMs, spikes }: SonataOptions) {
  return {
    manifest: { $BASE_DIR: "." },
    components: {},
    run: { dt: stepMs },
    networks: {
      nodes: [
        {
          nodes_file: "$BASE_DIR/nodes.h5",
          node_types_file: "$BASE_DIR/node_types.csv",
          populations: { [population]: { type: "virtual" } },
        },
      ],
      edges: [
        {
          edges_file: "$BASE_DIR/edges.h5",
          edge_types_file: "$BASE_DIR/edge_types.csv",
          populations: { [edgePopulation]: { type: "chemical" } },
        },
      ],
    },
    ...(spikes ? { output: { spikes_file: "spikes.h5" } } : {}),
  };
}

function circuitFile(path: string, fill: (file: Group) => Promise<void>): Promise<void> {
  return written(path, async (file) => {
    file.create_attribute("magic", new Uint32Array([MAGIC]), [], "<I");
    file.create_attribute("version", new Uint32Array([0, 1]), [2], "<I");
    await fill(file);
  });
}

async function nodes(file: Group, { ids, neurons: n, areas, title }: ExportNetwork, tick: Tick): Promise<void> {
  const root = groupOf(groupOf(file, "nodes"), population);
  const typeOf = new Map(areas.map(({ index }, type) => [index, type]));
  const typeAt = (row: number) => typeOf.get(n.area[ids[row]!]!)!;
  const count = ids.length;
  root.create_attribute("title", title);
  await column(root, "node_type_id", count, "<Q", typeAt, tick);
  await column(root, "node_id", count, "<Q", (row) => row, tick);
  await column(root, "node_group_id", count, "<Q", () => 0, tick);
  await column(root, "node_group_index", count, "<Q", (row) => row, tick);
  const group = groupOf(root, "0");
  const library = groupOf(group, "@library");
  library.create_dataset({ name: "area", data: areas.map(({ id }) => id), shape: [areas.length], dtype: "A" });
  await column(group, "area", count, "<I", typeAt, tick);
  await column(group, "neuron", count, "<I", (row) => ids[row]!, tick);
  for (const axis of ["x", "y", "z"] as const)
    await column(group, axis, count, "<I", (row) => n[axis][ids[row]!]!, tick, "voxel of the area");
  const reals = [
    ["threshold", "threshold", "engine potential"],
    ["threshold_limit", "thresholdLimit", "engine potential"],
    ["leak", "leak", "1/burst"],
    ["excitability", "excitability", "1"],
  ] as const;
  for (const [name, setting, unit] of reals) await column(group, name, count, "<f", (row) => n[setting][ids[row]!]!, tick, unit);
  const bursts = [
    ["refractory_period", "refractoryPeriod"],
    ["consecutive_fire_limit", "consecutiveFireLimit"],
    ["snooze_period", "snoozePeriod"],
  ] as const;
  for (const [name, setting] of bursts) await column(group, name, count, "<H", (row) => n[setting][ids[row]!]!, tick, "burst");
  await column(group, "charge_accumulation", count, "<B", (row) => n.accumulates[ids[row]!]!, tick);
}

async function edges(file: Group, { ids, places, synapses: s }: ExportNetwork, { stepMs }: SonataOptions, tick: Tick): Promise<void> {
  const root = groupOf(groupOf(file, "edges"), edgePopulation);
  const count = s.slot.length;
  const { order, starts } = grouped(count, ids.length, (row) => places[s.target[row]!]!);
  const sourceAt = (edge: number) => places[s.source[order[edge]!]!]!;
  const targetAt = (edge: number) => places[s.target[order[edge]!]!]!;
  for (const [name, at] of [
    ["source_node_id", sourceAt],
    ["target_node_id", targetAt],
  ] as const) {
    const made = await column(root, name, count, "<Q", at, tick);
    text(made, "node_population", population);
  }
  await column(root, "edge_type_id", count, "<Q", (edge) => (s.kind[order[edge]!] === 0 ? 0 : 1), tick);
  await column(root, "edge_group_id", count, "<Q", () => 0, tick);
  await column(root, "edge_group_index", count, "<Q", (edge) => edge, tick);
  const group = groupOf(root, "0");
  await column(group, "syn_weight", count, "<f", (edge) => s.weight[order[edge]!]!, tick, "1");
  await column(group, "psp", count, "<f", (edge) => s.psp[order[edge]!]!, tick, "engine potential");
  await column(group, "delay", count, "<f", (edge) => s.delay[order[edge]!]! * stepMs, tick, "ms");
  await column(group, "inhibitory", count, "<B", (edge) => (s.kind[order[edge]!] === 0 ? 0 : 1), tick);
  await column(group, "slot", count, "<I", (edge) => s.slot[order[edge]!]!, tick);
  const indices = groupOf(root, "indices");
  // Of a target: one range. Of a source: a range for each of its synapses.
  const incoming = groupOf(indices, "target_to_source");
  await pairs(incoming, "node_id_to_ranges", ids.length, (node) => [node, node + 1], tick);
  await pairs(incoming, "range_to_edge_id", ids.length, (node) => [starts[node]!, starts[node + 1]!], tick);
  const bySource = grouped(count, ids.length, sourceAt);
  const outgoing = groupOf(indices, "source_to_target");
  await pairs(outgoing, "node_id_to_ranges", ids.length, (node) => [bySource.starts[node]!, bySource.starts[node + 1]!], tick);
  await pairs(outgoing, "range_to_edge_id", count, (at) => [bySource.order[at]!, bySource.order[at]! + 1], tick);
  // The standard and libsonata spell it differently.
  for (const index of [incoming, outgoing]) index.create_hard_link(`${index.path}/node_id_to_ranges`, "node_id_to_range");
}

async function trains(
  file: Group,
  { places }: ExportNetwork,
  { burst, neuron }: ExportedSpikes,
  { stepMs }: SonataOptions,
  tick: Tick,
): Promise<void> {
  const root = groupOf(groupOf(file, "spikes"), population);
  // They lie in order of time, but the attribute that says so is an HDF5 enumeration, which h5wasm cannot write.
  await column(root, "timestamps", burst.length, "<d", (row) => burst[row]! * stepMs, tick, "ms");
  await column(root, "node_ids", burst.length, "<Q", (row) => places[neuron[row]!]!, tick);
}

function groupOf(parent: Group, name: string): Group {
  return parent.create_group(name);
}
