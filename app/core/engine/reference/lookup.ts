/** Finds neurons by coordinates. Reads the columns each time, so an answer is never stale. */

import { hasBit } from "./bits.ts";
import { NO_NEURON } from "./network-state.ts";
import type { Neurons } from "./neurons.ts";

/**
 * Per wanted voxel of an area the valid neuron of highest id there, or NO_NEURON. `words` holds x, y, z of each voxel at the
 * start of every `stride` words.
 */
export function voxelIds(
  neurons: Pick<Neurons, "area" | "x" | "y" | "z" | "valid" | "count">,
  area: number,
  words: Uint32Array,
  stride: number,
): Uint32Array {
  const wanted = words.length / stride;
  const found = new Uint32Array(wanted).fill(NO_NEURON);
  const buckets = new Map<number, number[]>();
  for (let i = 0; i < wanted; i++) {
    const hash = voxelHash(words[i * stride]!, words[i * stride + 1]!, words[i * stride + 2]!);
    const bucket = buckets.get(hash);
    if (bucket) bucket.push(i);
    else buckets.set(hash, [i]);
  }
  const { area: areas, x, y, z, valid, count } = neurons;
  for (let id = 0; id < count; id++) {
    if (areas[id] !== area || !hasBit(valid, id)) continue;
    for (const i of buckets.get(voxelHash(x[id]!, y[id]!, z[id]!)) ?? []) {
      if (words[i * stride] === x[id] && words[i * stride + 1] === y[id] && words[i * stride + 2] === z[id]) found[i] = id;
    }
  }
  return found;
}

function voxelHash(x: number, y: number, z: number): number {
  return Math.imul(x, 73856093) ^ Math.imul(y, 19349663) ^ Math.imul(z, 83492791);
}
