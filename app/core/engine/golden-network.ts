/**
 * Reads recorded networks (format `burst-golden/2`): an image, and per burst a patch and what was recorded.
 *
 * Takes the parsed document. A malformed one is refused with the place; a known format beyond this engine is E_UNSUPPORTED.
 */

import { LabError } from "#contracts/errors.ts";
import {
  type Dynamics,
  type EngineArea,
  type EngineImage,
  type NetworkImage,
  type NeuronColumns,
  NO_THRESHOLD_LIMIT,
  type SynapseColumns,
} from "#contracts/network.ts";
import { PatchWriter } from "#contracts/patch.ts";
import { GoldenMappings, writeGoldenLearning, writeMemoryInjection } from "./golden-learning.ts";
import { writeGoldenOperation } from "./golden-operations.ts";
import { JsonPlace } from "./json-place.ts";
import { int8Level } from "./membrane.ts";

export interface GoldenState {
  neuron: number;
  /** null: deleted. */
  potential: number | null;
  countdown: number | null;
  consecutiveFires: number | null;
}

/** [slot, source, target, weight, psp, kind, delay, flags, trace] */
export type GoldenSynapse = number[];

/** What the file recorded of one burst; undefined where it recorded nothing. */
export interface GoldenRecord {
  fired?: number[];
  firedPotentials?: number[];
  processed?: number;
  refractory?: number;
  candidates?: [id: number, sum: number][];
  states?: GoldenState[];
  synapses?: GoldenSynapse[];
}

export interface GoldenBurst {
  burst: number;
  /** To be applied before the burst. */
  patch: Uint32Array;
  recorded: GoldenRecord;
}

export interface GoldenNetwork<Image extends EngineImage = NetworkImage> {
  name: string;
  image: Image;
  bursts: GoldenBurst[];
  totalFired: number | undefined;
}

export const MAX_NEURONS = 50_000_000;
export const MAX_SYNAPSES = 0x7fffffff;

/** Records of single parts, which no network runs; the tests of those parts read them. */
const otherRecords = new Map<unknown, string>([
  ["memory-array-golden/1", "pattern memory"],
  ["mp-change-golden/1", "pattern memory"],
  ["output-gate-golden/1", "an output gate"],
  ["sensory-hold-golden/1", "held sensory frames"],
  ["sequential-ingest-golden/1", "the sequential ingest of frames"],
  ["stimulus-schedule-golden/1", "a stimulus schedule"],
  ["connectome-file-golden/1", "a connectome file"],
]);

export function readGoldenNetwork(document: unknown, dynamics: Dynamics): GoldenNetwork {
  const root = new JsonPlace(document, "");
  const format = root.at("format");
  const other = otherRecords.get(format.value);
  if (other !== undefined) {
    const message = `This is a record of ${other}, not of a network's bursts`;
    const advice = "Replay a burst-golden/2, burst-ext-golden/1 or gyrus-network/1 file.";
    throw new LabError("E_UNSUPPORTED", message, { field: format.path }, advice);
  }
  if (format.value !== "burst-golden/2") format.refuse("names no format of recorded networks");
  const network = readFeagiNetwork(root, dynamics, true);
  inheritSynapses(network.bursts, network.image.synapses);
  return network;
}

/** `roundsLevels`: INT8 thresholds were rounded on creation by the engine that recorded; an image keeps their fraction. */
export function readFeagiNetwork(root: JsonPlace, dynamics: Dynamics, roundsLevels: boolean): GoldenNetwork {
  const precision = root.at("precision");
  if (precision.value !== "f32" && precision.value !== "int8") precision.refuse("is neither f32 nor int8");
  const image: NetworkImage = {
    dynamics,
    precision: precision.value as NetworkImage["precision"],
    powerAmount: root.at("power_amount").f32(),
    neurons: readNeurons(root.at("neurons"), roundsLevels && precision.value === "int8"),
    synapses: readSynapses(root.at("synapses")),
    areas: readAreas(root),
  };
  return { ...readRun(root), image };
}

