/**
 * Genome text to `Genome`, or to everything that is wrong with it.
 *
 * `strict` reads as FEAGI 0.0.49 does, defects included, for golden comparison; the default repairs them (spec/genome.md section 13).
 * Whatever the text holds, this returns; it does not throw.
 */
import type { GenomeProblem } from "#contracts/genome.ts";
import { readAreas } from "./areas.ts";
import { readableId } from "./cortical-id.ts";
import { type GenomeDocument, readDocument } from "./document.ts";
import { Findings } from "./findings.ts";
import type { Genome, GenomeArea } from "./genome.ts";
import { type JsonNode, JsonSyntaxError, made, plainValue, readJson } from "./json.ts";
import { isRelationOnly } from "./memory-rules.ts";
import { type MigratedDocument, migrate } from "./migrate.ts";
import { readClassifiers, readModulators } from "./modulators.ts";
import { readMorphologies } from "./morphologies.ts";
import { readPhysiology, repairPhysiology } from "./physiology.ts";
import { readRegions } from "./regions.ts";

export interface ParseOptions {
  /** False: what would be repaired refuses the genome instead. */
  repair?: boolean;
  strict?: boolean;
}

export type ParsedGenome = { ok: true; genome: Genome } | { ok: false; problems: GenomeProblem[] };

export function parseGenome(text: string, options: ParseOptions = {}): ParsedGenome {
  const { genome, findings } = loadGenome(text, options);
  return genome && findings.errors.length === 0 ? { ok: true, genome } : { ok: false, problems: findings.errors };
}

/** As much of a genome as could be read, with all findings; for reports on documents that are refused. */
export interface LoadedGenome {
  findings: Findings;
  /** Missing where the text is no JSON. */
  root?: JsonNode;
  document?: MigratedDocument;
  genome?: Genome;
}

/** A genome of this many characters is no genome; the largest known has 175 thousand. */
const mostCharacters = 64 * 1024 * 1024;

export function loadGenome(text: string, { repair = true, strict = false }: ParseOptions = {}): LoadedGenome {
  const root = readRoot(text);
  if (root instanceof Findings) return { findings: root };
  const findings = new Findings(root, repair);
  warnOfRepeatedKeys(root, findings);
  const document = readDocument(root, findings, strict);
  if (!document) return { findings, root };
  const migrated = migrate(document, strict, findings);
  const physiology = repairPhysiology(document.root.members.get("physiology"), findings);
  const areas = readAreas(migrated, strict, findings);
  const definitions = document.root.members.get("neuron_morphologies");
  if (definitions && definitions.kind !== "object" && definitions.kind !== "null") {
    const message = "neuron_morphologies must be an object.";
    findings.refuse(definitions, { code: "VALUE_TYPE", message, expected: "an object of morphologies" });
  }
  const morphologies = readMorphologies(migrated, strict, findings);
  warnOfDanglingRules(migrated, areas, morphologies, findings);
  const genome: Genome = {
    id: topText(document, "genome_id", "unknown", findings),
    title: topText(document, "genome_title", "Untitled", findings),
    description: topText(document, "genome_description", "", findings),
    version: document.version,
    schemaVersion: document.schemaVersion,
    migration: migrated.migration,
    dialect: document.dialect,
    areas,
    morphologies,
    regions: readRegions(migrated, areas, strict, findings),
    physiology: readPhysiology(physiology, findings),
    modulators: readModulators(migrated.modulators, migrated.idOf, findings),
    classifiers: readClassifiers(migrated.classifiers, migrated.idOf, findings),
    extras: extrasOf(migrated),
    strict,
    source: text,
    warnings: findings.warnings,
    repairs: findings.repairs,
  };
  return { findings, root, document: migrated, genome };
}

function readRoot(text: string): JsonNode | Findings {
  const refused = (code: string, message: string, expected: string, found: string, fix: string) => {
    const findings = new Findings({ kind: "null", start: 0, end: 0 }, false);
    findings.refuse("", { code, message, expected, found, fix });
    return findings;
  };
  if (text.length > mostCharacters) {
    const message = `The text has ${text.length} characters; that is no genome.`;
    return refused("TOO_LARGE", message, `at most ${mostCharacters} characters`, String(text.length), "Check that this is the right file.");
  }
  try {
    return readJson(text);
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    const message = `Not valid JSON at line ${error.line}, column ${error.column}: expected ${error.message}, found ${error.found}.`;
    const cut = error.found === "end of the text";
    const fix = cut ? "The file is cut short; copy it again." : "Correct this place in a text editor.";
    return refused("JSON_SYNTAX", message, error.message, error.found, fix);
  }
}

function warnOfRepeatedKeys(node: JsonNode, findings: Findings): void {
  if (node.kind === "array") for (const item of node.items) warnOfRepeatedKeys(item, findings);
  if (node.kind !== "object") return;
  for (const { key } of node.hidden?.slice(0, 10) ?? []) {
    const message = `The key ${JSON.stringify(key)} stands more than once; only its last value counts.`;
    findings.warn(node.members.get(key) ?? node, { code: "KEY_REPEATED", message, expected: "each key once", fix: "Remove the others." });
  }
  for (const value of node.members.values()) warnOfRepeatedKeys(value, findings);
}

function topText(document: GenomeDocument, key: string, fallback: string, findings: Findings): string {
  const node = document.root.members.get(key);
  if (!node || node.kind === "null") return fallback;
  if (node.kind === "string") return node.value;
  findings.refuse(node, { code: "VALUE_TYPE", message: `${key} must be text.`, expected: "text" });
  return fallback;
}

/** Rules that will grow nothing. They stay in the genome: growth skips them, saving keeps them. */
function warnOfDanglingRules(
  document: MigratedDocument,
  areas: ReadonlyMap<string, GenomeArea>,
  morphologies: ReadonlyMap<string, unknown>,
  findings: Findings,
): void {
  for (const area of document.areas) {
    for (const [destination, rules] of area.mappings) {
      if (!areas.has(destination)) {
        const message = `Area ${readableId(area.documentId)} maps to ${readableId(destination)}, and no area has this id.`;
        findings.warn(rules[0] ?? area.place, { code: "DESTINATION_MISSING", message, expected: "the id of an area", found: destination });
      }
      for (const rule of rules) {
        const name = rule.members.get("morphology_id");
        if (name?.kind !== "string" || morphologies.has(name.value) || isRelationOnly(name.value)) continue;
        const message = `Area ${readableId(area.documentId)} uses the morphology ${JSON.stringify(name.value)}, which is not defined.`;
        findings.warn(name, { code: "RULE_MORPHOLOGY_UNKNOWN", message, expected: "a defined or core morphology", found: name.value });
      }
    }
  }
}

/** Top-level keys that have their own place in `Genome`, or that are made anew on saving. */
const readKeys = new Set([
  ...["genome_id", "genome_title", "genome_description", "version", "genome_schema_version", "blueprint", "brain_regions"],
  ...["brain_regions_root", "neuron_morphologies", "signatures"],
]);

function extrasOf({ root, modulators, classifiers }: MigratedDocument): Record<string, unknown> {
  const kept = new Map([...root.members].filter(([key]) => !readKeys.has(key)));
  if (modulators.size > 0) kept.set("modulators", made.object(new Map(modulators)));
  if (classifiers.size > 0) kept.set("classifiers", made.object(new Map(classifiers)));
  return Object.fromEntries([...kept].map(([key, value]) => [key, plainValue(value)]));
}
