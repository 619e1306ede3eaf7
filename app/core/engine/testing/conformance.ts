/**
 * What every engine must do: hand-made rules, recorded networks of FEAGI, and equal bits with the reference engine.
 *
 * A file per kind of test registers its part; an engine's own test calls `engineConformance` once.
 */
import { describe, expect, test } from "vitest";
import type { Engine } from "../engine.ts";
import { createReferenceEngine } from "../reference/reference-engine.ts";
import { replayDocument } from "../replay-document.ts";
import { afferentRules } from "./afferent-rules.ts";
import { borderRules } from "./border-rules.ts";
import { burstRules } from "./burst-rules.ts";
import { differential } from "./differential.ts";
import { goldenNames, readGolden } from "./golden-files.ts";
import { learningRules } from "./learning-suite.ts";
import { pastRules } from "./past-rules.ts";

export type MakeEngine = () => Engine | Promise<Engine>;

/** Kinds of generated networks to run: some hundred neurons mostly, now and then past FEAGI's batch path. */
const SEEDS = 60;

export function engineConformance(name: string, make: MakeEngine): void {
  describe(`${name} follows the burst rules`, () => burstRules(make));
  describe(`${name} follows the rules of learning`, () => learningRules(make));
  describe(`${name} keeps the border of an engine`, () => borderRules(make));

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

  describe(`${name} gives the bits of the reference engine`, () => {
    test(`on ${SEEDS} generated networks, across snapshots`, async () => {
      const totals = { firings: 0, restores: 0, created: 0, memoryFires: 0 };
      for (let seed = 1; seed <= SEEDS; seed++) {
        const engine = await make();
        const run = differential(createReferenceEngine(), engine, seed);
        totals.firings += run.firings;
        totals.restores += run.restores;
        totals.created += run.created;
        totals.memoryFires += run.memoryFires;
        engine.dispose();
      }
      expect(totals.firings).toBeGreaterThan(10_000);
      expect(totals.restores).toBeGreaterThan(SEEDS);
      expect(totals.created).toBeGreaterThan(1000);
      expect(totals.memoryFires).toBeGreaterThan(500);
    });
  });
}
