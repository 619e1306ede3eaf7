import fc from "fast-check";
import { expect, test } from "vitest";
import type { DecodedFrame } from "../bridge/frame-decode.ts";
import { recentActivity } from "./lookback.ts";
import { RecentBook } from "./recent-book.ts";
import { recentLight } from "./scene-types.ts";
import { area, frame } from "./testing/areas.ts";

const cube = area({ dimensions: [10, 9, 8] });
const bookOf = (...areas: Parameters<RecentBook["setAreas"]>[0]) => {
  const book = new RecentBook();
  book.setAreas(areas);
  return book;
};
/** Area, voxel and light of all that is seen, in the order in which it is drawn. */
function seenIn(book: RecentBook, cursor: number) {
  const seen: [number, number, number][] = [];
  book.gather(cursor, (index, voxel, light) => seen.push([index, voxel, light]));
  return seen;
}
const bursts = fc.array(fc.uniqueArray(fc.nat(719), { maxLength: 12 }), { minLength: 1, maxLength: 300 });
const framesOf = (fired: number[][]): DecodedFrame[] => fired.map((ids, burst) => frame(burst, { 0: ids.sort((a, b) => a - b) }));

test("a voxel that fired more often lately gives more light, and less with every burst; in the end it is not seen", () => {
  const book = bookOf(area());
  book.scatter([frame(10, { 0: [5, 6] }), frame(11, { 0: [5] }), frame(12, { 0: [5] })]);
  const lights = (burst: number) => seenIn(book, burst).map(([, , light]) => light);
  const [often, once] = lights(12);
  expect(once).toBeGreaterThan(0.2);
  expect(often).toBeGreaterThan(1.7 * once!);
  expect(lights(20)[0]).toBeLessThan(often!);
  expect(lights(20)[1]).toBeLessThan(once!);
  expect(lights(63)).toHaveLength(1);
  expect(lights(127)).toEqual([]);
});

test("neurons of one voxel add up; areas are found by their index in the engine; what belongs to none is passed over", () => {
  const book = bookOf(area({ index: 7, firstNeuron: 100, neuronsPerVoxel: 3 }), area({ index: 2 }));
  book.scatter([frame(1, { 2: [3], 7: [101, 102, 5000], 9: [1] })]);
  const seen = seenIn(book, 1);
  expect(seen.map(([index, voxel]) => [index, voxel])).toEqual([
    [0, 0],
    [1, 3],
  ]);
  expect(seen[0]![2]).toBeCloseTo(recentLight.ofSum(2), 5);
  expect(seen[1]![2]).toBeCloseTo(recentLight.ofSum(1), 5);
});

test("who goes to a burst sees the same voxels in the same light and order as who played to it", () => {
  fc.assert(
    fc.property(bursts, fc.nat(299), (fired, at) => {
      const cursor = Math.min(at, fired.length - 1);
      const frames = framesOf(fired);
      const played = bookOf(cube);
      for (const one of frames.slice(0, cursor + 1)) {
        played.scatter([one]);
        played.glowing(0, one.burst);
      }
      const gone = bookOf(cube);
      gone.scatter(frames);
      gone.clear();
      gone.scatter(frames.slice(Math.max(0, cursor + 1 - recentLight.span), cursor + 1));
      expect(seenIn(gone, cursor)).toEqual(seenIn(played, cursor));
    }),
    { numRuns: 30 },
  );
});

test("counts, bricks and the card of a voxel say what a walk over all voxels says", () => {
  fc.assert(
    fc.property(bursts, (fired) => {
      const frames = framesOf(fired);
      const cursor = frames.length - 1;
      const book = bookOf(cube);
      book.scatter(frames);
      const grid = book.gridOf(0);
      const sums = new Map<number, number>();
      const seen = seenIn(book, cursor);
      for (const [, voxel, light] of seen) {
        expect(recentLight.ofSum(recentActivity(frames, cube, voxel, cursor))).toBeCloseTo(light, 4);
        sums.set(grid.brickOf(voxel), (sums.get(grid.brickOf(voxel)) ?? 0) + light);
      }
      expect(book.glowing(0, cursor)).toBe(seen.length);
      const bricks = new Map<number, number>();
      book.gatherBricks(0, cursor, (brick, light) => bricks.set(brick, light * grid.extent(brick).voxels));
      expect([...bricks.keys()].sort()).toEqual([...sums.keys()].sort());
      for (const [brick, sum] of sums) expect(bricks.get(brick)).toBeCloseTo(sum, 9);
    }),
    { numRuns: 30 },
  );
});

test("a sample takes every n-th voxel, and of an area that is left out none", () => {
  const book = bookOf(area(), area({ index: 1, firstNeuron: 24 }));
  book.scatter([frame(1, { 0: [0, 1, 2, 3, 4], 1: [30] })]);
  const seen: number[] = [];
  book.gather(
    1,
    (_, voxel) => seen.push(voxel),
    (index) => (index === 0 ? 2 : Number.POSITIVE_INFINITY),
  );
  expect(seen).toEqual([0, 2, 4]);
});
