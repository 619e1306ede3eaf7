/**
 * The connectome: what a genome grew into. Areas, regions and mappings for people; the network image for an engine.
 *
 * Neurons of an area are consecutive ids; core areas come first (indices 0..6), the others ascend by id from index 7
 * (spec/development.md section 2). Synapses ascend by source, then by mapping order.
 */
import type { BrainRegion, CorticalArea, CorticalId, CorticalMapping } from "#contracts/connectome.ts";
import type { GenomeProblem } from "#contracts/genome.ts";
import type { NetworkImage } from "#contracts/network.ts";
import type { Genome } from "../genome/genome.ts";

export interface Connectome {
  genome: Genome;
  areas: Map<CorticalId, CorticalArea>;
  /** The root comes first, parents before children. */
  regions: Map<string, BrainRegion>;
  /** One row a (source, destination) pair, ascending. */
  mappings: CorticalMapping[];
  image: NetworkImage;
  /** Rules that were skipped and parameters that were mended while growing. */
  problems: GenomeProblem[];
}
