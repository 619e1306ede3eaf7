/** Single neurons and synapses of the living brain. Source: spec/development.md section 10, rows 14 to 30 and 39 to 43. */
import type { CallContext, ServiceOf } from "#contracts/command.ts";
import type { NeuronState, neuronCommands, SynapseRow } from "#contracts/commands/connectome/neurons.ts";
import type { CorticalArea } from "#contracts/connectome.ts";
import { LabError } from "#contracts/errors.ts";
import { neuronsOf } from "#core/connectome/census.ts";
import { areaFinder, type Connectome } from "#core/connectome/connectome.ts";
import type { LiveChange } from "#core/connectome/live-changes.ts";
import {
  createNeurons,
  createSynapses,
  type NewSynapse,
  removeNeurons,
  removeSynapses,
  updateNeurons,
  updateWeights,
} from "#core/connectome/live-edits.ts";
import { pairKey } from "#core/connectome/mapping-changes.ts";
import type { Engine, SynapseRows } from "#core/engine/engine.ts";
import type { Editor } from "../editor.ts";
import type { LabState } from "../lab-state.ts";
import { areaOf } from "./find-area.ts";

/** Synapses of one neuron that are shown with it, each way. */
const SHOWN_SYNAPSES = 100;
/** Cells whose potential is looked at between two bursts: a few milliseconds of the engine. */
const MOST_LOOKED_AT = 1 << 18;

type Build = (connectome: Connectome, engine: Engine) => LiveChange;

