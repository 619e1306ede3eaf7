/** Timelines: the same brain going on in more than one way from one burst, each with its own state and recording. */
import { z } from "zod";
import { type CommandTable, command, Nothing, RecordedBurst } from "../command.ts";
import { BrainStatus } from "./brain.ts";

export const TimelineInfo = z.object({
  id: z.string(),
  name: z.string(),
  /** The one that lives: it runs, is shown and edited. The others stand still. */
  isCurrent: z.boolean(),
  /** Where it left another one; null: it came from a genome or a file. `name`: of that other one, which may be gone. */
  origin: z.object({ name: z.string(), burst: z.int() }).nullable(),
  /** Recorded bursts (last < first: none yet), and the one it stands after. */
  first: z.int(),
  last: z.int(),
  at: z.int(),
  /** Of its recording. */
  ramBytes: z.int(),
  edits: z.int(),
});
export type TimelineInfo = z.infer<typeof TimelineInfo>;

/** Who fired in one timeline and not in the other, as counts; `here` is the one that lives. */
const Counts = { here: z.number(), there: z.number(), onlyHere: z.number(), onlyThere: z.number() };

export const TimelineComparison = z.object({
  here: TimelineInfo,
  there: TimelineInfo,
  /** The bursts both have recorded, in parts of `every`; to < from: none yet. */
  from: z.int(),
  to: z.int(),
  every: z.int(),
  /** Per burst on average, of each part. */
  parts: z.array(z.object(Counts)),
  /** The first burst in which other neurons fired, null while there is none. */
  firstDifference: z.int().nullable(),
  /** Bursts in which other neurons fired. */
  differing: z.int(),
  /** Over all bursts, by area, those that differ most first. */
  areas: z.array(z.object({ area: z.string(), name: z.string(), ...Counts })),
});
export type TimelineComparison = z.infer<typeof TimelineComparison>;

const FiredElsewhere = z.object({ neuron: z.int(), area: z.string(), areaName: z.string() });

/** One burst in both; each list holds its first neurons, beside the count of all. */
export const TimelineDifference = z.object({
  burst: z.int(),
  ...Counts,
  onlyHereNeurons: z.array(FiredElsewhere),
  onlyThereNeurons: z.array(FiredElsewhere),
});
export type TimelineDifference = z.infer<typeof TimelineDifference>;

const Which = z.object({ id: z.string().min(1) });
const Name = z.string().trim().min(1).max(80);

export const timelineCommands = {
  list: command({ title: "List timelines", permission: "read", risk: "low", input: Nothing, output: z.array(TimelineInfo) }),
  fork: command({
    title: "Fork here",
    permission: "write",
    risk: "low",
    input: z.object({ name: Name.optional() }),
    output: z.array(TimelineInfo),
  }),
  rename: command({
    title: "Rename a timeline",
    permission: "write",
    risk: "low",
    input: Which.extend({ name: Name }),
    output: z.array(TimelineInfo),
  }),
  switchTo: command({ title: "Go over to another timeline", permission: "write", risk: "low", input: Which, output: BrainStatus }),
  remove: command({ title: "Give up a timeline", permission: "write", risk: "high", input: Which, output: z.array(TimelineInfo) }),
  catchUp: command({
    title: "Run another timeline on",
    permission: "write",
    risk: "low",
    /** `to`: where not told, as far as the one that lives has got. */
    input: Which.extend({ to: RecordedBurst.optional() }),
    output: TimelineInfo,
  }),
  compare: command({
    title: "Compare another timeline with this one",
    permission: "read",
    risk: "low",
    input: Which.extend({
      from: RecordedBurst.optional(),
      to: RecordedBurst.optional(),
      points: z.int().min(1).max(2000).default(400),
    }),
    output: TimelineComparison,
  }),
  difference: command({
    title: "One burst in two timelines",
    permission: "read",
    risk: "low",
    input: Which.extend({ burst: RecordedBurst, limit: z.int().min(1).max(100_000).default(1000) }),
    output: TimelineDifference,
  }),
} as const satisfies CommandTable;
