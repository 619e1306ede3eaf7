/** Areas: their values, and areas that come, go or get another id. Source: spec/development.md section 7. */
import type { AreaKind, CorticalId, Vec3 } from "#contracts/connectome.ts";
import { parameterProperties } from "../area-rows.ts";
import { decodeId, idTextOf, kindOfBytes } from "../cortical-id.ts";
import type { GenomeArea } from "../genome.ts";
import type { JsonNode } from "../json.ts";
import { newerNames, propertyForms } from "../properties.ts";
import { newAreaParameters } from "../unit-templates.ts";
import type { BlueprintText } from "./area-text.ts";
import { conflict, type EditOf, type GenomeDraft, invalid } from "./draft.ts";
import { renameInRecords } from "./records.ts";
import { forgetArea, placeArea, regionWithout, renameInRegions } from "./region-edits.ts";
import { ensureRegions } from "./region-text.ts";
import { isSame } from "./same.ts";

type AreaValues = Omit<EditOf<"updateArea">, "kind" | "area">;

/** Properties that a field of an edit names, and those it cannot give. */
export const ownProperties: ReadonlySet<string> = new Set([
  ...["cortical_name", "block_boundaries", "relative_coordinate", "2d_coordinate", "per_voxel_neuron_cnt", "cortical_mapping_dst"],
  ...Object.values(parameterProperties),
  ...["x", "y", "z"].map((axis) => `firing_threshold_increment_${axis}`),
  ...Object.values(newerNames),
]);
const knownProperties: ReadonlySet<string> = new Set(propertyForms.map(({ property }) => property));

export function updateArea(draft: GenomeDraft, blueprint: BlueprintText, { area: id, kind: _, ...values }: EditOf<"updateArea">): void {
  const area = draft.areaOf(id);
  const changed = areaWith(area, values);
  const changes = changesOf(values, area);
  if (area.added) {
    if (!isSame(area, changed)) {
      blueprint.write(changed);
      draft.setArea(draft.areaOf(id), askedOf(values));
    }
    return;
  }
  draft.setArea(changed, askedOf(values));
  for (const { property, value, isSame: isDefault } of changes) blueprint.set(area, property, value, isDefault);
}

/** Property → value, in the order of the form; and whether the area has the value already, written or not. */
function changesOf(values: AreaValues, area: GenomeArea): { property: string; value: unknown; isSame: boolean }[] {
  const changes: { property: string; value: unknown; isSame: boolean }[] = [];
  const add = (property: string, value: unknown, old: unknown) => {
    if (value !== undefined) changes.push({ property, value, isSame: isSame(value, old) });
  };
  add("cortical_name", values.name, area.name);
  add("block_boundaries", values.dimensions, area.dimensions);
  add("relative_coordinate", values.position, area.position);
  add("2d_coordinate", values.position2d, area.position2d);
  add("per_voxel_neuron_cnt", values.neuronsPerVoxel, area.neuronsPerVoxel);
  add("visualization", values.visible, area.properties.visualization ?? true);
  const { firingThresholdIncrement: increment, ...parameters } = values.parameters ?? {};
  const isSameIncrement = increment === undefined || isSame(increment, area.parameters.firingThresholdIncrement);
  increment?.forEach((value, axis) => {
    changes.push({ property: `firing_threshold_increment_${"xyz"[axis]}`, value, isSame: isSameIncrement });
  });
  for (const [parameter, value] of Object.entries(parameters)) {
    const key = parameter as keyof typeof parameters;
    add(parameterProperties[key], value, area.parameters[key]);
  }
  for (const [property, value] of Object.entries(values.properties ?? {})) {
    if (ownProperties.has(property)) {
      throw invalid(`${property} has a field of its own in an edit of an area`, { id: area.id, property }, "Use the field.");
    }
    changes.push({ property, value, isSame: false });
  }
  return changes;
}

function askedOf({ visible, properties }: AreaValues): Record<string, unknown> {
  return { ...(visible === undefined ? {} : { visualization: visible }), ...properties };
}

/** The area with the values. */
function areaWith(area: GenomeArea, values: AreaValues): GenomeArea {
  const { name, position, position2d, dimensions, neuronsPerVoxel, parameters = {} } = values;
  const defined = Object.entries(parameters).filter(([, value]) => value !== undefined);
  const properties = { ...area.properties };
  const extras = { ...area.extras };
  for (const [property, value] of Object.entries(askedOf(values))) {
    const owner = knownProperties.has(property) ? properties : extras;
    if (value === null) delete owner[property];
    else Object.defineProperty(owner, property, { value, enumerable: true, configurable: true, writable: true });
  }
  const { extras: _, ...rest } = area;
  return {
    ...rest,
    name: name ?? area.name,
    position: position ?? area.position,
    position2d: position2d ?? area.position2d,
    dimensions: dimensions ?? area.dimensions,
    neuronsPerVoxel: neuronsPerVoxel ?? area.neuronsPerVoxel,
    parameters: { ...area.parameters, ...Object.fromEntries(defined) },
    properties,
    ...(Object.keys(extras).length === 0 ? {} : { extras }),
  };
}

