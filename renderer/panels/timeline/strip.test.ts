import fc from "fast-check";
import { expect, test } from "vitest";
import { barFloor, barsPath, burstAt, diskUntil, leftOf, peakOf, stripWidth } from "./strip.ts";

const ranges = fc.tuple(fc.nat(1e6), fc.nat(5000)).map(([from, more]) => ({ from, to: from + more }));

test("the burst at the place of a burst is that burst, whatever part of the recording is shown", () => {
  fc.assert(
    fc.property(ranges, fc.double({ min: 0, max: 1, noNaN: true }), (range, share) => {
      const burst = burstAt(share, range);
      expect(burst).toBeGreaterThanOrEqual(range.from);
      expect(burst).toBeLessThanOrEqual(range.to);
      const middle = (leftOf(burst, range) + leftOf(burst + 1, range)) / 2 / stripWidth;
      expect(burstAt(middle, range)).toBe(burst);
    }),
  );
});

test("bars fill the width in parts, the tallest nearly the height, and silence draws nothing", () => {
  const activity = { from: 11, to: 15, every: 2, most: [3, 0, 6] };
  const path = barsPath(activity.most, peakOf(activity), activity);
  expect(path.match(/M/g)).toHaveLength(2);
  expect(path).toContain(`M0.0 ${barFloor}V`);
  expect(path).toContain(`M800.0 ${barFloor}V4.0`);
  expect(barsPath([0, 0], 0, activity)).toBe("");
});

test("a single firing among thousands is still seen", () => {
  expect(barsPath([1, 10_000], 10_000, { from: 1, to: 2, every: 1 })).toContain(`V${barFloor - 1.5}`);
});

test("what is on disk only is shaded up to the first burst in memory, as far as the strip shows it", () => {
  expect(diskUntil(51, { from: 1, to: 100 })).toBe(stripWidth / 2);
  expect(diskUntil(1, { from: 1, to: 100 })).toBeNull();
  expect(diskUntil(51, { from: 60, to: 100 })).toBeNull();
  expect(diskUntil(500, { from: 1, to: 100 })).toBe(stripWidth);
});
