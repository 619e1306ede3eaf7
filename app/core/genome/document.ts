/**
 * From a JSON document to its areas, whatever its shape: flat keys are gathered into areas, hierarchical areas are taken as they are.
 * Nothing is typed or migrated yet; every value still knows its place in the file. Source: spec/genome.md sections 1 to 3.
 */

import { readableId } from "./cortical-id.ts";
import type { Findings } from "./findings.ts";
import type { GenomeDialect } from "./genome.ts";
import { describeNode, type JsonNode, type JsonObject, made, plainValue } from "./json.ts";
import { extrasTail, flatDefaults, formOfTail, listForms, propertyNames } from "./properties.ts";

/** The schema this room reads and writes. */
export const newestSchema = 7;

export interface DocumentArea {
  documentId: string;
  /** Where to point when a property is missing: a value of the area, or its path. */
  place: JsonNode | string;
  properties: Map<string, JsonNode>;
  /** Of flat files: tails of keys that no table knows, with their values. Hierarchical files have theirs among the properties. */
  unknown?: Map<string, JsonNode>;
}

export interface GenomeDocument {
  root: JsonObject;
  dialect: GenomeDialect;
  version: string;
  schemaVersion: number;
  areas: DocumentArea[];
}

/** The text after the one who wrote the file thought of the version; closed table. */
const versionSchemas: Readonly<Record<string, number>> = { "2.0": 2, "2.1": 2, "3.0": 3 };

/** The largest genome known has 65; one of a thousand times as many is a mistake. */
const mostAreas = 65_536;

const isFlatKey = (key: string) => key.length > 20 && key.startsWith("___") && key.includes("-");

/** Undefined where the document is no genome; the findings say why. `strict` reads suffixes and versions as FEAGI does. */
export function readDocument(root: JsonNode, findings: Findings, strict: boolean): GenomeDocument | undefined {
  if (root.kind !== "object") {
    refuse(findings, root, "NOT_A_GENOME", "A genome is one JSON object.", "an object");
    return undefined;
  }
  const blueprint = root.members.get("blueprint");
  if (blueprint?.kind !== "object") {
    const message = "The genome has no blueprint, the object that holds its cortical areas.";
    refuse(findings, blueprint ?? "blueprint", "BLUEPRINT_MISSING", message, "an object of cortical areas");
  }
  const flat = blueprint?.kind === "object" && [...blueprint.members.keys()].some(isFlatKey);
  const version = readVersion(root, flat, strict, findings);
  if (!version || blueprint?.kind !== "object") return undefined;
  const areas = flat ? gatherFlatAreas(blueprint, findings, strict) : gatherHierarchicalAreas(blueprint, findings);
  const dialect = flat || blueprint.members.size === 0 ? (version.version.startsWith("2.") ? "flat-2" : "feagi-3") : "hierarchical-2";
  return { root, dialect, ...version, areas };
}

function refuse(findings: Findings, at: JsonNode | string, code: string, message: string, expected: string, fix?: string): void {
  findings.refuse(at, { code, message, expected, ...(fix === undefined ? {} : { fix }) });
}

