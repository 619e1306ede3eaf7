/**
 * Makes edits on a typed genome and minds their order: what an edit names must be there, what it takes away must not be in use.
 * Documents are none of its business; it tells whether edits lead from one genome to another.
 */
import type { CorticalId, Morphology } from "#contracts/connectome.ts";
import type { GenomeEdit } from "#contracts/genome-edit.ts";
import { decodeId, idTextOf } from "../cortical-id.ts";
import type { Genome, GenomeArea, GenomeRegion } from "../genome.ts";
import { propertyNames } from "../properties.ts";

type Edit<K extends GenomeEdit["kind"]> = Extract<GenomeEdit, { kind: K }>;
type AreaValues = Edit<"createArea"> | Edit<"updateArea">;

export function applyToTypedGenome(genome: Genome, edits: readonly GenomeEdit[]): Genome {
  const areas = new Map([...genome.areas].map(([id, area]) => [id, structuredClone(area)]));
  const regions = new Map([...genome.regions].map(([id, region]) => [id, structuredClone(region)]));
  const after: Genome = { ...genome, areas, regions, morphologies: new Map(genome.morphologies) };
  for (const edit of edits) apply(after, edit);
  return after;
}

function apply(genome: Genome, edit: GenomeEdit): void {
  const { areas, regions, morphologies } = genome;
  switch (edit.kind) {
    case "createArea": {
      if (areas.has(edit.area)) throw new Error(`area ${edit.area} is there already`);
      areas.set(edit.area, withValues({ ...blankArea(genome), id: edit.area, idText: edit.area, kind: edit.areaKind }, edit));
      if (edit.region !== undefined) get(regions, edit.region).areas.push(edit.area);
      return;
    }
    case "updateArea":
      areas.set(edit.area, withValues(get(areas, edit.area), edit));
      return;
    case "removeArea":
      get(areas, edit.area);
      areas.delete(edit.area);
      for (const { mappings } of areas.values()) mappings.delete(edit.area);
      leaveRegions(genome, edit.area);
      return;
    case "changeAreaId":
      renameArea(genome, edit.area, edit.to);
      return;
    case "moveArea":
      get(areas, edit.area);
      leaveRegions(genome, edit.area);
      get(regions, edit.region).areas.push(edit.area);
      return;
    case "setMapping": {
      if (edit.rules.length > 0) get(areas, edit.dst);
      for (const { morphology } of edit.rules) get(morphologies, morphology);
      const { mappings } = get(areas, edit.src);
      if (edit.rules.length > 0) mappings.set(edit.dst, edit.rules);
      else if (!mappings.delete(edit.dst)) throw new Error(`no mapping to ${edit.dst}`);
      return;
    }
    case "setMorphology":
      morphologies.set(edit.morphology.id, edit.morphology as Morphology);
      return;
    case "removeMorphology":
      get(morphologies, edit.id);
      for (const { mappings } of areas.values()) {
        for (const rule of [...mappings.values()].flat()) if (rule.morphology === edit.id) throw new Error(`${edit.id} is in use`);
      }
      morphologies.delete(edit.id);
      return;
    case "createRegion":
      createRegion(regions, edit);
      return;
    case "updateRegion":
      updateRegion(regions, edit);
      return;
    case "removeRegion": {
      const { parent, areas: members } = get(regions, edit.id);
      if (parent === null) throw new Error("the root stays");
      get(regions, parent).areas.push(...members);
      for (const region of regions.values()) if (region.parent === edit.id) region.parent = parent;
      regions.delete(edit.id);
      return;
    }
    case "updatePhysiology": {
      const { kind: _kind, ...values } = edit;
      genome.physiology = { ...genome.physiology, ...values } as Genome["physiology"];
      return;
    }
    case "updateGenome":
      genome.title = edit.title ?? genome.title;
      genome.description = edit.description ?? genome.description;
  }
}

function get<T>(map: ReadonlyMap<string, T>, id: string): T {
  const found = map.get(id);
  if (found === undefined) throw new Error(`there is no ${id}`);
  return found;
}

/** A core area has everything; what an edit does not say would stay as nonsense and be found. */
const blankArea = ({ areas }: Genome): GenomeArea => {
  const [any] = areas.values();
  return { ...structuredClone(any!), name: "?", position2d: null, mappings: new Map(), properties: {}, extras: {}, added: false };
};

function withValues(area: GenomeArea, { parameters, properties = {}, visible, ...edit }: AreaValues): GenomeArea {
  const { name = area.name, position = area.position, position2d = area.position2d } = edit;
  const { dimensions = area.dimensions, neuronsPerVoxel = area.neuronsPerVoxel } = edit;
  const next = structuredClone({ ...area, name, position, position2d, dimensions, neuronsPerVoxel });
  Object.assign(next.parameters, parameters);
  if (visible !== undefined) next.properties.visualization = visible;
  const extras = new Map(Object.entries(next.extras ?? {}));
  for (const [property, value] of Object.entries(properties)) {
    if (propertyNames.has(property)) next.properties[property] = value;
    else if (value === null) extras.delete(property);
    else extras.set(property, value);
  }
  return { ...next, extras: Object.fromEntries(extras) };
}

function renameArea({ areas, regions }: Genome, id: CorticalId, to: CorticalId): void {
  if (areas.has(to)) throw new Error(`area ${to} is there already`);
  const area = get(areas, id);
  areas.delete(id);
  areas.set(to, { ...area, id: to, idText: idTextOf(decodeId(to) ?? to) });
  const renamed = (one: CorticalId) => (one === id ? to : one);
  for (const one of areas.values()) one.mappings = new Map([...one.mappings].map(([dst, rules]) => [renamed(dst), rules]));
  for (const region of regions.values()) {
    for (const list of ["areas", "designatedInputs", "designatedOutputs"] as const) region[list] = region[list].map(renamed);
  }
}

function leaveRegions({ regions }: Genome, area: CorticalId): void {
  for (const region of regions.values()) {
    for (const list of ["areas", "designatedInputs", "designatedOutputs"] as const) region[list] = region[list].filter((id) => id !== area);
  }
}

function createRegion(regions: Map<string, GenomeRegion>, { kind: _kind, id, parent, ...values }: Edit<"createRegion">): void {
  if (regions.has(id)) throw new Error(`region ${id} is there already`);
  if (parent !== null) get(regions, parent);
  else if (regions.size > 0) throw new Error("there is a root already");
  const blank = { name: id, description: "", position: [0, 0, 0], position2d: [0, 0], designatedInputs: [], designatedOutputs: [] };
  regions.set(id, { ...blank, id, parent, areas: [], ...values } as unknown as GenomeRegion);
}

function updateRegion(regions: Map<string, GenomeRegion>, { kind: _kind, id, ...values }: Edit<"updateRegion">): void {
  const region = get(regions, id);
  const designated = [...(values.designatedInputs ?? []), ...(values.designatedOutputs ?? [])];
  for (const area of designated) if (!region.areas.includes(area)) throw new Error(`${area} is no member of ${id}`);
  regions.set(id, { ...region, ...values } as GenomeRegion);
  const parents = new Set<string>();
  for (let at = regions.get(id); at && at.parent !== null; at = get(regions, at.parent)) {
    if (parents.has(at.id)) throw new Error("regions in a circle");
    parents.add(at.id);
  }
}
