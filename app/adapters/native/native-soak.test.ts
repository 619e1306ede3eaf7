/** Three minutes of associative learning at 30 Hz on both engines, which hand their states to each other on the way. `gyrus bench soak` runs an hour. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { grown } from "#core/development/grow.ts";
import { createReferenceEngine } from "#core/engine/reference/reference-engine.ts";
import { snapshotDifference } from "#core/engine/snapshot-difference.ts";
import { parseGenome } from "#core/genome/parse.ts";
import { Association } from "#core/plasticity/association.ts";
import { associativeSoak } from "#core/plasticity/associative-soak.ts";
import { builtModule } from "./built-module.ts";
import type { NativeModule } from "./load-native.ts";

const BURSTS = 5400;
const HAND_OVERS = 6;
/** What a synapse may take, room for more and its part in rows included. */
const BYTES_PER_SYNAPSE = 80;

const native = builtModule();

if (native === undefined) test.skip("native soak (skipped: no addon is built; node scripts/build-native.mjs builds it)");
else test("slots and bytes follow the synapses that live, not those that lived", () => soak(native));

function soak(built: NativeModule): void {
  const resource = (name: string) => readFileSync(new URL(`../../../resources/experiments/${name}`, import.meta.url), "utf8");
  const experiment = Association.parse(JSON.parse(resource("association.json")));
  const parsed = parseGenome(resource(experiment.genome));
  if (!parsed.ok) throw new Error("the genome does not parse");
  const connectome = grown(parsed.genome);
  const engines = [createReferenceEngine(), built.createEngine({ threads: 2 })];
  const lives = engines.map((engine) => {
    engine.load(connectome.image);
    engine.apply(connectome.switchOn);
    return associativeSoak(engine, connectome, experiment, BURSTS / HAND_OVERS);
  });
  for (let hand = 0; hand < HAND_OVERS; hand++) {
    const readings = lives.map((life) => life.next().value!);
    for (const { evicted, most, slots, synapseBytes } of readings) {
      if (hand === HAND_OVERS - 1) expect(evicted).toBeGreaterThan(BURSTS / 6);
      expect(slots).toBe(most);
      expect(synapseBytes).toBeLessThan(BYTES_PER_SYNAPSE * most);
    }
    const [one, other] = engines.map((engine) => engine.snapshot());
    expect(snapshotDifference(one!, other!), `burst ${engines[0]!.burst}`).toBeNull();
    engines[hand % 2]!.restore(hand % 2 === 0 ? other! : one!);
  }
  for (const engine of engines) engine.dispose();
}
