/** The second part of a transition: what it must know of the engine, read between two bursts or from a fork. */
import type { CorticalArea, CorticalId, Vec3 } from "#contracts/connectome.ts";
import type { Growth } from "../development/growth.ts";
import type { Engine, NeuronStates } from "../engine/engine.ts";
import { decodeSnapshot } from "../engine/reference/snapshot-codec.ts";
import { concernedRows, type LivingRows } from "./concern.ts";
import { type NeuronValues, ownValues } from "./neuron-values.ts";
import type { Prepared } from "./prepare.ts";
import { breath, breathing, type Work } from "./work.ts";

/** Without `synapses` where nothing structural changes. */
export interface Reading {
  synapseCount: number;
  synapses: LivingRows | null;
  /** Voxel of a neuron made by hand. */
  placeOf(id: number): Vec3;
  /** Of removed and moved areas, by place. */
  states: Map<CorticalId, AreaStates>;
  /** Of removed areas. */
  memoryNeurons: number[];
}

type AreaStates = Pick<NeuronStates, "potential" | "countdown" | "consecutiveFires"> & { settings: Map<number, NeuronValues> };

export function* readFor(prepared: Prepared, engine: Engine): Work<Reading> {
  const { before, growth, changes, isStructural } = prepared;
  const doomed = [...changes.removed, ...changes.moved.map((one) => one.before)];
  const extras = doomed.flatMap(({ id }) => before.extras.get(id) ?? []);
  const settings = engine.neuronSettings(Uint32Array.from(extras));
  const removedMemory = changes.removed.filter(({ kind }) => kind === "memory").map(({ index }) => index);
  const states: Reading["states"] = new Map();
  for (const area of doomed) states.set(area.id, yield* statesOf(area, engine, growth));
  return {
    synapseCount: engine.synapseCount,
    synapses: isStructural ? yield* breathing(growth, concernedRows(prepared.concern, engine)) : null,
    placeOf(id) {
      const at = extras.indexOf(id);
      return [settings.x[at]!, settings.y[at]!, settings.z[at]!];
    },
    states,
    memoryNeurons: removedMemory.length > 0 ? memoryNeuronsOf(engine, removedMemory) : [],
  };
}

/** Neurons read at once. */
const STRETCH = 50_000;

function* statesOf(area: CorticalArea, engine: Engine, growth: Growth): Work<AreaStates> {
  const { firstNeuron, neurons } = area;
  const states = { potential: new Float32Array(neurons), countdown: new Uint16Array(neurons), consecutiveFires: new Uint16Array(neurons) };
  const settings = new Map<number, NeuronValues>();
  for (let from = 0; from < neurons; from += STRETCH) {
    const ids = Uint32Array.from({ length: Math.min(STRETCH, neurons - from) }, (_, i) => firstNeuron + from + i);
    const read = engine.neuronStates(ids);
    for (const name of ["potential", "countdown", "consecutiveFires"] as const) states[name].set(read[name], from);
    for (const [place, own] of ownValues(area, engine.neuronSettings(ids), from)) settings.set(place, own);
    yield breath(growth);
  }
  return { ...states, settings };
}

function memoryNeuronsOf(engine: Engine, areas: readonly number[]): number[] {
  const { memoryId, memoryArea } = decodeSnapshot(engine.snapshot()).columns;
  return [...memoryId].filter((_, at) => areas.includes(memoryArea[at]!));
}
