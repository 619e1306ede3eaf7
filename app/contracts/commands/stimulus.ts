import { z } from "zod";
import { type CommandTable, command, Nothing } from "../command.ts";
import { CorticalId, Vec3 } from "../connectome.ts";

export const Stimulus = z.object({
  id: z.string(),
  area: CorticalId,
  kind: z.enum(["voxels", "poisson"]),
  amplitude: z.number(),
  /** Local voxel coordinates; empty for Poisson on the whole area. */
  voxels: z.array(Vec3),
  /** Poisson: expected events per voxel and burst. */
  probability: z.number().min(0).max(1),
  seed: z.int(),
  /** Bursts between two presentations; 1 = every burst. */
  every: z.int().positive(),
  /** Bursts left, null = until removed. */
  remaining: z.int().nullable(),
});
export type Stimulus = z.infer<typeof Stimulus>;

const Voxel = z.tuple([z.int().min(0), z.int().min(0), z.int().min(0)]);
const scheduleShape = {
  id: z.int().positive(),
  startBurst: z.int(),
  /** Burst of its last entry, null where it repeats. */
  endBurst: z.int().nullable(),
};
export const StimulusSchedule = z.object({
  ...scheduleShape,
  /** Entries still to fire. */
  remaining: z.int(),
  nextBurst: z.int(),
  periodBursts: z.int().positive().nullable(),
});
export type StimulusSchedule = z.infer<typeof StimulusSchedule>;

const ForcedVoxels = z.array(z.object({ area: CorticalId, voxels: z.array(Voxel).max(100_000) }));

export const stimulusCommands = {
  paint: command({
    title: "Stimulate voxels",
    permission: "write",
    risk: "low",
    input: z.object({
      area: CorticalId,
      voxels: z.array(Vec3).min(1).max(100_000),
      amplitude: z.number(),
      bursts: z.int().positive().nullable().default(1),
      every: z.int().positive().default(1),
    }),
    output: Stimulus,
  }),
  poisson: command({
    title: "Stimulate an area with seeded Poisson input",
    permission: "write",
    risk: "low",
    input: z.object({
      area: CorticalId,
      probability: z.number().min(0).max(1),
      amplitude: z.number(),
      seed: z.int().default(1),
      bursts: z.int().positive().nullable().default(null),
    }),
    output: Stimulus,
  }),
  list: command({ title: "List running stimuli", permission: "read", risk: "low", input: Nothing, output: z.array(Stimulus) }),
  remove: command({
    title: "Stop a stimulus",
    permission: "write",
    risk: "low",
    input: z.object({ id: z.string() }),
    output: z.array(Stimulus),
  }),
  schedule: command({
    title: "Schedule forced firing, burst by burst",
    permission: "write",
    risk: "low",
    input: z.object({
      entries: z
        .array(
          z.object({
            /** 0 = the next burst. */
            burstOffset: z.int().min(0),
            areas: ForcedVoxels.min(1),
          }),
        )
        .min(1)
        .max(100_000),
      /** Bursts after which each entry fires again, null = once; longer than the largest offset. */
      periodBursts: z.int().positive().nullable().default(null),
      /** A schedule that ends as this one begins. */
      replaces: z.int().positive().optional(),
    }),
    output: z.object(scheduleShape),
  }),
  getSchedule: command({
    title: "A schedule of forced firing with all that it fires",
    permission: "read",
    risk: "low",
    input: z.object({ id: z.int().positive() }),
    output: StimulusSchedule.extend({
      /** Those still to fire, by the burst in which they do so next. */
      entries: z.array(z.object({ burst: z.int(), areas: ForcedVoxels })),
    }),
  }),
  schedules: command({
    title: "List schedules of forced firing",
    permission: "read",
    risk: "low",
    input: Nothing,
    output: z.array(StimulusSchedule),
  }),
  unschedule: command({
    title: "Remove a schedule of forced firing",
    permission: "write",
    risk: "low",
    input: z.object({ id: z.int().positive() }),
    output: z.array(StimulusSchedule),
  }),
} as const satisfies CommandTable;
