/** What an edit of a living brain does, before it is done and after. */
import { z } from "zod";
import { CorticalId } from "./connectome.ts";

const Ids = z.array(CorticalId);

export const EditSummary = z.object({
  areas: z.object({ added: Ids, removed: Ids, resized: Ids, changed: Ids }),
  /** Pairs whose synapses grow anew, in whole or where they differ. */
  mappings: z.array(z.object({ src: CorticalId, dst: CorticalId })),
  neuronsAdded: z.int(),
  neuronsRemoved: z.int(),
  synapsesAdded: z.int(),
  synapsesRemoved: z.int(),
  /** Of the patch. */
  bytes: z.int(),
  /** False where neurons or synapses were edited themselves: only checkpoints and brain files hold that. */
  inGenome: z.boolean(),
});
export type EditSummary = z.infer<typeof EditSummary>;

/** An entry of the history; undone ones follow the others, the next to redo first. */
export const EditStep = z.object({
  index: z.int(),
  group: z.string(),
  /** ISO time. */
  time: z.string(),
  undone: z.boolean(),
  /** The brain was last saved with it. */
  saved: z.boolean(),
  summary: EditSummary,
});
export type EditStep = z.infer<typeof EditStep>;

/** With `dryRun` nothing is changed: only the summary is worked out. */
export const dryRun = { dryRun: z.boolean().default(false) };
export const Edited = z.object({ summary: EditSummary });
