/**
 * How the candidate fares: its attempts, its times, and the rules that take it back.
 *
 * A window holds the last 1,000 attempts of the last 10 minutes; a call that the rollout gave to the reference is no attempt.
 * Source: spec/router-and-rollout.md section 9.3.
 */
import { z } from "zod";

export const HealthSettings = z.object({
  /** Attempts kept, and how long. */
  attempts: z.int().positive().default(1000),
  minutes: z.number().positive().default(10),
  /** No rule speaks before this many. */
  minimumVolume: z.int().positive().default(50),
  fallbackRate: z.number().default(0.1),
  errorRate: z.number().default(0.01),
  latencyRegression: z.number().default(0.2),
  /** Times below this count as this: what is quicker is never a regression a person could notice. */
  latencyFloorMs: z.number().default(1),
});
export type HealthSettings = z.infer<typeof HealthSettings>;

export interface Attempt {
  atMs: number;
  /** It threw or timed out. */
  threw: boolean;
  /** The reference gave the result instead. */
  fellBack: boolean;
}

export interface HealthSummary {
  attempts: number;
  fallbackRate: number;
  errorRate: number;
}

export class HealthWindow {
  readonly #settings: HealthSettings;
  #attempts: Attempt[] = [];

  constructor(settings: HealthSettings) {
    this.#settings = settings;
  }

  record(attempt: Attempt): void {
    this.#attempts.push(attempt);
    // Trimmed in bulk, so that a record costs nothing on most bursts.
    if (this.#attempts.length > 2 * this.#settings.attempts) this.#attempts = this.#attempts.slice(-this.#settings.attempts);
  }

  clear(): void {
    this.#attempts = [];
  }

  summary(nowMs: number): HealthSummary {
    const oldest = nowMs - this.#settings.minutes * 60_000;
    const recent = this.#attempts.slice(-this.#settings.attempts).filter(({ atMs }) => atMs >= oldest);
    const share = (count: number) => (recent.length === 0 ? 0 : count / recent.length);
    return {
      attempts: recent.length,
      fallbackRate: share(recent.filter(({ fellBack }) => fellBack).length),
      errorRate: share(recent.filter(({ threw }) => threw).length),
    };
  }
}

/** Engine times of the newest executions, in ms. */
export class Timings {
  readonly #ring: Float64Array;
  #count = 0;

  constructor(size = 1000) {
    this.#ring = new Float64Array(size);
  }

  record(ms: number): void {
    this.#ring[this.#count++ % this.#ring.length] = ms;
  }

  clear(): void {
    this.#count = 0;
  }

  get measured(): number {
    return Math.min(this.#count, this.#ring.length);
  }

  /** Nearest-rank percentiles; 0 before the first. */
  summary(): { bursts: number; p50Ms: number; p95Ms: number; p99Ms: number } {
    const [p50Ms, p95Ms, p99Ms] = this.ranks([0.5, 0.95, 0.99]);
    return { bursts: this.measured, p50Ms: p50Ms!, p95Ms: p95Ms!, p99Ms: p99Ms! };
  }

  ranks(shares: readonly number[]): number[] {
    const sorted = this.#ring.slice(0, this.measured).sort();
    return shares.map((share) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0);
  }
}

export type Verdict =
  | { action: "continue" }
  | { action: "back"; alert: "investigate" | "performance"; message: string }
  | { action: "disable"; alert: "error"; message: string };

/** p95 alone says more about what else the machine does than about an engine: that only ever adds time, so the quickest bursts are free of it. */
const compared = [0.95, 0.5, 0.1] as const;

/** What the figures ask for. Errors weigh most: they switch the candidate off, the others take it back one stop. */
export function verdictOf(health: HealthSummary, candidate: Timings, control: Timings, settings: HealthSettings): Verdict {
  const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
  if (health.attempts >= settings.minimumVolume) {
    if (health.errorRate > settings.errorRate) {
      const message = `${percent(health.errorRate)} of ${health.attempts} native bursts failed, ${percent(settings.errorRate)} are allowed`;
      return { action: "disable", alert: "error", message };
    }
    if (health.fallbackRate > settings.fallbackRate) {
      const message = `${percent(health.fallbackRate)} of ${health.attempts} native bursts fell back, ${percent(settings.fallbackRate)} are allowed`;
      return { action: "back", alert: "investigate", message };
    }
  }
  if (Math.min(candidate.measured, control.measured) >= settings.minimumVolume) {
    const [mine, theirs] = [candidate.ranks(compared), control.ranks(compared)];
    const floored = (ms: number) => Math.max(ms, settings.latencyFloorMs);
    if (mine.every((ms, i) => floored(ms) / floored(theirs[i]!) - 1 > settings.latencyRegression)) {
      const message = `The native engine is slower: p95 ${mine[0]!.toFixed(2)} ms against ${theirs[0]!.toFixed(2)} ms of the reference`;
      return { action: "back", alert: "performance", message };
    }
  }
  return { action: "continue" };
}
