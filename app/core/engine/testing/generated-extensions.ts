/** Generated modulators, spike trains, homeostats, classifier watches and associative memory, on the areas that generated networks have. */
import { PatchWriter } from "#contracts/patch.ts";
import { modulatorKinds, NO_AREA } from "#contracts/patch-extensions.ts";
import { livingOperations } from "./generated-living.ts";
import type { Seeded } from "./seeded.ts";

const AREAS = [3, 7, 8, 11];
const MEMORY_AREAS = [8, 20];
const GROUPS = 4;
const MODULATORS = 6;
const LIVING_NEURONS = 60;
/** Places of a modulator's row. */
const MODULATOR_WORDS = 5;

/** What a network with subsystems is told before its first burst. */
export function generateExtensions(random: Seeded, strict: boolean, slots: number): Uint32Array {
  const patch = new PatchWriter();
  const { chance, int } = random;
  if (chance(0.8)) {
    writeModulators(patch, random, strict);
    writeSubscriptions(patch, random);
    for (let n = int(1, 3); n > 0; n--) writeGroup(patch, random);
    writeStamps(patch, random, slots);
    if (chance(0.6)) writeRewardedMemory(patch, random);
  }
  if (chance(0.5)) patch.op("spikeTrainAreas", AREAS.slice(int(0, 2)));
  if (chance(0.5)) writeHomeostat(patch, random);
  if (chance(0.4)) writeWatches(patch, random);
  if (chance(0.6)) writeSparse(patch, random);
  return patch.take();
}

/** Changes of subsystems before a burst; often none. */
export function generateExtensionPatch(random: Seeded, strict: boolean, { slots, burst }: { slots: number; burst: number }): Uint32Array {
  const patch = new PatchWriter();
  const { chance, int, pick, unit } = random;
  const area = pick(AREAS);
  const operations: (() => unknown)[] = [
    () => writeModulators(patch, random, strict),
    () => patch.op("setModulators"),
    () => writeSubscriptions(patch, random),
    () => writeGroup(patch, random),
    () => patch.op("removeModulator", [int(0, MODULATORS)]),
    () => patch.op("rebaseModulated", [area, int(0, 2)]),
    () => patch.op("releaseModulated"),
    () => writeStamps(patch, random, slots),
    () => patch.op("spikeTrainAreas", AREAS.slice(int(0, 4))),
    () => writeHomeostat(patch, random),
    () => writeHomeostat(patch, random),
    () => patch.op("stopRateModulatedLeak", [area]),
    () => writeWatches(patch, random),
    () => writeSparse(patch, random),
    () => patch.op("clearConsolidated"),
    () => writeReplay(patch, random, burst),
    () => writeFrames(patch, random),
    () => patch.op("addGroupedSynapses", [int(0, GROUPS), int(0, 11), int(0, 11), unit() * 2, 1, int(1, 3) << 8], [3, 4]),
    () => patch.op("unregisterTwin", [pick(MEMORY_AREAS), area]),
    () => patch.op("addSynapses", [int(0, 11), 50_000_000 + int(0, 5), unit() * 2, 1, (int(1, 3) << 8) | (1 << 16)], [2, 3]),
  ];
  // Few neurons, so that one that moved or died is met again. Edits come in the midst of what scales and regulates.
  const neuron = () => int(0, LIVING_NEURONS - 1);
  const living = [
    ...livingOperations(patch, random, neuron, 1),
    () => patch.op("deleteNeurons", [neuron(), neuron(), neuron()]),
    () => patch.op("neuronLeak", [neuron(), unit()], [1]),
    () => patch.op("stageInput", [neuron(), 1.2, neuron(), 0.4], [1, 3]),
    () => patch.op("forceFire", [area, int(0, 4), int(0, 3), 0, 0.9], [4]),
  ];
  for (let n = chance(0.4) ? int(1, 4) : 0; n > 0; n--) pick(living)();
  for (let n = chance(0.35) ? int(1, 3) : 0; n > 0; n--) pick(operations)();
  return patch.take();
}

/** Numbers are few, so that groups and subscriptions meet modulators that come and go. */
function writeModulators(patch: PatchWriter, { int, chance, pick, unit }: Seeded, strict: boolean): void {
  const numbers = Array.from({ length: MODULATORS }, (_, number) => number).filter(() => chance(0.8));
  const odd = strict && chance(0.1) ? [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY] : [];
  patch.begin("setModulators", numbers.length * MODULATOR_WORDS);
  for (const number of numbers) {
    patch.u32(number).u32(int(0, modulatorKinds.length - 1));
    patch.u32(pick([...AREAS, 20])).f32(pick([1, -1, 0.3, -0.41, 1.7, unit(), ...odd]));
    patch.f32(pick([0, 0, 0, 1.3, 4, ...odd]));
  }
}

