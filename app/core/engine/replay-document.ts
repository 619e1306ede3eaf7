/** Replays a parsed file of any recorded format on an engine. */
import type { Dynamics } from "#contracts/network.ts";
import type { Engine } from "./engine.ts";
import { replayExtensions } from "./golden-extensions.ts";
import { replayMemory } from "./golden-memory.ts";
import { readGoldenNetwork } from "./golden-network.ts";
import { replayPropagation } from "./golden-propagation.ts";
import { replayVectors } from "./golden-vectors.ts";
import { JsonPlace } from "./json-place.ts";
import { NETWORK_FORMAT, readNetworkDocument } from "./network-document.ts";
import { type Replay, replay } from "./replay.ts";

export function replayDocument(engine: Engine, document: unknown, dynamics: Dynamics = "feagi-strict"): Replay {
  const root = new JsonPlace(document, "");
  switch (root.at("format").value) {
    case NETWORK_FORMAT:
      return replay(engine, readNetworkDocument(root));
    case "vectors/1":
      return replayVectors(document);
    case "propagate-golden/1":
      return replayPropagation(engine, document, dynamics);
    case "burst-golden-memory/2":
      return replayMemory(engine, root, dynamics);
    case "burst-ext-golden/1":
      return replayExtensions(engine, root, dynamics);
    default:
      return replay(engine, readGoldenNetwork(document, dynamics));
  }
}
