/** The recorder over the native engine, and over both in turn: what one recorded, the other repeats. */
import { describe, expect, test } from "vitest";
import { createReferenceEngine } from "#core/engine/reference/reference-engine.ts";
import { type Life, life } from "#core/recording/testing/lives.ts";
import { memoryVault } from "#core/recording/testing/memory-vault.ts";
import { builtModule } from "./built-module.ts";
import type { NativeModule } from "./load-native.ts";

const built = builtModule();

if (built === undefined) test.skip("native recording (skipped: no addon is built; node scripts/build-native.mjs builds it)");
else describe("native recording", () => runSuite(built));

function runSuite(native: NativeModule): void {
  const create = () => native.createEngine({ threads: 2 });
  const seeds = [2, 4, 5, 9, 10];

  async function expectPast({ recorder, hashes }: Life, seed: number): Promise<void> {
    for (const burst of [0, 1, 77, 256, 290, recorder.last]) {
      const engine = await recorder.engineAt(burst);
      expect(engine.stateHash(), `seed ${seed}, burst ${burst}`).toBe(hashes.get(burst));
      engine.dispose();
    }
    expect(await recorder.verify(1, recorder.last)).toBe(recorder.last);
  }

  test("gives the state of the run that never stopped, with edits and learning", async () => {
    for (const seed of seeds) {
      const brain = life(seed, {}, create);
      brain.live(300, 0.1);
      await expectPast(brain, seed);
    }
  });

  test.each(["edited", "churned"] as const)("goes on when the other engine serves, with the wiring of the first: %s", async (kind) => {
    for (const seed of seeds) {
      const brain = life(seed, {}, create, kind);
      brain.live(40, 0);
      for (const make of [createReferenceEngine, create, createReferenceEngine]) {
        brain.serve(make());
        brain.live(120, 0.01);
      }
      await expectPast(brain, seed);
    }
  });

  test("keyframes that only a disk has are taken up by either engine", async () => {
    for (const createEngine of [createReferenceEngine, create]) {
      const brain = life(2, { vault: memoryVault(), limits: { ramBytes: 150_000, diskBytes: 1 << 30 }, createEngine }, create);
      for (let n = 0; n < 20; n++) {
        brain.live(32, 0.01);
        await brain.recorder.settled();
      }
      expect(brain.recorder.summary().diskBytes).toBeGreaterThan(0);
      await expectPast(brain, 2);
    }
  });
}
