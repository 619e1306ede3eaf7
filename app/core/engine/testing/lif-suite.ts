/**
 * What every engine must do with a lif-delta network: equal bits with the reference on generated networks that are edited and learn,
 * across snapshots, forks and moments; the border; the model chosen by what is loaded.
 */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { frameWord, readFrameHeader, readFrameSections } from "#contracts/frame.ts";
import type { LifNetworkImage } from "#contracts/network.ts";
import { patchOp } from "#contracts/patch.ts";
import type { Engine } from "../engine.ts";
import { xxHash64 } from "../hash.ts";
import { createReferenceEngine } from "../reference/reference-engine.ts";
import { replayDocument } from "../replay-document.ts";
import type { MakeEngine } from "./conformance.ts";
import { burstFrame, expectSame, expectSameColumns, expectSameState } from "./differential.ts";
import { generateLif, generateLifPatch } from "./generated-lif.ts";
import { seeded } from "./seeded.ts";
import { patchOf, tinyNetwork } from "./tiny-network.ts";

export function lifSuite(name: string, make: MakeEngine, seeds = 40): void {
  describe(`${name} runs lif-delta`, () => {
    test(`with the bits of the reference on ${seeds} generated networks, across snapshots and forks`, async () => {
      const seen = { firings: 0, learned: 0, swaps: 0 };
      for (let seed = 1; seed <= seeds; seed++) {
        const engine = await make();
        lifDifferential(createReferenceEngine(), engine, seed, seen);
        engine.dispose();
      }
      expect(seen.firings).toBeGreaterThan(100 * seeds);
      expect(seen.learned).toBeGreaterThan(10 * seeds);
      expect(seen.swaps).toBeGreaterThan(seeds);
    });

    test("as NEST did, spikes and weights and traces", async () => {
      const engine = await make();
      const file = new URL("../lif/golden/nest.json", import.meta.url);
      expect(replayDocument(engine, JSON.parse(readFileSync(file, "utf8")))).toMatchObject({ match: true, firstMismatch: null });
      engine.dispose();
    });

    test("keeping a bounded history of a target whose source is silent for long", async () => {
      const [engine, reference] = [await make(), createReferenceEngine()];
      const image = silentSource();
      for (const one of [engine, reference]) one.load(image);
      for (let n = 1; n <= 2600; n++) {
        const patch = n % 1300 === 0 ? drive(0, 1) : drive(1);
        for (const one of [engine, reference]) {
          one.apply(patch);
          burstFrame(one);
        }
        if (n % 400 === 0) engine.restore(reference.snapshot());
      }
      expect(engine.stateHash()).toBe(reference.stateHash());
      expect(engine.snapshot().length).toBeLessThan(60_000);
      engine.dispose();
    });

    const image = learningLif();
    const loaded = async () => {
      const engine = await make();
      engine.load(image);
      for (let n = 0; n < 5; n++) burstFrame(engine);
      return engine;
    };

    test("frames tell every neuron as processed, what arrived, who rests, and fires by area", async () => {
      const engine = await make();
      engine.load(silentSource());
      const [first, second, third] = [drive(0, 1), drive(1), new Uint32Array(0)].map((patch) => {
        engine.apply(patch);
        return burstFrame(engine);
      });
      const sections = (frame: Uint32Array) => [...readFrameSections(frame)].map(({ area, ids }) => [area, Array.from(ids)]);
      expect(sections(first!)).toEqual([
        [3, [0]],
        [7, [1]],
      ]);
      expect(sections(second!)).toEqual([[7, [1]]]);
      expect(sections(third!)).toEqual([]);
      expect(readFrameHeader(first!)).toMatchObject({ burst: 1, fired: 2, processed: 2, synaptic: 0, refractory: 0, power: 0 });
      engine.apply(patchOf("neuronRefractory", [1, 2]));
      expect(readFrameHeader(burstFrame(engine))).toMatchObject({ burst: 4, fired: 0, synaptic: 1, refractory: 1 });
      engine.dispose();
    });

    test("a network without synapses fires as any other", async () => {
      const [engine, reference] = [await make(), createReferenceEngine()];
      const none = { count: 0, source: new Uint32Array(), target: new Uint32Array(), weight: new Float32Array(), delay: new Uint8Array() };
      for (const one of [engine, reference]) {
        one.load({ ...silentSource(), synapses: none });
        one.apply(drive(0, 1));
        burstFrame(one);
      }
      expect(engine.firedPotentials()).toHaveLength(2);
      expect(burstFrame(engine)).toEqual(burstFrame(reference));
    });

    test("burstInto gives what burstIntoSync gives, and a frame that is too small is refused before the burst", async () => {
      const [sync, async] = [await loaded(), await loaded()];
      const frames = [new Uint32Array(sync.frameWords), new Uint32Array(async.frameWords)] as const;
      expect(await async.burstInto(frames[1])).toBe(sync.burstIntoSync(frames[0]));
      for (const frame of frames) frame[frameWord.engineNanos] = 0;
      expect(frames[1]).toEqual(frames[0]);
      expect(async.stateHash()).toBe(sync.stateHash());
      expect(() => sync.burstIntoSync(new Uint32Array(sync.frameWords - 1))).toThrow(RangeError);
      expect(sync.burst).toBe(async.burst);
      for (const engine of [sync, async]) engine.dispose();
    });

    const refusals: [string, string, Uint32Array][] = [
      ["an operation of FEAGI's neurons", "E_UNSUPPORTED", patchOf("areaThreshold", [7, 1], [1])],
      ["a psp that is not 1", "E_INVALID", patchOf("addSynapses", [0, 1, 1, 2, 1 << 8], [2, 3])],
      ["a kind", "E_INVALID", patchOf("addSynapses", [0, 1, 1, 1, 1 | (1 << 8)], [2, 3])],
      ["a flag", "E_INVALID", patchOf("addSynapses", [0, 1, 1, 1, (1 << 8) | (1 << 16)], [2, 3])],
      ["a neuron that does not exist", "E_INVALID", patchOf("addSynapses", [0, 1_000_000, 1, 1, 1 << 8], [2, 3])],
      ["delay 0", "E_INVALID", patchOf("addSynapses", [0, 1, 1, 1, 0], [2, 3])],
      ["a number that is not finite", "E_INVALID", Uint32Array.of(patchOp.stageInput, 2, 0, 0x7fc00000)],
    ];
    for (const [what, code, words] of refusals) {
      test(`a patch with ${what} is refused and changes nothing`, async () => {
        const engine = await loaded();
        const before = engine.stateHash();
        const good = patchOf("neuronMembranePotential", [0, -60], [1]);
        expect(() => engine.apply(Uint32Array.from([...good, ...words]))).toThrow(expect.objectContaining({ code }));
        expect(engine.stateHash()).toBe(before);
        engine.dispose();
      });
    }

    const faults: [string, (image: LifNetworkImage) => void][] = [
      ["a short column", (bad) => Object.assign(bad.neurons, { potential: new Float64Array(1) })],
      ["a parameter set that does not exist", (bad) => bad.neurons.parameterSet.fill(9)],
      ["a target that does not exist", (bad) => bad.synapses.target.fill(1_000_000)],
      ["delay 0", (bad) => bad.synapses.delay.fill(0)],
      ["a potential that is not finite", (bad) => bad.neurons.potential.fill(Number.NaN)],
      ["a decay above 1", (bad) => Object.assign(bad.parameters[0]!, { decay: 1.01 })],
      ["a reset at the threshold", (bad) => Object.assign(bad.parameters[0]!, { reset: bad.parameters[0]!.threshold })],
      ["a Poisson table that falls", (bad) => Object.assign(bad.parameters[0]!, { poissonTable: Uint32Array.of(2, 1) })],
      ["a pair with two projections", (bad) => bad.projections.push({ ...bad.projections[0]! })],
      ["a maximum of 0", (bad) => Object.assign(bad.projections[0]!, { maxWeight: 0 })],
      ["a step of no time", (bad) => Object.assign(bad, { stepMs: 0 })],
    ];
    for (const [what, spoil] of faults) {
      test(`an image with ${what} is refused and the loaded network stays`, async () => {
        const engine = await loaded();
        const before = engine.stateHash();
        const bad = structuredClone(image);
        spoil(bad);
        expect(() => engine.load(bad)).toThrow(expect.objectContaining({ code: "E_NETWORK" }));
        expect(engine.stateHash()).toBe(before);
        engine.dispose();
      });
    }

    test("the model follows what is loaded or restored, and a refusal keeps it", async () => {
      const engine = await loaded();
      const lif = engine.snapshot();
      engine.load(tinyNetwork([{}, {}], [{ from: 0, to: 1 }]));
      const feagi = engine.snapshot();
      burstFrame(engine);
      engine.restore(lif);
      expect(engine.snapshot()).toEqual(lif);
      expect(() => engine.restore(feagi.slice(0, -1))).toThrow(expect.objectContaining({ code: "E_NETWORK" }));
      expect(engine.snapshot()).toEqual(lif);
      engine.restore(feagi);
      expect(engine.snapshot()).toEqual(feagi);
      engine.dispose();
    });

    test("a snapshot with any one word changed is refused or runs, and reads back as it is", async () => {
      const engine = await loaded();
      const good = engine.snapshot();
      const random = seeded(77);
      let refused = 0;
      for (let n = 0; n < 300; n++) {
        const bytes = good.slice();
        const at = random.int(0, bytes.length - 9);
        bytes[at]! ^= 1 << random.int(0, 7);
        new DataView(bytes.buffer).setBigUint64(bytes.length - 8, xxHash64(bytes.subarray(0, -8)), true);
        try {
          engine.restore(bytes);
        } catch (error) {
          expect(error).toMatchObject({ code: "E_NETWORK" });
          refused++;
          continue;
        }
        expect(Buffer.compare(engine.snapshot(), bytes)).toBe(0);
        for (let k = 0; k < 3; k++) burstFrame(engine);
      }
      expect(refused).toBeGreaterThan(30);
      engine.dispose();
    });
  });
}

