import { expect, test } from "vitest";
import { evaluate, shownNumber } from "./expression.ts";

test.each([
  ["12", 12],
  ["-0.5", -0.5],
  ["0,25", 0.25],
  [".5e2", 50],
  ["=128*2", 256],
  ["= (64 + 1) / 4", 16.25],
  ["2^3^2", 512],
  ["-2^2", -4],
  ["10 - 3 - 2", 5],
  ["−3", -3],
])("%s is %d", (text, value) => {
  expect(evaluate(text)).toBe(value);
});

test.each(["", "=", "12px", "1 2", "(1", "1)", "1/0", "alert(1)", "1,000,000"])("%j is no number", (text) => {
  expect(evaluate(text)).toBeNull();
});

test("a field shows what a person typed, not what a 32-bit float made of it", () => {
  expect(shownNumber(Math.fround(0.1))).toBe("0.1");
  expect(shownNumber(1234567)).toBe("1234567");
});
