/**
 * Cuts a failing trial down: bursts, neurons, synapses, operations, rows of operations and settings go as long as it still fails.
 *
 * Whatever goes, goes in halves first and one by one last; the cuts are repeated until none helps.
 */
import { type EngineImage, type NeuronColumns, NO_FIRE_LIMIT, NO_THRESHOLD_LIMIT, type SynapseColumns } from "#contracts/network.ts";
import { type PatchOp, patchOp } from "#contracts/patch.ts";
import { operationsOf } from "../golden-operations.ts";
import type { Step, Trial } from "./trial.ts";

export interface ShrinkLimits {
  /** Runs of a trial that may be spent. */
  runs: number;
  milliseconds: number;
}

/** The smallest trial found that still fails; `fails` must hold for the one given. */
export function shrinkTrial(
  trial: Trial,
  fails: (trial: Trial) => boolean,
  limits: ShrinkLimits = { runs: 4000, milliseconds: 30_000 },
): Trial {
  const until = Date.now() + limits.milliseconds;
  let runs = 0;
  const stillFails = (smaller: Trial) => {
    if (runs >= limits.runs || Date.now() > until) return false;
    runs++;
    return fails(smaller);
  };
  let smallest = trial;
  for (let before = Number.POSITIVE_INFINITY; size(smallest) < before; ) {
    before = size(smallest);
    for (const cut of cuts) smallest = cut(smallest, stillFails);
  }
  return smallest;
}

type Fails = (trial: Trial) => boolean;

const cuts: ((trial: Trial, fails: Fails) => Trial)[] = [
  cutSteps,
  cutNeurons,
  cutSynapses,
  cutOperations,
  cutRows,
  cutHandovers,
  cutSettings,
  plainColumns,
];

function size({ image, steps }: Trial): number {
  const words = steps.reduce((sum, { patch, handOver }) => sum + patch.length + (handOver === null ? 1 : 2), 0);
  return image.neurons.count + image.synapses.count + settingsOf(image).length + words;
}

/** Columns of either neuron model. */
type Columns = EngineImage["neurons"] | EngineImage["synapses"];

function withParts(trial: Trial, parts: { neurons?: Columns; synapses?: Columns }): Trial {
  return { ...trial, image: { ...trial.image, ...parts } as EngineImage };
}

/** What an image says of areas. */
function settingsOf(image: EngineImage): readonly unknown[] {
  return "areas" in image ? image.areas : image.projections;
}

/** Leaves out ever smaller runs of places while the rest still fails; returns the places that are left. */
function keepFew(count: number, fails: (kept: readonly number[]) => boolean): readonly number[] {
  let kept: readonly number[] = Array.from({ length: count }, (_, at) => at);
  for (let chunk = count; chunk >= 1; chunk = Math.floor(chunk / 2)) {
    for (let end = kept.length; end > 0; end -= chunk) {
      const fewer = [...kept.slice(0, Math.max(0, end - chunk)), ...kept.slice(end)];
      if (fails(fewer)) kept = fewer;
    }
  }
  return kept;
}

/** Cuts a list that a trial can be built from again. */
function cutList<T>(trial: Trial, fails: Fails, list: readonly T[], rebuilt: (kept: readonly T[]) => Trial): Trial {
  const of = (kept: readonly number[]) => rebuilt(kept.map((at) => list[at]!));
  const kept = keepFew(list.length, (places) => fails(of(places)));
  return kept.length === list.length ? trial : of(kept);
}

function cutSteps(trial: Trial, fails: Fails): Trial {
  return cutList(trial, fails, trial.steps, (steps) => ({ ...trial, steps }));
}

function cutSettings(trial: Trial, fails: Fails): Trial {
  const list = "areas" in trial.image ? "areas" : "projections";
  const rebuilt = (kept: readonly unknown[]) => ({ ...trial, image: { ...trial.image, [list]: [...kept] } as EngineImage });
  return cutList(trial, fails, settingsOf(trial.image), rebuilt);
}

function cutHandovers(trial: Trial, fails: Fails): Trial {
  let { steps } = trial;
  for (const [at, step] of trial.steps.entries()) {
    const fewer = steps.with(at, { ...step, handOver: null });
    if (step.handOver !== null && fails({ ...trial, steps: fewer })) steps = fewer;
  }
  return { ...trial, steps };
}

