import { expect, test } from "vitest";
import { type FiredBurst, rankedBy } from "./order.ts";

const bursts: FiredBurst[] = [
  { burst: 1, ids: [12] },
  { burst: 2, ids: [10, 12] },
  { burst: 3, ids: [12, 13] },
  { burst: 4, ids: [10] },
];

test("by number nothing is ranked", () => {
  expect(rankedBy("number", 10, 5, bursts)).toBeNull();
});

test("by rate those that fired most often come first, equal ones as they are numbered", () => {
  expect([...rankedBy("rate", 10, 5, bursts)!]).toEqual([2, 0, 3, 1, 4]);
});

test("by first spike the silent ones come last", () => {
  expect([...rankedBy("first", 10, 5, bursts)!]).toEqual([2, 0, 3, 1, 4]);
  expect([...rankedBy("first", 10, 5, bursts.slice(1))!]).toEqual([0, 2, 3, 1, 4]);
});

test("neurons that fire together stand side by side, whatever their numbers", () => {
  // Even ones fire in one half of the time, odd ones in the other, the last never.
  const alternating = Array.from({ length: 80 }, (_, i) => ({
    burst: i,
    ids: Array.from({ length: 20 }, (_, n) => n).filter((n) => n < 19 && n % 2 === Number(i >= 40) && (i + n) % 3 === 0),
  }));
  const ranks = [...rankedBy("likeness", 0, 20, alternating)!];
  const parities = ranks.slice(0, 19).map((neuron) => neuron % 2);
  expect(parities.filter((parity, i) => i > 0 && parity !== parities[i - 1])).toHaveLength(1);
  expect(ranks.at(-1)).toBe(19);
});

test("an area that never fired keeps its numbers", () => {
  expect([...rankedBy("likeness", 0, 4, [])!]).toEqual([0, 1, 2, 3]);
});
