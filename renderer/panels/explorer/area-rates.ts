/**
 * How much of each area fires, measured from the frames that reached this window: firings per burst, taken twice a second.
 * Frames only add to counters; nothing renders in between. At rest the last figures stay, as the picture does, and who comes then
 * begins with the frames that the window still holds.
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { DecodedFrame } from "../../bridge/frame-decode.ts";
import type { FrameInbox } from "../../bridge/frame-inbox.ts";
import type { BrainStore } from "../../stores/brain-store.ts";

/** Firings per burst by area index. */
export type AreaRates = ReadonlyMap<number, number>;

const periodMs = 500;
/** Bursts of half a second at the usual rate. */
const lookBack = 15;

export function createAreaRates(): StoreApi<AreaRates> {
  return createStore<AreaRates>(() => new Map());
}

/** Fills `rates` until the returned function is called. */
export function measureAreaRates(
  frames: Pick<FrameInbox, "onFrames" | "recent">,
  brain: BrainStore,
  rates: StoreApi<AreaRates>,
): () => void {
  let counts = new Map<number, number>();
  let bursts = 0;
  const startOver = () => {
    counts = new Map();
    bursts = 0;
  };
  const count = (batch: readonly DecodedFrame[]) => {
    bursts += batch.length;
    for (const { sections } of batch) {
      for (const { area, ids } of sections) counts.set(area, (counts.get(area) ?? 0) + ids.length);
    }
  };
  const publish = () => {
    if (bursts === 0) return;
    rates.setState(new Map([...counts].map(([area, fired]) => [area, fired / bursts])), true);
    startOver();
  };
  count(frames.recent.frames.slice(-lookBack));
  publish();
  const stops = [
    frames.onFrames(count),
    // The areas of another brain have other indices.
    brain.subscribe((now, before) => {
      if (now.status?.generation === before.status?.generation) return;
      startOver();
      rates.setState(new Map(), true);
    }),
  ];
  const timer = setInterval(publish, periodMs);
  return () => {
    for (const stop of stops) stop();
    clearInterval(timer);
  };
}
