/** Breakpoints and their hits. */
import { z } from "zod";
import { HeldInput } from "./commands/sensory.ts";
import { Condition } from "./conditions.ts";
import { modulatorKinds } from "./patch-extensions.ts";

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
  /** In which it was; named as it was then. */
  timeline: z.object({ id: z.string(), name: z.string() }),
  action: settings.action,
  terms: z.array(TermValue),
});
export type Hit = z.infer<typeof Hit>;

/** A hit in the log, with what somebody wrote to it; empty: nothing. */
export const LoggedHit = Hit.extend({ id: z.int(), note: z.string() });
export type LoggedHit = z.infer<typeof LoggedHit>;

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

/** One addend of the sum a neuron is given in a burst, in the order in which the engine adds. */
export const Contribution = z.object({
  /**
   * `synapse` a spike that arrives; `earlier` the sum of spikes from before the recording; `input` staged from outside; `power`,
   * `fatigue` the engine's own; `memory` a recalled pattern; `poisson` generated input.
   */
  origin: z.enum(["synapse", "earlier", "input", "power", "fatigue", "memory", "poisson"]),
  value: Real,
  /** The sum with this one in it. */
  sum: Real,
  /** Over which synapse: value = weight × psp × sign ÷ divisor × factor, each step rounded as the engine does. */
  synapse: z
    .object({
      slot: z.int(),
      source: z.int(),
      /** Burst in which the source fired. */
      firedAt: z.int(),
      delay: z.int(),
      weight: Real,
      /** Of an mp-driven source: its membrane potential when it fired, 0 if negative or not finite. */
      psp: Real,
      mpDriven: z.boolean(),
      inhibitory: z.boolean(),
      divisor: z.int(),
      /** Gates and gains in force for its modulation group. */
      factor: Real,
    })
    .nullable(),
});
export type Contribution = z.infer<typeof Contribution>;

/** One thing a neuron must pass to fire. */
export const FiringTest = z.object({
  name: z.enum(["alive", "input", "refractory", "threshold", "limit", "consecutive fires", "chance", "memory area"]),
  passed: z.boolean(),
  value: Real,
  bound: Real,
  /** As a sentence. */
  text: z.string(),
});
export type FiringTest = z.infer<typeof FiringTest>;

/** What memories, modulators and holds had to do with it besides the sum. */
export const Influence = z.discriminatedUnion("kind", [
  /** A memory neuron whose pattern was met in the burst before. */
  z.object({ kind: z.literal("pattern met") }),
  /** A memory neuron reached by associations only, so another memory brought it up. */
  z.object({ kind: z.literal("associated"), links: z.int() }),
  /** Memory neurons whose replay shows it; those of longer patterns may be among them that were not the cause. */
  z.object({ kind: z.literal("replay"), memories: z.array(z.int()) }),
  /** Input that came before and is held: by a person, or a sensor's last frame over a gap. */
  z.object({ kind: z.literal("held input"), by: HeldInput.shape.by, since: z.int() }),
  /** Its area keeps firing once it has fired. */
  z.object({ kind: z.literal("spike train") }),
  /** A setting is scaled: baseline × factor, within its range. */
  z.object({
    kind: z.literal("modulated"),
    setting: z.enum(["threshold", "leak", "excitability"]),
    baseline: Real,
    factor: Real,
    value: Real,
    /** Those the area listens to, by number and index of the driver. */
    modulators: z.array(z.object({ number: z.int(), kind: z.enum(modulatorKinds), driver: z.int() })),
  }),
]);
export type Influence = z.infer<typeof Influence>;

