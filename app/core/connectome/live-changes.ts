/**
 * Changes of single neurons and synapses of the living brain, which no genome holds, as plain data that has an inverse.
 *
 * Neurons are named by place, so that a change can be taken back after its area got another block. A removed neuron of a block
 * leaves a hole; a neuron that is made lies in its area's box with an id behind all others (an extra).
 */
import type { CorticalArea, CorticalId, Vec3 } from "#contracts/connectome.ts";
import { LabError } from "#contracts/errors.ts";
import { PatchWriter } from "#contracts/patch.ts";
import { homeostatPatch, switchesOf } from "../development/switches.ts";
import type { Engine, SynapseRows } from "../engine/engine.ts";
import type { Connectome } from "./connectome.ts";
import { EXTRA } from "./kept.ts";
import { type NeuronValues, writeValues } from "./neuron-values.ts";
import { areasById } from "./pair-rows.ts";

/** Area, and place in its block or `EXTRA` + id. */
export type NeuronRef = readonly [area: CorticalId, place: number];

export interface NeuronRow {
  neuron: NeuronRef;
  voxel: Vec3;
  values: NeuronValues;
  potential: number;
  countdown: number;
  consecutiveFires: number;
}

export interface SynapseRef {
  source: NeuronRef;
  target: NeuronRef;
  /** Among the synapses between the two by slot, 0 the first. Of one that is made `planChange` tells. */
  nth: number;
}

export interface SynapseRow extends SynapseRef {
  weight: number;
  psp: number;
  /** Kind, delay and flags, a byte each. */
  packed: number;
}

export interface LiveChange {
  added: NeuronRow[];
  removed: NeuronRow[];
  settings: { neuron: NeuronRef; before: NeuronValues; after: NeuronValues }[];
  made: SynapseRow[];
  cut: SynapseRow[];
  weights: (SynapseRef & { before: number; after: number })[];
}

export function invertedChange({ added, removed, settings, made, cut, weights }: LiveChange): LiveChange {
  return {
    added: removed,
    removed: added,
    settings: settings.map(({ neuron, before, after }) => ({ neuron, before: after, after: before })),
    made: cut,
    cut: made,
    weights: weights.map(({ before, after, ...synapse }) => ({ ...synapse, before: after, after: before })),
  };
}

/** Ids of neurons by reference and the other way round, for the connectome as it stands. */
export class NeuronRefs {
  readonly #areas: CorticalArea[];
  readonly #byName: Connectome["areas"];
  readonly #byId: Int32Array;

  constructor({ areas, extras, holes }: Connectome, ids: number) {
    this.#areas = [...areas.values()];
    this.#byId = areasById(this.#areas, ids, ({ id }) => extras.get(id) ?? []);
    for (const hole of [...holes.values()].flat()) this.#byId[hole] = -1;
    this.#byName = areas;
  }

  /** Undefined for an id that no living neuron of an area has. */
  refOf(id: number): NeuronRef | undefined {
    const area = this.#areas[this.#byId[id] ?? -1];
    if (!area) return undefined;
    const place = id - area.firstNeuron;
    return [area.id, place >= 0 && place < area.neurons ? place : EXTRA + id];
  }

  /** Whether something lives there is not asked. */
  idOf([id, place]: NeuronRef): number {
    if (place >= EXTRA) return place - EXTRA;
    const area = this.#byName.get(id);
    if (!area || place >= area.neurons) throw conflict("The area of a neuron is gone or has another size", { area: id, place });
    return area.firstNeuron + place;
  }

  /** E_NOT_FOUND for an id that no living neuron of an area has. */
  known(id: number): NeuronRef {
    const ref = this.refOf(id);
    if (!ref) throw new LabError("E_NOT_FOUND", `No neuron has the id ${id}`, { id }, "connectome.listAreas tells the ids of each area.");
    return ref;
  }
}

export interface PlannedChange {
  patch: Uint32Array;
  /** After it. */
  connectome: Connectome;
  /** The change, in which what is made can be found again. */
  change: LiveChange;
}

