import { expect, test } from "vitest";
import { area, frame } from "../testing/areas.ts";
import { bandsOf } from "./bands.ts";
import { firedOf, RasterColumns, wholeBursts } from "./columns.ts";

const one = area({ dimensions: [4, 1, 1], firstNeuron: 100, index: 4 });
const bandOf = (order: Uint32Array | null) => bandsOf([{ area: one, order, isFolded: false }], 4, null);

test("a burst left out stays untold between those that were told, and is told later", () => {
  const known = new RasterColumns();
  known.shape(bandOf(null), 10);
  known.tell(4, new Map([[4, [101]]]));
  known.tell(7, new Map([[4, [103]]]));
  expect([4, 5, 6, 7].map((burst) => known.at(burst) !== undefined)).toEqual([true, false, false, true]);
  known.tell(5, new Map());
  expect([...known.at(5)!.shares!]).toEqual([0, 0, 0, 0]);
  expect([known.first, known.last]).toEqual([4, 7]);
});

test("no more bursts are known than have a column", () => {
  const known = new RasterColumns();
  known.shape(bandOf(null), 3);
  for (let burst = 1; burst <= 9; burst++) known.tell(burst, new Map([[4, [100]]]));
  expect([known.first, known.last, known.oldest]).toEqual([7, 9, 7]);
  expect(known.at(6)).toBeUndefined();
});

test("another order of rows needs no reading; what could not be told is asked for again", () => {
  const known = new RasterColumns();
  known.shape(bandOf(null), 10);
  known.tell(1, new Map([[4, [100]]]));
  known.tell(2, null);
  known.shape(bandOf(Uint32Array.from([3, 2, 1, 0])), 10);
  expect([...known.at(1)!.shares!]).toEqual([0, 0, 0, 1]);
  expect(known.at(2)).toBeUndefined();
});

test("of a frame the areas shown are kept, as ids of their own", () => {
  const ids = frame(1, { 4: [100, 103], 5: [200] });
  const fired = firedOf(ids, [one]);
  expect([...fired.keys()]).toEqual([4]);
  expect(fired.get(4)).toEqual(new Uint32Array([100, 103]));
  expect(fired.get(4)).not.toBe(ids.sections[0]!.ids);
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
