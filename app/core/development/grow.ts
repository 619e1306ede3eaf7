/**
 * Growth of a connectome from a genome, in four stages that can be stopped between any two steps.
 *
 * The same genome, options and seed give the same connectome. The generator yields often enough (a few milliseconds of work)
 * for a host to breathe; to cancel, stop iterating. Nothing outside changes until it returns.
 */
import type { GenomeProblem, GrowthProgress } from "#contracts/genome.ts";
import type { EngineArea } from "#contracts/network.ts";
import { PatchWriter } from "#contracts/patch.ts";
import type { GrownConnectome } from "../connectome/connectome.ts";
import { coreAreas } from "../genome/cortical-id.ts";
import type { Genome } from "../genome/genome.ts";
import { corticogenesis } from "./corticogenesis.ts";
import { estimateOf, type GrowthEstimate } from "./estimate.ts";
import type { GrowingArea, Growth, GrowthOptions } from "./growth.ts";
import { GrowthMemory } from "./memory.ts";
import { modulationOf, namesOf } from "./modulation.ts";
import { UnionScratch } from "./morphologies/voxel-rule.ts";
import { NEURON_BYTES, neurogenesis, neuronColumns } from "./neurogenesis.ts";
import { type Switches, switchesOf, switchPatch } from "./switches.ts";
import { SYNAPSE_BYTES, SynapseRows } from "./synapse-rows.ts";
import { synaptogenesis } from "./synaptogenesis.ts";
import { placeAreas, voxelogenesis } from "./voxelogenesis.ts";

export type { Development, GrowthOptions } from "./growth.ts";
export { GrowthMemory } from "./memory.ts";

/** The id range of ordinary neurons (spec/burst-engine.md section 2.1). */
export const NEURON_CAPACITY = 50_000_000;
/** Some 2 GB of columns. */
const SYNAPSE_CAPACITY = 100_000_000;

/** The most one brain can have: what there is room for in ids and columns, and in the memory that is left beside what it has. */
export function capacityBeside(has: { neurons: number; synapses: number }, availableBytes: number): { neurons: number; synapses: number } {
  const most = (capacity: number, had: number, bytes: number) => Math.min(capacity, had + Math.floor(availableBytes / bytes));
  return {
    neurons: most(NEURON_CAPACITY, has.neurons, NEURON_BYTES),
    synapses: most(SYNAPSE_CAPACITY, has.synapses, SYNAPSE_BYTES),
  };
}

export function* grow(genome: Genome, options: GrowthOptions = {}): Generator<GrowthProgress, GrownConnectome, void> {
  const growth = emptyGrowth(genome, options);
  yield* corticogenesis(growth);
  yield* voxelogenesis(growth);
  yield* neurogenesis(growth);
  const synapses = yield* synaptogenesis(growth);
  const areas = new Map(growth.areas.map(({ area }) => [area.id, area]));
  const dynamics = options.dynamics ?? "standard";
  const switches = switchesOf(genome, areas, dynamics);
  return {
    genome,
    areas,
    regions: growth.regions,
    mappings: growth.mappings,
    dynamics,
    nextIndex: Math.max(coreAreas.length, ...growth.areas.map(({ area }) => area.index + 1)),
    extras: new Map(),
    holes: new Map(),
    modulation: growth.modulation,
    image: {
      dynamics,
      precision: options.precision ?? "f32",
      powerAmount: 1,
      neurons: growth.neurons,
      synapses,
      areas: growth.areas.map((growing) => engineArea(growth, growing)),
    },
    switchOn: switchOn(growth, switches),
    problems: [...growth.problems, ...switches.problems],
  };
}

/** Groups of the grown synapses, and the switches. */
function switchOn({ groupRuns, names }: Growth, switches: Switches): Uint32Array {
  const patch = new PatchWriter();
  if (groupRuns.length > 0)
    patch.op(
      "groupSynapses",
      groupRuns.flatMap(({ first, count, value }) => [first, count, value]),
    );
  return patch.append(switchPatch(switches, names)).take();
}

/** Runs a growth to its end. */
export function grown(genome: Genome, options: GrowthOptions = {}): GrownConnectome {
  const growth = grow(genome, options);
  for (;;) {
    const step = growth.next();
    if (step.done) return step.value;
  }
}

/** What growing the genome would take, however much that is; nothing of it is taken. */
export function estimateGrowth(genome: Genome, options: GrowthOptions = {}): GrowthEstimate {
  const growth = emptyGrowth(genome, options);
  for (const _ of corticogenesis(growth));
  placeAreas(growth);
  return estimateOf(growth);
}

/** A growth in which nothing has grown yet. */
export function emptyGrowth(genome: Genome, options: GrowthOptions): Growth {
  const development = options.development ?? (genome.strict ? "feagi-strict" : "standard");
  const memory = options.memory ?? new GrowthMemory();
  const modulation = modulationOf(genome, options.modulation);
  return {
    genome,
    development,
    seed: options.seed ?? 1,
    leakVariability: development === "standard" && (options.leakVariability ?? false),
    memory,
    scratch: new UnionScratch(memory),
    capacities: { neurons: NEURON_CAPACITY, synapses: SYNAPSE_CAPACITY, ...options.capacities },
    areas: [],
    areaById: new Map(),
    regions: new Map(),
    neurons: neuronColumns(0, memory),
    neuronsGrown: 0,
    synapses: new SynapseRows(memory),
    mappings: [],
    problems: precisionProblems(genome),
    modulation,
    names: namesOf(modulation),
    groupRuns: [],
    associativeRuns: [],
  };
}

/** FEAGI itself runs every genome in 32-bit floats, whatever precision it names. */
function precisionProblems({ physiology }: Genome): GenomeProblem[] {
  if (physiology.quantizationPrecision === "fp32") return [];
  return [
    {
      path: "physiology.quantization_precision",
      code: "PRECISION",
      message: "the brain runs in 32-bit floats",
      expected: "fp32",
      found: physiology.quantizationPrecision,
    },
  ];
}

/** FEAGI knows a baseline of the postsynaptic potential only after an edit; without one, wear could never be undone. */
function engineArea({ development }: Growth, { area }: GrowingArea): EngineArea {
  const { pspUniform, mpDrivenPsp, degeneration, postsynapticCurrent } = area.parameters;
  const baselinePsp = development === "feagi-strict" ? null : postsynapticCurrent;
  return { index: area.index, pspUniform, mpDrivenPsp, degeneration, baselinePsp };
}
