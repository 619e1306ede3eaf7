/** Cortical areas, regions, mappings and morphologies as every face of Gyrus names them. */
import { z } from "zod";

/** Eight bytes as standard base64: twelve characters ending in "=". */
export const CorticalId = z.string().regex(/^[A-Za-z0-9+/]{11}=$/, "a cortical id is eight bytes as base64");
export type CorticalId = z.infer<typeof CorticalId>;

export const Vec3 = z.tuple([z.number(), z.number(), z.number()]);
export type Vec3 = z.infer<typeof Vec3>;
export const Dimensions = z.tuple([z.int().positive(), z.int().positive(), z.int().positive()]);

export const areaKinds = ["input", "output", "custom", "memory", "core", "modulator"] as const;
export const AreaKind = z.enum(areaKinds);
export type AreaKind = z.infer<typeof AreaKind>;

/** One use of a morphology from one area to another. Source: spec/genome.md section 4. */
export const MappingRule = z.object({
  morphology: z.string().min(1),
  scalar: z.union([z.array(z.union([z.number(), z.string()])), z.number()]),
  /** Absolute value = weight, sign = type. */
  multiplier: z.number(),
  plastic: z.boolean(),
  plasticityConstant: z.number(),
  ltpMultiplier: z.number(),
  ltdMultiplier: z.number(),
  plasticityWindow: z.number(),
  /** Bursts, at least 1. */
  delayBursts: z.number(),
  /** Percent, 0..100. */
  attractivity: z.number(),
  /** What the document says of this rule beyond the above (modulators, gates …), for saving; absent where it says no more. */
  extras: z.record(z.string(), z.unknown()).optional(),
});
export type MappingRule = z.infer<typeof MappingRule>;

export type PatternToken =
  | { type: "any" } // *
  | { type: "exactly"; value: number }
  | { type: "same" } // ?
  | { type: "others" } // !
  | { type: "above" | "below" | "atLeast" | "atMost" } // ?+ ?- ?+= ?-=
  | { type: "offset"; by: number } // ?+n ?-n
  | { type: "offsetRange"; from: number; to: number } // ?±a:?±b
  | { type: "range"; from: number; to: number }; // n..m
export type PatternTokens = readonly [PatternToken, PatternToken, PatternToken];

export type Morphology = { id: string; class: "core" | "custom" } & (
  | { type: "vectors"; vectors: [number, number, number][] }
  | { type: "patterns"; patterns: { source: PatternTokens; target: PatternTokens }[] }
  | { type: "functions" }
  | { type: "composite"; seed: [number, number, number]; pattern: [[number, number], [number, number], [number, number]]; mapper: string }
);

/** Parameters of an area as its genome holds them. No ranges: old genomes hold, for example, a leak of 10. */
export const AreaParameters = z.object({
  firingThreshold: z.number(),
  firingThresholdIncrement: Vec3,
  /** 0 = none. */
  firingThresholdLimit: z.number(),
  leak: z.number(),
  leakVariability: z.number(),
  /** Bursts. */
  refractoryPeriod: z.number(),
  /** 0 = none. */
  consecutiveFireLimit: z.number(),
  snoozePeriod: z.number(),
  /** Above 1: percent; `excitabilityFraction` turns it into a probability. */
  excitability: z.number(),
  mpChargeAccumulation: z.boolean(),
  mpDrivenPsp: z.boolean(),
  pspUniform: z.boolean(),
  postsynapticCurrent: z.number(),
  postsynapticCurrentMax: z.number(),
  degeneration: z.number(),
  /** Bursts; of memory areas, like the next three. */
  longtermMemoryThreshold: z.number(),
  lifespanGrowthRate: z.number(),
  initialLifespan: z.number(),
  temporalDepth: z.number(),
});
export type AreaParameters = z.infer<typeof AreaParameters>;

/** An edit of parameters while the brain lives, within the ranges an engine gives a meaning to. */
export const AreaParametersPatch = z
  .strictObject({
    firingThreshold: z.number(),
    firingThresholdIncrement: Vec3,
    firingThresholdLimit: z.number().min(0),
    leak: z.number().min(0).max(1),
    refractoryPeriod: z.int().min(0).max(65535),
    consecutiveFireLimit: z.int().min(0).max(65535),
    snoozePeriod: z.int().min(0).max(65535),
    excitability: z.number().min(0).max(100),
    mpChargeAccumulation: z.boolean(),
    mpDrivenPsp: z.boolean(),
    pspUniform: z.boolean(),
    postsynapticCurrent: z.number(),
    postsynapticCurrentMax: z.number(),
    degeneration: z.number().min(0),
    leakVariability: z.number().min(0),
    longtermMemoryThreshold: z.number().min(0),
    lifespanGrowthRate: z.number(),
    initialLifespan: z.number().min(0),
    temporalDepth: z.int().min(1).max(255),
  })
  .partial();
export type AreaParametersPatch = z.infer<typeof AreaParametersPatch>;

/** A cortical area of the living brain: a named box of neurons that share one set of membrane parameters. */
export const CorticalArea = z.object({
  id: CorticalId,
  idText: z.string(),
  /** Dense index in the engine. */
  index: z.int().min(0),
  name: z.string(),
  kind: AreaKind,
  /** Id of the brain region that holds it. */
  region: z.string(),
  dimensions: Dimensions,
  /** Corner with the lowest coordinates, in lab space; one unit = one voxel. */
  position: Vec3,
  neuronsPerVoxel: z.int().positive(),
  /** Ids firstNeuron … firstNeuron + neurons - 1; id = firstNeuron + ((x·height + y)·depth + z)·neuronsPerVoxel + k. */
  firstNeuron: z.int().min(0),
  neurons: z.int().min(0),
  /** Those of the block that were not removed by hand, and those made by hand outside of it; absent where that is all of the block alone. */
  livingNeurons: z.int().min(0).optional(),
  outgoingSynapses: z.int().min(0),
  incomingSynapses: z.int().min(0),
  parameters: AreaParameters,
});
export type CorticalArea = z.infer<typeof CorticalArea>;

export const BrainRegion = z.object({
  id: z.string(),
  name: z.string(),
  parent: z.string().nullable(),
  areas: z.array(CorticalId),
  inputs: z.array(CorticalId),
  outputs: z.array(CorticalId),
  position: Vec3,
});
export type BrainRegion = z.infer<typeof BrainRegion>;

/** All rules from one area to another and what grew from them. */
export const CorticalMapping = z.object({
  src: CorticalId,
  dst: CorticalId,
  rules: z.array(MappingRule),
  synapses: z.int().min(0),
});
export type CorticalMapping = z.infer<typeof CorticalMapping>;
