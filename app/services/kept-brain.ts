/**
 * A kept recording on the bench: how its file, or that of a brain, becomes one, and what it refuses. It is gone through and asked
 * about; what would make another past or future of it wants a fork first.
 */
import type { Command } from "#contracts/command.ts";
import { LabError } from "#contracts/errors.ts";
import { decodeBrain } from "#core/exchange/brain-file.ts";
import { decodeRecording } from "#core/exchange/recording-file.ts";
import type { BrainStart, LabState } from "./lab-state.ts";
import type { LabPorts } from "./ports.ts";

/** What one buffer can hold. */
export const BRAIN_BYTES = 2 ** 31;

/** What a brain file holds. */
export function startOfBrainFile(bytes: Uint8Array, genomePath: string | null): BrainStart {
  const { meta, connectome: read, snapshot: engine, ...beside } = decodeBrain(bytes);
  // The engine has what the image says; keeping both would hold a large brain twice.
  const { image: _, switchOn: _none, ...connectome } = read;
  const { brainId: id, title, rateHz } = meta;
  return { id, title, genomePath, connectome, engine, rateHz, ...beside };
}

/** Nothing is ever written to a recording file, so it counts as no file of the brain's own. */
export async function startOfRecording(bytes: Uint8Array, path: string, recordings: LabPorts["recordings"]): Promise<BrainStart> {
  const { brain, range, inputs } = await decodeRecording(bytes, recordings);
  const start = startOfBrainFile(brain, null);
  return { ...start, kept: { path, range, inputs } };
}

/** Of these groups everything, and of others what puts another brain on the bench or changes nothing of this one. */
const groups = new Set(["time", "timeline", "session", "rollout", "evolution", "neo4j"]);
const names = new Set([
  ...["genome.load", "genome.create", "genome.cancel", "brain.pause", "brain.setRate", "brain.checkpoint"],
  ...["debug.add", "debug.update", "debug.remove", "debug.noteHit", "debug.clearHits", "debug.reverseContinue"],
]);

export function refuseOnKept({ brain }: LabState, name: string, { permission }: Command): void {
  const { kept } = brain ?? {};
  if (!kept || permission === "read" || names.has(name) || groups.has(name.split(".")[0] ?? "")) return;
  throw new LabError(
    "E_CONFLICT",
    `On the bench is the recording of bursts ${kept.first} to ${kept.last}: it is looked at, not changed`,
    { path: kept.path },
    "Fork here (timeline.fork) to go on from this burst; the file stays as it is.",
  );
}
