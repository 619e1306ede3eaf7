/**
 * The text of regions, in a document of either shape. Where a document has no regions, an edit that needs one first writes those that
 * development would make. Source: spec/genome.md section 8.
 */
import type { CorticalId } from "#contracts/connectome.ts";
import { regionsOf } from "../../development/regions.ts";
import type { GenomeRegion } from "../genome.ts";
import type { JsonArray, JsonNode, JsonObject } from "../json.ts";
import { currentRegion, olderRegion } from "../save.ts";
import type { GenomeDraft } from "./draft.ts";

const memberLists = ["cortical_areas", "areas"];
const areaLists = [...memberLists, "inputs", "outputs", "designated_inputs", "designated_outputs"];

function regionNodes({ text }: GenomeDraft): [key: string, node: JsonObject][] {
  const written = text.root.members.get("brain_regions");
  return written?.kind === "object"
    ? [...written.members].filter((entry): entry is [string, JsonObject] => entry[1].kind === "object")
    : [];
}

/** Key and node of a region; undefined for a root that only the loader put around the others. */
export function writtenRegion(draft: GenomeDraft, id: string): [key: string, node: JsonObject] | undefined {
  return regionNodes(draft).find(([key]) => draft.regionId(key) === id);
}

function propertiesOf(node: JsonObject): JsonObject | undefined {
  const properties = node.members.get("properties");
  return properties?.kind === "object" ? properties : undefined;
}

/** Where the first of these names has a value: in the region or in its properties. */
function placeOf(node: JsonObject, names: readonly string[]): [owner: JsonObject, name: string] | undefined {
  for (const name of names) {
    const owner = node.members.has(name) ? node : propertiesOf(node);
    const value = owner?.members.get(name);
    if (owner && value && value.kind !== "null") return [owner, name];
  }
  return undefined;
}

function arrayAt(owner: JsonObject | undefined, name: string): JsonArray | undefined {
  const list = owner?.members.get(name);
  return list?.kind === "array" ? list : undefined;
}

export const rootOf = ({ regions }: GenomeDraft) => [...regions.values()].find(({ parent }) => parent === null);

/** Regions of today have `properties`, older ones have not. */
const isCurrentShape = (draft: GenomeDraft) => {
  const first = regionNodes(draft)[0]?.[1];
  return first ? first.members.has("properties") || first.members.has("cortical_areas") : draft.genome.dialect === "feagi-3";
};

export function setField(draft: GenomeDraft, node: JsonObject, names: readonly string[], value: unknown): void {
  const isTop = node.members.has(names[0]!) || names.includes("name");
  const [owner, name] = placeOf(node, names) ?? [isTop ? node : (propertiesOf(node) ?? node), names[0]!];
  draft.text.set(owner, name, value);
}

const nameFields = ["title", "name"];
const newNameFields = ["name", "title"];

export function setName(draft: GenomeDraft, node: JsonObject, name: string): void {
  setField(draft, node, isCurrentShape(draft) ? (placeOf(node, nameFields) ? nameFields : newNameFields) : nameFields, name);
}

export function writeRegion(draft: GenomeDraft, region: GenomeRegion): void {
  const form = isCurrentShape(draft) ? currentRegion : olderRegion;
  const parent = region.parent === null ? null : parentText(draft, region.parent);
  const written = form({ ...region, parent }, draft, { id: (id) => draft.spelled(id), rule: (rule) => rule });
  draft.text.set(draft.section("brain_regions"), region.id, written);
}

/** The key of a parent in the document; null stands for the root that the loader puts around all. */
export function parentText(draft: GenomeDraft, parent: string): string | null {
  return writtenRegion(draft, parent)?.[0] ?? null;
}

/** The regions that development would make, where the document has none. */
export function ensureRegions(draft: GenomeDraft): void {
  if (draft.regions.size > 0) return;
  const grown = regionsOf({ ...draft.genome, areas: draft.areas, title: draft.title, regions: new Map() });
  for (const { id, name, parent, areas, position } of grown.values()) {
    const plain = { description: "", designatedInputs: [], designatedOutputs: [] };
    draft.regions.set(id, { id, name, parent, areas, position, position2d: [0, 0], ...plain });
  }
  for (const region of draft.regions.values()) writeRegion(draft, region);
  nameRoot(draft);
}

export function nameRoot(draft: GenomeDraft): void {
  const root = rootOf(draft);
  if (root && draft.genome.dialect === "feagi-3") draft.text.set(draft.text.root, "brain_regions_root", root.id);
}

/** The root that the loader put around the regions of the document gets a place in it. */
export function ensureRootWritten(draft: GenomeDraft): void {
  const root = rootOf(draft);
  if (!root || writtenRegion(draft, root.id)) return;
  writeRegion(draft, root);
  nameRoot(draft);
  pinCircuits(draft);
}

/**
 * The one circuit without a parent beside a root goes by the title of the genome, whatever it is called. Before an edit that changes
 * the title, a name or the number of such circuits, they get the parent and the name they have.
 */
export function pinCircuits(draft: GenomeDraft): void {
  const root = rootOf(draft);
  const rootKey = root && writtenRegion(draft, root.id)?.[0];
  if (rootKey === undefined) return;
  for (const [key, node] of regionNodes(draft)) {
    const region = draft.regions.get(draft.regionId(key));
    if (key === rootKey || !region || placeOf(node, ["parent_region_id"])) continue;
    setField(draft, node, ["parent_region_id"], rootKey);
    const place = placeOf(node, nameFields);
    const name = place?.[0].members.get(place[1]);
    if ((name?.kind === "string" ? name.value : key) !== region.name) setName(draft, node, region.name);
  }
}

/** Every list of areas in every region. */
export function areaListsOf(draft: GenomeDraft): JsonArray[] {
  return regionNodes(draft).flatMap(([, node]) =>
    [node, propertiesOf(node)].flatMap((owner) => areaLists.map((name) => arrayAt(owner, name)).filter((list) => list !== undefined)),
  );
}

export const isArea = (draft: GenomeDraft, item: JsonNode, area: CorticalId) => item.kind === "string" && draft.idOf(item.value) === area;

/** At the end of the region's list, those that are not in it yet. */
export function addMembers(draft: GenomeDraft, region: string, areas: readonly CorticalId[]): void {
  const node = writtenRegion(draft, region)?.[1];
  if (!node || areas.length === 0) return;
  const name = memberLists.find((one) => arrayAt(node, one)) ?? (isCurrentShape(draft) ? "cortical_areas" : "areas");
  if (!arrayAt(node, name)) draft.text.set(node, name, []);
  const list = arrayAt(node, name)!;
  const listed = new Set(list.items.map((item) => (item.kind === "string" ? draft.idOf(item.value) : undefined)));
  for (const area of areas) if (!listed.has(area)) draft.text.push(list, draft.spelled(area));
}

/** Older regions list their children. */
export function linkChild(draft: GenomeDraft, parent: string, id: string): void {
  const list = arrayAt(writtenRegion(draft, parent)?.[1], "regions");
  const key = writtenRegion(draft, id)?.[0] ?? id;
  if (list && !list.items.some((item) => item.kind === "string" && item.value === key)) draft.text.push(list, key);
}

export function unlinkChild(draft: GenomeDraft, parent: string, id: string): void {
  const list = arrayAt(writtenRegion(draft, parent)?.[1], "regions");
  if (list) draft.text.keepItems(list, (item) => item.kind !== "string" || draft.regionId(item.value) !== id);
}
