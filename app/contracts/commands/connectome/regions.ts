import { z } from "zod";
import { type CommandTable, command, Nothing } from "../../command.ts";
import { BrainRegion, CorticalId, Vec3 } from "../../connectome.ts";
import { dryRun, Edited } from "../../edit.ts";

const Vec2 = z.tuple([z.number(), z.number()]);
const RegionId = z.string().min(1);
const given = {
  description: z.string().optional(),
  position: Vec3.optional(),
  position2d: Vec2.optional(),
};

export const regionCommands = {
  listRegions: command({ title: "List brain regions", permission: "read", risk: "low", input: Nothing, output: z.array(BrainRegion) }),
  getRegion: command({
    title: "Look up one brain region",
    permission: "read",
    risk: "low",
    input: z.strictObject({ id: RegionId }),
    output: BrainRegion.extend({
      children: z.array(z.string()),
      description: z.string(),
      position2d: Vec2,
      designatedInputs: z.array(CorticalId),
      designatedOutputs: z.array(CorticalId),
    }),
  }),
  circuitPlaces: command({
    title: "Where areas and regions stand in the circuit",
    permission: "read",
    risk: "low",
    input: Nothing,
    /** 2D coordinates as the genome holds them. */
    output: z.object({
      areas: z.array(z.object({ id: CorticalId, at: Vec2 })),
      regions: z.array(z.object({ id: z.string(), at: Vec2 })),
    }),
  }),
  createRegion: command({
    title: "Add a brain region",
    permission: "write",
    risk: "low",
    input: z.strictObject({
      name: z.string().min(1),
      /** The root by default. */
      parent: RegionId.optional(),
      areas: z.array(CorticalId).max(100_000).default([]),
      ...given,
    }),
    output: BrainRegion,
  }),
  updateRegion: command({
    title: "Edit a brain region",
    permission: "write",
    risk: "low",
    input: z.strictObject({
      id: RegionId,
      name: z.string().min(1).optional(),
      parent: RegionId.optional(),
      /** Members that are meant to be reached from outside, or to reach out. */
      designatedInputs: z.array(CorticalId).optional(),
      designatedOutputs: z.array(CorticalId).optional(),
      ...given,
    }),
    output: BrainRegion,
  }),
  cloneRegion: command({
    title: "Duplicate a brain region with everything in it",
    permission: "write",
    risk: "low",
    input: z.strictObject({
      id: RegionId,
      /** Of the copy. What it adds to the name of the source is added to names in it; another name stands there in brackets. */
      name: z.string().min(1),
      /** Of the lowest corner of its areas; beside the source by default. */
      position: Vec3.optional(),
      ...dryRun,
    }),
    output: Edited.extend({
      id: RegionId,
      areas: z.int(),
      mappings: z.int(),
      /** Areas of the source without a copy: devices, core areas, drivers of modulators, parts of classifiers. */
      leftOut: z.array(CorticalId),
      /** Mappings of copied areas with areas that have no copy, which are not copied either. */
      border: z.int(),
    }),
  }),
  dissolveRegion: command({
    title: "Remove a brain region and keep what is in it",
    permission: "write",
    risk: "low",
    input: z.strictObject({ id: RegionId }),
    output: Edited,
  }),
  removeRegion: command({
    title: "Remove a brain region with everything in it",
    permission: "write",
    risk: "low",
    input: z.strictObject({ id: RegionId, ...dryRun }),
    output: Edited,
  }),
} as const satisfies CommandTable;
export type RegionCommands = typeof regionCommands;
