/**
 * Edits of a genome as plain data. The same form describes what a person asks for, what two genomes differ in, and what takes an
 * edit back.
 */
import { z } from "zod";
import { AreaKind, AreaParameters, AreaParametersPatch, CorticalId, Dimensions, MappingRule, Vec3 } from "./connectome.ts";
import { modulatorKinds } from "./patch-extensions.ts";

const Vec2 = z.tuple([z.number(), z.number()]);
const Token = z.union([
  z.object({ type: z.enum(["any", "same", "others", "above", "below", "atLeast", "atMost"]) }),
  z.object({ type: z.literal("exactly"), value: z.int() }),
  z.object({ type: z.literal("offset"), by: z.int() }),
  z.object({ type: z.enum(["offsetRange", "range"]), from: z.int(), to: z.int() }),
]);
const Tokens = z.tuple([Token, Token, Token]).readonly();
const Whole3 = z.tuple([z.int(), z.int(), z.int()]);
const Span = z.tuple([z.int(), z.int()]);

/** A rule that a mapping can name; the same as the type `Morphology`. */
export const MorphologyInput = z.intersection(
  z.object({ id: z.string().min(1), class: z.enum(["core", "custom"]).default("custom") }),
  z.discriminatedUnion("type", [
    z.object({ type: z.literal("vectors"), vectors: z.array(Whole3) }),
    z.object({ type: z.literal("patterns"), patterns: z.array(z.object({ source: Tokens, target: Tokens })) }),
    z.object({ type: z.literal("functions") }),
    z.object({ type: z.literal("composite"), seed: Whole3, pattern: z.tuple([Span, Span, Span]), mapper: z.string() }),
  ]),
);

/** What of an area can be given; without a value it stays, or in a new area gets its default. */
const areaValues = {
  name: z.string().min(1).optional(),
  position: Vec3.optional(),
  position2d: Vec2.optional(),
  dimensions: Dimensions.optional(),
  neuronsPerVoxel: z.int().positive().optional(),
  visible: z.boolean().optional(),
  parameters: AreaParametersPatch.optional(),
  /** Stored properties that no field above names, by their property name in a hierarchical document; null takes one away. */
  properties: z.record(z.string(), z.unknown()).optional(),
};

const mapping = { src: CorticalId, dst: CorticalId };
const regionValues = {
  name: z.string().min(1).optional(),
  description: z.string().optional(),
  position: Vec3.optional(),
  position2d: Vec2.optional(),
  designatedInputs: z.array(CorticalId).optional(),
  designatedOutputs: z.array(CorticalId).optional(),
};

const Bursts = z.int().max(65535);
/** A modulator as the typed genome has it (core/genome/modulators.ts). */
export const ModulatorInput = z.object({
  type: z.enum(modulatorKinds),
  /** Of the signal while its driver fires. */
  magnitudePercent: z.number().min(-100),
  /** Bursts that a driver of its own fires for, and that it then rests. */
  effectDurationBursts: Bursts.min(1).default(1),
  restBursts: Bursts.min(0).default(0),
  /** The signal grows with the potential the driver fires at, up to `fullScalePotential`; 0 where it is not graded. */
  graded: z.boolean().default(false),
  fullScalePotential: z.number().min(0).default(0),
  driver: CorticalId,
});

/** A classifier as the typed genome has it. */
export const ClassifierInput = z.object({
  name: z.string().min(1),
  /** The region of its own that its parts are in. */
  region: z.string().nullable(),
  position: Vec3,
  sampleMemory: CorticalId,
  classMemory: CorticalId,
  errorArea: CorticalId,
  correctArea: CorticalId.nullable(),
  samples: z.array(CorticalId),
  bindings: z.array(z.object({ input: CorticalId, output: CorticalId })),
  rewardTraining: z.boolean(),
  /** By which its answers are learned; none: its own two. */
  rewardModulators: z.array(z.string()),
});

