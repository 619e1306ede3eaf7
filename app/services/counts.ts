/** Areas and mappings of the living brain with counts that are its engine's. A burst that made no synapse changes none of them. */
import type { CorticalArea, CorticalMapping } from "#contracts/connectome.ts";
import { censusOf, counted } from "#core/connectome/census.ts";
import type { Connectome } from "#core/connectome/connectome.ts";
import type { LivingBrain } from "./lab-state.ts";

export interface Counts {
  connectome: Connectome;
  structure: number;
  synapses: number;
  areas: CorticalArea[];
  mappings: CorticalMapping[];
}

/** In turn only. */
export function countsOf(brain: LivingBrain): Counts {
  const { connectome, structure, runner, counts } = brain;
  const synapses = runner.engine.synapseCount;
  if (counts && counts.connectome === connectome && counts.structure === structure && counts.synapses === synapses) return counts;
  brain.counts = { connectome, structure, synapses, ...counted(connectome, censusOf(connectome, runner.engine)) };
  return brain.counts;
}
