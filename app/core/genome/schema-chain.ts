/**
 * The schema chain: one pure step from each integer schema to the next, 2 to 7. A step changes what its schema changed and nothing
 * else, says what it changed, and finds nothing to do in a document it has already been over. Source: spec/genome.md section 7.
 *
 * The normaliser that FEAGI runs at schema 3 (zero sizes, time steps, precision names) is the typed reading's: `areas`, `physiology`.
 */
import type { CorticalId } from "#contracts/connectome.ts";
import { bytesOfIdText, encodeId, idTextOf, migrateIds } from "./cortical-id.ts";
import { type DocumentArea, newestSchema } from "./document.ts";
import type { Finding, Findings } from "./findings.ts";
import type { SchemaMigration } from "./genome.ts";
import { type JsonNode, type JsonObject, made, plainValue } from "./json.ts";
import { ruleKeys } from "./rules.ts";

export interface ChainArea extends DocumentArea {
  /** Its id in the schema the document is in; `documentId` stays as written. */
  id: string;
  /** Destination → rules. */
  mappings: ReadonlyMap<string, readonly JsonObject[]>;
  /** A step made it; it stands nowhere in the file. */
  added?: true;
}

/** The parts of a document that a step may change. */
export interface ChainDocument {
  schema: number;
  areas: readonly ChainArea[];
  morphologies: ReadonlyMap<string, JsonNode>;
  regions: ReadonlyMap<string, JsonNode>;
  modulators: ReadonlyMap<string, JsonNode>;
  classifiers: ReadonlyMap<string, JsonNode>;
}

interface SchemaStep {
  from: number;
  to: number;
  apply(document: ChainDocument, notes: StepNotes): ChainDocument;
}

/** Where a step says what it does; `strict` steps as FEAGI does. */
export interface StepNotes {
  readonly strict: boolean;
  changed(message: string): void;
  remapped(from: string, to: CorticalId): void;
  /** Done otherwise than FEAGI does it. */
  repair(at: JsonNode | string, finding: Finding): void;
  /** Left as it is, and better looked at. */
  advise(at: JsonNode | string, finding: Finding): void;
  /** The document cannot be brought to the next schema. */
  block(at: JsonNode | string, finding: Finding): void;
}

export const schemaSteps: readonly SchemaStep[] = [
  { from: 2, to: 3, apply: giveEightByteIds },
  { from: 3, to: 4, apply: (document, notes) => modulateRules(modulateRules(document, reward, notes), punishment, notes) },
  { from: 4, to: 5, apply: completeClassifiers },
  { from: 5, to: 6, apply: foldRegionAreas },
  { from: 6, to: 7, apply: (document, notes) => modulateRules(document, gate, notes) },
];

/** Runs the steps a document still needs. Findings may be left out where the same document has already been reported on. */
export function runSchemaChain(
  document: ChainDocument,
  strict: boolean,
  findings?: Findings,
): { document: ChainDocument; migration: SchemaMigration } {
  const migration: SchemaMigration = {
    ...{ from: document.schema, to: newestSchema, steps: [], idRemaps: new Map(), advisory: [], blocking: [] },
  };
  let current = document;
  for (const { from, to, apply } of schemaSteps.filter((step) => step.from >= document.schema)) {
    const messages: string[] = [];
    current = { ...apply(current, notesOf(strict, messages, migration, findings)), schema: to };
    migration.steps.push({ from, to, messages });
  }
  return { document: current, migration };
}

function notesOf(strict: boolean, messages: string[], migration: SchemaMigration, findings: Findings | undefined): StepNotes {
  return {
    strict,
    changed: (message) => void messages.push(message),
    remapped: (from, to) => void migration.idRemaps.set(from, to),
    repair: (at, finding) => {
      migration.advisory.push(finding.message);
      findings?.repair(at, finding);
    },
    advise: (at, finding) => {
      migration.advisory.push(finding.message);
      findings?.warn(at, finding);
    },
    block: (at, finding) => {
      migration.blocking.push(finding.message);
      findings?.refuse(at, finding);
    },
  };
}

// 2 → 3: eight-byte ids, today's names of morphologies. Source: spec/genome.md section 5.3.

const morphologyNames: ReadonlyMap<string, string> = new Map([
  ["memory", "episodic_memory"],
  ["bi_directional_stdp", "associative_memory"],
]);
/** Names of Python FEAGI that its successor does not know although it has the rule. */
const pythonMorphologyNames: ReadonlyMap<string, string> = new Map([
  ["projector_xy", "transpose_xy"],
  ["projector_yz", "transpose_yz"],
  ["projector_xz", "transpose_xz"],
]);

