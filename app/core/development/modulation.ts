/**
 * The numbers by which an engine knows the modulators of a genome, and the groups that the sets of them make which rules list.
 *
 * A number once given stays with its name or set while the brain lives, also when the genome no longer has it; a new name takes it over. A set counts as it is
 * listed, names of modulators that are not there included: a modulator that comes later acts on what grew before it.
 * Source: spec/burst-engine-extensions.md 11.3.
 */
import { ModulationNames } from "../engine/modulation-names.ts";
import type { Genome } from "../genome/genome.ts";
import { modulatorsOf } from "../genome/rule-learning.ts";

/** Number of a modulator = its place; of a group its place + 1. */
export interface Modulation {
  readonly names: readonly string[];
  readonly groups: readonly (readonly string[])[];
}

export const noModulation: Modulation = { names: [], groups: [] };

/** What is numbered already, and after it what the genome names. E_INVALID for more sets than there are numbers. */
export function modulationOf(genome: Genome, before: Modulation = noModulation): Modulation {
  const numbers = namesOf(before);
  const names = [...before.names];
  const groups = [...before.groups];
  const give = (name: string) => {
    if (numbers.numberOf(name) === names.length) names.push(name);
  };
  for (const name of genome.modulators.keys()) give(name);
  for (const [, { mappings }] of [...genome.areas].sort(byId)) {
    for (const [, rules] of [...mappings].sort(byId)) {
      for (const rule of rules) {
        const listed = modulatorsOf(rule);
        for (const name of listed) give(name);
        if (numbers.group(listed) > groups.length) groups.push(listed);
      }
    }
  }
  return { names, groups };
}

/**
 * Old name → new name of each modulator that the later genome has under a name of its own: same driver, same kind. A genome does not say
 * that it was renamed; an area drives one modulator, so it must have been.
 */
export function renamesBetween(
  { genome, modulation }: { genome: Genome; modulation?: Modulation | undefined },
  after: Genome,
): Map<string, string> {
  const renames = new Map<string, string>();
  for (const [to, { driver, type }] of after.modulators) {
    // One that has a number of its own keeps it.
    if (genome.modulators.has(to) || modulation?.names.includes(to)) continue;
    const from = [...genome.modulators].find(([name, one]) => one.driver === driver && one.type === type && !after.modulators.has(name));
    if (from) renames.set(from[0], to);
  }
  return renames;
}

/** With the new names in place of the old ones. */
export function renamed({ names, groups }: Modulation, renames: ReadonlyMap<string, string>): Modulation {
  const now = (name: string) => renames.get(name) ?? name;
  return { names: names.map(now), groups: groups.map((group) => group.map(now)) };
}

export function namesOf({ names, groups }: Modulation): ModulationNames {
  const numbers = new ModulationNames();
  for (const name of names) numbers.numberOf(name);
  for (const group of groups) numbers.group(group);
  return numbers;
}

const byId = ([a]: [string, unknown], [b]: [string, unknown]) => (a < b ? -1 : 1);
