import { expect, test } from "vitest";
import { HealthSettings, HealthWindow, Timings, verdictOf } from "./health.ts";

const settings = HealthSettings.parse({});

function windowOf(attempts: number, failing: number, fellBack = failing): HealthWindow {
  const window = new HealthWindow(settings);
  for (let i = 0; i < attempts; i++) window.record({ atMs: 0, threw: i < failing, fellBack: i < fellBack });
  return window;
}
function timed(count: number, ms: number): Timings {
  const timings = new Timings();
  for (let i = 0; i < count; i++) timings.record(ms);
  return timings;
}
const quiet = new Timings();

test("2 % errors switch the candidate off, but not before 50 attempts", () => {
  expect(verdictOf(windowOf(49, 1).summary(0), quiet, quiet, settings).action).toBe("continue");
  expect(verdictOf(windowOf(50, 1).summary(0), quiet, quiet, settings)).toMatchObject({ action: "disable", alert: "error" });
});

test("fallbacks without errors take it back one stop above 10 %", () => {
  expect(verdictOf(windowOf(100, 0, 10).summary(0), quiet, quiet, settings).action).toBe("continue");
  expect(verdictOf(windowOf(100, 0, 11).summary(0), quiet, quiet, settings)).toMatchObject({ action: "back", alert: "investigate" });
});

test("a candidate that never failed has a fallback rate of 0, however few calls it was given", () => {
  expect(windowOf(100, 0).summary(0)).toEqual({ attempts: 100, fallbackRate: 0, errorRate: 0 });
});

test("attempts older than ten minutes are forgotten", () => {
  expect(windowOf(100, 50).summary(10 * 60_000 + 1).attempts).toBe(0);
});

test("only the newest 1,000 attempts count", () => {
  const window = windowOf(500, 500);
  for (let i = 0; i < 1000; i++) window.record({ atMs: 0, threw: false, fellBack: false });
  expect(window.summary(0)).toEqual({ attempts: 1000, fallbackRate: 0, errorRate: 0 });
});

test("a p95 more than 20 % slower takes it back, where a burst takes a millisecond or more", () => {
  const none = windowOf(0, 0).summary(0);
  expect(verdictOf(none, timed(60, 2.5), timed(60, 2), settings)).toMatchObject({ action: "back", alert: "performance" });
  expect(verdictOf(none, timed(60, 2.3), timed(60, 2), settings).action).toBe("continue");
  expect(verdictOf(none, timed(60, 0.9), timed(60, 0.1), settings).action).toBe("continue");
  expect(verdictOf(none, timed(60, 5), timed(60, 0.1), settings)).toMatchObject({ action: "back", alert: "performance" });
  expect(verdictOf(none, timed(60, 5), timed(10, 0.1), settings).action).toBe("continue");
  const interrupted = timed(60, 2);
  for (let i = 0; i < 10; i++) interrupted.record(20);
  expect(verdictOf(none, interrupted, timed(60, 2), settings).action).toBe("continue");
});

test("on a machine that others keep busy most bursts may be late; those that were not tell how quick an engine is", () => {
  const none = windowOf(0, 0).summary(0);
  const crowded = timed(20, 0.3);
  for (let i = 0; i < 40; i++) crowded.record(3);
  expect(verdictOf(none, crowded, timed(60, 0.3), settings).action).toBe("continue");
});

test("percentiles are by nearest rank over the newest executions", () => {
  const timings = new Timings(100);
  for (let ms = 1; ms <= 200; ms++) timings.record(ms);
  expect(timings.summary()).toEqual({ bursts: 100, p50Ms: 150, p95Ms: 195, p99Ms: 199 });
});
