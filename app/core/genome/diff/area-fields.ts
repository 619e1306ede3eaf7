/**
 * What an area says beyond its id and mappings, field by field and in every dialect alike, and the edits that make it say so.
 * Stored properties without a field are named as in a hierarchical document.
 */
import type { GenomeChange, GenomeEdit } from "#contracts/genome-edit.ts";
import { areaValues, kindGroups, parameterProperties } from "../area-rows.ts";
import type { GenomeArea } from "../genome.ts";
import { jitter } from "../signatures.ts";
import { changesBetween } from "./changes.ts";

type Values = Omit<Extract<GenomeEdit, { kind: "updateArea" }>, "kind" | "area">;

/** Properties that have a field of their own. */
const fieldProperties: ReadonlySet<string> = new Set([
  ...["cortical_name", "block_boundaries", "relative_coordinate", "2d_coordinate", "per_voxel_neuron_cnt", "visualization"],
  ...["x", "y", "z"].map((axis) => `firing_threshold_increment_${axis}`),
  ...["cortical_mapping_dst", ...Object.values(parameterProperties)],
]);

/** Path of a field → value, `parameters.leak` and `properties.dev_count` for example. */
function areaFields(area: GenomeArea): object {
  const { name, kind, dimensions, position, position2d, neuronsPerVoxel, properties, parameters } = area;
  const kept = [...areaValues({ ...area, mappings: new Map() })].filter(([property]) => !fieldProperties.has(property));
  return Object.fromEntries([
    ...Object.entries({ name, kind, dimensions, position, position2d, neuronsPerVoxel, visible: properties.visualization ?? true }),
    ...Object.entries(parameters).map(([parameter, value]) => [`parameters.${parameter}`, value]),
    ...kept.map(([property, value]) => [`properties.${property}`, value]),
  ]);
}

/** Fields that differ; all of them where one side is missing. An area that is there keeps its kind, and what makes it of this kind. */
export function areaChanges(a: GenomeArea | undefined, b: GenomeArea | undefined): GenomeChange[] {
  const changes = changesBetween(a && areaFields(a), b && areaFields(b));
  if (!a || !b) return changes;
  return changes
    .filter(({ what }) => !isSpelling(what, a, b))
    .map((change) => (a.kind !== b.kind && kindFields.has(change.what) ? { ...change, shownOnly: true } : change));
}

/** Any of the three properties makes a memory area. */
const kindFields: ReadonlySet<string> = new Set([
  "kind",
  ...["cortical_group", "sub_group_id", "is_mem_type"].map((name) => `properties.${name}`),
]);

/** An area without a name has its id as it is written, and one without a 2D place a place made from that. */
function isSpelling(what: string, a: GenomeArea, b: GenomeArea): boolean {
  if (what === "name") return isUnnamed(a) && isUnnamed(b);
  return what === "position2d" && isUnplaced(a) && isUnplaced(b);
}

export const isUnnamed = ({ name, documentId }: GenomeArea): boolean => name === documentId;
const isUnplaced = ({ position2d, documentId }: GenomeArea) =>
  position2d?.every((value, axis) => value === jitter(documentId, axis)) ?? false;

/** Told by other edits. */
const told: ReadonlySet<string> = new Set(["id", "kind", "region"]);

/** The `to` side of changes as an edit has it. */
function editedValues(changes: readonly GenomeChange[]): Values {
  const fields: [string, unknown][] = [];
  const parameters: [string, unknown][] = [];
  const properties: [string, unknown][] = [];
  for (const { what, to, shownOnly } of changes) {
    const [, group, name = what] = /^(parameters|properties)\.(.*)$/s.exec(what) ?? [];
    if (shownOnly || told.has(what)) continue;
    if (group === "properties") properties.push([name, to]);
    else if (group === "parameters") parameters.push([name, to]);
    else if (to !== null) fields.push([name, to]);
  }
  return {
    ...Object.fromEntries(fields),
    ...(parameters.length === 0 ? {} : { parameters: Object.fromEntries(parameters) }),
    ...(properties.length === 0 ? {} : { properties: Object.fromEntries(properties) }),
  };
}

/** The edit that gives an area that is there these values; undefined where they need none. */
export function updateOf({ id, kind }: GenomeArea, changes: readonly GenomeChange[]): GenomeEdit | undefined {
  const values = editedValues(changes);
  if (Object.keys(values).length === 0) return undefined;
  const isAtStake = kind === "memory" && changes.some(({ what, shownOnly }) => kindFields.has(what) && !shownOnly);
  // It stays a memory area by its group.
  const properties = isAtStake ? { cortical_group: kindGroups.memory, ...values.properties } : values.properties;
  return { kind: "updateArea", area: id, ...values, ...(properties === undefined ? {} : { properties }) };
}

/** The edit that makes this area anew, under this id; `changes` from nothing to it, where they are known. */
export function creationOf(
  area: GenomeArea,
  id = area.id,
  region?: string,
  changes: readonly GenomeChange[] = areaChanges(undefined, area),
): Extract<GenomeEdit, { kind: "createArea" }> {
  // What a new area has without being told.
  const usual: Record<string, unknown> = {
    "properties.cortical_group": kindGroups[area.kind],
    ...(area.kind === "memory" ? {} : { "properties.sub_group_id": "" }),
    "properties.synapse_attractivity": 100,
    "properties.is_mem_type": false,
  };
  const values = editedValues(changes.filter(({ what, to }) => !(what in usual && usual[what] === to)));
  return { kind: "createArea", area: id, areaKind: area.kind, ...(region === undefined ? {} : { region }), ...values };
}
