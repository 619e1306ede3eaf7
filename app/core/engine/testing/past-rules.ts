/** What going back in time rests on: forks, moments, and the weights that learning changed. On generated networks that are edited and learn. */
import { expect, test } from "vitest";
import type { Engine } from "../engine.ts";
import { changesBuild } from "../moment.ts";
import { createReferenceEngine } from "../reference/reference-engine.ts";
import type { MakeEngine } from "./conformance.ts";
import { burstFrame } from "./differential.ts";
import { generateNetwork, generatePatch } from "./generated.ts";
import { generateExtensionPatch, generateExtensions } from "./generated-extensions.ts";
import { generateLearning } from "./generated-learning.ts";
import { seeded } from "./seeded.ts";

const SEEDS = 12;
const BURSTS = 14;

/** `extensions`: networks with modulators and the other subsystems. */
export function pastRules(make: MakeEngine, extensions = false): void {
  const grown = (seed: number) => grow(make, seed, extensions);
  test("a fork runs on as its origin does, whichever of them runs first", async () => {
    for (let seed = 1; seed <= SEEDS; seed++) {
      const { engine, patch } = await grown(seed);
      for (let n = 0; n < 3; n++) run(engine, patch());
      const [early, late] = [engine.fork(), engine.fork()];
      expect(early.stateHash()).toBe(engine.stateHash());
      const patches: Uint32Array[] = [];
      const hashes: bigint[] = [];
      for (let n = 0; n < BURSTS; n++) {
        const next = patch();
        patches.push(next);
        run(early, next);
        run(engine, next);
        hashes.push(engine.stateHash());
        expect(early.stateHash(), `seed ${seed}, burst ${engine.burst}`).toBe(engine.stateHash());
      }
      engine.dispose();
      const twig = late.fork();
      patches.forEach((next, n) => {
        run(late, next);
        expect(late.stateHash(), `late fork, seed ${seed}, burst ${late.burst}`).toBe(hashes[n]);
      });
      run(twig, patches[0]!);
      expect(twig.stateHash()).toBe(hashes[0]);
      for (const fork of [early, late, twig]) fork.dispose();
    }
  });

  test("a moment completes an engine of the same build to the whole state", async () => {
    let shared = 0;
    for (let seed = 1; seed <= SEEDS; seed++) {
      const { engine, patch } = await grown(seed);
      let build: { base: Engine; synapses: number } | null = null;
      for (let n = 0; n < BURSTS; n++) {
        // Input alone in two of three bursts, so that builds last a while.
        const edit = n % 3 === 0 ? patch() : new Uint32Array(0);
        if (changesBuild(edit) || build?.synapses !== engine.synapseCount) build = null;
        run(engine, edit);
        if (build !== null && build.synapses === engine.synapseCount) {
          const twin: Engine = build.base.fork();
          twin.restoreMoment(engine.moment());
          expect(twin.stateHash(), `seed ${seed}, burst ${engine.burst}`).toBe(engine.stateHash());
          twin.dispose();
          shared++;
        } else build = { base: engine.fork(), synapses: engine.synapseCount };
      }
      engine.dispose();
    }
    expect(shared).toBeGreaterThan(SEEDS * 4);
  });

  test("a moment is the same bytes on every engine and leaves the wiring out", async () => {
    for (let seed = 1; seed <= SEEDS; seed++) {
      const { engine, patch } = await grown(seed);
      const reference = createReferenceEngine();
      for (let n = 0; n < 4; n++) run(engine, patch());
      reference.restore(engine.snapshot());
      expect(Buffer.compare(engine.moment(), reference.moment())).toBe(0);
      expect(engine.moment().length).toBeLessThan(engine.snapshot().length);
      engine.dispose();
    }
  });

  test("the weights that learning changed are told, and nothing else is", async () => {
    let changes = 0;
    for (let seed = 1; seed <= 2 * SEEDS; seed++) {
      const { engine, patch } = await grown(seed);
      expect(engine.weightChanges().slot.length).toBe(0);
      engine.watchWeights(true);
      for (let n = 0; n < BURSTS; n++) {
        engine.apply(patch());
        const before = weights(engine);
        burstFrame(engine);
        const after = weights(engine);
        const expected = [...after].filter(([slot, weight]) => before.has(slot) && !Object.is(before.get(slot), weight));
        const { slot, weight } = engine.weightChanges();
        expect(
          Array.from(slot, (at, i) => [at, weight[i]]),
          `seed ${seed}, burst ${engine.burst}`,
        ).toEqual(expected);
        changes += slot.length;
      }
      engine.watchWeights(false);
      run(engine, patch());
      expect(engine.weightChanges().slot.length).toBe(0);
      engine.dispose();
    }
    expect(changes).toBeGreaterThan(200);
  });
}

/** An engine with a generated network, and the patches it will be given. */
async function grow(make: MakeEngine, seed: number, extensions: boolean) {
  const random = seeded(seed);
  const image = generateNetwork(random);
  const engine = await make();
  engine.load(image);
  engine.apply(generateLearning(random, image.neurons.count));
  if (!extensions) return { engine, patch: () => generatePatch(random, image, engine.neuronCount) };
  const strict = image.dynamics === "feagi-strict";
  const slots = image.synapses.count;
  engine.apply(generateExtensions(random, strict, slots));
  const patch = () => {
    const changed = generateExtensionPatch(random, strict, { slots, burst: engine.burst });
    return Uint32Array.from([...changed, ...generatePatch(random, image, engine.neuronCount)]);
  };
  return { engine, patch };
}

function run(engine: Engine, patch: Uint32Array): void {
  engine.apply(patch);
  burstFrame(engine);
}

function weights(engine: Engine): Map<number, number> {
  const { slot, weight } = engine.synapses();
  return new Map(Array.from(slot, (at, i) => [at, weight[i]!]));
}
