import { expect, test } from "vitest";
import { drawSeries } from "./sparkline.ts";

test("the smallest value lies at the bottom, the largest at the top, the newest at the right", () => {
  expect(drawSeries({ low: [0, 5, 10], high: [0, 5, 10] }, 100, 20)).toEqual({
    paths: ["M0.0 19.0L50.0 10.0L100.0 1.0"],
    low: 0,
    high: 10,
    now: 10,
  });
});

test("a part of several bursts is drawn from its smallest to its largest value", () => {
  expect(drawSeries({ low: [0, 2], high: [4, 2] }, 10, 6).paths).toEqual(["M0.0 5.0L0.0 1.0L10.0 3.0"]);
});

test("what is unknown breaks the line and is never drawn as zero", () => {
  const { paths, low, now } = drawSeries({ low: [null, 3, null, 4, "NaN"], high: [null, 3, null, 4, "NaN"] }, 100, 20);
  expect(paths).toHaveLength(2);
  expect({ low, now }).toEqual({ low: 3, now: 4 });
  expect(drawSeries({ low: [null], high: [null] }, 100, 20)).toEqual({ paths: [], low: null, high: null, now: null });
});

test("a constant value is a line through the middle", () => {
  expect(drawSeries({ low: [7, 7], high: [7, 7] }, 10, 20).paths).toEqual(["M0.0 10.0L10.0 10.0"]);
});
