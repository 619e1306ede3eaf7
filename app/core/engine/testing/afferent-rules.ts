/** What conducts into a neuron, told before the burst: it must be what the burst then sends. On generated networks that are edited and learn. */
import { expect, test } from "vitest";
import { firedIds } from "#contracts/frame.ts";
import type { Afferents, Engine } from "../engine.ts";
import { createReferenceEngine } from "../reference/reference-engine.ts";
import { decodeSnapshot } from "../reference/snapshot-codec.ts";
import type { MakeEngine } from "./conformance.ts";
import { burstFrame } from "./differential.ts";
import { generateNetwork, generatePatch } from "./generated.ts";
import { generateLearning } from "./generated-learning.ts";
import { seeded } from "./seeded.ts";
import { addSynapse, patchOf, tinyNetwork } from "./tiny-network.ts";

const SEEDS = 14;
const BURSTS = 12;
const TARGETS = 24;

export function afferentRules(make: MakeEngine): void {
  test("what conducts into a neuron is what its spikes then send, to the bit", async () => {
    let sent = 0;
    for (let seed = 1; seed <= SEEDS; seed++) {
      const random = seeded(seed + 4000);
      const image = generateNetwork(random);
      const [engine, twin] = [await make(), createReferenceEngine()];
      const learning = generateLearning(random, image.neurons.count);
      for (const one of [engine, twin]) {
        one.load(image);
        one.apply(learning);
      }
      for (let n = 0; n < BURSTS; n++) {
        const patch = generatePatch(random, image, engine.neuronCount);
        for (const one of [engine, twin]) one.apply(patch);
        const targets = Array.from({ length: TARGETS }, () =>
          random.chance(0.2) ? 50_000_000 + random.int(0, 5) : random.int(0, engine.neuronCount + 1),
        );
        const afferents = targets.map((target) => engine.afferents(target));
        expect(afferents).toEqual(targets.map((target) => twin.afferents(target)));
        const before = arrivals(engine, targets);
        const fired = firedIds(burstFrame(engine));
        burstFrame(twin);
        const after = arrivals(engine, targets);
        const potentials = engine.firedPotentials();
        targets.forEach((target, i) => {
          const expected = new Map([...before].filter(([key]) => key.startsWith(`${target}@`) && key !== `${target}@${engine.burst}`));
          const spikes = contributionsOf(afferents[i]!, fired, potentials);
          for (const { delay, value } of spikes) {
            const key = `${target}@${engine.burst + delay}`;
            expected.set(key, Math.fround((expected.get(key) ?? 0) + value));
          }
          sent += spikes.length;
          const got = new Map([...after].filter(([key]) => key.startsWith(`${target}@`)));
          expect(got, `into ${target}, seed ${seed}, burst ${engine.burst}`).toEqual(expected);
        });
      }
      engine.dispose();
    }
    expect(sent).toBeGreaterThan(1000);
  });

  test("a removed synapse is listed while it conducts: in feagi-strict until the rebuild, in standard no longer", async () => {
    for (const [dynamics, listed] of [
      ["feagi-strict", 1],
      ["standard", 0],
    ] as const) {
      const engine = await make();
      engine.load(tinyNetwork([{}, {}], [{ from: 0, to: 1, weight: 0.3 }], { dynamics }));
      engine.apply(patchOf("removeSynapse", [0, 1]));
      expect(engine.afferents(1).slot.length).toBe(listed);
      expect(engine.weightsOf(Uint32Array.of(0))[0]).toBeNaN();
      engine.apply(patchOf("rebuildSynapseIndex"));
      expect(engine.afferents(1).slot.length).toBe(0);
      engine.dispose();
    }
  });

  test("an added synapse is listed once it conducts", async () => {
    for (const [dynamics, listed] of [
      ["feagi-strict", 0],
      ["standard", 1],
    ] as const) {
      const engine = await make();
      engine.load(tinyNetwork([{}, {}], [], { dynamics }));
      addSynapse(engine, 0, 1);
      expect(engine.afferents(1).slot.length).toBe(listed);
      engine.apply(patchOf("rebuildSynapseIndex"));
      expect(Array.from(engine.afferents(1).slot)).toEqual([0]);
      engine.dispose();
    }
  });

  test("weights are read by slot, NaN where there is none", async () => {
    const engine = await make();
    const synapses = [
      { from: 0, to: 1, weight: 0.25 },
      { from: 0, to: 1, weight: -7 },
    ];
    engine.load(tinyNetwork([{}, {}], synapses));
    expect(Array.from(engine.weightsOf(Uint32Array.of(1, 0, 2, 4_000_000_000)))).toEqual([-7, 0.25, Number.NaN, Number.NaN]);
    engine.dispose();
  });
}

/** What the listed synapses of those that fired add, in their order. */
function contributionsOf(afferents: Afferents, fired: Uint32Array, potentials: Float32Array): { delay: number; value: number }[] {
  const contributions: { delay: number; value: number }[] = [];
  afferents.source.forEach((source, i) => {
    const at = fired.indexOf(source);
    if (at < 0) return;
    const firedAt = Number.isFinite(potentials[at]!) ? Math.max(potentials[at]!, 0) : 0;
    const product = Math.fround(afferents.weight[i]! * (afferents.mpDriven[i] === 1 ? firedAt : afferents.psp[i]!));
    const value = Math.fround((afferents.kind[i] === 0 ? product : -product) / afferents.divisor[i]!);
    contributions.push({ delay: afferents.delay[i]!, value });
  });
  return contributions;
}

/** Sums on their way to some neurons, by `target@burst`. */
function arrivals(engine: Engine, targets: readonly number[]): Map<string, number> {
  const { arrivalBurst, arrivalTarget, arrivalSum } = decodeSnapshot(engine.snapshot()).columns;
  const wanted = new Set(targets);
  const sums = new Map<string, number>();
  arrivalTarget.forEach((target, i) => {
    if (wanted.has(target)) sums.set(`${target}@${arrivalBurst[i]}`, arrivalSum[i]!);
  });
  return sums;
}
