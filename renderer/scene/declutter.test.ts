import { expect, test } from "vitest";
import { declutter, type LabelWish, type Rect } from "./declutter.ts";

const rect = (x: number): Rect => ({ x, y: 0, width: 10, height: 10 });
const plenty = { labels: 10, lines: 10 };
const label = (x: number, priority: number): LabelWish => ({ places: [rect(x)], priority });

test("of two labels in one place the more important is shown", () => {
  expect([...declutter([label(0, 1), label(5, 2)], [], plenty).keys()]).toEqual([1]);
});

test("labels side by side are all shown, the important ones first", () => {
  expect([...declutter([label(0, 1), label(10, 3), label(20, 2)], [], plenty).keys()]).toEqual([1, 2, 0]);
});

test("a label hidden by another leaves its room to a third", () => {
  expect([...declutter([label(0, 3), label(5, 2), label(12, 1)], [], plenty).keys()]).toEqual([0, 2]);
});

test("no more than asked for are shown, and equals keep their order", () => {
  expect([...declutter([label(0, 1), label(10, 1), label(20, 1)], [], { labels: 2, lines: 2 }).keys()]).toEqual([0, 1]);
});

test("a label whose best place is taken stands in its next one", () => {
  const flexible = { places: [rect(0), rect(20)], priority: 1 };
  expect(declutter([label(0, 2), flexible], [], plenty)).toEqual(
    new Map([
      [0, 0],
      [1, 1],
    ]),
  );
});

test("a label keeps off other things, not off its own, and stays away where it would hide one", () => {
  const things = [rect(0), rect(20)];
  expect(declutter([{ places: [rect(20), rect(0), rect(40)], priority: 1, own: 0 }], things, plenty)).toEqual(new Map([[0, 1]]));
  expect(declutter([{ places: [rect(20)], priority: 1, own: 0 }], things, plenty).size).toBe(0);
  expect(declutter([{ places: [rect(20)], priority: 1, own: 0, must: true }], things, plenty).size).toBe(1);
});

test("a label stays where it was while another place is hardly better", () => {
  expect(declutter([{ places: [rect(0), rect(20)], priority: 1, before: 1 }], [], plenty)).toEqual(new Map([[0, 1]]));
  expect(declutter([{ places: [rect(0), rect(20)], priority: 1, before: 1 }], [rect(22)], plenty)).toEqual(new Map([[0, 0]]));
});

test("labels stay within the picture, and only so many stand apart from their thing", () => {
  const apart = (x: number): LabelWish => ({ places: [rect(-5), rect(x)], near: 1, priority: 1 });
  const within = { x: 0, y: 0, width: 100, height: 100 };
  expect([...declutter([apart(0), apart(20), apart(40)], [], { labels: 10, lines: 2, within })]).toEqual([
    [0, 1],
    [1, 1],
  ]);
});
