/** A brain that is edited while it lives, on the native engine. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { PatchWriter } from "#contracts/patch.ts";
import { countingSuite } from "#core/connectome/testing/census-rules.ts";
import { genomeOf, Living } from "#core/connectome/testing/living.ts";
import { createReferenceEngine } from "#core/engine/reference/reference-engine.ts";
import { snapshotDifference } from "#core/engine/snapshot-difference.ts";
import { applyGenomeEdits } from "#core/genome/edit/apply.ts";
import { builtModule } from "./built-module.ts";
import type { NativeModule } from "./load-native.ts";

const built = builtModule();

if (built === undefined) test.skip("native engine (skipped: no addon is built; node scripts/build-native.mjs builds it)");
else runSuites(built);

function runSuites(native: NativeModule): void {
  countingSuite("native", () => native.createEngine({ threads: 1 }), 40);

  test("an area that grows and shrinks under fire leaves the bits of the reference, burst by burst", () => {
    const genome = genomeOf(readFileSync(new URL("../../../resources/genomes/gesture.json", import.meta.url), "utf8"));
    const lives = [new Living(genome, createReferenceEngine()), new Living(genome, native.createEngine({ threads: 2 }))] as const;
    const largest = [...lives[0].connectome.areas.values()].reduce((a, b) => (b.neurons > a.neurons && b.kind !== "core" ? b : a));
    const [width, height, depth] = largest.dimensions;
    for (const more of [1, -3, 2]) {
      const dimensions: [number, number, number] = [Math.max(1, width + more), height, depth];
      const patches = lives.map(
        (life) => life.become(applyGenomeEdits(life.connectome.genome, [{ kind: "updateArea", area: largest.id, dimensions }])).patch,
      );
      expect(patches[1]).toEqual(patches[0]);
      for (let n = 0; n < 6; n++) {
        const input = new PatchWriter();
        for (let i = 0; i < 300; i++) input.op("stageInput", [(i * 7919 + n * 31) % lives[0].engine.neuronCount, 50], [1]);
        const words = input.take();
        for (const life of lives) {
          life.engine.apply(words);
          life.burst(1);
        }
        expect(snapshotDifference(lives[0].engine.snapshot(), lives[1].engine.snapshot())).toBeNull();
      }
    }
    for (const { engine } of lives) engine.dispose();
  });
}
