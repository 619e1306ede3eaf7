/** What pattern memory asks for, as a patch an engine takes before its next burst. */
import { PatchWriter } from "#contracts/patch.ts";
import type { MemoryCommand } from "./pattern-memory.ts";

export function memoryPatch(commands: readonly MemoryCommand[]): Uint32Array {
  const patch = new PatchWriter();
  for (const command of commands) {
    const { type, neuron, area } = command;
    if (type === "register") patch.op("mapMemoryNeurons", [neuron, area]);
    if (type === "removed") patch.op("removeMemoryNeurons", [neuron]);
    if (type !== "inject") continue;
    patch.op("memoryInject", [neuron, area, command.potential], [2]);
    const frames = command.frames.flatMap(({ offset, upstreamArea, voxels }) => [offset, upstreamArea, voxels.length, ...voxels.flat()]);
    patch.op("replayFrames", [neuron, ...frames]);
  }
  return patch.take();
}
