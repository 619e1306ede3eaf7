import fc from "fast-check";
import { expect, test } from "vitest";
import { ageLight, glowLight, type Light, type SceneArea } from "./scene-types.ts";
import { StampBook } from "./stamp-book.ts";
import { area, frame } from "./testing/areas.ts";

function glowing(book: StampBook, cursor: number) {
  const seen: [number, number, number][] = [];
  book.gather(cursor, (index, voxel, glow) => seen.push([index, voxel, Number(glow.toFixed(3))]));
  return seen;
}
function bookOf(...areas: SceneArea[]) {
  return bookIn(glowLight, ...areas);
}
function bookIn(light: Light, ...areas: SceneArea[]) {
  const book = new StampBook(light);
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

test("bricks and counts say what a walk over all voxels says, whatever fired when", () => {
  const cube = area({ dimensions: [10, 9, 8] });
  fc.assert(
    fc.property(fc.array(fc.uniqueArray(fc.nat(719), { maxLength: 60 }), { minLength: 1, maxLength: 30 }), (bursts) => {
      const book = bookOf(cube);
      book.scatter(bursts.map((ids, i) => frame(3 + i, { 0: ids.sort((a, b) => a - b) })));
      const cursor = 2 + bursts.length;
      const sums = new Map<number, number>();
      const grid = book.gridOf(0);
      let voxels = 0;
      book.gather(cursor, (_, voxel, glow) => {
        voxels++;
        sums.set(grid.brickOf(voxel), (sums.get(grid.brickOf(voxel)) ?? 0) + glow);
      });
      expect(book.glowing(0, cursor)).toBe(voxels);
      const seen = new Map<number, number>();
      book.gatherBricks(0, cursor, (brick, glow) => seen.set(brick, glow * grid.extent(brick).voxels));
      expect([...seen.keys()].sort()).toEqual([...sums.keys()].sort());
      for (const [brick, sum] of sums) expect(seen.get(brick)).toBeCloseTo(sum, 9);
    }),
  );
});

test("a sample visits every n-th firing, without a gap between bursts", () => {
  const book = bookOf(area());
  book.scatter([frame(1, { 0: [0, 1, 2, 3, 4] }), frame(2, { 0: [10, 11, 12, 13, 14] })]);
  const seen: number[] = [];
  book.gather(
    2,
    (_, voxel) => seen.push(voxel),
    () => 3,
  ); // the newest burst first
  expect(seen).toEqual([10, 13, 1, 4]);
});

test("of an area that is left out nothing is visited", () => {
  const book = bookOf(area());
  book.scatter([frame(1, { 0: [0, 1] })]);
  const seen: number[] = [];
  book.gather(
    1,
    (_, voxel) => seen.push(voxel),
    () => Number.POSITIVE_INFINITY,
  );
  expect(seen).toEqual([]);
});

test("the time since firing reaches farther back than the glow", () => {
  const book = bookIn(ageLight, area());
  book.scatter([frame(10, { 0: [5] })]);
  const seen: number[] = [];
  book.gather(50, (_, voxel) => seen.push(voxel));
  expect(seen).toEqual([5]);
  expect(book.glowing(0, 50)).toBe(1);
  expect(book.glowing(0, 80)).toBe(0);
});
