/**
 * Forks of a state: what bursts change is copied, the build (neuron settings, wiring, its rows) is one set of arrays until either
 * side is about to write to it.
 */
import type { SnapshotSection } from "#contracts/snapshot.ts";
import { buildSections } from "../moment.ts";
import { rescales } from "./extension-snapshot.ts";
import type { NetworkState } from "./network-state.ts";
import { contentsOf, learns, stateFrom, wears } from "./state-snapshot.ts";

const isBuild: ReadonlySet<SnapshotSection> = new Set(buildSections);
const settings = [
  ...(["threshold", "thresholdLimit", "leak", "refractoryPeriod", "excitability", "consecutiveFireLimit", "snoozePeriod"] as const),
  ...(["accumulates", "area", "x", "y", "z"] as const),
] as const;
const wiring = ["source", "target", "weight", "psp", "kind", "delay", "flags", "state", "trace", "group"] as const;
const rows = ["rowStart", "entrySlot", "entryTarget", "entryContribution", "entryDelay", "outDegree"] as const;

export function forkOf(state: NetworkState): NetworkState {
  state.freshRows();
  const contents = contentsOf(state);
  const columns = Object.fromEntries(
    (Object.keys(contents.columns) as SnapshotSection[]).map((name) => {
      const column = contents.columns[name];
      return [name, isBuild.has(name) ? column : column.slice()];
    }),
  ) as typeof contents.columns;
  const twin = stateFrom({ ...contents, columns });
  twin.neurons.accumulates = state.neurons.accumulates.subarray(0, state.neurons.count);
  for (const name of rows) Object.assign(twin.synapses, { [name]: state.synapses[name] });
  twin.synapses.outside = state.synapses.outside;
  twin.synapses.stale = false;
  state.shared ??= { holders: 1, byBursts: learns(state) || wears(state) || rescales(state) };
  state.shared.holders++;
  twin.shared = state.shared;
  return twin;
}

/** Makes the build the state's own, before something of it is written. */
export function ownBuild(state: NetworkState): void {
  const isHeldByOthers = state.shared !== null && state.shared.holders > 1;
  disown(state);
  if (!isHeldByOthers) return;
  const { neurons, synapses } = state;
  for (const name of settings) Object.assign(neurons, { [name]: neurons[name].slice() });
  for (const name of [...wiring, ...rows]) Object.assign(synapses, { [name]: synapses[name].slice() });
}

/** The state gives up its share, as it is put away or has what it needs of its own. */
export function disown(state: NetworkState): void {
  if (state.shared !== null) state.shared.holders--;
  state.shared = null;
}
