/** Morphologies of two genomes, and the edits between them. Core ones stay as they are (spec/development.md section 7). */
import type { Morphology } from "#contracts/connectome.ts";
import type { GenomeChange, GenomeEdit } from "#contracts/genome-edit.ts";
import type { Genome } from "../genome.ts";
import type { Way } from "./alignment.ts";
import { changesBetween } from "./changes.ts";

/** What maps before the composites that map by it. */
export function mappersFirst(genome: Genome): Morphology[] {
  return [...genome.morphologies.values()].sort((a, b) => depthOf(genome, a) - depthOf(genome, b) || 0);
}

/** Composites on the way to one that is none; endless where they lead to nothing or in a circle. */
function depthOf({ morphologies }: Genome, morphology: Morphology): number {
  let depth = 0;
  for (let at: Morphology | undefined = morphology; at?.type === "composite" && at.mapper !== at.id; at = morphologies.get(at.mapper)) {
    if (depth++ > morphologies.size || !morphologies.has(at.mapper)) return Number.MAX_SAFE_INTEGER;
  }
  return depth;
}

export function morphologyChanges(_way: Way, a?: Morphology, b?: Morphology): GenomeChange[] {
  return changesBetween(a, b).filter(({ what }) => what !== "id");
}

export function morphologyEdits(way: Way, a?: Morphology, b?: Morphology): GenomeEdit[] {
  if (a?.class === "core") return [];
  if (!b) return a && !isInUse(way, a.id) ? [{ kind: "removeMorphology", id: a.id }] : [];
  if (!isWhole(way.to, b)) return [];
  return [{ kind: "setMorphology", morphology: b as Extract<GenomeEdit, { kind: "setMorphology" }>["morphology"] }];
}

const isWhole = (genome: Genome, morphology: Morphology) => depthOf(genome, morphology) < Number.MAX_SAFE_INTEGER;

/** Whether rules can name it once the edits are made. */
export function canBeNamed({ from, to }: Way, id: string): boolean {
  const wanted = to.morphologies.get(id);
  return wanted !== undefined && (from.morphologies.has(id) || isWhole(to, wanted));
}

/** By rules or composites of the genome that is wanted, also where it is not defined, or by core ones, which stay. */
function isInUse({ from, to }: Way, id: string): boolean {
  for (const { mappings } of to.areas.values()) {
    for (const rules of mappings.values()) if (rules.some(({ morphology }) => morphology === id)) return true;
  }
  const staying = [...to.morphologies.values(), ...[...from.morphologies.values()].filter((one) => one.class === "core")];
  return staying.some((one) => one.type === "composite" && one.mapper === id);
}
