/**
 * Classifier watches: the outputs of a classifier against its inputs of some bursts before. A verdict fires voxel 0,0,0 of an area in the next burst.
 *
 * Source: spec/burst-engine-extensions.md 14.
 */
import { NO_AREA } from "#contracts/patch-extensions.ts";
import { voxelIds } from "./lookup.ts";
import { type NetworkState, NO_NEURON } from "./network-state.ts";

export interface ClassifierWatch {
  errorArea: number;
  /** NO_AREA: none. */
  correctArea: number;
  /** Bursts from an input to its answer. */
  delay: number;
  pairs: { input: number; output: number }[];
  /** Per burst, oldest first, and pair: ids of the input area that fired. At most delay + 1. */
  frames: number[][][];
}

const VERDICT_POTENTIAL = 1;

export function giveVerdicts(state: NetworkState): void {
  const watched = new Set(state.watches.flatMap(({ pairs }) => pairs.flatMap(({ input, output }) => [input, output])));
  const firedOf = firedByArea(state, watched);
  for (const watch of state.watches) {
    watch.frames.push(watch.pairs.map(({ input }) => firedOf(input)));
    if (watch.frames.length > watch.delay + 1) watch.frames.shift();
    if (watch.frames.length <= watch.delay) continue;
    const inputs = watch.frames[0]!;
    const isWrong = watch.pairs.some(({ output }, i) => answersWrong(state, inputs[i]!, firedOf(output)));
    if (isWrong) fireOrigin(state, watch.errorArea);
    else if (inputs.some((ids) => ids.length > 0) && watch.correctArea !== NO_AREA) fireOrigin(state, watch.correctArea);
  }
}

/** Ids by area that fired in this burst, ascending. */
function firedByArea({ fired, neurons, memory }: NetworkState, watched: ReadonlySet<number>): (area: number) => number[] {
  const byArea = new Map(Array.from(watched, (area): [number, number[]] => [area, []]));
  for (let f = 0; f < fired.count; f++) byArea.get(neurons.area[fired.ids[f]!]!)?.push(fired.ids[f]!);
  for (const { id, area } of memory.fired) byArea.get(area)?.push(id);
  return (area) => byArea.get(area)!;
}

function answersWrong(state: NetworkState, input: readonly number[], output: readonly number[]): boolean {
  if (output.length > 1) return true;
  if (input.length === 0) return false;
  const [asked, answered] = [voxelsOf(state, input), voxelsOf(state, output)];
  return asked.size !== answered.size || [...asked].some((voxel) => !answered.has(voxel));
}

/** Memory neurons lie at 0,0,0. */
function voxelsOf({ neurons }: NetworkState, ids: readonly number[]): Set<string> {
  return new Set(ids.map((id) => (id < neurons.count ? `${neurons.x[id]},${neurons.y[id]},${neurons.z[id]}` : "0,0,0")));
}

function fireOrigin({ neurons, forced }: NetworkState, area: number): void {
  const id = voxelIds(neurons, area, Uint32Array.of(0, 0, 0), 3)[0]!;
  if (id !== NO_NEURON) forced.push(id, VERDICT_POTENTIAL);
}
