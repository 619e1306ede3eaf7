/**
 * What a picture does without while pictures take too long: one thing after another, each given back once they have been quick for a
 * while. Only of pictures in succession: at rest, and in figures, the picture is whole, because it depends on the burst and not on the machine.
 */

/** In this order: dots along mappings, size of points, level of detail, pictures a second. The recording is never touched. */
export const savings = ["flow", "size", "detail", "rate"] as const;
export type Saving = (typeof savings)[number];

/** ms a picture takes: above the first something is saved, below the second it is given back. */
const slowMs = 60;
const quickMs = 36;
/** Pictures that are judged together. */
const judged = 12;
/** Between two savings: the one before must have had its effect. */
const settleMs = 1000;
/** Pictures were quick for so long before anything is given back; longer each time that proved too early. */
const patienceMs = 5000;
const mostPatienceMs = 80_000;
/** Without a picture for so long the scene is at rest. */
export const restMs = 800;

export class Economy {
  taken: readonly Saving[] = [];
  /** How long pictures took when the last thing was saved, ms. */
  pictureMs = 0;
  #times: number[] = [];
  #last = Number.NEGATIVE_INFINITY;
  #changedAt = Number.NEGATIVE_INFINITY;
  #givenBackAt = Number.NEGATIVE_INFINITY;
  #quickSince: number | null = null;
  #patience = patienceMs;

  has(saving: Saving): boolean {
    return this.taken.includes(saving);
  }

  /** A picture that was ready at `now` took so long; `offers`: whether there is something to save by that. True when something changed. */
  note(now: number, ms: number, offers: (saving: Saving) => boolean = () => true): boolean {
    if (now - ms - this.#last > restMs) this.#startOver();
    this.#last = now;
    this.#times.push(ms);
    if (this.#times.length > judged) this.#times.shift();
    if (this.#times.length < judged) return false;
    const mean = this.#times.reduce((sum, one) => sum + one, 0) / judged;
    this.#quickSince = mean < quickMs ? (this.#quickSince ?? now) : null;
    if (mean > slowMs && now - this.#changedAt >= settleMs) return this.#save(now, mean, offers);
    if (this.#quickSince !== null && now - this.#quickSince >= this.#patience && this.taken.length > 0) return this.#giveBack(now);
    return false;
  }

  /** The scene came to rest. True when that gives anything back. */
  rest(): boolean {
    this.#startOver();
    const had = this.taken.length > 0;
    this.taken = [];
    return had;
  }

  #save(now: number, mean: number, offers: (saving: Saving) => boolean): boolean {
    const next = savings.find((saving) => !this.has(saving) && offers(saving));
    if (!next) return false;
    if (now - this.#givenBackAt < 2 * this.#patience) this.#patience = Math.min(mostPatienceMs, 2 * this.#patience);
    this.taken = [...this.taken, next];
    this.pictureMs = mean;
    this.#changed(now);
    return true;
  }

  #giveBack(now: number): boolean {
    this.taken = this.taken.slice(0, -1);
    this.#givenBackAt = now;
    this.#changed(now);
    return true;
  }

  #changed(now: number): void {
    this.#changedAt = now;
    this.#startOver();
  }

  #startOver(): void {
    this.#times = [];
    this.#quickSince = null;
  }
}
