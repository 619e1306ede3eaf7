/** Asks before edits are lost at the end: what changed, by count, and whether to save it. Electron's dialogs come as arguments. */
import type { BrainStatus } from "#contracts/commands/brain.ts";
import type { EditStep } from "#contracts/edit.ts";

export interface QuitParts {
  call(name: string, input: unknown): Promise<unknown>;
  /** Index of the button that was pressed. */
  ask(question: { message: string; detail: string; buttons: string[] }): Promise<number>;
  /** Where to save; null when the person thought better of it. */
  askPath(): Promise<string | null>;
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
    // A sample is never written over.
    const samples = (await call("genome.samples", {})) as { path: string }[];
    const isOwn = status.genomePath !== null && !samples.some((sample) => sample.path === status.genomePath);
    const path = isOwn ? status.genomePath : await askPath();
    if (path === null) return false;
    await call("session.export", { format: path.endsWith(".brain") ? "brain" : "genome", path });
    return true;
  } catch (error) {
    tell(error instanceof Error ? error.message : String(error));
    return false;
  }
}

const mostNamed = 5;

function changes(steps: readonly EditStep[]): string {
  const done = steps.filter(({ undone }) => !undone);
  if (done.length === 0) return "Weights or memories were changed by hand.";
  const names = done.slice(-mostNamed).map(({ group }) => `· ${group}`);
  const more = done.length > mostNamed ? [`· and ${done.length - mostNamed} before`] : [];
  return [`${done.length} ${done.length === 1 ? "edit" : "edits"}:`, ...names, ...more].join("\n");
}
