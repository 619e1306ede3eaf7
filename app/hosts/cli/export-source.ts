/** The living brain behind a file: loaded into an engine, so that exports carry what the engine holds. */
import { randomUUID } from "node:crypto";
import type { ExportSource } from "#core/exchange/exchange.ts";
import { makeEngine } from "./engines.ts";
import type { OpenedBrain } from "./inputs.ts";

export function exportSourceOf({ connectome, snapshot, memory, meta }: OpenedBrain): ExportSource {
  const engine = makeEngine("auto", 1);
  engine.load(connectome.image);
  engine.apply(connectome.switchOn);
  if (snapshot) engine.restore(snapshot);
  const { title, physiology } = connectome.genome;
  const fresh = { brainId: randomUUID(), title, burst: 0, rateHz: 1 / physiology.simulationTimestep, savedAt: new Date().toISOString() };
  const source = {
    ...{ connectome, synapses: engine.synapses(), snapshot: engine.snapshot(), meta: meta ?? fresh },
    ...(memory ? { memory } : {}),
  };
  engine.dispose();
  return source;
}
