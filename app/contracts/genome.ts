/** What is said about a genome document: problems with their place, and the stages of growth. */
import { z } from "zod";
import { AreaKind, CorticalId, Dimensions, Vec3 } from "./connectome.ts";

export const GenomeProblem = z.object({
  /** JSON path in the document, e.g. blueprint._____10c-iic400-cx-__name-t */
  path: z.string(),
  /** Stable upper-case name, e.g. DIMENSION_ZERO. */
  code: z.string(),
  message: z.string(),
  expected: z.string(),
  found: z.string(),
  /** What to do, where something can be done. */
  fix: z.string().optional(),
  /** Where one change mends it without a choice: the JSON text to write at the path. */
  quickFix: z.object({ title: z.string(), path: z.string(), text: z.string() }).optional(),
});
export type GenomeProblem = z.infer<typeof GenomeProblem>;

export const GenomeReport = z.object({
  valid: z.boolean(),
  version: z.string(),
  areas: z.int(),
  errors: z.array(GenomeProblem),
  warnings: z.array(GenomeProblem),
  signatures: z.object({ genome: z.string(), blueprint: z.string(), physiology: z.string() }).nullable(),
});
export type GenomeReport = z.infer<typeof GenomeReport>;

/** What growing a genome would take, and what there is. */
export const GrowthEstimate = z.object({
  neurons: z.number(),
  /** Where rules overlap the most it can be; attractivity counts as its share. */
  synapses: z.number(),
  /** Of the finished image. */
  bytes: z.number(),
  /** The most that is held while it grows. */
  peakBytes: z.number(),
  /** Memory this machine has left. */
  availableBytes: z.number(),
  fits: z.boolean(),
});
export type GrowthEstimate = z.infer<typeof GrowthEstimate>;

/** Dialects a genome can be written in; `source` is the one it came in. */
export const genomeDialects = ["flat-2", "hierarchical-2", "feagi-3"] as const;
export const SavedDialect = z.enum(["source", ...genomeDialects]);
export type SavedDialect = z.infer<typeof SavedDialect>;

/** What a genome amounts to once it is grown. */
export const GenomeStatistics = z.object({
  title: z.string(),
  areas: z.int(),
  areasByKind: z.partialRecord(AreaKind, z.int()),
  neurons: z.int(),
  synapses: z.int(),
  /** Pairs of areas, and the rules between them. */
  mappings: z.int(),
  rules: z.int(),
  /** Defined ones, core ones included, and those that rules name, most used first. */
  morphologies: z.int(),
  morphologiesUsed: z.array(z.object({ id: z.string(), rules: z.int() })),
  /** Of the neurons and synapses an engine is given. */
  imageBytes: z.int(),
  /** Counts in the file that are not these. */
  warnings: z.array(GenomeProblem),
});
export type GenomeStatistics = z.infer<typeof GenomeStatistics>;

export const GenomeTemplate = z.object({
  name: z.string(),
  title: z.string(),
  description: z.string(),
  areas: z.int(),
  neurons: z.int(),
});

export const CreatedGenome = z.object({
  text: z.string(),
  /** Where it was written, null where no path was given. */
  path: z.string().nullable(),
  areas: z.int(),
  neurons: z.int(),
});

export const growthStages = ["parse", "corticogenesis", "voxelogenesis", "neurogenesis", "synaptogenesis"] as const;
export const GrowthStage = z.enum(growthStages);
export type GrowthStage = z.infer<typeof GrowthStage>;

/** One step of growth: where it is, real counts so far, and the area that was just finished. */
export const GrowthProgress = z.object({
  stage: GrowthStage,
  /** Share of this stage that is done, 0..1. */
  done: z.number().min(0).max(1),
  areas: z.int(),
  neurons: z.int(),
  synapses: z.int(),
  finishedArea: z
    .object({ id: CorticalId, name: z.string(), kind: AreaKind, dimensions: Dimensions, position: Vec3, neurons: z.int() })
    .optional(),
});
export type GrowthProgress = z.infer<typeof GrowthProgress>;
