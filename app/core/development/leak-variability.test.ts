import { expect, test } from "vitest";
import { type GrowthOptions, grown } from "./grow.ts";
import { handMade, idOf } from "./testing/hand-made.ts";

const spread = { leak: 0.5, leakVariability: 5 };
const one = () => handMade({ cbbbbbbb: { dimensions: [400, 400, 1], parameters: spread } });
const asked: GrowthOptions = { leakVariability: true, seed: 7 };

function leakOf(genome: ReturnType<typeof handMade>, letters: string, options: GrowthOptions): number[] {
  const { areas, image } = grown(genome, options);
  const { firstNeuron, neurons } = areas.get(idOf(letters))!;
  return [...image.neurons.leak.subarray(firstNeuron, firstNeuron + neurons)];
}

test("a neuron leaks its share and r percent more, r whole, at least 1 and below the variability", () => {
  const found = new Map<number, number>();
  for (const leak of leakOf(one(), "cbbbbbbb", asked)) found.set(leak, (found.get(leak) ?? 0) + 1);
  const expected = [1, 2, 3, 4].map((r) => Math.fround(0.5 + (0.5 * r) / 100));
  expect([...found.keys()].sort()).toEqual(expected);
  for (const count of found.values()) expect(count / 160_000).toBeCloseTo(0.25, 2);
});

test("is off unless it is asked for, and in feagi-strict always: FEAGI never applies it", () => {
  const alike = Array(160_000).fill(0.5);
  expect(leakOf(one(), "cbbbbbbb", {})).toEqual(alike);
  expect(leakOf(one(), "cbbbbbbb", { ...asked, development: "feagi-strict" })).toEqual(alike);
});

test("depends on seed, area and neuron alone: other areas change nothing", () => {
  const leaks = leakOf(one(), "cbbbbbbb", asked);
  expect(leakOf(one(), "cbbbbbbb", asked)).toEqual(leaks);
  expect(leakOf(one(), "cbbbbbbb", { ...asked, seed: 8 })).not.toEqual(leaks);
  const more = handMade({
    caaaaaaa: { dimensions: [3, 5, 7], parameters: spread },
    cbbbbbbb: { dimensions: [400, 400, 1], parameters: spread },
  });
  expect(leakOf(more, "cbbbbbbb", asked)).toEqual(leaks);
  expect(leakOf(more, "caaaaaaa", asked)).not.toEqual(leaks.slice(0, 105));
});

test.each([0, 1, 2, -2])("up to two percent there is none: %s", (leakVariability) => {
  expect(leakOf(handMade({ caaaaaaa: { parameters: { leak: 0.5, leakVariability } } }), "caaaaaaa", asked)).toEqual([0.5]);
});

test("below minus two there is no number to draw, and a problem says so", () => {
  const negative = handMade({ caaaaaaa: { parameters: { leak: 0.5, leakVariability: -30 } } });
  expect(leakOf(negative, "caaaaaaa", asked)).toEqual([0.5]);
  expect(grown(negative, asked).problems).toMatchObject([
    { code: "LEAK_VARIABILITY", path: "blueprint._____10c-caaaaaaa-nx-leak_v-f", found: "-30" },
  ]);
  expect(grown(negative).problems).toEqual([]);
});
