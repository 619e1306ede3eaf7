import { z } from "zod";
import { type CommandTable, command, Nothing } from "../command.ts";
import { AreaKind, CorticalId, Dimensions, Vec3 } from "../connectome.ts";
import { dryRun, Edited } from "../edit.ts";
import { CreatedGenome, GenomeReport, GenomeStatistics, GenomeTemplate, GrowthEstimate, genomeDialects } from "../genome.ts";
import { BoxPlacement, GenomeDiff, PlacedBox } from "../genome-edit.ts";
import { dynamicsModes } from "../network.ts";
import { BrainStatus } from "./brain.ts";

export const Sample = z.object({ name: z.string(), title: z.string(), path: z.string(), areas: z.int(), bytes: z.int() });

/** A file, a text, the genome of the loaded brain with all its edits, or the one it had when it was opened or came back from a checkpoint. */
const GenomeSource = z.union([z.enum(["living", "opened"]), z.object({ path: z.string() }), z.object({ text: z.string() })]);

const Fixes = z
  .array(z.object({ path: z.string(), text: z.string() }))
  .min(1)
  .max(10_000);

export const genomeCommands = {
  validate: command({
    title: "Check a genome without loading it",
    permission: "read",
    risk: "low",
    input: z.union([z.object({ path: z.string() }), z.object({ text: z.string() })]),
    output: GenomeReport,
  }),
  estimate: command({
    title: "Neurons, synapses and memory a genome would take",
    permission: "read",
    risk: "low",
    input: z.union([z.object({ path: z.string() }), z.object({ text: z.string() })]),
    output: GrowthEstimate,
  }),
  load: command({
    title: "Open a genome and grow it into a brain",
    permission: "write",
    risk: "high",
    input: z.union([z.object({ path: z.string() }), z.object({ text: z.string(), name: z.string() })]).and(
      z.object({
        dynamics: z.enum(dynamicsModes).default("standard"),
        /** The genome was written by a FEAGI beta of 2026, whose device ids are laid out otherwise. */
        b18Ids: z.boolean().default(false),
      }),
    ),
    output: BrainStatus,
  }),
  refused: command({
    title: "The text of the genome that was refused last",
    permission: "read",
    risk: "low",
    input: Nothing,
    /** Null once another genome was read. */
    output: z.object({ name: z.string(), text: z.string() }).nullable(),
  }),
  loadMended: command({
    title: "Open the refused genome with quick fixes in it",
    permission: "write",
    risk: "high",
    /** Quick fixes as the refusal lists them. The file stays as it is: the brain has no place of its own until it is saved. */
    input: z.object({ fixes: Fixes }),
    output: BrainStatus,
  }),
  cancel: command({
    title: "Stop the genome that is growing",
    permission: "write",
    risk: "low",
    input: Nothing,
    output: z.object({ cancelled: z.boolean() }),
  }),
  samples: command({ title: "List the sample genomes", permission: "read", risk: "low", input: Nothing, output: z.array(Sample) }),
  templates: command({
    title: "List the templates for new genomes",
    permission: "read",
    risk: "low",
    input: Nothing,
    output: z.array(GenomeTemplate),
  }),
  create: command({
    title: "Make a new genome from a template",
    permission: "write",
    risk: "low",
    input: z.object({
      template: z.string(),
      title: z.string().min(1).optional(),
      /** Input and output units to add, by code such as ipro or omot. */
      units: z
        .array(z.object({ unit: z.string(), devices: z.int().min(1).max(1024).default(1) }))
        .max(64)
        .default([]),
      dialect: z.enum(genomeDialects).default("feagi-3"),
      /** Writes it there as well; an existing file is replaced. */
      path: z.string().optional(),
    }),
    output: CreatedGenome,
  }),
  text: command({
    title: "The text of the loaded brain's genome",
    permission: "read",
    risk: "low",
    input: Nothing,
    output: z.object({
      text: z.string(),
      dialect: z.enum(genomeDialects),
      /** How the text spells the ids of areas. */
      areas: z.array(z.object({ id: CorticalId, documentId: z.string() })),
    }),
  }),
  rewrite: command({
    title: "Make the loaded brain one of another text",
    permission: "write",
    risk: "low",
    /** As one edit. What cannot be read is refused with every problem and its place (E_GENOME). */
    input: z.object({ text: z.string(), group: z.string().min(1).optional(), ...dryRun }),
    output: Edited,
  }),
  mend: command({
    title: "Apply quick fixes of problems to the loaded brain's genome",
    permission: "write",
    risk: "low",
    /** Quick fixes as `connectome.problems` lists them, as one edit. */
    input: z.object({
      fixes: Fixes,
      ...dryRun,
    }),
    output: Edited,
  }),
  statistics: command({
    title: "Count what a genome grows into",
    permission: "read",
    risk: "low",
    /** Without path and text: the genome of the loaded brain. */
    input: z.strictObject({ path: z.string().optional(), text: z.string().optional() }),
    output: GenomeStatistics,
  }),
  diff: command({
    title: "Compare two genomes by what they mean",
    permission: "read",
    risk: "low",
    input: z.object({ from: GenomeSource, to: GenomeSource }),
    output: GenomeDiff,
  }),
  applyHunks: command({
    title: "Take differences over from another genome",
    permission: "write",
    risk: "low",
    /** Ids of what `diff` lists from the living genome to this one; what they need comes along. */
    input: z.object({ from: GenomeSource, hunks: z.array(z.string()).min(1).max(100_000), ...dryRun }),
    output: Edited,
  }),
  areas: command({
    title: "List the cortical areas of a genome",
    permission: "read",
    risk: "low",
    input: z.object({ from: GenomeSource }),
    output: z.array(
      z.object({ id: CorticalId, name: z.string(), kind: AreaKind, dimensions: Dimensions, position: Vec3, mappings: z.int().min(0) }),
    ),
  }),
  copyArea: command({
    title: "Copy an area with its mappings from another genome",
    permission: "write",
    risk: "low",
    input: z.object({
      from: GenomeSource,
      area: CorticalId,
      withMappings: z.boolean().default(true),
      /** Area there → the one that takes its part here; without an entry the one of its id. */
      mapTo: z.record(CorticalId, CorticalId).optional(),
      position: Vec3.optional(),
      region: z.string().optional(),
      ...dryRun,
    }),
    output: Edited.extend({
      id: CorticalId,
      /** What mappings need and the living genome has not; those rules are left out. */
      missing: z.array(z.union([z.object({ area: CorticalId }), z.object({ morphology: z.string() })])),
    }),
  }),
  placement: command({
    title: "See where new areas would stand, and where there is room",
    permission: "read",
    risk: "low",
    input: z.object({ into: GenomeSource.default("living"), boxes: z.array(PlacedBox).min(1).max(1024) }),
    output: z.object({ boxes: z.array(BoxPlacement) }),
  }),
} as const satisfies CommandTable;
export type GenomeCommands = typeof genomeCommands;