/** `a` runs through; `b` is restored from snapshots, moments and forks of `a` now and then. */
export function lifDifferential(a: Engine, b: Engine, seed: number, seen = { firings: 0, learned: 0, swaps: 0 }, bursts = 25): void {
  const random = seeded(seed);
  const image = generateLif(random);
  for (const engine of [a, b]) {
    engine.load(image);
    engine.watchWeights(true);
  }
  for (let n = 1; n <= bursts; n++) {
    const patch = generateLifPatch(random, image);
    a.apply(patch);
    b.apply(patch);
    const frame = burstFrame(a);
    expectSame(burstFrame(b), frame, `frame of burst ${n}, seed ${seed}`);
    const when = `after burst ${n}, seed ${seed}`;
    expectSameState(a, b, when);
    const [changed, expected] = [b.weightChanges(), a.weightChanges()];
    expectSame(changed.slot, expected.slot, `slots that learned ${when}`);
    expectSame(changed.weight, expected.weight, `weights that were learned ${when}`);
    if (n % 8 === 0) expect(Buffer.compare(b.moment(), a.moment()), `moment ${when}`).toBe(0);
    const slots = Uint32Array.from({ length: image.synapses.count + 3 }, (_, slot) => slot);
    expectSame(b.weightsOf(slots), a.weightsOf(slots), `weights ${when}`);
    const target = random.int(0, 12);
    expectSameColumns(b.afferents(target), a.afferents(target), `afferents of ${target} ${when}`);
    seen.firings += readFrameHeader(frame).fired;
    seen.learned += expected.slot.length;
    if (random.chance(0.2)) {
      const [from, to] = seed % 2 === 0 ? [a, b] : [b, a];
      if (random.chance(0.3)) to.restoreMoment(from.moment());
      else to.restore(from.snapshot());
      expectSameState(a, b, `after a restore, burst ${n}, seed ${seed}`);
      seen.swaps++;
    }
    if (random.chance(0.1)) forkRunsAlike(b, random.int(1, 4), () => generateLifPatch(random, image));
  }
}

