import { expect, test } from "vitest";
import { type GateFacts, GateSettings, gatesOf, stageAfter, stageBefore } from "./gates.ts";

const wanted = GateSettings.parse({});
const good: GateFacts = {
  executions: 1000,
  minutes: 10,
  errorRate: 0,
  controlErrorRate: 0,
  parityBursts: 1000,
  mismatches: 0,
  referenceP50Ms: 2,
  speedup: 3,
  openAlerts: 0,
};
const failing = (facts: Partial<GateFacts>, settings = wanted) =>
  gatesOf({ ...good, ...facts }, settings)
    .filter(({ ok }) => !ok)
    .map(({ name }) => name);

test("each gate fails by its own figure only", () => {
  expect(failing({})).toEqual([]);
  expect(failing({ executions: 999 })).toEqual(["Executions"]);
  expect(failing({ minutes: 9.9 })).toEqual(["Time"]);
  expect(failing({ errorRate: 0.0005 })).toEqual(["Errors"]);
  expect(failing({ mismatches: 1 })).toEqual(["Parity"]);
  expect(failing({ parityBursts: 10 })).toEqual(["Parity"]);
  expect(failing({ speedup: 0.9 })).toEqual(["Speed"]);
  expect(failing({ openAlerts: 1 })).toEqual(["Alerts"]);
});

test("thresholds are settings", () => {
  expect(
    failing({ executions: 5, minutes: 0, parityBursts: 0 }, GateSettings.parse({ executions: 5, minutes: 0, parityBursts: 0 })),
  ).toEqual([]);
});

test("speed is not asked of a brain whose bursts are too short to notice", () => {
  expect(failing({ speedup: 0.5, referenceP50Ms: 0.2 })).toEqual([]);
});

test("stages go 0, 10, 100 and back one by one", () => {
  expect([0, 10, 100].map(stageAfter)).toEqual([10, 100, null]);
  expect([0, 10, 100].map(stageBefore)).toEqual([null, 0, 10]);
});
