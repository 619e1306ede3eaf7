/**
 * The networks that are timed: the same shapes as the simulators of the field are compared on. Wiring comes from one seeded
 * generator, so every engine of ours gets the same.
 */
import { type LifNetworkImage, lifDynamics, type NetworkImage, NO_FIRE_LIMIT, NO_THRESHOLD_LIMIT } from "#contracts/network.ts";
import { pcg } from "#core/engine/membrane.ts";

export interface Wiring {
  neurons: number;
  synapses: number;
  source(i: number): number;
  target(i: number): number;
}

/** One synapse in, one out, by a random permutation. */
export function permuted(neurons: number): Wiring {
  const order = permutation(3, neurons);
  return { neurons, synapses: neurons, source: (i) => i, target: (i) => order[i]! };
}

export function scattered(neurons: number, synapses: number): Wiring {
  return { neurons, synapses, source: (i) => uniform(1, i, neurons), target: (i) => uniform(2, i, neurons) };
}

/** So many synapses from each neuron to uniform targets. */
export function fanOut(neurons: number, each: number): Wiring {
  return { neurons, synapses: neurons * each, source: (i) => Math.floor(i / each), target: (i) => uniform(4, i, neurons) };
}

/** The first two neurons send to all others in turn. */
export function fromTwo(neurons: number, synapses: number): Wiring {
  return { neurons, synapses, source: (i) => i % 2, target: (i) => 2 + (i % (neurons - 2)) };
}

/** What FEAGI dynamics add to a wiring; all neurons leak a tenth per burst and may fire in every burst. */
export interface FeagiTraits {
  threshold: number;
  weight: number | ((i: number) => number);
  psp: number | ((i: number) => number);
  /** Every fifth synapse inhibits. */
  inhibits: boolean;
}

export function feagiImage({ neurons, synapses, source, target }: Wiring, { threshold, weight, psp, inhibits }: FeagiTraits): NetworkImage {
  return {
    dynamics: "standard",
    precision: "f32",
    powerAmount: 1,
    neurons: {
      count: neurons,
      ...places(neurons),
      threshold: new Float32Array(neurons).fill(threshold),
      thresholdLimit: new Float32Array(neurons).fill(NO_THRESHOLD_LIMIT),
      leak: new Float32Array(neurons).fill(0.1),
      excitability: new Float32Array(neurons).fill(1),
      refractoryPeriod: new Uint16Array(neurons),
      consecutiveFireLimit: new Uint16Array(neurons).fill(NO_FIRE_LIMIT),
      snoozePeriod: new Uint16Array(neurons),
      accumulates: new Uint8Array(neurons).fill(1),
    },
    synapses: {
      count: synapses,
      source: column(synapses, source),
      target: column(synapses, target),
      weight: strengths(synapses, weight),
      psp: strengths(synapses, psp),
      kind: inhibits ? new Uint8Array(synapses).map((_, i) => (i % 5 === 0 ? 1 : 0)) : new Uint8Array(synapses),
      delay: new Uint8Array(synapses).fill(1),
      flags: new Uint8Array(synapses),
    },
    areas: [{ index: AREA, pspUniform: true, mpDrivenPsp: false, degeneration: 0, baselinePsp: null }],
  };
}

/** Everybody is in one cortical area. */
export const AREA = 7;
/** Steps of the membrane time constant of a driven network; threshold 1, reset 0, no refractory period. */
const DRIVEN_TAU = 100;

