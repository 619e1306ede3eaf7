/** Equal bits with the reference engine on generated networks, with and without subsystems: every number of threads with every instruction set. */
import { expect, test } from "vitest";
import { generateChurn } from "#core/engine/testing/generated-churn.ts";
import { type Contender, runTrials } from "#core/engine/testing/run-trials.ts";
import { generateTrial } from "#core/engine/testing/trial.ts";
import { builtModule } from "./built-module.ts";
import type { NativeEngineOptions } from "./native-engine.ts";

const NETWORKS = 1000;
/** Networks of one test, so that each stays well within its time. */
const BATCH = 250;
const EXTENDED = 150;
/** Networks that live long, and how long. */
const CHURNED = 8;
const CHURN_BURSTS = 200;

const native = builtModule();

if (native === undefined) {
  test.skip("generated networks (skipped: no addon is built; node scripts/build-native.mjs builds it)");
} else {
  const contender = (threads: number, simd: NonNullable<NativeEngineOptions["simd"]>): Contender => ({
    name: `the native engine with ${threads} threads and ${simd} instructions`,
    engine: native.createEngine({ threads, simd }),
    replay: `--engine shadow --threads ${threads}   (with GYRUS_SIMD=${simd})`,
  });
  const levels = (["baseline", "avx2", "avx512"] as const).filter(
    (simd) => simd === "baseline" || [simd, "avx512"].includes(native.simdLevel),
  );
  const contenders = levels.flatMap((simd) => [1, 2, 3, 4].map((threads) => contender(threads, simd)));

  test.each(Array.from({ length: NETWORKS / BATCH }, (_, at) => 1000 + at * BATCH))(
    `generated networks from %i on`,
    (first) => {
      const sights = runTrials({
        seeds: { first, count: BATCH },
        generate: (seed) => generateTrial(seed, { bursts: 14, crowds: 0.02 }),
        contenders,
        together: 4,
      });
      expect(sights.bursts).toBe(BATCH * 14);
      expect(sights.firings).toBeGreaterThan(10 * BATCH);
      expect(sights.handed).toBeGreaterThan(BATCH);
      expect(sights.created).toBeGreaterThan(BATCH);
      expect(sights.memoryFires).toBeGreaterThan(BATCH);
    },
    120_000,
  );

  test.each(["standard", "feagi-strict"] as const)(
    "networks in which synapses and memory neurons come and go in every burst: %s",
    (dynamics) => {
      const sights = runTrials({
        seeds: { first: 1, count: CHURNED },
        generate: (seed) => generateChurn(seed, CHURN_BURSTS, dynamics),
        contenders,
        together: 2,
      });
      expect(sights.created).toBeGreaterThan(CHURNED * CHURN_BURSTS);
      if (dynamics === "standard") expect(sights.reused).toBeGreaterThan(2 * CHURNED * CHURN_BURSTS);
      else expect(sights.reused).toBe(0);
    },
  );

  test("generated networks with modulators and the other subsystems", () => {
    const sights = runTrials({
      seeds: { first: 1, count: EXTENDED },
      generate: (seed) => generateTrial(seed, { bursts: 20, crowds: 0.02, extensions: true }),
      contenders,
      together: 4,
    });
    expect(sights.bursts).toBe(EXTENDED * 20);
    expect(sights.firings).toBeGreaterThan(10 * EXTENDED);
    expect(sights.handed).toBeGreaterThan(EXTENDED);
    expect(sights.memoryFires).toBeGreaterThan(EXTENDED);
  }, 120_000);
}
