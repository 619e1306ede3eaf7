/** Drives a growth in slices of a few milliseconds, so that the host stays responsive, and tells how far it is. */
import { LabError } from "#contracts/errors.ts";
import type { GrowthProgress } from "#contracts/genome.ts";
import type { LabClock } from "./ports.ts";

const SLICE_MS = 8;
/** About 30 announcements a second, besides one for each finished area. */
const ANNOUNCE_MS = 33;

export interface GrowthDriver {
  clock: LabClock;
  announce(progress: GrowthProgress): void;
  isCancelled(): boolean;
}

/** Runs `growth` to its end, or rejects with E_CANCELLED; nothing outside has changed then. */
export async function drive<T>(growth: Generator<GrowthProgress, T, void>, driver: GrowthDriver): Promise<T> {
  const { clock, announce, isCancelled } = driver;
  let sliceStart = clock.nowMs();
  let announced = Number.NEGATIVE_INFINITY;
  let stage = "";
  for (;;) {
    const { done, value } = growth.next();
    if (done) return value;
    const now = clock.nowMs();
    if (value.finishedArea || value.stage !== stage || value.done === 1 || now - announced >= ANNOUNCE_MS) {
      announce(value);
      [announced, stage] = [now, value.stage];
    }
    if (now - sliceStart >= SLICE_MS) {
      await clock.breathe();
      sliceStart = clock.nowMs();
    }
    if (isCancelled()) {
      growth.return(undefined as never);
      throw new LabError("E_CANCELLED", "The growth was cancelled", {});
    }
  }
}
