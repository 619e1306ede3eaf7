/** The living brain behind a file: loaded into an engine, so that exports carry what the engine holds. */
import { randomUUID } from "node:crypto";
import { firedIds } from "#contracts/frame.ts";
import { type Engine, roomyFrame } from "#core/engine/engine.ts";
import { type ExportSource, neuronsOfEngine, SpikeGatherer, TraceGatherer } from "#core/exchange/network.ts";
import { makeEngine } from "./engines.ts";
import type { OpenedBrain } from "./inputs.ts";

interface SourceOptions {
  /** The complete state, which is as large as the brain. */
  withState?: boolean;
  /** Run before, and looked at. */
  bursts?: number;
  /** Neurons whose potential is read after each of them. */
  probes?: readonly number[] | undefined;
}

export function exportSourceOf(
  { connectome, snapshot, memory, meta }: OpenedBrain,
  { withState = true, bursts = 0, probes }: SourceOptions = {},
): { source: ExportSource; engine: string } {
  const engine = makeEngine("auto", 1);
  engine.load(connectome.image);
  engine.apply(connectome.switchOn);
  if (snapshot) engine.restore(snapshot);
  const { title, physiology } = connectome.genome;
  const activity = bursts > 0 ? activityOf(engine, bursts, probes) : {};
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
    ...activity,
    // What was learned before goes on from there only where nothing ran since.
    ...(memory && bursts === 0 ? { memory } : {}),
  };
  const { kind } = engine;
  engine.dispose();
  return { source, engine: kind };
}

function activityOf(engine: Engine, bursts: number, probes?: readonly number[]): Pick<ExportSource, "spikes" | "traces"> {
  const range = { first: engine.burst + 1, last: engine.burst + bursts };
  const spikes = new SpikeGatherer();
  const traces = probes && new TraceGatherer(probes, range);
  let frame = new Uint32Array(engine.frameWords);
  for (let ran = 0; ran < bursts; ran++) {
    frame = roomyFrame(engine, frame);
    engine.burstIntoSync(frame);
    spikes.take(engine.burst, firedIds(frame));
    traces?.take(engine);
  }
  return { spikes: spikes.finish(range.first, range.last), ...(traces && { traces: traces.finish() }) };
}
