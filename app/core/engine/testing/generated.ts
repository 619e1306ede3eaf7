/**
 * Generated networks and patches: every kind of operation, both dynamics, both precisions, from a seed alone.
 *
 * Values are deliberately not exact in binary, so that a sum in another order shows in the bits.
 */
import { type EngineArea, type NetworkImage, NO_FIRE_LIMIT, NO_THRESHOLD_LIMIT } from "#contracts/network.ts";
import { PatchWriter } from "#contracts/patch.ts";
import { learningOperations } from "./generated-learning.ts";
import { livingOperations } from "./generated-living.ts";
import type { Seeded } from "./seeded.ts";

const AREAS = [0, 1, 2, 3, 7, 8, 11, 4_000_000_000];
/** Enough candidates for FEAGI's batch path. */
const BATCH_NEURONS = 10_400;
/** Different synapses beyond which an engine may give up sharing what they have in common. */
const MANY_KINDS = 4096;

/** `crowds`: the share of networks that are past the batch path. */
export function generateNetwork(random: Seeded, crowds = 0.1): NetworkImage {
  const { unit, int, chance, pick } = random;
  const precision = chance(0.3) ? "int8" : "f32";
  const scale = precision === "int8" ? 20 : 1;
  const neurons = chance(crowds) ? BATCH_NEURONS : int(0, 300);
  const motley = neurons > 20 && chance(0.04);
  const few = neurons === 0 ? int(0, 3) : int(0, neurons > 1000 ? 4000 : neurons * 12);
  const synapses = motley ? pick([int(MANY_KINDS - 6, MANY_KINDS + 2), int(MANY_KINDS, 9000)]) : few;
  const interleaved = chance(0.5);
  const column = <T extends Float32Array | Uint32Array | Uint16Array | Uint8Array>(into: T, value: (i: number) => number): T => {
    for (let i = 0; i < into.length; i++) into[i] = value(i);
    return into;
  };
  const f32 = (count: number, value: (i: number) => number) => column(new Float32Array(count), value);
  const u16 = (value: () => number) => column(new Uint16Array(neurons), value);
  const farthest = chance(0.5) ? 1 : pick([6, 255]);
  const neuronId = () => (chance(0.02) ? pick([neurons + int(0, 4), 50_000_003]) : int(0, Math.max(0, neurons - 1)));
  return {
    dynamics: chance(0.5) ? "standard" : "feagi-strict",
    precision,
    powerAmount: 0.7 * scale,
    neurons: {
      count: neurons,
      area: column(new Uint32Array(neurons), (i) => (interleaved ? pick(AREAS) : AREAS[Math.floor((i * AREAS.length) / neurons)]!)),
      x: column(new Uint32Array(neurons), (i) => i % 5),
      y: column(new Uint32Array(neurons), (i) => Math.floor(i / 5) % 4),
      z: column(new Uint32Array(neurons), (i) => Math.floor(i / 20) % 3),
      threshold: f32(neurons, () => (chance(0.05) ? -0.3 : 0.4 + unit()) * scale),
      thresholdLimit: f32(neurons, () => (chance(0.8) ? NO_THRESHOLD_LIMIT : pick([0, 2.2, 3.7]) * scale)),
      leak: f32(neurons, () => pick([0, 0.1, 0.33, 1, 0.017])),
      excitability: f32(neurons, () => pick([1, 1, 1, 0.999, 0.6, 0.2, 0])),
      refractoryPeriod: u16(() => pick([0, 0, 1, 2, 5])),
      consecutiveFireLimit: u16(() => pick([0, NO_FIRE_LIMIT, 1, 2, 4])),
      snoozePeriod: u16(() => pick([0, 0, 3, 65_534])),
      accumulates: column(new Uint8Array(neurons), () => (chance(0.5) ? 1 : 0)),
    },
    synapses: {
      count: synapses,
      source: column(new Uint32Array(synapses), neuronId),
      target: column(new Uint32Array(synapses), neuronId),
      weight: f32(synapses, () => (unit() * 1.7 - 0.1) * scale),
      psp: f32(synapses, () => (motley ? unit() : pick([1, 0.3, 1.9, 0]))),
      kind: column(new Uint8Array(synapses), () => (motley ? int(0, 255) : chance(0.25) ? pick([1, 200]) : 0)),
      delay: column(new Uint8Array(synapses), () => int(1, farthest)),
      flags: column(new Uint8Array(synapses), () => (motley ? int(0, 255) : chance(0.1) ? 1 : 0)),
    },
    areas: generateAreas(random),
  };
}

function generateAreas({ chance, pick }: Seeded): EngineArea[] {
  const flag = chance(0.4) ? () => null : () => pick([null, true, false]);
  return AREAS.filter(() => chance(0.7))
    .map((index) => ({
      index,
      pspUniform: flag(),
      mpDrivenPsp: chance(0.3) ? flag() : null,
      degeneration: pick([0, 0, 0.01, 0.4]),
      baselinePsp: pick([null, 1.1]),
    }))
    .reverse();
}

