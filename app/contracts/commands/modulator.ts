/** Modulators: drivers whose firing changes thresholds, leaks, transmission, reward, learning or memory. Source: spec/burst-engine-extensions.md 11. */
import { z } from "zod";
import { type CommandTable, command, Nothing, RecordedBurst } from "../command.ts";
import { CorticalId } from "../connectome.ts";
import { Real } from "../debug.ts";
import { dryRun, Edited } from "../edit.ts";
import { ModulatorInput } from "../genome-edit.ts";
import { modulatorKinds } from "../patch-extensions.ts";

const level = {
  /** Magnitude (percent / 100) times strength; 0 while the driver is silent. */
  signal: Real,
  /**
   * What it makes of it in the burst after: by what it multiplies; of a gate its openness, of a reward what it adds, of memory formation 0 for off.
   */
  factor: Real,
};

export const ModulatorInfo = z.object({
  id: z.string(),
  type: z.enum(modulatorKinds),
  magnitudePercent: z.number(),
  /** Bursts that a driver of its own fires for, and that it then rests. */
  effectDurationBursts: z.int(),
  restBursts: z.int(),
  graded: z.boolean(),
  /** Null where it is not graded. */
  fullScalePotential: z.number().nullable(),
  driver: CorticalId,
  /** False where it could not be switched on; connectome problems tell why. */
  active: z.boolean(),
  /** Who listens: areas, and mappings by their rules. */
  areas: z.array(CorticalId),
  mappings: z.array(z.object({ src: CorticalId, dst: CorticalId })),
});

const Range = z.object({ min: Real, max: Real });

/** What modulators make of the brain in the burst to come. */
export const ModulatorEffects = z.object({
  /** The last that ran. */
  burst: z.int(),
  /** Of every area and parameter a modulator has scaled: over its neurons, as it is set and as it is in force. */
  areas: z.array(
    z.object({ area: CorticalId, parameter: z.enum(["threshold", "leak", "excitability"]), factor: Real, baseline: Range, now: Range }),
  ),
  /** Of every rule of a mapping that lists synaptic modulators, by its place. */
  mappings: z.array(
    z.object({
      src: CorticalId,
      dst: CorticalId,
      rule: z.int(),
      modulators: z.array(z.string()),
      /** By what contributions and the rate of learning are multiplied; what rewards add up to. */
      transmission: Real,
      learning: Real,
      reward: Real,
    }),
  ),
  /** Memory areas that form no memories. */
  formationOff: z.array(CorticalId),
});

export const modulatorCommands = {
  list: command({
    title: "List modulators and who listens to them",
    permission: "read",
    risk: "low",
    input: Nothing,
    output: z.array(ModulatorInfo),
  }),
  set: command({
    title: "Add a modulator, or change one",
    permission: "write",
    risk: "low",
    /** A new one without a driver gets one of its own, an area of one voxel; an area that is adopted fires as it likes, so it has no durations. */
    input: z.strictObject({
      id: z.string().min(1),
      ...ModulatorInput.shape,
      driver: CorticalId.optional(),
      ...dryRun,
    }),
    output: Edited,
  }),
  rename: command({
    title: "Rename a modulator, also where it is listed",
    permission: "write",
    risk: "low",
    input: z.strictObject({ id: z.string(), to: z.string().min(1), ...dryRun }),
    output: Edited,
  }),
  remove: command({
    title: "Remove a modulator: what it changed goes back to what it was",
    permission: "write",
    risk: "low",
    /** `force`: also where areas, mappings or classifiers listen to it, which then do no longer. */
    input: z.strictObject({ id: z.string(), force: z.boolean().default(false), ...dryRun }),
    output: Edited,
  }),
  listen: command({
    title: "Set the modulators an area listens to",
    permission: "write",
    risk: "low",
    /** Kinds neuro.*, on memory areas also memory.formation; synaptic.* are listed by rules (`connectome.setMapping`, `extras.modulators`). */
    input: z.strictObject({ area: CorticalId, modulators: z.array(z.string()).max(100), ...dryRun }),
    output: Edited,
  }),
  levels: command({
    title: "What modulators said over recorded bursts",
    permission: "read",
    risk: "low",
    /** The last hundred bursts where they are not given; at most 10,000. Past bursts are read with the modulators of now. */
    input: z.object({ from: RecordedBurst.optional(), to: RecordedBurst.optional() }),
    output: z.object({
      from: z.int(),
      to: z.int(),
      modulators: z.array(z.object({ id: z.string(), levels: z.array(z.object(level)) })),
    }),
  }),
  effects: command({
    title: "What modulators change now, beside what is set",
    permission: "read",
    risk: "low",
    input: Nothing,
    output: ModulatorEffects,
  }),
} as const satisfies CommandTable;