/** The name and the bursts of a network. */
export function readRun(root: JsonPlace): Omit<GoldenNetwork, "image"> {
  const total = root.at("total_fired");
  const name = root.at("name");
  const mappings = new GoldenMappings(root);
  return {
    name: name.isAbsent ? "" : name.string(),
    bursts: optionalList(root.at("bursts")).map((place, i) => readBurst(root, place, i + 1, mappings)),
    totalFired: total.isAbsent ? undefined : total.int(0, Number.MAX_SAFE_INTEGER),
  };
}

function readNeurons(place: JsonPlace, levels: boolean): NeuronColumns {
  const count = place.at("count").int(0, MAX_NEURONS);
  const f32 = (name: string, value = (at: JsonPlace) => at.f32()) => goldenColumn(place.at(name), new Float32Array(count), value);
  const u32 = (name: string) => goldenColumn(place.at(name), new Uint32Array(count), (at) => at.u32());
  const u16 = (name: string) => goldenColumn(place.at(name), new Uint16Array(count), (at) => at.int(0, 65535));
  return {
    count,
    area: u32("area"),
    x: u32("x"),
    y: u32("y"),
    z: u32("z"),
    threshold: f32("threshold", (at) => (levels ? int8Level(at.f32()) : at.f32())),
    thresholdLimit: f32("threshold_limit", (at) => (at.isNull ? NO_THRESHOLD_LIMIT : at.f32())),
    leak: f32("leak"),
    excitability: f32("excitability"),
    refractoryPeriod: u16("refractory_period"),
    consecutiveFireLimit: u16("consecutive_fire_limit"),
    snoozePeriod: u16("snooze_period"),
    accumulates: goldenColumn(place.at("mp_charge_accumulation"), new Uint8Array(count), (at) => (at.bool() ? 1 : 0)),
  };
}

function readSynapses(place: JsonPlace): SynapseColumns {
  const count = place.at("count").int(0, MAX_SYNAPSES);
  const u8 = (name: string, least = 0) => goldenColumn(place.at(name), new Uint8Array(count), (at) => at.int(least, 255));
  return {
    count,
    source: goldenColumn(place.at("source"), new Uint32Array(count), (at) => at.u32()),
    target: goldenColumn(place.at("target"), new Uint32Array(count), (at) => at.u32()),
    weight: goldenColumn(place.at("weight"), new Float32Array(count), (at) => at.f32()),
    psp: goldenColumn(place.at("psp"), new Float32Array(count), (at) => at.f32()),
    kind: u8("type"),
    delay: u8("delay", 1),
    flags: u8("flags"),
  };
}

/** A column is a list of one value per element, or one value for all. With no elements it may be missing. */
export function goldenColumn<T extends Float64Array | Float32Array | Uint32Array | Uint16Array | Uint8Array>(
  place: JsonPlace,
  into: T,
  value: (at: JsonPlace) => number,
): T {
  if (place.isAbsent && into.length === 0) return into;
  if (!place.isList) return into.fill(value(place)) as T;
  place.tuple(into.length).forEach((at, i) => {
    into[i] = value(at);
  });
  return into;
}

/** A column, as one value where all are equal. */
export function writtenColumn<T>(
  column: Float64Array | Float32Array | Uint32Array | Uint16Array | Uint8Array,
  value: (stored: number) => T | number = (stored) => stored,
): (T | number)[] | T | number {
  const first = column[0];
  return first !== undefined && column.every((stored) => Object.is(stored, first)) ? value(first) : Array.from(column, value);
}

function readAreas(root: JsonPlace): EngineArea[] {
  const orNull = <T>(place: JsonPlace, read: () => T) => (place.isAbsent || place.isNull ? null : read());
  const seen = new Set<number>();
  const areas = root
    .at("areas")
    .list()
    .map((place) => {
      const index = place.at("idx").u32();
      if (seen.has(index)) place.at("idx").refuse("is listed twice");
      seen.add(index);
      const [uniform, mpDriven, baseline] = [place.at("psp_uniform"), place.at("mp_driven_psp"), place.at("baseline_psp")];
      return {
        index,
        pspUniform: orNull(uniform, () => uniform.bool()),
        mpDrivenPsp: orNull(mpDriven, () => mpDriven.bool()),
        degeneration: place.at("degeneration").f32(),
        baselinePsp: orNull(baseline, () => baseline.f32()),
      };
    });
  const unset = areas.every((area) => area.pspUniform === null && area.mpDrivenPsp === null);
  if (root.at("flag_maps_empty").bool() !== unset) root.at("flag_maps_empty").refuse("contradicts the flags of the areas");
  return areas;
}

