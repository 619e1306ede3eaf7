/** The second part of a transition: what it must know of the engine, read between two bursts or from a fork. */
import type { CorticalArea, CorticalId } from "#contracts/connectome.ts";
import type { Growth } from "../development/growth.ts";
import type { Engine } from "../engine/engine.ts";
import { decodeSnapshot } from "../engine/reference/snapshot-codec.ts";
import { placesIn } from "./area-changes.ts";
import { concernedRows, type LivingRows } from "./concern.ts";
import type { Connectome } from "./connectome.ts";
import type { KeptNeurons } from "./kept.ts";
import { type NeuronValues, ownValues } from "./neuron-values.ts";
import type { Prepared } from "./prepare.ts";
import { breath, breathing, type Work } from "./work.ts";

/** Without `synapses` where none of them changes. */
export interface Reading {
  synapseCount: number;
  synapses: LivingRows | null;
  /** Neurons that go, of removed and of moved areas. */
  going: Map<CorticalId, KeptNeurons>;
  /** Of removed areas. */
  memoryNeurons: number[];
}

export function* readFor(prepared: Prepared, engine: Engine): Work<Reading> {
  const { before, growth, changes, isStructural, regrouped } = prepared;
  const removedMemory = changes.removed.filter(({ kind }) => kind === "memory").map(({ index }) => index);
  const going: Reading["going"] = new Map();
  for (const area of changes.removed) going.set(area.id, yield* read(before, area, null, engine, growth));
  for (const one of changes.moved) going.set(one.before.id, yield* read(before, one.before, one.after, engine, growth));
  return {
    synapseCount: engine.synapseCount,
    synapses: isStructural || regrouped.size > 0 ? yield* breathing(growth, concernedRows(prepared.concern, engine)) : null,
    going,
    memoryNeurons: removedMemory.length > 0 ? memoryNeuronsOf(engine, removedMemory) : [],
  };
}

/** Neurons read at once. */
const STRETCH = 50_000;

/** The neurons of an area that have no place in the one after. */
function* read(before: Connectome, area: CorticalArea, after: CorticalArea | null, engine: Engine, growth: Growth): Work<KeptNeurons> {
  const empty = new Set(before.holes.get(area.id));
  const places = after && placesIn(area, after);
  const gone: number[] = [];
  const holes: number[] = [];
  for (let at = 0; at < area.neurons; at++) {
    if (places === null || places[at]! < 0) (empty.has(area.firstNeuron + at) ? holes : gone).push(at);
  }
  yield breath(growth);
  const byHand = Uint32Array.from(before.extras.get(area.id) ?? []);
  const { x, y, z } = engine.neuronSettings(byHand);
  const isInside = (i: number) => [x[i]!, y[i]!, z[i]!].every((at, axis) => after !== null && at < after.dimensions[axis]!);
  const extras = [...byHand].filter((_, i) => !isInside(i));
  const place = Uint32Array.from(gone);
  const count = place.length;
  const states = { potential: new Float32Array(count), countdown: new Uint16Array(count), consecutiveFires: new Uint16Array(count) };
  const settings = new Map<number, NeuronValues>();
  for (let from = 0; from < count; from += STRETCH) {
    const places = place.subarray(from, from + STRETCH);
    const ids = places.map((one) => area.firstNeuron + one);
    const found = engine.neuronStates(ids);
    for (const name of ["potential", "countdown", "consecutiveFires"] as const) states[name].set(found[name], from);
    for (const [at, own] of ownValues(area, engine.neuronSettings(ids), places)) settings.set(at, own);
    yield breath(growth);
  }
  return { index: area.index, shape: area, holes, extras, place, ...states, settings };
}

function memoryNeuronsOf(engine: Engine, areas: readonly number[]): number[] {
  const { memoryId, memoryArea } = decodeSnapshot(engine.snapshot()).columns;
  return [...memoryId].filter((_, at) => areas.includes(memoryArea[at]!));
}
