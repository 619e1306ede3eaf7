/** The network of a recorded run of the optional subsystems, as an image: neurons and synapses are listed one by one, with defaults. */
import {
  type Dynamics,
  type EngineArea,
  type NetworkImage,
  type NeuronColumns,
  NO_THRESHOLD_LIMIT,
  type SynapseColumns,
} from "#contracts/network.ts";
import type { JsonPlace } from "./json-place.ts";

export function readListedNetwork(root: JsonPlace, dynamics: Dynamics): NetworkImage {
  return {
    dynamics,
    precision: "f32",
    powerAmount: 1,
    neurons: readNeurons(root.at("neurons").list()),
    synapses: readSynapses(root.at("synapses").list()),
    areas: root.at("areas").list().map(readArea),
  };
}

function readNeurons(places: readonly JsonPlace[]): NeuronColumns {
  const f32 = (name: string, absent?: number) => Float32Array.from(places, (place) => fieldOf(place, name, absent, (at) => at.f32()));
  const u16 = (name: string, absent: number) =>
    Uint16Array.from(places, (place) => fieldOf(place, name, absent, (at) => at.int(0, 65_535)));
  const u32 = (name: string) => Uint32Array.from(places, (place) => place.at(name).u32());
  return {
    count: places.length,
    area: u32("area"),
    x: u32("x"),
    y: u32("y"),
    z: u32("z"),
    threshold: f32("threshold"),
    thresholdLimit: f32("threshold_limit", NO_THRESHOLD_LIMIT),
    leak: f32("leak"),
    excitability: f32("excitability", 1),
    refractoryPeriod: u16("refractory_period", 0),
    consecutiveFireLimit: u16("consecutive_fire_limit", 0),
    snoozePeriod: u16("snooze_period", 0),
    accumulates: Uint8Array.from(places, (place) => fieldOf(place, "mp_charge_accumulation", 1, (at) => (at.bool() ? 1 : 0))),
  };
}

function readSynapses(places: readonly JsonPlace[]): SynapseColumns {
  const u8 = (name: string, absent: number, least = 0) =>
    Uint8Array.from(places, (place) => fieldOf(place, name, absent, (at) => at.int(least, 255)));
  return {
    count: places.length,
    source: Uint32Array.from(places, (place) => place.at("source").u32()),
    target: Uint32Array.from(places, (place) => place.at("target").u32()),
    weight: Float32Array.from(places, (place) => place.at("weight").f32()),
    psp: Float32Array.from(places, (place) => place.at("psp").f32()),
    kind: u8("type", 0),
    delay: u8("delay", 1, 1),
    flags: u8("edge_flags", 0),
  };
}

function readArea(place: JsonPlace): EngineArea {
  const flag = (name: string) => (place.at(name).isAbsent ? null : place.at(name).bool());
  const degeneration = fieldOf(place, "degeneration", 0, (at) => at.f32());
  return {
    index: place.at("idx").u32(),
    pspUniform: flag("psp_uniform"),
    mpDrivenPsp: flag("mp_driven_psp"),
    degeneration,
    baselinePsp: null,
  };
}

/** A field; without a default it must be there. */
export function fieldOf(place: JsonPlace, name: string, absent: number | undefined, read: (at: JsonPlace) => number): number {
  const at = place.at(name);
  return absent !== undefined && (at.isAbsent || at.isNull) ? absent : read(at);
}
