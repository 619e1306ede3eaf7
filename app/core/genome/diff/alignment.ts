/** What of two genomes is the same under another id: regions, whose ids are made anew by who writes a file, and renamed areas. */
import type { CorticalId, MappingRule } from "#contracts/connectome.ts";
import type { Genome, GenomeArea, GenomeRegion } from "../genome.ts";
import { regionIdOf } from "../regions.ts";
import { areaChanges, isUnnamed } from "./area-fields.ts";
import { same } from "./changes.ts";

/** One way between two genomes, and how things of one are called in the other. */
export interface Way {
  from: Genome;
  to: Genome;
  /** A region of `to`, as `from` calls it where it has it. */
  regionId(idInTo: string): string;
  /** An area of `from`, as `to` calls it. */
  areaId(idInFrom: CorticalId): CorticalId;
  /** Region of an area of `from`, and of one of `to`; both as `from` calls it. */
  regionBefore(areaInFrom: CorticalId): string | undefined;
  regionAfter(areaInTo: CorticalId): string | undefined;
}

export function waysBetween(from: Genome, to: Genome): { forward: Way; back: Way } {
  const there = alignRegions(from, to);
  const backAgain = inverted(there);
  nameAnew(to, from, there);
  nameAnew(from, to, backAgain);
  const [before, after] = [regionsByArea(from), regionsByArea(to)];
  const regionId = (id: string) => there.get(id) ?? id;
  const backId = (id: string) => backAgain.get(id) ?? id;
  const named = (id: string | undefined, naming: (id: string) => string) => (id === undefined ? undefined : naming(id));
  const regionAfter = (id: CorticalId) => named(after.get(id), regionId);
  const isPlacedAlike = (a: CorticalId, b: CorticalId) => !statesRegions(from, to) || before.get(a) === regionAfter(b);
  const renames = renamedAreas(from, to, isPlacedAlike);
  const backNames = inverted(renames);
  return {
    forward: { from, to, regionId, areaId: (id) => renames.get(id) ?? id, regionBefore: (id) => before.get(id), regionAfter },
    back: {
      ...{ from: to, to: from, regionId: backId, areaId: (id) => backNames.get(id) ?? id },
      regionBefore: (id) => after.get(id),
      regionAfter: (id) => named(before.get(id), backId),
    },
  };
}

/** A genome without regions says nothing about them: growth makes them. */
export const statesRegions = (...genomes: Genome[]): boolean => genomes.every(({ regions }) => regions.size > 0);

const inverted = (pairs: ReadonlyMap<string, string>) => new Map([...pairs].map(([a, b]) => [b, a]));

/** Area → the first region that lists it. */
function regionsByArea(genome: Genome): Map<CorticalId, string> {
  const regions = new Map<CorticalId, string>();
  for (const { id, areas } of genome.regions.values()) for (const area of areas) if (!regions.has(area)) regions.set(area, id);
  return regions;
}

/** Parents before children, else as the genome has them. */
export function topDown({ regions }: Genome): GenomeRegion[] {
  const depth = (region: GenomeRegion) => {
    let steps = 0;
    for (let at = region; at.parent !== null && steps < regions.size; steps++) at = regions.get(at.parent) ?? { ...at, parent: null };
    return steps;
  };
  return [...regions.values()].sort((a, b) => depth(a) - depth(b));
}

/**
 * Region of `to` → region of `from`. FEAGI gives a region a new id at every load, so ids are not all: the roots are one, and so are
 * regions of one name below one parent.
 */
export function alignRegions(from: Genome, to: Genome): Map<string, string> {
  const pairs = new Map<string, string>();
  const taken = new Set<string>();
  const pair = (a: GenomeRegion | undefined, b: GenomeRegion | undefined) => {
    if (!a || !b || pairs.has(b.id) || taken.has(a.id)) return;
    pairs.set(b.id, a.id);
    taken.add(a.id);
  };
  pair(topDown(from)[0], topDown(to)[0]);
  for (const region of to.regions.values()) pair(from.regions.get(region.id), region);
  for (const region of topDown(to)) {
    const parent = region.parent === null ? undefined : pairs.get(region.parent);
    if (pairs.has(region.id) || parent === undefined) continue;
    const alike = [...from.regions.values()].filter((one) => !taken.has(one.id) && one.parent === parent && one.name === region.name);
    const rivals = [...to.regions.values()].filter((one) => one.parent === region.parent && one.name === region.name && !pairs.has(one.id));
    if (alike.length === 1 && rivals.length === 1) pair(alike[0], region);
  }
  return pairs;
}

/** Another id for each region of `genome` without a partner whose id means something else in the other one. */
function nameAnew(genome: Genome, other: Genome, names: Map<string, string>): void {
  for (const { id, name } of genome.regions.values()) {
    if (names.has(id) || !other.regions.has(id)) continue;
    names.set(id, regionIdOf(`${name} ${id}`));
  }
}

/** Id in `from` → id in `to` of areas that changed nothing but their id; only where there is no second candidate. */
function renamedAreas(from: Genome, to: Genome, isPlacedAlike: (a: CorticalId, b: CorticalId) => boolean): Map<CorticalId, CorticalId> {
  const renames = new Map<CorticalId, CorticalId>();
  const [gone, come] = [lonely(from, to), lonely(to, from)];
  if (gone.size === 0 || come.size === 0) return renames;
  const [before, after] = [incoming(from), incoming(to)];
  for (const [key, [a, ...otherA]] of gone) {
    const [b, ...otherB] = come.get(key) ?? [];
    if (!a || !b || otherA.length + otherB.length > 0 || !isPlacedAlike(a.id, b.id) || areaChanges(a, b).length > 0) continue;
    const renamed = (mappings: ReadonlyMap<CorticalId, MappingRule[]> | undefined) =>
      Object.fromEntries([...(mappings ?? [])].map(([id, rules]) => [id === a.id ? b.id : id, rules]));
    const isMappedAlike = same(renamed(a.mappings), Object.fromEntries(b.mappings));
    if (isMappedAlike && same(renamed(before.get(a.id)), Object.fromEntries(after.get(b.id) ?? []))) renames.set(a.id, b.id);
  }
  return renames;
}

/** Areas that the other genome has not, by what a renamed one would share. */
function lonely(genome: Genome, other: Genome): Map<string, GenomeArea[]> {
  const found = new Map<string, GenomeArea[]>();
  for (const area of genome.areas.values()) {
    if (other.areas.has(area.id)) continue;
    const key = JSON.stringify([isUnnamed(area) ? null : area.name, area.dimensions, area.position]);
    found.set(key, [...(found.get(key) ?? []), area]);
  }
  return found;
}

function incoming(genome: Genome): Map<CorticalId, Map<CorticalId, MappingRule[]>> {
  const found = new Map<CorticalId, Map<CorticalId, MappingRule[]>>();
  for (const { id, mappings } of genome.areas.values()) {
    for (const [destination, rules] of mappings) {
      const sources = found.get(destination) ?? new Map<CorticalId, MappingRule[]>();
      found.set(destination, sources.set(id, rules));
    }
  }
  return found;
}