export function createNeuronService(state: LabState, editor: Editor): ServiceOf<typeof neuronCommands> {
  /** Reads the engine between two bursts. */
  const read = <T>(work: (engine: Engine) => T): Promise<T> => state.turns.take(() => work(state.living.runner.engine));
  /** As one step of the history, or only its summary. */
  const commit = (group: string, build: Build, { source }: CallContext, dryRun: boolean) =>
    dryRun ? editor.planLive(build) : editor.commitLive(build, group, source);
  const extrasOf = ({ id }: CorticalArea) => state.living.connectome.extras.get(id) ?? [];
  const living = (engine: Engine, ids: Uint32Array) => {
    const { valid } = engine.neuronSettings(ids);
    return ids.filter((_, i) => valid[i] === 1);
  };
  const livingIn = (engine: Engine, area: CorticalArea) => {
    const extras = extrasOf(area);
    const ids = Uint32Array.from({ length: area.neurons + extras.length }, (_, i) => area.firstNeuron + i);
    ids.set(extras, area.neurons);
    return living(engine, ids);
  };
  return {
    getNeuron: ({ id }) => read((engine) => neuronState(state, engine, id)),
    neuronAt: ({ area: id, voxel }) =>
      read((engine) => {
        const area = areaOf(state, id);
        if (!voxel.every((at, axis) => at < area.dimensions[axis]!)) {
          const message = `The voxel ${voxel.join(", ")} is not inside ${area.name}`;
          throw new LabError("E_INVALID", message, { voxel }, `It has ${area.dimensions.join(" × ")} voxels, counted from 0.`);
        }
        const [, height, depth] = area.dimensions;
        const first = area.firstNeuron + ((voxel[0] * height + voxel[1]) * depth + voxel[2]) * area.neuronsPerVoxel;
        const extras = Uint32Array.from(extrasOf(area));
        const { x, y, z } = engine.neuronSettings(extras);
        const here = extras.filter((_, i) => x[i] === voxel[0] && y[i] === voxel[1] && z[i] === voxel[2]);
        const block = Array.from({ length: area.neuronsPerVoxel }, (_, k) => first + k);
        return { neurons: [...living(engine, Uint32Array.from([...block, ...here]))] };
      }),
    listNeurons: ({ area, offset, limit }) =>
      read((engine) => {
        const ids = livingIn(engine, areaOf(state, area));
        return { total: ids.length, neurons: [...ids.subarray(offset, offset + limit)] };
      }),
    countNeurons: ({ area }) =>
      read((engine) => ({
        neurons: area === undefined ? neuronsOf(state.living.connectome) : livingIn(engine, areaOf(state, area)).length,
      })),
    async potentials({ areas, burst, limit }, { signal }) {
      const ids = cellsOf(areas.map((id) => areaOf(state, id)));
      if (burst === undefined || burst === state.living.runner.burst) return read((engine) => potentialsIn(engine, ids, limit));
      const { engine } = await state.recording.stateAt(burst, signal);
      try {
        return potentialsIn(engine, ids, limit);
      } finally {
        engine.dispose();
      }
    },
    async createNeurons({ area, voxels, parameters = {}, dryRun }, context) {
      let first = 0;
      const neurons = voxels.map((voxel) => ({ voxel, values: given(parameters) }));
      const build: Build = (connectome, engine) => {
        first = engine.neuronCount;
        return createNeurons(connectome, engine, area, neurons);
      };
      const summary = await commit(`Add neurons to ${areaOf(state, area).name}`, build, context, dryRun);
      return { summary, neurons: voxels.map((_, i) => first + i) };
    },
    async updateNeurons({ neurons, parameters, dryRun }, context) {
      const build: Build = (connectome, engine) => updateNeurons(connectome, engine, neurons, given(parameters));
      return { summary: await commit(`Change ${counted(neurons.length, "neuron")}`, build, context, dryRun) };
    },
    async removeNeurons({ neurons, dryRun }, context) {
      const build: Build = (connectome, engine) => removeNeurons(connectome, engine, neurons);
      const summary = await commit(`Remove ${counted(neurons.length, "neuron")}`, build, context, dryRun);
      return { summary, removed: summary.neuronsRemoved };
    },
    async countSynapses({ src, dst }) {
      if (src === undefined && dst === undefined) return read((engine) => ({ synapses: engine.synapseCount }));
      for (const id of [src, dst]) if (id !== undefined) areaOf(state, id);
      const { areas, pairs } = await state.counts();
      if (src !== undefined && dst !== undefined) return { synapses: pairs.get(pairKey(src, dst)) ?? 0 };
      const area = areas.find(({ id }) => id === (src ?? dst))!;
      return { synapses: src === undefined ? area.incomingSynapses : area.outgoingSynapses };
    },
    listSynapses: ({ neuron, direction, offset, limit }) =>
      read((engine) => {
        known(state, engine, neuron);
        const rows = direction === "in" ? engine.incoming(neuron) : engine.outgoing(neuron);
        return { total: rows.slot.length, synapses: rowsOf(rows).slice(offset, offset + limit) };
      }),
    getSynapses: ({ source, target }) =>
      read((engine) => {
        known(state, engine, source);
        known(state, engine, target);
        return { synapses: rowsOf(engine.outgoing(source)).filter((row) => row.target === target) };
      }),
    async createSynapses({ synapses, dryRun }, context) {
      const build: Build = (connectome, engine) => createSynapses(connectome, engine, synapses.map(newSynapse));
      return { summary: await commit(`Add ${counted(synapses.length, "synapse")}`, build, context, dryRun) };
    },
    async updateSynapses({ synapses, dryRun }, context) {
      const build: Build = (connectome, engine) => updateWeights(connectome, engine, synapses);
      return { summary: await commit(`Change ${counted(synapses.length, "synapse")}`, build, context, dryRun) };
    },
    async removeSynapses({ synapses, dryRun }, context) {
      const build: Build = (connectome, engine) => removeSynapses(connectome, engine, synapses);
      const summary = await commit(`Remove ${counted(synapses.length, "synapse")}`, build, context, dryRun);
      return { summary, removed: summary.synapsesRemoved };
    },
  };
}