/** Why a neuron fired in a burst, or why not. */
export const Account = z.object({
  neuron: z.int(),
  burst: z.int(),
  /** Index in the engine. */
  area: z.int(),
  fired: z.boolean(),
  /** What made it fire: its own `dynamics`, `forced` from outside, `replay` of a memory, `memory` for a memory neuron; null: it did not. */
  cause: z.enum(["dynamics", "forced", "replay", "memory"]).nullable(),
  /** In one sentence. */
  sentence: z.string(),
  /** What it held before: as stored, and what was left of it when the burst began. */
  carried: z.object({
    stored: Real,
    /** Bursts since it was stored. */
    elapsed: z.int(),
    /** Share lost per burst. */
    leak: Real,
    /** A leftover of the burst before is forgotten by a neuron that does not accumulate. */
    forgotten: z.boolean(),
    left: Real,
    /** What a constant current adds. */
    drive: Real,
  }),
  contributions: z.array(Contribution),
  /** Of the contributions, added in the engine's order. */
  sum: Real,
  /** What of the sum counts: an accumulating neuron takes no negative sum, a refractory one takes nothing. */
  input: Real,
  /** Membrane potential with the input. */
  potential: Real,
  /** In the engine's order; the first that fails blocks, and what follows was never asked. */
  tests: z.array(FiringTest),
  /** Absent where there is none. */
  influences: z.array(Influence).optional(),
  blockedBy: FiringTest.shape.name.nullable(),
  /** What the engine itself shows; null where it keeps no sum. */
  engine: z.object({ sum: Real.nullable(), potential: Real, firedPotential: Real.nullable() }),
  /** What the engine shows and this does not explain. Equal bits give 0 and `exact`; anything else is a defect of this account. */
  residual: z.object({ sum: Real, potential: Real }),
  exact: z.boolean(),
});
export type Account = z.infer<typeof Account>;

/** One neuron's firing as a node of the tree of its causes. */
export const CauseNode = z.object({
  /** `neuron@burst`. */
  id: z.string(),
  neuron: z.int(),
  burst: z.int(),
  area: z.int(),
  fired: z.boolean(),
  cause: Account.shape.cause,
  sentence: z.string(),
  carried: Real,
  sum: Real,
  potential: Real,
  exact: z.boolean(),
  /** The largest contributions, by size. `node`: the firing it came from, where the tree goes on. */
  branches: z.array(Contribution.extend({ node: z.string().nullable() })),
  /** What is not listed. */
  others: z.object({ count: z.int(), sum: z.number() }),
});
export const CausalTree = z.object({
  root: z.string(),
  /** Firings, latest first; one that caused several stands here once. */
  nodes: z.array(CauseNode),
  depth: z.int(),
  breadth: z.int(),
  /** Firings at which the tree ends because of its depth, its size or the start of the recording. */
  cutOff: z.int(),
});
export type CausalTree = z.infer<typeof CausalTree>;

export const Effects = z.object({
  neuron: z.int(),
  burst: z.int(),
  /** Synapses the spike was sent over, by arrival, target, slot. */
  sent: z.array(
    z.object({
      slot: z.int(),
      target: z.int(),
      delay: z.int(),
      arrival: z.int(),
      weight: Real,
      psp: Real,
      inhibitory: z.boolean(),
      divisor: z.int(),
      factor: Real,
      value: Real,
      /** Whether the target fired when it arrived; null: not recorded (yet). */
      targetFired: z.boolean().nullable(),
      /** Whether it would not have fired then without this spike; null: not asked, or it did not fire. */
      necessary: z.boolean().nullable(),
    }),
  ),
  /** Synapses in all; `sent` holds the first of them. */
  synapses: z.int(),
});
export type Effects = z.infer<typeof Effects>;

export const Counterfactual = z.object({
  neuron: z.int(),
  burst: z.int(),
  /** The first burst that ran without, and the last that was looked at. */
  from: z.int(),
  until: z.int(),
  /** Synapses that were left out. */
  synapses: z.int(),
  outcome: z.enum(["still fires", "does not fire", "fires later", "still silent"]),
  /** Bursts until it fires, where it fires later. */
  later: z.int().nullable(),
  /** It fired in the recording and does not without these. */
  necessary: z.boolean(),
  /** With these alone it fires in that burst; null: not asked. */
  sufficient: z.boolean().nullable(),
  /** Bursts in which it fires, as recorded and without. */
  fires: z.object({ recorded: z.array(z.int()), without: z.array(z.int()) }),
});
export type Counterfactual = z.infer<typeof Counterfactual>;
