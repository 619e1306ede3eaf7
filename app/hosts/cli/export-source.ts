/** The living brain behind a file: loaded into an engine, so that exports carry what the engine holds. */
import { randomUUID } from "node:crypto";
import { type ExportSource, neuronsOfEngine } from "#core/exchange/network.ts";
import { makeEngine } from "./engines.ts";
import type { OpenedBrain } from "./inputs.ts";

/** With the complete state only where `withState` asks for it: it is as large as the brain. */
export function exportSourceOf({ connectome, snapshot, meta }: OpenedBrain, withState = true): { source: ExportSource; engine: string } {
  const engine = makeEngine("auto", 1);
  engine.load(connectome.image);
  if (snapshot) engine.restore(snapshot);
  const { title, physiology } = connectome.genome;
  const fresh = { brainId: randomUUID(), title, burst: 0, rateHz: 1 / physiology.simulationTimestep, savedAt: new Date().toISOString() };
  const source = {
    connectome,
    synapses: engine.synapses(),
    neurons: neuronsOfEngine(engine),
    snapshot: withState ? engine.snapshot() : new Uint8Array(0),
    meta: meta ?? fresh,
  };
  const { kind } = engine;
  engine.dispose();
  return { source, engine: kind };
}
