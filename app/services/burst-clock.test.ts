import { expect, test } from "vitest";
import { BurstClock } from "./burst-clock.ts";
import type { LabClock } from "./ports.ts";

/** A clock that only moves when somebody waits, so a test says exactly what time it is. */
function testClock() {
  let now = 0;
  const clock: LabClock & { spend(ms: number): void } = {
    nowMs: () => now,
    time: () => new Date(now).toISOString(),
    sleep(ms) {
      now += ms;
      return { done: Promise.resolve(), wake() {} };
    },
    breathe() {
      now += 0.1;
      return new Promise((resolve) => setImmediate(resolve));
    },
    spend(ms) {
      now += ms;
    },
  };
  return clock;
}

/** Runs until `bursts` bursts have begun; returns the times they began at. */
async function starts(bursts: number, rateHz: number, work: (burst: number, clock: BurstClock) => number): Promise<number[]> {
  const clock = testClock();
  const began: number[] = [];
  const burstClock = new BurstClock({
    clock,
    rateHz,
    async beat() {
      began.push(clock.nowMs());
      clock.spend(work(began.length, burstClock));
      if (began.length === bursts) void burstClock.pause();
    },
    onFailure: (error) => {
      throw error;
    },
  });
  burstClock.start();
  await expect.poll(() => burstClock.running).toBe(false);
  return began;
}

const gaps = (times: number[]) => times.slice(1).map((time, i) => Math.round(time - times[i]!));

test("the period counts from the start of an iteration", async () => {
  expect(gaps(await starts(5, 10, () => 30))).toEqual([100, 100, 100, 100]);
});

test("a late burst starts the next at once and nothing is caught up", async () => {
  expect(gaps(await starts(5, 10, (burst) => (burst === 2 ? 350 : 10)))).toEqual([100, 350, 100, 100]);
});

test("the rate can change while running", async () => {
  const times = await starts(5, 10, (burst, clock) => {
    if (burst === 3) clock.rateHz = 100;
    return 1;
  });
  expect(gaps(times)).toEqual([100, 100, 10, 10]);
});

test("the achieved rate is that of the last second", async () => {
  const clock = testClock();
  let bursts = 0;
  const burstClock = new BurstClock({
    clock,
    rateHz: 20,
    async beat() {
      bursts++;
    },
    onFailure: () => {},
  });
  expect(burstClock.achievedHz()).toBe(0);
  burstClock.start();
  await expect.poll(() => bursts).toBeGreaterThan(50);
  expect(Math.round(burstClock.achievedHz())).toBe(20);
  await burstClock.pause();
  expect(burstClock.achievedHz()).toBe(0);
});

test("a burst that fails stops the clock and is told", async () => {
  const failures: unknown[] = [];
  const burstClock = new BurstClock({
    clock: testClock(),
    rateHz: 100,
    beat: async () => {
      throw new Error("worn out");
    },
    onFailure: (error) => failures.push(error),
  });
  burstClock.start();
  await expect.poll(() => failures).toHaveLength(1);
  expect(burstClock.running).toBe(false);
  await expect(burstClock.step(5, { aborted: false })).rejects.toThrow("worn out");
  expect(failures).toHaveLength(2);
  expect(burstClock.stepping).toBe(false);
});

test("pausing ends a long step on a burst boundary", async () => {
  let bursts = 0;
  const burstClock = new BurstClock({
    clock: testClock(),
    rateHz: 100,
    beat: async () => {
      if (++bursts === 10) void burstClock.pause();
    },
    onFailure: () => {},
  });
  expect(await burstClock.step(1000, { aborted: false })).toBe(10);
  expect(await burstClock.step(3, { aborted: false })).toBe(3);
});
