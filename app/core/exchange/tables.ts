/**
 * Neurons, synapses and areas as tables with a unit and a sentence for each column: what CSV, Arrow and Parquet write.
 * Voxel coordinates are local to the area; potentials are in engine units, those of the firing threshold.
 */
import type { CorticalArea } from "#contracts/connectome.ts";
import { ABSENT, type ExportedSpikes, type ExportedTraces, type ExportNetwork } from "./network.ts";

export type CellType = "u8" | "u16" | "u32" | "i32" | "f32" | "bool" | "text";

export interface TableColumn {
  name: string;
  type: CellType;
  /** "" for what has none. */
  unit: string;
  about: string;
  at(row: number): number | boolean | string;
}

export interface ExportTable {
  name: "synapses" | "neurons" | "areas" | "spikes" | "traces";
  rows: number;
  columns: TableColumn[];
}

/** `isWide` repeats area and voxel of both ends in each row, for tools that cannot join. */
export function synapseTable(network: ExportNetwork, isWide: boolean): ExportTable {
  const { slot, source, target, weight, psp, kind, delay, flags } = network.synapses;
  const end = (name: "source" | "target", ids: Uint32Array): TableColumn[] => [
    column(name, "u32", "", `Id of the ${name} neuron.`, (row) => ids[row]! + network.idBase),
    ...(isWide
      ? placeColumns(network, (row) => ids[row]!).map((place) => ({
          ...place,
          name: `${name}_${place.name}`,
          about: `Of the ${name}: ${place.about}`,
        }))
      : []),
  ];
  return {
    name: "synapses",
    rows: slot.length,
    columns: [
      column("slot", "u32", "", "Place of the synapse in the engine, never used again.", (row) => slot[row]!),
      ...end("source", source),
      ...end("target", target),
      column("weight", "f32", "1", "Synaptic weight, learned changes included; its sign is in type.", (row) => weight[row]!),
      column("psp", "f32", "engine potential", "Postsynaptic potential per unit of weight.", (row) => psp[row]!),
      column("type", "text", "", "excitatory or inhibitory.", (row) => synapseType(kind[row]!)),
      column("delay", "u8", "burst", "From the spike to its arrival.", (row) => delay[row]!),
      ...(isWide ? [] : [column("flags", "u8", "", "Bit 0: associative.", (row) => flags[row]!)]),
    ],
  };
}

export const synapseType = (kind: number) => (kind === 0 ? "excitatory" : "inhibitory");

export function neuronTable(network: ExportNetwork): ExportTable {
  const { ids, neurons: n, idBase } = network;
  return {
    name: "neurons",
    rows: ids.length,
    columns: [
      column("id", "u32", "", "Id of the neuron.", (row) => ids[row]! + idBase),
      ...placeColumns(network, (row) => ids[row]!),
      column("threshold", "f32", "engine potential", "Firing threshold.", (row) => n.threshold[ids[row]!]!),
      column(
        "threshold_limit",
        "f32",
        "engine potential",
        "Upper end of the firing window; 3.4e38 is none.",
        (row) => n.thresholdLimit[ids[row]!]!,
      ),
      column("leak", "f32", "1/burst", "Share of the membrane potential lost per burst.", (row) => n.leak[ids[row]!]!),
      column(
        "refractory_period",
        "u16",
        "burst",
        "Bursts after a spike in which the neuron cannot fire.",
        (row) => n.refractoryPeriod[ids[row]!]!,
      ),
      column("excitability", "f32", "1", "Probability to fire above the threshold.", (row) => n.excitability[ids[row]!]!),
      column(
        "consecutive_fire_limit",
        "u16",
        "burst",
        "Spikes in a row before a snooze; 0 and 65535 are none.",
        (row) => n.consecutiveFireLimit[ids[row]!]!,
      ),
      column(
        "snooze_period",
        "u16",
        "burst",
        "Extra refractory bursts after the consecutive fire limit.",
        (row) => n.snoozePeriod[ids[row]!]!,
      ),
      column("charge_accumulation", "bool", "", "Whether charge stays from burst to burst.", (row) => n.accumulates[ids[row]!] === 1),
    ],
  };
}

/** In burst order; ids ascend within a burst. */
export function spikeTable({ burst, neuron }: ExportedSpikes, idBase = 0): ExportTable {
  return {
    name: "spikes",
    rows: burst.length,
    columns: [
      column("burst", "u32", "burst", "Burst in which it fired.", (row) => burst[row]!),
      column("neuron", "u32", "", "Id of the neuron.", (row) => neuron[row]! + idBase),
    ],
  };
}

