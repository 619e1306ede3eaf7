/**
 * What a person may ask of single neurons and synapses of the living brain, turned into changes that have an inverse. Ids in, nothing
 * applied. A genome holds none of it: only brain files and checkpoints do. Source: spec/development.md section 10, rows 14 to 27.
 */
import type { CorticalArea, CorticalId, Vec3 } from "#contracts/connectome.ts";
import { LabError } from "#contracts/errors.ts";
import type { Engine } from "../engine/engine.ts";
import type { Connectome } from "./connectome.ts";
import { EXTRA } from "./kept.ts";
import { type LiveChange, NeuronRefs, type NeuronRow, type SynapseRow } from "./live-changes.ts";
import { grownValues, type NeuronValues, valuesIn } from "./neuron-values.ts";

export interface NewSynapse {
  source: number;
  target: number;
  weight: number;
  /** Postsynaptic potential per unit of weight; the area's postsynaptic current unless said. */
  psp?: number;
  inhibitory?: boolean;
  /** Bursts, 1..255; 1 unless said. */
  delay?: number;
}

/** Of parallel synapses the n-th by slot, the first unless said. */
export interface NamedSynapse {
  source: number;
  target: number;
  nth?: number;
}

type Living = Pick<Engine, "neuronCount" | "neuronSettings" | "neuronStates" | "synapses">;

const nothing = (): LiveChange => ({ added: [], removed: [], settings: [], made: [], cut: [], weights: [] });

/** New neurons inside the box of an area; what is not given is as the area's parameters say for that voxel. */
export function createNeurons(
  connectome: Connectome,
  engine: Living,
  id: CorticalId,
  neurons: readonly { voxel: Vec3; values?: Partial<NeuronValues> }[],
): LiveChange {
  const area = connectome.areas.get(id);
  if (!area) throw new LabError("E_NOT_FOUND", "No such cortical area", { id }, "connectome.listAreas lists the areas.");
  refuseCore(area);
  const added = neurons.map(({ voxel, values = {} }, i): NeuronRow => {
    if (!voxel.every((at, axis) => Number.isInteger(at) && at >= 0 && at < area.dimensions[axis]!)) {
      const size = area.dimensions.join(" × ");
      throw new LabError(
        "E_INVALID",
        `The voxel ${voxel.join(", ")} is not inside ${area.name}`,
        { voxel },
        `It has ${size} voxels, counted from 0.`,
      );
    }
    refuseUnfit(values);
    const neuron = [area.id, EXTRA + engine.neuronCount + i] as const;
    return { neuron, voxel: [...voxel], values: { ...valuesAt(area, voxel), ...values }, potential: 0, countdown: 0, consecutiveFires: 0 };
  });
  return { ...nothing(), added };
}

export function removeNeurons(connectome: Connectome, engine: Living, ids: readonly number[]): LiveChange {
  const refs = new NeuronRefs(connectome, engine.neuronCount);
  const unique = Uint32Array.from(new Set(ids));
  const values = valuesOf(engine, unique);
  const settings = engine.neuronSettings(unique);
  const states = engine.neuronStates(unique);
  const removed = Array.from(unique, (id, i): NeuronRow => {
    const neuron = refs.known(id);
    refuseCore(connectome.areas.get(neuron[0])!);
    return {
      neuron,
      voxel: [settings.x[i]!, settings.y[i]!, settings.z[i]!],
      values: values[i]!,
      potential: Number.isFinite(states.potential[i]!) ? states.potential[i]! : 0,
      countdown: states.countdown[i]!,
      consecutiveFires: states.consecutiveFires[i]!,
    };
  });
  const doomed = new Set(unique);
  return { ...nothing(), removed, cut: synapsesWhere(engine, refs, (source, target) => doomed.has(source) || doomed.has(target)) };
}

export function updateNeurons(connectome: Connectome, engine: Living, ids: readonly number[], values: Partial<NeuronValues>): LiveChange {
  const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
  if (Object.keys(given).length === 0)
    throw new LabError("E_INVALID", "No properties were given", {}, "Name at least one, for example the threshold.");
  refuseUnfit(values);
  const refs = new NeuronRefs(connectome, engine.neuronCount);
  const unique = Uint32Array.from(new Set(ids));
  const before = valuesOf(engine, unique);
  const settings = Array.from(unique, (id, i) => ({ neuron: refs.known(id), before: before[i]!, after: { ...before[i]!, ...given } }));
  return { ...nothing(), settings };
}

