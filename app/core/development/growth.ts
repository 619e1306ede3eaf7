/**
 * What the four stages share while a connectome grows. Each stage fills its part in place; `grow` hands the result out
 * when all are done, so nobody sees a connectome half grown.
 */
import type { BrainRegion, CorticalArea, CorticalId, CorticalMapping } from "#contracts/connectome.ts";
import { LabError } from "#contracts/errors.ts";
import type { GenomeProblem, GrowthProgress, GrowthStage } from "#contracts/genome.ts";
import type { Dynamics, NeuronColumns, Precision } from "#contracts/network.ts";
import type { Genome, GenomeArea } from "../genome/genome.ts";
import type { SynapseRows } from "./synapse-rows.ts";

/** Which development rules hold. */
export type Development = "standard" | "feagi-strict";

export interface GrowthOptions {
  /** feagi-strict grows exactly what FEAGI grows, its defects included. As the genome was read, unless said. */
  development?: Development;
  dynamics?: Dynamics;
  precision?: Precision;
  /** Seed of attractivity and of the randomizer morphology. */
  seed?: number;
  /** A genome that asks for more is refused. */
  capacities?: { neurons?: number; synapses?: number };
}

export interface Growth {
  readonly genome: Genome;
  readonly development: Development;
  readonly seed: number;
  readonly capacities: { neurons: number; synapses: number };
  /** In index order. Filled by corticogenesis. */
  areas: GrowingArea[];
  areaById: Map<CorticalId, GrowingArea>;
  regions: Map<string, BrainRegion>;
  /** Columns of the final size. Filled by neurogenesis. */
  neurons: NeuronColumns;
  /** Neurons grown so far. */
  neuronsGrown: number;
  synapses: SynapseRows;
  mappings: CorticalMapping[];
  problems: GenomeProblem[];
}

export interface GrowingArea {
  gene: GenomeArea;
  area: CorticalArea;
}

export type Stage = Generator<GrowthProgress, void, void>;

export function progress(growth: Growth, stage: GrowthStage, done: number, finished?: GrowingArea): GrowthProgress {
  const counts = { stage, done, areas: growth.areas.length, neurons: growth.neuronsGrown, synapses: growth.synapses.count };
  if (!finished) return counts;
  const { id, name, kind, dimensions, position, neurons } = finished.area;
  return { ...counts, finishedArea: { id, name, kind, dimensions, position, neurons } };
}

export function refused(problem: GenomeProblem): LabError {
  return new LabError("E_GENOME", `The genome cannot grow: ${problem.message}`, { problems: [problem] }, problem.fix);
}

/** The place of a property in the document, in the dialect it came in. */
export function documentPath(genome: Genome, area: GenomeArea, property: { flat: string; hierarchical: string }): string {
  return genome.dialect === "hierarchical-2"
    ? `blueprint.${area.documentId}.${property.hierarchical}`
    : `blueprint._____10c-${area.documentId}-${property.flat}`;
}

/** Takes memory for columns; a machine that has none left refuses the genome instead of failing. */
export function allocated<T>(what: string, make: () => T): T {
  try {
    return make();
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw refused({
      path: "blueprint",
      code: "MEMORY",
      message: `this machine has no memory for ${what}`,
      expected: "areas and mappings that fit into memory",
      found: what,
      fix: "Make the largest areas smaller",
    });
  }
}
