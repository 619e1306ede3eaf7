import { expect, test } from "vitest";
import { excitabilityFraction } from "./excitability.ts";

test.each([
  [100, 1],
  [250, 1],
  [60, 0.6],
  [1, 1],
  [0.5, 0.5],
  [0, 0],
  [-4, 0],
  [Number.NaN, 1],
])("a stored excitability of %d fires with probability %d", (stored, probability) => {
  expect(excitabilityFraction(stored)).toBe(probability);
});
