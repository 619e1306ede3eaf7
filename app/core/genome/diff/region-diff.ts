/** Regions of two genomes: fields that differ, and the edits between them. */
import type { GenomeChange, GenomeEdit } from "#contracts/genome-edit.ts";
import type { GenomeRegion } from "../genome.ts";
import { statesRegions, type Way } from "./alignment.ts";
import { changesBetween } from "./changes.ts";

type RegionEdit = Extract<GenomeEdit, { kind: "updateRegion" }>;

const structure = ["parent", "name", "description", "position", "position2d"] as const;
const designations = ["designatedInputs", "designatedOutputs"] as const;

/** Fields by their path. Membership is told by the areas. */
function fieldsOf(region: GenomeRegion, regionId: (id: string) => string, areaId: (id: string) => string): object {
  const { parent, name, description, position, position2d, designatedInputs, designatedOutputs, extras = {} } = region;
  return Object.fromEntries([
    ...Object.entries({ parent: parent === null ? null : regionId(parent), name, description, position, position2d }),
    ["designatedInputs", designatedInputs.map(areaId).sort()],
    ["designatedOutputs", designatedOutputs.map(areaId).sort()],
    ...Object.entries(extras).map(([key, value]) => [`extras.${key}`, value]),
  ]);
}

const itself = (id: string) => id;

/** Regions as `from` calls them, areas as `to` does. */
export function regionChanges(way: Way, a: GenomeRegion | undefined, b: GenomeRegion | undefined): GenomeChange[] {
  const changes = changesBetween(a && fieldsOf(a, itself, way.areaId), b && fieldsOf(b, way.regionId, itself));
  return changes.map((change) => (change.what.startsWith("extras.") ? { ...change, shownOnly: true } : change));
}

/** A genome that says nothing about regions takes none away. Designations are edits of their own: areas must be members first. */
export function regionEdits(way: Way, a: GenomeRegion | undefined, b: GenomeRegion | undefined): GenomeEdit[] {
  if (!statesRegions(way.to)) return [];
  if (!b) return a ? [{ kind: "removeRegion", id: a.id }] : [];
  const id = way.regionId(b.id);
  const values = new Map(regionChanges(way, a, b).map(({ what, to }) => [what, to]));
  const chosen = (keys: readonly string[]) =>
    Object.fromEntries(keys.filter((key) => isEdited(key, values)).map((key) => [key, values.get(key)]));
  const edits: GenomeEdit[] = [];
  const { parent, ...others } = chosen(structure);
  if (!a) edits.push({ kind: "createRegion", id, parent: (parent ?? null) as string | null, ...others });
  else if (parent !== undefined || Object.keys(others).length > 0) edits.push({ kind: "updateRegion", id, ...chosen(structure) });
  // Areas that had no region before, because there were none.
  if (!a && !statesRegions(way.from)) {
    const members = new Set(b.areas);
    const areas = [...way.from.areas.keys()].map(way.areaId).filter((area) => members.has(area));
    edits.push(...areas.map((area): GenomeEdit => ({ kind: "moveArea", area, region: id })));
  }
  const designated = a ? chosen(designations) : nonEmpty(chosen(designations));
  if (Object.keys(designated).length > 0) edits.push({ kind: "updateRegion", id, ...designated } as RegionEdit);
  return edits;
}

/** Neither can a name be nothing, nor a region with a parent become the root. */
function isEdited(key: string, values: ReadonlyMap<string, unknown>): boolean {
  const value = values.get(key);
  return value !== undefined && value !== null && !(key === "name" && value === "");
}

const nonEmpty = (lists: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(lists).filter(([, list]) => (list as unknown[]).length > 0));
