/** The way of every edit of the genome: a request becomes edits of its text, the text a genome, the genome a step of the editor. */
import type { CallContext } from "#contracts/command.ts";
import type { EditSummary } from "#contracts/edit.ts";
import type { GenomeEdit } from "#contracts/genome-edit.ts";
import { applyGenomeEdits } from "#core/genome/edit/apply.ts";
import type { Genome } from "#core/genome/genome.ts";
import type { Editor } from "../editor.ts";

/** Works out the edits over the genome as it is when their turn comes; refuses what does not go with it. */
export type Request = (genome: Genome) => {
  /** What a person calls the step. */
  group: string;
  edits: readonly GenomeEdit[];
};

export type TakeRequest = (request: Request, context: CallContext, dryRun?: boolean) => Promise<{ summary: EditSummary }>;

/** The document says so already. */
export const nothingChanged: EditSummary = {
  ...{ areas: { added: [], removed: [], resized: [], changed: [] }, mappings: [] },
  ...{ neuronsAdded: 0, neuronsRemoved: 0, synapsesAdded: 0, synapsesRemoved: 0, bytes: 0, inGenome: true },
};

export function createRequests(editor: Editor): TakeRequest {
  return async (request, { source }, dryRun = false) => {
    const step = (genome: Genome) => {
      const { group, edits } = request(genome);
      return { group, after: applyGenomeEdits(genome, edits) };
    };
    return { summary: (dryRun ? await editor.plan(step) : await editor.commitGenome(step, source)) ?? nothingChanged };
  };
}
