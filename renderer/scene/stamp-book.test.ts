import { expect, test } from "vitest";
import type { SceneArea } from "./scene-types.ts";
import { StampBook } from "./stamp-book.ts";
import { area, frame } from "./testing/areas.ts";

function glowing(book: StampBook, cursor: number) {
  const seen: [number, number, number][] = [];
  book.gather(cursor, (index, voxel, glow) => seen.push([index, voxel, Number(glow.toFixed(3))]));
  return seen;
}
function bookOf(...areas: SceneArea[]) {
  const book = new StampBook();
  book.setAreas(areas);
  return book;
}

test("a firing glows less with every burst and is silent in the end", () => {
  const book = bookOf(area());
  book.scatter([frame(10, { 0: [5] })]);
  expect(glowing(book, 10)).toEqual([[0, 5, 1]]);
  expect(glowing(book, 13)).toEqual([[0, 5, 0.368]]);
  expect(glowing(book, 40)).toEqual([]);
});

test("a voxel that fired again glows once, with its newest firing", () => {
  const book = bookOf(area());
  book.scatter([frame(10, { 0: [5, 6] }), frame(11, { 0: [5] })]);
  expect(glowing(book, 11)).toEqual([
    [0, 5, 1],
    [0, 6, 0.717],
  ]);
});

test("neurons of one voxel share its glow", () => {
  const book = bookOf(area({ neuronsPerVoxel: 3, firstNeuron: 100 }));
  book.scatter([frame(1, { 0: [103, 105, 106] })]);
  expect(glowing(book, 1)).toEqual([
    [0, 1, 1],
    [0, 2, 1],
  ]);
});

test("areas are found by their index in the engine; unknown areas and neurons are passed over", () => {
  const book = bookOf(area({ index: 7, firstNeuron: 100 }), area({ index: 2, firstNeuron: 0 }));
  book.scatter([frame(1, { 2: [3], 7: [101, 5000], 9: [1] })]);
  expect(glowing(book, 1)).toEqual([
    [1, 3, 1],
    [0, 1, 1],
  ]);
});

test("cleared stamps do not glow", () => {
  const book = bookOf(area());
  book.scatter([frame(1, { 0: [1] })]);
  book.clear();
  expect(glowing(book, 1)).toEqual([]);
});
