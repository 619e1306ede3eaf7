/** Small networks written by hand: every neuron and synapse has plain defaults that a test overrides. */

import { firedIds } from "#contracts/frame.ts";
import { type EngineArea, type NetworkImage, NO_FIRE_LIMIT, NO_THRESHOLD_LIMIT } from "#contracts/network.ts";
import { type PatchOp, PatchWriter } from "#contracts/patch.ts";
import type { Engine } from "../engine.ts";

export interface TinyNeuron {
  area?: number;
  voxel?: [x: number, y: number, z: number];
  threshold?: number;
  thresholdLimit?: number;
  leak?: number;
  excitability?: number;
  refractoryPeriod?: number;
  fireLimit?: number;
  snooze?: number;
  accumulates?: boolean;
}

export interface TinySynapse {
  from: number;
  to: number;
  weight?: number;
  psp?: number;
  inhibitory?: boolean;
  delay?: number;
}

/** Threshold 1, no leak, accumulating, area 7; weight, psp and delay 1; no flags set, so nothing divides. */
export function tinyNetwork(neurons: TinyNeuron[], synapses: TinySynapse[] = [], rest: Partial<NetworkImage> = {}): NetworkImage {
  return {
    dynamics: "standard",
    precision: "f32",
    powerAmount: 1,
    neurons: {
      count: neurons.length,
      area: Uint32Array.from(neurons, (n) => n.area ?? 7),
      x: Uint32Array.from(neurons, (n, id) => n.voxel?.[0] ?? id),
      y: Uint32Array.from(neurons, (n) => n.voxel?.[1] ?? 0),
      z: Uint32Array.from(neurons, (n) => n.voxel?.[2] ?? 0),
      threshold: Float32Array.from(neurons, (n) => n.threshold ?? 1),
      thresholdLimit: Float32Array.from(neurons, (n) => n.thresholdLimit ?? NO_THRESHOLD_LIMIT),
      leak: Float32Array.from(neurons, (n) => n.leak ?? 0),
      excitability: Float32Array.from(neurons, (n) => n.excitability ?? 1),
      refractoryPeriod: Uint16Array.from(neurons, (n) => n.refractoryPeriod ?? 0),
      consecutiveFireLimit: Uint16Array.from(neurons, (n) => n.fireLimit ?? NO_FIRE_LIMIT),
      snoozePeriod: Uint16Array.from(neurons, (n) => n.snooze ?? 0),
      accumulates: Uint8Array.from(neurons, (n) => ((n.accumulates ?? true) ? 1 : 0)),
    },
    synapses: {
      count: synapses.length,
      source: Uint32Array.from(synapses, (s) => s.from),
      target: Uint32Array.from(synapses, (s) => s.to),
      weight: Float32Array.from(synapses, (s) => s.weight ?? 1),
      psp: Float32Array.from(synapses, (s) => s.psp ?? 1),
      kind: Uint8Array.from(synapses, (s) => (s.inhibitory ? 1 : 0)),
      delay: Uint8Array.from(synapses, (s) => s.delay ?? 1),
      flags: new Uint8Array(synapses.length),
    },
    areas: [],
    ...rest,
  };
}

export function area(index: number, settings: Partial<EngineArea> = {}): EngineArea {
  return { index, pspUniform: null, mpDrivenPsp: null, degeneration: 0, baselinePsp: null, ...settings };
}

/** One operation as a patch. */
export function patchOf(name: PatchOp, args: readonly number[] = [], floats: readonly number[] = []): Uint32Array {
  return new PatchWriter().op(name, args, floats).take();
}

/** Stages `[id, potential]` pairs. */
export function stage(engine: Engine, ...pairs: [id: number, potential: number][]): void {
  const patch = new PatchWriter().begin("stageInput", pairs.length * 2);
  for (const [id, potential] of pairs) patch.u32(id).f32(potential);
  engine.apply(patch.take());
}

/** Adds one excitatory synapse of weight, psp and delay 1. */
export function addSynapse(engine: Engine, from: number, to: number): void {
  engine.apply(patchOf("addSynapses", [from, to, 1, 1, 1 << 8], [2, 3]));
}

/** Runs one burst; the ids that fired. */
export function burst(engine: Engine): number[] {
  const frame = new Uint32Array(engine.frameWords);
  engine.burstIntoSync(frame);
  return Array.from(firedIds(frame));
}

export function potentialOf(engine: Engine, neuron: number): number {
  return engine.neuronStates(Uint32Array.of(neuron)).potential[0]!;
}
