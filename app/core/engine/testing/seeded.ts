/** Random choices from a seed, for generated networks. */
export interface Seeded {
  /** 0 <= x < 1. */
  unit(): number;
  /** Whole, least..most. */
  int(least: number, most: number): number;
  chance(probability: number): boolean;
  pick<T>(from: readonly T[]): T;
}

/** mulberry32 */
export function seeded(seed: number): Seeded {
  let state = seed | 0;
  const unit = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const int = (least: number, most: number) => least + Math.floor(unit() * (most - least + 1));
  return { unit, int, chance: (probability) => unit() < probability, pick: (from) => from[int(0, from.length - 1)]! };
}
