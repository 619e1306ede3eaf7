/**
 * Signatures of a genome: the first 16 hex digits of SHA-256 over compact JSON with sorted keys, always of the strict migration, so
 * that they compare with FEAGI's. Numbers are written as Rust's serde_json writes them. Source: spec/genome.md section 11.
 */
import { abandonedSensors, encodeId } from "./cortical-id.ts";
import { readDocument } from "./document.ts";
import { Findings } from "./findings.ts";
import { type JsonNode, type JsonObject, made, readJson } from "./json.ts";
import { type MigratedArea, type MigratedDocument, migrate } from "./migrate.ts";
import { repairPhysiology } from "./physiology.ts";
import { sha256, utf8 } from "./sha256.ts";

export interface Signatures {
  genome: string;
  blueprint: string;
  physiology: string;
}

/** What cannot be read is not signed. */
export const unsigned: Signatures = { genome: "", blueprint: "", physiology: "" };

/** Of a document. Reading a genome does not need them and takes half the time without. */
export function signaturesOf(text: string): Signatures {
  let root: JsonNode;
  try {
    root = readJson(text);
  } catch {
    return unsigned;
  }
  const findings = new Findings(root, true);
  const document = readDocument(root, findings, true);
  if (!document) return unsigned;
  return signed(migrate(document, true), repairPhysiology(document.root.members.get("physiology"), findings));
}

/** `physiology` is the object after repair, undefined where the document has none. */
function signed(document: MigratedDocument, physiology: JsonNode | undefined): Signatures {
  const blueprint = made.object(new Map(document.areas.map((area) => [signedId(area.id, document), signedArea(area, document)])));
  const members = new Map<string, JsonNode>([
    ["blueprint", blueprint],
    ["neuron_morphologies", made.object(new Map(document.morphologies))],
  ]);
  if (physiology) members.set("physiology", physiology);
  return {
    genome: signature(made.object(members)),
    blueprint: signature(blueprint),
    physiology: signature(physiology ?? made.object()),
  };
}

const signature = (node: JsonNode) => sha256(compactJson(node)).slice(0, 16);

/** Two old sensors keep their six letters in FEAGI's migrated document (spec/genome.md section 5.3). */
const unmigratedIds: ReadonlyMap<string, string> = new Map(abandonedSensors.map((id) => [encodeId(`${id}__`), id]));
const signedId = (id: string, document: MigratedDocument) => (document.schemaVersion < 3 ? unmigratedIds.get(id) : undefined) ?? id;

function signedArea(area: MigratedArea, document: MigratedDocument): JsonObject {
  const members = new Map(area.properties);
  const rules = [...area.mappings].map(([id, list]): [string, JsonNode] => [signedId(id, document), made.array(list)]);
  if (members.has("cortical_mapping_dst")) members.set("cortical_mapping_dst", made.object(new Map(rules)));
  const box = members.get("block_boundaries");
  const position = members.get("relative_coordinate");
  if (box?.kind === "array") members.set("cortical_dimensions", named(box.items, ["width", "height", "depth"]));
  if (position?.kind === "array") members.set("coordinates_3d", named(position.items, ["x", "y", "z"]));
  if (box?.kind === "array") {
    const repaired = box.items.map((size) => (size.kind === "number" && size.value === 0 ? made.integer(1) : size));
    members.set("block_boundaries", made.array(repaired));
  }
  const density = members.get("per_voxel_neuron_cnt");
  if (density?.kind === "number" && density.value === 0) members.set("per_voxel_neuron_cnt", made.integer(1));
  const flat = members.get("2d_coordinate");
  if (flat?.kind === "array")
    members.set(
      "2d_coordinate",
      made.array(flat.items.map((v, axis) => (v.kind === "null" ? made.integer(jitter(area.documentId, axis)) : v))),
    );
  return made.object(members);
}

const named = (items: JsonNode[], names: string[]) => made.object(new Map(items.map((item, i) => [names[i] ?? "", item])));

/** Stable stand-in for a missing 2D coordinate: FNV-1a over the bytes of the id as the document writes it. */
export function jitter(documentId: string, axis: number): number {
  let hash = 2166136261;
  for (const byte of utf8(documentId)) hash = Math.imul(hash ^ byte, 16777619) >>> 0;
  const turned = axis === 0 ? hash : ((hash << 16) | (hash >>> 16)) >>> 0;
  return (turned % 61) - 30;
}

/** Compact JSON text with keys in ascending order. */
export function compactJson(node: JsonNode): string {
  switch (node.kind) {
    case "object": {
      const keys = [...node.members.keys()].sort();
      return `{${keys.map((key) => `${JSON.stringify(key)}:${compactJson(node.members.get(key) ?? made.null())}`).join(",")}}`;
    }
    case "array":
      return `[${node.items.map(compactJson).join(",")}]`;
    case "string":
      return JSON.stringify(node.value);
    case "number":
      return node.integer && node.text !== "-0" && node.text.length < 20 ? node.text : realText(node.value);
    case "boolean":
      return node.value ? "true" : "false";
    case "null":
      return "null";
  }
}

/** Shortest digits that read back to the same 64-bit float, in the layout of Rust's ryu. */
function realText(value: number): string {
  if (value === 0) return Object.is(value, -0) ? "-0.0" : "0.0";
  const sign = value < 0 ? "-" : "";
  const [mantissa = "", power = "0"] = Math.abs(value).toExponential().split("e");
  const digits = mantissa.replace(".", "");
  const point = Number(power) + 1;
  if (digits.length <= point && point <= 16) return `${sign}${digits.padEnd(point, "0")}.0`;
  if (0 < point && point <= 16) return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
  if (-5 < point && point <= 0) return `${sign}0.${"0".repeat(-point)}${digits}`;
  return `${sign}${digits[0]}${digits.length > 1 ? `.${digits.slice(1)}` : ""}e${point - 1}`;
}
