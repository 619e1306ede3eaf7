/** Looking at the connectome and editing it; every edit goes through the editor. */

import type { ServiceOf } from "#contracts/command.ts";
import type { NeuronState } from "#contracts/commands/connectome/neurons.ts";
import type { commandGroups } from "#contracts/commands.ts";
import type { CorticalArea } from "#contracts/connectome.ts";
import { LabError } from "#contracts/errors.ts";
import { firedIds } from "#contracts/frame.ts";
import { diffOfAreaEdit } from "#core/connectome/diff.ts";
import type { SynapseRows } from "#core/engine/engine.ts";
import type { Editor } from "./editor.ts";
import type { LabState } from "./lab-state.ts";
import { problemsOf } from "./problems.ts";

/** Synapses of one neuron that are listed, each way. */
const LISTED_SYNAPSES = 100;

export function createConnectomeService(state: LabState, editor: Editor): ServiceOf<(typeof commandGroups)["connectome"]> {
  return {
    listAreas: async () => [...state.living.connectome.areas.values()],
    listRegions: async () => [...state.living.connectome.regions.values()],
    listMappings: async () => state.living.connectome.mappings,
    getNeuron: ({ id }) => state.turns.take(() => neuronState(state, id)),
    async updateArea(input, { source }) {
      await editor.commit(diffOfAreaEdit(state.living.connectome, input), source);
      return state.living.connectome.areas.get(input.id)!;
    },
    async undo(_, { source }) {
      await editor.undo(source);
      return state.status();
    },
    async redo(_, { source }) {
      await editor.redo(source);
      return state.status();
    },
    problems: async () => problemsOf(state),
  };
}

function neuronState(state: LabState, id: number): NeuronState {
  const { connectome, runner } = state.living;
  const area = [...connectome.areas.values()].find(({ firstNeuron, neurons }) => id >= firstNeuron && id < firstNeuron + neurons);
  if (!area) throw new LabError("E_NOT_FOUND", "No such neuron", { id }, `Ids go from 0 to ${connectome.image.neurons.count - 1}.`);
  const { engine } = runner;
  const states = engine.neuronStates(Uint32Array.of(id));
  const [incoming, outgoing] = [engine.incoming(id), engine.outgoing(id)];
  const { voxel, k } = placeOf(area, id);
  return {
    id,
    area: area.id,
    voxel,
    k,
    membranePotential: finite(states.potential[0]!),
    refractoryCountdown: states.countdown[0]!,
    consecutiveFires: states.consecutiveFires[0]!,
    threshold: finite(connectome.image.neurons.threshold[id]!),
    fired: state.hub.newest !== null && firedIds(state.hub.newest).includes(id),
    incoming: incoming.slot.length,
    outgoing: outgoing.slot.length,
    synapses: [...listed(incoming, "in"), ...listed(outgoing, "out")],
  };
}

/** Inverse of the id formula of contracts/connectome.ts. */
function placeOf({ dimensions: [, height, depth], firstNeuron, neuronsPerVoxel }: CorticalArea, id: number) {
  const k = (id - firstNeuron) % neuronsPerVoxel;
  const voxelIndex = (id - firstNeuron - k) / neuronsPerVoxel;
  const column = Math.floor(voxelIndex / depth);
  return { k, voxel: [Math.floor(column / height), column % height, voxelIndex % depth] as [number, number, number] };
}

function listed(rows: SynapseRows, direction: "in" | "out"): NeuronState["synapses"] {
  const count = Math.min(rows.slot.length, LISTED_SYNAPSES);
  return Array.from({ length: count }, (_, i) => ({
    direction,
    neuron: (direction === "in" ? rows.source : rows.target)[i]!,
    weight: finite(rows.weight[i]!),
    psp: finite(rows.psp[i]!),
    inhibitory: rows.kind[i] !== 0,
    delay: rows.delay[i]!,
  }));
}

/** feagi-strict lets potentials leave the finite numbers; JSON cannot say so, the largest number can. */
function finite(value: number): number {
  return Number.isNaN(value) ? 0 : Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, value));
}
