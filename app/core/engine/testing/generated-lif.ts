/** Generated lif-delta networks and patches, from a seed alone. Values are not exact in binary, so that order shows in the bits. */
import { type LifNetworkImage, type LifParameters, lifDynamics, type StdpProjection } from "#contracts/network.ts";
import { PatchWriter } from "#contracts/patch.ts";
import { decayTables } from "#core/plasticity/pair-rule.ts";
import { poissonTable } from "../poisson.ts";
import type { Seeded } from "./seeded.ts";

const AREAS = [3, 7, 11, 4_000_000_000];

export function generateLif(random: Seeded): LifNetworkImage {
  const { unit, int, chance, pick } = random;
  const neurons = chance(0.04) ? int(600, 1200) : int(0, 90);
  const synapses = neurons === 0 ? 0 : int(0, neurons * 12);
  const sets = int(1, 4);
  const farthest = pick([1, 4, 255]);
  const interleaved = chance(0.5);
  const ascending = chance(0.5);
  const id = () => int(0, neurons - 1);
  const source = Uint32Array.from({ length: synapses }, id);
  return {
    dynamics: lifDynamics,
    stepMs: pick([1, 0.1]),
    seed: int(0, 0xffffffff),
    parameters: Array.from({ length: sets }, () => generateParameters(random)),
    neurons: {
      count: neurons,
      area: Uint32Array.from({ length: neurons }, (_, i) => (interleaved ? pick(AREAS) : AREAS[Math.floor((i * AREAS.length) / neurons)]!)),
      x: Uint32Array.from({ length: neurons }, (_, i) => i % 5),
      y: Uint32Array.from({ length: neurons }, (_, i) => Math.floor(i / 5) % 4),
      z: new Uint32Array(neurons),
      potential: Float64Array.from({ length: neurons }, () => unit() * 12 - 3),
      parameterSet: Uint16Array.from({ length: neurons }, () => int(0, sets - 1)),
    },
    synapses: {
      count: synapses,
      source: ascending ? source.sort() : source,
      target: Uint32Array.from({ length: synapses }, id),
      weight: Float32Array.from({ length: synapses }, () => pick([unit() * 3, unit() * 3, -unit() * 4, 0, -0])),
      delay: Uint8Array.from({ length: synapses }, () => int(1, farthest)),
    },
    projections: chance(0.7) ? generateProjections(random) : [],
  };
}

function generateParameters({ unit, int, chance, pick }: Seeded): LifParameters {
  return {
    threshold: 8 + unit() * 8,
    reset: pick([0, -0, -1.7, 3.3]),
    decay: pick([Math.exp(-0.05), Math.exp(-0.11), 0, 1]),
    drive: pick([0, -0, unit(), -0.2]),
    refractorySteps: pick([0, 1, 2, 7]),
    poissonWeight: chance(0.5) ? unit() * 4 : -unit(),
    poissonTable: chance(0.6) ? poissonTable(unit() * 1.7) : new Uint32Array(int(0, 1)),
    restingPotential: pick([-70, 0, -65.3]),
  };
}

function generateProjections({ unit, chance, pick }: Seeded): StdpProjection[] {
  const all: StdpProjection[] = [];
  for (const targetArea of AREAS) {
    const minus = decayTables(1, 5 + unit() * 30);
    for (const sourceArea of AREAS) {
      if (chance(0.5)) continue;
      const plus = decayTables(1, 5 + unit() * 30);
      all.push({
        sourceArea,
        targetArea,
        lambda: pick([0.01, 0.13, 0.9]),
        alpha: pick([1, 0.7, 1.1]),
        maxWeight: pick([3.1, 5, -4.2]),
        muPlus: pick([0, 1] as const),
        muMinus: pick([0, 1] as const),
        plusLow: plus.low,
        plusHigh: plus.high,
        minusLow: minus.low,
        minusHigh: minus.high,
      });
    }
  }
  return all.reverse();
}

/** Changes and input for one burst. */
export function generateLifPatch(random: Seeded, { neurons: { count } }: LifNetworkImage): Uint32Array {
  const { unit, int, chance, pick } = random;
  const patch = new PatchWriter();
  const neuron = () => (chance(0.03) ? count + int(0, 3) : int(0, Math.max(0, count - 1)));
  const few = () => neuron() % 12;
  const operations: (() => unknown)[] = [
    () => patch.op("forceFire", [pick(AREAS), int(0, 4), int(0, 3), 0, unit(), int(0, 4), 0, 0, 0, 1, 1, 0, -3.5], [4, 8, 12]),
    () => patch.op("deleteNeurons", [neuron(), neuron()].slice(0, int(0, 2))),
    () => patch.op("removeSynapse", [few(), few()]),
    () => patch.op("removeSynapsesFromTo", [3, neuron(), few(), few(), ...Array.from({ length: 20 }, neuron)]),
    () => count > 0 && patch.op("addSynapses", [int(0, count - 1), int(0, count - 1) % 12, unit() * 3, 1, int(1, 255) << 8], [2, 3]),
    () => count > 0 && patch.op("addSynapses", [int(0, count - 1) % 12, int(0, count - 1), -unit() * 3, 1, int(1, 4) << 8], [2, 3]),
    () => patch.op("updateSynapseWeight", [few(), few(), pick([unit() * 2, -0, 1])], [2]),
    () => patch.op("neuronMembranePotential", [neuron(), pick([-70, -55, 20, -66.6])], [1]),
    () => patch.op("neuronRefractory", [neuron(), pick([0, 1, 5, 65_536])]),
  ];
  for (let n = chance(0.4) ? int(1, 3) : 0; n > 0; n--) pick(operations)();
  const inputs = chance(0.7) ? int(0, 1 + Math.floor(count / 2)) : 0;
  patch.begin("stageInput", inputs * 2);
  for (let i = 0; i < inputs; i++) patch.u32(neuron()).f32(chance(0.1) ? pick([0, -0, -2.5]) : unit() * 12);
  return patch.take();
}
