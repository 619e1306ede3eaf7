/** Asks before edits are lost at the end: what changed, by count, and whether to save it. Electron's dialogs come as arguments. */
import type { BrainStatus } from "#contracts/commands/brain.ts";
import type { EditStep } from "#contracts/edit.ts";
import { fitsGenome, formatOfPath, ownFile, unsavedEdits } from "#contracts/unsaved.ts";

export interface QuitParts {
  call(name: string, input: unknown): Promise<unknown>;
  /** Index of the button that was pressed. */
  ask(question: { message: string; detail: string; buttons: string[] }): Promise<number>;
  /** Where to save; null when the person thought better of it. */
  askPath(proposed: string): Promise<string | null>;
  /** Says why saving was refused. */
  tell(message: string): void;
}

const buttons = ["Save", "Discard", "Cancel"];

/** False: the person wants to stay. */
export async function mayQuit({ call, ask, askPath, tell }: QuitParts): Promise<boolean> {
  let status: BrainStatus;
  let steps: EditStep[];
  try {
    status = (await call("brain.status", {})) as BrainStatus;
    if (status.brainId === null || !status.unsaved) return true;
    steps = (await call("connectome.history", {})) as EditStep[];
  } catch {
    // Without a host there is nothing that could be saved.
    return true;
  }
  const detail = `${changes(steps)}\nWithout saving, they are lost. Checkpoints are kept for recovery after a crash only.`;
  const answer = await ask({ message: `Save the changes to ${status.title || "this brain"}?`, detail, buttons });
  if (answer === 1) return true;
  if (answer !== 0) return false;
  try {
    const samples = (await call("genome.samples", {})) as { path: string }[];
    const path = ownFile(status.genomePath, samples, steps) ?? (await askPath(fitsGenome(steps) ? "genome.json" : "brain.brain"));
    if (path === null) return false;
    await call("session.export", { format: formatOfPath(path), path });
    return true;
  } catch (error) {
    tell(error instanceof Error ? error.message : String(error));
    return false;
  }
}

function changes(steps: readonly EditStep[]): string {
  const { count, named, before } = unsavedEdits(steps);
  if (count === 0) return "Weights or memories were changed by hand, or edits of the file were replaced.";
  const names = named.map(({ group, undone }) => `· ${group}${undone ? ", taken back" : ""}`);
  return [`${count} ${count === 1 ? "edit" : "edits"}:`, ...names, ...(before > 0 ? [`· and ${before} before`] : [])].join("\n");
}
