import { describe, expect, test } from "vitest";
import { builtModule } from "#adapters/native/built-module.ts";
import { firedIds, readFrameSections } from "#contracts/frame.ts";
import { createReferenceEngine } from "#core/engine/reference/reference-engine.ts";
import { burstFrame } from "#core/engine/testing/differential.ts";
import { generateNetwork, generatePatch } from "#core/engine/testing/generated.ts";
import { generateLearning } from "#core/engine/testing/generated-learning.ts";
import { seeded } from "#core/engine/testing/seeded.ts";
import { burst, patchOf, potentialOf, stage, tinyNetwork } from "#core/engine/testing/tiny-network.ts";
import { bindCondition, bindSynapses, isReplayable, type Names } from "./bind.ts";
import { countFires, hasFired, probeFires } from "./frame-probe.ts";
import { parseCondition } from "./parse.ts";
import { Watch } from "./watch.ts";

const host = { diverged: () => 0 };
const areas = [0, 1, 2, 3, 7, 8, 11, 20, 4_000_000_000];

/** Areas named by their index, a hundred neurons each. */
const names: Names = {
  area: (name) => (areas.includes(Number(name)) ? { id: name, name, index: Number(name), neurons: 100 } : undefined),
  areaOfNeuron: (neuron) => (neuron === 1 ? 7 : -1),
  areaNames: () => areas.map(String),
};

describe("a frame is looked into without decoding it", () => {
  test("counts and membership are those of the decoded sections, in both encodings, and what the engine says", () => {
    let checked = 0;
    for (let seed = 1; seed <= 30; seed++) {
      const random = seeded(seed + 70);
      const image = generateNetwork(random);
      const engine = createReferenceEngine();
      engine.load(image);
      engine.apply(generateLearning(random, image.neurons.count));
      for (let n = 0; n < 4; n++) {
        engine.apply(generatePatch(random, image, engine.neuronCount));
        const frame = burstFrame(engine);
        const bytes = new Uint8Array(frame.buffer, frame.byteOffset, frame.byteLength);
        const sections = new Map([...readFrameSections(frame)].map(({ area, ids }) => [area, ids]));
        const counts = new Float64Array(areas.length);
        countFires(frame, Uint32Array.from(areas), counts);
        expect(Array.from(counts)).toEqual(areas.map((area) => sections.get(area)?.length ?? 0));
        const fired = new Set(firedIds(frame));
        const everyone = Uint32Array.from({ length: engine.neuronCount }, (_, id) => id);
        const sampled = new Float64Array(2 * everyone.length);
        engine.sample(everyone, new Uint32Array(0), sampled);
        expect(Array.from(sampled.subarray(everyone.length))).toEqual(Array.from(everyone, (id) => (fired.has(id) ? 1 : 0)));
        const places: { area: number; neuron: number }[] = [];
        for (let probe = 0; probe < 60; probe++) {
          const neuron = random.chance(0.1) ? 50_000_000 + random.int(0, 5) : random.int(0, engine.neuronCount);
          expect(hasFired(frame, bytes, Uint32Array.of(neuron), new Float64Array(1))).toBe(fired.has(neuron));
          checked += fired.has(neuron) ? 1 : 0;
          if (!places.some((place) => place.neuron === neuron)) places.push({ area: random.pick([...areas, 9]), neuron });
        }
        places.sort((a, b) => a.area - b.area || a.neuron - b.neuron);
        const probes = {
          areas: Float64Array.from(places, ({ area }) => area),
          neurons: Uint32Array.from(places, ({ neuron }) => neuron),
          fired: new Float64Array(places.length).fill(7),
        };
        probeFires(frame, bytes, probes);
        expect(Array.from(probes.fired)).toEqual(places.map(({ area, neuron }) => (sections.get(area)?.includes(neuron) ? 1 : 0)));
      }
    }
    expect(checked).toBeGreaterThan(500);
  });
});

