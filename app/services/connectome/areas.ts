/** Cortical areas: looking them up and editing them. Source: spec/development.md sections 7, 8 and 10. */
import type { ServiceOf } from "#contracts/command.ts";
import type { AreaStatistics, areaCommands } from "#contracts/commands/connectome/areas.ts";
import type { CorticalArea, CorticalId } from "#contracts/connectome.ts";
import { LabError } from "#contracts/errors.ts";
import { cloneArea, freshAreaId } from "#core/genome/edit/new-areas.ts";
import type { Genome } from "#core/genome/genome.ts";
import { unitAreas, unitTemplates } from "#core/genome/unit-templates.ts";
import type { LabState } from "../lab-state.ts";
import type { TakeRequest } from "./request.ts";

export function createAreaService(state: LabState, take: TakeRequest): ServiceOf<typeof areaCommands> {
  const areas = () => [...state.living.connectome.areas.values()];
  return {
    listAreas: async () => areas(),
    getArea: async (input) => ("id" in input ? areaOf(state, input.id) : areaAt(areas(), input.index)),
    findAreas: async ({ name, kind, region, populated }) =>
      areas().filter(
        (area) =>
          (name === undefined || area.name === name) &&
          (kind === undefined || area.kind === kind) &&
          (region === undefined || area.region === region) &&
          (populated === undefined || area.neurons > 0 === populated),
      ),
    async areaStatistics({ id }) {
      const asked = id === undefined ? areas() : [areaOf(state, id)];
      const largest = (axis: 0 | 1 | 2) => areas().reduce((most, { dimensions }) => Math.max(most, dimensions[axis]), 0);
      return { areas: asked.map(statisticsOf), maxDimensions: [largest(0), largest(1), largest(2)] };
    },
    async createArea({ name, kind, region, dryRun, ...values }, context) {
      let id: CorticalId | null = null;
      const done = await take(
        (genome) => {
          checkHome(state, region);
          id = freshAreaId(genome, name, kind);
          return { group: `Add ${name}`, edits: [{ kind: "createArea", area: id, areaKind: kind, name, region, ...values }] };
        },
        context,
        dryRun,
      );
      return { ...done, id: dryRun ? null : id };
    },
    async createUnit({ unit, devices, dryRun }, context) {
      let ids: CorticalId[] = [];
      const done = await take(
        (genome) => {
          const made = unitAreas(unit, devices);
          if (!made) throw new LabError("E_NOT_FOUND", `No unit is called ${unit}`, { unit }, `Known are ${Object.keys(unitTemplates).join(", ")}.`);
          const there = made.find(({ id }) => genome.areas.has(id));
          if (there) throw new LabError("E_CONFLICT", `${there.name} is there already`, { id: there.id }, "Edit its areas instead.");
          ids = made.map(({ id }) => id);
          const edits = made.map(({ id: area, kind: areaKind, name, position, dimensions, neuronsPerVoxel, parameters }) => ({
            ...{ kind: "createArea" as const, area, areaKind, name, position, dimensions, neuronsPerVoxel, parameters },
          }));
          return { group: `Add ${unit}`, edits };
        },
        context,
        dryRun,
      );
      return { ...done, ids };
    },
    async updateArea({ id, ...values }, context) {
      const { name, dimensions, position, parameters } = values;
      const group = dimensions ? "Resize" : parameters ? "Change parameters of" : position ? "Move" : name ? "Rename" : "Change";
      await take((genome) => ({ group: `${group} ${nameIn(genome, id)}`, edits: [{ kind: "updateArea", area: id, ...values }] }), context);
      return areaOf(state, id);
    },
    planArea: ({ id, ...values }, context) =>
      take((genome) => ({ group: `Resize ${nameIn(genome, id)}`, edits: [{ kind: "updateArea", area: id, ...values }] }), context, true),
    async changeAreaId({ id, to }, context) {
      await take((genome) => ({ group: `Change the id of ${nameIn(genome, id)}`, edits: [{ kind: "changeAreaId", area: id, to }] }), context);
      return areaOf(state, to);
    },
    async moveArea({ id, region }, context) {
      await take((genome) => {
        const { kind } = areaOf(state, id);
        if (kind === "custom" || kind === "memory") checkHome(state, region);
        return { group: `Move ${nameIn(genome, id)}`, edits: [{ kind: "moveArea", area: id, region }] };
      }, context);
      return areaOf(state, id);
    },
    async cloneArea({ id, mappings, dryRun, region, ...values }, context) {
      let clone: CorticalId | null = null;
      const done = await take(
        (genome) => {
          const { kind, name, region: home } = areaOf(state, id);
          if (kind !== "custom" && kind !== "memory") {
            throw new LabError("E_CONFLICT", `${name} is a ${kind} area; only custom and memory areas are duplicated`, { id }, "Add a unit instead.");
          }
          checkHome(state, region ?? home);
          clone = freshAreaId(genome, values.name, kind);
          return {
            group: `Duplicate ${name}`,
            edits: cloneArea(genome, id, { id: clone, mappings, ...values, ...(region === undefined ? {} : { region }) }),
          };
        },
        context,
        dryRun,
      );
      return { ...done, id: dryRun ? null : clone };
    },
    removeArea: ({ id, dryRun }, context) =>
      take((genome) => ({ group: `Remove ${nameIn(genome, id)}`, edits: [{ kind: "removeArea", area: id }] }), context, dryRun),
  };
}

export function areaOf(state: LabState, id: CorticalId): CorticalArea {
  const area = state.living.connectome.areas.get(id);
  if (!area) throw unknownArea(id);
  return area;
}

function areaAt(areas: readonly CorticalArea[], index: number): CorticalArea {
  const area = areas.find((one) => one.index === index);
  if (!area) throw new LabError("E_NOT_FOUND", "No cortical area has this index", { index }, "connectome.listAreas lists the areas.");
  return area;
}

export function nameIn({ areas }: Genome, id: CorticalId): string {
  const area = areas.get(id);
  if (!area) throw unknownArea(id);
  return area.name;
}

function unknownArea(id: CorticalId): LabError {
  return new LabError("E_NOT_FOUND", "No such cortical area", { id }, "connectome.listAreas lists the areas.");
}

/** The root is for devices, core areas and modulators. */
function checkHome(state: LabState, id: string): void {
  const region = state.living.connectome.regions.get(id);
  if (!region) throw new LabError("E_NOT_FOUND", "No such brain region", { id }, "connectome.listRegions lists the regions.");
  if (region.parent !== null) return;
  const message = "Custom and memory areas cannot join the root region; it is for core, input, output and modulator areas";
  throw new LabError("E_CONFLICT", message, { region: id }, "Choose another region, or add one with connectome.createRegion.");
}

function statisticsOf(area: CorticalArea): (typeof AreaStatistics)["_output"] {
  const { id, name, kind, neurons, dimensions, outgoingSynapses: outgoing, incomingSynapses: incoming } = area;
  const voxels = dimensions[0] * dimensions[1] * dimensions[2];
  const density = neurons / voxels;
  return { id, name, kind, neurons, voxels, density, outgoing, incoming, synapsesPerNeuron: outgoing / Math.max(1, neurons), populated: neurons > 0 };
}
