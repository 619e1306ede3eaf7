/** Mapping rules, and the morphologies they name. Source: spec/genome.md sections 4 and 10. */
import type { MappingRule, Morphology } from "#contracts/connectome.ts";
import { LabError } from "#contracts/errors.ts";
import { ruleObject } from "../area-rows.ts";
import { readDocument } from "../document.ts";
import { Findings } from "../findings.ts";
import type { Genome } from "../genome.ts";
import { type JsonArray, type JsonNode, readJson } from "../json.ts";
import { isRelationOnly } from "../memory-rules.ts";
import { migrate } from "../migrate.ts";
import { isCoreMorphology } from "../morphologies.ts";
import { readRule, ruleKeys } from "../rules.ts";
import { morphologyObject } from "../save.ts";
import { olderMorphologyName } from "../schema-chain.ts";
import type { BlueprintText } from "./area-text.ts";
import { conflict, type EditOf, type GenomeDraft } from "./draft.ts";
import { isSame } from "./same.ts";
import { namesOf, usersOf } from "./uses.ts";

/** What each rule of the document is read as, by its place. */
export class RuleReading {
  readonly #genome: Genome;
  #byPlace: ReadonlyMap<number, MappingRule> | undefined;
  readonly #rewritten = new Map<JsonNode, MappingRule>();

  constructor(genome: Genome) {
    this.#genome = genome;
  }

  of(node: JsonNode): MappingRule | undefined {
    return this.#rewritten.get(node) ?? this.#places().get(node.start);
  }

  rewritten(node: JsonNode | undefined, rule: MappingRule): void {
    if (node) this.#rewritten.set(node, rule);
  }

  #places(): ReadonlyMap<number, MappingRule> {
    if (this.#byPlace) return this.#byPlace;
    const { source, strict } = this.#genome;
    const root = readJson(source);
    const findings = new Findings(root, true);
    const document = readDocument(root, findings, strict)!;
    const rules = migrate(document, strict).areas.flatMap((area) => [...area.mappings.values()].flat());
    const byPlace = new Map<number, MappingRule>();
    for (const rule of rules) {
      const read = readRule(rule, document.schemaVersion, strict, findings);
      if (read && rule.start >= 0) byPlace.set(rule.start, read);
    }
    this.#byPlace = byPlace;
    return byPlace;
  }
}

export function setMapping(draft: GenomeDraft, blueprint: BlueprintText, reading: RuleReading, edit: EditOf<"setMapping">): void {
  const { src, dst, rules } = edit;
  let source = draft.areaOf(src);
  const old = source.mappings.get(dst) ?? [];
  if (isSame(old, rules)) return;
  if (rules.length > 0) draft.areaOf(dst);
  for (const rule of rules) {
    if (draft.morphologies.has(rule.morphology) || isRelationOnly(rule.morphology) || old.some((one) => one.morphology === rule.morphology))
      continue;
    const details = { morphology: rule.morphology, src, dst };
    throw new LabError("E_NOT_FOUND", `No morphology is called ${JSON.stringify(rule.morphology)}`, details, "Define it first.");
  }
  source = blueprint.ensureWritten(source);
  const mappings = new Map(source.mappings);
  if (rules.length === 0) mappings.delete(dst);
  else mappings.set(dst, [...rules]);
  draft.setArea({ ...source, mappings });

  const object = blueprint.mappings(source, true)!;
  const keys = [...object.members.keys()].filter((key) => draft.idOf(key) === dst || key === dst);
  const [first, ...others] = keys;
  for (const key of rules.length === 0 ? keys : others) draft.text.remove(object, key);
  if (rules.length === 0) return;
  const written = first === undefined ? undefined : object.members.get(first);
  if (first === undefined || written?.kind !== "array") {
    draft.text.set(object, first ?? draft.spelled(dst), rules.map(blueprint.spelling.rule));
    const list = object.members.get(first ?? draft.spelled(dst)) as JsonArray;
    rules.forEach((rule, i) => {
      reading.rewritten(list.items[i], rule);
    });
  } else rewriteRules(draft, blueprint, reading, written, rules);
}

/** Rules that stay keep their text; others are changed in place, added or taken away. */
function rewriteRules(
  draft: GenomeDraft,
  blueprint: BlueprintText,
  reading: RuleReading,
  list: JsonArray,
  rules: readonly MappingRule[],
): void {
  const { text } = draft;
  // What cannot be read is no rule, and would be none behind other rules.
  text.keepItems(list, (item) => reading.of(item) !== undefined);
  const read = list.items.map((item) => reading.of(item)!);
  const surplus = Math.max(0, read.length - rules.length);
  let head = 0;
  while (head < rules.length && head < read.length && isSame(read[head], rules[head])) head++;
  if (surplus > 0 && isSame(read.slice(head + surplus), rules.slice(head))) {
    text.keepItems(list, (_, i) => i < head || i >= head + surplus);
    return;
  }
  text.keepItems(list, (_, i) => i < rules.length);
  for (let i = head; i < rules.length; i++) {
    const rule = rules[i]!;
    const old = read[i];
    if (old) rewriteRule(draft, blueprint, list, i, old, rule);
    else text.push(list, blueprint.spelling.rule(rule));
    reading.rewritten(list.items[i], rule);
  }
}

