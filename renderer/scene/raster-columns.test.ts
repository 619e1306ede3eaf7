import { expect, test } from "vitest";
import { columnsFor, rasterColumn, rasterRows, wholeBursts } from "./raster-columns.ts";
import { area, frame } from "./testing/areas.ts";

test("a small area has a row for every neuron, a large one shares rows", () => {
  expect(rasterRows(24, 100)).toEqual({ rows: 24, neuronsPerRow: 1 });
  expect(rasterRows(250, 100)).toEqual({ rows: 84, neuronsPerRow: 3 });
  expect(rasterRows(0, 100)).toEqual({ rows: 0, neuronsPerRow: 1 });
});

test("a column says what share of each row fired, also in a last row that is not full", () => {
  const one = area({ dimensions: [10, 1, 1], firstNeuron: 100, index: 4 });
  const column = rasterColumn(frame(1, { 4: [100, 101, 109] }), one, { rows: 4, neuronsPerRow: 3 });
  expect([...column].map((share) => Number(share.toFixed(2)))).toEqual([0.67, 0, 0, 1]);
});

test("an area that did not fire has an empty column", () => {
  expect([...rasterColumn(frame(1, {}), area(), { rows: 2, neuronsPerRow: 12 })]).toEqual([0, 0]);
});

test("bursts without a frame become gaps, no more than the picture is wide", () => {
  expect(columnsFor(null, 7, 100)).toEqual([{ burst: 7, gap: false }]);
  expect(columnsFor(4, 7, 100)).toEqual([
    { burst: 5, gap: true },
    { burst: 6, gap: true },
    { burst: 7, gap: false },
  ]);
  const wide = columnsFor(0, 1000, 3);
  expect(wide.map(({ burst }) => burst)).toEqual([998, 999, 1000]);
});

test("what the recording holds is told burst by burst, silent ones too", () => {
  const told = wholeBursts({ from: 5, to: 8, count: 3, bursts: [5, 5, 8], neurons: [1, 4, 2] });
  expect([...told]).toEqual([
    [5, [1, 4]],
    [6, []],
    [7, []],
    [8, [2]],
  ]);
});

test("of an answer that was cut the burst it broke off in is left out", () => {
  const told = wholeBursts({ from: 5, to: 8, count: 9, bursts: [5, 6, 6], neurons: [1, 1, 2] });
  expect([...told]).toEqual([[5, [1]]]);
});
