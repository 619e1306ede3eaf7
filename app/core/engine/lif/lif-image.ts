/** Refuses a lif-delta image that no engine could run, with the place. What passes needs no check in a burst. */
import { LabError } from "#contracts/errors.ts";
import { DECAY_STEPS, type LifNetworkImage, type LifParameters, type StdpProjection } from "#contracts/network.ts";
import { REGULAR_NEURONS } from "../reference/id-ranges.ts";

/** The index of a parameter set is a u16. */
const MAX_SETS = 65_536;
const MAX_U16 = 65_535;
const MAX_U32 = 0xffffffff;

export function checkLifImage(image: LifNetworkImage): void {
  const { neurons, synapses, parameters, projections } = image;
  for (const group of ["neurons", "synapses"] as const) {
    const { count, ...columns } = image[group];
    for (const [name, column] of Object.entries(columns)) {
      if (column.length !== count) refuse("a column has another length than its count", { column: `${group}.${name}`, count });
    }
  }
  if (!(Number.isFinite(image.stepMs) && image.stepMs > 0)) refuse("its step is no positive time", { column: "stepMs" });
  if (!isWhole(image.seed, MAX_U32)) refuse("its seed is no whole number of 0..4294967295", { column: "seed" });
  if (neurons.count > REGULAR_NEURONS) refuse("it has more neurons than ids", { neurons: neurons.count });
  if (parameters.length > MAX_SETS) refuse("it has more parameter sets than indexes", { parameters: parameters.length });
  parameters.forEach((set, at) => {
    const reason = faultOfParameters(set);
    if (reason !== undefined) refuse(reason, { column: "parameters", at });
  });
  const reason = faultOfProjections(projections);
  if (reason !== undefined) refuse(reason, { column: "projections" });

  const hold = (column: string, values: ArrayLike<number>, holds: (value: number) => boolean, fault: string) => {
    for (let at = 0; at < values.length; at++) if (!holds(values[at]!)) refuse(fault, { column, at });
  };
  hold("neurons.potential", neurons.potential, Number.isFinite, "a value is not finite");
  hold("neurons.parameterSet", neurons.parameterSet, (set) => set < parameters.length, "a parameter set does not exist");
  hold("synapses.source", synapses.source, (id) => id < neurons.count, "a neuron does not exist");
  hold("synapses.target", synapses.target, (id) => id < neurons.count, "a neuron does not exist");
  hold("synapses.weight", synapses.weight, Number.isFinite, "a value is not finite");
  hold("synapses.delay", synapses.delay, (delay) => delay > 0, "a synapse has delay 0");
}

/** Why a parameter set is none; undefined if it is one. */
export function faultOfParameters(set: LifParameters): string | undefined {
  const { threshold, reset, decay, drive, refractorySteps, poissonWeight, poissonTable, restingPotential } = set;
  if (![threshold, reset, decay, drive, poissonWeight, restingPotential].every(Number.isFinite)) return "a parameter is not finite";
  if (decay < 0 || decay > 1) return "a decay lies outside 0..1";
  if (reset >= threshold) return "a reset potential is not below its threshold";
  if (!isWhole(refractorySteps, MAX_U16)) return "a refractory period is no whole number of 0..65535 steps";
  if (poissonTable.some((entry, i) => i > 0 && entry < poissonTable[i - 1]!)) return "a Poisson table does not ascend";
  return undefined;
}

/** Why projections cannot stand together; undefined if they can. */
export function faultOfProjections(projections: readonly StdpProjection[]): string | undefined {
  const pairs = new Set<string>();
  const byTarget = new Map<number, StdpProjection>();
  for (const projection of projections) {
    const { sourceArea, targetArea, lambda, alpha, maxWeight, muPlus, muMinus } = projection;
    if (!isWhole(sourceArea, MAX_U32) || !isWhole(targetArea, MAX_U32)) return "a projection names no area";
    if (pairs.has(`${sourceArea},${targetArea}`)) return "two projections join the same areas";
    pairs.add(`${sourceArea},${targetArea}`);
    if (![lambda, alpha, maxWeight].every(Number.isFinite) || maxWeight === 0)
      return "a learning parameter is not finite, or a maximum is 0";
    if (![muPlus, muMinus].every((mu) => mu === 0 || mu === 1)) return "an exponent is neither 0 nor 1";
    const { plusLow, plusHigh, minusLow, minusHigh } = projection;
    for (const table of [plusLow, plusHigh, minusLow, minusHigh]) {
      if (table.length !== DECAY_STEPS || !table.every((share) => share >= 0 && share <= 1))
        return "a decay table is not 1024 shares of 0..1";
    }
    const other = byTarget.get(targetArea);
    if (other && !(isSame(other.minusLow, minusLow) && isSame(other.minusHigh, minusHigh))) {
      return "two projections into one area let its trace decay differently";
    }
    byTarget.set(targetArea, projection);
  }
  return undefined;
}

function isSame(a: Float64Array, b: Float64Array): boolean {
  return a.every((value, i) => value === b[i]);
}

function isWhole(value: number, most: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= most;
}

function refuse(reason: string, details: Record<string, unknown>): never {
  throw new LabError("E_NETWORK", `The network image was refused: ${reason}`, { reason, ...details });
}
