/** Modulators and classifiers: records of the genome that name areas and that areas and rules name. Source: spec/burst-engine-extensions.md 11.1 and 14. */
import type { CorticalId, MappingRule } from "#contracts/connectome.ts";
import { LabError } from "#contracts/errors.ts";
import { laterName, laterProperty } from "../later-properties.ts";
import type { ClassifierDefinition, ModulatorDefinition } from "../modulators.ts";
import { isTexts, modulatorsOf } from "../rule-learning.ts";
import { updateArea } from "./area-edits.ts";
import type { BlueprintText } from "./area-text.ts";
import { conflict, type EditOf, type GenomeDraft } from "./draft.ts";
import { type RuleReading, setMapping } from "./mapping-edits.ts";
import { isSame } from "./same.ts";

export function setModulator(draft: GenomeDraft, { id, modulator }: EditOf<"setModulator">): void {
  const old = draft.modulators.get(id);
  if (isSame(old, modulator)) return;
  draft.areaOf(modulator.driver);
  const other = [...draft.modulators].find(([name, { driver }]) => name !== id && driver === modulator.driver);
  if (other) throw conflict(`An area drives one modulator, and this one drives ${other[0]}`, { id, driver: modulator.driver });
  draft.modulators.set(id, modulator);
  writeRecord(draft, "modulators", id, {
    type: modulator.type,
    magnitude_percent: modulator.magnitudePercent,
    effect_duration_bursts: modulator.effectDurationBursts,
    rest_bursts: modulator.restBursts,
    graded: modulator.graded,
    full_scale_potential: modulator.graded ? modulator.fullScalePotential : null,
    driver_cortical_id: modulator.driver,
  });
}

export function renameModulator(
  draft: GenomeDraft,
  blueprint: BlueprintText,
  reading: RuleReading,
  { id, to }: EditOf<"renameModulator">,
): void {
  modulatorOf(draft, id);
  if (id === to) return;
  if (draft.modulators.has(to)) throw conflict(`There is a modulator ${to} already`, { id, to }, "Choose another id.");
  const renamed = (names: readonly string[]) => names.map((name) => (name === id ? to : name));
  rekey(draft.modulators, id, to);
  draft.text.rename(draft.section("modulators"), id, to);
  for (const { area, listed } of listeningAreas(draft, id)) {
    const property = laterName(draft.genome, "modulators");
    updateArea(draft, blueprint, { kind: "updateArea", area, properties: { [property]: renamed(listed) } });
  }
  for (const { src, dst, rules } of listeningMappings(draft, id)) {
    const now = rules.map((rule) => withModulators(rule, renamed(modulatorsOf(rule))));
    setMapping(draft, blueprint, reading, { kind: "setMapping", src, dst, rules: now });
  }
  for (const [key, { rewardModulators }] of [...draft.classifiers]) {
    if (rewardModulators.includes(id)) rewriteClassifier(draft, key, { rewardModulators: renamed(rewardModulators) });
  }
}

export function removeModulator(draft: GenomeDraft, { id }: EditOf<"removeModulator">): void {
  modulatorOf(draft, id);
  draft.modulators.delete(id);
  draft.text.remove(draft.section("modulators"), id);
}

export function setClassifier(draft: GenomeDraft, { id, classifier }: EditOf<"setClassifier">): void {
  const { ignored = [] } = draft.classifiers.get(id) ?? {};
  const given: ClassifierDefinition = { ...classifier, ignored };
  if (isSame(draft.classifiers.get(id), given)) return;
  const { sampleMemory, classMemory, errorArea, correctArea, bindings } = given;
  const outputs = bindings.flatMap(({ input, output }) => [input, output]);
  for (const area of [sampleMemory, classMemory, errorArea, ...(correctArea ? [correctArea] : []), ...outputs]) draft.areaOf(area);
  if (given.region !== null) draft.regionOf(given.region);
  draft.classifiers.set(id, given);
  writeRecord(draft, "classifiers", id, {
    classifier_id: id,
    name: given.name,
    parent_region_id: given.region ?? "",
    coordinates_3d: given.position,
    sample_area_ids: given.samples,
    class_bindings: bindings.map(({ input, output }) => ({ class_area_id: input, class_output_area_id: output })),
    sample_memory_id: sampleMemory,
    class_memory_id: classMemory,
    error_area_id: errorArea,
    correct_area_id: correctArea ?? "",
    reward_training: given.rewardTraining,
    reward_modulator_ids: given.rewardModulators,
  });
}

export function removeClassifier(draft: GenomeDraft, { id }: EditOf<"removeClassifier">): void {
  if (!draft.classifiers.delete(id)) throw unknownClassifier(id);
  draft.text.remove(draft.section("classifiers"), id);
}

/** Areas that list a modulator, and what they list. */
export function listeningAreas({ areas }: Pick<GenomeDraft, "areas">, id: string): { area: CorticalId; listed: string[] }[] {
  return [...areas.values()].flatMap(({ id: area, properties }) => {
    const listed = laterProperty(properties, "modulators");
    return isTexts(listed) && listed.includes(id) ? [{ area, listed }] : [];
  });
}

/** Mappings with a rule that lists a modulator. */
export function listeningMappings(
  { areas }: Pick<GenomeDraft, "areas">,
  id: string,
): { src: CorticalId; dst: CorticalId; rules: readonly MappingRule[] }[] {
  return [...areas.values()].flatMap(({ id: src, mappings }) =>
    [...mappings].filter(([, rules]) => rules.some((rule) => modulatorsOf(rule).includes(id))).map(([dst, rules]) => ({ src, dst, rules })),
  );
}

/** The rule with these modulators; with none it lists none. */
export function withModulators({ extras, ...rule }: MappingRule, modulators: readonly string[]): MappingRule {
  const { modulators: _, ...others } = extras ?? {};
  const all = modulators.length > 0 ? { ...others, modulators: [...modulators] } : others;
  return Object.keys(all).length > 0 ? { ...rule, extras: all } : rule;
}

export function modulatorOf({ modulators }: { modulators: ReadonlyMap<string, ModulatorDefinition> }, id: string): ModulatorDefinition {
  const found = modulators.get(id);
  if (!found) throw new LabError("E_NOT_FOUND", `No modulator is called ${JSON.stringify(id)}`, { id }, "modulator.list lists them.");
  return found;
}

export function unknownClassifier(id: string): LabError {
  return new LabError("E_NOT_FOUND", "No such classifier", { id }, "classifier.list lists them.");
}

function rewriteClassifier(draft: GenomeDraft, id: string, change: Partial<ClassifierDefinition>): void {
  const { ignored: _, ...classifier } = { ...draft.classifiers.get(id)!, ...change };
  setClassifier(draft, { kind: "setClassifier", id, classifier });
}

/** Ids are written as eight bytes, as records know no others. What a record holds besides these members stays; null takes one away. */
function writeRecord(draft: GenomeDraft, section: "modulators" | "classifiers", id: string, values: Record<string, unknown>): void {
  const records = draft.section(section);
  const found = records.members.get(id);
  if (found?.kind !== "object") {
    draft.text.set(records, id, Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null)));
    return;
  }
  for (const [key, value] of Object.entries(values)) {
    if (value === null) draft.text.remove(found, key);
    else draft.text.set(found, key, value);
  }
}

function rekey<T>(map: Map<string, T>, id: string, to: string): void {
  const entries = [...map].map(([key, value]): [string, T] => [key === id ? to : key, value]);
  map.clear();
  for (const [key, value] of entries) map.set(key, value);
}
