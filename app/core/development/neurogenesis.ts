/**
 * Stage 3: neurons, as columns. Id = firstNeuron + ((x · height + y) · depth + z) · neuronsPerVoxel + k.
 * All values come from the parameters of the area; nothing here is random. Source: spec/development.md section 4.
 */
import type { AreaParameters, CorticalArea } from "#contracts/connectome.ts";
import { type NeuronColumns, NO_FIRE_LIMIT, NO_THRESHOLD_LIMIT } from "#contracts/network.ts";
import { excitabilityFraction } from "./excitability.ts";
import { allocated, type Growth, progress, type Stage } from "./growth.ts";

/** Neurons between two breaths: a few milliseconds of work. */
const BREATH = 500_000;
/** Below this a threshold increment counts as none. */
const LEAST_INCREMENT = 1.1920929e-7;
const f32 = Math.fround;

export function* neurogenesis(growth: Growth): Stage {
  const total = growth.areas.reduce((sum, { area }) => sum + area.neurons, 0);
  growth.neurons = neuronColumns(total);
  for (const growing of growth.areas) {
    const { area } = growing;
    for (const done of growArea(growth.neurons, area)) {
      const grown = growth.neuronsGrown + Math.floor(done * area.neurons);
      yield progress({ ...growth, neuronsGrown: grown }, "neurogenesis", grown / total);
    }
    growth.neuronsGrown += area.neurons;
    yield progress(growth, "neurogenesis", growth.neuronsGrown / total, growing);
  }
}

/** Yields the share of a large area that is done whenever it is time to breathe. */
function* growArea(neurons: NeuronColumns, area: CorticalArea): Generator<number, void, void> {
  const parts = parameterColumns.length + 1;
  neurons.area.fill(area.index, area.firstNeuron, area.firstNeuron + area.neurons);
  for (const [place, { column, write }] of parameterColumns.entries()) {
    write(neurons[column], area);
    if (area.neurons > BREATH) yield (place + 1) / parts;
  }
  for (const share of setCoordinates(neurons, area)) yield (parts - 1 + share) / parts;
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
  /** Writes the part of the column that belongs to the area. */
  write(column: Column, area: CorticalArea): void;
}

function filled(column: ColumnName, parameter: keyof AreaParameters, value: (parameters: AreaParameters) => number): ParameterColumn {
  return {
    column,
    parameters: [parameter],
    write: (values, { firstNeuron, neurons, parameters }) => values.fill(value(parameters), firstNeuron, firstNeuron + neurons),
  };
}

/** Whether the firing threshold of an area changes from voxel to voxel. */
export function hasGradient({ parameters }: CorticalArea): boolean {
  return parameters.firingThresholdIncrement.some((increment) => Math.abs(increment) > LEAST_INCREMENT);
}

/** The gradient is summed axis by axis in 32-bit floats; it may go below zero. */
function setThresholds(threshold: Column, area: CorticalArea): void {
  const { firstNeuron: first, neurons, neuronsPerVoxel, parameters } = area;
  if (!hasGradient(area)) {
    threshold.fill(parameters.firingThreshold, first, first + neurons);
    return;
  }
  const base = f32(parameters.firingThreshold);
  const [ix, iy, iz] = parameters.firingThresholdIncrement.map(f32) as [number, number, number];
  const [width, height, depth] = area.dimensions;
  let id = first;
  for (let x = 0; x < width; x++) {
    const alongX = f32(base + f32(x * ix));
    for (let y = 0; y < height; y++) {
      const alongY = f32(alongX + f32(y * iy));
      for (let z = 0; z < depth; z++) {
        const value = f32(alongY + f32(z * iz));
        for (let k = 0; k < neuronsPerVoxel; k++) threshold[id++] = value;
      }
    }
  }
}

/** Yields the share that is done. */
function* setCoordinates(neurons: NeuronColumns, area: CorticalArea): Generator<number, void, void> {
  const [width, height, depth] = area.dimensions;
  const { firstNeuron: first, neuronsPerVoxel } = area;
  let breath = first + BREATH;
  let id = first;
  for (let x = 0; x < width; x++) {
    for (let y = 0; y < height; y++) {
      for (let z = 0; z < depth; z++) {
        for (let k = 0; k < neuronsPerVoxel; k++) {
          neurons.x[id] = x;
          neurons.y[id] = y;
          neurons.z[id++] = z;
        }
      }
      if (id >= breath) {
        yield (id - first) / area.neurons;
        breath = id + BREATH;
      }
    }
  }
}

export function neuronColumns(count: number): NeuronColumns {
  return allocated(`${count} neurons`, () => ({
    count,
    area: new Uint32Array(count),
    x: new Uint32Array(count),
    y: new Uint32Array(count),
    z: new Uint32Array(count),
    threshold: new Float32Array(count),
    thresholdLimit: new Float32Array(count),
    leak: new Float32Array(count),
    excitability: new Float32Array(count),
    refractoryPeriod: new Uint16Array(count),
    consecutiveFireLimit: new Uint16Array(count),
    snoozePeriod: new Uint16Array(count),
    accumulates: new Uint8Array(count),
  }));
}
