/**
 * Writing neuron settings: INT8 forms, the leak that settles first, and the baseline of what modulators scale.
 *
 * `set…` is the edit of a patch: in `standard` that of a modulated value is one of its baseline. `write…` and `change…` write what they are given.
 */
import { NO_THRESHOLD_LIMIT } from "#contracts/network.ts";
import { caughtUp, INT8_NO_LIMIT, int8Charge, int8Level } from "../membrane.ts";
import { hasBit } from "./bits.ts";
import type { NetworkState } from "./network-state.ts";

/** What modulators can scale, by the number of its kind. */
export const scaledSettings = ["threshold", "leak", "excitability"] as const;
export type ScaledSetting = 0 | 1 | 2;
export const SCALED = [0, 1, 2] as const satisfies ScaledSetting[];
export const LEAK = 1;

/** Visits the valid neurons of an area. */
export function eachOf(state: NetworkState, area: number, visit: (id: number) => void): void {
  const { area: areas, count, valid } = state.neurons;
  for (let id = 0; id < count; id++) if (areas[id] === area && hasBit(valid, id)) visit(id);
}

export function setThreshold(state: NetworkState, id: number, threshold: number): void {
  edit(state, 0, id, threshold);
}

export function setLeak(state: NetworkState, id: number, leak: number): void {
  edit(state, LEAK, id, leak);
}

export function setExcitability(state: NetworkState, id: number, excitability: number): void {
  edit(state, 2, id, excitability);
}

function edit(state: NetworkState, kind: ScaledSetting, id: number, value: number): void {
  writeSetting(state, kind, id, editedValue(state, kind, id, value));
}

/** Takes an edit into the baseline, if there is one; what is to be written. FEAGI leaves the baseline: its next factor undoes the edit. */
export function editedValue(state: NetworkState, kind: ScaledSetting, id: number, value: number): number {
  if (state.strict || state.modulators === null) return value;
  return state.modulators.edited(state.neurons.area[id]!, kind, id, value) ?? value;
}

/** Writes a value as it is. FEAGI lets most new leaks act back over the idle stretch; `standard` settles it with the old leak first. */
export function writeSetting(state: NetworkState, kind: ScaledSetting, id: number, value: number, settles = !state.strict): void {
  const { neurons, int8, burst } = state;
  if (kind === LEAK && settles) {
    const settled = caughtUp(neurons.potential[id]!, neurons.leak[id]!, burst - neurons.lastUpdate[id]!);
    neurons.potential[id] = int8 ? int8Charge(settled) : settled;
    neurons.lastUpdate[id] = burst;
  }
  neurons[scaledSettings[kind]][id] = kind === 0 && int8 ? int8Charge(value) : value;
}

/** Likewise, but a value that is there already settles nothing. */
export function changeSetting(state: NetworkState, kind: ScaledSetting, id: number, value: number, settles = !state.strict): void {
  if (state.neurons.isValid(id) && state.neurons[scaledSettings[kind]][id] !== value) writeSetting(state, kind, id, value, settles);
}

/** An area's limit of 0 means none. */
export function writeThresholdLimit({ neurons, int8 }: NetworkState, id: number, limit: number): void {
  if (int8) neurons.thresholdLimit[id] = limit === 0 ? INT8_NO_LIMIT : int8Level(limit);
  else neurons.thresholdLimit[id] = limit === 0 ? NO_THRESHOLD_LIMIT : limit;
}