function cutSynapses(trial: Trial, fails: Fails): Trial {
  const { image } = trial;
  const of = (kept: readonly number[]) => withParts(trial, { synapses: picked(image.synapses, kept) });
  const kept = keepFew(image.synapses.count, (places) => fails(of(places)));
  return of(kept);
}

/** Columns with these places only. */
function picked<Group extends Columns>(columns: Group, places: readonly number[]): Group {
  const entries = Object.entries(columns).map(([name, column]) => {
    if (typeof column === "number") return [name, places.length];
    const Kind = column.constructor as Uint32ArrayConstructor;
    return [name, Kind.from(places, (at) => column[at]!)];
  });
  return Object.fromEntries(entries) as Group;
}

/** Neurons go with their synapses and with what operations say of them; ids above move down. */
function cutNeurons(trial: Trial, fails: Fails): Trial {
  const { image, steps } = trial;
  const { count } = image.neurons;
  const of = (kept: readonly number[]): Trial => {
    const place = new Map(kept.map((id, at) => [id, at]));
    const moved = (id: number) => (id < count ? place.get(id) : id >= FIRST_MEMORY_NEURON ? id : id - count + kept.length);
    const moving = steps.map((step) => ({ ...step, patch: rewritten(step.patch, (op) => movedOperation(op, moved)) }));
    const parts = { neurons: picked(image.neurons, kept), synapses: movedSynapses(image.synapses, moved) };
    return withParts({ image, steps: moving }, parts);
  };
  const kept = keepFew(count, (places) => fails(of(places)));
  return kept.length === count ? trial : of(kept);
}

const FIRST_MEMORY_NEURON = 50_000_000;

/** Where a neuron went; undefined for one that is gone. */
type Moved = (id: number) => number | undefined;

function movedSynapses(synapses: EngineImage["synapses"], moved: Moved): EngineImage["synapses"] {
  const slots = Array.from({ length: synapses.count }, (_, slot) => slot);
  const left = picked(
    synapses,
    slots.filter((slot) => moved(synapses.source[slot]!) !== undefined && moved(synapses.target[slot]!) !== undefined),
  );
  left.source = left.source.map((id) => moved(id)!);
  left.target = left.target.map((id) => moved(id)!);
  return left;
}

interface Operation {
  code: number;
  words: readonly number[];
}

/** Arguments before the rows, words of a row, and which words of a row are neurons. */
interface Shape {
  head: number;
  row: number;
  neurons: readonly number[];
}

/** Operations of rows, and those that name neurons. */
const shapes = new Map<number, Shape>(
  Object.entries({
    stageInput: { head: 0, row: 2, neurons: [0] },
    forceFire: { head: 1, row: 4, neurons: [] },
    deleteNeurons: { head: 0, row: 1, neurons: [0] },
    addSynapses: { head: 0, row: 5, neurons: [0, 1] },
    addNeurons: { head: 1, row: 9, neurons: [] },
    removeSynapse: { head: 0, row: 2, neurons: [0, 1] },
    updateSynapseWeight: { head: 0, row: 3, neurons: [0, 1] },
    neuronMembranePotential: { head: 0, row: 2, neurons: [0] },
    neuronLeak: { head: 0, row: 2, neurons: [0] },
    moveNeurons: { head: 0, row: 2, neurons: [0, 1] },
    neuronSettings: { head: 0, row: 7, neurons: [0] },
    neuronStates: { head: 0, row: 3, neurons: [0] },
    reviveNeurons: { head: 0, row: 1, neurons: [0] },
    removeSynapseSlots: { head: 0, row: 1, neurons: [] },
    synapseWeights: { head: 0, row: 2, neurons: [] },
    neuronRefractory: { head: 0, row: 2, neurons: [0] },
    mapMemoryNeurons: { head: 0, row: 2, neurons: [] },
    removeMemoryNeurons: { head: 0, row: 1, neurons: [] },
    memoryInject: { head: 0, row: 3, neurons: [] },
    registerTwins: { head: 0, row: 3, neurons: [] },
    setModulators: { head: 0, row: 5, neurons: [] },
    setSubscriptions: { head: 0, row: 2, neurons: [] },
    modulationGroup: { head: 1, row: 1, neurons: [] },
    groupSynapses: { head: 0, row: 3, neurons: [] },
    spikeTrainAreas: { head: 0, row: 1, neurons: [] },
    scheduleReplay: { head: 3, row: 4, neurons: [] },
  } satisfies Partial<Record<PatchOp, Shape>>).map(([name, shape]) => [patchOp[name as PatchOp], shape]),
);

