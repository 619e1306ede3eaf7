import { z } from "zod";
import { type CommandTable, command, Nothing } from "../command.ts";
import { dynamicsModes } from "../network.ts";

export const BrainStatus = z.object({
  /** `empty` no brain, `growing` a genome is being grown, else the state of the burst clock. */
  state: z.enum(["empty", "growing", "paused", "running", "failed"]),
  brainId: z.string().nullable(),
  title: z.string(),
  genomePath: z.string().nullable(),
  /** Rises by one with every new brain. */
  generation: z.int(),
  burst: z.int(),
  targetHz: z.number(),
  /** Bursts per second over the last second; 0 while paused. */
  achievedHz: z.number(),
  /** How much later than due bursts started: the last 2,048 of this run, and the worst of all. */
  lateMs: z.object({ p50: z.number(), p99: z.number(), max: z.number() }),
  /** Bursts have not come at the target rate over the last seconds. */
  overloaded: z.boolean(),
  /** Engine time of a burst in ms, over the last 256 bursts. */
  burstMs: z.object({ p50: z.number(), p95: z.number(), p99: z.number() }),
  neurons: z.int(),
  synapses: z.int(),
  areas: z.int(),
  dynamics: z.enum(dynamicsModes),
  engine: z.enum(["reference", "native"]),
  /** Burst of the last checkpoint on disk, null before the first. */
  checkpointBurst: z.int().nullable(),
  /** Set when this brain came back from a checkpoint after a crash. */
  recoveredAtBurst: z.int().nullable(),
  canUndo: z.string().nullable(),
  canRedo: z.string().nullable(),
  /** False when the event store fell back to memory. */
  durable: z.boolean(),
  unsaved: z.boolean(),
  /** Set while a kept recording is on the bench: it is read and gone through, and run on in a fork only. */
  kept: z.object({ path: z.string(), first: z.int(), last: z.int() }).nullable(),
});
export type BrainStatus = z.infer<typeof BrainStatus>;

export const brainCommands = {
  status: command({ title: "State of the brain", permission: "read", risk: "low", input: Nothing, output: BrainStatus }),
  run: command({
    title: "Run",
    permission: "write",
    risk: "low",
    input: z.object({ rateHz: z.number().min(1).max(1000).optional() }),
    output: BrainStatus,
  }),
  pause: command({ title: "Pause", permission: "write", risk: "low", input: Nothing, output: BrainStatus }),
  step: command({
    title: "Step one burst",
    permission: "write",
    risk: "low",
    input: z.object({ bursts: z.int().min(1).max(100_000).default(1) }),
    output: BrainStatus,
  }),
  runTo: command({
    title: "Run to a burst",
    permission: "write",
    risk: "low",
    input: z.object({ burst: z.int().min(1) }),
    output: BrainStatus,
  }),
  setRate: command({
    title: "Set the burst rate",
    permission: "write",
    risk: "low",
    input: z.object({ rateHz: z.number().min(1).max(1000) }),
    output: BrainStatus,
  }),
  capacity: command({
    title: "The most neurons and synapses one brain can have here",
    permission: "read",
    risk: "low",
    input: Nothing,
    /** By what the engine takes and what memory is left beside the brain that stands; a genome beyond it is refused. */
    output: z.object({ neurons: z.int(), synapses: z.int(), availableBytes: z.number() }),
  }),
  checkpoint: command({
    title: "Write a checkpoint now",
    permission: "write",
    risk: "low",
    input: Nothing,
    output: z.object({ burst: z.int(), bytesWritten: z.int(), ms: z.number() }),
  }),
} as const satisfies CommandTable;
