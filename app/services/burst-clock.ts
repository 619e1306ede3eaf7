/**
 * The burst clock: runs bursts at 1 Hz to 1 kHz, pauses and steps exactly on a burst boundary.
 *
 * The period counts from the start of an iteration. A late burst starts the next at once and what was missed is not made up for.
 * Between two bursts the event loop always gets a turn. Source: spec/burst-engine.md section 10.1.
 */
import type { AbortSignalLike } from "#contracts/command.ts";
import { Timings } from "#core/runtime/health.ts";
import type { LabClock } from "./ports.ts";

/** Timers wake up to about this late; the rest of a wait is spent turning the event loop over. */
const TIMER_SLACK_MS = 1.5;
const MARKS = 2048;
/** In a stretch of so long, fewer bursts than this share of what the rate asks for is overload. */
const OVERLOAD_MS = 3000;
const OVERLOAD_SHARE = 0.95;

export interface BurstClockOptions {
  clock: LabClock;
  rateHz: number;
  /** Runs one burst. */
  beat(): Promise<void>;
  /** A burst failed for good; the clock has stopped. */
  onFailure(error: unknown): void;
  /** Bursts have not come at the rate asked for over some seconds, or do so again. */
  onOverload(overloaded: boolean): void;
}

export class BurstClock {
  readonly #options: BurstClockOptions;
  readonly #starts = new Float64Array(MARKS);
  readonly #late = new Timings(MARKS);
  #started = 0;
  #latestMs = 0;
  #overloaded = false;
  /** The stretch in which overload is looked for. */
  #stretch = { from: 0, bursts: 0 };
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
    this.#judgeAnew();
    this.#wake?.();
  }

  /** Over some seconds bursts have not come at the rate asked for. */
  get overloaded(): boolean {
    return this.#overloaded;
  }

  /** How much later than due bursts started: percentiles of the last bursts of this run, and the worst of all of them. */
  lateMs(): { p50: number; p99: number; max: number } {
    const { p50Ms: p50, p99Ms: p99 } = this.#late.summary();
    return { p50, p99, max: this.#latestMs };
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
    this.#late.clear();
    this.#latestMs = 0;
    this.#judgeAnew();
    const before = this.#loop;
    this.#loop = (async () => {
      await before;
      await this.#run();
    })();
  }

  /** Lets the burst under way be the last. For who is called by that burst, and so cannot wait for its end. */
  halt(): void {
    this.#running = false;
    if (this.#stepping) this.#stepping.cancelled = true;
    this.#wake?.();
  }

  /** Resolves on the boundary after the burst under way. */
  async pause(): Promise<void> {
    this.halt();
    await this.#loop;
    this.#judgeAnew();
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
    let due: number | null = null;
    while (this.#running) {
      const start = clock.nowMs();
      this.#starts[this.#started++ % MARKS] = start;
      if (due !== null) this.#noteLate(start - due);
      this.#judge(start);
      try {
        await beat();
      } catch (error) {
        this.#running = false;
        this.#judgeAnew();
        onFailure(error);
        return;
      }
      due = await this.#waitFrom(start);
    }
  }

  /** Resolves when the next burst is due, to that time. */
  async #waitFrom(start: number): Promise<number> {
    const { clock } = this.#options;
    await clock.breathe();
    for (;;) {
      // Read anew each time: the rate may change during the wait.
      const due = start + 1000 / this.#rateHz;
      const left = due - clock.nowMs();
      if (left <= 0 || !this.#running) return due;
      if (left > 2 * TIMER_SLACK_MS) {
        const sleep = clock.sleep(left - TIMER_SLACK_MS);
        this.#wake = sleep.wake;
        await sleep.done;
        this.#wake = null;
      } else await clock.breathe();
    }
  }

  #noteLate(ms: number): void {
    const late = Math.max(0, ms);
    this.#late.record(late);
    this.#latestMs = Math.max(this.#latestMs, late);
  }

  #judge(now: number): void {
    if (this.#stretch.bursts++ === 0) this.#stretch.from = now;
    const ms = now - this.#stretch.from;
    if (ms < OVERLOAD_MS) return;
    const periods = this.#stretch.bursts - 1;
    this.#tellOverload(periods < (OVERLOAD_SHARE * ms * this.#rateHz) / 1000);
    this.#stretch = { from: now, bursts: 1 };
  }

  #judgeAnew(): void {
    this.#stretch = { from: 0, bursts: 0 };
    this.#tellOverload(false);
  }

  #tellOverload(overloaded: boolean): void {
    if (overloaded === this.#overloaded) return;
    this.#overloaded = overloaded;
    this.#options.onOverload(overloaded);
  }

  #mark(index: number): number {
    return this.#starts[index % MARKS]!;
  }
}
