/**
 * The plasticity rule of a mapping: co-activity within a window moves an eligibility trace, the trace moves the weight.
 *
 * There is no spike order in it: an end of a synapse was active in the window or it was not. Every f32 step is rounded by
 * itself. Source: spec/burst-engine.md 7.2.
 */
import { NO_MAX_WEIGHT } from "#contracts/patch.ts";

export interface WindowRule {
  /** Added to the trace when both ends were active. */
  rise: number;
  /** Taken from the trace when one end was. */
  fall: number;
  /** Share of the trace kept per burst. */
  decay: number;
  eta: number;
  /** NO_MAX_WEIGHT: none. */
  maxWeight: number;
  /** One-sided activity is no blame, and only two-sided activity commits. */
  associative: boolean;
}

/** The trace after one burst. */
export function nextTrace(trace: number, rule: WindowRule, source: boolean, target: boolean): number {
  const kept = Math.fround(trace * rule.decay);
  if (source && target) return Math.fround(kept + rule.rise);
  if ((source || target) && !rule.associative && rule.fall > 0) return Math.fround(kept - rule.fall);
  return kept;
}

/** The weight after a trace was committed with a reward. Punishment never strengthens. */
export function nextWeight(weight: number, trace: number, rule: WindowRule, reward: number, bothActive: boolean): number {
  if (reward === 0 || trace === 0 || (rule.associative && !bothActive)) return weight;
  let change = Math.fround(Math.fround(rule.eta * reward) * trace);
  if (change > 0 && !(reward > 0 && trace > 0 && rule.rise > 0)) change = 0;
  const sum = Math.fround(weight + change);
  if (change >= 0) return rule.maxWeight !== Math.fround(NO_MAX_WEIGHT) && sum > rule.maxWeight ? rule.maxWeight : sum;
  if (Number.isNaN(change)) return weight;
  return Number.isNaN(sum) ? 0 : Math.max(sum, 0);
}

/** Ids that occur in some frame. */
export function anyOf(frames: readonly Uint32Array[]): Set<number> {
  const ids = new Set<number>();
  for (const frame of frames) for (const id of frame) ids.add(id);
  return ids;
}

/** Ids that occur in every frame. */
export function allOf(frames: readonly Uint32Array[]): Set<number> {
  let ids = new Set(frames[0]);
  for (const frame of frames.slice(1)) {
    const fired = new Set(frame);
    ids = new Set([...ids].filter((id) => fired.has(id)));
  }
  return ids;
}
