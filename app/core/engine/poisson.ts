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
