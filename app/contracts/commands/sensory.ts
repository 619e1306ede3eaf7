/** What a body senses: frames sent to input areas, and frames held there. Source: spec/burst-engine-extensions.md 4 and 5. */
import { z } from "zod";
import { type CommandTable, command, Nothing } from "../command.ts";
import { CorticalId } from "../connectome.ts";

const Local = z.int().min(0);
const SensoryFrame = z.object({
  area: CorticalId,
  /** Local coordinates and the potential that is added there. */
  voxels: z.array(z.tuple([Local, Local, Local, z.number()])).max(100_000),
});

export const HeldInput = z.object({
  area: CorticalId,
  /** `hold`: by a person, until other input for the area comes; `last frame`: a sensor's, over a gap of one burst. */
  by: z.enum(["hold", "last frame"]),
  /** First burst a hold acts in; the burst a last frame came in. */
  since: z.int(),
  /** Last burst it may act in; null: until it is released or replaced. */
  until: z.int().nullable(),
  voxels: z.int(),
});
export type HeldInput = z.infer<typeof HeldInput>;

export const sensoryCommands = {
  send: command({
    title: "Send sensory frames to the next burst",
    permission: "write",
    risk: "low",
    input: z.object({
      /** Of the frames a source sends for one burst the newest counts; audio waits in a queue instead, a frame a burst. */
      source: z.string().min(1).nullable().default(null),
      frames: z.array(SensoryFrame).min(1).max(1000),
    }),
    /** The burst it reaches, though audio may wait longer; null: it waited for longer than a burst lasts, and does not act. */
    output: z.object({ burst: z.int().nullable() }),
  }),
  hold: command({
    title: "Hold a frame for an input area",
    permission: "write",
    risk: "low",
    input: SensoryFrame.extend({
      voxels: SensoryFrame.shape.voxels.min(1),
      /** Null: until it is released, or other input for the area comes. */
      bursts: z.int().positive().nullable().default(null),
    }),
    output: HeldInput,
  }),
  held: command({ title: "List held inputs", permission: "read", risk: "low", input: Nothing, output: z.array(HeldInput) }),
  release: command({
    title: "Release a held input",
    permission: "write",
    risk: "low",
    input: z.object({ area: CorticalId }),
    output: z.array(HeldInput),
  }),
  intake: command({
    title: "How sensory frames are taken in",
    permission: "read",
    risk: "low",
    input: Nothing,
    output: z.object({
      /** Areas whose last frame acts once more in a burst that brings none. */
      lastHeld: z.array(CorticalId),
      /** Sources of which every frame counts, as they have sent audio; "" those without a name. */
      orderedSources: z.array(z.string()),
      queues: z.array(z.object({ source: z.string(), area: CorticalId, frames: z.int() })),
      /** Frames a queue holds, and those dropped from full ones. */
      queueFrames: z.int(),
      dropped: z.int(),
    }),
  }),
} as const satisfies CommandTable;