/** Expansion of flat files drops the integer in FEAGI, so its strict reading looks at the text alone. */
function readVersion(
  root: JsonObject,
  flat: boolean,
  strict: boolean,
  findings: Findings,
): { version: string; schemaVersion: number } | undefined {
  const versionNode = root.members.get("version");
  const version = versionNode?.kind === "string" ? versionNode.value : undefined;
  const textSchema = version !== undefined && Object.hasOwn(versionSchemas, version) ? versionSchemas[version] : undefined;
  const schemaNode = flat && strict ? undefined : root.members.get("genome_schema_version");
  if (schemaNode?.kind === "number" && schemaNode.integer) {
    if (schemaNode.value >= 2 && schemaNode.value <= newestSchema) {
      // From 3 on ids are eight bytes; 3 and 7 read alike.
      const isReadAlike = textSchema !== undefined && textSchema < 3 === schemaNode.value < 3;
      if (flat && !isReadAlike) {
        const message = `The genome is read as schema ${schemaNode.value}, as it says; FEAGI looks at the version of a flat genome alone.`;
        const expected = `the version of schema ${schemaNode.value}, "${schemaNode.value < 3 ? "2.0" : "3.0"}"`;
        findings.repair(schemaNode, { code: "SCHEMA_STATED", message, expected });
      }
      return { version: version ?? (schemaNode.value === 2 ? "2.0" : "3.0"), schemaVersion: schemaNode.value };
    }
    const message = `This genome has schema version ${schemaNode.value}; Gyrus reads 2 to ${newestSchema}.`;
    const fix = schemaNode.value > newestSchema ? "Save it again from a FEAGI that writes schema 7, or update Gyrus." : undefined;
    refuse(findings, schemaNode, "SCHEMA_UNSUPPORTED", message, `an integer from 2 to ${newestSchema}`, fix);
    return undefined;
  }
  const fix = 'Write "version": "2.0" for a Python FEAGI genome or "3.0" for a current one.';
  if (version === undefined) {
    const old = !root.members.has("version") && !schemaNode;
    const message = old
      ? "The genome says neither version nor genome_schema_version. Genomes of the first generation have neither and cannot be read."
      : "The version is not text.";
    refuse(findings, versionNode ?? "version", "VERSION_MISSING", message, 'text: "2.0", "2.1" or "3.0"', fix);
    return undefined;
  }
  if (textSchema === undefined) {
    const message = `The version ${JSON.stringify(version)} is not known.`;
    refuse(findings, versionNode ?? "version", "VERSION_UNKNOWN", message, '"2.0", "2.1" or "3.0"', fix);
    return undefined;
  }
  return { version, schemaVersion: textSchema };
}

function gatherFlatAreas(blueprint: JsonObject, findings: Findings, strict: boolean): DocumentArea[] {
  const areas = new Map<string, DocumentArea>();
  const inexact = new Map<DocumentArea, Map<string, JsonNode>>();
  const unknown = new Map<string, { first: JsonNode; count: number }>();
  for (const [key, value] of blueprint.members) {
    const [prefix, id, ...rest] = key.split("-");
    if (prefix !== "_____10c" || id === undefined || rest.length === 0) {
      const message = `The key ${JSON.stringify(key)} does not describe a cortical area; it is ignored.`;
      findings.warn(value, { code: "KEY_IGNORED", message, expected: "_____10c-<area id>-<property>" });
      continue;
    }
    let area = areas.get(id);
    if (!area && areas.size >= mostAreas) {
      refuse(findings, value, "AREAS_TOO_MANY", `The blueprint has more than ${mostAreas} areas.`, `at most ${mostAreas} areas`);
      break;
    }
    if (!area) {
      area = { documentId: id, place: value, properties: flatDefaults() };
      areas.set(id, area);
    }
    const tail = rest.join("-");
    if (tail === extrasTail && value.kind === "object") {
      for (const [name, extra] of value.members) if (!propertyNames.has(name)) keepUnknown(area, name, extra);
      continue;
    }
    const found = formOfTail(tail);
    if (!found || (strict && !found.exact)) {
      const seen = unknown.get(tail);
      if (seen) seen.count++;
      else unknown.set(tail, { first: value, count: 1 });
      keepUnknown(area, tail, value);
      continue;
    }
    if (found.exact) setProperty(area, found.form, value);
    else {
      // An exactly written suffix wins over a loosely written one, wherever it stands.
      const loose = inexact.get(area) ?? new Map<string, JsonNode>();
      inexact.set(area, loose);
      loose.set(tail, value);
    }
  }
  for (const [area, loose] of inexact) {
    for (const [tail, value] of loose) {
      const form = formOfTail(tail)?.form;
      if (!form) continue;
      const exactKeys = ["cx-", "nx-", ""].map((scope) => `_____10c-${area.documentId}-${scope}${form.exon}-${form.letter}`);
      if (exactKeys.some((key) => blueprint.members.has(key))) continue;
      const before = meaningOf(area, form);
      setProperty(area, form, value);
      if (meaningOf(area, form) === before) continue;
      const message = `The area ${readableId(area.documentId)} is read with its ${tail}; FEAGI looks only for ${form.exon}-${form.letter}.`;
      findings.repair(value, { code: "PROPERTY_LETTER", message, expected: `the key ${form.exon}-${form.letter}`, found: tail });
    }
  }
  for (const [tail, { first, count }] of unknown) {
    const message = `The property ${JSON.stringify(tail)} is not known and has no effect (${count} ${count === 1 ? "area" : "areas"}).`;
    findings.warn(first, { code: "PROPERTY_UNKNOWN", message, expected: "a property of the flat genome table" });
  }
  return [...areas.values()];
}

