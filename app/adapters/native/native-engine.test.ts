/** The native engine against the definition: the conformance suite, and bit equality with the reference on generated networks. */
import { describe, expect, test } from "vitest";
import * as frame from "#contracts/frame.ts";
import { NO_FIRE_LIMIT, NO_THRESHOLD_LIMIT } from "#contracts/network.ts";
import { PatchWriter, patchOp } from "#contracts/patch.ts";
import * as snapshot from "#contracts/snapshot.ts";
import { engineConformance } from "#core/engine/testing/conformance.ts";
import { burstFrame } from "#core/engine/testing/differential.ts";
import { extensionConformance } from "#core/engine/testing/extension-conformance.ts";
import { generateNetwork } from "#core/engine/testing/generated.ts";
import { lifSuite } from "#core/engine/testing/lif-suite.ts";
import { seeded } from "#core/engine/testing/seeded.ts";
import { builtModule } from "./built-module.ts";
import type { NativeModule } from "./load-native.ts";

const built = builtModule();

if (built === undefined) {
  test.skip("native engine (skipped: no addon is built; node scripts/build-native.mjs builds it)");
} else {
  runSuites(built);
}

function runSuites(native: NativeModule): void {
  const create = (threads: number) => native.createEngine({ threads });

  engineConformance("native engine, 1 thread", () => create(1));
  engineConformance("native engine, 2 threads", () => create(2));

  extensionConformance("native engine, 1 thread", () => create(1));
  extensionConformance("native engine, 2 threads", () => create(2));

  lifSuite("native engine, 1 thread", () => create(1));
  lifSuite("native engine, 3 threads", () => create(3));
  describe("native engine", () => {
    test.each(["baseline", "avx2", "avx512"] as const)("has %s instructions, or says that the machine lacks them", (simd) => {
      if (simd === "baseline" || [simd, "avx512"].includes(native.simdLevel)) return native.createEngine({ threads: 1, simd }).dispose();
      const refusal = { code: "E_UNSUPPORTED", message: expect.stringContaining("baseline") };
      expect(() => native.createEngine({ threads: 1, simd })).toThrow(expect.objectContaining(refusal));
    });

    test("a burst off the JS thread gives the bits of one on it", async () => {
      const image = generateNetwork(seeded(5));
      const [sync, async] = [create(1), create(2)];
      const stage = new PatchWriter().begin("stageInput", image.neurons.count * 2);
      for (let id = 0; id < image.neurons.count; id++) stage.u32(id).f32(1.3);
      const patch = stage.take();
      for (const engine of [sync, async]) engine.load(image);
      const words = new Uint32Array(async.frameWords);
      for (let burst = 1; burst <= 10; burst++) {
        for (const engine of [sync, async]) engine.apply(patch);
        const length = await async.burstInto(words);
        const expected = burstFrame(sync);
        words[frame.frameWord.engine] = 0;
        words[frame.frameWord.engineNanos] = 0;
        expect(words.slice(0, length)).toEqual(expected);
        expect(async.burst).toBe(burst);
      }
      expect(async.stateHash()).toBe(sync.stateHash());
    });

    test("agrees with the contracts on every layout number", () => {
      const entries = (prefix: string, numbers: Record<string, number>) =>
        Object.entries(numbers).map(([name, value]) => [`${prefix}.${name}`, value] as const);
      const expected = new Map<string, number>([
        ["FRAME_MAGIC", frame.FRAME_MAGIC],
        ["FRAME_VERSION", frame.FRAME_VERSION],
        ["frameHeaderWords", frame.frameHeaderWords],
        ["sectionHeaderWords", frame.sectionHeaderWords],
        ["encodingBitset", frame.encodingBitset],
        ["encodingVarint", frame.encodingVarint],
        ["SNAPSHOT_MAGIC", snapshot.SNAPSHOT_MAGIC],
        ["SNAPSHOT_VERSION", snapshot.SNAPSHOT_VERSION],
        ["snapshotHeaderBytes", snapshot.snapshotHeaderBytes],
        ["snapshotEntryBytes", snapshot.snapshotEntryBytes],
        ["NO_THRESHOLD_LIMIT", NO_THRESHOLD_LIMIT],
        ["NO_FIRE_LIMIT", NO_FIRE_LIMIT],
        ...entries("frame", frame.frameWord),
        ...entries("patch", patchOp),
        ...entries("snapshot", snapshot.snapshotSection),
        ...entries("lifSnapshot", snapshot.lifSnapshotSection),
      ]);
      expect(new Map(native.addon.layout().map(({ name, value }) => [name, value]))).toEqual(expected);
    });

    test("a wrong argument is a LabError with its cause, and the engine goes on", () => {
      const engine = create(1);
      engine.load(generateNetwork(seeded(3)));
      const before = engine.stateHash();
      expect(() => engine.apply("patch" as unknown as Uint32Array)).toThrow(expect.objectContaining({ code: "E_INVALID" }));
      expect(() => engine.load({} as never)).toThrow(expect.objectContaining({ code: "E_NETWORK" }));
      expect(engine.stateHash()).toBe(before);
      burstFrame(engine);
      expect(engine.burst).toBe(1);
    });

    test("a disposed engine is an empty one", () => {
      const engine = create(1);
      engine.load(generateNetwork(seeded(3)));
      engine.dispose();
      expect([engine.neuronCount, engine.synapseCount, engine.burst]).toEqual([0, 0, 0]);
    });
  });
}
