/** Who uses a morphology. */
import type { CorticalId } from "#contracts/connectome.ts";
import type { Genome } from "../genome.ts";

export interface MorphologyUsers {
  mappings: { src: CorticalId; dst: CorticalId }[];
  /** Ids of composite morphologies that map by it. */
  composites: string[];
}

/** Mappings with a rule of this morphology, and composites that it is the mapper of. */
export function usersOf({ areas, morphologies }: Pick<Genome, "areas" | "morphologies">, morphologyId: string): MorphologyUsers {
  const mappings = [...areas.values()].flatMap((area) =>
    [...area.mappings]
      .filter(([, rules]) => rules.some(({ morphology }) => morphology === morphologyId))
      .map(([dst]) => ({ src: area.id, dst })),
  );
  const composites = [...morphologies.values()].filter((one) => one.type === "composite" && one.mapper === morphologyId);
  return { mappings, composites: composites.map(({ id }) => id).filter((id) => id !== morphologyId) };
}

const mostNamed = 5;

/** The users as a person knows them; the first few. */
export function namesOf({ areas }: Pick<Genome, "areas">, { mappings, composites }: MorphologyUsers): string {
  const name = (id: CorticalId) => areas.get(id)?.name ?? id;
  const names = [...mappings.map(({ src, dst }) => `${name(src)} -> ${name(dst)}`), ...composites];
  const more = names.length - mostNamed;
  return `${names.slice(0, mostNamed).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
