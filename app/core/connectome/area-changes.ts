/**
 * What of the areas an edit keeps, moves, makes and removes. An area is the same before and after by its id; one that changed its id
 * alone is found by all else it has.
 */
import type { CorticalArea, CorticalId } from "#contracts/connectome.ts";
import { LabError } from "#contracts/errors.ts";
import type { Growth } from "../development/growth.ts";
import { coreAreas } from "../genome/cortical-id.ts";
import type { Connectome } from "./connectome.ts";
import type { Kept } from "./kept.ts";

/** The box an area's neurons fill, and how densely. */
export type Shape = Pick<CorticalArea, "dimensions" | "neuronsPerVoxel">;

export interface AreaChanges {
  /** Each area that lives on, before and after. */
  kept: { before: CorticalArea; after: CorticalArea }[];
  /** Those of the kept whose shape changed: their neurons get a new block. */
  moved: { before: CorticalArea; after: CorticalArea }[];
  added: CorticalArea[];
  removed: CorticalArea[];
  /** Id before → id after. */
  successors: Map<CorticalId, CorticalId>;
  nextIndex: number;
}

export const isSameShape = (a: Shape, b: Shape): boolean =>
  a.neuronsPerVoxel === b.neuronsPerVoxel && a.dimensions.every((size, axis) => size === b.dimensions[axis]);

/**
 * Gives the areas of a growth, fresh from corticogenesis, the indices and blocks they have in the living brain. An area that `back`
 * brings back gets the index it had, which nothing else has had since.
 */
export function settleAreas(before: Connectome, growth: Growth, firstFreeId: number, back?: Kept): AreaChanges {
  const renamed = renamedAreas(before, growth);
  const changes: AreaChanges = { kept: [], moved: [], added: [], removed: [], successors: new Map(), nextIndex: before.nextIndex };
  let next = firstFreeId;
  for (const { area } of growth.areas) {
    const old = before.areas.get(area.id) ?? renamed.get(area.id);
    area.neurons = area.dimensions[0] * area.dimensions[1] * area.dimensions[2] * area.neuronsPerVoxel;
    if (old) {
      changes.successors.set(old.id, area.id);
      changes.kept.push({ before: old, after: area });
    } else changes.added.push(area);
    if (old) area.index = old.index;
    else if (area.index >= coreAreas.length) area.index = back?.neurons.get(area.id)?.index ?? changes.nextIndex++;
    if (old && isSameShape(old, area)) {
      area.firstNeuron = old.firstNeuron;
      area.neurons = old.neurons;
      continue;
    }
    if (old) changes.moved.push({ before: old, after: area });
    area.firstNeuron = next;
    next += area.neurons;
  }
  changes.removed = [...before.areas.values()].filter(({ id }) => !changes.successors.has(id));
  const core = changes.removed.find(({ kind }) => kind === "core");
  if (core) throw new LabError("E_INVALID", `${core.name} is a core area and cannot be removed`, { area: core.id }, "Leave it in.");
  growth.areas.sort((a, b) => a.area.index - b.area.index);
  return changes;
}

/** Id after → area before, where an area that is new has all but the id of exactly one that is gone. */
function renamedAreas(before: Connectome, growth: Growth): Map<CorticalId, CorticalArea> {
  const gone = [...before.areas.values()].filter(({ id }) => !growth.areaById.has(id));
  const fresh = growth.areas.map(({ area }) => area).filter(({ id }) => !before.areas.has(id));
  const likeness = ({ name, position, dimensions, neuronsPerVoxel, parameters }: CorticalArea) =>
    JSON.stringify([name, position, dimensions, neuronsPerVoxel, parameters]);
  const byLikeness = Map.groupBy(gone, likeness);
  const found = [...Map.groupBy(fresh, likeness)].flatMap(([key, areas]) => {
    const old = byLikeness.get(key);
    return areas.length === 1 && old?.length === 1 ? [[areas[0]!.id, old[0]!] as const] : [];
  });
  return new Map(found);
}

/** Place in the block of shape `to` for each place in the block of shape `from`, -1 where its voxel or `k` is not in it. */
export function placesIn(from: Shape, to: Shape): Int32Array {
  const [width, height, depth] = from.dimensions;
  const [newWidth, newHeight, newDepth] = to.dimensions;
  const places = new Int32Array(width * height * depth * from.neuronsPerVoxel).fill(-1);
  for (let x = 0; x < Math.min(width, newWidth); x++) {
    for (let y = 0; y < Math.min(height, newHeight); y++) {
      for (let z = 0; z < Math.min(depth, newDepth); z++) {
        const old = ((x * height + y) * depth + z) * from.neuronsPerVoxel;
        const now = ((x * newHeight + y) * newDepth + z) * to.neuronsPerVoxel;
        for (let k = 0; k < Math.min(from.neuronsPerVoxel, to.neuronsPerVoxel); k++) places[old + k] = now + k;
      }
    }
  }
  return places;
}
