/** Edits as they are kept for undo, written into events and checkpoints, and told to people. */
import type { Kept } from "#core/connectome/kept.ts";
import type { LiveChange } from "#core/connectome/live-changes.ts";
import type { Splice } from "#core/connectome/text-splices.ts";
import type { TransitionSummary } from "#core/connectome/transition.ts";

/** What leads from before to after: of the genome's document, or of neurons and synapses that no genome holds. */
export type EditChange = { splices: Splice[] } | { live: LiveChange };

export interface EditPart {
  change: EditChange;
  summary: StepSummary;
  /** What it took out; in memory only. */
  kept?: Kept;
}

/** One entry of the history: one edit, or all edits of one group. */
export interface EditStep {
  /** Stays through undo and redo; another once an edit joins the step. */
  id: string;
  /** What a person calls it. */
  group: string;
  /** ISO-8601. */
  time: string;
  /** In order. */
  parts: readonly EditPart[];
}

export interface StepSummary extends TransitionSummary {
  /** False where neurons or synapses were edited themselves: only checkpoints and brain files hold that. */
  inGenome: boolean;
}

/** The step without what memory alone keeps. */
export function stored({ parts, ...step }: EditStep): EditStep {
  return { ...step, parts: parts.map(({ change, summary }) => ({ change, summary })) };
}

export function summaryOf({ parts }: EditStep): StepSummary {
  const all = parts.map(({ summary }) => summary);
  const sum = (of: "neuronsAdded" | "neuronsRemoved" | "synapsesAdded" | "synapsesRemoved" | "bytes") =>
    all.reduce((total, one) => total + one[of], 0);
  const ids = (of: keyof TransitionSummary["areas"]) => [...new Set(all.flatMap(({ areas }) => areas[of]))];
  return {
    areas: { added: ids("added"), removed: ids("removed"), resized: ids("resized"), changed: ids("changed") },
    mappings: [...new Map(all.flatMap(({ mappings }) => mappings).map((pair) => [`${pair.src}>${pair.dst}`, pair])).values()],
    neuronsAdded: sum("neuronsAdded"),
    neuronsRemoved: sum("neuronsRemoved"),
    synapsesAdded: sum("synapsesAdded"),
    synapsesRemoved: sum("synapsesRemoved"),
    bytes: sum("bytes"),
    inGenome: all.every(({ inGenome }) => inGenome),
  };
}
