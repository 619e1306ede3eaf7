import { expect, test } from "vitest";
import { patchOp } from "#contracts/patch.ts";
import { memoryPatch } from "./memory-patch.ts";
import type { MemoryCommand } from "./pattern-memory.ts";

const neuron = 50_000_000;
const inject: MemoryCommand = {
  type: "inject",
  neuron,
  area: 20,
  potential: 1.5,
  patternHash: 7n,
  reactivation: false,
  frames: [
    { offset: 0, upstreamArea: 8, voxels: [[1, 2, 3]] },
    { offset: 1, upstreamArea: 8, voxels: [[4, 5, 6]], potentials: [0.5] },
  ],
};
const bits = (value: number) => new Uint32Array(Float32Array.of(value).buffer)[0]!;

test("a memory neuron gets its area, its injection and its frames, with potentials where it learned them", () => {
  const commands: MemoryCommand[] = [{ type: "register", neuron, area: 20, threshold: 1, potential: 0 }, inject];
  expect(Array.from(memoryPatch(commands))).toEqual([
    ...[patchOp.mapMemoryNeurons, 2, neuron, 20],
    ...[patchOp.memoryInject, 3, neuron, 20, bits(1.5)],
    ...[patchOp.replayFrames, 14, neuron],
    ...[0, 8, 1, 1, 2, 3],
    ...[1, 8, 0x8000_0001, 4, 5, 6, bits(0.5)],
  ]);
});

test("one that left is removed; what only people want to know is no patch", () => {
  const commands: MemoryCommand[] = [
    { type: "ltm", neuron, area: 20, patternHash: 7n },
    { type: "counters", neuron, area: 20, created: 1, active: 1 },
    { type: "removed", neuron, area: 20, reason: "outdated" },
  ];
  expect(Array.from(memoryPatch(commands))).toEqual([patchOp.removeMemoryNeurons, 1, neuron]);
});