/** E_CONFLICT where the brain is no longer as the change found it. */
export function planChange(connectome: Connectome, engine: Engine, change: LiveChange): PlannedChange {
  const refs = new NeuronRefs(connectome, engine.neuronCount);
  const patch = new PatchWriter();
  writeAdded(patch, change.added, refs, engine.neuronCount, connectome);
  writeSettings(patch, change, refs);
  const sought = [...change.cut, ...change.weights];
  const slots = sought.length > 0 ? slotsOf(sought, refs, engine.synapses()) : [];
  if (change.cut.length > 0) patch.op("removeSynapseSlots", slots.slice(0, change.cut.length));
  if (change.weights.length > 0) {
    patch.begin("synapseWeights", 2 * change.weights.length);
    change.weights.forEach(({ after }, i) => {
      patch.u32(slots[change.cut.length + i]!).f32(after);
    });
  }
  const removed = change.removed.map(({ neuron }) => refs.idOf(neuron));
  if (removed.length > 0) patch.op("deleteNeurons", removed);
  if (change.made.length > 0) patch.begin("addSynapses", 5 * change.made.length);
  for (const { source, target, weight, psp, packed } of change.made) {
    patch.u32(refs.idOf(source)).u32(refs.idOf(target)).f32(weight).f32(psp).u32(packed);
  }
  patch.append(homeostatsAgain(connectome, [...change.added, ...change.removed]));
  const strict = connectome.dynamics === "feagi-strict" && change.made.length + change.cut.length + change.removed.length > 0;
  if (strict) patch.op("rebuildSynapseIndex");
  const [goingSlots, goingIds] = [new Set(slots.slice(0, change.cut.length)), new Set(removed)];
  const stays: Stays = (slot, source, target) => !goingSlots.has(slot) && !goingIds.has(source) && !goingIds.has(target);
  const made = numbered(change.made, refs, engine, stays, connectome.dynamics === "feagi-strict");
  return { patch: patch.take(), connectome: connectomeAfter(connectome, change, refs), change: { ...change, made } };
}

/** A homeostat regulates the neurons that its area had when it was registered. */
function homeostatsAgain({ genome, areas, dynamics }: Connectome, rows: readonly NeuronRow[]): Uint32Array {
  if (rows.length === 0) return new Uint32Array(0);
  const touched = new Set(rows.map(({ neuron }) => areas.get(neuron[0])?.index));
  return homeostatPatch(switchesOf(genome, areas, dynamics).homeostats.filter(({ area }) => touched.has(area)));
}

function writeAdded(patch: PatchWriter, added: readonly NeuronRow[], refs: NeuronRefs, firstFreeId: number, { areas }: Connectome): void {
  if (added.length === 0) return;
  const rows = added.map((row) => ({ ...row, id: refs.idOf(row.neuron) })).sort((a, b) => a.id - b.id);
  const revived = rows.filter(({ id }) => id < firstFreeId).map(({ id }) => id);
  if (revived.length > 0) patch.op("reviveNeurons", revived);
  rows.slice(revived.length).forEach(({ id, neuron: [area], voxel, values }, i) => {
    if (id !== firstFreeId + i) throw conflict("The next neuron would get another id", { id, next: firstFreeId + i });
    patch.begin("addNeurons", 10).u32(areas.get(area)!.index);
    for (const at of voxel) patch.u32(at);
    writeValues(patch, values);
  });
  patch.begin("neuronSettings", 7 * rows.length);
  for (const { id, values } of rows) writeValues(patch.u32(id), values);
  patch.begin("neuronStates", 3 * rows.length);
  for (const { id, potential, countdown, consecutiveFires } of rows)
    patch
      .u32(id)
      .f32(potential)
      .u32((countdown | (consecutiveFires << 16)) >>> 0);
}

function writeSettings(patch: PatchWriter, { settings }: LiveChange, refs: NeuronRefs): void {
  if (settings.length === 0) return;
  patch.begin("neuronSettings", 7 * settings.length);
  for (const { neuron, after } of settings) writeValues(patch.u32(refs.idOf(neuron)), after);
}

type Stays = (slot: number, source: number, target: number) => boolean;