function writeSubscriptions(patch: PatchWriter, { int, pick }: Seeded): void {
  const rows = Array.from({ length: int(0, 16) }, () => [pick([...AREAS, 20]), int(0, MODULATORS)]);
  patch.op("setSubscriptions", rows.flat());
}

function writeGroup(patch: PatchWriter, { int }: Seeded): void {
  patch.op("modulationGroup", [int(1, GROUPS), ...Array.from({ length: int(0, 4) }, () => int(0, MODULATORS))]);
}

/** Memory neurons that link while a driver rewards them. */
function writeRewardedMemory(patch: PatchWriter, { int, pick }: Seeded): void {
  const reward = modulatorKinds.indexOf("synaptic.reward");
  for (const isEpisodic of [0, 1]) patch.op("trackFiring", [20, 2, isEpisodic]);
  patch.op("setModulators", [0, reward, pick(AREAS), 0.7, 0, 1, int(0, modulatorKinds.length - 1), pick(AREAS), -0.4, 0], [3, 4, 8, 9]);
  patch.op("modulationGroup", [GROUPS, 0, 1]);
  const floats = [6, 7, 8, 10];
  patch.op("registerMapping", [20, 20, int(1, 2), int(1, 2), 2, 1, 0.3, 2.3, 0.7788008, 2, 0.8, (1 << 8) | (GROUPS << 16)], floats);
}

function writeStamps(patch: PatchWriter, { int }: Seeded, slots: number): void {
  const rows = Array.from({ length: int(1, 4) }, () => [int(0, slots), int(0, slots), int(0, GROUPS)]);
  patch.op("groupSynapses", rows.flat());
}

function writeHomeostat(patch: PatchWriter, { int, chance, pick, unit }: Seeded): void {
  patch.begin("rateModulatedLeak", 13).u32(pick(AREAS)).u32(int(0, 3));
  patch
    .f32(unit() * 0.5)
    .f32(pick([0.181, 0.5, 1]))
    .f32(pick([0.3, 1.1]));
  patch
    .f32(pick([0, 0.05]))
    .f32(pick([0.4, 1]))
    .u32(pick([0, 1, 2, 3]));
  patch
    .u32(chance(0.2) ? 1 : int(2, 4))
    .f32(pick([0.33, 0.9]))
    .f32(pick([0, 0.1, 0.4]))
    .u32(int(0, 1))
    .f32(unit() * 0.5);
}

function writeWatches(patch: PatchWriter, { int, chance, pick }: Seeded): void {
  const watches = Array.from({ length: int(0, 2) }, () => {
    const pairs = Array.from({ length: int(0, 2) }, () => [pick([...AREAS, 20]), pick(AREAS)]);
    return [pick(AREAS), chance(0.3) ? NO_AREA : pick(AREAS), int(0, 3), pairs.length, ...pairs.flat()];
  });
  patch.op("setClassifierWatches", watches.flat());
}

function writeSparse(patch: PatchWriter, { int, pick, unit }: Seeded): void {
  patch
    .begin("sparseMemory", 6)
    .u32(pick(MEMORY_AREAS))
    .f32(unit() * 3)
    .f32(pick([0, 0, 4.3]))
    .f32(pick([1, 0.6]));
  patch.u32((int(0, 2) | (pick([0, 2]) << 16)) >>> 0).u32(int(0, 3));
}

function writeReplay(patch: PatchWriter, { int, pick, unit }: Seeded, burst: number): void {
  const voxels = Array.from({ length: int(0, 3) }, () => [int(0, 4), int(0, 3), int(0, 2), unit() * 2 - 0.4]);
  const places = voxels.flatMap((_, i) => 6 + 4 * i);
  patch.op("scheduleReplay", [burst + int(0, 5), pick(AREAS), int(0, 1), ...voxels.flat()], places);
}

/** Frames with and without potentials, in any order. */
function writeFrames(patch: PatchWriter, { int, chance, pick, unit }: Seeded): void {
  const frames = Array.from({ length: int(1, 3) }, () => ({ isValued: chance(0.6), voxels: int(0, 2) }));
  patch.begin(
    "replayFrames",
    frames.reduce((words, { isValued, voxels }) => words + 3 + voxels * (isValued ? 4 : 3), 1),
  );
  patch.u32(50_000_000 + int(0, 5));
  for (const { isValued, voxels } of frames) {
    patch
      .u32(int(0, 4))
      .u32(pick(AREAS))
      .u32((voxels | (isValued ? 0x80000000 : 0)) >>> 0);
    for (let i = 0; i < voxels; i++) patch.u32(int(0, 4)).u32(int(0, 3)).u32(int(0, 2));
    if (isValued) for (let i = 0; i < voxels; i++) patch.f32(unit() * 2 - 0.3);
  }
}
