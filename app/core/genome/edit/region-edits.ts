/** Regions and who is in them. Source: spec/development.md section 8. */
import type { AreaKind, CorticalId } from "#contracts/connectome.ts";
import type { GenomeRegion } from "../genome.ts";
import { regionKeyId, rootRegionName } from "../regions.ts";
import { conflict, type EditOf, type GenomeDraft, invalid } from "./draft.ts";
import {
  addMembers,
  areaListsOf,
  ensureRegions,
  ensureRootWritten,
  isArea,
  linkChild,
  nameRoot,
  parentText,
  pinCircuits,
  rootOf,
  setField,
  setName,
  unlinkChild,
  writeRegion,
  writtenRegion,
} from "./region-text.ts";
import { isSame } from "./same.ts";

/** The loader puts drivers of modulators, like core areas, into the root; other areas without a region get there when they are grown. */
export function regionWithout(draft: GenomeDraft, kind: AreaKind): string | undefined {
  return kind === "modulator" ? rootOf(draft)?.id : undefined;
}

/** Takes the area out of every list of every region. */
export function forgetArea(draft: GenomeDraft, area: CorticalId): void {
  for (const list of areaListsOf(draft)) draft.text.keepItems(list, (item) => !isArea(draft, item, area));
  rewriteMembers(draft, area, []);
}

/** In regions as they will be read: another id, or none, in place of the area. */
function rewriteMembers(draft: GenomeDraft, area: CorticalId, replacement: CorticalId[]): void {
  const rewritten = (ids: CorticalId[]) => ids.flatMap((id) => (id === area ? replacement : [id]));
  for (const region of [...draft.regions.values()]) {
    if (!region.areas.includes(area)) continue;
    draft.regions.set(region.id, {
      ...region,
      areas: rewritten(region.areas),
      designatedInputs: rewritten(region.designatedInputs),
      designatedOutputs: rewritten(region.designatedOutputs),
    });
  }
}

export function placeArea(draft: GenomeDraft, area: CorticalId, target: string): void {
  ensureRegions(draft);
  const region = draft.regionOf(target);
  if (region.areas.includes(area)) return;
  forgetArea(draft, area);
  const { kind } = draft.areaOf(area);
  const takesByItself = region.parent === null && (kind === "core" || kind === "modulator");
  if (region.parent === null && !takesByItself) ensureRootWritten(draft);
  draft.regions.set(target, { ...region, areas: [...region.areas, area] });
  addMembers(draft, target, [area]);
}

export function renameInRegions(draft: GenomeDraft, from: CorticalId, to: CorticalId, written: string): void {
  for (const list of areaListsOf(draft)) {
    list.items.forEach((item, i) => {
      if (isArea(draft, item, from)) draft.text.setItem(list, i, written);
    });
  }
  rewriteMembers(draft, from, [to]);
}

export function moveArea(draft: GenomeDraft, { area, region }: EditOf<"moveArea">): void {
  draft.areaOf(area);
  placeArea(draft, area, region);
}

export function createRegion(draft: GenomeDraft, edit: EditOf<"createRegion">): void {
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

export function updateRegion(draft: GenomeDraft, edit: EditOf<"updateRegion">): void {
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
  addMembers(draft, id, [...(edit.designatedInputs ?? []), ...(edit.designatedOutputs ?? [])]);
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

export function removeRegion(draft: GenomeDraft, { id }: EditOf<"removeRegion">): void {
  ensureRegions(draft);
  const region = draft.regionOf(id);
  const { parent } = region;
  if (parent === null) throw conflict("The root region stays", { id }, "Remove regions below it.");
  if (draft.regionOf(parent).parent === null) ensureRootWritten(draft);
  pinCircuits(draft);
  for (const child of [...draft.regions.values()]) if (child.parent === id) moveRegion(draft, child, parent);
  unlinkChild(draft, parent, id);
  draft.text.remove(draft.section("brain_regions"), writtenRegion(draft, id)![0]);
  draft.regions.delete(id);
  const above = draft.regionOf(parent);
  draft.regions.set(parent, { ...above, areas: [...above.areas, ...region.areas] });
  addMembers(draft, parent, region.areas);
}

/** Both lists name members only, and none twice. */
function checkDesignations(
  draft: GenomeDraft,
  region: GenomeRegion,
  edit: Pick<EditOf<"updateRegion">, "designatedInputs" | "designatedOutputs">,
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
