/** How far two genomes are from each other, and which are of one kind. */
import type { AreaParameters, MappingRule } from "#contracts/connectome.ts";
import type { Genome, GenomeArea } from "../genome/genome.ts";
import { aligned } from "./cross.ts";

/**
 * 0 for the same, 1 for nothing in common: the mean over all areas and mappings that either has. One that only one has counts 1; one
 * that both have counts the mean relative difference of its numbers.
 */
export function genomeDistance(first: Genome, second: Genome): number {
  const pairs = aligned(first, second);
  const idOf = new Map([...pairs].map(([id, { id: other }]) => [other, id]));
  let items = first.areas.size + second.areas.size - pairs.size;
  let sum = items - pairs.size;
  for (const [id, other] of pairs) {
    const area = first.areas.get(id)!;
    sum += areaDifference(area, other);
    const theirs = new Map([...other.mappings].map(([destination, rules]) => [idOf.get(destination) ?? destination, rules]));
    const destinations = new Set([...area.mappings.keys(), ...theirs.keys()]);
    items += destinations.size;
    for (const destination of destinations) sum += rulesDifference(area.mappings.get(destination), theirs.get(destination));
  }
  return items === 0 ? 0 : sum / items;
}

/** Species number of each genome: the first representative that is near enough, else a new one. */
export function speciesOf(genomes: readonly Genome[], distance: number): number[] {
  const representatives: Genome[] = [];
  return genomes.map((genome) => {
    const found = representatives.findIndex((one) => genomeDistance(one, genome) <= distance);
    return found >= 0 ? found : representatives.push(genome) - 1;
  });
}

function areaDifference(a: GenomeArea, b: GenomeArea): number {
  const numbers = ({ parameters, dimensions, neuronsPerVoxel }: GenomeArea) => [...numbersOf(parameters), ...dimensions, neuronsPerVoxel];
  return meanDifference(numbers(a), numbers(b));
}

function rulesDifference(a: readonly MappingRule[] | undefined, b: readonly MappingRule[] | undefined): number {
  if (!a || !b || a.length !== b.length) return 1;
  const each = a.map((rule, i) => {
    const other = b[i]!;
    return rule.morphology === other.morphology ? meanDifference(numbersOf(rule), numbersOf(other)) : 1;
  });
  return each.reduce((sum, one) => sum + one, 0) / each.length;
}

function numbersOf(values: AreaParameters | MappingRule): number[] {
  return Object.values(values).flatMap((value: unknown) =>
    typeof value === "number" ? [value] : typeof value === "boolean" ? [Number(value)] : [],
  );
}

function meanDifference(a: readonly number[], b: readonly number[]): number {
  const sum = a.reduce((total, value, i) => {
    const other = b[i]!;
    return value === other ? total : total + Math.abs(value - other) / (Math.abs(value) + Math.abs(other));
  }, 0);
  return sum / a.length;
}
