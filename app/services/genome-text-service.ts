/** The genome as text: read it, write another in its place as one edit, write quick fixes into it. */
import type { ServiceOf } from "#contracts/command.ts";
import type { genomeCommands } from "#contracts/commands/genome.ts";
import { LabError } from "#contracts/errors.ts";
import type { Genome } from "#core/genome/genome.ts";
import { mended } from "#core/genome/mend.ts";
import { parseGenome } from "#core/genome/parse.ts";
import { nothingChanged } from "./connectome/request.ts";
import type { Editor, GenomeStep } from "./editor.ts";
import type { LabState } from "./lab-state.ts";

type TextService = Pick<ServiceOf<typeof genomeCommands>, "text" | "rewrite" | "mend">;

export function createGenomeText(state: LabState, editor: Editor): TextService {
  const take = async (step: GenomeStep, source: string, isDryRun: boolean) => ({
    summary: (isDryRun ? await editor.plan(step) : await editor.commitGenome(step, source)) ?? nothingChanged,
  });
  return {
    async text() {
      const { source, dialect, areas } = state.living.connectome.genome;
      return { text: source, dialect, areas: [...areas.values()].map(({ id, documentId }) => ({ id, documentId })) };
    },
    rewrite: ({ text, group = "Edit the genome's text", dryRun }, { source }) =>
      take((genome) => ({ group, after: reread(genome, text) }), source, dryRun),
    mend: ({ fixes, dryRun }, { source }) =>
      take(
        (genome) => ({
          group: fixes.length === 1 ? `Mend ${fixes[0]!.path}` : `Mend ${fixes.length} problems`,
          after: reread(genome, mended(genome.source, fixes)),
        }),
        source,
        dryRun,
      ),
  };
}

/** Another text read in the manner of the genome it replaces. */
function reread({ strict }: Genome, text: string): Genome {
  const parsed = parseGenome(text, { strict });
  if (parsed.ok) return parsed.genome;
  const [first] = parsed.problems;
  const more = parsed.problems.length > 1 ? ` (and ${parsed.problems.length - 1} more)` : "";
  throw new LabError("E_GENOME", `The text was refused: ${first?.message ?? "unknown"}${more}`, { problems: parsed.problems }, first?.fix);
}
