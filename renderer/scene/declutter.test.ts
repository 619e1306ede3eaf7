import { expect, test } from "vitest";
import { declutter, type LabelBox } from "./declutter.ts";

const label = (x: number, priority: number): LabelBox => ({ x, y: 0, width: 10, height: 10, priority });

test("of two labels in one place the more important is shown", () => {
  expect([...declutter([label(0, 1), label(5, 2)], 10)]).toEqual([1]);
});

test("labels side by side are all shown, the important ones first", () => {
  expect([...declutter([label(0, 1), label(10, 3), label(20, 2)], 10)]).toEqual([1, 2, 0]);
});

test("a label hidden by another leaves its room to a third", () => {
  expect(declutter([label(0, 3), label(5, 2), label(12, 1)], 10)).toEqual(new Set([0, 2]));
});

test("no more than asked for are shown, and equals keep their order", () => {
  expect([...declutter([label(0, 1), label(10, 1), label(20, 1)], 2)]).toEqual([0, 1]);
});
