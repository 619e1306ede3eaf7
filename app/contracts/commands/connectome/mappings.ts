import { z } from "zod";
import { type CommandTable, command, Nothing } from "../../command.ts";
import { CorticalId, CorticalMapping, MappingRule } from "../../connectome.ts";
import { dryRun, Edited } from "../../edit.ts";
import { MorphologyInput } from "../../genome-edit.ts";

const pair = { src: CorticalId, dst: CorticalId };

/** What is not given is as in a new rule: one synapse each, weight 1, not plastic. */
const RuleInput = MappingRule.extend({
  scalar: MappingRule.shape.scalar.default([1, 1, 1]),
  multiplier: z.number().default(1),
  plastic: z.boolean().default(false),
  plasticityConstant: z.number().default(1),
  ltpMultiplier: z.number().default(1),
  ltdMultiplier: z.number().default(1),
  plasticityWindow: z.number().default(5),
  delayBursts: z.int().min(1).max(255).default(1),
  attractivity: z.number().min(0).max(100).default(100),
});

const MorphologySummary = z.object({
  id: z.string(),
  type: z.enum(["vectors", "patterns", "functions", "composite"]),
  class: z.enum(["core", "custom"]),
  /** Pairs of areas whose rules name it. */
  users: z.array(z.object(pair)),
});

/** Size of one side of a toy pair. */
const ToySize = z.int().min(1).max(8);
const ToyBox = z.tuple([ToySize, ToySize, ToySize]);

export const MorphologyPreview = z.object({
  /** Row of a source voxel, number ((x · height) + y) · depth + z: the numbers of the voxels it reaches in the destination, ascending. */
  reached: z.array(z.array(z.int())),
  /** Synapses between the two boxes with one neuron a voxel. */
  synapses: z.int(),
  /** Why it grows none, or grows otherwise than FEAGI does; null where there is nothing to say. */
  note: z.string().nullable(),
});
export type MorphologyPreview = z.infer<typeof MorphologyPreview>;

export const mappingCommands = {
  listMappings: command({
    title: "List cortical mappings",
    permission: "read",
    risk: "low",
    input: Nothing,
    output: z.array(CorticalMapping),
  }),
  getMapping: command({
    title: "Look up the mapping of two areas",
    permission: "read",
    risk: "low",
    input: z.strictObject(pair),
    output: CorticalMapping.nullable(),
  }),
  upstream: command({
    title: "List the areas that map to an area",
    permission: "read",
    risk: "low",
    input: z.strictObject({ id: CorticalId }),
    output: z.array(CorticalMapping),
  }),
  setMapping: command({
    title: "Set the rules from one area to another",
    permission: "write",
    risk: "low",
    /** All rules of the pair, in order; without rules the mapping goes. */
    input: z.strictObject({ ...pair, rules: z.array(RuleInput).max(1000), ...dryRun }),
    output: Edited,
  }),
  regrowMapping: command({
    title: "Grow the synapses of a mapping anew",
    permission: "write",
    risk: "low",
    /** Without a destination: all mappings of the source. */
    input: z.strictObject({ src: CorticalId, dst: CorticalId.optional() }),
    output: Edited,
  }),
  listMorphologies: command({
    title: "List morphologies and what uses them",
    permission: "read",
    risk: "low",
    input: Nothing,
    output: z.array(MorphologySummary),
  }),
  getMorphology: command({
    title: "Look up one morphology",
    permission: "read",
    risk: "low",
    input: z.strictObject({ id: z.string() }),
    output: z.object({ morphology: MorphologyInput, users: MorphologySummary.shape.users }),
  }),
  previewMorphology: command({
    title: "See which voxels a morphology reaches between two small boxes",
    permission: "read",
    risk: "low",
    /** A composite's mapper is looked up in the loaded brain. */
    input: z.object({ morphology: MorphologyInput, source: ToyBox, target: ToyBox, scalar: MappingRule.shape.scalar.default([1, 1, 1]) }),
    output: MorphologyPreview,
  }),
  createMorphology: command({
    title: "Add a morphology",
    permission: "write",
    risk: "low",
    input: z.object({ morphology: MorphologyInput }),
    output: Edited,
  }),
  updateMorphology: command({
    title: "Edit a morphology; mappings that use it grow anew",
    permission: "write",
    risk: "low",
    input: z.object({ morphology: MorphologyInput, ...dryRun }),
    output: Edited,
  }),
  removeMorphology: command({
    title: "Remove a morphology that nothing uses",
    permission: "write",
    risk: "low",
    input: z.strictObject({ id: z.string() }),
    output: Edited,
  }),
} as const satisfies CommandTable;
export type MappingCommands = typeof mappingCommands;
