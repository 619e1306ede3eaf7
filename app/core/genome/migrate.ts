/**
 * Brings a document to schema 7: eight-byte ids everywhere, rules as objects with every key, today's morphology names.
 *
 * `strict` does it exactly as FEAGI 0.0.49, which signatures are computed over; otherwise with its defects repaired (spec/genome.md
 * section 13). Values stay nodes of the user's file, so later problems still point there.
 */
import type { CorticalId } from "#contracts/connectome.ts";
import { bytesOfIdText, encodeId, isCoreName, migrateIds, readableId } from "./cortical-id.ts";
import type { DocumentArea, GenomeDocument } from "./document.ts";
import type { Findings } from "./findings.ts";
import { describeNode, type JsonNode, type JsonObject, made } from "./json.ts";

export interface MigratedArea extends DocumentArea {
  bytes: string;
  id: CorticalId;
  /** Destination (as base64, or as written where it is no id) → rules with all keys. */
  mappings: Map<string, JsonObject[]>;
}

export interface MigratedDocument extends GenomeDocument {
  areas: MigratedArea[];
  morphologies: Map<string, JsonNode>;
  /** Base64 id of an id as the document writes it. */
  idOf(documentId: string): CorticalId | undefined;
}

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

/** Findings may be left out where the same document has already been reported on. */
export function migrate(document: GenomeDocument, strict: boolean, findings?: Findings): MigratedDocument {
  const morphologyName = (name: string) =>
    document.schemaVersion >= 3 ? name : (morphologyNames.get(name) ?? (strict ? undefined : pythonMorphologyNames.get(name)) ?? name);
  const bytes = bytesOfDocumentIds(document, strict);
  const idOf = (documentId: string) => {
    const found = bytes.get(documentId);
    return found === undefined ? undefined : encodeId(found);
  };

  const areas: MigratedArea[] = [];
  const owners = new Map<CorticalId, string>();
  for (const area of document.areas) {
    const areaBytes = bytes.get(area.documentId);
    if (areaBytes === undefined) {
      const message = `The area id ${JSON.stringify(area.documentId)} cannot be turned into an eight-byte id; the area is left out.`;
      const expected = "six or eight ASCII characters, or twelve of base64";
      findings?.warn(area.place, {
        code: "AREA_ID_UNREADABLE",
        message,
        expected,
        found: area.documentId,
        fix: "Give the area a six-letter id.",
      });
      continue;
    }
    const id = encodeId(areaBytes);
    const owner = owners.get(id);
    if (owner !== undefined) {
      const message = `The areas ${owner} and ${readableId(area.documentId)} get the same eight-byte id.`;
      findings?.refuse(area.place, {
        code: "AREA_ID_TWICE",
        message,
        expected: "one area per id",
        found: area.documentId,
        fix: "Rename one of them.",
      });
      continue;
    }
    owners.set(id, area.documentId);
    reportId(area, areaBytes, strict, document.schemaVersion, findings);
    const needsWindow = strict || document.schemaVersion >= 3;
    const mappings = migrateMappings(area, idOf, morphologyName, needsWindow, findings);
    const properties = new Map(area.properties);
    const twin = properties.get("memory_twin_of");
    const twinId = twin?.kind === "string" && !strict ? idOf(twin.value) : undefined;
    if (twin && twinId !== undefined) properties.set("memory_twin_of", { ...made.text(twinId), start: twin.start, end: twin.end });
    areas.push({ ...area, properties, bytes: areaBytes, id, mappings });
  }

  const morphologies = new Map<string, JsonNode>();
  const defined = document.root.members.get("neuron_morphologies");
  if (defined?.kind === "object") {
    for (const [name, definition] of defined.members) {
      const renamed = morphologyName(name);
      if (renamed === name || !defined.members.has(renamed)) morphologies.set(renamed, definition);
    }
  }
  return { ...document, areas, morphologies, idOf };
}

function bytesOfDocumentIds(document: GenomeDocument, strict: boolean): Map<string, string> {
  const ids = new Set<string>();
  const names = new Map<string, string>();
  for (const area of document.areas) {
    ids.add(area.documentId);
    const name = area.properties.get("cortical_name");
    if (name?.kind === "string") names.set(area.documentId, name.value);
    const twin = area.properties.get("memory_twin_of");
    if (!strict && twin?.kind === "string") ids.add(twin.value);
    const mappings = area.properties.get("cortical_mapping_dst");
    if (mappings?.kind === "object") for (const id of mappings.members.keys()) ids.add(id);
  }
  const regions = document.root.members.get("brain_regions");
  if (regions?.kind === "object") {
    for (const region of regions.members.values()) for (const id of regionAreaIds(region)) ids.add(id.value);
  }
  if (document.schemaVersion < 3) return migrateIds(ids, (id) => names.get(id) ?? "", strict);
  const bytes = new Map<string, string>();
  for (const id of ids) {
    const found = bytesOfIdText(id);
    if (found === undefined) continue;
    bytes.set(id, !strict && found[0] === "_" && !isCoreName(found) ? `c${found.slice(1)}` : found);
  }
  return bytes;
}

