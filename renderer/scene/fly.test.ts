import { expect, test } from "vitest";
import { flown } from "./fly.ts";

test("held keys add up, opposite ones cancel, shift is faster", () => {
  expect(flown(["KeyW", "KeyD"], 1)).toEqual([0.8, 0, 0.8]);
  expect(flown(["KeyW", "KeyS"], 1)).toEqual([0, 0, 0]);
  expect(flown(["KeyE", "ShiftLeft"], 0.5)[1]).toBeCloseTo(1.2);
  expect(flown(["KeyX"], 1)).toEqual([0, 0, 0]);
});
