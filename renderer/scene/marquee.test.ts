import { expect, test } from "vitest";
import { areasIn, isInside, type Point, voxelsIn } from "./marquee.ts";
import { area } from "./testing/areas.ts";
import type { Viewport } from "./viewport.ts";

/** Looks along z: the world's x and y are pixels. */
const flat = { onCanvas: ([x, y]: number[]) => ({ x, y, visible: true }) } as unknown as Viewport;
const box = (x0: number, y0: number, x1: number, y1: number): Point[] => [
  [x0, y0],
  [x1, y0],
  [x1, y1],
  [x0, y1],
];

test("a lasso holds what is inside, also around its own bays", () => {
  const bay: Point[] = [
    [0, 0],
    [10, 0],
    [10, 10],
    [5, 2],
    [0, 10],
  ];
  expect(isInside([1, 5], bay)).toBe(true);
  expect(isInside([5, 5], bay)).toBe(false);
  expect(isInside([20, 5], bay)).toBe(false);
});

test("areas are taken by their middle", () => {
  const areas = [area({ id: "in", dimensions: [4, 4, 1] }), area({ id: "out", dimensions: [4, 4, 1], position: [9, 0, 0] })];
  expect(areasIn(box(0, 0, 10, 10), areas, flat)).toEqual(["in"]);
});

test("voxels are taken through the depth of the area, without those that are cut away", () => {
  const cube = area({ dimensions: [3, 3, 2] });
  const found = voxelsIn(box(0, 0, 1, 2), cube, flat, ([, , z]) => z > 0);
  expect(found).toEqual({
    voxels: [
      [0, 0, 1],
      [0, 1, 1],
    ],
    of: 2,
  });
});
