/**
 * Seeded Poisson counts without state: the count of (seed, neuron, burst) is always the same, whatever was drawn before, so a run
 * can be replayed from any burst. Inverse transform on one hashed uniform number; exact for means up to about 20.
 */
import { pcg } from "./membrane.ts";

export function poissonCount(mean: number, seed: number, neuron: number, burst: number): number {
  const uniform = pcg(pcg(pcg(seed >>> 0) ^ (neuron >>> 0)) ^ (burst >>> 0)) / 2 ** 32;
  let term = Math.exp(-mean);
  let cumulative = term;
  let count = 0;
  while (uniform >= cumulative && count < 100) {
    count++;
    term *= mean / count;
    cumulative += term;
  }
  return count;
}

/** The most a Poisson table can hold: beyond it the probability of no event is no normal number any more. */
export const MAX_POISSON_MEAN = 700;

/**
 * The same draw as a table of thresholds: a uniform u32 counts as many events as there are entries <= it. Ascending; ends where
 * more events have no u32 left.
 */
export function poissonTable(mean: number): Uint32Array {
  const table: number[] = [];
  let term = Math.exp(-mean);
  let cumulative = term;
  for (let count = 1; mean > 0 && cumulative * 2 ** 32 <= 0xffffffff && count < 2 * MAX_POISSON_MEAN; count++) {
    table.push(Math.ceil(cumulative * 2 ** 32));
    term *= mean / count;
    cumulative += term;
  }
  return Uint32Array.from(table);
}