/** A fork takes its own way, then the origin takes the same. */
function forkRunsAlike(engine: Engine, bursts: number, patch: () => Uint32Array): void {
  const before = engine.stateHash();
  const fork = engine.fork();
  const second = engine.fork();
  for (let n = 0; n < bursts; n++) {
    const words = patch();
    for (const one of [fork, second]) {
      one.apply(words);
      burstFrame(one);
    }
    expect(second.stateHash()).toBe(fork.stateHash());
  }
  expect(engine.stateHash()).toBe(before);
  fork.dispose();
  second.dispose();
}

/** The first generated network that learns and is of some size. */
function learningLif(): LifNetworkImage {
  for (let seed = 1; ; seed++) {
    const image = generateLif(seeded(seed));
    if (image.projections.length > 3 && image.neurons.count > 40 && image.synapses.count > 200) return image;
  }
}

/** Neuron 1 fires at any input and is the target of a plastic synapse of neuron 0. */
function silentSource(): LifNetworkImage {
  const { parameters, projections, ...image } = learningLif();
  const set = { threshold: 1, reset: 0, decay: 0.9, drive: 0, refractorySteps: 0, poissonWeight: 0, restingPotential: 0 };
  return {
    ...image,
    parameters: [{ ...parameters[0]!, ...set, poissonTable: new Uint32Array(0) }],
    neurons: {
      count: 2,
      area: Uint32Array.of(3, 7),
      x: new Uint32Array(2),
      y: new Uint32Array(2),
      z: new Uint32Array(2),
      potential: new Float64Array(2),
      parameterSet: new Uint16Array(2),
    },
    synapses: { count: 1, source: Uint32Array.of(0), target: Uint32Array.of(1), weight: Float32Array.of(1), delay: Uint8Array.of(3) },
    projections: [{ ...projections[0]!, sourceArea: 3, targetArea: 7, maxWeight: 4 }],
  };
}

function drive(...neurons: number[]): Uint32Array {
  return patchOf(
    "stageInput",
    neurons.flatMap((id) => [id, 5]),
    neurons.map((_, i) => i * 2 + 1),
  );
}
