/** What recorded networks say of learning and memory neurons (`burst-golden/2`), as engine patches. */
import { NO_MAX_WEIGHT, type PatchWriter } from "#contracts/patch.ts";
import { modulatorKinds } from "#contracts/patch-extensions.ts";
import type { JsonPlace } from "./json-place.ts";
import { traceDecay } from "./learning-rules.ts";

const modes = ["off", "stdp", "rstdp"];
const MAX_WINDOW = 65_535;
const REWARD = modulatorKinds.indexOf("synaptic.reward");
/** Mark of a replay frame with potentials. */
const VALUED = 0x80000000;

/** Ledgers, mappings and memory neurons that are there before the first burst. */
export function writeGoldenLearning(patch: PatchWriter, root: JsonPlace, mappings: GoldenMappings): void {
  writeGoldenLedgers(patch, root);
  for (const mapping of optionalList(root.at("stdp"))) mappings.write(patch, mapping);
  writeGoldenMemory(patch, root.at("memory"));
}

export function writeGoldenLedgers(patch: PatchWriter, root: JsonPlace): void {
  for (const [ledger, isEpisodic] of [
    ["fire_ledger", 0],
    ["episodic_ledger", 1],
  ] as const) {
    for (const track of optionalList(root.at(ledger))) {
      patch.op("trackFiring", [track.at("area").u32(), track.at("window").int(1, MAX_WINDOW), isEpisodic]);
    }
  }
}

/** Memory neurons with their twins and replay frames. */
export function writeGoldenMemory(patch: PatchWriter, memory: JsonPlace): void {
  if (memory.isEmpty) return;
  for (const entry of optionalList(memory.at("neuron_area"))) {
    const [id, area] = entry.tuple(2);
    patch.op("mapMemoryNeurons", [memoryId(id!), area!.u32()]);
  }
  for (const twin of optionalList(memory.at("twins"))) {
    patch.op("registerTwins", [twin.at("memory_area").u32(), twin.at("upstream_area").u32(), twin.at("twin_area").u32()]);
  }
  for (const replay of optionalList(memory.at("replay_frames"))) {
    const frames = replay.at("frames").list().flatMap(frameWords);
    patch.begin("replayFrames", 1 + frames.length).u32(memoryId(replay.at("neuron")));
    for (const { word, isReal } of frames) isReal ? patch.f32(word) : patch.u32(word);
  }
}

/** The mappings of a network. Each names the drivers that reward it; they become modulators, and those of one mapping a group. */
export class GoldenMappings {
  /** Mappings that operations register. */
  readonly later: readonly JsonPlace[];
  /** Driver area and signal of the modulators so far; a modulator's number is its place. */
  readonly #bound: (readonly [area: number, signal: number])[] = [];
  #groups = 0;

  constructor(root: JsonPlace) {
    this.later = optionalList(root.at("stdp_later"));
  }

  write(patch: PatchWriter, place: JsonPlace): void {
    const drivers = optionalList(place.at("reward_drivers")).map((driver) => driver.tuple(2));
    if (drivers.length === 0) {
      writeGoldenMapping(patch, place, 0);
      return;
    }
    const first = this.#bound.length;
    this.#bound.push(...drivers.map(([area, signal]) => [area!.u32(), signal!.f32()] as const));
    this.#groups++;
    patch.begin("setModulators", 5 * this.#bound.length);
    for (const [number, [area, signal]] of this.#bound.entries()) patch.u32(number).u32(REWARD).u32(area).f32(signal).f32(0);
    patch.op("modulationGroup", [this.#groups, ...drivers.map((_, i) => first + i)]);
    writeGoldenMapping(patch, place, this.#groups);
  }
}

export function writeGoldenMapping(patch: PatchWriter, place: JsonPlace, group: number): void {
  const mode = modes.indexOf(place.at("mode").string());
  if (mode < 0) place.at("mode").refuse("is no learning mode");
  const maxWeight = place.at("max_weight");
  const orElse = <T>(name: string, value: T, read: (at: JsonPlace) => T) => (place.at(name).isAbsent ? value : read(place.at(name)));
  const flag = (name: string) => orElse(name, false, (at) => at.bool());
  const delay = orElse("new_synapse_delay", 1, (at) => at.int(1, 255));
  patch
    .begin("registerMapping", 12)
    .u32(place.at("src_area").u32())
    .u32(place.at("dst_area").u32())
    .u32(mode)
    .u32(place.at("window").int(1, MAX_WINDOW))
    .u32(step(place, "ltp_multiplier"))
    .u32(step(place, "ltd_multiplier"))
    .f32(orElse("eta", 1, (at) => at.f32()))
    .f32(maxWeight.isNull || maxWeight.isAbsent ? NO_MAX_WEIGHT : maxWeight.f32())
    .f32(traceDecay(orElse("eligibility_decay_bursts", 0, (at) => at.u32())))
    .u32((flag("bidirectional") ? 1 : 0) | (flag("associative") ? 2 : 0))
    .f32(orElse("new_synapse_psp", 0, (at) => at.f32()))
    .u32((orElse("new_synapse_type", 0, (at) => at.int(0, 255)) | (delay << 8) | (group << 16)) >>> 0);
}

/** Injections of memory neurons before a burst. */
export function writeMemoryInjection(patch: PatchWriter, place: JsonPlace): void {
  for (const entry of optionalList(place)) {
    const [id, area, potential] = entry.tuple(3);
    patch.op("memoryInject", [memoryId(id!), area!.u32(), potential!.f32()], [2]);
  }
}

/** A step of the trace is a whole number of 0..255. */
function step(place: JsonPlace, multiplier: string): number {
  return Math.min(255, Math.max(0, Math.trunc(place.at("constant").number()) * place.at(multiplier).int(-128, 127)));
}

/** A frame with potentials may lack some: those are 1. */
function frameWords(place: JsonPlace): { word: number; isReal: boolean }[] {
  const voxels = place.at("coords").list();
  const given = place.at("potentials");
  const potentials = given.isAbsent ? [] : given.list().map((at) => at.f32());
  const coordinates = voxels.flatMap((voxel) => voxel.tuple(3).map((at) => at.u32()));
  const size = given.isAbsent ? voxels.length : (voxels.length | VALUED) >>> 0;
  const words = [place.at("offset").int(0, MAX_WINDOW), place.at("upstream_area").u32(), size, ...coordinates];
  const reals = given.isAbsent ? [] : voxels.map((_, i) => potentials[i] ?? 1);
  return [...words.map((word) => ({ word, isReal: false })), ...reals.map((word) => ({ word, isReal: true }))];
}

export function memoryId(place: JsonPlace): number {
  return place.int(50_000_000, 99_999_999);
}

export function optionalList(place: JsonPlace): JsonPlace[] {
  return place.isAbsent ? [] : place.list();
}
