import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { followedRateHz, RateGate, subscribedRateHz } from "./rate-gate.ts";

interface GoldenCase {
  rate_hz: number;
  burst_hz: number;
  transport_ready: boolean[];
  sent: (boolean | null)[];
}
const golden: { cases: GoldenCase[] } = JSON.parse(readFileSync(new URL("golden/output_rate_gate.json", import.meta.url), "utf8"));

/** Burst by burst, whether a frame went out. */
function run(rateHz: number, burstHz: number, ready: readonly boolean[]): (boolean | null)[] {
  const gate = new RateGate();
  return ready.map((isReady) => {
    const isDue = gate.isDue(rateHz, burstHz);
    if (!isDue) return isDue;
    if (isReady) gate.sent();
    else gate.missed();
    return isReady;
  });
}

test.each(golden.cases.map((one) => [one.rate_hz, one.burst_hz, one] as const))(
  "%d Hz of %d Hz goes out as recorded",
  (rate, burst, one) => {
    expect(run(rate, burst, one.transport_ready)).toEqual(one.sent);
  },
);

test("the first burst sends, and over any time as many frames go out as the rate says, evenly", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 100, max: 1000 }), (rate, burst) => {
      const sent = run(rate, burst, new Array<boolean>(2000).fill(true));
      const count = sent.filter(Boolean).length;
      expect(sent[0]).toBe(true);
      expect(Math.abs(count - (2000 * rate) / burst)).toBeLessThanOrEqual(1);
      const gaps = sent.flatMap((is, i) => (is ? [i] : [])).flatMap((at, i, all) => (i === 0 ? [] : [at - all[i - 1]!]));
      if (gaps.length > 0) expect(Math.max(...gaps) - Math.min(...gaps)).toBeLessThanOrEqual(1);
    }),
  );
});

test("a long wait for the transport is not made up for", () => {
  const ready = [...new Array<boolean>(30).fill(false), ...new Array<boolean>(10).fill(true)];
  expect(run(50, 100, ready).slice(30)).toEqual([true, true, false, true, false, true, false, true, false, true]);
});

test("a subscriber gets the burst frequency unless it asks for less; more, or nothing, is refused", () => {
  expect([subscribedRateHz(undefined, 30), subscribedRateHz(10, 30)]).toEqual([30, 10]);
  for (const rate of [0, -1, 31, Number.NaN]) expect(() => subscribedRateHz(rate, 30)).toThrow("at most the burst frequency of 30 Hz");
});

test("when the burst frequency changes, a rate that equalled it follows and another stays", () => {
  expect(followedRateHz(30, { from: 30, to: 60 })).toBe(60);
  expect(followedRateHz(20, { from: 30, to: 10 })).toBe(20);
});
