import { expect, test } from "vitest";
import { decimate } from "./decimate.ts";
import { plotDataOf } from "./plot-data.ts";
import { shadedSpans } from "./shade.ts";

test("a row above 0 is shaded from halfway to the row before to halfway to the next, and neighbours are one band", () => {
  expect(shadedSpans([1, 2, 3, 4, 6], [0, 3, 2, 0, 1])).toEqual([
    [1.5, 3.5],
    [5, 6.5],
  ]);
  expect(shadedSpans([1, 2], [null, Number.NaN])).toEqual([]);
});

test("a band of one burst is still there among a hundred thousand rows", () => {
  const x = Array.from({ length: 100_000 }, (_, i) => i);
  const drawn = decimate(plotDataOf(x, [x.map((at) => (at === 70_001 ? 1 : 0))]).columns(), 300);
  const spans = shadedSpans(drawn.x, drawn.y[0]!);
  expect(spans).toHaveLength(1);
  expect(Math.abs(spans[0]![0] - 70_001)).toBeLessThan(1000);
});
