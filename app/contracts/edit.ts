/** What an edit of a living brain does, before it is done and after. */
import { z } from "zod";
import { CorticalId } from "./connectome.ts";

/** What an edit changes. Counts are those of the engine. */
export const EditSummary = z.object({
  areas: z.array(CorticalId),
  mappings: z.int(),
  neuronsAdded: z.int(),
  neuronsRemoved: z.int(),
  synapsesAdded: z.int(),
  synapsesRemoved: z.int(),
  /** Of the engine; negative where memory is freed. */
  bytes: z.int(),
});
export type EditSummary = z.infer<typeof EditSummary>;

/** A step that can be undone. */
export const EditStep = z.object({
  index: z.int(),
  group: z.string(),
  /** ISO time. */
  time: z.string(),
  summary: EditSummary,
  /** Taken back: the next redo repeats the first such step. */
  undone: z.boolean(),
});
export type EditStep = z.infer<typeof EditStep>;

/** With `dryRun` nothing is changed: only the summary is worked out. */
export const dryRun = { dryRun: z.boolean().default(false) };
export const Edited = z.object({ summary: EditSummary });
