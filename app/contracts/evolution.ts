/**
 * Experiments of evolution as plain data: what is bred, how it is changed, how a brain is judged, and what is told of it.
 * Lengths are in bursts. Areas are named by id or name. Source: spec/development.md section 11.
 */
import { z } from "zod";
import { Vec3 } from "./connectome.ts";
import { dynamicsModes } from "./network.ts";

/** Properties of an area that can be changed, then of a mapping rule, of a morphology, of the whole, and changes of structure. */
export const operatorNames = [
  ...(["firingThreshold", "firingThresholdIncrement", "firingThresholdLimit", "leak", "leakVariability", "refractoryPeriod"] as const),
  ...(["consecutiveFireLimit", "snoozePeriod", "excitability", "mpChargeAccumulation", "mpDrivenPsp", "pspUniform"] as const),
  ...(["postsynapticCurrent", "postsynapticCurrentMax", "degeneration", "longtermMemoryThreshold", "lifespanGrowthRate"] as const),
  ...(["initialLifespan", "temporalDepth", "dimensions", "neuronsPerVoxel", "position"] as const),
  ...(["multiplier", "inhibition", "plastic", "plasticityConstant", "ltpMultiplier", "ltdMultiplier", "plasticityWindow"] as const),
  ...(["delayBursts", "attractivity", "scalar"] as const),
  ...(["morphologyVectors", "morphologyPatterns", "morphologyComposite"] as const),
  ...(["simulationTimestep", "maxAge", "plasticityQueueDepth", "lifespanManagementInterval", "ipuIdleThreshold"] as const),
  ...(["addMapping", "removeMapping", "redirectMapping", "swapMorphology", "addMorphology", "removeMorphology"] as const),
  ...(["addArea", "removeArea"] as const),
] as const;
export type OperatorName = (typeof operatorNames)[number];

export const OperatorSetting = z.strictObject({
  /** Chance that a child is changed this way. */
  rate: z.number().min(0).max(1),
  /** Size of a change of a number, as a share of its value. */
  strength: z.number().positive().max(10).default(0.3),
  /** Narrower bounds than the operator's own. */
  min: z.number().optional(),
  max: z.number().optional(),
  /** Only in these areas; a mapping belongs to its source. */
  areas: z.array(z.string()).min(1).optional(),
});
export type OperatorSetting = z.infer<typeof OperatorSetting>;

/** Input while a brain is judged; the same as a stimulus of a lab. */
export const ExperimentStimulus = z
  .strictObject({
    area: z.string().min(1),
    kind: z.enum(["voxels", "poisson"]),
    amplitude: z.number(),
    voxels: z.array(Vec3).default([]),
    probability: z.number().min(0).max(1).default(0),
    seed: z.int().default(1),
    every: z.int().positive().default(1),
    /** First burst. */
    from: z.int().min(1).default(1),
    bursts: z.int().positive().nullable().default(null),
  })
  .refine(({ kind, voxels }) => kind === "poisson" || voxels.length > 0, { path: ["voxels"], error: "name at least one voxel" });

const weight = z.number().default(1);
/** Something that can be told of a brain that has run. The score is the sum of value times weight; more is better. */
export const Observable = z.discriminatedUnion("kind", [
  /** An expression in the grammar of break conditions: its value after one burst (the last), or the mean over bursts from `from` on. */
  z.strictObject({
    kind: z.literal("expression"),
    expression: z.string().min(1),
    weight,
    at: z.int().positive().optional(),
    meanFrom: z.int().positive().optional(),
  }),
  /**
   * How well the spikes of an area match a raster, from burst `from` on: 2 × hits / (spikes + wanted spikes), so 1 is the same and
   * silence is 0. Bursts of the raster count from 0 at `from`, and it repeats every `period`.
   */
  z.strictObject({
    kind: z.literal("pattern"),
    area: z.string().min(1),
    weight,
    from: z.int().min(1).default(1),
    period: z.int().positive().optional(),
    /** [burst, x, y, z] */
    raster: z.array(z.tuple([z.int().min(0), z.int().min(0), z.int().min(0), z.int().min(0)])).min(1),
  }),
  /** How well the brain does in a simulated body: `tracker` is an eye that follows a target (core/evolution/agents.ts). */
  z.strictObject({
    kind: z.literal("agent"),
    agent: z.enum(["tracker"]),
    /** The area it senses by, and the one it acts by. */
    senses: z.string().min(1),
    acts: z.string().min(1),
    amplitude: z.number().default(100),
    /** Bursts between two steps of the target. */
    pace: z.int().positive().default(5),
    seed: z.int().min(0).default(1),
    weight,
  }),
]);
export type Observable = z.infer<typeof Observable>;

