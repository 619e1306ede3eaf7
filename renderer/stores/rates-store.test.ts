/** What the rates view asks of the host, and keeps. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { BrainStatus } from "#contracts/commands/brain.ts";
import { createRates } from "./rates-store.ts";
import { type Asked, askedBridge } from "./testing/asked-bridge.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const settle = () => vi.advanceTimersByTimeAsync(0);
const status = (burst: number) => ({ state: "paused", brainId: "b", generation: 1, burst }) as BrainStatus;

/** A host whose recording ends at `last`, and in which every tenth burst took long. */
function host(recording: { first: number; last: number }) {
  const answers: Record<string, (asked: Asked["input"]) => unknown> = {
    "time.recording": () => recording,
    "analysis.rates": ({ from, to }) => ({ from, to, every: 1, areas: [{ rate: [0.5] }] }),
    "analysis.intervals": ({ from, to, area }) => ({ from, to, area }),
    "analysis.spectrum": () => ({}),
    "analysis.durations": ({ from, to }) => ({ from, to }),
    "analysis.burstsLasting": ({ from, to }) => ({
      bursts: Array.from({ length: Number(to) - Number(from) + 1 }, (_, i) => Number(from) + i).filter((burst) => burst % 10 === 0),
    }),
  };
  const { bridge, asked } = askedBridge(({ name, input }) => answers[name]?.(input));
  return { rates: createRates(bridge), asked };
}

test("the newest recorded bursts are shown, wherever the brain stands among them", async () => {
  const { rates, asked } = host({ first: 101, last: 600 });
  rates.lookAt(["a"]);
  rates.setReach(200);
  rates.watch();
  rates.follow(status(450));
  await settle();
  expect(asked.find(({ name }) => name === "analysis.durations")?.input).toEqual({ from: 401, to: 600 });
  expect(rates.store.getState()).toMatchObject({ from: 401, to: 600 });
});

test("bursts that were picked by how long they took stay those of what is shown", async () => {
  const recording = { first: 1, last: 45 };
  const { rates, asked } = host(recording);
  rates.lookAt(["a"]);
  rates.watch();
  rates.follow(status(45));
  await settle();
  expect(await rates.pickLasting(2, null)).toBe(10);
  expect(asked.at(-1)?.input).toEqual({ from: 1, to: 45, leastMs: 2 });
  recording.last = 60;
  rates.follow(status(60));
  await vi.advanceTimersByTimeAsync(1000);
  expect(rates.store.getState().lasting).toEqual({ leastMs: 2, belowMs: null, bursts: [10, 20, 30, 40, 50, 60] });
});
