import { z } from "zod";
import { type CommandTable, command, NeuronId, Nothing } from "../command.ts";
import { ConditionInput, Real } from "../debug.ts";
import { ExportedFile } from "../exports.ts";
import { BrainStatus } from "./brain.ts";

export const Recording = z.object({
  /** Recorded bursts, without gap; last < first: none yet. */
  first: z.int(),
  last: z.int(),
  /** The burst the brain stands after; before `last` once it was put back. */
  at: z.int(),
  /** First burst held in memory; those before it are on disk, and take longer to go to. */
  memoryFirst: z.int(),
  keyframes: z.int(),
  ramBytes: z.int(),
  diskBytes: z.int(),
  ramLimitBytes: z.int(),
  diskLimitBytes: z.int(),
  bytesPerBurst: z.number(),
  /** At the target rate. */
  megabytesPerSecond: z.number(),
});
export type Recording = z.infer<typeof Recording>;

const TimeTravel = z.object({
  from: z.int(),
  to: z.int(),
  /** Edits made after that burst, gone from the connectome with it. */
  undone: z.array(z.string()),
  status: BrainStatus,
});

/** A stretch of the recording in `points` parts of `every` bursts; the last part may be shorter. */
const Stretch = { from: z.int(), to: z.int(), every: z.int() };
const StretchInput = { from: z.int().min(1).optional(), to: z.int().min(1).optional(), points: z.int().min(1).max(2000).default(400) };

/** What happened along the recording, to draw it small. to < from: nothing is recorded. */
export const Activity = z.object({
  ...Stretch,
  /** Bursts that were read; fewer than there are in a long recording, then evenly chosen. */
  read: z.int(),
  /** Of each part: fired neurons per burst on average, and the most in one burst. */
  mean: z.array(z.number()),
  most: z.array(z.int()),
  /** Bursts whose state needs no replay. */
  keyframes: z.array(z.int()),
  /** First bursts that ran under another connectome or other stimuli; `what` is the edit's name. */
  changes: z.array(z.object({ burst: z.int(), kind: z.enum(["edit", "stimulus"]), what: z.string() })),
});
export type Activity = z.infer<typeof Activity>;

/** A condition's value along the recording: of each part the smallest and the largest, null where it is unknown throughout. */
export const Series = z.object({ ...Stretch, text: z.string(), low: z.array(Real.nullable()), high: z.array(Real.nullable()) });
export type Series = z.infer<typeof Series>;

const perBurst = z.array(Real.nullable());
/**
 * A neuron's bursts `from..to`, one entry a burst in every column: numbers in the unit of its membrane potential, null where it was not
 * there, or has none.
 */
export const NeuronTrace = z.object({
  neuron: z.int(),
  /** After the burst, leak included: what `time.series` tells of `potential(N#…)`. */
  potential: perBurst,
  /** In force in the burst. */
  threshold: perBurst,
  fired: z.array(z.boolean()),
  /** Sum of the postsynaptic potentials that arrived, and sum of what came from elsewhere: staged input, power, fatigue, recalled memories, Poisson input. */
  psp: perBurst,
  external: perBurst,
  /** What leak left of the potential when the burst began. */
  carried: perBurst,
  /** Bursts for which it was refractory still when the burst began; more than 0: it took nothing. */
  refractory: z.array(z.int()),
  /** Every burst's account is what the engine shows, to the bit. */
  exact: z.boolean(),
});
/** to < from: nothing is recorded. */
export type NeuronTrace = z.infer<typeof NeuronTrace>;
export const Trace = z.object({ from: z.int(), to: z.int(), traces: z.array(NeuronTrace) });
export type Trace = z.infer<typeof Trace>;

/** What the phases of one burst took and left. Each list holds its first rows, beside the count of all. */
export const BurstPhases = z.object({
  burst: z.int(),
  inject: z.object({
    candidates: z.int(),
    synaptic: z.int(),
    power: z.int(),
    rows: z.array(z.object({ neuron: z.int(), sum: z.number() })),
  }),
  integrate: z.object({
    refractory: z.int(),
    rows: z.array(z.object({ neuron: z.int(), membranePotential: z.number(), refractoryCountdown: z.int() })),
  }),
  fire: z.object({ fired: z.int(), rows: z.array(z.object({ neuron: z.int(), membranePotential: z.number() })) }),
  propagate: z.object({
    synapses: z.int(),
    arrivals: z.array(z.object({ burst: z.int(), synapses: z.int() })),
    rows: z.array(
      z.object({
        slot: z.int(),
        source: z.int(),
        target: z.int(),
        weight: z.number(),
        psp: z.number(),
        inhibitory: z.boolean(),
        delay: z.int(),
      }),
    ),
  }),
  learn: z.object({
    changed: z.int(),
    created: z.int(),
    rows: z.array(z.object({ slot: z.int(), source: z.int(), target: z.int(), before: z.number(), after: z.number() })),
  }),
});

export const timeCommands = {
  recording: command({ title: "What is recorded", permission: "read", risk: "low", input: Nothing, output: Recording }),
  activity: command({
    title: "Firings along the recording",
    permission: "read",
    risk: "low",
    input: z.object(StretchInput),
    output: Activity,
  }),
  series: command({
    title: "Values of a condition along the recording",
    permission: "read",
    risk: "low",
    input: z.object({ condition: ConditionInput, ...StretchInput }),
    output: Series,
  }),
  trace: command({
    title: "Potentials and inputs of neurons along the recording",
    permission: "read",
    risk: "low",
    /** At most 2000 bursts, by default the newest. */
    input: z.object({ neurons: z.array(NeuronId).min(1).max(64), from: StretchInput.from, to: StretchInput.to }),
    output: Trace,
  }),
  setLimits: command({
    title: "Set how much is recorded",
    permission: "write",
    risk: "low",
    input: z.object({ ramMegabytes: z.int().min(16).max(65_536), diskMegabytes: z.int().min(0).max(1_048_576) }),
    output: Recording,
  }),
  goTo: command({
    title: "Go to a recorded burst",
    permission: "write",
    risk: "low",
    input: z.object({ burst: z.int().min(0) }),
    output: TimeTravel,
  }),
  stepBack: command({
    title: "Step back",
    permission: "write",
    risk: "low",
    input: z.object({ bursts: z.int().min(1).default(1) }),
    output: TimeTravel,
  }),
  keep: command({
    title: "Keep bursts as a recording file",
    permission: "write",
    risk: "low",
    /** Where none is named: all that is recorded, into the export folder. */
    input: z.object({ first: z.int().min(1).optional(), last: z.int().min(1).optional(), path: z.string().min(1).optional() }),
    output: z.object({ first: z.int(), last: z.int(), files: z.array(ExportedFile) }),
  }),
  verify: command({
    title: "Replay the recording and compare",
    permission: "read",
    risk: "low",
    input: z.object({ from: z.int().min(1).optional(), to: z.int().min(1).optional() }),
    output: z.object({
      from: z.int(),
      to: z.int(),
      /** How many bursts repeated exactly. */
      bursts: z.int(),
      divergence: z.object({ burst: z.int(), what: z.string() }).nullable(),
    }),
  }),
  phases: command({
    title: "One recorded burst, phase by phase",
    permission: "read",
    risk: "low",
    input: z.object({ burst: z.int().min(1), limit: z.int().min(1).max(100_000).default(1000) }),
    output: BurstPhases,
  }),
} as const satisfies CommandTable;