/** What is made with its number among the synapses of its pair, by the slots that addSynapses takes (contracts/patch.ts). */
function numbered(made: readonly SynapseRow[], refs: NeuronRefs, engine: Engine, stays: Stays, strict: boolean): SynapseRow[] {
  const ends = made.map((row) => [refs.idOf(row.source), refs.idOf(row.target)] as const);
  const keyOf = ([from, to]: (typeof ends)[number]) => `${from}>${to}`;
  const slotsOf = new Map<string, number[]>();
  for (const pair of ends) {
    if (slotsOf.has(keyOf(pair))) continue;
    const { slot, target } = engine.outgoing(pair[0]);
    const there = [...slot].filter((one, row) => target[row] === pair[1] && stays(one, ...pair));
    slotsOf.set(keyOf(pair), there);
  }
  // A pair that has none yet is numbered in order, whatever the slots.
  const hasOthers = [...slotsOf.values()].some((there) => there.length > 0);
  const free = strict || !hasOthers ? [] : freeSlots(engine, stays);
  const taken = ends.map((pair, i) => {
    const slot = free[i] ?? engine.synapseSlots + i - free.length;
    slotsOf.get(keyOf(pair))!.push(slot);
    return slot;
  });
  for (const slots of slotsOf.values()) slots.sort((a, b) => a - b);
  return made.map((row, i) => ({ ...row, nth: slotsOf.get(keyOf(ends[i]!))!.indexOf(taken[i]!) }));
}

/** Ascending. */
function freeSlots(engine: Engine, stays: Stays): number[] {
  const isTaken = new Uint8Array(engine.synapseSlots);
  const { slot, source, target } = engine.synapses();
  slot.forEach((one, row) => {
    isTaken[one] = Number(stays(one, source[row]!, target[row]!));
  });
  return Array.from(isTaken.keys()).filter((one) => isTaken[one] === 0);
}

/** Slots of the named synapses, in their order. */
function slotsOf(sought: readonly SynapseRef[], refs: NeuronRefs, { slot, source, target }: SynapseRows): number[] {
  const keyOf = (from: number, to: number) => `${from}>${to}`;
  const pairs = new Map(sought.map((one) => [keyOf(refs.idOf(one.source), refs.idOf(one.target)), [] as number[]]));
  const sources = new Set(sought.map((one) => refs.idOf(one.source)));
  slot.forEach((at, row) => {
    if (sources.has(source[row]!)) pairs.get(keyOf(source[row]!, target[row]!))?.push(at);
  });
  return sought.map((one) => {
    const [from, to] = [refs.idOf(one.source), refs.idOf(one.target)];
    const found = pairs.get(keyOf(from, to))![one.nth];
    if (found === undefined) throw conflict(`The synapse ${from} -> ${to} is gone`, { source: from, target: to });
    return found;
  });
}

function connectomeAfter(connectome: Connectome, { added, removed }: LiveChange, refs: NeuronRefs): Connectome {
  if (added.length + removed.length === 0) return connectome;
  const [extras, holes] = [new Map(connectome.extras), new Map(connectome.holes)];
  const change = (rows: readonly NeuronRow[], isExtra: boolean, lists: Map<string, readonly number[]>, comes: boolean) => {
    for (const [id, group] of Map.groupBy(
      rows.filter(({ neuron }) => neuron[1] >= EXTRA === isExtra),
      ({ neuron }) => neuron[0],
    )) {
      const named = new Set(group.map(({ neuron }) => refs.idOf(neuron)));
      const list = [...(lists.get(id) ?? []).filter((one) => !named.has(one)), ...(comes ? named : [])].sort((a, b) => a - b);
      if (list.length > 0) lists.set(id, list);
      else lists.delete(id);
    }
  };
  change(added, true, extras, true);
  change(removed, true, extras, false);
  change(added, false, holes, false);
  change(removed, false, holes, true);
  return { ...connectome, extras, holes };
}

function conflict(message: string, details: Record<string, unknown>): LabError {
  return new LabError("E_CONFLICT", message, details, "Undo what was edited since, and try again.");
}
