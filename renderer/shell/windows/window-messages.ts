/** What the windows of one lab say to each other, over a BroadcastChannel of their origin. */
import { z } from "zod";
import { CorticalId } from "#contracts/connectome.ts";

const Voxel = z.tuple([z.int(), z.int(), z.int()]);
const View = z.string().regex(/^[a-zA-Z]{1,40}$/);

/** The one selection, the one time cursor, and which views keep their own. */
export const Shared = z.object({
  areas: z.array(CorticalId).max(100_000),
  area: CorticalId.nullable(),
  voxels: z.array(Voxel).max(1_000_000),
  voxel: Voxel.nullable(),
  neuron: z.int().min(0).nullable(),
  cursor: z.int().min(0).nullable(),
  unpinned: z.array(View),
});
export type Shared = z.infer<typeof Shared>;

/** Orders what two windows say at once: the later count wins, of equal ones the greater id. */
export const Stamp = z.object({ count: z.int().min(0), by: z.string() });
export type Stamp = z.infer<typeof Stamp>;

/** What a view shows beyond what all share, so that it goes on where the other window was. */
export const Carried = z.object({
  question: z.object({ neuron: z.int(), burst: z.int() }).optional(),
  helpPage: View.optional(),
  control: z.string().max(200).optional(),
});
export type Carried = z.infer<typeof Carried>;

const from = z.string();
export const WindowMessage = z.discriminatedUnion("t", [
  /** A window came up and wants to know the others. */
  z.object({ t: z.literal("who"), from }),
  /** Here is a window; `view` and `of` where it is one view of another's. */
  z.object({ t: z.literal("here"), from, view: View.nullable(), of: z.string().nullable(), lab: z.int().nullable() }),
  z.object({ t: z.literal("gone"), from }),
  z.object({ t: z.literal("shared"), from, stamp: Stamp, shared: Shared }),
  /** To the window `to`: bring a view to the front. */
  z.object({ t: z.literal("show"), from, to: z.string(), view: View, carried: Carried }),
  /** To the window `to`: close yourself. */
  z.object({ t: z.literal("close"), from, to: z.string() }),
]);
export type WindowMessage = z.infer<typeof WindowMessage>;
