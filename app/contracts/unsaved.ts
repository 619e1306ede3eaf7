/** What of a brain is not in its file, and whether that file can take it: the window and the desktop ask by the same rule. */
import type { EditStep } from "./edit.ts";

const mostNamed = 5;

type Step = Pick<EditStep, "group" | "undone" | "saved"> & { summary: Pick<EditStep["summary"], "inGenome"> };

/** The edits since the brain was last saved, and those taken back that its file has; the newest of them by name. */
export function unsavedEdits<Of extends Step>(steps: readonly Of[]): { count: number; named: Of[]; before: number } {
  const changed = changedSteps(steps);
  const named = changed.slice(-mostNamed);
  return { count: changed.length, named, before: changed.length - named.length };
}

/** Weights, memories and single neurons are in no genome: a brain file holds them. */
export function fitsGenome(steps: readonly Step[]): boolean {
  return changedSteps(steps).length > 0 && steps.every(({ undone, summary }) => undone || summary.inGenome);
}

const changedSteps = <Of extends Step>(steps: readonly Of[]) => steps.filter(({ undone, saved }) => undone === saved);

/** The file on the bench, where it can be written over: it is no sample, and it can hold what was changed. */
export function ownFile(path: string | null, samples: readonly { path: string }[], steps: readonly Step[]): string | null {
  if (path === null || samples.some((sample) => sample.path === path)) return null;
  return fitsGenome(steps) || isBrainFile(path) ? path : null;
}

export const formatOfPath = (path: string): "brain" | "genome" => (isBrainFile(path) ? "brain" : "genome");

const isBrainFile = (path: string) => path.endsWith(".brain");
