/** Areas and mappings of the living brain with counts that are its engine's. A burst that made no synapse changes none of them. */
import type { CorticalArea, CorticalMapping } from "#contracts/connectome.ts";
import { census, counted } from "#core/connectome/census.ts";
import type { Connectome } from "#core/connectome/connectome.ts";
import type { LabState, LivingBrain } from "./lab-state.ts";

interface Counted {
  areas: CorticalArea[];
  mappings: CorticalMapping[];
  /** Synapses by pair of areas, mapped or not. */
  pairs: ReadonlyMap<string, number>;
}

/** What was counted last, of which state of the brain. */
export interface Counts {
  connectome: Connectome;
  structure: number;
  synapses: number;
  result: Promise<Counted>;
}

export async function countsOf(state: LabState): Promise<Counted> {
  const brain = state.living;
  return state.turns
    .take(() => {
      const { connectome, structure, runner, counts } = brain;
      const synapses = runner.engine.synapseCount;
      const isKnown = counts?.connectome === connectome && counts.structure === structure && counts.synapses === synapses;
      if (!isKnown) brain.counts = { connectome, structure, synapses, result: counting(state, brain) };
      return { result: brain.counts!.result };
    })
    .then(({ result }) => result);
}

/** Counts on a fork, so that the brain need not wait. */
async function counting({ ports }: LabState, brain: LivingBrain): Promise<Counted> {
  const { connectome, runner } = brain;
  const twin = runner.engine.fork();
  try {
    const work = census(connectome, twin);
    for (;;) {
      const step = work.next();
      if (step.done) return { ...counted(connectome, step.value), pairs: step.value.pairs };
      await ports.clock.breathe();
    }
  } catch (error) {
    brain.counts = null;
    throw error;
  } finally {
    twin.dispose();
  }
}
