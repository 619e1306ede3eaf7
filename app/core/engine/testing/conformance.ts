/**
 * What every engine must do: hand-made rules, recorded networks of FEAGI, and equal bits with the reference engine.
 *
 * A file per kind of test registers its part; an engine's own test calls `engineConformance` once.
 */
import { describe, expect, test } from "vitest";
import type { Engine } from "../engine.ts";
import { replayDocument } from "../replay-document.ts";
import { afferentRules } from "./afferent-rules.ts";
import { borderRules } from "./border-rules.ts";
import { burstRules } from "./burst-rules.ts";
import { goldenNames, readGolden } from "./golden-files.ts";
import { goldenSnapshotRules } from "./golden-snapshots.ts";
import { learningRules } from "./learning-suite.ts";
import { livingRules } from "./living-rules.ts";
import { pastRules } from "./past-rules.ts";
import { runTrials } from "./run-trials.ts";
import { generateTrial } from "./trial.ts";

export type MakeEngine = () => Engine | Promise<Engine>;

/** Kinds of generated networks to run: some hundred neurons mostly, now and then past FEAGI's batch path. */
const SEEDS = 60;

export function engineConformance(name: string, make: MakeEngine): void {
  describe(`${name} follows the burst rules`, () => burstRules(make));
  describe(`${name} follows the rules of learning`, () => learningRules(make));
  describe(`${name} keeps the border of an engine`, () => borderRules(make));

  describe(`${name} can be edited while it lives`, () => livingRules(make));
  describe(`${name} can go back in time`, () => pastRules(make));

  describe(`${name} tells what conducts`, () => afferentRules(make));
  describe(`${name} replays recorded networks`, () => {
    for (const file of goldenNames()) {
      test(file, async () => {
        const engine = await make();
        expect(replayDocument(engine, readGolden(file))).toMatchObject({ match: true, firstMismatch: null });
        engine.dispose();
      });
    }
  });

  describe(`${name} goes on from a snapshot`, () => goldenSnapshotRules(make));

  describe(`${name} gives the bits of the reference engine`, () => {
    test(`on ${SEEDS} generated networks, reading by reading, across snapshots and forks`, async () => {
      const sights = runTrials({
        seeds: { first: 1, count: SEEDS },
        generate: (seed) => generateTrial(seed, { bursts: 30, crowds: 0.1 }),
        contenders: [{ name, engine: await make(), replay: "--engine shadow" }],
        readings: true,
      });
      expect(sights.firings).toBeGreaterThan(10_000);
      expect(sights.handed).toBeGreaterThan(SEEDS);
      expect(sights.created).toBeGreaterThan(100);
      expect(sights.memoryFires).toBeGreaterThan(300);
    }, 180_000);
  });
}
