/** Fires of one area over its last bursts. Counts are whole numbers and sums of them exact, so every engine gives the same values. */

/** The sum over the last `bursts` bursts, and of the squares; known once so many bursts were seen. */
export class CountWindow {
  readonly #ring: Float64Array;
  #seen = 0;
  #sum = 0;
  #squares = 0;

  constructor(bursts: number) {
    this.#ring = new Float64Array(bursts);
  }

  add(count: number): void {
    const at = this.#seen++ % this.#ring.length;
    const old = this.#ring[at]!;
    this.#ring[at] = count;
    this.#sum += count - old;
    this.#squares += count * count - old * old;
  }

  /** Fires per neuron and burst. */
  rate(neurons: number): number {
    const bursts = this.#ring.length;
    return this.#seen < bursts ? Number.NaN : this.#sum / (bursts * neurons);
  }

  /** Variance of the counts over their mean, 0 for silence. */
  synchrony(): number {
    const bursts = this.#ring.length;
    if (this.#seen < bursts) return Number.NaN;
    return this.#sum === 0 ? 0 : (bursts * this.#squares - this.#sum * this.#sum) / (bursts * this.#sum);
  }
}

/** Bursts in a row without a fire, up to the last one. */
export class SilenceCount {
  bursts = 0;

  add(count: number): void {
    this.bursts = count === 0 ? this.bursts + 1 : 0;
  }
}