export function createSynapses(connectome: Connectome, engine: Living, synapses: readonly NewSynapse[]): LiveChange {
  const refs = new NeuronRefs(connectome, engine.neuronCount);
  const made = synapses.map(({ source, target, weight, psp, inhibitory = false, delay = 1 }): SynapseRow => {
    const from = refs.known(source);
    if (!Number.isInteger(delay) || delay < 1 || delay > 255)
      throw new LabError("E_INVALID", "A delay is 1 to 255 bursts", { source, target, delay });
    refuseUnfit({ weight, psp });
    return {
      source: from,
      target: refs.known(target),
      nth: 0,
      weight,
      psp: psp ?? connectome.areas.get(from[0])!.parameters.postsynapticCurrent,
      packed: Number(inhibitory) | (delay << 8),
    };
  });
  return { ...nothing(), made };
}

export function removeSynapses(connectome: Connectome, engine: Living, synapses: readonly NamedSynapse[]): LiveChange {
  return { ...nothing(), cut: named(connectome, engine, synapses) };
}

export function updateWeights(
  connectome: Connectome,
  engine: Living,
  synapses: readonly (NamedSynapse & { weight: number })[],
): LiveChange {
  for (const { weight } of synapses) refuseUnfit({ weight });
  const found = named(connectome, engine, synapses);
  return {
    ...nothing(),
    weights: found.map(({ source, target, nth, weight }, i) => ({ source, target, nth, before: weight, after: synapses[i]!.weight })),
  };
}

/** The named synapses as they are, in their order; E_NOT_FOUND for one that is not there. */
function named(connectome: Connectome, engine: Living, synapses: readonly NamedSynapse[]): SynapseRow[] {
  const refs = new NeuronRefs(connectome, engine.neuronCount);
  for (const { source, target } of synapses) [source, target].map((id) => refs.known(id));
  const sources = new Set(synapses.map(({ source }) => source));
  const targets = new Set(synapses.map(({ target }) => target));
  const keyOf = (row: Pick<SynapseRow, "source" | "target">) => `${row.source}>${row.target}`;
  const there = Map.groupBy(
    synapsesWhere(engine, refs, (source, target) => sources.has(source) && targets.has(target)),
    keyOf,
  );
  return synapses.map(({ source, target, nth = 0 }) => {
    const found = there.get(keyOf({ source: refs.known(source), target: refs.known(target) }))?.[nth];
    if (found) return found;
    throw new LabError("E_NOT_FOUND", `There is no synapse ${source} -> ${target}${nth > 0 ? ` number ${nth}` : ""}`, {
      source,
      target,
      nth,
    });
  });
}

/** Wanted synapses between neurons of areas, in slot order; those of memory neurons are not edited by hand. */
function synapsesWhere(engine: Living, refs: NeuronRefs, isWanted: (source: number, target: number) => boolean): SynapseRow[] {
  const rows = engine.synapses();
  const counts = new Map<string, number>();
  const found: SynapseRow[] = [];
  rows.source.forEach((from, i) => {
    const to = rows.target[i]!;
    if (!isWanted(from, to)) return;
    const [source, target] = [refs.refOf(from), refs.refOf(to)];
    if (!source || !target) return;
    const key = `${from}>${to}`;
    const nth = counts.get(key) ?? 0;
    counts.set(key, nth + 1);
    const packed = (rows.kind[i]! | (rows.delay[i]! << 8) | (rows.flags[i]! << 16)) >>> 0;
    found.push({ source, target, nth, weight: rows.weight[i]!, psp: rows.psp[i]!, packed });
  });
  return found;
}

function valuesOf(engine: Living, ids: Uint32Array): NeuronValues[] {
  const settings = engine.neuronSettings(ids);
  return Array.from(ids, (_, i) => valuesIn(settings, i));
}

/** What the parameters of an area make of a neuron in this voxel. */
function valuesAt(area: CorticalArea, [x, y, z]: Vec3): NeuronValues {
  const [, height, depth] = area.dimensions;
  const place = ((x * height + y) * depth + z) * area.neuronsPerVoxel;
  return valuesIn(grownValues(area, place, place + 1), 0);
}

function refuseCore(area: CorticalArea): void {
  if (area.kind !== "core") return;
  throw new LabError("E_INVALID", `${area.name} is a core area; its neurons are neither made nor removed by hand`, { area: area.id });
}

const words = new Set(["refractoryPeriod", "consecutiveFireLimit", "snoozePeriod"]);

function refuseUnfit(values: object): void {
  for (const [name, value] of Object.entries(values)) {
    if (typeof value !== "number") continue;
    const isFit = words.has(name) ? Number.isInteger(value) && value >= 0 && value <= 65_535 : Number.isFinite(Math.fround(value));
    const within = name === "leak" || name === "excitability" ? value >= 0 && value <= 1 : true;
    if (isFit && within) continue;
    throw new LabError(
      "E_INVALID",
      `${name} cannot be ${value}`,
      { issues: [{ path: name, message: "out of range" }] },
      "Give a value an engine can hold.",
    );
  }
}
