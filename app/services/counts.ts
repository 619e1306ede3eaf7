/** Areas and mappings of the living brain with counts that are its engine's. A burst that made no synapse changes none of them. */
import { type Census, type Counted, census, counted, grownCensus } from "#core/connectome/census.ts";
import type { Connectome } from "#core/connectome/connectome.ts";
import type { LabState, LivingBrain } from "./lab-state.ts";

/** What was counted last, of which state of the brain. */
export interface Counts {
  structure: number;
  synapses: number;
  result: Promise<Census>;
}

/** What has just grown knows its counts. */
export function countsOfGrown(connectome: Connectome, synapses: number): Counts {
  return { structure: 0, synapses, result: Promise.resolve(grownCensus(connectome)) };
}

export async function countsOf(state: LabState): Promise<Counted> {
  const brain = state.living;
  const { connectome, result } = await state.turns.take(() => {
    const { structure, runner, counts } = brain;
    const synapses = runner.engine.synapseCount;
    const isKnown = counts?.structure === structure && counts.synapses === synapses;
    if (!isKnown) brain.counts = { structure, synapses, result: counting(state, brain) };
    return { connectome: brain.connectome, result: brain.counts!.result };
  });
  return counted(connectome, await result);
}

/** Counts on a fork, so that the brain need not wait. */
async function counting({ ports }: LabState, brain: LivingBrain): Promise<Census> {
  const twin = brain.runner.engine.fork();
  try {
    const work = census(brain.connectome, twin);
    for (;;) {
      const step = work.next();
      if (step.done) return step.value;
      await ports.clock.breathe();
    }
  } catch (error) {
    brain.counts = null;
    throw error;
  } finally {
    twin.dispose();
  }
}
