/**
 * What the firing frames tell in numbers. Frames come a hundred a second; this store changes at most four times a second, so
 * a panel that shows it renders four times a second and not for every burst.
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { FrameInbox } from "../bridge/frame-inbox.ts";

interface FrameStats {
  /** Newest burst shown, null before the first. */
  burst: number | null;
  /** Firings of that burst. */
  fired: number;
  /** Frames shown and left out since the brain was loaded. */
  shown: number;
  skipped: number;
  framesPerSecond: number;
  /** Engine time of the newest burst. */
  engineMs: number;
  /** ms since 1970. */
  lastFrameAt: number | null;
  /** Newest burst in which anything fired. */
  lastFiredBurst: number | null;
}
export type FrameStatsStore = StoreApi<FrameStats>;

const updateMs = 250;

function emptyFrameStats(): FrameStats {
  return { burst: null, fired: 0, shown: 0, skipped: 0, framesPerSecond: 0, engineMs: 0, lastFrameAt: null, lastFiredBurst: null };
}

export interface FrameStatsCounter {
  store: FrameStatsStore;
  /** Another brain is on the bench: what was counted was of the one before. */
  follow(generation: number): void;
  close(): void;
}

export function createFrameStatsStore(frames: FrameInbox): FrameStatsCounter {
  const store = createStore<FrameStats>(() => emptyFrameStats());
  let next = emptyFrameStats();
  let generation = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let publishedAt = 0;
  let shownBefore = 0;

  const publish = () => {
    const now = performance.now();
    const seconds = (now - publishedAt) / 1000;
    // After a pause the first figure would average the pause in; it starts over instead.
    const framesPerSecond = seconds < 2 ? (next.shown - shownBefore) / seconds : 0;
    publishedAt = now;
    // One more update a moment after the last frame, so that the rate falls to zero at rest.
    timer = next.shown !== shownBefore ? setTimeout(publish, updateMs) : undefined;
    shownBefore = next.shown;
    store.setState({ ...next, framesPerSecond });
  };
  const startOver = (of: number) => {
    generation = of;
    next = emptyFrameStats();
    shownBefore = 0;
  };
  const stop = frames.onFrames((batch) => {
    for (const frame of batch) {
      if (frame.generation !== generation) startOver(frame.generation);
      next = {
        ...next,
        burst: frame.burst,
        fired: frame.fired,
        shown: next.shown + 1,
        skipped: next.skipped + frame.skipped,
        engineMs: frame.engineNanos / 1e6,
        lastFrameAt: Date.now(),
        lastFiredBurst: frame.fired > 0 ? frame.burst : next.lastFiredBurst,
      };
    }
    timer ??= setTimeout(publish, Math.max(0, publishedAt + updateMs - performance.now()));
  });
  return {
    store,
    follow(of) {
      if (of === generation) return;
      startOver(of);
      store.setState(next);
    },
    close() {
      stop();
      clearTimeout(timer);
    },
  };
}
