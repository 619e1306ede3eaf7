/**
 * Regions and who is in them, in a document of either shape. Where a document has no regions, an edit that needs one first writes those
 * that development would make. Source: spec/genome.md section 8, spec/development.md section 8.
 */
import type { AreaKind, CorticalId } from "#contracts/connectome.ts";
import type { GenomeEdit } from "#contracts/genome-edit.ts";
import { regionsOf } from "../../development/regions.ts";
import type { GenomeRegion } from "../genome.ts";
import type { JsonArray, JsonNode, JsonObject } from "../json.ts";
import { regionKeyId, rootRegionName } from "../regions.ts";
import { currentRegion, olderRegion } from "../save.ts";
import { conflict, type GenomeDraft, invalid } from "./draft.ts";
import { isSame } from "./same.ts";

type Edit<K extends GenomeEdit["kind"]> = Extract<GenomeEdit, { kind: K }>;

const memberLists = ["cortical_areas", "areas"];
const areaLists = [...memberLists, "inputs", "outputs", "designated_inputs", "designated_outputs"];

// Reading the document.

function regionNodes({ text }: GenomeDraft): [key: string, node: JsonObject][] {
  const written = text.root.members.get("brain_regions");
  return written?.kind === "object"
    ? [...written.members].filter((entry): entry is [string, JsonObject] => entry[1].kind === "object")
    : [];
}

