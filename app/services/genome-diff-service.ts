/** Comparing genomes, whether in files, in texts or alive, and taking over from another one what is wanted of it. */
import type { ServiceOf } from "#contracts/command.ts";
import type { genomeCommands } from "#contracts/commands/genome.ts";
import { copyArea } from "#core/genome/copy-area.ts";
import type { Genome } from "#core/genome/genome.ts";
import { editsOfHunks } from "#core/genome/hunks.ts";
import { placementPreview } from "#core/genome/placement.ts";
import { diffGenomes, genomeDiff } from "#core/genome/structural-diff.ts";
import type { TakeRequest } from "./connectome/request.ts";

export type GenomeSource = "living" | "opened" | { path: string } | { text: string };
type DiffService = Pick<ServiceOf<typeof genomeCommands>, "diff" | "applyHunks" | "areas" | "copyArea" | "placement">;

export function createGenomeDiff(read: (source: GenomeSource) => Promise<Genome>, take: TakeRequest): DiffService {
  return {
    diff: async ({ from, to }) => genomeDiff(await read(from), await read(to)),
    async applyHunks({ from, hunks, dryRun }, context) {
      const other = await read(from);
      const group = `Take over ${hunks.length === 1 ? "a difference" : `${hunks.length} differences`} from ${other.title || "another genome"}`;
      return take((genome) => ({ group, edits: editsOfHunks(diffGenomes(genome, other), hunks) }), context, dryRun);
    },
    areas: async ({ from }) =>
      [...(await read(from)).areas.values()].map(({ id, name, kind, dimensions, position, mappings }) => {
        return { id, name, kind, dimensions, position, mappings: mappings.size };
      }),
    async copyArea({ from, area, dryRun, ...options }, context) {
      const other = await read(from);
      let copied: Pick<ReturnType<typeof copyArea>, "area" | "missing"> = { area, missing: [] };
      const { summary } = await take(
        (genome) => {
          const { edits, ...copy } = copyArea(other, genome, area, options);
          copied = copy;
          return { group: `Copy ${other.areas.get(area)?.name ?? area}`, edits };
        },
        context,
        dryRun,
      );
      return { summary, id: copied.area, missing: copied.missing };
    },
    placement: async ({ into, boxes }) => ({ boxes: placementPreview(await read(into), boxes) }),
  };
}
