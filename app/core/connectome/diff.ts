/**
 * Connectome diffs: an edit as plain data, with the values before and after, so that every edit has an inverse.
 *
 * Diffs carry names, places, sizes and parameters, never grown synapses. A change of size regrows the connectome from the
 * edited genome (`needsRebuild`); everything else is applied in place of the values it changes and shares the rest.
 */
import type { z } from "zod";
import type { commandGroups } from "#contracts/commands.ts";
import type { AreaParameters, AreaParametersPatch, CorticalArea, CorticalId, Vec3 } from "#contracts/connectome.ts";
import { LabError } from "#contracts/errors.ts";
import type { NetworkImage } from "#contracts/network.ts";
import { parameterColumns } from "../development/neurogenesis.ts";
import { applyGenomeEdits } from "../genome/edit/apply.ts";
import type { Genome } from "../genome/genome.ts";
import type { Connectome } from "./connectome.ts";

/** Values of an area, before or after. */
interface AreaValues {
  name?: string;
  position?: Vec3;
  dimensions?: Vec3;
  parameters?: AreaParametersPatch;
}

/** Both sides hold the same keys, only those that change. */
interface AreaChange {
  id: CorticalId;
  from: AreaValues;
  to: AreaValues;
}

export interface ConnectomeDiff {
  /** What a person calls it in the list of edits; one drag is one group. */
  group: string;
  areas: AreaChange[];
}

type AreaUpdate = z.infer<(typeof commandGroups)["connectome"]["updateArea"]["input"]>;

/** The diff of one edit of one area; without areas when nothing changes. Genomes know whole positions only. */
export function diffOfAreaEdit(connectome: Connectome, edit: AreaUpdate): ConnectomeDiff {
  const area = connectome.areas.get(edit.id);
  if (!area) throw new LabError("E_NOT_FOUND", "No such cortical area", { id: edit.id }, "connectome.listAreas lists the areas.");
  const from: AreaValues = {};
  const to: AreaValues = {};
  if (edit.name !== undefined && edit.name !== area.name) [from.name, to.name] = [area.name, edit.name];
  const position = edit.position?.map((coordinate) => Math.round(coordinate) + 0) as Vec3 | undefined;
  if (position && !isSame(position, area.position)) [from.position, to.position] = [area.position, position];
  if (edit.dimensions && !isSame(edit.dimensions, area.dimensions)) [from.dimensions, to.dimensions] = [area.dimensions, edit.dimensions];
  const parameters = changedParameters(area, edit.parameters ?? {});
  if (parameters) [from.parameters, to.parameters] = parameters;
  const isEmpty = Object.keys(to).length === 0;
  return { group: groupName(area, to), areas: isEmpty ? [] : [{ id: area.id, from, to }] };
}

export function invert({ group, areas }: ConnectomeDiff): ConnectomeDiff {
  return { group, areas: areas.map(({ id, from, to }) => ({ id, from: to, to: from })).reverse() };
}

/** Whether neurons or synapses must be grown anew: `grow(genomeAfter(connectome.genome, diff))`. */
export function needsRebuild(diff: ConnectomeDiff): boolean {
  return diff.areas.some(({ to }) => to.dimensions !== undefined);
}

export function genomeAfter(genome: Genome, diff: ConnectomeDiff): Genome {
  return applyGenomeEdits(
    genome,
    diff.areas.map(({ id, to }) => ({ kind: "updateArea", area: id, ...to })),
  );
}

/** The connectome after a diff that needs no rebuild. */
export function applyDiff(connectome: Connectome, diff: ConnectomeDiff): Connectome {
  if (needsRebuild(diff)) throw new Error("a change of size needs a rebuild");
  const areas = new Map(connectome.areas);
  let image = connectome.image;
  for (const { id, to } of diff.areas) {
    const { parameters = {}, ...metadata } = to;
    const before = areas.get(id)!;
    const area: CorticalArea = { ...before, ...metadata, parameters: { ...before.parameters, ...defined(parameters) } };
    areas.set(id, area);
    image = imageAfter(image, area, Object.keys(parameters) as (keyof AreaParameters)[]);
  }
  return { ...connectome, genome: genomeAfter(connectome.genome, diff), areas, image };
}

/** Copies the columns that the changed parameters reach; the others are shared. */
function imageAfter(image: NetworkImage, area: CorticalArea, changed: readonly (keyof AreaParameters)[]): NetworkImage {
  if (changed.length === 0) return image;
  const { pspUniform, mpDrivenPsp, degeneration, postsynapticCurrent } = area.parameters;
  const neurons = { ...image.neurons };
  for (const { column, parameters, write } of parameterColumns) {
    if (!parameters.some((parameter) => changed.includes(parameter))) continue;
    const copy = image.neurons[column].slice();
    write(copy, area);
    Object.assign(neurons, { [column]: copy });
  }
  const areas = image.areas.map((settings) => {
    if (settings.index !== area.index) return settings;
    // An image that never set a baseline keeps none: what an engine remembers of edits is in its snapshot.
    const baselinePsp = settings.baselinePsp === null ? null : postsynapticCurrent;
    return { index: area.index, pspUniform, mpDrivenPsp, degeneration, baselinePsp };
  });
  if (!changed.includes("postsynapticCurrent")) return { ...image, neurons, areas };
  const psp = image.synapses.psp.slice();
  const { source, count } = image.synapses;
  const end = area.firstNeuron + area.neurons;
  for (let slot = 0; slot < count; slot++) {
    if (source[slot]! >= area.firstNeuron && source[slot]! < end) psp[slot] = postsynapticCurrent;
  }
  return { ...image, neurons, areas, synapses: { ...image.synapses, psp } };
}

function changedParameters(
  area: CorticalArea,
  edit: AreaUpdate["parameters"] & object,
): [AreaParametersPatch, AreaParametersPatch] | undefined {
  const from: Record<string, unknown> = {};
  const to: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(edit)) {
    const before = area.parameters[key as keyof AreaParametersPatch];
    if (value === undefined || isSame(value, before)) continue;
    if ([value].flat().some((one) => typeof one === "number" && !Number.isFinite(Math.fround(one)))) {
      throw new LabError(
        "E_INVALID",
        `${key} must be a 32-bit number`,
        { issues: [{ path: `parameters.${key}`, message: "too large" }] },
        "Give a number an engine can hold.",
      );
    }
    from[key] = before;
    to[key] = value;
  }
  return Object.keys(to).length === 0 ? undefined : [from, to];
}

function groupName({ name }: CorticalArea, to: AreaValues): string {
  if (to.dimensions) return `Resize ${name}`;
  if (to.parameters) return `Change parameters of ${name}`;
  if (to.position) return `Move ${name}`;
  return `Rename ${name}`;
}

function isSame(a: unknown, b: unknown): boolean {
  return Array.isArray(a) && Array.isArray(b) ? a.every((value, i) => Object.is(value, b[i])) : Object.is(a, b);
}

function defined<T extends object>(values: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never;
}
