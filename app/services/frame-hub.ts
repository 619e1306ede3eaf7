/**
 * Hands firing frames to viewers. Each frame costs a viewer one credit; without credit it finds only the newest waiting and is
 * told how many it missed. Publishing never waits, so a slow window never slows the brain.
 *
 * Two engine buffers take turns: the newest frame rests in one while the engine writes the other. Viewers get copies.
 */
import { framePrefixWords, maxFrameCredit } from "#contracts/wire.ts";
import type { FrameSubscription } from "./lab.ts";

interface Viewer {
  sink(message: ArrayBuffer): void;
  credit: number;
  /** Frames that came and went without credit since the last delivery. */
  skipped: number;
  /** The newest frame was not delivered yet. */
  waiting: boolean;
}

export class FrameHub {
  readonly #viewers = new Set<Viewer>();
  #newest: { frame: Uint32Array; words: number; generation: number } | null = null;
  #spare: Uint32Array | null = null;

  /** A buffer for the next burst. Whoever does not publish it simply drops it. */
  take(words: number): Uint32Array {
    const spare = this.#spare;
    this.#spare = null;
    return spare && spare.length >= words ? spare : new Uint32Array(words);
  }

  publish(frame: Uint32Array, words: number, generation: number): void {
    this.#spare = this.#newest?.frame ?? null;
    this.#newest = { frame, words, generation };
    for (const viewer of this.#viewers) {
      if (viewer.waiting) viewer.skipped++;
      viewer.waiting = true;
      this.#deliver(viewer);
    }
  }

  /** The newest frame, valid until the next burst. */
  get newest(): Uint32Array | null {
    return this.#newest?.frame.subarray(0, this.#newest.words) ?? null;
  }

  /** A new brain: frames of the old one are not shown any more. */
  reset(): void {
    this.#newest = null;
    this.#spare = null;
    for (const viewer of this.#viewers) Object.assign(viewer, { waiting: false, skipped: 0 });
  }

  open(sink: (message: ArrayBuffer) => void): FrameSubscription {
    const viewer: Viewer = { sink, credit: 0, skipped: 0, waiting: this.#newest !== null };
    this.#viewers.add(viewer);
    return {
      credit: (frames) => {
        viewer.credit = Math.min(maxFrameCredit, viewer.credit + frames);
        this.#deliver(viewer);
      },
      close: () => void this.#viewers.delete(viewer),
    };
  }

  #deliver(viewer: Viewer): void {
    if (!viewer.waiting || viewer.credit === 0 || !this.#newest || !this.#viewers.has(viewer)) return;
    const { frame, words, generation } = this.#newest;
    const message = new Uint32Array(framePrefixWords + words);
    message[0] = viewer.skipped;
    message[1] = generation;
    message.set(frame.subarray(0, words), framePrefixWords);
    viewer.credit--;
    viewer.skipped = 0;
    viewer.waiting = false;
    try {
      viewer.sink(message.buffer);
    } catch {
      // A window that went away in this moment is no reason for the brain to stop.
      this.#viewers.delete(viewer);
    }
  }
}
