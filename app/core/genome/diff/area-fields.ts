/**
 * What an area says beyond its id and mappings, field by field and in every dialect alike, and the edits that make it say so.
 * Stored properties without a field are named as in a hierarchical document.
 */
import { type AreaParameters, AreaParametersPatch } from "#contracts/connectome.ts";
import type { GenomeChange, GenomeEdit } from "#contracts/genome-edit.ts";
import { areaValues, kindGroups, parameterProperties } from "../area-rows.ts";
import type { GenomeArea } from "../genome.ts";
import { jitter } from "../signatures.ts";
import { changesBetween, same } from "./changes.ts";

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

/** Fields that differ; all of them where one side is missing. */
export function areaChanges(a: GenomeArea | undefined, b: GenomeArea | undefined): GenomeChange[] {
  const changes = changesBetween(a && areaFields(a), b && areaFields(b));
  return a && b ? changes.filter(({ what }) => !isSpelling(what, a, b)) : changes;
}

/** An area without a name has its id as it is written, and one without a 2D place a place made from that. */
function isSpelling(what: string, ...areas: GenomeArea[]): boolean {
  if (what === "name") return areas.every(isUnnamed);
  return (
    what === "position2d" &&
    areas.every(({ documentId, position2d }) =>
      same(
        position2d,
        [0, 1].map((i) => jitter(documentId, i)),
      ),
    )
  );
}

export const isUnnamed = ({ name, documentId }: GenomeArea): boolean => name === documentId;

/** The `to` side of changes as an edit has it. */
export function editedValues(changes: readonly GenomeChange[]): Values {
  const fields: [string, unknown][] = [];
  const parameters: [string, unknown][] = [];
  const properties: [string, unknown][] = [];
  for (const { what, to } of changes) {
    const [, group, name = what] = /^(parameters|properties)\.(.*)$/s.exec(what) ?? [];
    if (group === "properties") properties.push([name, to]);
    else if (group === "parameters") {
      // Old genomes hold what no engine gives a meaning to, such as a leak of 10.
      if (AreaParametersPatch.shape[name as keyof AreaParameters].safeParse(to).success) parameters.push([name, to]);
      else properties.push([parameterProperties[name as keyof typeof parameterProperties], to]);
    } else if (name !== "kind" && to !== null) fields.push([name, to]);
  }
  return {
    ...Object.fromEntries(fields),
    ...(parameters.length === 0 ? {} : { parameters: Object.fromEntries(parameters) }),
    ...(properties.length === 0 ? {} : { properties: Object.fromEntries(properties) }),
  };
}

/** The edit that makes this area anew, under this id. */
export function creationOf(area: GenomeArea, id = area.id, region?: string): Extract<GenomeEdit, { kind: "createArea" }> {
  const usual = new Map<string, unknown>([
    ["properties.cortical_group", kindGroups[area.kind]],
    ["properties.sub_group_id", ""],
    ["properties.synapse_attractivity", 100],
    ["properties.is_mem_type", false],
  ]);
  const stated = areaChanges(undefined, area).filter(({ what, to }) => !usual.has(what) || usual.get(what) !== to);
  return { kind: "createArea", area: id, areaKind: area.kind, ...(region === undefined ? {} : { region }), ...editedValues(stated) };
}
