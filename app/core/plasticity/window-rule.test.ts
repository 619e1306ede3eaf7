import fc from "fast-check";
import { expect, test } from "vitest";
import { NO_MAX_WEIGHT } from "#contracts/patch.ts";
import { allOf, anyOf, nextTrace, nextWeight, type WindowRule } from "./window-rule.ts";

const rule: WindowRule = { rise: 3, fall: 2, decay: 0.5, eta: 1, maxWeight: Math.fround(NO_MAX_WEIGHT), associative: false };

test("a trace decays, rises when both ends were active and falls when one was", () => {
  expect(nextTrace(4, rule, true, true)).toBe(5);
  expect(nextTrace(4, rule, true, false)).toBe(0);
  expect(nextTrace(4, rule, false, true)).toBe(0);
  expect(nextTrace(4, rule, false, false)).toBe(2);
});

test("in an associative mapping one side is no blame and commits nothing", () => {
  const associative = { ...rule, associative: true };
  expect(nextTrace(4, associative, true, false)).toBe(2);
  expect(nextWeight(1, 4, associative, 1, false)).toBe(1);
  expect(nextWeight(1, 4, associative, 1, true)).toBe(5);
});

test("without a reward or a trace no weight changes, not even one above the largest", () => {
  const capped = { ...rule, maxWeight: 1 };
  expect(nextWeight(9, 4, capped, 0, true)).toBe(9);
  expect(nextWeight(9, 0, capped, 1, true)).toBe(9);
  expect(nextWeight(9, 4, capped, 1, true)).toBe(1);
});

test("punishment never strengthens, whatever the trace", () => {
  const real = fc.float({ min: -100, max: 100, noNaN: true });
  fc.assert(
    fc.property(
      fc.float({ min: 0, max: 100, noNaN: true }),
      real,
      fc.float({ min: -5, max: Math.fround(-0.01), noNaN: true }),
      (weight, trace, reward) => {
        expect(nextWeight(weight, trace, rule, reward, true)).toBeLessThanOrEqual(weight);
      },
    ),
  );
});

test("a weight stays between zero and the largest once it is", () => {
  const real = fc.float({ min: -1000, max: 1000, noNaN: true });
  fc.assert(
    fc.property(fc.float({ min: 0, max: 7, noNaN: true }), real, real, (weight, trace, reward) => {
      const next = nextWeight(weight, trace, { ...rule, maxWeight: 7 }, reward, true);
      expect(next >= 0 && next <= 7).toBe(true);
    }),
  );
});

test("a window is what fired at all, and what fired throughout", () => {
  const frames = [Uint32Array.of(1, 2, 5), Uint32Array.of(2, 5), Uint32Array.of(5, 9)];
  expect([...anyOf(frames)].sort()).toEqual([1, 2, 5, 9]);
  expect([...allOf(frames)]).toEqual([5]);
});
