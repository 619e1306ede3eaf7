/**
 * Memory neurons under associative input: a small integrate-and-fire state without leak, kept for those that ever got some.
 *
 * Without associative input a memory neuron fires at anything. Source: spec/burst-engine-extensions.md 10.1, 10.2.
 */
import { NO_FIRE_LIMIT, NO_THRESHOLD_LIMIT } from "#contracts/network.ts";
import { firesByChance } from "../membrane.ts";

const MAX_U16 = 65_535;
const NO_LIMIT = Math.fround(NO_THRESHOLD_LIMIT);

/** Settings of an area's memory neurons. */
export interface SparseSettings {
  threshold: number;
  /** NO_THRESHOLD_LIMIT: none. */
  limit: number;
  excitability: number;
  refractory: number;
  /** 0 and NO_FIRE_LIMIT: none. */
  fireLimit: number;
  snooze: number;
}

export const plainSettings: SparseSettings = {
  threshold: 1,
  limit: NO_LIMIT,
  excitability: 1,
  refractory: 0,
  fireLimit: NO_FIRE_LIMIT,
  snooze: 0,
};

export interface SparseState {
  potential: number;
  /** Consecutive fires. */
  fires: number;
  countdown: number;
}

/** Takes the input of a burst, `associative` the part of it over flagged synapses; the potential at firing, or null. */
export function integrateSparse(
  state: SparseState,
  settings: SparseSettings,
  { id, burst, sum, associative }: { id: number; burst: number; sum: number; associative: number },
): number | null {
  const { threshold, limit, excitability, refractory, fireLimit, snooze } = settings;
  const limited = fireLimit !== 0 && fireLimit !== NO_FIRE_LIMIT;
  if (state.countdown > 0) {
    state.countdown--;
    if (state.countdown === 0 && limited && state.fires >= fireLimit) state.fires = 0;
    return null;
  }
  const charge = Math.fround(state.potential + Math.fround(associative + Math.fround(sum - associative)));
  const inWindow = charge >= threshold && (limit === NO_LIMIT || charge <= limit);
  const exhausted = inWindow && limited && state.fires >= fireLimit;
  if (!inWindow || exhausted || !firesByChance(excitability, id, burst)) {
    state.potential = charge;
    if (limited && (!inWindow || exhausted)) state.fires = 0;
    return null;
  }
  state.potential = 0;
  state.fires = Math.min(MAX_U16, state.fires + 1);
  state.countdown = Math.min(MAX_U16, refractory + (limited && state.fires >= fireLimit ? snooze : 0));
  return charge;
}
