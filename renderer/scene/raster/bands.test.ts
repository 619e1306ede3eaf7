import { expect, test } from "vitest";
import { area } from "../testing/areas.ts";
import { bandHead, bandsOf, columnOf, heightOf, neuronAt, rowAt, rowsOf } from "./bands.ts";

const ten = area({ id: "ten", dimensions: [10, 1, 1], firstNeuron: 100, index: 4 });
const thirty = area({ id: "thirty", dimensions: [30, 1, 1], firstNeuron: 200, index: 5 });
const plain = (one = ten) => ({ area: one, order: null, isFolded: false });

test("a small area has a row for every neuron, a large one shares rows", () => {
  const many = area({ dimensions: [250, 1, 1] });
  expect(bandsOf([plain()], 100, null)).toMatchObject([{ rows: 10, neuronsPerRow: 1, top: 0, height: 100 }]);
  expect(bandsOf([plain(many)], 100, null)).toMatchObject([{ rows: 84, neuronsPerRow: 3 }]);
  expect(rowsOf(bandsOf([], 100, null))).toBe(0);
});

test("several areas share the height by their neurons, each under its name; a folded one is a single row", () => {
  const height = 2 * bandHead + 400;
  expect(bandsOf([plain(), plain(thirty)], height, null)).toMatchObject([
    { top: bandHead, height: 100, firstRow: 0, rows: 10 },
    { top: 2 * bandHead + 100, height: 300, firstRow: 10, rows: 30 },
  ]);
  const [folded, open] = bandsOf([{ ...plain(), isFolded: true }, plain(thirty)], height, null);
  expect(folded).toMatchObject({ rows: 1, neuronsPerRow: 10 });
  expect(open!.height).toBe(400 - folded!.height);
});

test("a column says what share of each row fired, also in a last row that is not full", () => {
  const bands = bandsOf([plain()], 4, null);
  const column = columnOf(new Map([[4, [100, 101, 109]]]), bands);
  expect([...column].map((share) => Number(share.toFixed(2)))).toEqual([0.67, 0, 0, 1]);
});

test("an area that did not fire has an empty column", () => {
  expect([...columnOf(new Map(), bandsOf([plain()], 2, null))]).toEqual([0, 0]);
});

test("in another order a neuron's row, its height and what lies there are the same place", () => {
  const order = Uint32Array.from([7, 3, 0, 1, 2, 4, 5, 6, 8, 9]);
  const bands = bandsOf([{ ...plain(), order }], 100, null);
  expect([...columnOf(new Map([[4, [107]]]), bands)]).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  for (let neuron = 100; neuron < 110; neuron++) {
    const row = rowAt(bands, heightOf(bands, neuron)!)!;
    expect(neuronAt(row.band, row.from)).toBe(neuron);
  }
});

test("only some ranks of one area can be shown; the others and other areas have no row then", () => {
  const bands = bandsOf([plain(), plain(thirty)], 100, { area: "thirty", from: 5, to: 14 });
  expect(bands).toMatchObject([{ top: 0, height: 100, rows: 10, from: 5, count: 10 }]);
  expect(heightOf(bands, 205)).toBe(5);
  expect(heightOf(bands, 204)).toBeNull();
  expect(heightOf(bands, 105)).toBeNull();
});
