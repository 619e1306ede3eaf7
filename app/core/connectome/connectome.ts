/**
 * The connectome: what a genome grew into, as people see it: areas, regions, mappings. Neurons and synapses themselves are the
 * engine's; only a connectome that has just grown or been read has an image of them.
 *
 * The neurons of an area are consecutive ids, its block. A growth puts core areas first (indices 0..6), the others ascend by id from
 * index 7 (spec/development.md section 2). Edits leave gaps: an area that is made or resized gets a block behind all ids, and neither
 * ids nor indices are used again while the brain lives.
 */
import type { BrainRegion, CorticalArea, CorticalId, CorticalMapping } from "#contracts/connectome.ts";
import type { GenomeProblem } from "#contracts/genome.ts";
import type { Dynamics, NetworkImage } from "#contracts/network.ts";
import type { Modulation } from "../development/modulation.ts";
import type { Genome } from "../genome/genome.ts";

export interface Connectome {
  genome: Genome;
  areas: Map<CorticalId, CorticalArea>;
  /** The root comes first, parents before children. */
  regions: Map<string, BrainRegion>;
  /** One row a (source, destination) pair, ascending. Synapses as they grew; `census.ts` counts the living ones. */
  mappings: CorticalMapping[];
  /** Rules that were skipped and parameters that were mended while growing. */
  problems: GenomeProblem[];
  dynamics: Dynamics;
  /** Index of the next area. */
  nextIndex: number;
  /** Ids of neurons made by hand, which lie in an area's box and not in its block; ascending. */
  extras: ReadonlyMap<CorticalId, readonly number[]>;
  /** Ids of blocks whose neurons were removed by hand; ascending. */
  holes: ReadonlyMap<CorticalId, readonly number[]>;
  /** Numbers that the engine knows modulators by; absent in a brain in which nothing was ever switched on (development/switches.ts). */
  modulation?: Modulation | undefined;
}

/** With the image an engine starts from; no truth once the brain lives. */
export interface GrownConnectome extends Connectome {
  image: NetworkImage;
  /** The patch that follows the image: all that the genome switches on. Empty where an engine state has it already. */
  switchOn: Uint32Array;
}

/** Tells which area an id lies in the block of, or was made in by hand; made once for many questions. */
export function areaFinder({ areas, extras }: Connectome): (id: number) => CorticalArea | undefined {
  const blocks = [...areas.values()].sort((a, b) => a.firstNeuron - b.firstNeuron);
  const byHand = new Map([...extras].flatMap(([area, ids]) => ids.map((id) => [id, areas.get(area)] as const)));
  return (id) => {
    let [low, high] = [0, blocks.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (blocks[middle]!.firstNeuron <= id) low = middle + 1;
      else high = middle;
    }
    const block = blocks[low - 1];
    return block && id < block.firstNeuron + block.neurons ? block : byHand.get(id);
  };
}
