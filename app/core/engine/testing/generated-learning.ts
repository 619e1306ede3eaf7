/** Generated learning: ledgers, mappings, memory neurons, replay. Few areas and few ids, so that what is made meets again. */
import { NO_MAX_WEIGHT, PatchWriter } from "#contracts/patch.ts";
import type { Seeded } from "./seeded.ts";

const LEARNING_AREAS = [3, 7, 8, 11];
const MEMORY_AREAS = [8, 20];

/** What a network that learns is told before its first burst; nothing for some. */
export function generateLearning(random: Seeded, neurons: number): Uint32Array {
  const patch = new PatchWriter();
  if (random.chance(0.4)) return patch.take();
  for (const area of [...LEARNING_AREAS, 20]) if (random.chance(0.9)) patch.op("trackFiring", [area, random.int(1, 4), 0]);
  for (const area of MEMORY_AREAS) if (random.chance(0.5)) patch.op("trackFiring", [area, random.int(1, 3), 1]);
  for (let n = random.int(1, 5); n > 0; n--) writeMapping(patch, random, neurons);
  patch.op("mapMemoryNeurons", [50_000_000, 20, 50_000_002, 8, 50_000_003, 20]);
  return patch.take();
}

export function learningOperations(
  patch: PatchWriter,
  random: Seeded,
  neuron: () => number,
  neurons: number,
  scale: number,
): (() => unknown)[] {
  const { unit, int, chance, pick } = random;
  const memoryId = () => 50_000_000 + int(0, 5);
  const memoryArea = () => pick([...MEMORY_AREAS, 21]);
  const pair = () => [pick(LEARNING_AREAS), pick(LEARNING_AREAS)];
  const end = () => (chance(0.5) ? memoryId() : neuron() % 12);
  return [
    () => patch.op("trackFiring", [pick([...LEARNING_AREAS, 20]), int(1, 5), int(0, 1)]),
    () => patch.op("untrackFiring", [pick([...LEARNING_AREAS, 20]), int(0, 1)]),
    () => writeMapping(patch, random, neurons),
    () => writeMapping(patch, random, neurons),
    () => patch.op("unregisterMapping", pair()),
    () => patch.op("freezeMapping", [...pair(), int(0, 1)]),
    () => patch.op("resetMappingWeights", [...pair(), unit() * scale], [2]),
    () => patch.op("mapMemoryNeurons", [memoryId(), memoryArea(), memoryId(), memoryArea()]),
    () => patch.op("removeMemoryNeurons", [memoryId()]),
    () => patch.op("memoryInject", [memoryId(), memoryArea(), unit() * 2, memoryId(), memoryArea(), -unit()], [2, 5]),
    () => patch.op("memoryInject", [memoryId(), memoryArea(), 1.5 * scale], [2]),
    () => patch.op("stageInput", [memoryId(), unit() - 0.3], [1]),
    () => patch.op("registerTwins", [memoryArea(), pick(LEARNING_AREAS), pick(LEARNING_AREAS)]),
    () => patch.op("replayFrames", [memoryId(), ...Array.from({ length: int(0, 3) }, () => frame(random)).flat()]),
    () => patch.op("addSynapses", [end(), end(), unit() * scale, unit(), int(0, 1) | (int(1, 4) << 8) | (int(0, 1) << 16)], [2, 3]),
    () => patch.op("addSynapses", [memoryId(), neuron(), unit() * scale, 1, 1 << 8], [2, 3]),
  ];
}

function frame({ int, pick }: Seeded): number[] {
  const voxels = Array.from({ length: int(0, 3) }, () => [int(0, 4), int(0, 3), int(0, 2)]);
  return [int(0, 4), pick(LEARNING_AREAS), voxels.length, ...voxels.flat()];
}

/** In a crowd nothing rises, else areas of thousands would be joined neuron by neuron. */
function writeMapping(patch: PatchWriter, { unit, int, chance, pick }: Seeded, neurons: number): void {
  patch
    .begin("registerMapping", 12)
    .u32(pick([...LEARNING_AREAS, ...MEMORY_AREAS]))
    .u32(pick([...LEARNING_AREAS, ...MEMORY_AREAS]))
    .u32(pick([0, 1, 1, 1, 2]))
    .u32(int(1, 3))
    .u32(neurons > 1000 ? 0 : pick([0, 1, 2, 7, 255]))
    .u32(pick([0, 1, 3]))
    .f32(pick([1, 0.3, 0.071]))
    .f32(pick([NO_MAX_WEIGHT, 2.3]))
    .f32(pick([0, 0.7788008, 0.36787945]))
    .u32(chance(0.25) ? int(1, 3) : 0)
    .f32(unit())
    .u32(int(0, 1) | (int(1, 5) << 8) | ((chance(0.4) ? int(1, 3) : 0) << 16));
}
