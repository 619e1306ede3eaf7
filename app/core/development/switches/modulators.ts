/** Modulators, what areas and rules listen to. Source: spec/burst-engine-extensions.md 11. */
import type { MappingRule } from "#contracts/connectome.ts";
import { laterProperty } from "../../genome/later-properties.ts";
import { isTexts, modulatorsOf } from "../../genome/rule-learning.ts";
import { propertyPath, report, rulePathOf, type Source, told } from "./reading.ts";
import type { BoundModulator, Switches } from "./shape.ts";

export function boundModulators(source: Source): BoundModulator[] {
  const owners = new Map<number, string>();
  const bound: BoundModulator[] = [];
  for (const [name, { type, driver, magnitudePercent, graded, fullScalePotential }] of source.genome.modulators) {
    const path = `modulators.${name}.driver_cortical_id`;
    const index = source.areas.get(driver)?.index;
    if (index === undefined) {
      const message = `The modulator ${name} has no driver: no area has its id; it is not switched on.`;
      report(source, path, { code: "MODULATOR_DRIVER", message, expected: "the id of an area", found: driver });
      continue;
    }
    const owner = owners.get(index);
    if (owner !== undefined) {
      const message = `The modulators ${owner} and ${name} have one driver; an area drives one modulator.`;
      report(source, path, { code: "MODULATOR_DRIVER_SHARED", message, expected: "an area that drives nothing else", found: driver });
    }
    owners.set(index, name);
    const magnitude = Math.fround(Math.fround(magnitudePercent) / 100);
    bound.push({ name, kind: type, driver: index, magnitude, fullScale: graded ? Math.fround(fullScalePotential) : 0 });
  }
  return bound;
}

export function subscriptions(source: Source): Switches["subscriptions"] {
  return source.living.flatMap((one) => {
    const listed = laterProperty(one.gene.properties, "modulators");
    if (listed === undefined) return [];
    const path = propertyPath(source, one, "modulators", "modls-d");
    if (!isTexts(listed)) {
      const message = `The modulators of ${one.area.name} are no list of ids; it listens to none.`;
      report(source, path, { code: "SUBSCRIPTION", message, expected: "a list of ids of modulators", found: told(listed) });
      return [];
    }
    const isHeard = (name: string): boolean => {
      const type = source.genome.modulators.get(name)?.type;
      const isFormation = type === "memory.formation";
      if (type?.startsWith("neuro.") || (isFormation && one.area.kind === "memory")) return true;
      const reason = type === undefined ? "there is no such modulator" : `one of the kind ${type} does not act on it`;
      const message = `${one.area.name} listens to the modulator ${name}, and ${reason}; it is passed over.`;
      const expected = "modulators of the kinds neuro.*, on memory areas also memory.formation";
      report(source, path, { code: "SUBSCRIPTION", message, expected, found: type ?? name });
      return false;
    };
    const heard = [...new Set(listed)].filter(isHeard);
    return heard.length > 0 ? [{ area: one.area.index, modulators: heard }] : [];
  });
}

/** Every set that a rule lists. What is wrong with the sets of rules that do not learn is said here. */
export function ruleGroups(source: Source): string[][] {
  const groups: string[][] = [];
  const known = new Set<string>();
  for (const one of source.living) {
    for (const [dst, rules] of [...one.gene.mappings].sort(([a], [b]) => (a < b ? -1 : 1))) {
      for (const [place, rule] of rules.entries()) {
        const listed = modulatorsOf(rule);
        const key = JSON.stringify([...listed].sort());
        if (listed.length === 0) continue;
        reportStrangers(source, rule, `${rulePathOf(source, one, dst, place)}.modulators`);
        if (!known.has(key)) groups.push(listed);
        known.add(key);
      }
    }
  }
  return groups;
}

/** Whether a rule lists something that acts on synapses. */
export function hasSynaptic({ genome }: Source, rule: MappingRule): boolean {
  return modulatorsOf(rule).some((name) => genome.modulators.get(name)?.type.startsWith("synaptic."));
}

function reportStrangers(source: Source, rule: MappingRule, path: string): void {
  for (const name of modulatorsOf(rule)) {
    const type = source.genome.modulators.get(name)?.type;
    if (type?.startsWith("synaptic.")) continue;
    const reason = type === undefined ? "there is no such modulator" : `the kind ${type} does not act on synapses`;
    const message = `A rule lists the modulator ${name}, and ${reason}; it has no effect.`;
    report(source, path, { code: "RULE_MODULATOR", message, expected: "modulators of the kinds synaptic.*", found: type ?? name });
  }
}
