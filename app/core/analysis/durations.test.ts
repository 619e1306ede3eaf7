import { expect, test } from "vitest";
import { type BurstDuration, durationHistogram } from "./durations.ts";

const took = (engine: BurstDuration["engine"], ...nanos: number[]) => nanos.map((one) => ({ engine, nanos: one }));

test("bins are round, hold what their edges say, and each engine has its own", () => {
  const { binNanos, engines } = durationHistogram([...took("native", 0, 199_999, 200_000, 1_950_000), ...took("reference", 700_000)], 10);
  expect(binNanos).toBe(200_000);
  expect(engines).toEqual([
    {
      ...{ engine: "reference", bursts: 1, meanNanos: 700_000, medianNanos: 700_000, mostNanos: 700_000 },
      ...{ counts: [0, 0, 0, 1, 0, 0, 0, 0, 0, 0], longer: 0 },
    },
    {
      ...{ engine: "native", bursts: 4, meanNanos: 587_499.75, medianNanos: 199_999, mostNanos: 1_950_000 },
      ...{ counts: [2, 1, 0, 0, 0, 0, 0, 0, 0, 1], longer: 0 },
    },
  ]);
});

test("a burst that took long leaves the others their shape and is counted apart", () => {
  const usual = Array.from({ length: 99 }, (_, i) => 1_000_000 + i * 1000);
  const { fromNanos, binNanos, engines } = durationHistogram(took("native", ...usual, 4_000_000_000), 5);
  expect([fromNanos, binNanos]).toEqual([1_000_000, 20_000]);
  expect(engines[0]).toMatchObject({ longer: 1, mostNanos: 4_000_000_000 });
  expect(engines[0]!.counts).toEqual([20, 20, 20, 20, 19]);
});

test("of nothing there is no engine, and what took no time at all has one bin", () => {
  expect(durationHistogram([], 10).engines).toEqual([]);
  expect(durationHistogram(took("native", 0, 0), 10).engines[0]!.counts).toEqual([2]);
});
