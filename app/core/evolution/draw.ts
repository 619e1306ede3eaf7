/** Chance in evolution: everything an individual draws follows from one key, so its place in a generation decides it and nothing else. */
import { Random } from "../development/random.ts";

export interface Draw {
  /** 0 <= x < 1. */
  unit(): number;
  chance(probability: number): boolean;
  /** Whole, 0 up to and without `bound`. */
  below(bound: number): number;
  pick<T>(from: readonly T[]): T;
  /** Around 0, within -1..1, small more often than large: a sum of three uniform numbers, which needs no transcendental function. */
  bell(): number;
}

export function drawOf(key: string): Draw {
  const random = new Random(key);
  const unit = () => random.next() / 2 ** 32;
  return {
    unit,
    chance: (probability) => unit() < probability,
    below: (bound) => random.below(bound),
    pick: (from) => from[random.below(from.length)]!,
    bell: () => ((unit() + unit() + unit()) * 2) / 3 - 1,
  };
}
