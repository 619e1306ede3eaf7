/**
 * What modulators make of a brain at this moment, as an engine has it: parameters of areas beside their baselines, and the factors of the
 * sets of modulators that mapping rules list. Source: spec/burst-engine-extensions.md 11.2.
 */
import { modulatorKinds } from "#contracts/patch-extensions.ts";
import { type Eve, placeOf } from "../debug/causes/eve.ts";
import type { BoundModulator } from "../development/switches.ts";

/** In the order of `baselineKind`. */
export const scaledParameters = ["threshold", "leak", "excitability"] as const;
export type ScaledParameter = (typeof scaledParameters)[number];

interface Range {
  min: number;
  max: number;
}

interface ScaledArea {
  /** Index. */
  area: number;
  parameter: ScaledParameter;
  factor: number;
  /** Over the neurons of the area that live. */
  baseline: Range;
  now: Range;
}

/** Areas one of whose parameters a modulator has scaled since it began to; ascending area and parameter. */
export function scaledAreas(eve: Eve): ScaledArea[] {
  if (eve.isLif) return [];
  const [areas, kinds, sizes] = [eve.u32("baselineArea"), eve.u8("baselineKind"), eve.u32("baselineSize")];
  const [factors, neurons, values] = [eve.f32("baselineFactor"), eve.u32("baselineNeuron"), eve.f32("baselineValue")];
  let next = 0;
  return Array.from(areas, (area, at) => {
    const from = next;
    next += sizes[at]!;
    const parameter = scaledParameters[kinds[at]!]!;
    const present = eve.f32(parameter);
    const now = Float32Array.from(neurons.subarray(from, next), (neuron) => present[neuron]!);
    return { area, parameter, factor: factors[at]!, baseline: rangeOf(values.subarray(from, next)), now: rangeOf(now) };
  });
}

interface GroupFactors {
  /** By what a contribution is multiplied, gates included. */
  transmission: number;
  /** What rewards add up to. */
  reward: number;
  /** By what the rate of learning is multiplied. */
  learning: number;
}

/** The factors in force for exactly this set of synaptic modulators; null where no rule of the living brain lists it. */
export function groupFactors(eve: Eve, bound: readonly BoundModulator[], names: ReadonlySet<string>): GroupFactors | null {
  if (eve.isLif) return null;
  const [numbers, drivers, kinds] = [eve.u32("modulatorNumber"), eve.u32("modulatorDriver"), eve.u8("modulatorKind")];
  const wanted = bound
    .filter(({ name }) => names.has(name))
    .map(({ driver, kind }) => numbers[drivers.findIndex((of, i) => of === driver && modulatorKinds[kinds[i]!] === kind)]!)
    .sort((a, b) => a - b);
  const [sizes, members] = [eve.u32("groupSize"), eve.u32("groupMember")];
  let next = 0;
  const at = sizes.findIndex((size) => {
    const from = next;
    next += size;
    return members.slice(from, next).sort().join() === wanted.join();
  });
  if (wanted.length === 0 || at < 0) return null;
  return { transmission: eve.f32("groupTransmission")[at]!, reward: eve.f32("groupReward")[at]!, learning: eve.f32("groupLearning")[at]! };
}

/** Whether memories are not formed in an area, as its modulators say. */
export function isFormationOff(eve: Eve, area: number): boolean {
  return !eve.isLif && placeOf(eve.u32("suppressedArea"), area) >= 0;
}

function rangeOf(values: Float32Array): Range {
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) [min, max] = [Math.min(min, value), Math.max(max, value)];
  return values.length === 0 ? { min: 0, max: 0 } : { min, max };
}
