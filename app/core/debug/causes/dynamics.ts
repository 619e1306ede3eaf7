/** What causes need to know of a neuron model: what one spike adds, and how a burst weighs what a neuron is given. */
import { type Account, type Contribution, real } from "#contracts/debug.ts";
import type { Afferents } from "#core/engine/engine.ts";
import type { Eve } from "./eve.ts";

/** One addend of a sum, before it is added. */
export interface Spike {
  value: number;
  /** null: what arrives of spikes from before the recording. */
  synapse: Contribution["synapse"];
}

export interface Addend extends Spike {
  origin: Contribution["origin"];
}

/** What the engine shows after the burst, for one neuron. */
export interface Shown {
  fired: boolean;
  firedPotential: number | null;
  /** null: no candidate. */
  sum: number | null;
  potential: number;
  /** Candidates of the whole burst. */
  processed: number;
  /** The state after the burst. */
  after(): Eve;
}

export interface Dynamics {
  /** What the spike of the source sends over the synapse at `at`. `weightAfter`: its weight after the burst of the spike. */
  spike(afferents: Afferents, at: number, firedAt: number, firedPotential: number, weightAfter: number): Spike;
  account(eve: Eve, neuron: number, arrived: readonly Spike[], shown: Shown): Account;
  /** One addition, rounded as the engine does. */
  add(sum: number, value: number): number;
  /** What the neuron is held against; `countdown`: bursts for which it is refractory still. */
  bounds(eve: Eve, neuron: number): { threshold: number; countdown: number };
}

/** Adds one by one from `zero` as `add` does. */
export function summed(
  addends: readonly Addend[],
  zero: number,
  add: (sum: number, value: number) => number,
): { contributions: Contribution[]; sum: number } {
  let sum = zero;
  const contributions = addends.map(({ origin, value, synapse }): Contribution => {
    sum = add(sum, value);
    return { origin, value: real(value), sum: real(sum), synapse };
  });
  return { contributions, sum };
}

export function fromSpikes(arrived: readonly Spike[]): Addend[] {
  return arrived.map((spike) => ({ ...spike, origin: spike.synapse === null ? "earlier" : "synapse" }));
}

/** What of `shown` is not `explained`; 0 for equal bits. */
export function residualOf(shown: number, explained: number): number {
  return Object.is(shown, explained) ? 0 : shown - explained || Number.NaN;
}
