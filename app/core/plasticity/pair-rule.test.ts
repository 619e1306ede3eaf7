import { expect, test } from "vitest";
import type { StdpProjection } from "#contracts/network.ts";
import { createReferenceEngine } from "../engine/reference/reference-engine.ts";
import { generateLif } from "../engine/testing/generated-lif.ts";
import { seeded } from "../engine/testing/seeded.ts";
import { patchOf } from "../engine/testing/tiny-network.ts";
import { decayOver, decayTables, depressed, facilitated } from "./pair-rule.ts";

const plus = decayTables(1, 17);
const minus = decayTables(1, 29);
const rule = (changes: Partial<StdpProjection> = {}): StdpProjection => ({
  sourceArea: 3,
  targetArea: 7,
  lambda: 0.01,
  alpha: 0.8,
  maxWeight: 10,
  muPlus: 0,
  muMinus: 0,
  plusLow: plus.low,
  plusHigh: plus.high,
  minusLow: minus.low,
  minusHigh: minus.high,
  ...changes,
});

test("decay over any stretch is the exponential, and ends after a million steps", () => {
  for (const steps of [0, 1, 17, 1023, 1024, 5000, 20_000])
    expect(decayOver(steps, plus.low, plus.high)).toBeCloseTo(Math.exp(-steps / 17), 14);
  expect(decayOver(1024 * 1024, plus.low, plus.high)).toBe(0);
});

test("a weight changes by its window, scaled by what is left to either end", () => {
  expect(facilitated(4, 0.5, rule())).toBeCloseTo(4 + 10 * 0.01 * 0.5, 12);
  expect(facilitated(4, 0.5, rule({ muPlus: 1 }))).toBeCloseTo(4 + 10 * 0.01 * 0.6 * 0.5, 12);
  expect(depressed(4, 0.5, rule())).toBeCloseTo(4 - 10 * 0.8 * 0.01 * 0.5, 12);
  expect(depressed(4, 0.5, rule({ muMinus: 1 }))).toBeCloseTo(4 - 10 * 0.8 * 0.01 * 0.4 * 0.5, 12);
});

test("a weight stays between 0 and its maximum, of either sign", () => {
  for (const maxWeight of [10, -10]) {
    expect(facilitated(0.999 * maxWeight, 5, rule({ maxWeight }))).toBe(maxWeight);
    expect(depressed(0.001 * maxWeight, 5, rule({ maxWeight }))).toBe(0);
    expect(facilitated(0, 0, rule({ maxWeight }))).toBe(0);
  }
});

/**
 * The closed formula: every pair of a spike sent in t and a target's spike in s, with the delay d on the way back, adds
 * lambda exp(-(s + d - t) / tau_plus) if s + d > t, and takes alpha lambda exp(-(t - s - d) / tau_minus) if s + d < t.
 */
function sumOverPairs(pre: readonly number[], post: readonly number[], delay: number): number {
  const last = pre.at(-1)!;
  let weight = 5;
  for (const t of pre) {
    for (const s of post) {
      const late = s + delay - t;
      if (late > 0 && s + delay <= last) weight += 10 * 0.01 * Math.exp(-late / 17);
      if (late < 0) weight -= 10 * 0.8 * 0.01 * Math.exp(late / 29);
    }
  }
  return weight;
}

test("an engine's weight is the sum over all pairs of spikes, whatever their order", () => {
  const random = seeded(21);
  const spikes = () => [...new Set(Array.from({ length: 40 }, () => random.int(2, 400)))].sort((a, b) => a - b);
  const [pre, post] = [[...spikes(), 410], spikes()];
  expect(learned(pre, post, 4)).toBeCloseTo(sumOverPairs(pre, post, 4), 10);
});

test("it is so too after more spikes of a target than it keeps for a source that is silent", () => {
  const [pre, post] = [[1, 3000], Array.from({ length: 1300 }, (_, i) => i + 2)];
  expect(learned(pre, post, 4)).toBeCloseTo(sumOverPairs(pre, post, 4), 9);
});

/** Weight after the last spike of a source, of two neurons made to fire in given bursts. */
function learned(pre: readonly number[], post: readonly number[], delay: number): number {
  const engine = createReferenceEngine();
  engine.load(pair(delay));
  const frame = new Uint32Array(engine.frameWords);
  const bursts = [new Set(pre), new Set(post)];
  for (let burst = 1; burst <= pre.at(-1)!; burst++) {
    for (const [id, spikes] of bursts.entries()) if (spikes.has(burst)) engine.apply(patchOf("forceFire", [[3, 7][id]!, 0, 0, 0, 1], [4]));
    engine.burstIntoSync(frame);
  }
  return engine.weightsOf(Uint32Array.of(0))[0]!;
}

function pair(delay: number) {
  const image = generateLif(seeded(1));
  const set = { threshold: 100, reset: 0, decay: 0.9, drive: 0, refractorySteps: 0, poissonWeight: 0, restingPotential: 0 };
  return {
    ...image,
    parameters: [{ ...set, poissonTable: new Uint32Array(0) }],
    neurons: {
      count: 2,
      area: Uint32Array.of(3, 7),
      x: new Uint32Array(2),
      y: new Uint32Array(2),
      z: new Uint32Array(2),
      potential: new Float64Array(2),
      parameterSet: new Uint16Array(2),
    },
    synapses: { count: 1, source: Uint32Array.of(0), target: Uint32Array.of(1), weight: Float32Array.of(5), delay: Uint8Array.of(delay) },
    projections: [rule()],
  };
}
