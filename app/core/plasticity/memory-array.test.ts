import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type LifeCycle, MemoryArray } from "./memory-array.ts";

interface Golden {
  capacity: number;
  areas: {
    area: number;
    init_lifespan: number;
    lifespan_growth_rate: number;
    longterm_threshold: number;
    memory_neuron_cap: number;
    ltm_eviction: "lru" | "none";
  }[];
  bursts: {
    burst: number;
    patterns: [area: number, hash: number][];
    converted: number[];
    events: [what: string, neuron: number | null][];
    removed: [id: number, area: number, wasLongTerm: boolean, reason: string][];
    active_after: [id: number, area: number, lifespan: number, longTerm: boolean, activations: number][];
  }[];
}
const golden: Golden = JSON.parse(readFileSync(new URL("golden/memory_lifecycle.json", import.meta.url), "utf8"));

test("memory neurons live and go as recorded: creation, growth, conversion, caps, a full pool, ageing", () => {
  const array = new MemoryArray(golden.capacity);
  for (const area of golden.areas) {
    array.register({
      area: area.area,
      initialLifespan: area.init_lifespan,
      lifespanGrowthRate: area.lifespan_growth_rate,
      longTermThreshold: area.longterm_threshold,
      cap: area.memory_neuron_cap,
      eviction: area.ltm_eviction,
    });
  }
  for (const { burst, patterns, ...recorded } of golden.bursts) {
    const converted = array.convert().map(({ id }) => id);
    const events = patterns.map(([area, hash]) => {
      const met = array.meet(area, BigInt(hash), burst);
      if (typeof met === "string") return [met, null];
      return [met.isNew ? "created" : "reactivated", met.neuron.id];
    });
    array.age(burst);
    const removed = array.takeRemoved().map(({ neuron: { id, area, longTerm }, reason }) => [id, area, longTerm, reason]);
    const active = array
      .neurons()
      .sort((a, b) => a.area - b.area || a.id - b.id)
      .map(({ id, area, lifespan, longTerm, activations }) => [id, area, lifespan, longTerm, activations]);
    // The order of several conversions, or removals, of one burst was not recorded.
    const ascending = (rows: unknown[][]) => rows.sort((a, b) => (a[0] as number) - (b[0] as number));
    expect({ burst, converted: converted.sort(), events, removed: ascending(removed), active_after: active }).toEqual({
      burst,
      ...recorded,
    });
  }
  const refused = golden.bursts.flatMap(({ events }) => events).filter(([what]) => what === "refused").length;
  expect(array.totals).toMatchObject({ refused, suppressed: 0 });
  expect(refused).toBeGreaterThan(0);
});

const AREA = 20;
const lifeCycle: LifeCycle = { area: AREA, initialLifespan: 3, lifespanGrowthRate: 2, longTermThreshold: 5, cap: 0, eviction: "lru" };
function arrayOf(change: Partial<LifeCycle> = {}, pool?: number): MemoryArray {
  const array = new MemoryArray(pool);
  array.register({ ...lifeCycle, ...change });
  return array;
}

test("an area that may not form memories goes on to recognise, and what it lets pass is counted apart", () => {
  const array = arrayOf();
  array.meet(AREA, 1n, 1);
  expect(array.meet(AREA, 1n, 2, false)).toMatchObject({ isNew: false });
  expect(array.meet(AREA, 2n, 2, false)).toBe("suppressed");
  expect(array.totals).toMatchObject({ created: 1, reactivated: 1, refused: 0, suppressed: 1 });
});

test("a neuron that a reward consolidated becomes long-term however young, once", () => {
  const array = arrayOf();
  array.meet(AREA, 1n, 1);
  array.meet(AREA, 2n, 1);
  expect(array.convert(new Set([50_000_001, 77])).map(({ id }) => id)).toEqual([50_000_001]);
  expect(array.convert(new Set([50_000_001]))).toEqual([]);
  for (let burst = 2; burst < 9; burst++) array.age(burst);
  expect(array.neurons()).toMatchObject([{ id: 50_000_001, longTerm: true, lifespan: 3 }]);
});

test("an area full of neurons met in this burst refuses the next pattern", () => {
  const array = arrayOf({ cap: 2 });
  array.meet(AREA, 1n, 1);
  array.meet(AREA, 2n, 1);
  expect(array.meet(AREA, 3n, 1)).toBe("refused");
  expect(array.meet(AREA, 3n, 2)).toMatchObject({ isNew: true });
  expect(array.totals).toMatchObject({ refused: 1, evicted: 1 });
});

test("with nothing short-term left the long-term neuron longest unseen makes room", () => {
  const array = arrayOf({ cap: 2, initialLifespan: 9 });
  array.meet(AREA, 1n, 1);
  array.meet(AREA, 2n, 2);
  array.convert();
  array.meet(AREA, 1n, 3);
  array.meet(AREA, 3n, 4);
  expect(array.takeRemoved()).toMatchObject([{ neuron: { hash: 2n, longTerm: true }, reason: "evicted" }]);
});

test("a lower cap takes effect when a new pattern comes, a removed neuron's slot is used again and its id is not", () => {
  const array = arrayOf();
  for (const hash of [1n, 2n, 3n]) array.meet(AREA, hash, 1);
  array.register({ ...lifeCycle, cap: 1 });
  expect([array.active, array.takeRemoved()]).toEqual([3, []]);
  array.meet(AREA, 4n, 2);
  expect(array.takeRemoved()).toMatchObject([{ neuron: { id: 50_000_000 } }]);
  expect(array.neurons().map(({ id }) => id)).toEqual([50_000_003, 50_000_001, 50_000_002]);
});

test("whatever comes, no cap and no pool is exceeded, ids rise, and every pattern has one neuron", () => {
  const settings = fc.record({
    cap: fc.nat(3),
    eviction: fc.constantFrom("lru" as const, "none" as const),
    initialLifespan: fc.integer({ min: 1, max: 4 }),
  });
  const seen = fc.array(fc.tuple(fc.nat(2), fc.bigInt(1n, 6n)), { maxLength: 4 });
  fc.assert(
    fc.property(fc.tuple(settings, settings, settings), fc.array(seen, { maxLength: 40 }), (areas, bursts) => {
      const array = new MemoryArray(5);
      areas.forEach((one, area) => void array.register({ ...lifeCycle, ...one, area }));
      let newest = 0;
      for (const [burst, patterns] of bursts.entries()) {
        array.convert();
        for (const [area, hash] of patterns) {
          const met = array.meet(area, hash, burst);
          if (typeof met === "string" || !met.isNew) continue;
          expect(met.neuron.id).toBeGreaterThan(newest);
          newest = met.neuron.id;
        }
        array.age(burst);
        const neurons = array.neurons();
        expect(neurons.length).toBe(array.active);
        expect(neurons.length).toBeLessThanOrEqual(5);
        expect(new Set(neurons.map(({ area, hash }) => `${area} ${hash}`)).size).toBe(neurons.length);
        areas.forEach(({ cap }, area) => {
          if (cap > 0) expect(neurons.filter((neuron) => neuron.area === area).length).toBeLessThanOrEqual(cap);
        });
      }
    }),
  );
});