function readBurst(root: JsonPlace, place: JsonPlace, number: number, mappings: GoldenMappings): GoldenBurst {
  if (place.at("burst").u32() !== number) place.at("burst").refuse(`is not ${number}: bursts are consecutive`);
  const patch = new PatchWriter();
  if (number === 1) writeGoldenLearning(patch, root, mappings);
  for (const operation of optionalList(place.at("ops"))) writeGoldenOperation(patch, operation, mappings);
  writeInjection(patch, place);
  writeMemoryInjection(patch, place.at("memory_inject"));
  return { burst: number, patch: patch.take(), recorded: readRecord(place) };
}

function writeInjection(patch: PatchWriter, place: JsonPlace): void {
  const stage = (pairs: (readonly [number, number])[]) => {
    if (pairs.length === 0) return;
    patch.begin("stageInput", pairs.length * 2);
    for (const [id, potential] of pairs) patch.u32(id).f32(potential);
  };
  stage(optionalList(place.at("inject")).map(pair));
  const uniform = place.at("inject_uniform");
  if (!uniform.isAbsent) {
    const potential = uniform.at("potential").f32();
    stage(
      uniform
        .at("ids")
        .list()
        .map((id) => [id.u32(), potential] as const),
    );
  }
  const range = place.at("inject_range");
  if (!range.isAbsent) {
    const start = range.at("start").u32();
    const potential = range.at("potential").f32();
    const count = range.at("count").int(0, MAX_NEURONS);
    stage(Array.from({ length: count }, (_, i) => [start + i, potential] as const));
  }
}

function readRecord(place: JsonPlace): GoldenRecord {
  const recorded: GoldenRecord = {};
  const given = (name: string, read: (at: JsonPlace) => void) => {
    if (!place.at(name).isAbsent) read(place.at(name));
  };
  given("fired", (at) => {
    recorded.fired = at.list().map((id) => id.u32());
  });
  given("fired_mp", (at) => {
    if (!recorded.fired) at.refuse("has no list `fired` beside it");
    recorded.firedPotentials = at.tuple(recorded.fired!.length).map((potential) => potential.f32());
  });
  given("processed", (at) => {
    recorded.processed = at.u32();
  });
  given("refractory", (at) => {
    recorded.refractory = at.u32();
  });
  given("candidates", (at) => {
    recorded.candidates = at.list().map(pair);
  });
  given("state", (at) => {
    recorded.states = at.list().map(readState);
  });
  given("synapses_after", (at) => {
    recorded.synapses = at.list().map(readSynapse);
  });
  return recorded;
}

function pair(place: JsonPlace): [number, number] {
  const [id, value] = place.tuple(2);
  return [id!.u32(), value!.f32()];
}

function readState(place: JsonPlace): GoldenState {
  const [neuron, potential, countdown, consecutiveFires] = place.tuple(4);
  const u16 = (at: JsonPlace) => (at.isNull ? null : at.int(0, 65535));
  return {
    neuron: neuron!.u32(),
    potential: potential!.isNull ? null : potential!.f32(),
    countdown: u16(countdown!),
    consecutiveFires: u16(consecutiveFires!),
  };
}

function readSynapse(place: JsonPlace): GoldenSynapse {
  return place.tuple(9).map((at, i) => (i === 3 || i === 4 || i === 8 ? at.f32() : at.u32()));
}

/** In a file that records synapses, a burst without them means: as before. */
function inheritSynapses(bursts: GoldenBurst[], { source, target, weight, psp, kind, delay, flags }: SynapseColumns): void {
  if (!bursts.some(({ recorded }) => recorded.synapses)) return;
  const synapse = (i: number) => [i, source[i]!, target[i]!, weight[i]!, psp[i]!, kind[i]!, delay[i]!, flags[i]!, 0];
  let last: GoldenSynapse[] = Array.from(source.keys(), synapse);
  for (const { recorded } of bursts) {
    recorded.synapses ??= last;
    last = recorded.synapses;
  }
}

export function optionalList(place: JsonPlace): JsonPlace[] {
  return place.isAbsent ? [] : place.list();
}
