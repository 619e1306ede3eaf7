/**
 * The newest frames of one brain, in burst order, for the raster and for looking back. Bounded twice: by frames and by
 * firings, so that a brain that fires a million neurons a burst does not fill the window's memory.
 */
import type { DecodedFrame } from "./frame-decode.ts";

/** 8 M ids of four bytes = 32 MB. */
const mostFirings = 8_000_000;
const mostFrames = 256;

export class FrameRing {
  #frames: DecodedFrame[] = [];
  #firings = 0;

  /** Ascending by burst; not every burst is there: the host leaves frames out when the window is slow. */
  get frames(): readonly DecodedFrame[] {
    return this.#frames;
  }

  get latest(): DecodedFrame | undefined {
    return this.#frames.at(-1);
  }

  push(frame: DecodedFrame): void {
    if (this.latest && this.latest.generation !== frame.generation) this.clear();
    // A brain that came back from a checkpoint repeats bursts: the newer telling counts.
    while (this.latest && this.latest.burst >= frame.burst) this.#forget(this.#frames.pop()!);
    this.#frames.push(frame);
    this.#firings += frame.fired;
    while (this.#frames.length > 1 && (this.#frames.length > mostFrames || this.#firings > mostFirings))
      this.#forget(this.#frames.shift()!);
  }

  /** The frames of bursts from…to, both included. */
  between(from: number, to: number): DecodedFrame[] {
    return this.#frames.filter(({ burst }) => burst >= from && burst <= to);
  }

  clear(): void {
    this.#frames = [];
    this.#firings = 0;
  }

  #forget(frame: DecodedFrame): void {
    this.#firings -= frame.fired;
  }
}
