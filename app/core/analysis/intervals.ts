/** Inter-spike intervals of a population, as its spikes come in burst by burst. */

export interface IntervalStatistics {
  /** Intervals by length; the first counts those of one burst. */
  counts: number[];
  longer: number;
  /** Bursts; null without an interval. */
  mean: number | null;
  /** Standard deviation over mean. */
  cv: number | null;
}

export class IntervalHistogram {
  readonly #counts: number[];
  readonly #lastFired = new Map<number, number>();
  #longer = 0;
  #intervals = 0;
  #sum = 0;
  #squares = 0;

  constructor(bins: number) {
    this.#counts = new Array<number>(bins).fill(0);
  }

  /** Neurons that have fired. */
  get firing(): number {
    return this.#lastFired.size;
  }

  /** `ids` fired in `burst`; bursts ascend. */
  add(burst: number, ids: Uint32Array): void {
    for (const id of ids) {
      const before = this.#lastFired.get(id);
      this.#lastFired.set(id, burst);
      if (before === undefined) continue;
      const interval = burst - before;
      if (interval <= this.#counts.length) this.#counts[interval - 1]!++;
      else this.#longer++;
      this.#intervals++;
      this.#sum += interval;
      this.#squares += interval * interval;
    }
  }

  statistics(): IntervalStatistics {
    const [n, counts, longer] = [this.#intervals, [...this.#counts], this.#longer];
    if (n === 0) return { counts, longer, mean: null, cv: null };
    const mean = this.#sum / n;
    return { counts, longer, mean, cv: Math.sqrt(Math.max(0, this.#squares / n - mean * mean)) / mean };
  }
}

/** Neurons that have an inter-spike interval of some length, as spikes come in burst by burst. */
export class NeuronsAtInterval {
  /** Intervals of that length. */
  intervals = 0;
  readonly neurons = new Set<number>();
  readonly #lastFired = new Map<number, number>();
  readonly #least: number;
  readonly #most: number;

  constructor(least: number, most: number) {
    this.#least = least;
    this.#most = most;
  }

  /** `ids` fired in `burst`; bursts ascend. */
  add(burst: number, ids: Uint32Array): void {
    for (const id of ids) {
      const interval = burst - (this.#lastFired.get(id) ?? burst);
      this.#lastFired.set(id, burst);
      if (interval < this.#least || interval > this.#most) continue;
      this.intervals++;
      this.neurons.add(id);
    }
  }
}
