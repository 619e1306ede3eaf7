/**
 * NWB 2 (nwb.org): what fired, as one row of `units` for each neuron that did, with its area and voxel; of probes also the membrane
 * potential, as one time series a neuron. Times are seconds from the beginning of burst 1. Wiring has no place in NWB.
 */
import type { Dataset, Group } from "h5wasm/node";
import type { ExportedSpikes, ExportedTraces, ExportNetwork, ExportSource } from "#core/exchange/network.ts";
import type { AnyPart } from "../files/write-export.ts";
import { column, type Tick, text, written } from "./hdf5.ts";

const VERSION = "2.8.0";

export interface NwbOptions {
  spikes: ExportedSpikes;
  stepMs: number;
  gzip: boolean;
}

export function nwbParts(network: ExportNetwork, { meta, connectome, traces }: ExportSource, options: NwbOptions): AnyPart[] {
  const { spikes, stepMs } = options;
  const write = (path: string, tick: Tick) =>
    written(path, async (file) => {
      typed(file, "core", "NWBFile");
      text(file, "nwb_version", VERSION);
      const words = {
        identifier: `${meta.brainId}-${meta.burst}`,
        session_description: `${meta.title}: a simulated brain (Gyrus, ${connectome.dynamics} dynamics), bursts ${spikes.first} to ${spikes.last} of ${stepMs} ms`,
        session_start_time: meta.savedAt,
        timestamps_reference_time: meta.savedAt,
      };
      for (const [name, value] of Object.entries(words)) file.create_dataset({ name, data: value, shape: [], dtype: "S" });
      file.create_dataset({ name: "file_create_date", data: [meta.savedAt], shape: [1], maxshape: [null], chunks: [1], dtype: "S" });
      const acquisition = file.create_group("acquisition");
      for (const name of ["analysis", "processing", "general"]) file.create_group(name);
      const stimulus = file.create_group("stimulus");
      for (const name of ["presentation", "templates"]) stimulus.create_group(name);
      if (traces) await potentials(acquisition, network, traces, options, tick);
      if (spikes.burst.length > 0) await units(file, network, options, tick);
    });
  return [{ name: "", write }];
}

/** A value a burst, as the burst left it: the first is of the end of burst `first`. */
async function potentials(
  acquisition: Group,
  { neurons: n, areaByIndex }: ExportNetwork,
  { first, last, neurons, potential }: ExportedTraces,
  { stepMs, gzip }: NwbOptions,
  tick: Tick,
): Promise<void> {
  for (const [probe, id] of neurons.entries()) {
    const series = acquisition.create_group(`membrane_potential_${id}`);
    typed(series, "core", "TimeSeries");
    const area = areaByIndex.get(n.area[id]!)!;
    text(series, "description", `Neuron ${id}: ${area.id} at ${n.x[id]}, ${n.y[id]}, ${n.z[id]}, after each burst.`);
    text(series, "comments", `Firing threshold ${n.threshold[id]} engine potential.`);
    const at = (row: number) => potential[row * neurons.length + probe]!;
    const data = await column(series, "data", last - first + 1, "<f", at, tick, "", gzip);
    text(data, "unit", "engine potential");
    for (const [name, value] of Object.entries({ conversion: 1, offset: 0, resolution: -1 }))
      data.create_attribute(name, new Float32Array([value]), [], "<f");
    const start = series.create_dataset({
      name: "starting_time",
      data: new Float64Array([(first * stepMs) / 1000]),
      shape: [],
      dtype: "<d",
    });
    start.create_attribute("rate", new Float32Array([1000 / stepMs]), [], "<f");
    text(start, "unit", "seconds");
  }
}

async function units(
  file: Group,
  { neurons: n, areaByIndex }: ExportNetwork,
  { spikes, stepMs, gzip }: NwbOptions,
  tick: Tick,
): Promise<void> {
  const stepS = stepMs / 1000;
  const ids = Array.from(new Set(spikes.neuron)).sort((a, b) => a - b);
  const place = new Map(ids.map((id, row) => [id, row]));
  const ends = new Uint32Array(ids.length);
  for (const id of spikes.neuron) ends[place.get(id)!]!++;
  for (let row = 1; row < ends.length; row++) ends[row]! += ends[row - 1]!;
  // Ascending in time within a neuron, as the recording is.
  const next = ends.map((_, row) => (row === 0 ? 0 : ends[row - 1]!));
  const bursts = new Uint32Array(spikes.burst.length);
  spikes.neuron.forEach((id, i) => {
    bursts[next[place.get(id)!]!++] = spikes.burst[i]!;
  });

  const table = file.create_group("units");
  typed(table, "core", "Units");
  text(table, "description", "Neurons that fired; id is the number of the neuron in Gyrus.");
  const columns = ["spike_times", "area", "x", "y", "z"];
  table.create_attribute("colnames", columns, [columns.length], "S");
  const id = await column(table, "id", ids.length, "<q", (row) => ids[row]!, tick);
  typed(id, "hdmf-common", "ElementIdentifiers");
  const times = await column(table, "spike_times", bursts.length, "<d", (row) => bursts[row]! * stepS, tick, "", gzip);
  described(times, "Spike times in seconds: number of the burst times its length.");
  times.create_attribute("resolution", new Float64Array([stepS]), [], "<d");
  const index = await column(table, "spike_times_index", ids.length, "<I", (row) => ends[row]!, tick);
  typed(index, "hdmf-common", "VectorIndex");
  text(index, "description", "Where the spikes of each neuron end.");
  index.create_attribute("target", times.create_reference(), [], "Reference");
  const areas = table.create_dataset({
    name: "area",
    data: ids.map((neuron) => areaByIndex.get(n.area[neuron]!)!.id),
    shape: [ids.length],
    dtype: "S",
  });
  described(areas, "Cortical id of its area.");
  for (const axis of ["x", "y", "z"] as const) {
    const made = await column(table, axis, ids.length, "<I", (row) => n[axis][ids[row]!]!, tick);
    described(made, `Voxel of the area, ${axis}.`);
  }
}

function typed(of: Group | Dataset, namespace: string, type: string): void {
  text(of, "namespace", namespace);
  text(of, "neurodata_type", type);
  text(of, "object_id", crypto.randomUUID());
}

function described(of: Dataset, about: string): void {
  typed(of, "hdmf-common", "VectorData");
  text(of, "description", about);
}
