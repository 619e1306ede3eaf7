import { z } from "zod";
import { type CommandTable, command, Nothing } from "../../command.ts";
import { CorticalId } from "../../connectome.ts";
import { dryRun, Edited, EditStep } from "../../edit.ts";
import { GenomeProblem } from "../../genome.ts";
import { GenomeEdit } from "../../genome-edit.ts";
import { BrainStatus } from "../brain.ts";

export const Problem = z.object({
  severity: z.enum(["error", "warning", "info"]),
  code: z.string(),
  message: z.string(),
  path: z.string(),
  fix: z.string().optional(),
  /** The change that mends it without a choice. */
  quickFix: GenomeProblem.shape.quickFix,
  area: CorticalId.optional(),
  /** What a person may do about it at once, or where to look. */
  ways: z
    .array(
      z.discriminatedUnion("way", [
        z.object({ way: z.literal("stimulate"), area: CorticalId }),
        z.object({ way: z.literal("mapping"), src: CorticalId, dst: CorticalId }),
        /** A mapping to it is missing. */
        z.object({ way: z.literal("newMapping"), dst: CorticalId }),
        z.object({ way: z.literal("rate"), hz: z.number() }),
      ]),
    )
    .optional(),
});
export type Problem = z.infer<typeof Problem>;

const Done = z.object({ status: BrainStatus, steps: z.array(EditStep) });

export const editCommands = {
  apply: command({
    title: "Apply edits of the genome as one step",
    permission: "write",
    risk: "low",
    input: z.strictObject({ edits: z.array(GenomeEdit).min(1).max(10_000), group: z.string().min(1).optional(), ...dryRun }),
    output: Edited,
  }),
  undo: command({ title: "Undo the last edit", permission: "write", risk: "low", input: Nothing, output: BrainStatus }),
  redo: command({ title: "Redo the edit", permission: "write", risk: "low", input: Nothing, output: BrainStatus }),
  history: command({ title: "List the edits", permission: "read", risk: "low", input: Nothing, output: z.array(EditStep) }),
  goToEdit: command({
    title: "Undo or redo to a step",
    permission: "write",
    risk: "low",
    /** Steps before it are done, the others not. */
    input: z.strictObject({ index: z.int().min(0) }),
    output: Done,
  }),
  revertEdit: command({
    title: "Take back one edit and keep the later ones",
    permission: "write",
    risk: "low",
    input: z.strictObject({ index: z.int().min(0) }),
    output: Done,
  }),
  beginGroup: command({
    title: "Begin a group of edits that is undone as one",
    permission: "write",
    risk: "low",
    input: z.strictObject({ name: z.string().min(1) }),
    output: Nothing,
  }),
  endGroup: command({ title: "End the group of edits", permission: "write", risk: "low", input: Nothing, output: z.array(EditStep) }),
  problems: command({
    title: "Problems of the genome and the brain",
    permission: "read",
    risk: "low",
    input: Nothing,
    output: z.array(Problem),
  }),
} as const satisfies CommandTable;