function rowsOf({ head, row }: Shape, words: readonly number[]): number[][] {
  return Array.from({ length: Math.floor((words.length - head) / row) }, (_, at) => words.slice(head + at * row, head + (at + 1) * row));
}

/** An operation after neurons moved; null where nothing of it is left. */
function movedOperation({ code, words }: Operation, moved: Moved): Operation | null {
  if (code === patchOp.removeSynapsesFromTo) {
    const [sources, targets] = [words.slice(1, 1 + words[0]!), words.slice(1 + words[0]!)].map((ids) =>
      ids.map(moved).filter((id) => id !== undefined),
    ) as [number[], number[]];
    return { code, words: [sources.length, ...sources, ...targets] };
  }
  const shape = shapes.get(code);
  if (!shape || shape.neurons.length === 0) return { code, words };
  const rows = rowsOf(shape, words).map((row) => row.map((word, at) => (shape.neurons.includes(at) ? moved(word) : word)));
  const left = rows.filter((row): row is number[] => !row.includes(undefined));
  return left.length === 0 ? null : { code, words: left.flat() };
}

function operations(patch: Uint32Array): Operation[] {
  return Array.from(operationsOf(patch), ({ code, words }) => ({ code, words: Array.from(words) }));
}

function patchFrom(list: readonly Operation[]): Uint32Array {
  return Uint32Array.from(list.flatMap(({ code, words }) => [code, words.length, ...words]));
}

function rewritten(patch: Uint32Array, change: (operation: Operation) => Operation | null): Uint32Array {
  return patchFrom(operations(patch).flatMap((operation) => change(operation) ?? []));
}

/** Every operation of every step with its step, as one list. */
function cutOperations(trial: Trial, fails: Fails): Trial {
  const all = trial.steps.flatMap(({ patch }, step) => operations(patch).map((operation) => ({ step, operation })));
  return cutList(trial, fails, all, (kept) => ({ ...trial, steps: stepsWith(trial.steps, kept) }));
}

function stepsWith(steps: readonly Step[], all: readonly { step: number; operation: Operation }[]): Step[] {
  return steps.map((step, at) => ({ ...step, patch: patchFrom(all.filter((one) => one.step === at).map(({ operation }) => operation)) }));
}

function cutRows(trial: Trial, fails: Fails): Trial {
  let all = trial.steps.flatMap(({ patch }, step) => operations(patch).map((operation) => ({ step, operation })));
  for (const [at, { step, operation }] of all.entries()) {
    const { code, words } = operation;
    const shape = shapes.get(code);
    if (!shape || words.length <= shape.head + shape.row) continue;
    const rows = rowsOf(shape, words);
    const of = (kept: readonly number[]) => {
      const fewer = [...words.slice(0, shape.head), ...kept.flatMap((place) => rows[place]!)];
      return all.with(at, { step, operation: { code, words: fewer } });
    };
    all = of(keepFew(rows.length, (places) => fails({ ...trial, steps: stepsWith(trial.steps, of(places)) })));
  }
  return { ...trial, steps: stepsWith(trial.steps, all) };
}

/** What a neuron and a synapse are where nothing is said of them. */
const plain: Partial<Record<keyof NeuronColumns | keyof SynapseColumns, number>> = {
  area: 7,
  x: 0,
  y: 0,
  z: 0,
  threshold: 1,
  thresholdLimit: NO_THRESHOLD_LIMIT,
  leak: 0,
  excitability: 1,
  refractoryPeriod: 0,
  consecutiveFireLimit: NO_FIRE_LIMIT,
  snoozePeriod: 0,
  accumulates: 1,
  weight: 1,
  psp: 1,
  kind: 0,
  delay: 1,
  flags: 0,
};

function plainColumns(trial: Trial, fails: Fails): Trial {
  let smallest = trial;
  for (const group of ["neurons", "synapses"] as const) {
    for (const [name, column] of Object.entries(trial.image[group]) as [keyof typeof plain, Uint32Array][]) {
      const value = plain[name];
      if (value === undefined || column.every((stored) => stored === Math.fround(value))) continue;
      const simpler = withParts(smallest, { [group]: { ...smallest.image[group], [name]: column.slice().fill(value) } });
      if (fails(simpler)) smallest = simpler;
    }
  }
  return smallest;
}
