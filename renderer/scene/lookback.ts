/** Asking the frames in memory about one voxel. Ids of a section ascend, so a frame answers in a few steps. */
import type { DecodedFrame } from "../bridge/frame-decode.ts";
import type { SceneArea } from "./scene-types.ts";

/** Whether any neuron of the voxel that begins with `neuron` fired in a frame. */
export function firedIn(frame: DecodedFrame, { index, neuronsPerVoxel = 1 }: SceneArea, neuron: number): boolean {
  const ids = frame.sections.find(({ area }) => area === index)?.ids;
  if (!ids) return false;
  let low = 0;
  let high = ids.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ids[middle]! < neuron) low = middle + 1;
    else high = middle;
  }
  return low < ids.length && ids[low]! < neuron + neuronsPerVoxel;
}

/** The newest of these frames (ascending) in which the voxel fired. */
export function lastFired(frames: readonly DecodedFrame[], area: SceneArea, neuron: number): number | null {
  return frames.findLast((frame) => firedIn(frame, area, neuron))?.burst ?? null;
}
