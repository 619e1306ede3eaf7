import { expect, test } from "vitest";
import { overlaid, plotDataOf } from "./plot-data.ts";

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
