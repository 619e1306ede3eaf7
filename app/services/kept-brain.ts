/** A kept recording on the bench is gone through and asked about. What would make another past or future of it wants a fork first. */
import type { Command } from "#contracts/command.ts";
import { LabError } from "#contracts/errors.ts";
import type { LabState } from "./lab-state.ts";

/** Of these groups everything, and of others what puts another brain on the bench or changes nothing of this one. */
const groups = new Set(["time", "timeline", "session", "rollout", "evolution", "neo4j"]);
const names = new Set([
  ...["genome.load", "genome.create", "genome.cancel", "brain.pause", "brain.setRate", "brain.checkpoint"],
  ...["debug.add", "debug.update", "debug.remove", "debug.clearHits", "debug.reverseContinue"],
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
