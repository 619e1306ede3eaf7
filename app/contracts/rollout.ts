/** The rollout of the native burst engine, as the window shows it. Source: spec/router-and-rollout.md section 9. */
import { z } from "zod";

export const decisionReasons = ["FORCED", "UNAVAILABLE", "OVERRIDE", "DISABLED", "AUTO_DISABLED", "STATIC", "SPLIT", "ERROR"] as const;

export const EngineTimes = z.object({
  /** Bursts measured, newest 1,000 at most. Engine time without the thread hop. */
  bursts: z.int(),
  p50Ms: z.number(),
  p95Ms: z.number(),
  p99Ms: z.number(),
});

export const rolloutStages = [0, 10, 100] as const;

/** Ids of the first neurons, beside the count of all. */
const FiredAlone = z.object({ count: z.int(), neurons: z.array(z.int()) });

/** A burst in which the engines differed: how, and who fired on one of them alone; nobody where only what is inside them differed. */
export const EngineMismatch = z.object({ burst: z.int(), what: z.string(), reference: FiredAlone, native: FiredAlone });
export type EngineMismatch = z.infer<typeof EngineMismatch>;

export const RolloutStatus = z.object({
  feature: z.literal("burst_engine"),
  /** The share a person chose. */
  percent: z.number(),
  /** What serves now, and why. */
  serving: z.enum(["reference", "native"]),
  reason: z.enum(decisionReasons),
  /** Variable that forces the reference, null when none does. */
  forcedBy: z.string().nullable(),
  window: z.int(),
  bucket: z.int(),
  native: z.object({ available: z.boolean(), version: z.string(), simd: z.string(), path: z.string(), error: z.string() }),
  attempts: z.int(),
  fallbackRate: z.number(),
  errorRate: z.number(),
  /** Of the bursts that each has served. */
  times: z.object({ reference: EngineTimes, native: EngineTimes }),
  /**
   * Both engines measured alike: over the `same` bursts, beside the brain and right after one another; or, where there are none yet,
   * over those each has `served` at the brain's pace. Null until both were measured.
   */
  comparison: z.object({ bursts: z.enum(["same", "served"]), reference: EngineTimes, native: EngineTimes }).nullable(),
  /** Reference p50 ÷ native p50 of that comparison. */
  speedup: z.number().nullable(),
  parity: z.object({
    /** Bursts compared since the last change, state hash by state hash. */
    bursts: z.int(),
    mismatches: z.int(),
    firstMismatch: EngineMismatch.nullable(),
  }),
  gates: z.array(z.object({ name: z.string(), ok: z.boolean(), detail: z.string() })),
  autoDisabled: z.string().nullable(),
  alerts: z.array(
    z.object({ time: z.string(), kind: z.enum(["investigate", "performance", "correctness", "error"]), message: z.string() }),
  ),
  history: z.array(z.object({ time: z.string(), burst: z.int(), percent: z.number(), reason: z.string() })),
});
export type RolloutStatus = z.infer<typeof RolloutStatus>;
