/** Counts of what lies in SONATA and NWB files, read through h5wasm. */
import h5wasm, { type Dataset, File } from "h5wasm/node";
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

export function nwbTally(path: string): Promise<{ spikes: number }> {
  return reading(path, (file) => ({ spikes: lengthOf(dataset(file, "units/spike_times")) }));
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
