/** Edits that add something composed of several parts: a device unit, a copy of an area. */
import type { CorticalId, Vec3 } from "#contracts/connectome.ts";
import { LabError } from "#contracts/errors.ts";
import type { GenomeEdit } from "#contracts/genome-edit.ts";
import type { Genome, GenomeArea } from "../genome.ts";
import { unitAreas, unitTemplates } from "../unit-templates.ts";
import { ownProperties } from "./area-edits.ts";
import { type EditOf, invalid } from "./draft.ts";
import { freeUnitIndex } from "./fresh-ids.ts";

export interface NewUnit {
  /** Direction and three letters, as `omot`. */
  unit: string;
  devices: number;
  /** Which of several units of this kind; the lowest free one unless said. */
  index?: number | undefined;
  /** Moves all parts so that the first is here. */
  position?: Vec3 | undefined;
  region?: string | undefined;
}

/** The areas of an input or output unit, one for each of its parts, as its template has them. Source: spec/genome.md section 6. */
export function createUnit(genome: Genome, { unit, devices, index, position, region }: NewUnit): GenomeEdit[] {
  const areas = unitAreas(unit, devices, index ?? freeUnitIndex(genome, unit));
  if (!areas) {
    const known = `Known are ${Object.keys(unitTemplates).join(", ")}.`;
    throw new LabError("E_INVALID", `No device unit is called ${JSON.stringify(unit)}`, { unit }, known);
  }
  const first = areas[0]!.position;
  const moved = (place: Vec3) => place.map((coordinate, axis) => coordinate + (position ? position[axis]! - first[axis]! : 0)) as Vec3;
  return areas.map((area) => ({ ...creationOf(area), position: moved(area.position), ...(region === undefined ? {} : { region }) }));
}

export interface Clone {
  id: CorticalId;
  name: string;
  position: Vec3;
  /** That of the source unless said. */
  region?: string | undefined;
  /** Whether rules from, to and within the source are cloned. */
  mappings: boolean;
}

/**
 * A custom or memory area once more, with its values. Its mappings: what the source leads to, the clone leads to as well, and what leads
 * to the source leads to the clone; rules of the source towards itself become rules of the clone towards itself. A rule whose
 * destination or morphology is missing grows nothing and is not cloned. Source: spec/development.md section 7.
 */
export function cloneArea(genome: Genome, source: CorticalId, { id, name, position, region, mappings }: Clone): GenomeEdit[] {
  const area = genome.areas.get(source);
  if (!area) throw new LabError("E_NOT_FOUND", "No such cortical area", { id: source }, "connectome.listAreas lists the areas.");
  if (area.kind !== "custom" && area.kind !== "memory") {
    throw invalid(`${area.name} is a ${area.kind} area; only custom and memory areas can be cloned`, { id: source, kind: area.kind });
  }
  const home = region ?? [...genome.regions.values()].find(({ areas }) => areas.includes(source))?.id;
  const create: GenomeEdit = { ...creationOf(area), area: id, name, position, ...(home === undefined ? {} : { region: home }) };
  if (!mappings) return [create];
  const edits: GenomeEdit[] = [create];
  for (const [src, { mappings: outgoing }] of genome.areas) {
    for (const [dst, all] of outgoing) {
      const rules = all.filter(({ morphology }) => genome.morphologies.has(morphology));
      if ((src !== source && dst !== source) || rules.length === 0 || !genome.areas.has(dst)) continue;
      edits.push({ kind: "setMapping", src: src === source ? id : src, dst: dst === source ? id : dst, rules });
    }
  }
  return edits;
}

/** What is made anew with an area, or belongs to one area only. */
const notCopied: ReadonlySet<string> = new Set([
  ...["cortical_group", "group_id", "memory_twin_of", "memory_twin_for", "memory_twin_areas", "parent_region_id"],
  ...["upstream_cortical_areas", "cortical_dimensions", "coordinates_3d"],
]);

/** The edit that makes an area with these values. */
export function creationOf(area: GenomeArea): EditOf<"createArea"> {
  const { id, kind, name, position, position2d, dimensions, neuronsPerVoxel, parameters } = area;
  const stored = Object.entries({ ...area.properties, ...area.extras });
  const properties = Object.fromEntries(
    stored.filter(([key, value]) => value !== null && !ownProperties.has(key) && !notCopied.has(key) && value !== "sequential"),
  );
  return {
    ...{ kind: "createArea", area: id, areaKind: kind, name, position, dimensions, neuronsPerVoxel, parameters, properties },
    ...(position2d ? { position2d } : {}),
  };
}
