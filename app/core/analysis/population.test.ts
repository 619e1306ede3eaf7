import { describe, expect, test } from "vitest";
import { seeded } from "../engine/testing/seeded.ts";
import { IntervalHistogram, NeuronsAtInterval } from "./intervals.ts";
import { fanoFactor, powerSpectrum, synchrony } from "./population.ts";

const { unit } = seeded(11);
/** Bursts of neurons that each fire with probability p, whatever the others do: who fired in each. */
const independent = (neurons: number, p: number, bursts: number) =>
  Array.from({ length: bursts }, () => Uint32Array.from([...Array(neurons).keys()].filter(() => unit() < p)));
const spikesOf = (trains: Uint32Array[]) => {
  const spikes = new Map<number, number>();
  for (const ids of trains) for (const id of ids) spikes.set(id, (spikes.get(id) ?? 0) + 1);
  return [...spikes.values()];
};
const histogramOf = (trains: Uint32Array[], bins = 400) => {
  const histogram = new IntervalHistogram(bins);
  for (const [at, ids] of trains.entries()) histogram.add(at + 1, ids);
  return histogram;
};

describe("intervals", () => {
  test("of a clock are all of its period", () => {
    const clock = Array.from({ length: 60 }, (_, at) => Uint32Array.from(at % 6 === 0 ? [3, 9] : []));
    const { counts, longer, mean, cv } = histogramOf(clock, 10).statistics();
    expect(counts).toEqual([0, 0, 0, 0, 0, 18, 0, 0, 0, 0]);
    expect([longer, mean, cv]).toEqual([0, 6, 0]);
  });

  test("of independent firing are geometric: mean 1/p, and a coefficient of variation of the root of 1 - p", () => {
    const { mean, cv, counts } = histogramOf(independent(50, 0.1, 4000)).statistics();
    expect(mean).toBeCloseTo(10, 0);
    expect(cv).toBeCloseTo(Math.sqrt(0.9), 1);
    expect(counts[1]! / counts[0]!).toBeCloseTo(0.9, 1);
  });

  test("longer than the histogram are counted apart, and still in mean and spread", () => {
    const histogram = histogramOf([Uint32Array.of(1), new Uint32Array(0), Uint32Array.of(1)], 1);
    expect(histogram.statistics()).toEqual({ counts: [0], longer: 1, mean: 2, cv: 0 });
    expect(histogramOf([Uint32Array.of(4)]).statistics()).toMatchObject({ mean: null, cv: null });
  });

  test("of a length lead to the neurons that have them, and are as many as the histogram says", () => {
    const trains = independent(30, 0.1, 400);
    const { counts } = histogramOf(trains).statistics();
    const found = new NeuronsAtInterval(3, 5);
    for (const [at, ids] of trains.entries()) found.add(at + 1, ids);
    expect(found.intervals).toBe(counts[2]! + counts[3]! + counts[4]!);
    const slow = new NeuronsAtInterval(4, 4);
    for (const [burst, ids] of [
      [1, [7, 8]],
      [3, [8]],
      [5, [7, 8]],
    ] as const)
      slow.add(burst, Uint32Array.from(ids));
    expect([slow.intervals, [...slow.neurons]]).toEqual([1, [7]]);
  });
});

describe("counts", () => {
  test("of independent neurons have a Fano factor of 1 - p; of ones that fire together, of their number times that", () => {
    const counts = independent(40, 0.2, 4000).map(({ length }) => length);
    expect(fanoFactor(counts, 1)!).toBeCloseTo(0.8, 1);
    expect(
      fanoFactor(
        counts.map((count) => (count > 8 ? 40 : 0)),
        1,
      )!,
    ).toBeGreaterThan(10);
    expect([fanoFactor([1, 2, 3], 2), fanoFactor([0, 0, 0, 0], 2)]).toEqual([null, null]);
  });

  test("of independent neurons are as little synchronous as they are many, of identical ones wholly", () => {
    const apart = independent(50, 0.2, 4000);
    expect(
      synchrony(
        apart.map(({ length }) => length),
        spikesOf(apart),
        50,
      )!,
    ).toBeCloseTo(1 / 50, 2);
    const together = Array.from({ length: 100 }, (_, at) => Uint32Array.from(at % 5 === 0 ? [0, 1, 2] : []));
    expect(
      synchrony(
        together.map(({ length }) => length),
        spikesOf(together),
        3,
      )!,
    ).toBeCloseTo(1, 12);
    expect(synchrony([0, 0], [], 4)).toBeNull();
  });
});

describe("a power spectrum", () => {
  test("peaks at the rhythm, and its sum is the variance", () => {
    const counts = Array.from({ length: 1024 }, (_, n) => 20 + 8 * Math.cos((2 * Math.PI * n) / 8));
    const { power, segment, segments } = powerSpectrum(counts)!;
    expect([segment, segments]).toEqual([256, 7]);
    expect(power.indexOf(Math.max(...power))).toBe(segment / 8);
    expect(power.reduce((sum, value) => sum + value, 0) / segment).toBeCloseTo(8 ** 2 / 2, 6);
  });

  test("of independent firing is flat, at twice the variance", () => {
    const counts = independent(40, 0.2, 8192).map(({ length }) => length);
    const { power } = powerSpectrum(counts)!;
    const inner = power.slice(4, -4);
    const mean = inner.reduce((sum, value) => sum + value, 0) / inner.length;
    expect(mean / (2 * 40 * 0.2 * 0.8)).toBeCloseTo(1, 1);
    expect(Math.max(...inner)).toBeLessThan(3 * mean);
  });

  test("of a short recording has shorter segments, of a very short one there is none", () => {
    expect(powerSpectrum([...Array(40).keys()])!.segment).toBe(32);
    expect(powerSpectrum([1, 2, 3])).toBeNull();
  });
});