/** In burst order, the probes in each burst in the order they were named. */
export function traceTable({ first, neurons, potential, fired }: ExportedTraces, network: ExportNetwork): ExportTable {
  const probe = (row: number) => neurons[row % neurons.length]!;
  return {
    name: "traces",
    rows: potential.length,
    columns: [
      column("burst", "u32", "burst", "Burst after which it was read.", (row) => first + Math.floor(row / neurons.length)),
      column("neuron", "u32", "", "Id of the neuron.", (row) => probe(row) + network.idBase),
      ...placeColumns(network, probe),
      column("membrane_potential", "f32", "engine potential", "Membrane potential after the burst.", (row) => potential[row]!),
      column(
        "threshold",
        "f32",
        "engine potential",
        "Firing threshold when it was exported.",
        (row) => network.neurons.threshold[probe(row)]!,
      ),
      column("fired", "bool", "", "Whether it fired in the burst.", (row) => fired[row] === 1),
    ],
  };
}

/** The same rows in tables of at most so many, each under the name its part has. */
export function inParts(table: ExportTable, name: string, rowsPerFile = table.rows): { name: string; table: ExportTable }[] {
  const parts = Math.max(1, Math.ceil(table.rows / Math.max(1, rowsPerFile)));
  return Array.from({ length: parts }, (_, part) => {
    const start = part * rowsPerFile;
    const columns = table.columns.map((column) => ({ ...column, at: (row: number) => column.at(start + row) }));
    const rows = Math.min(rowsPerFile, table.rows - start);
    return { name: partName(name, part), table: part === 0 && parts === 1 ? table : { ...table, rows, columns } };
  });
}

/** Of the file that goes on: `neurons-2` after `neurons`, `part-2` after the one that has no name of its own. */
export function partName(name: string, part: number): string {
  return part === 0 ? name : `${name || "part"}-${part + 1}`;
}

export function areaTable({ areas }: ExportNetwork): ExportTable {
  const text = (name: "id" | "idText" | "name" | "kind" | "region", header: string, about: string) =>
    column(header, "text", "", about, (row) => areas[row]![name]);
  const side = (name: string, axis: 0 | 1 | 2) =>
    column(name, "u32", "voxel", `Size of its box, ${name}.`, (row) => areas[row]!.dimensions[axis]);
  const corner = (name: string, axis: 0 | 1 | 2) =>
    column(name, "i32", "voxel", `Corner with the lowest coordinates in lab space, ${name}.`, (row) => areas[row]!.position[axis]);
  const count = (name: string, about: string, of: (area: CorticalArea) => number) =>
    column(name, "u32", "", about, (row) => of(areas[row]!));
  return {
    name: "areas",
    rows: areas.length,
    columns: [
      text("id", "id", "Cortical id: eight bytes as base64."),
      text("idText", "id_text", "Those bytes as text."),
      text("name", "name", "What people call it."),
      text("kind", "kind", "input, output, custom, memory, core or modulator."),
      text("region", "region", "Id of the brain region that holds it."),
      ...([0, 1, 2] as const).map((axis) => side(["width", "height", "depth"][axis]!, axis)),
      ...([0, 1, 2] as const).map((axis) => corner("xyz"[axis]!, axis)),
      count("neurons_per_voxel", "Neurons in each voxel as it grew.", (area) => area.neuronsPerVoxel),
      count("first_neuron", "Id of the first neuron of its block.", (area) => area.firstNeuron),
      count("neurons", "Neurons of its block as it grew.", (area) => area.neurons),
    ],
  };
}

function placeColumns({ neurons, places, areaByIndex }: ExportNetwork, id: (row: number) => number): TableColumn[] {
  const areaOf = (neuron: number) => (places[neuron] === ABSENT ? "" : (areaByIndex.get(neurons.area[neuron]!)?.id ?? ""));
  return [
    column("area", "text", "", "Cortical id of its area.", (row) => areaOf(id(row))),
    column("x", "u32", "voxel", "Place in the area, x.", (row) => neurons.x[id(row)]!),
    column("y", "u32", "voxel", "Place in the area, y.", (row) => neurons.y[id(row)]!),
    column("z", "u32", "voxel", "Place in the area, z.", (row) => neurons.z[id(row)]!),
  ];
}

function column(name: string, type: CellType, unit: string, about: string, at: TableColumn["at"]): TableColumn {
  return { name, type, unit, about, at };
}