export const GenomeEdit = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("updateArea"), area: CorticalId, ...areaValues }),
  /** Without mappings; those are set by themselves. */
  z.object({ kind: z.literal("createArea"), area: CorticalId, areaKind: AreaKind, region: z.string().optional(), ...areaValues }),
  /** With its mappings both ways and its place in regions. */
  z.object({ kind: z.literal("removeArea"), area: CorticalId }),
  /** Mappings and regions follow. */
  z.object({ kind: z.literal("changeAreaId"), area: CorticalId, to: CorticalId }),
  z.object({ kind: z.literal("moveArea"), area: CorticalId, region: z.string() }),
  /** All rules of the pair, in order; none: the mapping goes. */
  z.object({ kind: z.literal("setMapping"), ...mapping, rules: z.array(MappingRule) }),
  /** Makes it or replaces the one of this id. */
  z.object({ kind: z.literal("setMorphology"), morphology: MorphologyInput }),
  z.object({ kind: z.literal("removeMorphology"), id: z.string() }),
  z.object({ kind: z.literal("createRegion"), id: z.string().min(1), parent: z.string().nullable(), ...regionValues }),
  z.object({ kind: z.literal("updateRegion"), id: z.string(), parent: z.string().optional(), ...regionValues }),
  /** Its areas and child regions go to its parent. */
  z.object({ kind: z.literal("removeRegion"), id: z.string() }),
  z.object({
    kind: z.literal("updatePhysiology"),
    simulationTimestep: z.number().positive().optional(),
    maxAge: z.number().optional(),
    evolutionBurstCount: z.number().optional(),
    ipuIdleThreshold: z.number().optional(),
    plasticityQueueDepth: z.number().optional(),
    lifespanManagementInterval: z.number().optional(),
    quantizationPrecision: z.string().optional(),
  }),
  z.object({ kind: z.literal("updateGenome"), title: z.string().optional(), description: z.string().optional() }),
  /** Makes it or replaces the one of this id. */
  z.object({ kind: z.literal("setModulator"), id: z.string().min(1), modulator: ModulatorInput }),
  /** Areas, rules and classifiers that list it follow. */
  z.object({ kind: z.literal("renameModulator"), id: z.string(), to: z.string().min(1) }),
  /** Its driver stays, and so does who lists it. */
  z.object({ kind: z.literal("removeModulator"), id: z.string() }),
  z.object({ kind: z.literal("setClassifier"), id: z.string().min(1), classifier: ClassifierInput }),
  /** Its areas and mappings stay. */
  z.object({ kind: z.literal("removeClassifier"), id: z.string() }),
]);
export type GenomeEdit = z.infer<typeof GenomeEdit>;
export type GenomeEditKind = GenomeEdit["kind"];

/** One value that differs; null stands where a side has none. */
export const GenomeChange = z.object({
  /** Field by its path in the typed genome, such as `dimensions`, `parameters.leak` or `rules.0.multiplier`. */
  what: z.string(),
  from: z.unknown(),
  to: z.unknown(),
  /** No edit can make this one. */
  shownOnly: z.literal(true).optional(),
});
export type GenomeChange = z.infer<typeof GenomeChange>;

/** An edit that a comparison found: parameters as genomes hold them, a leak of 10 included, and not as a person may set them. */
const FoundEdit = z.discriminatedUnion(
  "kind",
  GenomeEdit.options.map((option) =>
    "parameters" in option.shape ? option.extend({ parameters: AreaParameters.partial().optional() }) : option,
  ) as unknown as typeof GenomeEdit.options,
);

/** A difference of two genomes that is reviewed and taken over as one. */
export const Hunk = z.object({
  /** `area:ID`, `mapping:SRC>DST`, `morphology:ID`, `region:ID`, `physiology` or `genome`. */
  id: z.string(),
  kind: z.enum(["added", "removed", "changed"]),
  /** For people, with names. */
  title: z.string(),
  /** Turn the first genome into the second, and back. */
  edits: z.array(FoundEdit),
  inverse: z.array(FoundEdit),
  changes: z.array(GenomeChange),
  /** Hunks without which the edits of this one cannot be applied. */
  needs: z.array(z.string()),
});
export type Hunk = z.infer<typeof Hunk>;

export const GenomeDiff = z.object({
  hunks: z.array(Hunk),
  /** They mean the same, however they are written. */
  identical: z.boolean(),
  byteIdentical: z.boolean(),
});
export type GenomeDiff = z.infer<typeof GenomeDiff>;

/** A box of voxels; its position is the corner with the lowest coordinates. */
export const PlacedBox = z.object({ position: Vec3, dimensions: Dimensions });
export type PlacedBox = z.infer<typeof PlacedBox>;

/** How a box would stand among the areas of a genome. */
export const BoxPlacement = PlacedBox.extend({
  /** Areas that it would overlap. */
  overlaps: z.array(CorticalId),
  /** The nearest whole position where neither an area nor one of the boxes before it is in the way. */
  free: Vec3,
});
export type BoxPlacement = z.infer<typeof BoxPlacement>;
