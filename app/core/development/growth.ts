/**
 * What the four stages share while a connectome grows. Each stage fills its part in place; `grow` hands the result out
 * when all are done, so nobody sees a connectome half grown.
 */
import type { BrainRegion, CorticalArea, CorticalId, CorticalMapping } from "#contracts/connectome.ts";
import { LabError } from "#contracts/errors.ts";
import type { GenomeProblem, GrowthProgress, GrowthStage } from "#contracts/genome.ts";
import type { Dynamics, NeuronColumns, Precision } from "#contracts/network.ts";
import type { ModulationNames } from "../engine/modulation-names.ts";
import type { Genome, GenomeArea } from "../genome/genome.ts";
import type { GrowthMemory } from "./memory.ts";
import type { Modulation } from "./modulation.ts";
import type { UnionScratch } from "./morphologies/voxel-rule.ts";
import type { SynapseRows } from "./synapse-rows.ts";

/** Which development rules hold. */
export type Development = "standard" | "feagi-strict";

export interface GrowthOptions {
  /** feagi-strict grows exactly what FEAGI grows, its defects included. As the genome was read, unless said. */
  development?: Development;
  dynamics?: Dynamics;
  precision?: Precision;
  /** Seed of attractivity, of the randomizer morphology and of leak variability. */
  seed?: number;
  /** Spreads the leak of neurons as `leak_variability` says. Off unless said, and always in feagi-strict: FEAGI never applies it. */
  leakVariability?: boolean;
  /** A genome that asks for more is refused. */
  capacities?: { neurons?: number; synapses?: number };
  /** What the growth may hold and what it held. A genome whose estimate does not fit is refused before anything is taken. */
  memory?: GrowthMemory;
  /** Numbers of modulators and of sets of them that are given already. */
  modulation?: Modulation;
}

export interface Growth {
  readonly genome: Genome;
  readonly development: Development;
  readonly seed: number;
  readonly leakVariability: boolean;
  readonly capacities: { neurons: number; synapses: number };
  readonly memory: GrowthMemory;
  /** Shared by all morphologies that unite several patterns. */
  readonly scratch: UnionScratch;
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
  readonly modulation: Modulation;
  readonly names: ModulationNames;
  /** Of grown synapses that are in a modulation group, or that are associative. */
  groupRuns: SynapseRun[];
  associativeRuns: SynapseRun[];
}

/** Consecutive rows, and what is the same for all of them. */
export interface SynapseRun {
  first: number;
  count: number;
  value: number;
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
