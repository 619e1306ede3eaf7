/**
 * The burst clock: runs bursts at 1 Hz to 1 kHz, pauses and steps exactly on a burst boundary.
 *
 * The period counts from the start of an iteration. A late burst starts the next at once and what was missed is not made up for.
 * Between two bursts the event loop always gets a turn. Source: spec/burst-engine.md section 10.1.
 */
import type { AbortSignalLike } from "#contracts/command.ts";
import type { LabClock } from "./ports.ts";

/** Timers wake up to about this late; the rest of a wait is spent turning the event loop over. */
const TIMER_SLACK_MS = 1.5;
const MARKS = 2048;

export interface BurstClockOptions {
  clock: LabClock;
  rateHz: number;
  /** Runs one burst. */
  beat(): Promise<void>;
  /** A burst failed for good; the clock has stopped. */
  onFailure(error: unknown): void;
}

export class BurstClock {
  readonly #options: BurstClockOptions;
  readonly #starts = new Float64Array(MARKS);
  #started = 0;
  #rateHz: number;
  #loop: Promise<void> | null = null;
  #running = false;
  #stepping: { cancelled: boolean } | null = null;
  #wake: (() => void) | null = null;

  constructor(options: BurstClockOptions) {
    this.#options = options;
    this.#rateHz = options.rateHz;
  }

  get running(): boolean {
    return this.#running;
  }

  get stepping(): boolean {
    return this.#stepping !== null;
  }

  get rateHz(): number {
    return this.#rateHz;
  }

  set rateHz(hz: number) {
    this.#rateHz = hz;
    this.#wake?.();
  }

  /** Bursts per second over the last second, 0 while not running. */
  achievedHz(): number {
    if (!this.#running || this.#started < 2) return 0;
    const newest = this.#mark(this.#started - 1);
    let first = this.#started - 2;
    while (first > 0 && this.#started - first < MARKS && newest - this.#mark(first - 1) <= 1000) first--;
    const span = newest - this.#mark(first);
    return span > 0 ? ((this.#started - 1 - first) * 1000) / span : 0;
  }

  start(): void {
    if (this.#running) return;
    this.#running = true;
    this.#started = 0;
    const before = this.#loop;
    this.#loop = (async () => {
      await before;
      await this.#run();
    })();
  }

  /** Resolves on the boundary after the burst under way. */
  async pause(): Promise<void> {
    this.#running = false;
    if (this.#stepping) this.#stepping.cancelled = true;
    this.#wake?.();
    await this.#loop;
  }

  /** Runs exactly `bursts` bursts, as fast as they go, unless cancelled or paused; resolves to how many ran. */
  async step(bursts: number, signal: AbortSignalLike): Promise<number> {
    const steps = { cancelled: false };
    this.#stepping = steps;
    const before = this.#loop;
    let done = 0;
    this.#loop = (async () => {
      await before;
      while (done < bursts && !steps.cancelled && !signal.aborted) {
        await this.#options.beat();
        done++;
        await this.#options.clock.breathe();
      }
    })()
      .catch((error: unknown) => {
        this.#options.onFailure(error);
        throw error;
      })
      .finally(() => {
        if (this.#stepping === steps) this.#stepping = null;
      });
    const loop = this.#loop;
    this.#loop = loop.catch(() => {});
    await loop;
    return done;
  }

  async #run(): Promise<void> {
    const { clock, beat, onFailure } = this.#options;
    while (this.#running) {
      const start = clock.nowMs();
      this.#starts[this.#started++ % MARKS] = start;
      try {
        await beat();
      } catch (error) {
        this.#running = false;
        onFailure(error);
        return;
      }
      await this.#waitFrom(start);
    }
  }

  async #waitFrom(start: number): Promise<void> {
    const { clock } = this.#options;
    await clock.breathe();
    while (this.#running) {
      // Read anew each time: the rate may change during the wait.
      const left = start + 1000 / this.#rateHz - clock.nowMs();
      if (left <= 0) return;
      if (left > 2 * TIMER_SLACK_MS) {
        const sleep = clock.sleep(left - TIMER_SLACK_MS);
        this.#wake = sleep.wake;
        await sleep.done;
        this.#wake = null;
      } else await clock.breathe();
    }
  }

  #mark(index: number): number {
    return this.#starts[index % MARKS]!;
  }
}
