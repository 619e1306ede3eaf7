/** What of a brain is not in its file, and whether that file can take it: the window and the desktop ask by the same rule. */
import type { EditStep } from "./edit.ts";

const mostNamed = 5;

type Step = Pick<EditStep, "group" | "undone"> & { summary: Pick<EditStep["summary"], "inGenome"> };

/** The edits that stand, the newest of them by name. */
export function unsavedEdits<Of extends Step>(steps: readonly Of[]): { count: number; named: Of[]; before: number } {
  const done = steps.filter(({ undone }) => !undone);
  const named = done.slice(-mostNamed);
  return { count: done.length, named, before: done.length - named.length };
}

/** Weights, memories and single neurons are in no genome: a brain file holds them. */
export function fitsGenome(steps: readonly Step[]): boolean {
  const done = steps.filter(({ undone }) => !undone);
  return done.length > 0 && done.every(({ summary }) => summary.inGenome);
}

/** The file on the bench, where it can be written over: it is no sample, and it can hold what was changed. */
export function ownFile(path: string | null, samples: readonly { path: string }[], steps: readonly Step[]): string | null {
  if (path === null || samples.some((sample) => sample.path === path)) return null;
  return fitsGenome(steps) || isBrainFile(path) ? path : null;
}

export const formatOfPath = (path: string): "brain" | "genome" => (isBrainFile(path) ? "brain" : "genome");

const isBrainFile = (path: string) => path.endsWith(".brain");
