/** Cortical areas: looking them up and editing them. Source: spec/development.md sections 7, 8 and 10. */
import type { ServiceOf } from "#contracts/command.ts";
import type { AreaStatistics, areaCommands } from "#contracts/commands/connectome/areas.ts";
import type { CorticalArea, CorticalId, Vec3 } from "#contracts/connectome.ts";
import { LabError } from "#contracts/errors.ts";
import type { Connectome } from "#core/connectome/connectome.ts";
import { createNeurons } from "#core/connectome/live-edits.ts";
import type { Engine } from "#core/engine/engine.ts";
import { ownProperties } from "#core/genome/edit/area-edits.ts";
import { cloneArea, createUnit } from "#core/genome/edit/building.ts";
import { classifierEditsOfRemoval } from "#core/genome/edit/classifiers.ts";
import { freshAreaId } from "#core/genome/edit/fresh-ids.ts";
import { twinEditsOfRemoval } from "#core/genome/edit/twins.ts";
import { newAreaParameters, unitTemplates } from "#core/genome/unit-templates.ts";
import type { Editor } from "../editor.ts";
import type { LabState } from "../lab-state.ts";
import { areaOf, nameIn } from "./find-area.ts";
import type { TakeRequest } from "./request.ts";
import { resetAreas } from "./reset.ts";

export function createAreaService(state: LabState, editor: Editor, take: TakeRequest): ServiceOf<typeof areaCommands> {
  /** With counts that are true now. */
  const areas = async () => (await state.counts()).areas;
  const counted = async (id: CorticalId) => {
    areaOf(state, id);
    return (await areas()).find((area) => area.id === id)!;
  };
  return {
    listAreas: areas,
    getArea: async (input) => ("id" in input ? counted(input.id) : areaAt(await areas(), input.index)),
    async describeArea({ id }) {
      areaOf(state, id);
      const { documentId, position2d, properties, extras } = state.living.connectome.genome.areas.get(id)!;
      const own = Object.entries({ ...properties, ...extras }).filter(([name]) => name !== "visualization" && !ownProperties.has(name));
      return {
        documentId,
        position2d: position2d ?? [0, 0],
        visible: properties.visualization !== false,
        properties: Object.fromEntries(own),
        defaults: newAreaParameters,
      };
    },
    findAreas: async ({ name, kind, region, populated }) =>
      (await areas()).filter(
        (area) =>
          (name === undefined || area.name === name) &&
          (kind === undefined || area.kind === kind) &&
          (region === undefined || area.region === region) &&
          (populated === undefined || livingIn(area) > 0 === populated),
      ),
    async areaStatistics({ id }) {
      const all = await areas();
      const asked = id === undefined ? all : [await counted(id)];
      const largest = (axis: 0 | 1 | 2) => all.reduce((most, { dimensions }) => Math.max(most, dimensions[axis]), 0);
      return { areas: asked.map(statisticsOf), maxDimensions: [largest(0), largest(1), largest(2)] };
    },
    async createArea({ name, kind, region, dryRun, ...values }, context) {
      let id = "";
      const done = await take(
        (genome) => {
          checkHome(state, region);
          id = freshAreaId(genome, name, kind);
          return { group: `Add ${name}`, edits: [{ kind: "createArea", area: id, areaKind: kind, name, region, ...values }] };
        },
        context,
        dryRun,
      );
      return { ...done, id };
    },
    async createUnit({ unit, devices, dryRun, ...given }, context) {
      let ids: CorticalId[] = [];
      const done = await take(
        (genome) => {
          const edits = createUnit(genome, { unit, devices, ...given });
          ids = edits.flatMap((edit) => (edit.kind === "createArea" ? [edit.area] : []));
          return { group: `Add ${unit}`, edits };
        },
        context,
        dryRun,
      );
      return { ...done, ids };
    },
    listUnits: async () =>
      Object.entries(unitTemplates).map(([unit, { title, subUnits }]) => ({ unit, title, sizes: subUnits.map(({ size }) => size) })),
    async updateArea({ id, ...values }, context) {
      refuseUnbuilt(values.properties);
      const { name, dimensions, position, parameters } = values;
      const group = dimensions ? "Resize" : parameters ? "Change parameters of" : position ? "Move" : name ? "Rename" : "Change";
      await take((genome) => ({ group: `${group} ${nameIn(genome, id)}`, edits: [{ kind: "updateArea", area: id, ...values }] }), context);
      return counted(id);
    },
    planArea: ({ id, ...values }, context) =>
      take((genome) => ({ group: `Resize ${nameIn(genome, id)}`, edits: [{ kind: "updateArea", area: id, ...values }] }), context, true),
    async changeAreaId({ id, to }, context) {
      await take(
        (genome) => ({ group: `Change the id of ${nameIn(genome, id)}`, edits: [{ kind: "changeAreaId", area: id, to }] }),
        context,
      );
      return counted(to);
    },
    async moveArea({ id, region }, context) {
      await take((genome) => {
        const { kind } = areaOf(state, id);
        if (kind === "custom" || kind === "memory") checkHome(state, region);
        return { group: `Move ${nameIn(genome, id)}`, edits: [{ kind: "moveArea", area: id, region }] };
      }, context);
      return counted(id);
    },
    async cloneArea({ id, dryRun, ...values }, context) {
      let clone = "";
      const done = await take(
        (genome) => {
          const { kind, name } = areaOf(state, id);
          if (values.region !== undefined) checkHome(state, values.region);
          clone = freshAreaId(genome, values.name, kind === "memory" ? "memory" : "custom");
          return { group: `Duplicate ${name}`, edits: cloneArea(genome, id, { ...values, id: clone }) };
        },
        context,
        dryRun,
      );
      return { ...done, id: clone };
    },
    removeArea: ({ id, dryRun }, context) =>
      take(
        (genome) => ({
          group: `Remove ${nameIn(genome, id)}`,
          edits: [{ kind: "removeArea", area: id }, ...twinEditsOfRemoval(genome, id), ...classifierEditsOfRemoval(genome, id)],
        }),
        context,
        dryRun,
      ),
    resetAreas: ({ areas: ids }, { source }) => resetAreas(state, ids, source),
    async populateArea({ id }, { source }) {
      const { name } = areaOf(state, id);
      const build = (connectome: Connectome, engine: Engine) => {
        const area = areaOf(state, id);
        const { valid } = engine.neuronSettings(Uint32Array.from({ length: area.neurons }, (_, i) => area.firstNeuron + i));
        if (valid.includes(1) || (connectome.extras.get(id)?.length ?? 0) > 0) {
          throw new LabError("E_CONFLICT", `${name} has neurons already`, { id }, "Remove them first, or change its density.");
        }
        return createNeurons(
          connectome,
          engine,
          id,
          voxelsOf(area).map((voxel) => ({ voxel })),
        );
      };
      return { summary: await editor.commitLive(build, `Populate ${name}`, source) };
    },
  };
}

