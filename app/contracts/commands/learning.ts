/** Plastic mappings of the living brain: what they learn by, how their weights stand and stood. Source: spec/burst-engine-extensions.md 12. */
import { z } from "zod";
import { type CommandTable, command, Nothing, RecordedBurst } from "../command.ts";
import { CorticalId } from "../connectome.ts";

const pair = { src: CorticalId, dst: CorticalId };

/** Of the synapses of a mapping; null where it has none. */
const Weights = z.object({ mean: z.number(), min: z.number(), max: z.number() }).nullable();

export const LearningMapping = z.object({
  ...pair,
  /** `off`: registered and not learning. */
  mode: z.enum(["off", "stdp", "rstdp"]),
  frozen: z.boolean(),
  /** Links between memories are made by learning. */
  associative: z.boolean(),
  /** Bursts within which activity counts as together. */
  window: z.int(),
  /** Added to a trace by co-activity, taken from it by one-sided activity. */
  rise: z.int(),
  fall: z.int(),
  eta: z.number(),
  /** Null: none. */
  maxWeight: z.number().nullable(),
  /** Share of a trace kept per burst. */
  decay: z.number(),
  synapses: z.int(),
  weight: Weights,
  /** Synapses whose weight learning changed in the last burst; null where that is not watched. */
  changed: z.int().nullable(),
});
export type LearningMapping = z.infer<typeof LearningMapping>;

export const learningCommands = {
  mappings: command({
    title: "Which mappings learn, and their weights",
    permission: "read",
    risk: "low",
    input: Nothing,
    output: z.array(LearningMapping),
  }),
  curve: command({
    title: "Weights of a mapping over recorded bursts",
    permission: "read",
    risk: "low",
    input: z.object({
      ...pair,
      /** All that is recorded where they are not given. */
      from: RecordedBurst.optional(),
      to: RecordedBurst.optional(),
      points: z.int().min(2).max(1000).default(50),
    }),
    output: z.object({ ...pair, points: z.array(z.object({ burst: z.int(), synapses: z.int(), weight: Weights })) }),
  }),
  distribution: command({
    title: "How the weights of a mapping are spread",
    permission: "read",
    risk: "low",
    input: z.object({ ...pair, bins: z.int().min(1).max(1000).default(32) }),
    output: z.object({
      ...pair,
      /** Last burst that ran. */
      burst: z.int(),
      synapses: z.int(),
      /** Bins of equal width from the smallest to the largest weight; both 0 without synapses. */
      from: z.number(),
      to: z.number(),
      /** Synapses in each bin, whose sum they are. One bin where all weights are the same. */
      counts: z.array(z.int()),
    }),
  }),
  freeze: command({
    title: "Freeze or thaw the weights of a mapping",
    permission: "write",
    risk: "low",
    input: z.object({ ...pair, on: z.boolean() }),
    output: LearningMapping,
  }),
  reset: command({
    title: "Set all weights of a mapping anew",
    permission: "write",
    risk: "high",
    /** `weight`: as its rule grows them where it is not given. */
    input: z.object({ ...pair, weight: z.number().min(0).optional() }),
    output: LearningMapping,
  }),
} as const satisfies CommandTable;