/** The name a document of schema 2 may have for a morphology of today. */
export function olderMorphologyName(name: string): string | undefined {
  return [...morphologyNames, ...pythonMorphologyNames].find(([, today]) => today === name)?.[0];
}

function giveEightByteIds(document: ChainDocument, notes: StepNotes): ChainDocument {
  const bytes = migrateIds(...idsOf(document, notes.strict), notes.strict);
  const rename = (id: string) => {
    const found = bytes.get(id);
    return found === undefined ? id : encodeId(found);
  };
  for (const [id, found] of bytes) {
    if (encodeId(found) === id) continue;
    notes.remapped(id, encodeId(found));
    notes.changed(`id ${id} -> ${idTextOf(found)}`);
  }
  return {
    ...document,
    areas: document.areas.map((area) => ({
      ...area,
      id: rename(area.id),
      properties: withTwin(area, rename, notes),
      mappings: withDestinations(area.mappings, rename, (rule) => withRuleNames(rule, rename, notes)),
    })),
    morphologies: withMorphologyNames(document.morphologies, notes),
    regions: new Map([...document.regions].map(([key, region]) => [key, withRegionIds(region, rename)])),
  };
}

/** Every id the document names, and the names of areas, which a few rules look at. */
function idsOf({ areas, regions }: ChainDocument, strict: boolean): [ids: Set<string>, nameOf: (id: string) => string] {
  const ids = new Set<string>();
  const names = new Map<string, string>();
  for (const area of areas) {
    ids.add(area.id);
    const name = area.properties.get("cortical_name");
    if (name?.kind === "string") names.set(area.id, name.value);
    const twin = area.properties.get("memory_twin_of");
    if (!strict && twin?.kind === "string") ids.add(twin.value);
    const written = area.properties.get("cortical_mapping_dst");
    if (written?.kind === "object") for (const id of written.members.keys()) ids.add(id);
    for (const id of area.mappings.keys()) ids.add(id);
  }
  for (const region of regions.values()) for (const { value } of regionAreaIds(region)) ids.add(value);
  return [ids, (id) => names.get(id) ?? ""];
}

/** Area ids in a region's lists, old and new names of the list alike. */
export function regionAreaIds(region: JsonNode): { value: string; node: JsonNode }[] {
  if (region.kind !== "object") return [];
  const lists = [region.members.get("cortical_areas"), region.members.get("areas")];
  return lists.flatMap(textItems).map((node) => ({ value: node.value, node }));
}

const textItems = (list: JsonNode | undefined) => (list?.kind === "array" ? list.items.filter((item) => item.kind === "string") : []);

function withTwin(area: ChainArea, rename: (id: string) => string, notes: StepNotes): Map<string, JsonNode> {
  const twin = area.properties.get("memory_twin_of");
  if (notes.strict || twin?.kind !== "string" || rename(twin.value) === twin.value) return area.properties;
  const message = `The twin ${area.documentId} stays the twin of ${twin.value}, which has a new id; FEAGI forgets whose twin it is.`;
  notes.repair(twin, {
    ...{ code: "TWIN_ID", message, expected: "an eight-byte id", found: twin.value, quickFix: written(rename(twin.value)) },
  });
  return new Map(area.properties).set("memory_twin_of", { ...twin, value: rename(twin.value) });
}

const written = (text: string) => ({ title: `Write ${text}`, text: JSON.stringify(text) });

/** Destinations by their new ids; two that become one share their rules. */
export function withDestinations(
  mappings: ChainArea["mappings"],
  rename: (id: string) => string,
  rewrite: (rule: JsonObject) => JsonObject = (rule) => rule,
): Map<string, JsonObject[]> {
  const renamed = new Map<string, JsonObject[]>();
  for (const [destination, rules] of mappings) {
    const id = rename(destination);
    renamed.set(id, [...(renamed.get(id) ?? []), ...rules.map(rewrite)]);
  }
  return renamed;
}

function withRuleNames(rule: JsonObject, rename: (id: string) => string, notes: StepNotes): JsonObject {
  const members = new Map(rule.members);
  const name = members.get("morphology_id");
  if (name?.kind === "string") {
    const python = pythonMorphologyNames.get(name.value);
    const today = morphologyNames.get(name.value) ?? (notes.strict ? undefined : python) ?? name.value;
    members.set("morphology_id", { ...name, value: today });
    if (today === python) {
      const message = `The rule by ${name.value} grows by ${today}, as it is called today; FEAGI grows nothing by the old name.`;
      notes.repair(name, { code: "MORPHOLOGY_NAME", message, expected: today, quickFix: written(today) });
    }
  }
  for (const { key } of [reward, punishment, gate]) {
    const source = members.get(key);
    if (source?.kind === "string") members.set(key, { ...source, value: rename(source.value) });
  }
  return { ...rule, members };
}

