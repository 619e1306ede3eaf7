/** What pattern memory asks for, as a patch an engine takes before its next burst. */
import { PatchWriter } from "#contracts/patch.ts";
import type { PatternFrame } from "./pattern-frames.ts";
import type { MemoryCommand } from "./pattern-memory.ts";

/** In the word that counts the voxels of a frame: their potentials follow. */
const HAS_POTENTIALS = 0x8000_0000;

export function memoryPatch(commands: readonly MemoryCommand[]): Uint32Array {
  const patch = new PatchWriter();
  for (const command of commands) {
    const { type, neuron, area } = command;
    if (type === "register") patch.op("mapMemoryNeurons", [neuron, area]);
    if (type === "removed") patch.op("removeMemoryNeurons", [neuron]);
    if (type !== "inject") continue;
    patch.op("memoryInject", [neuron, area, command.potential], [2]);
    writeFrames(patch, neuron, command.frames);
  }
  return patch.take();
}

/** What a memory neuron replays from now on. */
export function framesPatch(neuron: number, frames: readonly PatternFrame[]): Uint32Array {
  const patch = new PatchWriter();
  writeFrames(patch, neuron, frames);
  return patch.take();
}

function writeFrames(patch: PatchWriter, neuron: number, frames: readonly PatternFrame[]): void {
  const words = frames.map(({ voxels, potentials }) => 3 + 3 * voxels.length + (potentials?.length ?? 0));
  patch
    .begin(
      "replayFrames",
      words.reduce((sum, count) => sum + count, 1),
    )
    .u32(neuron);
  for (const { offset, upstreamArea, voxels, potentials } of frames) {
    patch.u32(offset).u32(upstreamArea);
    patch.u32(potentials ? voxels.length + HAS_POTENTIALS : voxels.length);
    for (const coordinate of voxels.flat()) patch.u32(coordinate);
    for (const potential of potentials ?? []) patch.f32(potential);
  }
}
