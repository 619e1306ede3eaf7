/**
 * What every engine must do that has modulators, spike trains, homeostats, classifier watches and associative memory.
 *
 * An engine's own test calls `extensionConformance` once, beside `engineConformance`.
 */
import { describe, expect, test } from "vitest";
import { replayDocument } from "../replay-document.ts";
import type { MakeEngine } from "./conformance.ts";
import { extensionRules } from "./extension-rules.ts";
import { goldenNames, readGolden } from "./golden-files.ts";
import { homeostatRules } from "./homeostat-rules.ts";
import { livingExtensionRules } from "./living-extension-rules.ts";
import { modulatorRules } from "./modulator-rules.ts";
import { pastRules } from "./past-rules.ts";
import { runTrials } from "./run-trials.ts";
import { generateTrial } from "./trial.ts";

const SEEDS = 30;

export function extensionConformance(name: string, make: MakeEngine): void {
  describe(`${name} follows the rules of modulators`, () => modulatorRules(make));
  describe(`${name} follows the rules of homeostats`, () => homeostatRules(make));
  describe(`${name} follows the rules of trains, watches and replay`, () => extensionRules(make));
  describe(`${name} can be edited while subsystems act`, () => livingExtensionRules(make));
  describe(`${name} can go back in time with every subsystem`, () => pastRules(make, true));

  describe(`${name} replays recorded networks with subsystems`, () => {
    for (const file of goldenNames("extensions")) {
      test(file, async () => {
        const engine = await make();
        expect(replayDocument(engine, readGolden(file, "extensions"))).toMatchObject({ match: true, firstMismatch: null });
        engine.dispose();
      });
    }
  });

  describe(`${name} gives the bits of the reference engine with every subsystem`, () => {
    test(`on ${SEEDS} generated networks, reading by reading, across snapshots and forks`, async () => {
      const sights = runTrials({
        seeds: { first: 1, count: SEEDS },
        generate: (seed) => generateTrial(seed, { bursts: 30, crowds: 0.05, extensions: true }),
        contenders: [{ name, engine: await make(), replay: "--engine shadow" }],
        readings: true,
      });
      expect(sights.firings).toBeGreaterThan(10_000);
      expect(sights.handed).toBeGreaterThan(SEEDS);
      expect(sights.memoryFires).toBeGreaterThan(300);
    }, 180_000);
  });
}
