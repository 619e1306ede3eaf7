import { expect, test } from "vitest";
import { spread } from "./spread.ts";

test("dots stay at their rows where there is room, and whole at the edges", () => {
  expect(spread([30, 80], 100, 24)).toEqual([30, 80]);
  expect(spread([0, 100], 100, 24)).toEqual([12, 88]);
});

test("neighbours move apart, away from the edge they would be pushed over", () => {
  expect(spread([50, 51, 52], 200, 24)).toEqual([50, 74, 98]);
  expect(spread([96, 97], 100, 24)).toEqual([64, 88]);
});
