/** A workspace file (.gyrus): which brain was on the bench and how it was looked at. JSON; the brain itself stays in its own file. */
import { z } from "zod";
import { CorticalId } from "./connectome.ts";
import { BreakpointSettings } from "./debug.ts";

const Voxel = z.tuple([z.int(), z.int(), z.int()]);

/** What is selected, from areas down to one neuron. */
export const SelectedPlaces = z.object({
  areas: z.array(CorticalId).max(100_000),
  area: CorticalId.nullable(),
  voxels: z.array(Voxel).max(1_000_000),
  voxel: Voxel.nullable(),
  neuron: z.int().min(0).nullable(),
});
export type SelectedPlaces = z.infer<typeof SelectedPlaces>;

export const Workspace = z.object({
  format: z.literal("gyrus-workspace"),
  version: z.literal(1),
  /** Of the genome, brain or recording file; null where the brain came from none. In the file relative to it where it lies beside or below. */
  genome: z.object({ path: z.string().min(1), title: z.string() }).nullable(),
  selection: SelectedPlaces,
  breakpoints: z.array(BreakpointSettings.extend({ condition: z.string().min(1).max(10_000) })).max(1000),
  /** Conditions that are watched. */
  watches: z.array(z.string().min(1).max(10_000)).max(1000),
  /** The window's own: docks, camera bookmarks, sets of areas, what the scene shows. A window takes what it knows of it. */
  window: z.record(z.string(), z.json()),
});
export type Workspace = z.infer<typeof Workspace>;
