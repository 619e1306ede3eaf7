/**
 * Settings of areas that modulators scale, and what they are without: a baseline lists the living neurons of its area.
 *
 * Who dies leaves it with its own value, who lives again or comes from elsewhere joins it. Source: spec/burst-engine-extensions.md 11.2.
 */
import type { Modulators } from "./modulators.ts";
import type { NetworkState } from "./network-state.ts";
import { changeSetting, eachOf, LEAK, type ScaledSetting, scaledSettings } from "./neuron-settings.ts";

/** The values of an area as they were before they were scaled by `factor`. */
export interface Baseline {
  area: number;
  kind: ScaledSetting;
  factor: number;
  /** Ascending. */
  neurons: number[];
  values: number[];
}

/** Threshold at least 0; leak and excitability confined to 0..1. `standard` gives an unscaled value back as it was. */
export function scaled(kind: ScaledSetting, value: number, factor: number, strict: boolean): number {
  if (factor === 1 && !strict) return value;
  const changed = Math.fround(value * factor);
  if (!(changed > 0)) return 0;
  return kind !== 0 && changed > 1 ? 1 : changed;
}

export function scaleArea(state: NetworkState, modulators: Modulators, area: number, kind: ScaledSetting, factor: number): void {
  const column = state.neurons[scaledSettings[kind]];
  let baseline = modulators.baseline(area, kind);
  if (!baseline) {
    baseline = { area, kind, factor: 1, neurons: [], values: [] };
    const { neurons, values } = baseline;
    eachOf(state, area, (id) => {
      neurons.push(id);
      values.push(column[id]!);
    });
    modulators.capture(baseline);
  } else if (kind === LEAK && state.homeostats?.has(area)) {
    // The homeostat has moved the unscaled leaks.
    for (const [at, id] of baseline.neurons.entries()) if (state.neurons.isValid(id)) baseline.values[at] = column[id]!;
  }
  if (factor === baseline.factor) return;
  baseline.factor = factor;
  writeScaled(state, baseline);
}

function writeScaled(state: NetworkState, { kind, neurons, values, factor }: Baseline): void {
  for (const [at, id] of neurons.entries()) changeSetting(state, kind, id, scaled(kind, values[at]!, factor, state.strict));
}

/** Takes the scaled values as the baseline, and scales them again: factors compound. */
export function rebase(state: NetworkState, baseline: Baseline): void {
  baseline.values = baseline.neurons.map((id) => state.neurons[scaledSettings[baseline.kind]][id]!);
  writeScaled(state, baseline);
}

/** Writes the values of a baseline back as if nothing scaled them. */
export function restoreBaseline(state: NetworkState, baseline: Baseline): void {
  baseline.factor = 1;
  for (const [at, id] of baseline.neurons.entries()) changeSetting(state, baseline.kind, id, baseline.values[at]!);
}

/** Gives back and drops the baselines that no modulator scales any more. */
export function releaseBaselines(state: NetworkState, modulators: Modulators): void {
  const isScaled = ({ area, kind }: Baseline) => modulators.subscribed(area, kind).length > 0;
  for (const baseline of modulators.baselines) if (!isScaled(baseline)) restoreBaseline(state, baseline);
  modulators.baselines = modulators.baselines.filter(isScaled);
}

/** These neurons get their own values back and are scaled no more. */
export function leaveBaselines(state: NetworkState, ids: Iterable<number>): void {
  if (!state.modulators || state.modulators.baselines.length === 0) return;
  const leaving = new Set(ids);
  for (const baseline of state.modulators.baselines) {
    const { kind, neurons, values, factor } = baseline;
    if (!neurons.some((id) => leaving.has(id))) continue;
    if (factor !== 1) for (const [at, id] of neurons.entries()) if (leaving.has(id)) changeSetting(state, kind, id, values[at]!);
    baseline.values = values.filter((_, at) => !leaving.has(neurons[at]!));
    baseline.neurons = neurons.filter((id) => !leaving.has(id));
  }
}

/** Neurons of modulated areas, ascending and of no baseline so far, are scaled at once. */
export function joinBaselines(state: NetworkState, ids: readonly number[]): void {
  for (const baseline of state.modulators?.baselines ?? []) {
    const { area, kind, factor, neurons, values } = baseline;
    const column = state.neurons[scaledSettings[kind]];
    const last = neurons.at(-1) ?? -1;
    const joining = ids.filter((id) => state.neurons.area[id] === area);
    for (const id of joining) {
      neurons.push(id);
      values.push(column[id]!);
      if (factor !== 1) changeSetting(state, kind, id, scaled(kind, column[id]!, factor, state.strict));
    }
    if (joining.length === 0 || joining[0]! > last) continue;
    const order = Array.from(neurons.keys()).sort((a, b) => neurons[a]! - neurons[b]!);
    baseline.neurons = order.map((at) => neurons[at]!);
    baseline.values = order.map((at) => values[at]!);
  }
}

/** A setting as it was set: in `standard` what modulators make of it is left out. */
export function setValue({ neurons, modulators, strict }: NetworkState, kind: ScaledSetting, id: number): number {
  const baseline = strict ? undefined : modulators?.baseline(neurons.area[id]!, kind);
  const at = baseline && baseline.factor !== 1 ? placeOf(baseline.neurons, id) : -1;
  return at < 0 ? neurons[scaledSettings[kind]][id]! : baseline!.values[at]!;
}

/** Place in an ascending list; -1: not in it. */
export function placeOf(list: readonly number[], wanted: number): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (list[middle]! < wanted) low = middle + 1;
    else high = middle;
  }
  return list[low] === wanted ? low : -1;
}