const fields: Readonly<Record<Exclude<keyof MappingRule, "extras">, string>> = {
  morphology: "morphology_id",
  scalar: "morphology_scalar",
  multiplier: "postSynapticCurrent_multiplier",
  plastic: "plasticity_flag",
  plasticityConstant: "plasticity_constant",
  ltpMultiplier: "ltp_multiplier",
  ltdMultiplier: "ltd_multiplier",
  plasticityWindow: "plasticity_window",
  delayBursts: "synaptic_delay_bursts",
  attractivity: "synapse_attractivity",
};

/** Values that differ are written where they stand, in a list or an object. */
function rewriteRule(
  draft: GenomeDraft,
  blueprint: BlueprintText,
  list: JsonArray,
  index: number,
  old: MappingRule,
  rule: MappingRule,
): void {
  const { text } = draft;
  const node = list.items[index];
  const changed = (Object.keys(fields) as (keyof typeof fields)[]).filter((field) => !isSame(old[field], rule[field]));
  const values = ruleObject({ ...rule, extras: undefined } as MappingRule);
  if (node?.kind === "array" && rule.extras === undefined && rule.attractivity === 100) {
    // A list ends where nothing but defaults would follow.
    const positions = changed.map((field) => ruleKeys.indexOf(fields[field] as (typeof ruleKeys)[number])).filter((at) => at >= 0);
    const last = Math.max(...positions);
    for (let at = 0; at <= last; at++) {
      if (positions.includes(at) || at >= node.items.length) text.setItem(node, at, values[ruleKeys[at]!]);
    }
  } else if (node?.kind === "object") {
    const extras = rule.extras ?? {};
    for (const key of Object.keys(old.extras ?? {})) if (!Object.hasOwn(extras, key)) text.remove(node, key);
    for (const [key, value] of Object.entries(extras)) {
      if (!isSame(value, old.extras && Object.hasOwn(old.extras, key) ? old.extras[key] : undefined)) text.set(node, key, value);
    }
    for (const field of changed) text.set(node, fields[field], field === "attractivity" ? rule.attractivity : values[fields[field]]);
    // A plastic rule needs all that makes it learn.
    const needed = rule.plastic ? ruleKeys.slice(3, 8) : [];
    for (const key of needed) if (!node.members.has(key)) text.set(node, key, values[key]);
  } else text.setItem(list, index, blueprint.spelling.rule(rule));
}

export function setMorphology(draft: GenomeDraft, { morphology }: EditOf<"setMorphology">): void {
  const old = draft.morphologies.get(morphology.id);
  // A core morphology may get a definition of the genome's own, as FEAGI allows (structural-edits.json); it stays a core one.
  const given = { ...morphology, class: old?.class ?? morphology.class } as Morphology;
  if (isSame(old, given)) return;
  if (given.type === "composite" && given.mapper !== given.id && !draft.morphologies.has(given.mapper)) {
    throw new LabError("E_NOT_FOUND", `No morphology is called ${JSON.stringify(given.mapper)}`, { id: given.id, mapper: given.mapper });
  }
  draft.morphologies.set(given.id, given);
  const definitions = draft.section("neuron_morphologies");
  const key = writtenName(definitions.members, given.id) ?? given.id;
  const found = definitions.members.get(key);
  const values = morphologyObject(given);
  if (found?.kind !== "object") {
    draft.text.set(definitions, key, values);
    return;
  }
  for (const [name, value] of Object.entries(values)) {
    const isKept = old !== undefined && (name === "type" || name === "class") && isSame(old[name], given[name]);
    if (!isKept) draft.text.set(found, name, value);
  }
}

export function removeMorphology(draft: GenomeDraft, { id }: EditOf<"removeMorphology">): void {
  const morphology = draft.morphologies.get(id);
  if (!morphology) throw new LabError("E_NOT_FOUND", `No morphology is called ${JSON.stringify(id)}`, { id });
  if (morphology.class === "core" || isCoreMorphology(id)) {
    throw conflict(`${id} is a core morphology, which every genome has`, { id }, "Leave it; what no rule names grows nothing.");
  }
  const users = usersOf(draft, id);
  if (users.mappings.length + users.composites.length > 0) {
    const names = namesOf(draft, users);
    throw conflict(`${id} is still used by ${names}`, { id, ...users }, "Give these another morphology first.");
  }
  draft.morphologies.delete(id);
  const definitions = draft.section("neuron_morphologies");
  const key = writtenName(definitions.members, id);
  if (key !== undefined) draft.text.remove(definitions, key);
}

function writtenName(members: ReadonlyMap<string, JsonNode>, id: string): string | undefined {
  const older = olderMorphologyName(id);
  return members.has(id) ? id : older !== undefined && members.has(older) ? older : undefined;
}
