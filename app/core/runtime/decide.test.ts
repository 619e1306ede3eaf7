import { describe, expect, test } from "vitest";
import { decide, type FeatureFlag, type Situation, windowKey, windowOf } from "./decide.ts";
import { bucketOf } from "./murmur3.ts";

const serve = (rolloutPct: number): FeatureFlag => ({ enabled: true, mode: "serve", rolloutPct });
const well: Situation = { forcedBy: null, available: true, autoDisabled: null };

test("buckets are those of the specification", () => {
  expect(bucketOf("burst_engine", "brain-001#0")).toBe(4804);
  expect(bucketOf("burst_engine", "brain-001#1")).toBe(9914);
  expect(bucketOf("burst_engine", "brain-001#8")).toBe(13);
  expect(bucketOf("burst_engine", "brain-002#0")).toBe(882);
  expect(bucketOf("message_router", "panel.firing")).toBe(3326);
  expect(bucketOf("pattern_search", "björk")).toBe(4809);
});

test("at 10 % exactly eight of the first hundred windows of brain-001 run on the candidate", () => {
  const native = Array.from({ length: 100 }, (_, w) => w).filter(
    (w) => decide("burst_engine", windowKey("brain-001", w), serve(10), well).value === "candidate",
  );
  expect(native).toEqual([8, 34, 38, 43, 63, 79, 86, 94]);
});

test("10 % of ten thousand keys enables 996, and 25 % disables none of them", () => {
  const enabled = (pct: number) =>
    new Set(
      Array.from({ length: 10_000 }, (_, k) => `k${k}`).filter(
        (key) => decide("burst_engine", key, serve(pct), well).value === "candidate",
      ),
    );
  const tenth = enabled(10);
  expect(tenth.size).toBe(996);
  const quarter = enabled(25);
  expect([...tenth].every((key) => quarter.has(key))).toBe(true);
});

test("a window is 256 bursts, counted from the first burst", () => {
  expect([0, 255, 256, 511, 512].map(windowOf)).toEqual([0, 0, 1, 1, 2]);
});

describe("reasons, in the order they are asked for", () => {
  const everything: Situation = { forcedBy: "GYRUS_FORCE_REFERENCE", available: false, override: "candidate", autoDisabled: "errors" };
  const cases: [string, FeatureFlag | null, Situation, string, string][] = [
    ["forced wins over all", serve(100), everything, "control", "FORCED"],
    ["then a missing candidate", serve(100), { ...everything, forcedBy: null }, "control", "UNAVAILABLE"],
    ["then an override", serve(0), { ...everything, forcedBy: null, available: true }, "candidate", "OVERRIDE"],
    ["then unreadable flags", null, well, "control", "ERROR"],
    ["then a feature that is off", { ...serve(100), enabled: false }, { ...well, autoDisabled: "errors" }, "control", "DISABLED"],
    ["then its own failures", serve(100), { ...well, autoDisabled: "errors" }, "control", "AUTO_DISABLED"],
    ["then none", serve(0), well, "control", "STATIC"],
    ["or all", serve(100), well, "candidate", "STATIC"],
    ["shadow serves nothing", { ...serve(100), mode: "shadow" }, well, "control", "STATIC"],
    ["then the bucket", serve(10), well, "control", "SPLIT"],
  ];
  test.each(cases)("%s", (_, flag, situation, value, reason) => {
    expect(decide("burst_engine", "brain-001#0", flag, situation)).toEqual({ value, reason, bucket: 4804 });
  });
});
