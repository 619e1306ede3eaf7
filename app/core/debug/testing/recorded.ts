/** A recording of a network and what it was given, for tests. */
import type { EngineImage } from "#contracts/network.ts";
import type { Engine } from "#core/engine/engine.ts";
import { createReferenceEngine } from "#core/engine/reference/reference-engine.ts";
import { Recorder } from "#core/recording/recorder.ts";
import { memoryVault } from "#core/recording/testing/memory-vault.ts";

/** Loads a network and runs one burst for each list of patches. */
export function recorded(
  image: EngineImage,
  bursts: readonly (readonly Uint32Array[])[],
  make: () => Engine = createReferenceEngine,
): Recorder {
  const engine = make();
  engine.load(image);
  return recordedOf(engine, bursts, make);
}

/** The same from where an engine stands. */
export function recordedOf(
  engine: Engine,
  bursts: readonly (readonly Uint32Array[])[],
  make: () => Engine = createReferenceEngine,
): Recorder {
  const recorder = new Recorder({
    vault: memoryVault(),
    limits: { ramBytes: 256 << 20, diskBytes: 1 << 30 },
    createEngine: make,
    nowMs: () => 0,
    breathe: async () => {},
    onDiskLost: (error) => {
      throw error;
    },
  });
  recorder.begin(engine);
  for (const patches of bursts) {
    for (const patch of patches) {
      engine.apply(patch);
      recorder.patched(patch);
    }
    const frame = new Uint32Array(engine.frameWords);
    recorder.burst(engine, frame.subarray(0, engine.burstIntoSync(frame)));
  }
  return recorder;
}
