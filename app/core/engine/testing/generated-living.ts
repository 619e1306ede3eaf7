/** Generated edits of a living brain: neurons that move, go and come back, single settings and states, synapses by slot. */
import type { PatchWriter } from "#contracts/patch.ts";
import type { Seeded } from "./seeded.ts";

export function livingOperations(patch: PatchWriter, random: Seeded, neuron: () => number, scale: number): (() => unknown)[] {
  const { unit, int, pick } = random;
  const some = (least: number, most: number) => Array.from({ length: int(least, most) }, neuron);
  const real = unit() * 2 * scale;
  return [
    () => patch.op("moveNeurons", [...some(4, 4), ...some(4, 4)]),
    () => {
      const rows = some(1, 8).map((id) => [id, real, real + 1, pick([0, 0.3]), pick([1, 0.7]), int(0, 2), int(0, 1) << 16]);
      const floats = rows.flatMap((_, row) => [1, 2, 3, 4].map((at) => 7 * row + at));
      patch.op("neuronSettings", rows.flat(), floats);
    },
    () => patch.op("neuronStates", [neuron(), real, int(0, 3) | (int(0, 2) << 16)], [1]),
    () => patch.op("reviveNeurons", some(1, 8)),
    () => patch.op("removeSynapseSlots", [int(0, 40), int(0, 400)]),
    () => patch.op("synapseWeights", [int(0, 40), real, int(0, 400), real], [1, 3]),
  ];
}
