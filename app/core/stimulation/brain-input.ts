/** All that acts on a brain from outside, as plain data: stimuli, what is scheduled, what is sensed; and as checkpoints and brain files hold it. */
import { z } from "zod";
import { Stimulus } from "#contracts/commands/stimulus.ts";
import { CorticalId, Vec3 } from "#contracts/connectome.ts";
import type { Connectome } from "../connectome/connectome.ts";
import type { StimulusDefinition } from "../engine/stimulus.ts";
import { type ActingFrame, noSensory, type Sensory, sense } from "../sensory/sensory.ts";
import { lastHeldIn, livingSenses } from "../sensory/sensory-patch.ts";
import { dueEntries, noSchedules, type ScheduleEntry, type Schedules } from "./schedule.ts";
import { livingSchedules } from "./schedule-patch.ts";

/** As it stands between two bursts. It and its parts are replaced, never changed. */
export interface BrainInput {
  stimuli: readonly StimulusDefinition[];
  schedules: Schedules;
  sensory: Sensory;
}

export const noInput: BrainInput = { stimuli: [], schedules: noSchedules, sensory: noSensory };

/** How many stimuli, schedules and held frames act on it. */
export function inputsIn({ stimuli, schedules, sensory }: BrainInput): number {
  return stimuli.length + schedules.list.length + sensory.holds.length;
}

/** What is scheduled and sensed for a burst, and what is left for later ones. What is meant for areas that are gone is gone too. */
export function inputAt(
  input: BrainInput,
  burst: number,
  connectome: Connectome,
): { due: ScheduleEntry[]; acting: ActingFrame[]; left: BrainInput } {
  const { due, schedules } = dueEntries(livingSchedules(input.schedules, connectome), burst);
  const { acting, sensory } = sense(livingSenses(input.sensory, connectome), burst, lastHeldIn(connectome));
  const isSame = schedules === input.schedules && sensory === input.sensory;
  return { due, acting, left: isSame ? input : { ...input, schedules, sensory } };
}

const Entry = z.object({ burst: z.int(), areas: z.array(z.object({ area: CorticalId, voxels: z.array(Vec3) })) });
const StoredSchedules = z.object({
  nextId: z.int(),
  list: z.array(
    z.object({
      ...{ id: z.int(), start: z.int(), end: z.int().nullable(), period: z.int().nullable(), until: z.int().nullable() },
      entries: z.array(Entry),
    }),
  ),
});

const Frame = z.object({ area: CorticalId, voxels: z.array(z.tuple([z.int(), z.int(), z.int(), z.number()])) });
const StoredSenses = z.object({
  waiting: z.array(z.object({ source: z.string().nullable(), burst: z.int(), frames: z.array(Frame) })),
  queues: z.object({
    sources: z.array(z.string()),
    list: z.array(z.object({ source: z.string(), area: CorticalId, frames: z.array(Frame) })),
    dropped: z.int(),
  }),
  last: z.array(z.object({ burst: z.int(), frame: Frame })),
  holds: z.array(z.object({ frame: Frame, from: z.int(), until: z.int().nullable() })),
});

/** Absent parts: files of before they were kept. */
export const storedInput = {
  stimuli: z.array(Stimulus.omit({ remaining: true }).extend({ from: z.int(), bursts: z.int().nullable() })).default([]),
  schedules: StoredSchedules.default({ nextId: 1, list: [] }),
  sensory: StoredSenses.default({ waiting: [], queues: { sources: [], list: [], dropped: 0 }, last: [], holds: [] }),
};

/** Reads what JSON.stringify wrote of a brain's input; undefined where it is something else. */
export function parseInput(json: unknown): BrainInput | undefined {
  return z.object(storedInput).safeParse(json).data;
}