/** Key and node of a region; undefined for a root that only the loader put around the others. */
function writtenRegion(draft: GenomeDraft, id: string): [key: string, node: JsonObject] | undefined {
  return regionNodes(draft).find(([key]) => regionKeyId(key) === id);
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

const rootOf = ({ regions }: GenomeDraft) => [...regions.values()].find(({ parent }) => parent === null);

/** Regions of today have `properties`, older ones have not. */
const isCurrentShape = (draft: GenomeDraft) => {
  const first = regionNodes(draft)[0]?.[1];
  return first ? first.members.has("properties") || first.members.has("cortical_areas") : draft.genome.dialect === "feagi-3";
};

// Writing it.

function setField(draft: GenomeDraft, node: JsonObject, names: readonly string[], value: unknown): void {
  const isTop = node.members.has(names[0]!) || names.includes("name");
  const [owner, name] = placeOf(node, names) ?? [isTop ? node : (propertiesOf(node) ?? node), names[0]!];
  draft.text.set(owner, name, value);
}

const nameFields = ["title", "name"];
const newNameFields = ["name", "title"];

function setName(draft: GenomeDraft, node: JsonObject, name: string): void {
  setField(draft, node, isCurrentShape(draft) ? (placeOf(node, nameFields) ? nameFields : newNameFields) : nameFields, name);
}

function writeRegion(draft: GenomeDraft, region: GenomeRegion): void {
  const form = isCurrentShape(draft) ? currentRegion : olderRegion;
  const parent = region.parent === null ? null : parentText(draft, region.parent);
  const written = form({ ...region, parent }, draft, { id: (id) => draft.spelled(id), rule: (rule) => rule });
  draft.text.set(draft.section("brain_regions"), region.id, written);
}

/** The key of a parent in the document; null stands for the root that the loader puts around all. */
function parentText(draft: GenomeDraft, parent: string): string | null {
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

function nameRoot(draft: GenomeDraft): void {
  const root = rootOf(draft);
  if (root && draft.genome.dialect === "feagi-3") draft.text.set(draft.text.root, "brain_regions_root", root.id);
}

/** The root that the loader put around the regions of the document gets a place in it. */
function ensureRootWritten(draft: GenomeDraft): void {
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
    const region = draft.regions.get(regionKeyId(key));
    if (key === rootKey || !region || placeOf(node, ["parent_region_id"])) continue;
    setField(draft, node, ["parent_region_id"], rootKey);
    const place = placeOf(node, nameFields);
    const name = place?.[0].members.get(place[1]);
    if ((name?.kind === "string" ? name.value : key) !== region.name) setName(draft, node, region.name);
  }
}

// Membership.

const holderOf = ({ regions }: GenomeDraft, area: CorticalId) => [...regions.values()].find(({ areas }) => areas.includes(area));

/** The loader puts drivers of modulators, like core areas, into the root; other areas without a region get there when they are grown. */
export function regionWithout(draft: GenomeDraft, kind: AreaKind): string | undefined {
  return kind === "modulator" ? rootOf(draft)?.id : undefined;
}

/** Takes the area out of every list of every region. */
export function forgetArea(draft: GenomeDraft, area: CorticalId): void {
  for (const [, node] of regionNodes(draft)) {
    for (const owner of [node, propertiesOf(node)]) {
      for (const name of areaLists) {
        const list = arrayAt(owner, name);
        if (list) draft.text.keepItems(list, (item) => !isArea(draft, item, area));
      }
    }
  }
  const holder = holderOf(draft, area);
  if (!holder) return;
  const others = (ids: CorticalId[]) => ids.filter((id) => id !== area);
  draft.regions.set(holder.id, {
    ...holder,
    areas: others(holder.areas),
    designatedInputs: others(holder.designatedInputs),
    designatedOutputs: others(holder.designatedOutputs),
  });
}

const isArea = (draft: GenomeDraft, item: JsonNode, area: CorticalId) => item.kind === "string" && draft.idOf(item.value) === area;

export function placeArea(draft: GenomeDraft, area: CorticalId, target: string): void {
  ensureRegions(draft);
  const region = draft.regionOf(target);
  if (region.areas.includes(area)) return;
  forgetArea(draft, area);
  const { kind } = draft.areaOf(area);
  const takesByItself = region.parent === null && (kind === "core" || kind === "modulator");
  if (!takesByItself) ensureRootWrittenFor(draft, region);
  draft.regions.set(target, { ...region, areas: [...region.areas, area] });
  addMember(draft, target, area);
}

function ensureRootWrittenFor(draft: GenomeDraft, region: GenomeRegion): void {
  if (region.parent === null) ensureRootWritten(draft);
}

function addMember(draft: GenomeDraft, region: string, area: CorticalId): void {
  const node = writtenRegion(draft, region)?.[1];
  if (!node) return;
  const name = memberLists.find((one) => arrayAt(node, one)) ?? (isCurrentShape(draft) ? "cortical_areas" : "areas");
  if (!arrayAt(node, name)) draft.text.set(node, name, []);
  const list = arrayAt(node, name)!;
  if (!list.items.some((item) => isArea(draft, item, area))) draft.text.push(list, draft.spelled(area));
}

export function renameInRegions(draft: GenomeDraft, from: CorticalId, to: CorticalId, written: string): void {
  for (const [, node] of regionNodes(draft)) {
    for (const owner of [node, propertiesOf(node)]) {
      for (const name of areaLists) {
        const list = arrayAt(owner, name);
        list?.items.forEach((item, i) => {
          if (isArea(draft, item, from)) draft.text.setItem(list, i, written);
        });
      }
    }
  }
  const holder = holderOf(draft, from);
  if (!holder) return;
  const renamed = (ids: CorticalId[]) => ids.map((id) => (id === from ? to : id));
  draft.regions.set(holder.id, {
    ...holder,
    areas: renamed(holder.areas),
    designatedInputs: renamed(holder.designatedInputs),
    designatedOutputs: renamed(holder.designatedOutputs),
  });
}

// The edits.

export function moveArea(draft: GenomeDraft, { area, region }: Edit<"moveArea">): void {
  draft.areaOf(area);
  placeArea(draft, area, region);
}

export function createRegion(draft: GenomeDraft, edit: Edit<"createRegion">): void {
  const { id, parent } = edit;
  if (regionKeyId(id) !== id) throw invalid(`The id of a region must be a UUID, not ${JSON.stringify(id)}`, { id });
  if (parent !== null) ensureRegions(draft);
  if (draft.regions.has(id)) throw conflict("A region has this id already", { id }, "Choose another id.");
  const blank = { areas: [], description: "", designatedInputs: [], designatedOutputs: [] };
  const region: GenomeRegion = {
    ...{ ...blank, id, name: edit.name ?? id, parent, position: edit.position ?? [0, 0, 0], position2d: edit.position2d ?? [0, 0] },
    description: edit.description ?? "",
  };
  checkDesignations(draft, region, edit);
  if (parent === null) {
    if (draft.regions.size > 0) throw conflict("There is a root region already", { id }, "Name it or another region as the parent.");
    if (region.name !== rootRegionName) throw invalid(`The root region is called ${rootRegionName}`, { id, name: region.name });
    const core = [...draft.areas.values()].filter(({ kind }) => kind === "core" || kind === "modulator");
    region.areas = core.map((area) => area.id);
  } else draft.regionOf(parent);
  draft.regions.set(id, region);
  writeRegion(draft, region);
  if (parent === null) nameRoot(draft);
  else linkChild(draft, parent, id);
}

export function updateRegion(draft: GenomeDraft, edit: Edit<"updateRegion">): void {
  const { id, name, parent, description, position, position2d } = edit;
  ensureRegions(draft);
  const old = draft.regionOf(id);
  if (old.parent === null && name !== undefined && name !== old.name) {
    throw conflict(`The root region is called ${rootRegionName} in every genome`, { id, name });
  }
  checkDesignations(draft, old, edit);
  if (parent !== undefined && parent !== old.parent) moveRegion(draft, old, parent);
  const given = {
    name,
    description,
    position,
    position2d,
    designatedInputs: edit.designatedInputs,
    designatedOutputs: edit.designatedOutputs,
  };
  const values = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Partial<GenomeRegion>;
  const region = { ...draft.regionOf(id), ...values };
  if (isSame(region, draft.regionOf(id))) return;
  if (old.parent === null) ensureRootWritten(draft);
  const node = writtenRegion(draft, id)![1];
  if (name !== undefined && name !== old.name) {
    pinCircuits(draft);
    setName(draft, node, name);
  }
  const write = (field: string, before: unknown, after: unknown, value = after) => {
    if (after !== undefined && !isSame(before, after)) setField(draft, node, [field], value);
  };
  write("description", old.description, description);
  write("coordinate_3d", old.position, position);
  write("coordinate_2d", old.position2d, position2d);
  draft.regions.set(id, region);
  // The loader looks for designated areas among those that are listed.
  for (const area of [...(edit.designatedInputs ?? []), ...(edit.designatedOutputs ?? [])]) addMember(draft, id, area);
  const spelled = (ids: CorticalId[] | undefined) => ids?.map((one) => draft.spelled(one));
  write("designated_inputs", old.designatedInputs, edit.designatedInputs, spelled(edit.designatedInputs));
  write("designated_outputs", old.designatedOutputs, edit.designatedOutputs, spelled(edit.designatedOutputs));
}

function moveRegion(draft: GenomeDraft, region: GenomeRegion, parent: string): void {
  const { id } = region;
  draft.regionOf(parent);
  if (region.parent === null) throw conflict("The root region has no parent", { id, parent });
  for (let at: string | null = parent; at !== null; at = draft.regions.get(at)?.parent ?? null) {
    if (at === id) throw conflict(`The region ${region.name} would be inside itself`, { id, parent }, "Choose a region outside it.");
  }
  pinCircuits(draft);
  unlinkChild(draft, region.parent, id);
  draft.regions.set(id, { ...region, parent });
  setField(draft, writtenRegion(draft, id)![1], ["parent_region_id"], parentText(draft, parent));
  linkChild(draft, parent, id);
}

export function removeRegion(draft: GenomeDraft, { id }: Edit<"removeRegion">): void {
  ensureRegions(draft);
  const region = draft.regionOf(id);
  const { parent } = region;
  if (parent === null) throw conflict("The root region stays", { id }, "Remove regions below it.");
  if (draft.regionOf(parent).parent === null) ensureRootWritten(draft);
  pinCircuits(draft);
  for (const child of [...draft.regions.values()]) if (child.parent === id) moveRegion(draft, child, parent);
  for (const area of region.areas) placeArea(draft, area, parent);
  unlinkChild(draft, parent, id);
  draft.text.remove(draft.section("brain_regions"), writtenRegion(draft, id)![0]);
  draft.regions.delete(id);
}

/** Older regions list their children. */
function linkChild(draft: GenomeDraft, parent: string, id: string): void {
  const list = arrayAt(writtenRegion(draft, parent)?.[1], "regions");
  const key = writtenRegion(draft, id)?.[0] ?? id;
  if (list && !list.items.some((item) => item.kind === "string" && item.value === key)) draft.text.push(list, key);
}

function unlinkChild(draft: GenomeDraft, parent: string, id: string): void {
  const list = arrayAt(writtenRegion(draft, parent)?.[1], "regions");
  if (list) draft.text.keepItems(list, (item) => item.kind !== "string" || regionKeyId(item.value) !== id);
}

/** Both lists name members only, and none twice. */
function checkDesignations(
  draft: GenomeDraft,
  region: GenomeRegion,
  edit: Pick<Edit<"updateRegion">, "designatedInputs" | "designatedOutputs">,
): void {
  const inputs = edit.designatedInputs ?? region.designatedInputs;
  const outputs = edit.designatedOutputs ?? region.designatedOutputs;
  const name = (id: CorticalId) => draft.areas.get(id)?.name ?? id;
  for (const id of [...(edit.designatedInputs ?? []), ...(edit.designatedOutputs ?? [])]) {
    if (!region.areas.includes(id)) throw invalid(`${name(id)} is not in the region ${region.name}`, { id, region: region.id });
    if (inputs.includes(id) && outputs.includes(id)) {
      throw invalid(`${name(id)} cannot be a designated input and output at once`, { id, region: region.id });
    }
  }
}