describe("terms mean what the README says", () => {
  const watching = (...texts: string[]) => new Watch(texts.map(parseCondition), names, host);

  test("rate, synchrony and silence over a window", () => {
    const engine = createReferenceEngine();
    engine.load(tinyNetwork([{}, {}]));
    const watch = watching("rate(7, 4)", "synchrony(7, 4)", "silent(7)", "fires(7)", "fired(N#1)");
    const seen: number[][] = [];
    for (const inputs of [[0, 1], [], [0], [], [], [0, 1]]) {
      stage(engine, ...inputs.map((id): [number, number] => [id, 1]));
      watch.observe(burstFrame(engine));
      seen.push([0, 1, 2, 3, 4].map((i) => watch.value(i)));
    }
    const unknown = Number.NaN;
    expect(seen).toEqual([
      [unknown, unknown, 0, 2, 1],
      [unknown, unknown, 1, 0, 0],
      [unknown, unknown, 0, 1, 0],
      // Counts 2, 0, 1, 0: mean 3/4, variance 11/16.
      [3 / 400, 11 / 12, 1, 0, 0],
      [1 / 400, 3 / 4, 2, 0, 0],
      [3 / 400, 11 / 12, 0, 2, 1],
    ]);
  });

  test("potential, weight and what the burst changed of it", () => {
    const engine = createReferenceEngine();
    engine.load(tinyNetwork([{ threshold: 9 }, {}], [{ from: 0, to: 1, weight: 2 }]));
    const watch = watching("potential(0)", "weight(S#0)", "dweight(S#0)", "weight(S#5) > 0 or weight(S#5) <= 0", "weight(S#5) != 1");
    watch.prime(engine);
    stage(engine, [0, 3]);
    watch.observe(burstFrame(engine), engine);
    expect([0, 1, 2, 3, 4].map((i) => watch.value(i))).toEqual([3, 2, 0, 0, 0]);
    engine.apply(patchOf("updateSynapseWeight", [0, 1, 2.5], [2]));
    watch.observe(burstFrame(engine), engine);
    expect([watch.value(1), watch.value(2)]).toEqual([2.5, 0.5]);
    expect(potentialOf(engine, 0)).toBe(3);
    expect(burst(engine)).toEqual([]);
  });

  test("a synapse stays the one that was meant when another takes its slot, and when its neurons move", () => {
    const engine = createReferenceEngine();
    engine.load(tinyNetwork([{}, {}, {}], [{ from: 0, to: 1, weight: 2 }]));
    const named = parseCondition("weight(S#0)");
    const meant = bindSynapses(named, engine);
    expect(meant).toMatchObject({ synapse: 0, ends: [0, 1] });
    const move = patchOf("moveNeurons", [1, 2]);
    engine.apply(move);
    const moved = bindSynapses(meant, engine, [move]);
    expect(moved).toMatchObject({ synapse: 0, ends: [0, 2] });
    const values = () => {
      const watch = new Watch([named, meant, moved], names, host);
      watch.prime(engine);
      return [0, 1, 2].map((i) => watch.value(i));
    };
    expect(values()).toEqual([2, Number.NaN, 2]);
    engine.apply(patchOf("removeSynapse", [0, 2]));
    engine.apply(patchOf("addSynapses", [2, 0, 9, 1, 1 << 8], [2, 3]));
    expect(values()).toEqual([9, Number.NaN, Number.NaN]);
    expect(bindSynapses(moved, engine)).toEqual(moved);
  });

  test("a window goes on when conditions come and go", () => {
    const engine = createReferenceEngine();
    engine.load(tinyNetwork([{}]));
    let watch = watching("rate(7, 3) > 0");
    for (let n = 0; n < 2; n++) {
      stage(engine, [0, 1]);
      watch.observe(burstFrame(engine));
    }
    watch = new Watch([parseCondition("silent(8)"), parseCondition("rate(7, 3)")], names, host, watch);
    watch.observe(burstFrame(engine));
    expect(watch.value(1)).toBe(2 / 300);
  });
});

test("unknown areas and terms without a source are refused by name", () => {
  expect(() => bindCondition(parseCondition("fires(V9) > 1"), names)).toThrow(expect.objectContaining({ code: "E_NOT_FOUND" }));
  for (const term of ["queue(sensory)", "breaker(motor)", "emitted(arm)", "pattern(hello)"]) {
    expect(() => bindCondition(parseCondition(`1 > 0 and ${term} > 3`), names)).toThrow(
      expect.objectContaining({ code: "E_UNSUPPORTED", message: expect.stringContaining(term.slice(0, 5)) }),
    );
  }
  expect(["fires(7) > 1", "not burst_ms() > 3", "1 + diverged()"].map((text) => isReplayable(parseCondition(text)))).toEqual([
    true,
    false,
    false,
  ]);
});

const native = builtModule();
test.skipIf(native === undefined)("both engines give the same hits on generated networks", () => {
  const texts = [
    "fires(3) > 3 and not silent(7)",
    "rate(7, 5) > 0.01 or synchrony(8, 4) >= 1.5",
    "potential(N#3) > 0.3",
    "dweight(S#1) != 0 or weight(S#2) > 0.9",
    "fired(N#5) or fired(50000002)",
    "fires(7) - fires(8) * 2 < fires(11) / 3",
  ];
  let hits = 0;
  for (let seed = 1; seed <= 40; seed++) {
    const random = seeded(seed + 900);
    const image = generateNetwork(random);
    const pair = [createReferenceEngine(), native!.createEngine({ threads: 2 })].map((engine) => {
      engine.load(image);
      return { engine, watch: new Watch(texts.map(parseCondition), names, host) };
    });
    const learning = generateLearning(random, image.neurons.count);
    for (const { engine } of pair) engine.apply(learning);
    for (let n = 0; n < 15; n++) {
      const patch = generatePatch(random, image, pair[0]!.engine.neuronCount);
      const values = pair.map(({ engine, watch }) => {
        engine.apply(patch);
        watch.observe(burstFrame(engine), engine);
        return texts.map((_, i) => watch.value(i));
      });
      expect(values[1], `seed ${seed}, burst ${n + 1}`).toEqual(values[0]);
      hits += values[0]!.filter((value) => value === 1).length;
    }
    pair[1]!.engine.dispose();
  }
  expect(hits).toBeGreaterThan(300);
});
