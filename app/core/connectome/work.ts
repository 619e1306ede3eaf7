/** Work that breathes: generators that give their caller a turn every few milliseconds. */
import type { GrowthProgress } from "#contracts/genome.ts";
import { type Growth, progress } from "../development/growth.ts";

export type Work<T> = Generator<GrowthProgress, T, void>;

/** Runs work to its end. */
export function finished<T>(work: Generator<unknown, T, void>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

export const breath = (growth: Growth): GrowthProgress => progress(growth, "synaptogenesis", 1);

/** Goes on with work that breathes in another rhythm. */
export function* breathing<T>(growth: Growth, work: Generator<void, T, void>): Work<T> {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    yield breath(growth);
  }
}
