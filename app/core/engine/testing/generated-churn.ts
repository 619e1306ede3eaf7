/**
 * Generated lives in which synapses and memory neurons come and go in nearly every burst: edits take some away and add others, memory
 * neurons are formed, linked and evicted, and so every slot is used many times.
 */
import type { Dynamics, NetworkImage } from "#contracts/network.ts";
import { NO_MAX_WEIGHT, PatchWriter } from "#contracts/patch.ts";
import { generateNetwork } from "./generated.ts";
import { type Seeded, seeded } from "./seeded.ts";
import { handOverOf, type Step, type Trial } from "./trial.ts";

const MEMORY_AREA = 20;
const FIRST_MEMORY_NEURON = 50_000_000;
/** Memory neurons that live at once, and bursts between two evictions. */
const MEMORIES = 6;
const GROUPS = 3;

export function generateChurn(seed: number, bursts: number, dynamics: Dynamics = "standard"): Trial & { image: NetworkImage } {
  const random = seeded(seed);
  const image = { ...generateNetwork(random, 0), dynamics };
  const steps = Array.from({ length: bursts }, (_, n): Step => {
    const patch = new PatchWriter();
    if (n === 0) beginLearning(patch, random);
    remember(patch, n, random);
    edit(patch, random, image.neurons.count, image.synapses.count);
    return { patch: patch.take(), handOver: random.chance(0.1) ? handOverOf(random) : null };
  });
  return { image, steps };
}

/** Memory neurons that fire together are linked, and so are neurons of one area with those of another. */
function beginLearning(patch: PatchWriter, { int, pick }: Seeded): void {
  for (const area of [3, 7, MEMORY_AREA]) patch.op("trackFiring", [area, 3, 0]);
  patch.op("trackFiring", [MEMORY_AREA, 3, 1]);
  for (const [source, target, flags] of [
    [MEMORY_AREA, MEMORY_AREA, 2],
    [3, 7, pick([1, 2])],
  ]) {
    patch.begin("registerMapping", 12).u32(source!).u32(target!).u32(1).u32(2).u32(3).u32(1);
    patch.f32(0.3).f32(NO_MAX_WEIGHT).f32(0.77);
    patch
      .u32(flags!)
      .f32(0.31)
      .u32((1 << 8) | (int(0, GROUPS) << 16));
  }
}

/** In every burst another one comes, the oldest goes, and a few fire. */
function remember(patch: PatchWriter, n: number, { int, chance, unit }: Seeded): void {
  const newest = FIRST_MEMORY_NEURON + n;
  if (n >= MEMORIES) patch.op("removeMemoryNeurons", [newest - MEMORIES]);
  patch.op("mapMemoryNeurons", [newest, MEMORY_AREA]);
  for (let fires = int(0, 3); fires > 0; fires--) {
    patch.op("memoryInject", [newest - int(0, Math.min(n, MEMORIES - 1)), MEMORY_AREA, 0.1 + unit()], [2]);
  }
  if (chance(0.1)) patch.op("removeMemoryNeurons", [newest - int(0, 3)]);
}

function edit(patch: PatchWriter, { int, chance, pick, unit }: Seeded, neurons: number, slots: number): void {
  const neuron = () => int(0, Math.max(0, Math.min(neurons, 40) - 1));
  const rows = () => Array.from({ length: int(1, 6) }, () => [neuron(), neuron(), unit(), unit(), int(0, 1) | (int(1, 3) << 8)]);
  const places = (count: number, head: number) => Array.from({ length: count }, (_, i) => [head + 5 * i + 2, head + 5 * i + 3]).flat();
  const operations = [
    () => patch.op("removeSynapseSlots", [int(0, slots + 40), int(0, slots), int(0, 20)]),
    () => patch.op("removeSynapse", [neuron(), neuron()]),
    () => patch.op("removeSynapsesFromTo", [2, neuron(), neuron(), ...Array.from({ length: 8 }, neuron)]),
    () => patch.op("deleteNeurons", [neuron()]),
    () => patch.op("reviveNeurons", [neuron(), neuron()]),
    () => patch.op("moveNeurons", [neuron(), neuron()]),
    () => patch.op("groupSynapses", [int(0, slots), int(0, 30), int(0, GROUPS)]),
    () => patch.op("synapseWeights", [int(0, slots + 40), unit(), int(0, 20), unit()], [1, 3]),
    () => {
      const added = rows();
      patch.op("addSynapses", added.flat(), places(added.length, 0));
    },
    () => {
      const added = rows();
      patch.op("addGroupedSynapses", [int(0, GROUPS), ...added.flat()], places(added.length, 1));
    },
  ];
  for (let n = int(0, 4); n > 0; n--) pick(operations)();
  for (let n = int(0, 6); n > 0 && neurons > 0; n--) patch.op("stageInput", [neuron(), 2 * unit()], [1]);
  if (chance(0.05)) patch.op("modulationGroup", [int(1, GROUPS), int(0, 4)]);
}