function neuronState(state: LabState, engine: Engine, id: number): NeuronState {
  const area = known(state, engine, id);
  const one = Uint32Array.of(id);
  const settings = engine.neuronSettings(one);
  const states = engine.neuronStates(one);
  const [incoming, outgoing] = [engine.incoming(id), engine.outgoing(id)];
  const sample = new Float64Array(2);
  engine.sample(one, new Uint32Array(0), sample);
  return {
    id,
    area: area.id,
    voxel: [settings.x[0]!, settings.y[0]!, settings.z[0]!],
    k: placeInVoxel(area, state.living.connectome.extras.get(area.id) ?? [], id),
    membranePotential: finite(states.potential[0]!),
    refractoryCountdown: states.countdown[0]!,
    consecutiveFires: states.consecutiveFires[0]!,
    threshold: finite(settings.threshold[0]!),
    thresholdLimit: finite(settings.thresholdLimit[0]!),
    leak: settings.leak[0]!,
    excitability: settings.excitability[0]!,
    refractoryPeriod: settings.refractoryPeriod[0]!,
    consecutiveFireLimit: settings.consecutiveFireLimit[0]!,
    snoozePeriod: settings.snoozePeriod[0]!,
    accumulates: settings.accumulates[0] === 1,
    fired: sample[1] === 1,
    incoming: incoming.slot.length,
    outgoing: outgoing.slot.length,
    synapses: [
      ...shown(incoming).map(({ source, target: _, ...row }) => ({ direction: "in" as const, neuron: source, ...row })),
      ...shown(outgoing).map(({ target, source: _, ...row }) => ({ direction: "out" as const, neuron: target, ...row })),
    ],
  };
}

/** The cells of areas: how many there are, and those that are looked at. */
function cellsOf(areas: readonly CorticalArea[]): { cells: number; looked: Uint32Array } {
  const cells = areas.reduce((sum, { neurons }) => sum + neurons, 0);
  const every = Math.max(1, Math.ceil(cells / MOST_LOOKED_AT));
  const looked = new Uint32Array(Math.ceil(cells / every));
  let at = 0;
  let next = 0;
  for (const { firstNeuron, neurons } of areas) {
    for (; next < neurons; next += every) looked[at++] = firstNeuron + next;
    next -= neurons;
  }
  return { cells, looked: looked.subarray(0, at) };
}

function potentialsIn(engine: Engine, { cells, looked }: ReturnType<typeof cellsOf>, limit: number) {
  const { potential } = engine.neuronStates(looked);
  // NaN is a cell that was removed.
  const charged = Uint32Array.from(looked.keys()).filter((i) => potential[i] !== 0 && !Number.isNaN(potential[i]!));
  const told =
    charged.length <= limit ? charged : Uint32Array.from({ length: limit }, (_, k) => charged[Math.floor((k * charged.length) / limit)]!);
  return {
    burst: engine.burst,
    cells,
    read: looked.length,
    charged: charged.length,
    neurons: Array.from(told, (i) => looked[i]!),
    potentials: Array.from(told, (i) => finite(potential[i]!)),
  };
}

/** The area of a neuron that lives. */
function known(state: LabState, engine: Engine, id: number): CorticalArea {
  const area = areaFinder(state.living.connectome)(id);
  if (area && engine.neuronSettings(Uint32Array.of(id)).valid[0] === 1) return area;
  throw new LabError(
    "E_NOT_FOUND",
    "No such neuron",
    { id },
    `Ids go from 0 to ${engine.neuronCount - 1}; removed ones are not used again.`,
  );
}

/** Those of the block come first; neurons made by hand follow in the order of their ids, whatever their voxel. */
function placeInVoxel({ firstNeuron, neurons, neuronsPerVoxel }: CorticalArea, extras: readonly number[], id: number): number {
  const place = id - firstNeuron;
  return place >= 0 && place < neurons ? place % neuronsPerVoxel : neuronsPerVoxel + extras.indexOf(id);
}

function rowsOf(rows: SynapseRows, count = rows.slot.length): SynapseRow[] {
  return Array.from({ length: count }, (_, i) => ({
    source: rows.source[i]!,
    target: rows.target[i]!,
    weight: finite(rows.weight[i]!),
    psp: finite(rows.psp[i]!),
    inhibitory: rows.kind[i] !== 0,
    delay: rows.delay[i]!,
  }));
}

const shown = (rows: SynapseRows) => rowsOf(rows, Math.min(rows.slot.length, SHOWN_SYNAPSES));

const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? "" : "s"}`;

const newSynapse = ({ source, target, weight, psp, inhibitory, delay }: NewSynapse): NewSynapse => ({
  ...{ source, target, weight },
  ...given({ psp, inhibitory, delay }),
});

function given<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never;
}

/** feagi-strict lets potentials leave the finite numbers; JSON cannot say so, the largest number can. */
function finite(value: number): number {
  return Number.isNaN(value) ? 0 : Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, value));
}
