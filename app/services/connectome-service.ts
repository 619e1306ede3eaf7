/** Looking at the connectome and editing it; every edit goes through the editor. */

import type { ServiceOf } from "#contracts/command.ts";
import type { NeuronState } from "#contracts/commands/connectome.ts";
import type { commandGroups } from "#contracts/commands.ts";
import type { CorticalArea } from "#contracts/connectome.ts";
import { LabError } from "#contracts/errors.ts";
import { firedIds } from "#contracts/frame.ts";
import { areaUpdate } from "#core/connectome/area-update.ts";
import { areaFinder } from "#core/connectome/connectome.ts";
import type { SynapseRows } from "#core/engine/engine.ts";
import type { Editor } from "./editor.ts";
import type { LabState } from "./lab-state.ts";
import { problemsOf } from "./problems.ts";

/** Synapses of one neuron that are listed, each way. */
const LISTED_SYNAPSES = 100;

export function createConnectomeService(state: LabState, editor: Editor): ServiceOf<(typeof commandGroups)["connectome"]> {
  return {
    listAreas: async () => (await state.counts()).areas,
    listRegions: async () => [...state.living.connectome.regions.values()],
    listMappings: async () => (await state.counts()).mappings,
    getNeuron: ({ id }) => state.turns.take(() => neuronState(state, id)),
    async updateArea(input, { source }) {
      const update = areaUpdate(state.living.connectome, input);
      if (update) await editor.commitGenome(update.genome, update.group, source);
      return (await state.counts()).areas.find(({ id }) => id === input.id)!;
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
  const area = areaFinder(connectome)(id);
  const { engine } = runner;
  const ids = Uint32Array.of(id);
  const { valid, x, y, z, threshold } = engine.neuronSettings(ids);
  if (!area || valid[0] === 0)
    throw new LabError("E_NOT_FOUND", "No such neuron", { id }, "connectome.listAreas tells the ids of each area.");
  const states = engine.neuronStates(ids);
  const [incoming, outgoing] = [engine.incoming(id), engine.outgoing(id)];
  return {
    id,
    area: area.id,
    voxel: [x[0]!, y[0]!, z[0]!],
    k: placeInVoxel(area, connectome.extras.get(area.id) ?? [], id),
    membranePotential: finite(states.potential[0]!),
    refractoryCountdown: states.countdown[0]!,
    consecutiveFires: states.consecutiveFires[0]!,
    threshold: finite(threshold[0]!),
    fired: state.hub.newest !== null && firedIds(state.hub.newest).includes(id),
    incoming: incoming.slot.length,
    outgoing: outgoing.slot.length,
    synapses: [...listed(incoming, "in"), ...listed(outgoing, "out")],
  };
}

/** Those of the block come first; neurons made by hand follow in the order of their ids, whatever their voxel. */
function placeInVoxel({ firstNeuron, neurons, neuronsPerVoxel }: CorticalArea, extras: readonly number[], id: number): number {
  const place = id - firstNeuron;
  return place >= 0 && place < neurons ? place % neuronsPerVoxel : neuronsPerVoxel + extras.indexOf(id);
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
