import { expect, test } from "vitest";
import { isReadable } from "./readable.ts";

const at = (x: number, y: number) => ({ x, y, width: 150, height: 34 });

test("nodes side by side are read where they are", () => {
  expect(isReadable([at(0, 0), at(240, 0), at(480, 60)])).toBe(true);
  expect(isReadable([])).toBe(true);
});

test("nodes on one spot are not, and neither are nodes further apart than a window shows", () => {
  expect(isReadable([at(0, 0), at(0, 0), at(10, 5)])).toBe(false);
  expect(isReadable([at(-4131, -1287), at(0, 0), at(3000, 900)])).toBe(false);
});
