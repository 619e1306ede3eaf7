/** What recorded networks say of learning and memory neurons (`burst-golden/2`), as engine patches. */
import { NO_MAX_WEIGHT, type PatchWriter } from "#contracts/patch.ts";
import type { JsonPlace } from "./json-place.ts";
import { traceDecay } from "./learning-rules.ts";

const modes = ["off", "stdp", "rstdp"];
const MAX_WINDOW = 65_535;

/** Ledgers, mappings and memory neurons that are there before the first burst. */
export function writeGoldenLearning(patch: PatchWriter, root: JsonPlace): void {
  for (const track of optionalList(root.at("fire_ledger"))) {
    patch.op("trackFiring", [track.at("area").u32(), track.at("window").int(1, MAX_WINDOW), 0]);
  }
  for (const mapping of optionalList(root.at("stdp"))) writeGoldenMapping(patch, mapping);
  const memory = root.at("memory");
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
    patch.op("replayFrames", [memoryId(replay.at("neuron")), ...frames]);
  }
}

export function writeGoldenMapping(patch: PatchWriter, place: JsonPlace): void {
  const mode = modes.indexOf(place.at("mode").string());
  if (mode < 0) place.at("mode").refuse("is no learning mode");
  const maxWeight = place.at("max_weight");
  const rewards = optionalList(place.at("reward_drivers")).map((driver) => driver.tuple(2));
  patch
    .begin("registerMapping", 12 + rewards.length * 2)
    .u32(place.at("src_area").u32())
    .u32(place.at("dst_area").u32())
    .u32(mode)
    .u32(place.at("window").int(1, MAX_WINDOW))
    .u32(step(place, "ltp_multiplier"))
    .u32(step(place, "ltd_multiplier"))
    .f32(place.at("eta").f32())
    .f32(maxWeight.isNull || maxWeight.isAbsent ? NO_MAX_WEIGHT : maxWeight.f32())
    .f32(traceDecay(place.at("eligibility_decay_bursts").u32()))
    .u32((place.at("bidirectional").bool() ? 1 : 0) | (place.at("associative").bool() ? 2 : 0))
    .f32(place.at("new_synapse_psp").f32())
    .u32(place.at("new_synapse_type").int(0, 255) | (place.at("new_synapse_delay").int(1, 255) << 8));
  for (const [area, signal] of rewards) patch.u32(area!.u32()).f32(signal!.f32());
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

function frameWords(place: JsonPlace): number[] {
  const voxels = place.at("coords").list();
  const coordinates = voxels.flatMap((voxel) => voxel.tuple(3).map((at) => at.u32()));
  return [place.at("offset").int(0, MAX_WINDOW), place.at("upstream_area").u32(), voxels.length, ...coordinates];
}

function memoryId(place: JsonPlace): number {
  return place.int(50_000_000, 99_999_999);
}

function optionalList(place: JsonPlace): JsonPlace[] {
  return place.isAbsent ? [] : place.list();
}
