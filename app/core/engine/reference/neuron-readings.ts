/** What a caller reads of neurons by id. */
import { emptySettings, type NeuronSettings } from "../engine.ts";
import { setValue } from "./baselines.ts";
import type { NetworkState } from "./network-state.ts";
import { SCALED, scaledSettings } from "./neuron-settings.ts";

/** Settings as they were set, so that one who writes them back changes nothing. */
export function settingsOf(state: NetworkState, ids: Uint32Array): NeuronSettings {
  const { neurons } = state;
  const { valid, ...columns } = emptySettings(ids.length);
  for (let i = 0; i < ids.length; i++) valid[i] = neurons.isValid(ids[i]!) ? 1 : 0;
  for (const name of Object.keys(columns) as (keyof typeof columns)[]) {
    const [from, to] = [neurons[name], columns[name]];
    for (let i = 0; i < ids.length; i++) if (valid[i] === 1) to[i] = from[ids[i]!]!;
  }
  if (!state.modulators) return { valid, ...columns };
  for (const kind of SCALED) {
    const to = columns[scaledSettings[kind]];
    for (let i = 0; i < ids.length; i++) if (valid[i] === 1) to[i] = setValue(state, kind, ids[i]!);
  }
  return { valid, ...columns };
}
