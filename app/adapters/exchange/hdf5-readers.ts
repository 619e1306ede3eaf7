/** Counts of what lies in SONATA and NWB files, read through h5wasm. */
import h5wasm, { Dataset, File, type Group } from "h5wasm/node";
import { edgePopulation, population } from "./sonata.ts";

const SLICE = 65_536;

export async function sonataTally(paths: ReadonlyMap<string, string>) {
  const weights = await reading(paths.get("edges.h5")!, (file) => {
    const weight = dataset(file, `edges/${edgePopulation}/0/syn_weight`);
    let total = 0;
    for (let start = 0; start < lengthOf(weight); start += SLICE)
      for (const value of weight.slice([[start, Math.min(lengthOf(weight), start + SLICE)]]) as Float32Array) total += value;
    return { synapses: lengthOf(weight), weights: total };
  });
  const neurons = await reading(paths.get("nodes.h5")!, (file) => lengthOf(dataset(file, `nodes/${population}/node_id`)));
  const trains = paths.get("spikes.h5");
  const spikes =
    trains === undefined ? {} : { spikes: await reading(trains, (file) => lengthOf(dataset(file, `spikes/${population}/node_ids`))) };
  return { ...weights, neurons, ...spikes };
}

/** Of probes also the values of all time series, and their sum. */
export function nwbTally(path: string): Promise<{ spikes: number; values?: number; potentials?: number }> {
  return reading(path, (file) => {
    const times = file.get("units/spike_times");
    const spikes = times instanceof Dataset ? lengthOf(times) : 0;
    const series = (file.get("acquisition") as Group).keys();
    if (series.length === 0) return { spikes };
    const tally = { spikes, values: 0, potentials: 0 };
    for (const name of series)
      for (const value of dataset(file, `acquisition/${name}/data`).value as Float32Array) {
        tally.values++;
        tally.potentials += value;
      }
    return tally;
  });
}

async function reading<T>(path: string, read: (file: File) => T): Promise<T> {
  await h5wasm.ready;
  const file = new File(path, "r");
  try {
    return read(file);
  } finally {
    file.close();
  }
}

const dataset = (file: File, name: string) => file.get(name) as Dataset;
const lengthOf = ({ shape }: Dataset) => shape?.[0] ?? 0;