function keepUnknown(area: DocumentArea, name: string, value: JsonNode): void {
  area.unknown ??= new Map();
  area.unknown.set(name, value);
}

function setProperty(area: DocumentArea, form: { property: string; axis?: 0 | 1 | 2 }, value: JsonNode): void {
  if (form.axis === undefined) {
    area.properties.set(form.property, form.property === "location_generation_type" ? placementText(value) : value);
    return;
  }
  const list = area.properties.get(form.property);
  if (list?.kind === "array") list.items[form.axis] = value;
}

/** What growth takes for a property that a flat file leaves out; 0, false or nothing where not named. */
const absent: Readonly<Record<string, number>> = { synapse_attractivity: 100, temporal_depth: 1, dev_count: 1 };

/** Text that is equal for values of equal effect. */
function meaningOf(area: DocumentArea, form: { property: string; axis?: 0 | 1 | 2 }): string {
  const property = area.properties.get(form.property);
  const node = form.axis !== undefined && property?.kind === "array" ? property.items[form.axis] : property;
  const value = node && node.kind !== "null" ? plainValue(node) : absent[form.property];
  return JSON.stringify(value || 0);
}

function placementText(value: JsonNode): JsonNode {
  return value.kind === "boolean" ? { ...made.text(value.value ? "random" : "sequential"), start: value.start, end: value.end } : value;
}

function gatherHierarchicalAreas(blueprint: JsonObject, findings: Findings): DocumentArea[] {
  const areas: DocumentArea[] = [];
  if (blueprint.members.size > mostAreas) {
    refuse(findings, blueprint, "AREAS_TOO_MANY", `The blueprint has more than ${mostAreas} areas.`, `at most ${mostAreas} areas`);
    return areas;
  }
  for (const [documentId, value] of blueprint.members) {
    if (documentId === "") {
      findings.warn(value, { code: "AREA_ID_EMPTY", message: "An area without an id is skipped.", expected: "an area id" });
      continue;
    }
    if (value.kind !== "object") {
      refuse(findings, value, "AREA_TYPE", `The area ${documentId} is not an object.`, "an object with the properties of the area");
      continue;
    }
    for (const property of listForms.keys()) {
      const list = value.members.get(property);
      const length = property === "2d_coordinate" ? 2 : 3;
      if (!list || list.kind === "null") {
        if (length === 2) continue;
        const message = `The area ${documentId} has no ${property}; ${property === "block_boundaries" ? "1×1×1" : "(0,0,0)"} is used.`;
        findings.warn(value, { code: "BOX_MISSING", message, expected: "a list of three integers", found: describeNode(list) });
      } else if (list.kind !== "array" || list.items.length !== length) {
        refuse(findings, list, "BOX_SHAPE", `${property} of the area ${documentId} does not have ${length} entries.`, `${length} integers`);
      }
    }
    areas.push({ documentId, place: value, properties: new Map(value.members) });
  }
  return areas;
}
