/** Generated brains that live under a recorder, with the state hash of every burst of their one uninterrupted run. */
import { PatchWriter } from "#contracts/patch.ts";
import type { Engine } from "../../engine/engine.ts";
import { createReferenceEngine } from "../../engine/reference/reference-engine.ts";
import { generateNetwork, generatePatch } from "../../engine/testing/generated.ts";
import { generateChurn } from "../../engine/testing/generated-churn.ts";
import { generateExtensionPatch, generateExtensions } from "../../engine/testing/generated-extensions.ts";
import { generateLearning } from "../../engine/testing/generated-learning.ts";
import { seeded } from "../../engine/testing/seeded.ts";
import { Recorder, type RecorderOptions } from "../recorder.ts";
import { memoryVault } from "./memory-vault.ts";

export interface Life {
  readonly engine: Engine;
  recorder: Recorder;
  /** State hash after each burst, by burst. */
  hashes: Map<number, bigint>;
  /** Runs bursts with generated input, and generated edits as often as asked. */
  live(bursts: number, editShare?: number): void;
  apply(patch: Uint32Array): void;
  /** Goes on with another engine in the same state. */
  serve(engine: Engine): void;
}

/** Extended: with modulators and the other subsystems, which are edited too. Churned: synapses and memory neurons come and go all the time. */
export type LifeKind = "edited" | "extended" | "churned";

const MOST_CHURNED = 1000;

export function life(
  seed: number,
  options: Partial<RecorderOptions> = {},
  make: () => Engine = createReferenceEngine,
  kind: LifeKind = "edited",
): Life {
  const random = seeded(seed);
  const churn = kind === "churned" ? generateChurn(seed, MOST_CHURNED) : null;
  const image = churn?.image ?? generateNetwork(random);
  let engine = make();
  engine.load(image);
  if (!churn) engine.apply(generateLearning(random, image.neurons.count));
  const [strict, slots] = [image.dynamics === "feagi-strict", image.synapses.count];
  if (kind === "extended") engine.apply(generateExtensions(random, strict, slots));
  let now = 0;
  const recorder = new Recorder({
    vault: memoryVault(),
    limits: { ramBytes: 256 << 20, diskBytes: 1 << 30 },
    createEngine: make,
    nowMs: () => now++,
    breathe: async () => {},
    onDiskLost: (error) => {
      throw error;
    },
    ...options,
  });
  recorder.begin(engine);
  const hashes = new Map([[engine.burst, engine.stateHash()]]);
  const apply = (patch: Uint32Array) => {
    engine.apply(patch);
    recorder.patched(patch);
  };
  return {
    get engine() {
      return engine;
    },
    recorder,
    hashes,
    apply,
    serve(next) {
      next.restore(engine.snapshot());
      engine.dispose();
      engine = next;
      recorder.served(next);
    },
    live(bursts, editShare = 0.3) {
      for (let n = 0; n < bursts; n++) {
        if (kind === "extended" && random.chance(editShare)) apply(generateExtensionPatch(random, strict, { slots, burst: engine.burst }));
        if (churn) apply(churn.steps[engine.burst]!.patch);
        else apply(random.chance(editShare) ? generatePatch(random, image, engine.neuronCount) : inputFor(random, engine.neuronCount));
        const frame = new Uint32Array(engine.frameWords);
        const words = engine.burstIntoSync(frame);
        // Keyframes may take their share of engine time; the reference of a test has no clock.
        frame[11] = 4_000_000_000;
        recorder.burst(engine, frame.subarray(0, words));
        hashes.set(engine.burst, engine.stateHash());
      }
    },
  };
}

function inputFor({ int, unit }: ReturnType<typeof seeded>, neurons: number): Uint32Array {
  const patch = new PatchWriter();
  const inputs = int(0, Math.min(neurons, 40));
  patch.begin("stageInput", 2 * inputs);
  for (let i = 0; i < inputs; i++) patch.u32(int(0, neurons - 1)).f32(unit() * 2);
  return patch.take();
}