/** Changes and input for one burst of a network that has `neurons` ids by now. */
export function generatePatch(random: Seeded, { dynamics, precision }: NetworkImage, neurons: number): Uint32Array {
  const { chance, int, unit } = random;
  const patch = new PatchWriter();
  const scale = precision === "int8" ? 20 : 1;
  for (let n = chance(0.4) ? int(1, 4) : 0; n > 0; n--) writeOperation(patch, random, neurons, scale);
  if (chance(0.3)) patch.op("memoryInject", [50_000_000 + int(0, 5), random.pick([8, 20]), unit() * 2 * scale], [2]);
  const odd = dynamics === "feagi-strict" && chance(0.1) ? [Number.NaN, Number.POSITIVE_INFINITY] : [];
  const inputs = neurons > 1000 && chance(0.7) ? neurons : int(0, 1 + Math.floor(neurons / 2));
  patch.begin("stageInput", inputs * 2);
  for (let i = 0; i < inputs; i++) {
    const id = inputs === neurons ? i : chance(0.01) ? neurons + int(0, 3) : int(0, Math.max(0, neurons - 1));
    patch.u32(id).f32(chance(0.05) ? random.pick([0, -0.6 * scale, ...odd]) : unit() * 1.5 * scale);
  }
  return patch.take();
}

function writeOperation(patch: PatchWriter, random: Seeded, neurons: number, scale: number): void {
  const { unit, int, chance, pick } = random;
  const area = pick([...AREAS, 9]);
  const neuron = () => (chance(0.05) ? neurons + 2 : int(0, Math.max(0, neurons - 1)));
  const real = unit() * 2 * scale;
  const operations: (() => unknown)[] = [
    () => patch.op("setPowerAmount", [real], [0]),
    () => patch.op("setFatigueActive", [int(0, 1)]),
    () => patch.op("areaThreshold", [area, real], [1]),
    () => patch.op("areaThresholdLimit", [area, pick([0, real + 1])], [1]),
    () => patch.op("areaThresholdGradient", [area, real, 0.13, 0.021, -0.07], [1, 2, 3, 4]),
    () => patch.op("areaRefractory", [area, pick([0, 1, 3, 65_536])]),
    () => patch.op("areaLeak", [area, pick([0, 0.21, 0.5])], [1]),
    () => patch.op("areaConsecutiveFireLimit", [area, pick([0, 1, 3])]),
    () => patch.op("areaSnooze", [area, pick([0, 2])]),
    () => patch.op("areaExcitability", [area, pick([1, 0.5])], [1]),
    () => patch.op("areaAccumulation", [area, int(0, 1)]),
    () => patch.op("areaPostsynapticCurrent", [area, unit() * 2], [1]),
    () => patch.op("areaDegeneration", [area, pick([0, 0.07])], [1]),
    () => patch.op("areaPspUniform", [area, int(0, 1)]),
    () => patch.op("areaMpDrivenPsp", [area, int(0, 1)]),
    () => patch.op("resetAreaRuntime", [area]),
    () => patch.op("deleteNeurons", [neuron(), neuron()].slice(0, int(0, 2))),
    () => patch.op("removeSynapse", [neuron(), neuron()]),
    () => patch.op("removeSynapsesFromTo", [3, neuron(), neuron(), neuron(), ...Array.from({ length: 20 }, neuron)]),
    () => writeSynapses(patch, random, neuron, scale),
    () => patch.op("updateSynapseWeight", [neuron(), neuron(), real], [2]),
    () => patch.op("rebuildSynapseIndex"),
    () => patch.op("neuronMembranePotential", [neuron(), real - 0.5], [1]),
    () => patch.op("neuronLeak", [neuron(), unit() * 3 - 1], [1]),
    () => patch.op("neuronRefractory", [neuron(), int(0, 3)]),
    () => patch.op("forceFire", [area, int(0, 4), int(0, 3), 0, real, int(0, 9), 0, 1, 0, 1, 1, 1, 0.9], [4, 8, 12]),
    () => writeNeurons(patch, random, area, scale),
    ...livingOperations(patch, random, neuron, scale),
  ];
  const learning = learningOperations(patch, random, neuron, neurons, scale);
  pick(chance(0.35) ? learning : operations)();
}

/** Pairs come from few neurons, so that later operations meet them again. */
function writeSynapses(patch: PatchWriter, { unit, int }: Seeded, neuron: () => number, scale: number): void {
  const count = int(1, 4);
  patch.begin("addSynapses", count * 5);
  for (let i = 0; i < count; i++) {
    patch
      .u32(neuron() % 12)
      .u32(neuron() % 12)
      .f32(unit() * scale)
      .f32(unit());
    patch.u32(int(0, 1) | (int(1, 9) << 8) | (int(0, 1) << 16));
  }
}

function writeNeurons(patch: PatchWriter, { unit, int, pick }: Seeded, area: number, scale: number): void {
  const count = int(1, 40);
  patch.begin("addNeurons", 1 + count * 9).u32(area);
  for (let i = 0; i < count; i++) {
    patch.u32(int(0, 4)).u32(int(0, 3)).u32(0);
    patch
      .f32((0.4 + unit()) * scale)
      .f32(pick([NO_THRESHOLD_LIMIT, 3 * scale]))
      .f32(unit() * 0.4)
      .f32(1);
    patch.u32(int(0, 2) | (pick([0, 2, NO_FIRE_LIMIT]) << 16)).u32(int(0, 2) | (int(0, 1) << 16));
  }
}
