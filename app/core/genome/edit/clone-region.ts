/** A region once more, with what is in it: custom and memory areas, the regions inside, and the mappings between those areas. */
import type { BrainRegion, CorticalId, Vec3 } from "#contracts/connectome.ts";
import { LabError } from "#contracts/errors.ts";
import type { GenomeEdit } from "#contracts/genome-edit.ts";
import { regionsOf } from "../../development/regions.ts";
import type { Genome, GenomeArea } from "../genome.ts";
import { isRelationOnly } from "../memory-rules.ts";
import { creationOf } from "./building.ts";
import { besideIn2d, offsetOf } from "./clone-places.ts";
import { conflict } from "./draft.ts";
import { freshAreaId, freshRegionId } from "./fresh-ids.ts";
import { twinId } from "./twins.ts";

export interface RegionClone {
  /** Of the new region. */
  id: string;
  edits: GenomeEdit[];
  areas: number;
  mappings: number;
  /** What stays with the source alone: areas that are not copied as they are (devices, core areas, drivers, parts of classifiers), … */
  leftOut: CorticalId[];
  /** … and mappings with one end outside of what is cloned. */
  border: number;
}

interface Named {
  id: string;
  name: string;
}

export function cloneRegion(
  genome: Genome,
  source: string,
  { name, position }: { name: string; position?: Vec3 | undefined },
): RegionClone {
  const all = regionsOf(genome);
  const top = all.get(source);
  if (!top) throw new LabError("E_NOT_FOUND", "No such brain region", { id: source }, "connectome.listRegions lists the regions.");
  if (top.parent === null) throw conflict("The root region cannot be cloned", { id: source }, "Clone a region in it.");
  const inside = withChildren(top, all);
  const members = inside.flatMap(({ areas }) => areas.map((id) => genome.areas.get(id)!));
  const cloned = clonedAreas(genome, members);
  const names = namesIn([...genome.areas.values()], cloned, top.name, name);
  const ids = freshIds(genome, cloned, names);
  const regionIds = freshRegionIds(genome, inside, namesIn([...all.values()], inside.slice(1), top.name, name).set(source, name));
  const offset = offsetOf(genome, cloned, position);
  const moved = (place: Vec3) => place.map((coordinate, axis) => coordinate + offset[axis]!) as Vec3;

  const edits: GenomeEdit[] = inside.map((region) => ({
    kind: "createRegion",
    ...regionIds.get(region.id)!,
    parent: region === top ? top.parent : regionIds.get(region.parent!)!.id,
    description: genome.regions.get(region.id)?.description ?? "",
    position: moved(region.position),
    position2d: region === top ? besideIn2d(genome, all, top) : (genome.regions.get(region.id)?.position2d ?? [0, 0]),
  }));
  for (const { id: region, areas } of inside) {
    for (const id of areas) {
      const area = genome.areas.get(id)!;
      const clone = ids.get(id);
      if (clone === undefined) continue;
      const creation = creationOf(area);
      const properties = { ...creation.properties, ...twinProperties(area, ids) };
      const named = { area: clone, name: names.get(id)!, position: moved(area.position) };
      edits.push({ ...creation, ...named, properties, region: regionIds.get(region)!.id });
    }
  }
  let [mappings, border] = [0, 0];
  for (const { id: src, mappings: outgoing } of genome.areas.values()) {
    for (const [dst, written] of outgoing) {
      const rules = written.filter(({ morphology }) => genome.morphologies.has(morphology) || isRelationOnly(morphology));
      if (rules.length === 0 || !genome.areas.has(dst)) continue;
      const ends = [ids.get(src), ids.get(dst)];
      if (ends[0] !== undefined && ends[1] !== undefined) {
        edits.push({ kind: "setMapping", src: ends[0], dst: ends[1], rules });
        mappings++;
      } else if (ends[0] !== undefined || ends[1] !== undefined) border++;
    }
  }
  for (const area of cloned) edits.push(...twinLists(area, ids));
  for (const { id } of inside) {
    const { designatedInputs = [], designatedOutputs = [] } = genome.regions.get(id) ?? {};
    const within = (list: readonly CorticalId[]) => list.flatMap((one) => ids.get(one) ?? []);
    const designations = { designatedInputs: within(designatedInputs), designatedOutputs: within(designatedOutputs) };
    if (designations.designatedInputs.length + designations.designatedOutputs.length > 0) {
      edits.push({ kind: "updateRegion", id: regionIds.get(id)!.id, ...designations });
    }
  }
  const leftOut = members.filter(({ id }) => !ids.has(id)).map(({ id }) => id);
  return { id: regionIds.get(source)!.id, edits, areas: cloned.length, mappings, leftOut, border };
}