export function createArea(
  draft: GenomeDraft,
  blueprint: BlueprintText,
  { area: id, areaKind, region, kind: _, ...values }: EditOf<"createArea">,
): void {
  const bytes = freeBytes(draft, id);
  if (!fits(areaKind, bytes)) throw invalid(`The id ${idTextOf(bytes)} is not one of a ${areaKind} area`, { id, areaKind });
  const blank: GenomeArea = {
    ...{ id, idText: idTextOf(bytes), documentId: id, name: idTextOf(bytes), kind: areaKind },
    ...{ dimensions: [1, 1, 1] as Vec3, position: [0, 0, 0] as Vec3, position2d: [0, 0] as [number, number], neuronsPerVoxel: 1 },
    ...{ parameters: newAreaParameters, mappings: new Map(), added: true },
    properties: areaKind === "memory" ? { sub_group_id: "MEMORY" } : {},
  };
  changesOf(values, blank);
  if (region !== undefined) {
    ensureRegions(draft);
    draft.regionOf(region);
  }
  const target = region ?? regionWithout(draft, areaKind);
  forgetArea(draft, id);
  draft.areas.set(id, areaWith(blank, values));
  blueprint.write(draft.areaOf(id));
  draft.setArea(draft.areaOf(id), askedOf(values));
  if (target !== undefined) placeArea(draft, id, target);
}

export function removeArea(draft: GenomeDraft, blueprint: BlueprintText, { area: id }: EditOf<"removeArea">): void {
  const area = draft.areaOf(id);
  if (area.kind === "core") throw isCore(area);
  for (const source of [...draft.areas.values()]) {
    if (!source.mappings.has(id)) continue;
    draft.setArea({ ...source, mappings: new Map([...source.mappings].filter(([destination]) => destination !== id)) });
    const object = blueprint.mappings(source);
    for (const key of object?.members.keys() ?? []) if (draft.idOf(key) === id) draft.text.remove(object!, key);
  }
  forgetArea(draft, id);
  blueprint.remove(area);
  draft.areas.delete(id);
  draft.edited.delete(id);
}

export function changeAreaId(draft: GenomeDraft, blueprint: BlueprintText, { area: id, to }: EditOf<"changeAreaId">): void {
  const area = draft.areaOf(id);
  if (id === to) return;
  if (area.kind === "core") throw isCore(area);
  const bytes = freeBytes(draft, to);
  if (!fits(area.kind, bytes)) throw invalid(`The id ${idTextOf(bytes)} is not one of a ${area.kind} area`, { id, to });
  if ([...draft.areas.values()].some(({ mappings }) => mappings.has(to))) {
    throw conflict(`A mapping names the id ${idTextOf(bytes)} already, which no area has`, { id, to }, "Remove the mapping first.");
  }
  // What a document leaves out can depend on the id.
  blueprint.set(area, "cortical_name", area.name);
  if (area.position2d) blueprint.set(area, "2d_coordinate", area.position2d);
  forgetArea(draft, to);
  const documentId = draft.spelled(to);
  blueprint.rename(area, documentId);
  const renamed = new Map<CorticalId, GenomeArea>();
  for (const one of draft.areas.values()) {
    const isItself = one.id === id;
    if (!isItself && !one.mappings.has(id)) {
      renamed.set(one.id, one);
      continue;
    }
    const mappings = new Map([...one.mappings].map(([key, rules]) => [key === id ? to : key, rules]));
    const changed = isItself ? { ...one, id: to, idText: idTextOf(bytes), documentId, mappings } : { ...one, mappings };
    renamed.set(changed.id, changed);
    draft.edited.set(changed.id, draft.edited.get(one.id) ?? {});
    const object = one.mappings.has(id) ? blueprint.mappings(changed) : undefined;
    for (const key of [...(object?.members.keys() ?? [])]) {
      if (draft.idOf(key) === id) draft.text.rename(object!, key, documentId);
    }
  }
  draft.areas.clear();
  for (const [key, one] of renamed) draft.areas.set(key, one);
  draft.edited.delete(id);
  renameInRegions(draft, id, to, documentId);
  for (const one of [...draft.areas.values()]) renameTwin(draft, blueprint, one, id, documentId, to);
  for (const key of ["modulators", "classifiers"]) renameTexts(draft, draft.text.root.members.get(key), id, to);
  renameInRecords(draft, id, to);
}

/** An area that is the memory twin of another one names it. */
function renameTwin(draft: GenomeDraft, blueprint: BlueprintText, area: GenomeArea, from: CorticalId, to: string, id: CorticalId): void {
  const twin = area.properties.memory_twin_of;
  if (typeof twin !== "string" || draft.idOf(twin) !== from) return;
  draft.setArea({ ...area, properties: { ...area.properties, memory_twin_of: id } });
  blueprint.set(area, "memory_twin_of", to);
}

/** Modulators and classifiers name areas anywhere in their records. */
function renameTexts(draft: GenomeDraft, node: JsonNode | undefined, from: CorticalId, to: string): void {
  const isIt = (value: JsonNode) => value.kind === "string" && draft.idOf(value.value) === from;
  if (node?.kind === "array") {
    node.items.forEach((item, i) => {
      if (isIt(item)) draft.text.setItem(node, i, to);
      else renameTexts(draft, item, from, to);
    });
  } else if (node?.kind === "object") {
    for (const [key, value] of [...node.members]) {
      if (isIt(value)) draft.text.set(node, key, to);
      else renameTexts(draft, value, from, to);
    }
  }
}

function freeBytes(draft: GenomeDraft, id: CorticalId): string {
  const bytes = decodeId(id);
  if (bytes === undefined || kindOfBytes(bytes) === undefined) throw invalid(`${JSON.stringify(id)} is no cortical id`, { id });
  const owner = draft.areas.get(id);
  if (owner) throw conflict(`The area ${owner.name} has the id ${idTextOf(bytes)} already`, { id }, "Choose another id.");
  return bytes;
}

/** Older genomes have memory areas whose id begins as one of a custom area, and the other way round. */
function fits(kind: AreaKind, bytes: string): boolean {
  const own = kindOfBytes(bytes);
  return own === kind || ((own === "custom" || own === "memory") && (kind === "custom" || kind === "memory"));
}

const isCore = ({ id, name }: GenomeArea) => conflict(`${name} is a core area, which every brain has`, { id });
