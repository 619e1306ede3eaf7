/**
 * Bringing areas to rest: what their neurons hold and what is under way to them goes, settings and weights stay. Like a burst it is
 * no edit, so undo does not know it: going back in the recording brings the state before it back. Source: spec/burst-engine.md 9.
 */
import type { CorticalId } from "#contracts/connectome.ts";
import { PatchWriter } from "#contracts/patch.ts";
import { livingNeurons } from "#core/connectome/census.ts";
import { sparseMemoryPatch, switchesOf } from "#core/development/switches.ts";
import type { LabState, LivingBrain } from "../lab-state.ts";
import { areaOf } from "./find-area.ts";

export function resetAreas(state: LabState, ids: readonly CorticalId[], source: string) {
  return state.turns.take(async () => {
    const brain = state.living;
    const areas = [...new Set(ids)].map((id) => areaOf(state, id));
    const { burst } = brain.runner;
    await state.record("connectome.reset", source, { brainId: brain.id, burst, areas: areas.map(({ id }) => id) });
    await bringToRest(brain, ids);
    brain.checkpointDue = true;
    state.announcer.announce({ type: "connectome.changed", generation: brain.generation, areas: areas.map(({ id }) => id) });
    return { burst, areas: areas.map((area) => ({ id: area.id, neurons: livingNeurons(brain.connectome, area) })) };
  });
}

/** Areas that are gone are passed over. In turn. */
export async function bringToRest({ connectome, memory, runner }: LivingBrain, ids: readonly CorticalId[]): Promise<void> {
  // What memory has asked for may fire them, so it comes first and goes with the rest.
  await runner.apply(memory.take());
  const indices = new Set(ids.flatMap((id) => connectome.areas.get(id)?.index ?? []));
  const patch = new PatchWriter();
  for (const index of indices) patch.op("resetAreaRuntime", [index]);
  await runner.apply(patch.take());
  // The reset takes the settings of memory neurons along.
  const { sparse } = switchesOf(connectome.genome, connectome.areas, connectome.dynamics);
  await runner.apply(sparseMemoryPatch(sparse.filter(({ area }) => indices.has(area))));
}
