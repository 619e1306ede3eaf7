/**
 * Brain regions of a document as one tree under "Root Brain Region". Keys that are no UUID get one, together with every reference to
 * them. No regions in the document: an empty map, and corticogenesis makes them. Source: spec/genome.md section 8.
 */
import type { CorticalId, Vec3 } from "#contracts/connectome.ts";
import { coreAreas, encodeId, kindOfBytes, readableId } from "./cortical-id.ts";
import type { Findings } from "./findings.ts";
import type { GenomeArea, GenomeRegion } from "./genome.ts";
import type { JsonNode, JsonObject } from "./json.ts";
import type { MigratedDocument } from "./migrate.ts";
import { regionAreaIds } from "./schema-chain.ts";
import { sha256 } from "./sha256.ts";
import { extrasOf } from "./values.ts";

const rootRegionName = "Root Brain Region";

const uuidForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** The same name always gives the same id (a version 8 UUID), so the same genome gives the same regions. */
export function regionIdOf(name: string): string {
  const hex = sha256(`region ${name}`);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

export function readRegions(
  document: MigratedDocument,
  areas: ReadonlyMap<CorticalId, GenomeArea>,
  strict: boolean,
  findings: Findings,
): Map<string, GenomeRegion> {
  const regions = new Map<string, GenomeRegion>();
  const written = document.root.members.get("brain_regions");
  if (!written || written.kind === "null") return regions;
  if (written.kind !== "object") {
    findings.refuse(written, { code: "VALUE_TYPE", message: "brain_regions must be an object.", expected: "an object of regions" });
    return regions;
  }
  const owners = new Map<CorticalId, string>();
  for (const [key, node] of document.regions) {
    if (node.kind !== "object") {
      findings.refuse(node, { code: "VALUE_TYPE", message: `The region ${key} must be an object.`, expected: "an object" });
      continue;
    }
    const region = readRegion(key, node, document, areas, findings);
    if (!strict) keepOwn(region, (id) => claim(id, region.name, owners, node, findings));
    regions.set(region.id, region);
  }
  if (regions.size === 0) return regions;
  resolveParents(document.regions, regions, strict, findings);
  putUnderRoot(regions, document, strict, findings);
  return regions;
}

/** Names that are read, and observations that are made anew on saving. */
const readNames: ReadonlySet<string> = new Set([
  ...["title", "name", "region_id", "parent_region_id", "cortical_areas", "areas", "coordinate_2d", "coordinate_3d", "description"],
  ...["designated_inputs", "designated_outputs", "properties", "regions", "inputs", "outputs"],
]);

const regionKeyId = (key: string) => (uuidForm.test(key) ? key : regionIdOf(key));

function readRegion(
  key: string,
  node: JsonObject,
  document: MigratedDocument,
  areas: ReadonlyMap<CorticalId, GenomeArea>,
  findings: Findings,
): GenomeRegion {
  const properties = node.members.get("properties");
  const find = (...names: string[]): JsonNode | undefined => {
    for (const name of names) {
      const value = node.members.get(name) ?? (properties?.kind === "object" ? properties.members.get(name) : undefined);
      if (value && value.kind !== "null") return value;
    }
    return undefined;
  };
  const text = (...names: string[]) => {
    const value = find(...names);
    return value?.kind === "string" ? value.value : undefined;
  };
  const members: CorticalId[] = [];
  for (const { value, node: place } of regionAreaIds(node)) {
    const id = document.idOf(value);
    if (id === undefined || !areas.has(id)) {
      const message = `The region ${key} lists ${readableId(value)}, and no area has this id; the entry is left out.`;
      findings.warn(place, { code: "REGION_AREA_MISSING", message, expected: "the id of an area" });
    } else if (!members.includes(id)) members.push(id);
  }
  const designated = (name: string): CorticalId[] => {
    const list = find(name);
    const ids = list?.kind === "array" ? list.items.map((item) => (item.kind === "string" ? document.idOf(item.value) : undefined)) : [];
    return ids.filter((id) => id !== undefined && members.includes(id)) as CorticalId[];
  };
  const [x = 0, y = 0, z = 0] = numbersOf(find("coordinate_3d"));
  const [x2 = 0, y2 = 0] = numbersOf(find("coordinate_2d"));
  return {
    id: regionKeyId(key),
    name: text("title", "name") ?? key,
    parent: text("parent_region_id") ?? null,
    areas: members,
    position: [x, y, z] satisfies Vec3,
    position2d: [x2, y2],
    description: text("description") ?? "",
    designatedInputs: designated("designated_inputs"),
    designatedOutputs: designated("designated_outputs"),
    ...regionExtras(node, properties),
  };
}

function regionExtras(node: JsonObject, properties: JsonNode | undefined): Pick<GenomeRegion, "extras"> {
  const members = new Map([...(properties?.kind === "object" ? properties.members : []), ...node.members]);
  const type = members.get("region_type");
  // What FEAGI writes of every region.
  if (type?.kind === "string" && type.value === "undefined") members.delete("region_type");
  return extrasOf(members, readNames);
}

function numbersOf(node: JsonNode | undefined): number[] {
  return node?.kind === "array" ? node.items.map((item) => (item.kind === "number" ? item.value : 0)) : [];
}

/** Leaves a region the areas that it claims; it can designate no others. */
function keepOwn(region: GenomeRegion, claims: (id: CorticalId) => boolean): void {
  region.areas = region.areas.filter(claims);
  const own = (id: CorticalId) => region.areas.includes(id);
  region.designatedInputs = region.designatedInputs.filter(own);
  region.designatedOutputs = region.designatedOutputs.filter(own);
}

/** An area is in exactly one region; the first one that names it has it. */
function claim(id: CorticalId, region: string, owners: Map<CorticalId, string>, node: JsonNode, findings: Findings): boolean {
  const owner = owners.get(id);
  if (owner === undefined) {
    owners.set(id, region);
    return true;
  }
  const message = `An area is in the regions ${owner} and ${region}; it stays in ${owner}.`;
  findings.repair(node, { code: "REGION_AREA_TWICE", message, expected: "each area in one region", found: id });
  return false;
}

function resolveParents(
  written: ReadonlyMap<string, JsonNode>,
  regions: Map<string, GenomeRegion>,
  strict: boolean,
  findings: Findings,
): void {
  for (const [key, node] of written) {
    const region = regions.get(regionKeyId(key));
    if (!region || region.parent === null) continue;
    // FEAGI gives the keys new ids and forgets those who refer to them; its strict reading therefore refuses.
    const parent = strict ? region.parent : regionKeyId(region.parent);
    if (regions.has(parent) && parent !== region.id) {
      if (parent !== region.parent) {
        const message = `The region ${key} and the key of its parent, ${region.parent}, get their ids together; FEAGI refuses the genome.`;
        findings.repair(node, { code: "REGION_KEY", message, expected: "a UUID as the key of the parent", found: region.parent });
      }
      region.parent = parent;
      continue;
    }
    const message =
      strict && regions.has(regionKeyId(region.parent))
        ? `Parent region ${region.parent} does not exist once FEAGI has renamed it.`
        : `The region ${key} has the parent ${region.parent}, which is ${parent === region.id ? "itself" : "no region"}.`;
    findings.refuse(node, { code: "REGION_PARENT", message, expected: "the key of another region", found: region.parent });
    region.parent = null;
  }
  for (const region of regions.values()) {
    const seen = new Set<string>();
    for (let at: GenomeRegion | undefined = region; at; at = at.parent === null ? undefined : regions.get(at.parent)) {
      if (!seen.has(at.id)) {
        seen.add(at.id);
        continue;
      }
      const message = `The region ${region.name} contains itself through its parents.`;
      findings.refuse("brain_regions", { code: "REGION_CYCLE", message, expected: "a tree", found: at.name });
      at.parent = null;
      break;
    }
  }
}

function putUnderRoot(regions: Map<string, GenomeRegion>, document: MigratedDocument, strict: boolean, findings: Findings): void {
  const tops = [...regions.values()].filter((region) => region.parent === null);
  const named = tops.find((region) => region.name === rootRegionName);
  const root: GenomeRegion = named ?? {
    ...{ id: regionIdOf(rootRegionName), name: rootRegionName, parent: null, areas: [], position: [0, 0, 0], position2d: [0, 0] },
    ...{ description: "", designatedInputs: [], designatedOutputs: [] },
  };
  const below = tops.filter((region) => region !== root);
  for (const region of below) region.parent = root.id;
  const title = document.root.members.get("genome_title");
  const only = below.length === 1 ? below[0] : undefined;
  if (named && only && title?.kind === "string" && title.value !== "" && title.value !== "Untitled") only.name = title.value;
  if (!named) regions.set(root.id, root);
  const placed = new Set([...regions.values()].flatMap((region) => region.areas));
  const drivers = document.areas.filter(({ bytes }) => kindOfBytes(bytes) === "modulator").map(({ id }) => id);
  for (const id of [...coreAreas.map(({ bytes }) => encodeId(bytes)), ...drivers]) if (!placed.has(id)) root.areas.push(id);
  if (!named) keepCoreAreas(root, placed, strict, findings);
}

/** FEAGI puts every core area into the root it makes, also where another region has it already. */
function keepCoreAreas(root: GenomeRegion, placed: ReadonlySet<CorticalId>, strict: boolean, findings: Findings): void {
  const elsewhere = coreAreas.filter(({ bytes }) => placed.has(encodeId(bytes)));
  if (strict) root.areas.push(...elsewhere.map(({ bytes }) => encodeId(bytes)));
  else if (elsewhere.length > 0) {
    const names = elsewhere.map(({ name }) => name).join(", ");
    const message = `${names}: in the region of the document alone; FEAGI puts core areas into the root it makes as well.`;
    findings.repair("brain_regions", { code: "REGION_AREA_TWICE", message, expected: "core areas in the root region", found: names });
  }
}
