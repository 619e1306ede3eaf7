/** Counts of a SONATA circuit, read through h5wasm. */
import type { Dataset } from "h5wasm/node";
import h5wasm, { File } from "h5wasm/node";
import { edgePopulation, population } from "./sonata.ts";

const SLICE = 65_536;

export async function sonataTally(nodesFile: string, edgesFile: string): Promise<{ neurons: number; synapses: number; weights: number }> {
  await h5wasm.ready;
  const [nodes, edges] = [nodesFile, edgesFile].map((file) => new File(file, "r")) as [File, File];
  try {
    const weight = edges.get(`edges/${edgePopulation}/0/syn_weight`) as Dataset;
    const [synapses = 0] = weight.shape ?? [];
    let weights = 0;
    for (let start = 0; start < synapses; start += SLICE)
      for (const value of weight.slice([[start, Math.min(synapses, start + SLICE)]]) as Float32Array) weights += value;
    return { synapses, weights, neurons: (nodes.get(`nodes/${population}/node_id`) as Dataset).shape?.[0] ?? 0 };
  } finally {
    nodes.close();
    edges.close();
  }
}
