/** Asking the frames in memory about one voxel. Ids of a section ascend, so a frame answers in a few steps. */
import type { DecodedFrame } from "../bridge/frame-decode.ts";
import { windowStart } from "./recent-sums.ts";
import { recentLight, type SceneArea } from "./scene-types.ts";

/** Whether any neuron of the voxel that begins with `neuron` fired in a frame. */
export function firedIn(frame: DecodedFrame, area: SceneArea, neuron: number): boolean {
  return firingsIn(frame, area, neuron) > 0;
}

/** How many neurons of the voxel fired in a frame. */
function firingsIn(frame: DecodedFrame, { index, neuronsPerVoxel = 1 }: SceneArea, neuron: number): number {
  const ids = frame.sections.find(({ area }) => area === index)?.ids;
  return ids ? firstFrom(ids, neuron + neuronsPerVoxel) - firstFrom(ids, neuron) : 0;
}

/** Where the first id that is not below `least` stands. */
function firstFrom(ids: Uint32Array, least: number): number {
  let low = 0;
  let high = ids.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ids[middle]! < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The newest of these frames (ascending) in which the voxel fired. */
export function lastFired(frames: readonly DecodedFrame[], area: SceneArea, neuron: number): number | null {
  return frames.findLast((frame) => firedIn(frame, area, neuron))?.burst ?? null;
}

/** Recent activity of the voxel at a burst: its firings, each counting less with every burst since. */
export function recentActivity(frames: readonly DecodedFrame[], area: SceneArea, neuron: number, cursor: number): number {
  const from = windowStart(cursor);
  return frames.reduce((sum, frame) => {
    if (frame.burst < from || frame.burst > cursor) return sum;
    return sum + firingsIn(frame, area, neuron) * recentLight.of(cursor - frame.burst);
  }, 0);
}
