/**
 * Stage 3: neurons, as columns. Id = firstNeuron + ((x · height + y) · depth + z) · neuronsPerVoxel + k.
 * All values come from the parameters of the area; only leak variability, where it is asked for, draws.
 * Source: spec/development.md section 4.
 */
import type { AreaParameters, CorticalArea } from "#contracts/connectome.ts";
import { type NeuronColumns, NO_FIRE_LIMIT, NO_THRESHOLD_LIMIT } from "#contracts/network.ts";
import { excitabilityFraction } from "./excitability.ts";
import { type Growth, progress, type Stage } from "./growth.ts";
import { leakSpread } from "./leak-variability.ts";
import { bytesPerRow, GrowthMemory } from "./memory.ts";

/** Neurons between two breaths: a few milliseconds of work. */
const BREATH = 100_000;
/** Below this a threshold increment counts as none. */
const LEAST_INCREMENT = 1.1920929e-7;
const f32 = Math.fround;

export function* neurogenesis(growth: Growth): Stage {
  const total = growth.areas.reduce((sum, { area }) => sum + area.neurons, 0);
  growth.neurons = neuronColumns(total, growth.memory);
  for (const growing of growth.areas) {
    const { area } = growing;
    const spread = leakSpread(growth, growing);
    for (let from = 0; from < area.neurons; from += BREATH) {
      const until = Math.min(area.neurons, from + BREATH);
      growth.neurons.area.fill(area.index, area.firstNeuron + from, area.firstNeuron + until);
      for (const { column, write } of parameterColumns) write(growth.neurons[column], area, from, until);
      spread?.(growth.neurons.leak, from, until);
      setCoordinates(growth.neurons, area, from, until);
      growth.neuronsGrown += until - from;
      if (until < area.neurons) yield progress(growth, "neurogenesis", growth.neuronsGrown / total);
    }
    yield progress(growth, "neurogenesis", growth.neuronsGrown / total, growing);
  }
}

/** The neuron columns that area parameters decide, and how. Growth and the edit of a parameter share them. */
export const parameterColumns: readonly ParameterColumn[] = [
  { column: "threshold", parameters: ["firingThreshold", "firingThresholdIncrement"], write: setThresholds },
  filled("thresholdLimit", "firingThresholdLimit", (p) => (p.firingThresholdLimit === 0 ? NO_THRESHOLD_LIMIT : p.firingThresholdLimit)),
  filled("leak", "leak", (p) => p.leak),
  filled("excitability", "excitability", (p) => excitabilityFraction(p.excitability)),
  filled("refractoryPeriod", "refractoryPeriod", (p) => p.refractoryPeriod),
  filled("consecutiveFireLimit", "consecutiveFireLimit", (p) => (p.consecutiveFireLimit === 0 ? NO_FIRE_LIMIT : p.consecutiveFireLimit)),
  filled("snoozePeriod", "snoozePeriod", (p) => p.snoozePeriod),
  filled("accumulates", "mpChargeAccumulation", (p) => (p.mpChargeAccumulation ? 1 : 0)),
];

type ColumnName = Exclude<keyof NeuronColumns, "count">;
type Column = NeuronColumns[ColumnName];

interface ParameterColumn {
  column: ColumnName;
  parameters: readonly (keyof AreaParameters)[];
  /** Writes the neurons [from, until) of the area, counted inside it; all of them unless said. */
  write(column: Column, area: CorticalArea, from?: number, until?: number): void;
}

function filled(column: ColumnName, parameter: keyof AreaParameters, value: (parameters: AreaParameters) => number): ParameterColumn {
  return {
    column,
    parameters: [parameter],
    write: (values, { firstNeuron, neurons, parameters }, from = 0, until = neurons) =>
      values.fill(value(parameters), firstNeuron + from, firstNeuron + until),
  };
}

/** Whether the firing threshold of an area changes from voxel to voxel. */
export function hasGradient({ parameters }: CorticalArea): boolean {
  return parameters.firingThresholdIncrement.some((increment) => Math.abs(increment) > LEAST_INCREMENT);
}

/** The gradient is summed axis by axis in 32-bit floats; it may go below zero. */
function setThresholds(threshold: Column, area: CorticalArea, from = 0, until = area.neurons): void {
  const { firstNeuron: first, neuronsPerVoxel, parameters } = area;
  if (!hasGradient(area)) {
    threshold.fill(parameters.firingThreshold, first + from, first + until);
    return;
  }
  const base = f32(parameters.firingThreshold);
  const [ix, iy, iz] = parameters.firingThresholdIncrement.map(f32) as [number, number, number];
  const [, height, depth] = area.dimensions;
  let { x, y, z, k } = placeOf(area, from);
  const valueHere = () => f32(f32(f32(base + f32(x * ix)) + f32(y * iy)) + f32(z * iz));
  let value = valueHere();
  for (let id = first + from; id < first + until; id++) {
    threshold[id] = value;
    if (++k < neuronsPerVoxel) continue;
    k = 0;
    if (++z === depth) {
      z = 0;
      if (++y === height) [y, x] = [0, x + 1];
    }
    value = valueHere();
  }
}

function setCoordinates({ x: xs, y: ys, z: zs }: NeuronColumns, area: CorticalArea, from: number, until: number): void {
  const { firstNeuron: first, neuronsPerVoxel } = area;
  const [, height, depth] = area.dimensions;
  let { x, y, z, k } = placeOf(area, from);
  for (let id = first + from; id < first + until; id++) {
    xs[id] = x;
    ys[id] = y;
    zs[id] = z;
    if (++k < neuronsPerVoxel) continue;
    k = 0;
    if (++z < depth) continue;
    z = 0;
    if (++y < height) continue;
    y = 0;
    x++;
  }
}

/** Voxel, and neuron in the voxel, of a neuron counted inside its area. */
function placeOf({ dimensions: [, height, depth], neuronsPerVoxel }: CorticalArea, place: number) {
  const voxel = Math.floor(place / neuronsPerVoxel);
  return { x: Math.floor(voxel / (depth * height)), y: Math.floor(voxel / depth) % height, z: voxel % depth, k: place % neuronsPerVoxel };
}

export function neuronColumns(count: number, memory: GrowthMemory): NeuronColumns {
  return {
    count,
    area: memory.take(Uint32Array, count),
    x: memory.take(Uint32Array, count),
    y: memory.take(Uint32Array, count),
    z: memory.take(Uint32Array, count),
    threshold: memory.take(Float32Array, count),
    thresholdLimit: memory.take(Float32Array, count),
    leak: memory.take(Float32Array, count),
    excitability: memory.take(Float32Array, count),
    refractoryPeriod: memory.take(Uint16Array, count),
    consecutiveFireLimit: memory.take(Uint16Array, count),
    snoozePeriod: memory.take(Uint16Array, count),
    accumulates: memory.take(Uint8Array, count),
  };
}

/** Bytes of one neuron in an image. */
export const NEURON_BYTES = bytesPerRow(neuronColumns(0, new GrowthMemory()));