function withMorphologyNames(defined: ChainDocument["morphologies"], notes: StepNotes): Map<string, JsonNode> {
  const renamed = new Map<string, JsonNode>();
  for (const [name, definition] of defined) {
    const today = morphologyNames.get(name) ?? (notes.strict ? undefined : pythonMorphologyNames.get(name)) ?? name;
    // A definition that has today's name already wins.
    if (today !== name && defined.has(today)) continue;
    if (today !== name) notes.changed(`morphology ${name} -> ${today}`);
    renamed.set(today, definition);
  }
  return renamed;
}

const regionLists = ["cortical_areas", "areas", "inputs", "outputs", "designated_inputs", "designated_outputs"];

function withRegionIds(region: JsonNode, rename: (id: string) => string): JsonNode {
  if (region.kind !== "object") return region;
  const members = new Map(region.members);
  for (const name of regionLists) {
    const list = members.get(name);
    if (list?.kind !== "array") continue;
    const items = list.items.map((item) => (item.kind === "string" ? { ...item, value: rename(item.value) } : item));
    members.set(name, { ...list, items });
  }
  const properties = members.get("properties");
  if (properties) members.set("properties", withRegionIds(properties, rename));
  return { ...region, members };
}

// 3 → 4 and 6 → 7: areas that a rule names as its source of reward, punishment or passage become modulators.

interface LegacySource {
  key: "reward_source_area" | "punishment_source_area" | "gate_source_area";
  type: "synaptic.reward" | "synaptic.gate";
  magnitude: 100 | -100;
  /** Ids of the instance, best first: an area may reward one rule and punish another. */
  instances(source: CorticalId): string[];
}

const reward: LegacySource = {
  ...{ key: "reward_source_area", type: "synaptic.reward", magnitude: 100 },
  instances: (id) => [`reward_${id}`],
};
const punishment: LegacySource = {
  ...{ key: "punishment_source_area", type: "synaptic.reward", magnitude: -100 },
  instances: (id) => [`reward_${id}`, `punishment_${id}`],
};
const gate: LegacySource = {
  ...{ key: "gate_source_area", type: "synaptic.gate", magnitude: 100 },
  instances: (id) => [`gate_${id}`],
};

/** A rule lists its modulators; each has a driver area of one voxel, which the old source area excites by `projector`. */
function modulateRules(document: ChainDocument, legacy: LegacySource, notes: StepNotes): ChainDocument {
  const known = new Set(document.areas.map(({ id }) => id));
  const modulators = new Map(document.modulators);
  const drivers: ChainArea[] = [];
  const wires = new Map<string, [driver: string, rules: JsonObject[]][]>();
  const rewrite = (rule: JsonObject): JsonObject => {
    const named = rule.members.get(legacy.key);
    if (!named || named.kind === "null") return rule;
    const bytes = named.kind === "string" ? bytesOfIdText(named.value) : undefined;
    const source = bytes === undefined ? undefined : encodeId(bytes);
    const instance = source && legacy.instances(source).find((id) => isFreeFor(legacy, modulators.get(id)));
    if (!source || !known.has(source) || instance === undefined) {
      const message = `A rule names ${JSON.stringify(plainValue(named))} as its ${legacy.key}, and no modulator can be made of it.`;
      notes.advise(named, { code: "MODULATOR_SOURCE", message, expected: "the id of an area" });
      return rule;
    }
    if (!modulators.has(instance)) {
      const driver = driverArea(freeDriverId(known), instance, rule);
      known.add(driver.id);
      drivers.push(driver);
      modulators.set(instance, modulatorOf(legacy, driver.id));
      wires.set(source, [...(wires.get(source) ?? []), [driver.id, [projectorRule()]]]);
      notes.changed(`${legacy.key} ${source} -> modulator ${instance} with the driver ${driver.id}`);
    }
    const members = new Map(rule.members);
    members.delete(legacy.key);
    const listed = members.get("modulators");
    members.set("modulators", made.array([...(listed?.kind === "array" ? listed.items : []), made.text(instance)]));
    return { ...rule, members };
  };
  const rewritten = document.areas.map((area) => ({ ...area, mappings: withDestinations(area.mappings, (id) => id, rewrite) }));
  const areas = rewritten.map((area) => ({ ...area, mappings: new Map([...area.mappings, ...(wires.get(area.id) ?? [])]) }));
  return { ...document, areas: [...areas, ...drivers], modulators };
}

