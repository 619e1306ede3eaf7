import { expect, test } from "vitest";
import { cellsOf, viewOf } from "./pattern.ts";

test("an area is seen along its thinnest axis, along z where several are", () => {
  expect(viewOf([4, 4, 1])).toEqual({ across: 0, up: 1, along: 2 });
  expect(viewOf([1, 1, 10])).toEqual({ across: 0, up: 2, along: 1 });
  expect(viewOf([1, 8, 10])).toEqual({ across: 1, up: 2, along: 0 });
  expect(viewOf([3, 3, 3]).along).toBe(2);
});

test("up is up, and of voxels behind each other the largest potential is shown", () => {
  const dimensions: [number, number, number] = [4, 4, 2];
  const voxels: [number, number, number][] = [
    [0, 0, 0],
    [3, 1, 0],
    [3, 1, 1],
  ];
  expect(cellsOf(voxels, [5, 7, 9], dimensions, viewOf(dimensions))).toEqual([
    { column: 0, row: 3, potential: 5 },
    { column: 3, row: 2, potential: 9 },
  ]);
  expect(cellsOf(voxels, null, dimensions, viewOf(dimensions)).map(({ potential }) => potential)).toEqual([null, null]);
});
