/**
 * How much of each area fires, measured from the frames that reached this window: the mean share of its neurons per burst,
 * taken twice a second. Frames only add to counters; nothing renders in between.
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { FrameInbox } from "../../bridge/frame-inbox.ts";

/** Firings per burst by area index. */
export type AreaRates = ReadonlyMap<number, number>;

const periodMs = 500;

export function measureAreaRates(frames: FrameInbox): { rates: StoreApi<AreaRates>; stop(): void } {
  const rates = createStore<AreaRates>(() => new Map());
  let counts = new Map<number, number>();
  let bursts = 0;
  const forget = frames.onFrames((batch) => {
    bursts += batch.length;
    for (const { sections } of batch) {
      for (const { area, ids } of sections) counts.set(area, (counts.get(area) ?? 0) + ids.length);
    }
  });
  const timer = setInterval(() => {
    // No burst, nothing new: at rest the last figures stay, as the picture does.
    if (bursts === 0) return;
    for (const [area, count] of counts) counts.set(area, count / bursts);
    rates.setState(counts, true);
    counts = new Map();
    bursts = 0;
  }, periodMs);
  return {
    rates,
    stop() {
      forget();
      clearInterval(timer);
    },
  };
}
