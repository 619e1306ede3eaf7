/**
 * Brings a document to schema 7: eight-byte ids everywhere, rules as objects with every key, today's morphology names.
 *
 * Rules get their one form, `schema-chain` takes the document from schema to schema, and every id is read to its bytes. `strict` does
 * it exactly as FEAGI 0.0.49, which signatures are computed over; otherwise with its defects repaired (spec/genome.md section 13).
 * Values stay nodes of the user's file, so later problems still point there.
 */
import type { CorticalId } from "#contracts/connectome.ts";
import { bytesOfIdText, encodeId, isCoreName, readableId } from "./cortical-id.ts";
import type { DocumentArea, GenomeDocument } from "./document.ts";
import type { Findings } from "./findings.ts";
import type { SchemaMigration } from "./genome.ts";
import { describeNode, type JsonNode, type JsonObject, made } from "./json.ts";
import { ruleKeys } from "./rules.ts";
import { type ChainArea, type ChainDocument, runSchemaChain, withDestinations } from "./schema-chain.ts";

export interface MigratedArea extends DocumentArea {
  bytes: string;
  id: CorticalId;
  /** Destination (as base64, or as written where it is no id) → rules with all keys. */
  mappings: Map<string, JsonObject[]>;
  /** The schema chain made it. */
  added?: true;
}

export interface MigratedDocument extends GenomeDocument {
  areas: MigratedArea[];
  morphologies: ReadonlyMap<string, JsonNode>;
  regions: ReadonlyMap<string, JsonNode>;
  modulators: ReadonlyMap<string, JsonNode>;
  classifiers: ReadonlyMap<string, JsonNode>;
  migration: SchemaMigration;
  /** Base64 id of an id as schema 7 writes it. */
  idOf(id: string): CorticalId | undefined;
}

/** Findings may be left out where the same document has already been reported on. */
export function migrate(document: GenomeDocument, strict: boolean, findings?: Findings): MigratedDocument {
  const { document: current, migration } = runSchemaChain(chainDocumentOf(document, strict, findings), strict, findings);
  const idOf = (id: string) => eightByteId(id, strict);
  const areas: MigratedArea[] = [];
  const owners = new Map<CorticalId, string>();
  for (const area of current.areas) {
    const bytes = bytesOf(area.id, strict);
    if (bytes === undefined) {
      const message = `The area id ${JSON.stringify(area.documentId)} cannot be turned into an eight-byte id; the area is left out.`;
      const expected = "six or eight ASCII characters, or twelve of base64";
      findings?.repair(area.place, {
        code: "AREA_ID_UNREADABLE",
        message,
        expected,
        found: area.documentId,
        fix: "Give the area a six-letter id.",
      });
      continue;
    }
    const id = encodeId(bytes);
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
    reportId(area, bytes, strict, document.schemaVersion, findings);
    areas.push({ ...area, bytes, id, mappings: withDestinations(area.mappings, (destination) => idOf(destination) ?? destination) });
  }
  const { morphologies, regions, modulators, classifiers } = current;
  return { ...document, areas, morphologies, regions, modulators, classifiers, migration, idOf };
}

/** The document with its rules in their one form, ready for the schema chain. */
export function chainDocumentOf(document: GenomeDocument, strict: boolean, findings?: Findings): ChainDocument {
  const needsWindow = strict || document.schemaVersion >= 3;
  const membersOf = (key: string): ReadonlyMap<string, JsonNode> => {
    const node = document.root.members.get(key);
    return node?.kind === "object" ? node.members : new Map();
  };
  return {
    schema: document.schemaVersion,
    areas: document.areas.map((area): ChainArea => ({ ...area, id: area.documentId, mappings: rulesOf(area, needsWindow, findings) })),
    morphologies: membersOf("neuron_morphologies"),
    regions: membersOf("brain_regions"),
    modulators: membersOf("modulators"),
    classifiers: membersOf("classifiers"),
  };
}

/** Base64 id of an id as schema 7 writes it; undefined for a text that is no id. */
export function eightByteId(id: string, strict: boolean): CorticalId | undefined {
  const bytes = bytesOf(id, strict);
  return bytes === undefined ? undefined : encodeId(bytes);
}

/** A name that only looks like a core area: FEAGI gives up the whole genome, the standard reading keeps a custom area. */
function bytesOf(id: string, strict: boolean): string | undefined {
  const bytes = bytesOfIdText(id);
  return bytes !== undefined && !strict && bytes[0] === "_" && !isCoreName(bytes) ? `c${bytes.slice(1)}` : bytes;
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
  if (strict || bytes[0] !== "c") return;
  if (bytesOfIdText(documentId)?.[0] === "_") {
    const message = `The id ${readableId(documentId)} only looks like a core area; it is loaded as a custom area.`;
    findings?.repair(place, { code: "AREA_ID_CORE", message, expected: "a core area name", found: documentId });
  } else if (schema < 3 && (documentId[0] === "i" || documentId[0] === "o")) {
    const what = documentId[0] === "i" ? "input" : "output";
    const message = `No ${what} device is called ${documentId}; it is loaded as a custom area and no device can reach it.`;
    findings?.repair(place, { code: "DEVICE_UNKNOWN", message, expected: `an ${what} device`, found: documentId });
  }
}

function rulesOf(area: DocumentArea, needsWindow: boolean, findings: Findings | undefined): Map<string, JsonObject[]> {
  const mappings = new Map<string, JsonObject[]>();
  const written = area.properties.get("cortical_mapping_dst");
  if (written?.kind !== "object") return mappings;
  for (const [destination, list] of written.members) {
    if (list.kind !== "array") {
      const message = `The rules from ${readableId(area.documentId)} to ${destination} are not a list; they are left out.`;
      findings?.repair(list, { code: "RULES_SHAPE", message, expected: "a list of rules" });
      continue;
    }
    const rules = list.items.map((rule) => ruleOf(rule, needsWindow, findings)).filter((rule) => rule !== undefined);
    if (rules.length > 0) mappings.set(destination, rules);
  }
  return mappings;
}

function ruleOf(rule: JsonNode, needsWindow: boolean, findings: Findings | undefined): JsonObject | undefined {
  const drop = (message: string, expected: string) => {
    findings?.repair(rule, { code: "RULE_DROPPED", message: `${message}; the rule is left out.`, expected, found: describeNode(rule) });
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
  return { kind: "object", members, start: rule.start, end: rule.end };
}