/** Every neuron is driven so that it fires every `period` steps, one after the other. */
export function drivenImage({ neurons, synapses, source, target }: Wiring, period: number): LifNetworkImage {
  const decay = Math.exp(-1 / DRIVEN_TAU);
  const rest = period === 1 ? 150 : 1 / (1 - Math.exp(-period / DRIVEN_TAU));
  const potential = new Float64Array(neurons);
  if (period > 1) for (let i = 0; i < neurons; i++) potential[i] = rest * (1 - Math.exp(-(i % period) / DRIVEN_TAU));
  return {
    dynamics: lifDynamics,
    stepMs: 1,
    seed: 1,
    parameters: [
      {
        threshold: 1,
        reset: 0,
        decay,
        drive: rest * (1 - decay),
        refractorySteps: 0,
        poissonWeight: 0,
        poissonTable: new Uint32Array(),
        restingPotential: 0,
      },
    ],
    neurons: { count: neurons, ...places(neurons), potential, parameterSet: new Uint16Array(neurons) },
    synapses: {
      count: synapses,
      source: column(synapses, source),
      target: column(synapses, target),
      weight: new Float32Array(synapses).fill(1e-4),
      delay: new Uint8Array(synapses).fill(1),
    },
    projections: [],
  };
}

/** Brunel 2000: 10,000 excitatory and 2,500 inhibitory neurons, in-degree 1,000 + 250, 20 kHz of Poisson input into each. */
export function brunelImage(stepMs: number, delay: number): LifNetworkImage {
  const [excitatory, neurons, sending, degree] = [10_000, 12_500, 1000, 1250];
  const [tauMs, threshold, weight, inhibition, refractoryMs, eventsPerMs] = [20, 20, 0.1, 5, 2, 20];
  const isExcitatory = (i: number) => i % degree < sending;
  const synapses = neurons * degree;
  return {
    dynamics: lifDynamics,
    stepMs,
    seed: 1,
    parameters: [
      {
        threshold,
        reset: 0,
        decay: Math.exp(-stepMs / tauMs),
        drive: 0,
        refractorySteps: Math.round(refractoryMs / stepMs),
        poissonWeight: weight,
        poissonTable: poissonTable(eventsPerMs * stepMs),
        restingPotential: 0,
      },
    ],
    neurons: {
      count: neurons,
      ...places(neurons),
      potential: Float64Array.from({ length: neurons }, (_, i) => (pcg(i ^ 77) / 2 ** 32) * threshold),
      parameterSet: new Uint16Array(neurons),
    },
    synapses: {
      count: synapses,
      source: column(synapses, (i) => (isExcitatory(i) ? uniform(1, i, excitatory) : excitatory + uniform(1, i, neurons - excitatory))),
      target: column(synapses, (i) => Math.floor(i / degree)),
      weight: Float32Array.from({ length: synapses }, (_, i) => (isExcitatory(i) ? weight : -inhibition * weight)),
      delay: new Uint8Array(synapses).fill(delay),
    },
    projections: [],
  };
}

/** Where the distribution passes each count, as u32: a draw counts the entries it reaches. */
function poissonTable(mean: number): Uint32Array {
  const table: number[] = [];
  let probability = Math.exp(-mean);
  for (let below = probability, count = 1; below * 2 ** 32 < 2 ** 32 - 1 && count < 200; count++) {
    table.push(Math.round(below * 2 ** 32));
    probability *= mean / count;
    below += probability;
  }
  return Uint32Array.from(table);
}

function places(neurons: number) {
  return {
    area: new Uint32Array(neurons).fill(AREA),
    x: column(neurons, (i) => i),
    y: new Uint32Array(neurons),
    z: new Uint32Array(neurons),
  };
}

function strengths(count: number, value: number | ((i: number) => number)): Float32Array {
  const values = new Float32Array(count);
  if (typeof value === "number") return values.fill(value);
  for (let i = 0; i < count; i++) values[i] = value(i);
  return values;
}

function column(count: number, value: (i: number) => number): Uint32Array {
  const values = new Uint32Array(count);
  for (let i = 0; i < count; i++) values[i] = value(i);
  return values;
}

/** A uniform number below `limit` that depends only on (seed, i). */
export function uniform(seed: number, i: number, limit: number): number {
  return Math.floor((pcg(pcg(seed) ^ i) / 2 ** 32) * limit);
}

/** A random permutation: every neuron sends to one and hears from one. */
function permutation(seed: number, count: number): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = uniform(seed, i, i + 1);
    const kept = order[i] as number;
    order[i] = order[j] as number;
    order[j] = kept;
  }
  return order;
}
