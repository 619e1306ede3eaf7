import fc from "fast-check";
import { expect, test } from "vitest";
import { decimate, within } from "./decimate.ts";
import { createPlotData, plotDataOf } from "./plot-data.ts";

const rising = (rows: number) => Array.from({ length: rows }, (_, i) => i);

test("a spike of one row is still there among a hundred thousand, and the picture holds few rows", () => {
  const values = rising(100_000).map((i) => (i === 70_001 ? 9 : i === 70_002 ? -9 : 0));
  const { x, y } = decimate(plotDataOf(rising(100_000), [values]).columns(), 300);
  expect(x.length).toBeLessThanOrEqual(2 * 301);
  const at = y[0]!.indexOf(9);
  // The peak came before the trough, so it is drawn before it.
  expect(y[0]![at + 1]).toBe(-9);
  expect([x[at]!, x[at + 1]!].map((burst) => Math.abs(burst - 70_001) < 1000)).toEqual([true, true]);
});

test("few rows are drawn as they are", () => {
  const { x, y } = decimate(plotDataOf([1, 2, 5], [[3, Number.NaN, 4]]).columns(), 10);
  expect([x, y]).toEqual([[1, 2, 5], [[3, null, 4]]]);
});

test("x ascends, no extreme is lost and none is invented, whatever the rows", () => {
  const value = fc.oneof(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), fc.constant(Number.NaN));
  const row = fc.record({ step: fc.integer({ min: 1, max: 50 }), a: value, b: value });
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 400 }), fc.integer({ min: 1, max: 60 }), (rows, most) => {
      let at = 0;
      const xs = rows.map(({ step }) => (at += step));
      const columns = [rows.map(({ a }) => a), rows.map(({ b }) => b)];
      const { x, y } = decimate(plotDataOf(xs, columns).columns(), most);
      expect(x.length).toBeLessThanOrEqual(2 * (most + 1));
      expect(x).toEqual([...x].sort((one, other) => one - other));
      for (const [i, column] of columns.entries()) {
        const known = column.filter((one) => !Number.isNaN(one));
        const drawn = y[i]!.filter((one) => one !== null);
        expect(y[i]!.length).toBe(x.length);
        expect([Math.min(...drawn), Math.max(...drawn)]).toEqual([Math.min(...known), Math.max(...known)]);
        expect(drawn.every((one) => known.includes(one))).toBe(true);
      }
    }),
  );
});

test("what is drawn of the past stays as it is while rows are appended", () => {
  const data = createPlotData(1);
  for (let i = 0; i < 4096; i++) data.append(i, [Math.sin(i)]);
  const before = decimate(data.columns(), 2000);
  for (let i = 4096; i < 4110; i++) data.append(i, [Math.sin(i)]);
  const after = decimate(data.columns(), 2000);
  expect(before.x.length).toBeLessThan(4096);
  expect([after.x.slice(0, before.x.length), after.y[0]!.slice(0, before.x.length)]).toEqual([before.x, before.y[0]]);
});

test("a stretch comes with a neighbour on either side, as far as there is one", () => {
  const { columns } = plotDataOf(rising(10), [rising(10)]);
  expect(Array.from(within(columns(), 3, 5).x)).toEqual([2, 3, 4, 5, 6]);
  expect(Array.from(within(columns(), 3.5, 4.5).x)).toEqual([3, 4, 5]);
  expect(Array.from(within(columns(), -5, 0).x)).toEqual([0, 1]);
  expect(Array.from(within(columns(), 8, 99).x)).toEqual([7, 8, 9]);
});

test("the newest rows are kept, and going back drops what is lived anew", () => {
  const data = createPlotData(2, 3);
  let told = 0;
  const stop = data.subscribe(() => told++);
  for (let i = 1; i <= 5; i++) data.append(i, [10 * i]);
  const shown = () => [Array.from(data.columns().x), ...data.columns().y.map((column) => Array.from(column))];
  expect(shown()).toEqual([
    [3, 4, 5],
    [30, 40, 50],
    [Number.NaN, Number.NaN, Number.NaN],
  ]);
  data.append(4, [44, 1]);
  expect(shown()).toEqual([
    [3, 4],
    [30, 44],
    [Number.NaN, 1],
  ]);
  stop();
  data.clear();
  expect([data.rows, told]).toEqual([0, 6]);
});
