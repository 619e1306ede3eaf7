/** Replays a parsed file of any recorded format on an engine. */
import type { Dynamics } from "#contracts/network.ts";
import type { Engine } from "./engine.ts";
import { replayMemory } from "./golden-memory.ts";
import { readGoldenNetwork } from "./golden-network.ts";
import { replayPropagation } from "./golden-propagation.ts";
import { replayVectors } from "./golden-vectors.ts";
import { JsonPlace } from "./json-place.ts";
import { type Replay, replay } from "./replay.ts";

export function replayDocument(engine: Engine, document: unknown, dynamics: Dynamics = "feagi-strict"): Replay {
  const format = new JsonPlace(document, "").at("format");
  switch (format.value) {
    case "vectors/1":
      return replayVectors(document);
    case "propagate-golden/1":
      return replayPropagation(engine, document, dynamics);
    case "burst-golden-memory/2":
      return replayMemory(engine, new JsonPlace(document, ""), dynamics);
    default:
      return replay(engine, readGoldenNetwork(document, dynamics));
  }
}
