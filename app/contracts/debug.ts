/** Breakpoints and their hits. */
import { z } from "zod";
import { Condition } from "./conditions.ts";

/** A condition as text, which is parsed at once, or as data. */
export const ConditionInput = z.union([z.string(), Condition]);

/** A number as JSON can carry it. */
export const Real = z.union([z.number(), z.enum(["NaN", "Infinity", "-Infinity"])]);
export type Real = z.infer<typeof Real>;
export function real(value: number): Real {
  return Number.isFinite(value) ? value : (String(value) as Real);
}

const settings = {
  /** `pause` stops the brain on the burst that matched, `log` writes the hit down and lets it run. */
  action: z.enum(["pause", "log"]),
  enabled: z.boolean(),
  /** Acts from this time on that the condition holds. */
  hitCount: z.int().min(1).max(1e9),
  /** Bursts after a hit in which it does not hit again. */
  coolDown: z.int().min(0).max(1e9),
  /** Disabled by its first hit. */
  once: z.boolean(),
};
export const BreakpointSettings = z.object(settings);

export const Breakpoint = z.object({
  id: z.string(),
  condition: Condition,
  text: z.string(),
  ...settings,
  /** How often the condition held while it was armed. */
  held: z.int(),
  /** How often it acted. */
  hits: z.int(),
  lastHit: z.int().nullable(),
  /** False where it looks at the host: it may hold elsewhere when the same bursts run again. */
  replayable: z.boolean(),
  /** Why it is not armed in this brain. */
  problem: z.string().nullable(),
});
export type Breakpoint = z.infer<typeof Breakpoint>;

export const TermValue = z.object({ text: z.string(), value: Real });
export const Hit = z.object({
  breakpoint: z.string(),
  text: z.string(),
  burst: z.int(),
  action: settings.action,
  terms: z.array(TermValue),
});
export type Hit = z.infer<typeof Hit>;

export const Evaluation = z.object({
  text: z.string(),
  condition: Condition,
  replayable: z.boolean(),
  /** After the burst the brain stands at. */
  value: Real,
  holds: z.boolean(),
  terms: z.array(TermValue),
  /** Over the bursts `from..to` of the recording; to < from: none is recorded. */
  recorded: z.object({ from: z.int(), to: z.int(), hits: z.int(), last: z.array(z.int()) }),
  /** What watching costs per burst. */
  microseconds: z.number(),
});
