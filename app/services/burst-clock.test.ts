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
    onOverload: () => {},
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
    onOverload: () => {},
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
    onOverload: () => {},
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
    onOverload: () => {},
  });
  expect(await burstClock.step(1000, { aborted: false })).toBe(10);
  expect(await burstClock.step(3, { aborted: false })).toBe(3);
});

test.each([1, 30, 1000])("bursts come every period at %i Hz", async (rateHz) => {
  const times = await starts(20, rateHz, () => 0);
  const period = 1000 / rateHz;
  // The turns of the event loop cost this clock a tenth of a millisecond each.
  for (const [i, time] of times.slice(1).entries()) expect(Math.abs(time - times[i]! - period)).toBeLessThan(0.25);
});

test("a rate that falls during a wait makes that wait longer, one that rises ends it", async () => {
  const times = await starts(4, 100, (burst, clock) => {
    if (burst === 2) setImmediate(() => (clock.rateHz = 10));
    return 1;
  });
  expect(gaps(times)).toEqual([10, 100, 100]);
});

/** Runs for `ms` of its own clock, a burst taking what `work` says, and tells every change of overload with its time. */
async function overloads(ms: number, rateHz: number, work: (now: number) => number) {
  const clock = testClock();
  const told: { at: number; overloaded: boolean }[] = [];
  const burstClock: BurstClock = new BurstClock({
    clock,
    rateHz,
    async beat() {
      clock.spend(work(clock.nowMs()));
      if (clock.nowMs() > ms) void burstClock.pause();
    },
    onFailure: () => {},
    onOverload: (overloaded) => told.push({ at: Math.round(clock.nowMs() / 1000), overloaded }),
  });
  burstClock.start();
  await expect.poll(() => burstClock.running).toBe(false);
  await burstClock.pause();
  return { told, late: burstClock.lateMs() };
}

test("overload is told after seconds of it, and its end as well", async () => {
  const { told } = await overloads(20_000, 30, (now) => (now < 8000 ? 50 : 5));
  expect(told.map(({ overloaded }) => overloaded)).toEqual([true, false]);
  expect(told[0]!.at).toBe(3);
  expect(told[1]!.at).toBeGreaterThanOrEqual(9);
});

test("one late burst is no overload, and counts as late", async () => {
  const { told, late } = await overloads(10_000, 30, (now) => (now > 2000 && now < 2030 ? 150 : 5));
  expect(told).toEqual([]);
  expect(late.max).toBeGreaterThan(110);
  expect(late.p99).toBeLessThan(1);
});

test("a pause ends an overload", async () => {
  expect((await overloads(4000, 30, () => 50)).told.at(-1)?.overloaded).toBe(false);
});