function isFreeFor({ type, magnitude }: LegacySource, instance: JsonNode | undefined): boolean {
  if (!instance) return true;
  if (instance.kind !== "object") return false;
  const { type: itsType, magnitude_percent } = plainValue(instance) as Record<string, unknown>;
  return itsType === type && magnitude_percent === magnitude;
}

/** Source: spec/burst-engine-extensions.md section 11.1. */
function modulatorOf({ type, magnitude }: LegacySource, driver: CorticalId): JsonObject {
  return made.object(
    new Map<string, JsonNode>([
      ["type", made.text(type)],
      ["magnitude_percent", made.real(magnitude)],
      ["effect_duration_bursts", made.integer(1)],
      ["rest_bursts", made.integer(0)],
      ["graded", made.boolean(false)],
      ["driver_cortical_id", made.text(driver)],
    ]),
  );
}

/** Drivers are numbered from 0, in the order they are made. */
function freeDriverId(known: ReadonlySet<string>): CorticalId {
  for (let serial = 0; ; serial++) {
    const bytes = [0, 8, 16, 24].map((shift) => String.fromCharCode((serial >>> shift) & 255)).join("");
    const id = encodeId(`g___${bytes}`);
    if (!known.has(id)) return id;
  }
}

function driverArea(id: CorticalId, instance: string, place: JsonNode): ChainArea {
  const properties = new Map<string, JsonNode>([
    ["cortical_name", made.text(instance)],
    ["cortical_group", made.text("MODULATOR")],
    ["block_boundaries", made.array([1, 1, 1].map(made.integer))],
    ["relative_coordinate", made.array([0, 0, 0].map(made.integer))],
    ["per_voxel_neuron_cnt", made.integer(1)],
    ["firing_threshold", made.real(1)],
    ["leak_coefficient", made.real(0)],
    ["refractory_period", made.integer(0)],
    ["consecutive_fire_cnt_max", made.integer(1)],
    ["snooze_length", made.integer(0)],
    ["neuron_excitability", made.real(100)],
    ["mp_driven_psp", made.boolean(false)],
    ["spktrn", made.boolean(true)],
    ["cortical_mapping_dst", made.object()],
  ]);
  return { documentId: id, id, place, properties, mappings: new Map(), added: true };
}

function projectorRule(): JsonObject {
  const [zero, one] = [made.integer(0), made.integer(1)];
  const values = [made.text("projector"), made.array([one, one, one]), one, made.boolean(false), zero, zero, zero, zero, one];
  return made.object(new Map(ruleKeys.map((key, i) => [key, values[i] ?? zero])));
}

// 4 → 5: classifier records have every field. Source: spec/burst-engine-extensions.md section 14; older forms are not described there.

const classifierDefaults: readonly (readonly [string, JsonNode])[] = [
  ["sample_area_ids", made.array([])],
  ["class_bindings", made.array([])],
  ["correct_area_id", made.text("")],
  ["reward_training", made.boolean(false)],
  ["reward_modulator_ids", made.array([])],
  ["answer_latency_bursts", made.integer(0)],
  ["properties", made.object()],
];

function completeClassifiers(document: ChainDocument, notes: StepNotes): ChainDocument {
  const classifiers = new Map<string, JsonNode>();
  for (const [id, record] of document.classifiers) {
    classifiers.set(id, record);
    if (record.kind !== "object") {
      notes.block(record, { code: "CLASSIFIER", message: `The classifier ${id} is not an object.`, expected: "a classifier record" });
      continue;
    }
    const missing = [["classifier_id", made.text(id)] as const, ...classifierDefaults].filter(([key]) => !record.members.has(key));
    if (missing.length === 0) continue;
    notes.changed(`classifier ${id} gets ${missing.map(([key]) => key).join(", ")}`);
    classifiers.set(id, { ...record, members: new Map([...record.members, ...missing]) });
  }
  return { ...document, classifiers };
}

// 5 → 6: a region has one list of areas.

function foldRegionAreas(document: ChainDocument, notes: StepNotes): ChainDocument {
  const folded = [...document.regions].map(([key, region]): [string, JsonNode] => {
    const areas = region.kind === "object" ? region.members.get("areas") : undefined;
    if (region.kind !== "object" || !areas) return [key, region];
    const members = new Map(region.members);
    members.delete("areas");
    const listed = members.get("cortical_areas");
    const items = new Map([...textItems(listed), ...textItems(areas)].map((item) => [item.value, item]));
    const span = listed ?? areas;
    members.set("cortical_areas", { ...made.array([...items.values()]), start: span.start, end: span.end });
    notes.changed(`region ${key}: areas -> cortical_areas`);
    return [key, { ...region, members }];
  });
  return { ...document, regions: new Map(folded) };
}
