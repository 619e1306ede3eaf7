import { expect, test } from "vitest";
import { extremesOf, overlaid, plotDataOf } from "./plot-data.ts";

test("several data in one picture stand on the x of all, with gaps where one has no row", () => {
  const both = overlaid([plotDataOf([1, 2, 3], [[10, 20, 30]]), plotDataOf([2, 4], [[7, 8]])]);
  const { x, y } = both.columns();
  expect([...x]).toEqual([1, 2, 3, 4]);
  expect(y.map((column) => [...column])).toEqual([
    [10, 20, 30, Number.NaN],
    [Number.NaN, 7, Number.NaN, 8],
  ]);
  expect(both.rows).toBe(4);
});

test("a picture of several hears of rows that come to any of them", () => {
  const [first, second] = [plotDataOf([1], [[1]]), plotDataOf([1], [[2]])];
  let heard = 0;
  const stop = overlaid([first, second]).subscribe(() => heard++);
  second.append(2, [3]);
  first.append(2, [3]);
  stop();
  first.append(3, [4]);
  expect(heard).toBe(2);
});

test("extremes are of the picked series of all data, within the stretch", () => {
  const parts = [
    plotDataOf(
      [1, 2, 3],
      [
        [5, 6, 7],
        [0, -9, 0],
      ],
    ),
    plotDataOf([2, 4], [[-1, 99]]),
  ].map((data) => data.columns());
  expect(extremesOf(parts, [0], [2, 3])).toEqual([-1, 7]);
  expect(extremesOf(parts, [0, 1], [2, 3])).toEqual([-9, 7]);
  expect(extremesOf(parts, [0], [5, 9])).toBeNull();
});
