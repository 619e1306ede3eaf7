/** A sample brain after twenty driven bursts, with what fired in them, and two neurons that were followed. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { firedIds } from "#contracts/frame.ts";
import { PatchWriter } from "#contracts/patch.ts";
import { grown } from "#core/development/grow.ts";
import { createReferenceEngine } from "#core/engine/reference/reference-engine.ts";
import { type ExportSource, neuronsOfEngine, TraceGatherer } from "#core/exchange/network.ts";
import { parseGenome } from "#core/genome/parse.ts";

export const root = fileURLToPath(new URL("../../../..", import.meta.url));
export const BURSTS = 20;

export function recordedBrain(): Required<Pick<ExportSource, "spikes" | "traces">> & ExportSource {
  const parsed = parseGenome(readFileSync(path.join(root, "resources/genomes/learning.json"), "utf8"));
  if (!parsed.ok) throw new Error("the sample does not parse");
  const connectome = grown(parsed.genome);
  const engine = createReferenceEngine();
  engine.load(connectome.image);
  const { source: from } = connectome.image.synapses;
  const frame = new Uint32Array(engine.frameWords);
  const traces = new TraceGatherer([from[50 * 613]!, from[7]!], { first: 1, last: BURSTS });
  const spikes: [number, number][] = [];
  for (let burst = 1; burst <= BURSTS; burst++) {
    const driven = new PatchWriter().begin("stageInput", 100);
    for (let i = 0; i < 50; i++) driven.u32(from[(i * 613 + burst) % from.length]!).f32(1e6);
    engine.apply(driven.take());
    engine.burstIntoSync(frame);
    for (const id of firedIds(frame)) spikes.push([burst, id]);
    traces.take(engine);
  }
  const [burst, neuron] = [0, 1].map((at) => Uint32Array.from(spikes, (spike) => spike[at]!)) as [Uint32Array, Uint32Array];
  const meta = { brainId: "b", title: "A brain", burst: engine.burst, rateHz: 30, savedAt: "2026-11-26T00:00:00Z" };
  return {
    connectome,
    synapses: engine.synapses(),
    neurons: neuronsOfEngine(engine),
    snapshot: engine.snapshot(),
    meta,
    spikes: { first: 1, last: BURSTS, burst, neuron },
    traces: traces.finish(),
  };
}
