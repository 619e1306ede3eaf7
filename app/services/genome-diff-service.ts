/** Comparing genomes, whether in files, in texts or alive. */
import type { ServiceOf } from "#contracts/command.ts";
import type { genomeCommands } from "#contracts/commands/genome.ts";
import type { Genome } from "#core/genome/genome.ts";
import { placementPreview } from "#core/genome/placement.ts";
import { genomeDiff } from "#core/genome/structural-diff.ts";

type Source = "living" | { path: string } | { text: string };

export function createGenomeDiff(read: (source: Source) => Promise<Genome>): Pick<ServiceOf<typeof genomeCommands>, "diff" | "placement"> {
  return {
    diff: async ({ from, to }) => genomeDiff(await read(from), await read(to)),
    placement: async ({ into, boxes }) => ({ boxes: placementPreview(await read(into), boxes) }),
  };
}