/** Each voxel as often as it has neurons, in the order in which an area grows them. */
function voxelsOf({ dimensions: [width, height, depth], neuronsPerVoxel }: CorticalArea): Vec3[] {
  return Array.from({ length: width * height * depth * neuronsPerVoxel }, (_, i) => {
    const voxel = Math.floor(i / neuronsPerVoxel);
    const column = Math.floor(voxel / depth);
    return [Math.floor(column / height), column % height, voxel % depth];
  });
}

const livingIn = ({ neurons, livingNeurons }: CorticalArea) => livingNeurons ?? neurons;

function areaAt(areas: readonly CorticalArea[], index: number): CorticalArea {
  const area = areas.find((one) => one.index === index);
  if (!area) throw new LabError("E_NOT_FOUND", "No cortical area has this index", { index }, "connectome.listAreas lists the areas.");
  return area;
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
  const { id, name, kind, dimensions, outgoingSynapses: outgoing, incomingSynapses: incoming } = area;
  const neurons = livingIn(area);
  const voxels = dimensions[0] * dimensions[1] * dimensions[2];
  const density = neurons / voxels;
  return {
    id,
    name,
    kind,
    neurons,
    voxels,
    density,
    outgoing,
    incoming,
    synapsesPerNeuron: outgoing / Math.max(1, neurons),
    populated: neurons > 0,
  };
}

/** Properties that newer genomes may hold and nothing acts on, here or in FEAGI. Source: spec/burst-engine-extensions.md 9 and 17. */
const unbuilt = ["min_window_activity", "mnwin", "scan_skip_density", "scnsk"];

function refuseUnbuilt(properties: Record<string, unknown> = {}): void {
  const asked = unbuilt.find((name) => (properties[name] ?? null) !== null);
  if (asked === undefined) return;
  const advice = "Leave it out; a genome that has it keeps it.";
  throw new LabError("E_UNSUPPORTED", `${asked} has no effect: nothing scans episodes`, { property: asked }, advice);
}
