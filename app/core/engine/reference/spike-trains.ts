/**
 * Spike trains: one firing of a driver starts a run of as many forced firings as its consecutive limit says, then its rest.
 *
 * Source: spec/burst-engine-extensions.md 11.4.
 */
import { NO_FIRE_LIMIT } from "#contracts/network.ts";
import type { NetworkState } from "./network-state.ts";

const MAX_U16 = 65_535;

export interface SpikeTrains {
  areas: ReadonlySet<number>;
  /** Held potential of every running train, by neuron. */
  running: Map<number, number>;
}

/** Starts, continues and ends trains after the dynamics; what a train holds fires again in the next burst. */
export function runTrains(state: NetworkState, trains: SpikeTrains): void {
  const { fired, forced, neurons } = state;
  const before = trains.running;
  trains.running = new Map();
  for (let f = 0; f < fired.count; f++) {
    const id = fired.ids[f]!;
    const limit = neurons.consecutiveFireLimit[id]!;
    if (!trains.areas.has(neurons.area[id]!) || limit === 0 || limit === NO_FIRE_LIMIT) continue;
    const held = before.get(id);
    if (held !== undefined) neurons.consecutiveFires[id] = Math.min(MAX_U16, neurons.consecutiveFires[id]! + 1);
    const isOver = neurons.consecutiveFires[id]! >= limit;
    if (isOver && held === undefined) continue;
    if (isOver) {
      neurons.setCountdown(id, Math.min(MAX_U16, neurons.refractoryPeriod[id]! + neurons.snoozePeriod[id]!));
      continue;
    }
    const potential = held ?? fired.potentials[f]!;
    trains.running.set(id, potential);
    neurons.setCountdown(id, 1);
    forced.push(id, potential);
  }
}

/** Replaces the areas; the trains of others end as they are. */
export function setTrainAreas(state: NetworkState, areas: ReadonlySet<number>): void {
  const running = new Map([...(state.trains?.running ?? [])].filter(([id]) => areas.has(state.neurons.area[id]!)));
  state.trains = areas.size === 0 ? null : { areas, running };
}
