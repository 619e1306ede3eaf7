/** Which mappings an edit grows anew: those whose rules or morphologies grow otherwise than before, and those with a changed end. */
import type { CorticalId, MappingRule, Morphology } from "#contracts/connectome.ts";
import type { Growth } from "../development/growth.ts";
import { strandsFrom } from "../development/strands.ts";
import type { Genome } from "../genome/genome.ts";
import type { AreaChanges } from "./area-changes.ts";

/**
 * `renewed`: nothing of it stays. `resized`: the rules are as they were, so a synapse that they grow between the same places as before
 * stays what it is.
 */
export type Regrowth = "renewed" | "resized";

export const pairKey = (src: CorticalId, dst: CorticalId): string => `${src}>${dst}`;

/** Pair of areas, by their ids after the edit → how it grows anew. `oldGrowth` is what the areas and rules were before. */
export function regrowths(oldGrowth: Growth, growth: Growth, changes: AreaChanges): Map<string, Regrowth> {
  const found = new Map<string, Regrowth>();
  const fresh = new Set([...changes.added.map(({ id }) => id), ...changes.moved.map(({ after }) => after.id)]);
  const predecessors = new Map([...changes.successors].map(([before, after]) => [after, before]));
  const names = changedMorphologies(oldGrowth.genome, growth.genome);
  for (const source of growth.areas) {
    const src = source.area.id;
    const oldSource = oldGrowth.areaById.get(predecessors.get(src) ?? "");
    const oldRules = new Map([...(oldSource?.gene.mappings ?? [])].map(([dst, rules]) => [changes.successors.get(dst), rules]));
    const rules = source.gene.mappings;
    const isTouched =
      !oldSource ||
      [...rules].some(([dst, list]) => !isSame(list, oldRules.get(dst)) || list.some((rule) => uses(growth.genome, rule, names))) ||
      [...oldRules.keys()].some((dst) => dst !== undefined && !rules.has(dst));
    const [before, after] = isTouched ? [oldSource && lawsFrom(oldGrowth, oldSource, changes), lawsFrom(growth, source)] : [];
    for (const dst of new Set([...rules.keys(), ...oldRules.keys()])) {
      if (dst === undefined || !growth.areaById.has(dst)) continue;
      if (isTouched && before?.get(dst) !== after?.get(dst)) found.set(pairKey(src, dst), "renewed");
      else if (fresh.has(src) || fresh.has(dst)) found.set(pairKey(src, dst), "resized");
    }
  }
  return found;
}

/** Destination → what decides over which voxels connect, and how; rules that cannot grow are not in it. */
function lawsFrom(growth: Growth, source: Growth["areas"][number], changes?: AreaChanges): Map<CorticalId, string> {
  const strands = strandsFrom({ ...growth, mappings: [], problems: [] }, source);
  const laws = new Map<CorticalId, string>();
  for (const { mapping, place, reached } of strands) {
    reached.free();
    const dst = changes ? changes.successors.get(mapping.dst) : mapping.dst;
    if (dst === undefined) continue;
    const { morphology, scalar, multiplier, delayBursts, attractivity } = mapping.rules[place]!;
    const used = morphologiesOf(growth.genome, morphology);
    laws.set(dst, `${laws.get(dst) ?? ""}${JSON.stringify([place, used, scalar, multiplier, delayBursts, attractivity])}`);
  }
  return laws;
}

/** All of these rules that decides over what grows; equal texts grow alike between areas of equal shape. */
export function lawOf(genome: Genome, rules: readonly MappingRule[] = []): string {
  return JSON.stringify(
    rules.map(({ morphology, scalar, multiplier, delayBursts, attractivity }) => [
      morphologiesOf(genome, morphology),
      scalar,
      multiplier,
      delayBursts,
      attractivity,
    ]),
  );
}

/** A morphology and what it is made of. */
function morphologiesOf(genome: Genome, name: string, seen: ReadonlySet<string> = new Set()): (Morphology | string)[] {
  const morphology = genome.morphologies.get(name);
  if (!morphology || seen.has(name)) return [name];
  return morphology.type === "composite"
    ? [morphology, ...morphologiesOf(genome, morphology.mapper, new Set([...seen, name]))]
    : [morphology];
}

const uses = (genome: Genome, { morphology }: MappingRule, names: ReadonlySet<string>): boolean =>
  names.size > 0 && morphologiesOf(genome, morphology).some((one) => names.has(typeof one === "string" ? one : one.id));

function changedMorphologies(before: Genome, after: Genome): Set<string> {
  const names = new Set([...before.morphologies.keys(), ...after.morphologies.keys()]);
  return new Set([...names].filter((name) => !isSame(before.morphologies.get(name), after.morphologies.get(name))));
}

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
