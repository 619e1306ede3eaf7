/** Replays a parsed file of any recorded format (golden/burst/README.md) on an engine. */
import type { Dynamics } from "#contracts/network.ts";
import type { Engine } from "./engine.ts";
import { readGoldenNetwork } from "./golden-network.ts";
import { replayPropagation } from "./golden-propagation.ts";
import { replayVectors } from "./golden-vectors.ts";
import { JsonPlace } from "./json-place.ts";
import { type Replay, replay } from "./replay.ts";

/** Formats that are known, and what of the engine they need. */
const needs = new Map<unknown, string>([
  ["burst-golden-memory/2", "pattern memory"],
  ["memory-array-golden/1", "pattern memory"],
  ["mp-change-golden/1", "pattern memory"],
  ["burst-ext-golden/1", "the extensions of the burst"],
  ["output-gate-golden/1", "output gates"],
  ["sensory-hold-golden/1", "sensory hold"],
  ["sequential-ingest-golden/1", "sequential ingest"],
  ["stimulus-schedule-golden/1", "stimulus schedules"],
  ["connectome-file-golden/1", "connectome files"],
]);

export function replayDocument(engine: Engine, document: unknown, dynamics: Dynamics = "feagi-strict"): Replay {
  const format = new JsonPlace(document, "").at("format");
  switch (format.value) {
    case "vectors/1":
      return replayVectors(document);
    case "propagate-golden/1":
      return replayPropagation(engine, document, dynamics);
    case "burst-golden/2":
      return replay(engine, readGoldenNetwork(document, dynamics));
  }
  const missing = needs.get(format.value);
  return missing === undefined ? format.refuse("names no format of recorded networks") : format.unsupported(missing);
}
