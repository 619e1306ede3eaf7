import { expect, test } from "vitest";
import { cutOf, isCut, wholeSlab } from "./cut.ts";
import { area } from "./testing/areas.ts";

const cube = area({ dimensions: [5, 5, 5] });
const all = { min: [0, 0, -5] as [number, number, number], max: [5, 5, 0] as [number, number, number] };

test("peeling takes layers off every side and never the innermost", () => {
  const cut = cutOf(wholeSlab, 1, all);
  expect(isCut(cut, cube, [0, 2, 2])).toBe(true);
  expect(isCut(cut, cube, [2, 2, 4])).toBe(true);
  expect(isCut(cut, cube, [1, 2, 3])).toBe(false);
  expect(isCut(cutOf(wholeSlab, 99, all), cube, [2, 2, 2])).toBe(false);
  expect(isCut(cutOf(wholeSlab, 1, all), area({ dimensions: [5, 5, 1] }), [2, 2, 0])).toBe(false);
});

test("a slab keeps a share of the brain along an axis of the lab", () => {
  const front = cutOf(
    [
      [0, 1],
      [0, 1],
      [0, 0.4],
    ],
    0,
    all,
  );
  expect(isCut(front, cube, [2, 2, 0])).toBe(false);
  expect(isCut(front, cube, [2, 2, 1])).toBe(false);
  expect(isCut(front, cube, [2, 2, 2])).toBe(true);
  expect(cutOf(wholeSlab, 0, all).kept).toBeNull();
});
