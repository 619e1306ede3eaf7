import fc from "fast-check";
import { expect, test } from "vitest";
import { blockBursts, RollingSums, windowStart } from "./recent-sums.ts";
import { recentBursts, recentLight } from "./scene-types.ts";

/** The sum of one voxel, as bursts go on one after another. */
function sumOf() {
  const half = () => ({ value: 0 });
  const sums = new RollingSums(half(), half(), (sum) => {
    sum.value = 0;
  });
  return {
    fire: (burst: number) =>
      sums.add(burst, (into, weight) => {
        into.value = Math.fround(into.value + weight);
      }),
    at(burst: number) {
      const { sum, scale } = sums.at(burst);
      return sum.value * scale;
    },
    clear: () => sums.clear(),
  };
}

test("a firing counts one and falls to 1/e; firings add up", () => {
  const voxel = sumOf();
  voxel.fire(100);
  expect(voxel.at(100)).toBeCloseTo(1, 5);
  expect(voxel.at(100 + recentBursts)).toBeCloseTo(Math.exp(-1), 5);
  voxel.fire(100 + recentBursts);
  expect(voxel.at(100 + recentBursts)).toBeCloseTo(1 + Math.exp(-1), 5);
});

test("a voxel that fires in every burst comes to the full recent activity and stays there", () => {
  const voxel = sumOf();
  for (let burst = 0; burst < 1000; burst++) {
    voxel.fire(burst);
    if (burst > 4 * recentBursts) expect(recentLight.ofSum(voxel.at(burst))).toBeGreaterThan(0.98);
  }
});

test("what lies before the block before that of the burst is left out", () => {
  const voxel = sumOf();
  const start = 3 * blockBursts;
  voxel.fire(start - 1);
  voxel.fire(start);
  const last = start + 2 * blockBursts - 1;
  expect(windowStart(last)).toBe(start);
  expect(voxel.at(last)).toBeCloseTo(Math.exp((start - last) / recentBursts), 9);
  expect(voxel.at(last + 1)).toBe(0);
});

test("who goes to a burst has the same sum, to the last bit, as who played to it", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(600), { minLength: 1, maxLength: 200 }), fc.nat(700), (bursts, cursor) => {
      bursts.sort((a, b) => a - b);
      const [played, gone] = [sumOf(), sumOf()];
      for (const burst of bursts.filter((one) => one <= cursor)) {
        played.fire(burst);
        // Every burst is drawn.
        played.at(burst);
      }
      gone.fire(650);
      gone.clear();
      for (const burst of bursts.filter((one) => one <= cursor && one > cursor - recentLight.span)) gone.fire(burst);
      expect(gone.at(cursor)).toBe(played.at(cursor));
    }),
  );
});
