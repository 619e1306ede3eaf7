/**
 * The networks that are timed: the same shapes as the simulators of the field are compared on. Wiring comes from one seeded
 * generator, so every engine gets the same. All membranes: threshold 1, no leak, no refractory period.
 */
import { type NetworkImage, NO_FIRE_LIMIT, NO_THRESHOLD_LIMIT } from "#contracts/network.ts";
import { pcg } from "#core/engine/membrane.ts";

export interface Wiring {
  neurons: number;
  synapses: number;
  source(i: number): number;
  target(i: number): number;
  weight: number;
}

export function imageOfWiring({ neurons, synapses, source, target, weight }: Wiring): NetworkImage {
  const index = (pick: (i: number) => number) => Uint32Array.from({ length: synapses }, (_, i) => pick(i));
  return {
    dynamics: "standard",
    precision: "f32",
    powerAmount: 1,
    neurons: {
      count: neurons,
      area: new Uint32Array(neurons).fill(7),
      x: Uint32Array.from({ length: neurons }, (_, i) => i),
      y: new Uint32Array(neurons),
      z: new Uint32Array(neurons),
      threshold: new Float32Array(neurons).fill(1),
      thresholdLimit: new Float32Array(neurons).fill(NO_THRESHOLD_LIMIT),
      leak: new Float32Array(neurons),
      excitability: new Float32Array(neurons).fill(1),
      refractoryPeriod: new Uint16Array(neurons),
      consecutiveFireLimit: new Uint16Array(neurons).fill(NO_FIRE_LIMIT),
      snoozePeriod: new Uint16Array(neurons),
      accumulates: new Uint8Array(neurons).fill(1),
    },
    synapses: {
      count: synapses,
      source: index(source),
      target: index(target),
      weight: new Float32Array(synapses).fill(weight),
      psp: new Float32Array(synapses).fill(1),
      kind: new Uint8Array(synapses),
      delay: new Uint8Array(synapses).fill(1),
      flags: new Uint8Array(synapses),
    },
    areas: [{ index: 7, pspUniform: true, mpDrivenPsp: false, degeneration: 0, baselinePsp: null }],
  };
}

/** A uniform number below `limit` that depends only on (seed, i). */
export function uniform(seed: number, i: number, limit: number): number {
  return Math.floor((pcg(pcg(seed) ^ i) / 2 ** 32) * limit);
}

/** A random permutation: every neuron sends to one and hears from one. */
export function permutation(seed: number, count: number): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = uniform(seed, i, i + 1);
    const kept = order[i] as number;
    order[i] = order[j] as number;
    order[j] = kept;
  }
  return order;
}
