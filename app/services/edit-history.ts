/** The history of a living brain: its steps after one more edit, and what takes a step back. */
import { LabError } from "#contracts/errors.ts";
import { type Kept, keptBytes } from "#core/connectome/kept.ts";
import { invertedChange, type LiveChange } from "#core/connectome/live-changes.ts";
import { invertedSplices, type Splice, spliced, splicesAfter, splicesBetween } from "#core/connectome/text-splices.ts";
import { type EditChange, type EditPart, type EditStep, type StepSummary, summaryOf } from "./edit-steps.ts";
import type { LivingBrain } from "./lab-state.ts";

export type EditVia = "edit" | "undo" | "redo";

/** An entry of the history; undone ones follow the others, the next to redo first. */
export interface HistoryEntry {
  index: number;
  group: string;
  time: string;
  undone: boolean;
  saved: boolean;
  summary: StepSummary;
}

export function entriesOf({ undo, redo, saved }: Pick<LivingBrain, "undo" | "redo" | "saved">): HistoryEntry[] {
  const entry = (step: EditStep, index: number, undone: boolean) => ({
    index,
    group: step.group,
    time: step.time,
    undone,
    saved: saved.includes(step.id),
    summary: summaryOf(step),
  });
  return [...undo.map((step, i) => entry(step, i, false)), ...redo.toReversed().map((step, i) => entry(step, undo.length + i, true))];
}

/** Whether something of the brain is not as its file has it. */
export function isUnsaved({ undo, saved, changedByHand }: Pick<LivingBrain, "undo" | "saved" | "changedByHand">): boolean {
  return changedByHand || undo.length !== saved.length || undo.some(({ id }, at) => id !== saved[at]);
}

/** The steps after one more part; a part that joins belongs to the step that the last one went to. */
export function keep(
  brain: LivingBrain,
  part: EditPart,
  { via, group, joins, time, id }: { via: EditVia; group: string; joins: boolean; time: string; id: string },
): void {
  const joined = (steps: readonly EditStep[], one: EditPart, id: string, first = false): EditStep[] => {
    const last = joins ? steps.at(-1) : undefined;
    const parts = last ? (first ? [one, ...last.parts] : [...last.parts, one]) : [one];
    return [...(last ? steps.slice(0, -1) : steps), { id, group, time: last?.time ?? time, parts }];
  };
  const without = (steps: readonly EditStep[], at: 0 | -1): EditStep[] => {
    const { parts, ...step } = steps.at(-1)!;
    const left = at === 0 ? parts.slice(1) : parts.slice(0, -1);
    return [...steps.slice(0, -1), ...(left.length > 0 ? [{ ...step, parts: left }] : [])];
  };
  if (via === "undo") {
    const step = brain.undo.at(-1);
    const summary = step?.parts.at(-1)?.summary ?? part.summary;
    brain.undo = without(brain.undo, -1);
    brain.redo = joined(brain.redo, { ...part, summary, change: inverted(part.change) }, step?.id ?? id, true);
    return;
  }
  const again = via === "redo" ? brain.redo.at(-1) : undefined;
  brain.redo = again ? without(brain.redo, 0) : [];
  brain.undo = joined(brain.undo, part, again?.id ?? id);
}

/** What all steps together keep of what they took out. */
const KEPT_BYTES = 512 << 20;

/** Forgets what the oldest steps took out once that is too much; taken back, they grow it as new. */
export function forgetOldest(brain: Pick<LivingBrain, "undo" | "redo">, limitBytes = KEPT_BYTES): void {
  let left = limitBytes;
  const within = (steps: readonly EditStep[]): readonly EditStep[] => {
    let isWhole = true;
    const newestFirst = steps.toReversed().map((step) => {
      const bytes = step.parts.reduce((sum, { kept }) => sum + (kept ? keptBytes(kept) : 0), 0);
      left -= bytes;
      if (bytes === 0 || left >= 0) return step;
      isWhole = false;
      return { ...step, parts: step.parts.map(({ kept: _, ...part }) => part) };
    });
    return isWhole ? steps : newestFirst.reverse();
  };
  brain.undo = within(brain.undo);
  brain.redo = within(brain.redo);
}

export function inverted(change: EditChange): EditChange {
  return "live" in change ? { live: invertedChange(change.live) } : { splices: invertedSplices(change.splices) };
}

/** What takes all of a step back in the document of now; E_CONFLICT where a later one changed the same place. */
export function revertingSplices(now: string, step: EditStep, later: readonly EditStep[]): Splice[] {
  const documents = (steps: readonly EditStep[]) =>
    steps.flatMap(({ parts }) => parts.flatMap(({ change }) => ("live" in change ? [] : [change.splices])));
  const before = (text: string, steps: readonly EditStep[]) =>
    documents(steps).reduceRight((after, splices) => spliced(after, invertedSplices(splices)) ?? after, text);
  const after = before(now, later);
  let splices = splicesBetween(after, before(after, [step]));
  for (const one of later) {
    for (const others of documents([one])) {
      const moved = splicesAfter(splices, others);
      if (!moved) {
        const message = `"${one.group}" changed the same place of the genome later`;
        throw new LabError("E_CONFLICT", message, { step: one.group }, `Revert "${one.group}" first, or undo down to this step.`);
      }
      splices = moved;
    }
  }
  return splices;
}

/** What all parts of a step took out; where two took from the same place, what was there before the step. */
export function keptOf({ parts }: EditStep): Kept {
  const all = parts.flatMap(({ kept }) => kept ?? []).reverse();
  return { synapses: new Map(all.flatMap(({ synapses }) => [...synapses])), neurons: new Map(all.flatMap(({ neurons }) => [...neurons])) };
}

export function liveSummary(live: LiveChange, patch: Uint32Array): StepSummary {
  const touched = new Set([...live.added, ...live.removed, ...live.settings].map(({ neuron }) => neuron[0]));
  return {
    areas: {
      added: [],
      removed: [],
      resized: [],
      changed: [...touched],
    },
    mappings: [],
    neuronsAdded: live.added.length,
    neuronsRemoved: live.removed.length,
    synapsesAdded: live.made.length,
    synapsesRemoved: live.cut.length,
    bytes: patch.byteLength,
    inGenome: false,
  };
}