/** Parents before children. */
function withChildren(region: BrainRegion, all: ReadonlyMap<string, BrainRegion>): BrainRegion[] {
  const children = [...all.values()].filter(({ parent }) => parent === region.id);
  return [region, ...children.flatMap((child) => withChildren(child, all))];
}

/** By id: what the clone's name adds to its source's is added inside too; a name of another kind stands there in brackets. */
function namesIn(all: readonly Named[], inside: readonly Named[], source: string, clone: string): Map<string, string> {
  const suffix = clone.length > source.length && clone.startsWith(source) ? clone.slice(source.length) : ` (${clone})`;
  const taken = new Set(all.map(({ name }) => name));
  return new Map(
    inside.map(({ id, name }) => {
      let free = `${name}${suffix}`;
      for (let n = 2; taken.has(free); n++) free = `${name}${suffix} ${n}`;
      taken.add(free);
      return [id, free] as const;
    }),
  );
}

function clonedAreas({ classifiers }: Genome, members: readonly GenomeArea[]): GenomeArea[] {
  const parts = [...classifiers.values()].flatMap((one) => [one.sampleMemory, one.classMemory, one.errorArea, one.correctArea]);
  const outputs = [...classifiers.values()].flatMap(({ bindings }) => bindings.map(({ output }) => output));
  const single = new Set<CorticalId | null>([...parts, ...outputs]);
  const areas = members.filter(({ id, kind }) => (kind === "custom" || kind === "memory") && !single.has(id));
  const there = new Set(areas.map(({ id }) => id));
  // A twin replays one memory of one area; without both it has nothing to be a twin of.
  return areas.filter((area) => {
    const twin = twinOf(area);
    return twin === null || (there.has(twin.upstream) && there.has(twin.memory));
  });
}

function freshIds(genome: Genome, cloned: readonly GenomeArea[], names: ReadonlyMap<CorticalId, string>): Map<CorticalId, CorticalId> {
  const ids = new Map<CorticalId, CorticalId>();
  const areas = new Map(genome.areas);
  const take = (area: GenomeArea, id: CorticalId) => {
    areas.set(id, { ...area, mappings: new Map() });
    ids.set(area.id, id);
  };
  const twins = cloned.filter((area) => twinOf(area) !== null);
  for (const area of cloned) {
    if (!twins.includes(area)) take(area, freshAreaId({ areas }, names.get(area.id)!, area.kind === "memory" ? "memory" : "custom"));
  }
  for (const area of twins) {
    const { memory, upstream } = twinOf(area)!;
    take(area, twinId(ids.get(memory)!, ids.get(upstream)!));
  }
  return ids;
}

function freshRegionIds(genome: Genome, inside: readonly BrainRegion[], names: ReadonlyMap<string, string>) {
  const regions = new Map(genome.regions);
  return new Map(
    inside.map((region) => {
      const name = names.get(region.id)!;
      const id = freshRegionId({ regions }, name);
      regions.set(id, { ...region, id } as never);
      return [region.id, { id, name }] as const;
    }),
  );
}

/** The memory that a twin replays, and the area that it is a twin of. */
function twinOf({ properties }: GenomeArea): { memory: CorticalId; upstream: CorticalId } | null {
  const { memory_twin_for: memory, memory_twin_of: upstream } = properties;
  return typeof memory === "string" && typeof upstream === "string" ? { memory, upstream } : null;
}

function twinProperties(area: GenomeArea, ids: ReadonlyMap<CorticalId, CorticalId>): Record<string, unknown> {
  const twin = twinOf(area);
  return twin ? { memory_twin_of: ids.get(twin.upstream), memory_twin_for: ids.get(twin.memory) } : {};
}

/** What a cloned memory lists of cloned twins. */
function twinLists({ id, properties, extras }: GenomeArea, ids: ReadonlyMap<CorticalId, CorticalId>): GenomeEdit[] {
  const listed = Object.entries((properties.memory_twin_areas ?? extras?.memory_twin_areas ?? {}) as Record<string, string>);
  const twins = listed.flatMap(([of, twin]) => (ids.has(of) && ids.has(twin) ? [[ids.get(of), ids.get(twin)]] : []));
  if (twins.length === 0) return [];
  return [{ kind: "updateArea", area: ids.get(id)!, properties: { memory_twin_areas: Object.fromEntries(twins) } }];
}
