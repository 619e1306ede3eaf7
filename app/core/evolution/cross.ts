/**
 * Crossover: a child of two genomes whose areas were aligned first. An aligned area takes its properties whole from one parent, each of
 * its mappings from one parent; areas only one parent has come or stay away by lot. Nothing leads to an area that is not there.
 */
import type { CorticalId, MappingRule, Morphology } from "#contracts/connectome.ts";
import type { Genome, GenomeArea } from "../genome/genome.ts";
import { copyOf, copyOfArea, copyOfMorphology, copyOfRule, takeOut } from "./copy.ts";
import type { Draw } from "./draw.ts";

/** Areas of `second` by the id of the area of `first` that is the same: by id, then, among those left, by kind and name. */
export function aligned(first: Genome, second: Genome): Map<CorticalId, GenomeArea> {
  const pairs = new Map<CorticalId, GenomeArea>();
  const left = new Map(second.areas);
  for (const id of first.areas.keys()) {
    const same = left.get(id);
    if (!same) continue;
    pairs.set(id, same);
    left.delete(id);
  }
  for (const area of first.areas.values()) {
    if (pairs.has(area.id)) continue;
    const same = [...left.values()].find(({ name, kind }) => name === area.name && kind === area.kind);
    if (!same) continue;
    pairs.set(area.id, same);
    left.delete(same.id);
  }
  return pairs;
}

/** `isKept`: areas that the child has whatever the lot says, if the first parent has them. */
export function crossed(first: Genome, second: Genome, isKept: (area: GenomeArea) => boolean, draw: Draw): Genome {
  const child = copyOf(first);
  const pairs = aligned(first, second);
  /** Id in `second` → id in the child. */
  const idOf = new Map([...pairs].map(([id, area]) => [area.id, id]));
  for (const area of first.areas.values()) {
    const isPartOfBody = area.kind !== "custom" && area.kind !== "memory";
    if (!pairs.has(area.id) && !isPartOfBody && !isKept(area) && draw.chance(0.5)) takeOut(child, area.id);
  }
  for (const area of second.areas.values()) {
    if (idOf.has(area.id) || first.areas.has(area.id) || draw.chance(0.5)) continue;
    idOf.set(area.id, area.id);
    child.areas.set(area.id, { ...copyOfArea(area), mappings: new Map() });
    regionFor(area.id, child, second)?.areas.push(area.id);
  }
  for (const [id, area] of child.areas) {
    const other = pairs.get(id) ?? second.areas.get(id);
    if (other && pairs.has(id) && draw.chance(0.5)) child.areas.set(id, inherited(area, other));
  }
  crossMappings(child, first, second, idOf, draw);
  crossMorphologies(child, second, draw);
  return child;
}

/** Properties of another's, at the place of this one. */
function inherited(area: GenomeArea, other: GenomeArea): GenomeArea {
  const { id, idText, documentId, name, position, position2d, mappings, added } = area;
  const { extras: _own, ...heir } = { ...copyOfArea(other), id, idText, documentId, name, position, position2d, mappings };
  return { ...heir, ...(other.extras ? { extras: other.extras } : {}), added };
}

function crossMappings(child: Genome, first: Genome, second: Genome, idOf: ReadonlyMap<CorticalId, CorticalId>, draw: Draw): void {
  const translated = new Map<CorticalId, Map<CorticalId, MappingRule[]>>();
  for (const area of second.areas.values()) {
    const source = idOf.get(area.id);
    if (source === undefined) continue;
    const ends = [...area.mappings].flatMap(([destination, rules]): [CorticalId, MappingRule[]][] => {
      const id = idOf.get(destination);
      return id === undefined ? [] : [[id, rules]];
    });
    translated.set(source, new Map(ends));
  }
  for (const area of child.areas.values()) {
    const [ours, theirs] = [first.areas.get(area.id)?.mappings, translated.get(area.id)];
    area.mappings = new Map();
    for (const destination of new Set([...(ours?.keys() ?? []), ...(theirs?.keys() ?? [])])) {
      if (!child.areas.has(destination)) continue;
      const areShared = ours !== undefined && theirs !== undefined;
      const rules = (areShared ? draw.chance(0.5) : ours !== undefined) ? ours?.get(destination) : theirs?.get(destination);
      if (rules) area.mappings.set(destination, rules.map(copyOfRule));
    }
  }
}

/** A name that both define is taken from one of them; what only the second has comes along where the child uses it. */
function crossMorphologies(child: Genome, second: Genome, draw: Draw): void {
  const take = (morphology: Morphology) => child.morphologies.set(morphology.id, copyOfMorphology(morphology));
  for (const id of [...child.morphologies.keys()]) {
    const other = second.morphologies.get(id);
    if (other && other.class === "custom" && draw.chance(0.5)) take(other);
  }
  const wanted = [...child.areas.values()].flatMap((area) => [...area.mappings.values()].flat().map(({ morphology }) => morphology));
  for (const one of child.morphologies.values()) if (one.type === "composite") wanted.push(one.mapper);
  for (let id = wanted.pop(); id !== undefined; id = wanted.pop()) {
    const other = second.morphologies.get(id);
    if (child.morphologies.has(id) || !other) continue;
    take(other);
    if (other.type === "composite") wanted.push(other.mapper);
  }
}

function regionFor(id: CorticalId, child: Genome, second: Genome) {
  const there = [...second.regions.values()].find(({ areas }) => areas.includes(id));
  const root = [...child.regions.values()].find(({ parent }) => parent === null);
  return (there && child.regions.get(there.id)) ?? root;
}
