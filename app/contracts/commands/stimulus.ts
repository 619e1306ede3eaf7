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
} as const satisfies CommandTable;