/** How one brain is judged. */
export const Trial = z.strictObject({
  bursts: z.int().positive().max(1_000_000),
  stimuli: z.array(ExperimentStimulus).max(1000).default([]),
  fitness: z.union([z.string().min(1), z.array(Observable).min(1).max(100)]),
  dynamics: z.enum(dynamicsModes).default("standard"),
  /** Seed of growth. */
  growthSeed: z.int().min(0).default(1),
  /** A brain that would take more, its growth and its engine together, is not born. */
  brainMegabytes: z.number().positive().max(65_536).default(64),
});
export type Trial = z.infer<typeof Trial>;

export const Experiment = z
  .strictObject({
    name: z.string().regex(/^[a-z0-9][a-z0-9_-]{0,60}$/i, "letters, digits, - and _"),
    description: z.string().default(""),
    /** Where the first generation comes from; a path is taken from the folder of the experiment's own file. */
    genomes: z.array(z.union([z.strictObject({ path: z.string().min(1) }), z.strictObject({ text: z.string().min(1) })])).min(1),
    seed: z.int().min(0).max(0xffffffff).default(1),
    population: z.int().min(2).max(10_000),
    /** It ends after so many generations or evaluations, whichever comes first. */
    generations: z.int().positive().max(100_000).optional(),
    evaluations: z.int().positive().optional(),
    trial: Trial,
    selection: z
      .strictObject({
        tournament: z.int().min(1).default(3),
        /** The best go on unchanged, and are not judged again. */
        elite: z.int().min(1).default(1),
        /** Share of children with two parents. */
        crossover: z.number().min(0).max(1).default(0.5),
        /** Genomes closer than this (0..1) are one species, whose members share their fitness; left out: no species. */
        speciesDistance: z.number().min(0).max(1).optional(),
      })
      .prefault({}),
    operators: z.partialRecord(z.enum(operatorNames), OperatorSetting),
    /** Worker processes; left out: one a core. Never more than the memory allows. */
    workers: z.int().positive().max(1024).optional(),
    /** For all workers together; left out: half of what is free. */
    memoryMegabytes: z.number().positive().optional(),
  })
  .refine(({ generations, evaluations }) => generations !== undefined || evaluations !== undefined, {
    path: ["generations"],
    error: "say generations, evaluations or both",
  })
  .refine(({ population, selection }) => selection.elite < population, { path: ["selection", "elite"], error: "must be below population" });
export type Experiment = z.infer<typeof Experiment>;

/** An individual with what became of it. */
export const Judged = z.object({
  /** generation-place */
  id: z.string(),
  parents: z.array(z.string()),
  /** What was changed on the way from the parents, in words. */
  changes: z.array(z.string()),
  /** SHA-256 of the genome's text. */
  sha256: z.string(),
  /** Null for one that failed. */
  score: z.number().nullable(),
  /** Value of each observable. */
  values: z.array(z.number()),
  failure: z.string().nullable(),
});
export type Judged = z.infer<typeof Judged>;

export const GenerationReport = z.object({
  generation: z.int(),
  best: z.number().nullable(),
  /** Of those that did not fail. */
  mean: z.number().nullable(),
  failed: z.int(),
  /** Judged so far, in all generations. */
  evaluations: z.int(),
  species: z.int(),
  champion: z.string(),
});
export type GenerationReport = z.infer<typeof GenerationReport>;

export const evolutionStates = ["running", "paused", "finished", "cancelled", "failed"] as const;
export const EvolutionStatus = z.object({
  id: z.string(),
  name: z.string(),
  seed: z.int(),
  state: z.enum(evolutionStates),
  /** Why it failed. */
  failure: z.string().nullable(),
  generations: z.array(GenerationReport),
  workers: z.int(),
});
export type EvolutionStatus = z.infer<typeof EvolutionStatus>;
