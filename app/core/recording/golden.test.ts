/** Recorded networks under the recorder: whichever burst one goes back to, the run on from there is the run that never stopped. */
import { expect, test } from "vitest";
import type { Engine } from "../engine/engine.ts";
import { type GoldenBurst, readGoldenNetwork } from "../engine/golden-network.ts";
import { createReferenceEngine } from "../engine/reference/reference-engine.ts";
import { goldenNames, readGolden } from "../engine/testing/golden-files.ts";
import { Recorder } from "./recorder.ts";
import { memoryVault } from "./testing/memory-vault.ts";

const networks = goldenNames()
  .map((name) => readGolden(name))
  .filter((document) => (document as { format?: string }).format === "burst-golden/2");
/** Bursts gone back to, spread over the run; a large network takes fewer. */
const stops = (bursts: number, neurons: number) => Math.min(bursts, neurons > 1000 ? 3 : 12);

test.each(networks.map((document) => [(document as { name: string }).name, document] as const))("%s", async (_, document) => {
  for (const dynamics of ["standard", "feagi-strict"] as const) {
    const { image, bursts } = readGoldenNetwork(document, dynamics);
    const engine = createReferenceEngine();
    engine.load(image);
    const recorder = new Recorder({
      vault: memoryVault(),
      limits: { ramBytes: 1 << 28, diskBytes: 0 },
      createEngine: createReferenceEngine,
      nowMs: () => 0,
      breathe: async () => {},
      onDiskLost() {},
    });
    recorder.begin(engine);
    const hashes = [engine.stateHash()];
    for (const step of bursts) {
      run(engine, step, recorder);
      hashes.push(engine.stateHash());
    }
    const count = stops(bursts.length, image.neurons.count);
    for (let stop = 0; stop <= count; stop++) {
      const burst = Math.floor((stop * bursts.length) / count);
      const back = await recorder.engineAt(burst);
      expect(back.stateHash(), `${dynamics}, back at ${burst}`).toBe(hashes[burst]);
      for (const step of bursts.slice(burst, burst + 5)) run(back, step, null);
      expect(back.stateHash(), `${dynamics}, on from ${burst}`).toBe(hashes[Math.min(bursts.length, burst + 5)]);
      back.dispose();
    }
  }
});

function run(engine: Engine, { patch }: GoldenBurst, recorder: Recorder | null): void {
  engine.apply(patch);
  recorder?.patched(patch);
  const frame = new Uint32Array(engine.frameWords);
  const words = engine.burstIntoSync(frame);
  recorder?.burst(engine, frame.subarray(0, words));
}
