/** What the readers of switches share: areas by id and index, values of a property, and problems at their place in the document. */
import type { CorticalArea, CorticalId } from "#contracts/connectome.ts";
import type { GenomeProblem } from "#contracts/genome.ts";
import type { Dynamics } from "#contracts/network.ts";
import type { Genome } from "../../genome/genome.ts";
import { documentPath, type GrowingArea } from "../growth.ts";

/** A genome with the areas it grew, in index order. */
export interface Source {
  genome: Genome;
  areas: ReadonlyMap<CorticalId, CorticalArea>;
  dynamics: Dynamics;
  living: readonly GrowingArea[];
  problems: GenomeProblem[];
}

export function report(source: Source, path: string, problem: Omit<GenomeProblem, "path">): void {
  source.problems.push({ path, ...problem });
}

/** Where the document holds a property of an area, by its hierarchical name and its flat suffix. */
export function propertyPath({ genome }: Source, { gene }: GrowingArea, hierarchical: string, flat: string): string {
  return documentPath(genome, gene, { flat: `cx-${flat}`, hierarchical });
}

export function rulePathOf({ genome }: Source, { gene }: GrowingArea, dst: CorticalId, place: number): string {
  const asWritten = genome.areas.get(dst)?.documentId ?? dst;
  return `${documentPath(genome, gene, { flat: "cx-dstmap-d", hierarchical: "cortical_mapping_dst" })}.${asWritten}[${place}]`;
}

/** A value in words, short. */
export function told(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
