/**
 * Which implementation serves a call: the reference (control) or the faster one (candidate), and why.
 *
 * Pure and without randomness: the same flag, situation and key give the same answer, so a run can be repeated. The questions
 * are asked in the order of spec/router-and-rollout.md section 9.1, and the first that has an answer gives the reason.
 */
import { z } from "zod";
import type { decisionReasons } from "#contracts/rollout.ts";
import { bucketOf } from "./murmur3.ts";

export const FeatureFlag = z.object({
  enabled: z.boolean(),
  mode: z.enum(["off", "shadow", "serve"]),
  /** Share of keys the candidate serves, in percent. */
  rolloutPct: z.number().min(0).max(100),
});
export type FeatureFlag = z.infer<typeof FeatureFlag>;

export interface Situation {
  /** Name of the variable that forces the reference. */
  forcedBy: string | null;
  /** The candidate is present and passed its probe. */
  available: boolean;
  override?: "candidate" | "control" | undefined;
  /** Why the candidate was switched off by its own failures. */
  autoDisabled: string | null;
}

export interface Decision {
  value: "candidate" | "control";
  reason: (typeof decisionReasons)[number];
  bucket: number;
}

/** `flag` null: its data could not be read. */
export function decide(feature: string, key: string, flag: FeatureFlag | null, situation: Situation): Decision {
  const bucket = bucketOf(feature, key);
  const answer = (value: Decision["value"], reason: Decision["reason"]): Decision => ({ value, reason, bucket });
  if (situation.forcedBy !== null) return answer("control", "FORCED");
  if (!situation.available) return answer("control", "UNAVAILABLE");
  if (situation.override) return answer(situation.override, "OVERRIDE");
  if (flag === null) return answer("control", "ERROR");
  if (!flag.enabled || flag.mode === "off") return answer("control", "DISABLED");
  if (situation.autoDisabled !== null) return answer("control", "AUTO_DISABLED");
  if (flag.mode === "shadow" || flag.rolloutPct === 0) return answer("control", "STATIC");
  if (flag.rolloutPct === 100) return answer("candidate", "STATIC");
  return answer(bucket < flag.rolloutPct * 100 ? "candidate" : "control", "SPLIT");
}

/** Bursts that share one decision: engines swap only between two windows, or at a person's word. */
export const WINDOW_BURSTS = 256;

/** The window the next burst belongs to, after `burst` bursts: bursts 1..256 are window 0. */
export function windowOf(burst: number): number {
  return Math.floor(burst / WINDOW_BURSTS);
}

export function windowKey(brainId: string, window: number): string {
  return `${brainId}#${window}`;
}
