/** Classifiers: memories of samples and of classes, linked, and judged by their answers. Source: spec/burst-engine-extensions.md 14. */
import { z } from "zod";
import { type CommandTable, command, Nothing } from "../command.ts";
import { Vec3 } from "../connectome.ts";
import { dryRun, Edited } from "../edit.ts";
import { ClassifierInput } from "../genome-edit.ts";

export const ClassifierInfo = ClassifierInput.extend({
  id: z.string(),
  /** Bursts after a class input at which its output is compared with it. */
  answerDelay: z.int(),
});
export type ClassifierInfo = z.infer<typeof ClassifierInfo>;

export const classifierCommands = {
  list: command({
    title: "List classifiers and their parts",
    permission: "read",
    risk: "low",
    input: Nothing,
    output: z.array(ClassifierInfo),
  }),
  create: command({
    title: "Put a classifier together",
    permission: "write",
    risk: "low",
    /** Its inputs are mapped afterwards: by the rule classifier_sample into its sample memory, by classifier_class into its class memory. */
    input: z.strictObject({
      name: z.string().min(1),
      /** That its own region is put into; the root unless said. */
      region: z.string().optional(),
      position: Vec3.default([0, 0, 0]),
      ...dryRun,
    }),
    output: Edited.extend({ id: z.string() }),
  }),
  update: command({
    title: "Rename a classifier, or change how it is taught",
    permission: "write",
    risk: "low",
    input: z.strictObject({
      id: z.string(),
      name: z.string().min(1).optional(),
      position: Vec3.optional(),
      /** Its answers are learned by reward instead of by coincidence alone. */
      rewardTraining: z.boolean().optional(),
      /** Of the kind synaptic.reward; none: its own two. */
      rewardModulators: z.array(z.string()).max(100).optional(),
      ...dryRun,
    }),
    output: Edited,
  }),
  remove: command({
    title: "Remove a classifier with all its parts",
    permission: "write",
    risk: "low",
    input: z.strictObject({ id: z.string(), ...dryRun }),
    output: Edited,
  }),
} as const satisfies CommandTable;
