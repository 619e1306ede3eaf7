/**
 * Pair-based STDP with traces (Morrison, Aertsen and Diesmann 2007; the weight dependence of Gütig et al. 2003), as pure functions.
 *
 * A synapse acts when a spike is sent over it, in burst t with delay d, all of it dendritic: the spike meets the target's own
 * spikes shifted by d. In this order, each f64 operation rounded by itself:
 * 1. Every postsynaptic spike s with last - d < s <= t - d, ascending, facilitates with the trace of the spikes sent before,
 *    sentTrace * decayPlus(s + d - last).
 * 2. The spike depresses with the postsynaptic trace just before t - d: trace(s) * decayMinus(t - d - s) of the latest s < t - d,
 *    0 if there is none.
 * 3. It goes out with the new weight, and sentTrace = sentTrace * decayPlus(t - last) + 1, last = t.
 * `last` is the burst of the spike sent before; at first the burst in which the synapse came (0 for a loaded one), with trace 0.
 * A postsynaptic trace is raised by 1 per spike: trace(s) = trace(s') * decayMinus(s - s') + 1, s' the spike before, 1 at the first.
 */
import { DECAY_STEPS, type StdpProjection } from "#contracts/network.ts";

/** exp(-steps * step / tau) from its two tables. */
export function decayOver(steps: number, low: Float64Array, high: Float64Array): number {
  if (steps >= DECAY_STEPS * DECAY_STEPS) return 0;
  return low[steps & (DECAY_STEPS - 1)]! * high[steps >>> 10]!;
}

/** A trace after one more spike. */
export function raised(trace: number, decay: number): number {
  return trace * decay + 1;
}

/** Weight after a postsynaptic spike that met `trace` of the spikes sent. Never -0, here and below. */
export function facilitated(weight: number, trace: number, { lambda, maxWeight, muPlus }: StdpProjection): number {
  const share = weight / maxWeight;
  const raisedShare = share + lambda * (muPlus === 1 ? 1 - share : 1) * trace;
  return raisedShare < 1 ? raisedShare * maxWeight + 0 : maxWeight;
}

/** Weight after a spike sent that met `trace` of the postsynaptic spikes. */
export function depressed(weight: number, trace: number, { lambda, alpha, maxWeight, muMinus }: StdpProjection): number {
  const share = weight / maxWeight;
  const loweredShare = share - alpha * lambda * (muMinus === 1 ? share : 1) * trace;
  return loweredShare > 0 ? loweredShare * maxWeight + 0 : 0;
}

/** The tables of `StdpProjection` for one time constant. */
export function decayTables(stepMs: number, tauMs: number): { low: Float64Array; high: Float64Array } {
  return {
    low: Float64Array.from({ length: DECAY_STEPS }, (_, n) => Math.exp((-n * stepMs) / tauMs)),
    high: Float64Array.from({ length: DECAY_STEPS }, (_, m) => Math.exp((-DECAY_STEPS * m * stepMs) / tauMs)),
  };
}
