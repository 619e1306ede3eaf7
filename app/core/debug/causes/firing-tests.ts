/** What a neuron must pass to fire, step by step as the engine asks. */
import { type FiringTest, real } from "#contracts/debug.ts";
import { NO_FIRE_LIMIT } from "#contracts/network.ts";
import { firesByChance, firingDraw } from "#core/engine/membrane.ts";

const MAX_U16 = 65_535;

export interface Standing {
  neuron: number;
  burst: number;
  alive: boolean;
  isCandidate: boolean;
  countdown: number;
  /** With the input. */
  potential: number;
  threshold: number;
  /** Upper end of the firing window, and what is held against it; null: there is none. */
  window: { limit: number; top: number; isBelow: boolean } | null;
  /** In a row. */
  fires: number;
  fireLimit: number;
  /** Without a limit fires count as well, up to what 16 bits hold. */
  countsUnlimited: boolean;
  excitability: number;
}

/** Up to the first that fails. */
export function testsOf(standing: Standing): FiringTest[] {
  const { neuron, burst, alive, isCandidate, countdown, potential, threshold, window, fires, fireLimit, excitability } = standing;
  const isLimited = fireLimit !== 0 && fireLimit !== NO_FIRE_LIMIT;
  const most = isLimited ? fireLimit : MAX_U16;
  const isCounted = isLimited || standing.countsUnlimited;
  const draw = firingDraw(neuron, burst);
  const steps: (() => FiringTest)[] = [
    () => test("alive", alive, alive ? 1 : 0, 1, alive ? "it is alive" : "it was deleted"),
    () => test("input", isCandidate, isCandidate ? 1 : 0, 1, isCandidate ? "something was added for it" : "nothing was added for it"),
    () =>
      test(
        "refractory",
        countdown === 0,
        countdown,
        0,
        countdown === 0 ? "it is not refractory" : `it is refractory, ${countdown} bursts left`,
      ),
    () =>
      test(
        "threshold",
        potential >= threshold,
        potential,
        threshold,
        `potential ${potential} ${potential >= threshold ? "≥" : "<"} threshold ${threshold}`,
      ),
    () => {
      if (window === null) return test("limit", true, potential, Number.POSITIVE_INFINITY, "its firing window has no upper end");
      const { limit, top, isBelow } = window;
      return test("limit", isBelow, top, limit, `potential ${top} ${isBelow ? "≤" : ">"} limit ${limit}`);
    },
    () => {
      if (!isCounted)
        return test("consecutive fires", true, fires, Number.POSITIVE_INFINITY, "it may fire in any number of bursts in a row");
      return test("consecutive fires", fires < most, fires, most, `${fires} fires in a row of at most ${most}`);
    },
    () => {
      const passes = firesByChance(excitability, neuron, burst);
      return test(
        "chance",
        passes,
        draw,
        excitability,
        `random draw ${draw.toPrecision(4)} ${passes ? "<" : "≥"} excitability ${excitability}`,
      );
    },
  ];
  const tests: FiringTest[] = [];
  for (const step of steps) {
    tests.push(step());
    if (!tests.at(-1)!.passed) break;
  }
  return tests;
}

export function test(name: FiringTest["name"], passed: boolean, value: number, bound: number, text: string): FiringTest {
  return { name, passed, value: real(value), bound: real(bound), text };
}
