/** The living brain behind a file: loaded into an engine, so that exports carry what the engine holds. */
import { randomUUID } from "node:crypto";
import { firedIds } from "#contracts/frame.ts";
import { type Engine, roomyFrame } from "#core/engine/engine.ts";
import { type ExportedSpikes, type ExportSource, neuronsOfEngine, SpikeGatherer } from "#core/exchange/network.ts";
import { makeEngine } from "./engines.ts";
import type { OpenedBrain } from "./inputs.ts";

/** After so many bursts. With the complete state only where `withState` asks for it: it is as large as the brain. */
export function exportSourceOf(
  { connectome, snapshot, memory, meta }: OpenedBrain,
  withState = true,
  bursts = 0,
): { source: ExportSource; engine: string } {
  const engine = makeEngine("auto", 1);
  engine.load(connectome.image);
  engine.apply(connectome.switchOn);
  if (snapshot) engine.restore(snapshot);
  const { title, physiology } = connectome.genome;
  const spikes = bursts > 0 ? spikesOf(engine, bursts) : undefined;
  const fresh = {
    brainId: randomUUID(),
    title,
    burst: engine.burst,
    rateHz: 1 / physiology.simulationTimestep,
    savedAt: new Date().toISOString(),
  };
  const source = {
    connectome,
    synapses: engine.synapses(),
    neurons: neuronsOfEngine(engine),
    snapshot: withState ? engine.snapshot() : new Uint8Array(0),
    meta: meta ? { ...meta, burst: engine.burst } : fresh,
    ...(spikes && { spikes }),
    // What was learned before goes on from there only where nothing ran since.
    ...(memory && bursts === 0 ? { memory } : {}),
  };
  const { kind } = engine;
  engine.dispose();
  return { source, engine: kind };
}

function spikesOf(engine: Engine, bursts: number): ExportedSpikes {
  const first = engine.burst + 1;
  const spikes = new SpikeGatherer();
  let frame = new Uint32Array(engine.frameWords);
  for (let ran = 0; ran < bursts; ran++) {
    frame = roomyFrame(engine, frame);
    engine.burstIntoSync(frame);
    spikes.take(engine.burst, firedIds(frame));
  }
  return spikes.finish(first, engine.burst);
}