/** Area ids in a region's lists, old and new names of the list alike. */
export function regionAreaIds(region: JsonNode): { value: string; node: JsonNode }[] {
  if (region.kind !== "object") return [];
  const found: { value: string; node: JsonNode }[] = [];
  for (const list of ["cortical_areas", "areas"].map((name) => region.members.get(name))) {
    if (list?.kind !== "array") continue;
    for (const node of list.items) if (node.kind === "string") found.push({ value: node.value, node });
  }
  return found;
}

function reportId(area: DocumentArea, bytes: string, strict: boolean, schema: number, findings: Findings | undefined): void {
  const { documentId, place } = area;
  if (bytes[0] === "_" && !isCoreName(bytes)) {
    // Only the strict reading leaves such an id.
    const message = `The id ${documentId} claims to be a core area, and no core area has this name.`;
    const fix = "Open it with standard dynamics, which loads it as a custom area, or rename the area.";
    findings?.refuse(place, {
      code: "AREA_ID_CORE",
      message,
      expected: "a core area name, or another first letter",
      found: documentId,
      fix,
    });
    return;
  }
  if (strict || schema >= 3 || bytes[0] !== "c") return;
  if (documentId[0] === "_") {
    const message = `The id ${documentId} only looks like a core area; it is loaded as a custom area.`;
    findings?.warn(place, { code: "AREA_ID_CORE", message, expected: "a core area name", found: documentId });
  } else if (documentId[0] === "i" || documentId[0] === "o") {
    const what = documentId[0] === "i" ? "input" : "output";
    const message = `No ${what} device is called ${documentId}; it is loaded as a custom area and no device can reach it.`;
    findings?.warn(place, { code: "DEVICE_UNKNOWN", message, expected: `an ${what} device`, found: documentId });
  }
}

function migrateMappings(
  area: DocumentArea,
  idOf: (id: string) => CorticalId | undefined,
  morphologyName: (name: string) => string,
  needsWindow: boolean,
  findings: Findings | undefined,
): Map<string, JsonObject[]> {
  const mappings = new Map<string, JsonObject[]>();
  const written = area.properties.get("cortical_mapping_dst");
  if (written?.kind !== "object") return mappings;
  for (const [destination, list] of written.members) {
    if (list.kind !== "array") {
      const message = `The rules from ${readableId(area.documentId)} to ${destination} are not a list; they are left out.`;
      findings?.warn(list, { code: "RULES_SHAPE", message, expected: "a list of rules" });
      continue;
    }
    const rules = list.items.map((rule) => migrateRule(rule, morphologyName, needsWindow, findings)).filter((rule) => rule !== undefined);
    if (rules.length === 0) continue;
    const id = idOf(destination) ?? destination;
    mappings.set(id, [...(mappings.get(id) ?? []), ...rules]);
  }
  return mappings;
}

/** Keys of a rule in the order of the list form. */
export const ruleKeys = [
  "morphology_id",
  "morphology_scalar",
  "postSynapticCurrent_multiplier",
  "plasticity_flag",
  "plasticity_constant",
  "ltp_multiplier",
  "ltd_multiplier",
  "plasticity_window",
  "synaptic_delay_bursts",
] as const;

function migrateRule(
  rule: JsonNode,
  morphologyName: (name: string) => string,
  needsWindow: boolean,
  findings: Findings | undefined,
): JsonObject | undefined {
  const drop = (message: string, expected: string) => {
    findings?.warn(rule, { code: "RULE_DROPPED", message: `${message}; the rule is left out.`, expected, found: describeNode(rule) });
    return undefined;
  };
  const members = new Map<string, JsonNode>();
  if (rule.kind === "array") {
    if (rule.items.length < 4) return drop("A rule needs at least four entries", "[morphology, scalar, multiplier, plastic, …]");
    ruleKeys.forEach((key, i) => {
      members.set(key, rule.items[i] ?? made.integer(i === 8 ? 1 : 0));
    });
  } else if (rule.kind === "object") {
    const needed = ["morphology_id", "postSynapticCurrent_multiplier", "plasticity_flag"];
    const plastic = rule.members.get("plasticity_flag");
    if (plastic?.kind === "boolean" && plastic.value) {
      needed.push("plasticity_constant", "ltp_multiplier", "ltd_multiplier");
      if (needsWindow) needed.push("plasticity_window");
    }
    const missing = needed.filter((key) => !rule.members.has(key));
    if (missing.length > 0) return drop(`A rule lacks ${missing.join(", ")}`, `an object with ${needed.join(", ")}`);
    for (const [key, value] of rule.members) members.set(key, value);
  } else return drop("A rule is neither a list nor an object", "a list or an object");
  const name = members.get("morphology_id");
  if (name?.kind === "string") members.set("morphology_id", { ...name, value: morphologyName(name.value) });
  return { kind: "object", members, start: rule.start, end: rule.end };
}
