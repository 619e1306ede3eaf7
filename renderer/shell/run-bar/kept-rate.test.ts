import { expect, test } from "vitest";
import { keptRate } from "./kept-rate.ts";

test.each([
  ["bursts of 50 ms", { p95: 50, achievedHz: 20 }, 18],
  ["quick bursts on a busy machine", { p95: 10, achievedHz: 20 }, 18],
  ["nothing measured yet", { p95: 0, achievedHz: 0 }, 1],
])("%s", (_, { p95, achievedHz }, rate) => expect(keptRate({ burstMs: { p50: p95, p95 }, achievedHz } as never)).toBe(rate));
