/**
 * Keeps the whole picture from strobing (WCAG 2.3.1: no more than three opposing luminance swings over 10 % in a second).
 * It follows an estimate of the picture's mean brightness; when the swings of the last second would break the rule, exposure
 * falls so far that they stay under 10 %, and rises again slowly once the picture is calm.
 */
const swingLimit = 0.1;
const swingsPerSecond = 3;
/** Exposure comes back within about two seconds. */
const riseMs = 2000;

export class FlashLimiter {
  #turns: { at: number; size: number }[] = [];
  #extreme = 0;
  #last = 0;
  #rising = true;
  #exposure = 1;
  #at = 0;

  /** `brightness` of the picture about to be drawn, 0..1, before exposure; `now` in ms. Returns the exposure to draw with. */
  expose(brightness: number, now: number): number {
    const rising = brightness === this.#last ? this.#rising : brightness > this.#last;
    if (rising !== this.#rising) {
      this.#turns.push({ at: now, size: Math.abs(this.#last - this.#extreme) });
      this.#extreme = this.#last;
      this.#rising = rising;
    }
    this.#last = brightness;
    while (this.#turns.length > 0 && now - this.#turns[0]!.at >= 1000) this.#turns.shift();
    let swings = 0;
    let largest = 0;
    for (const { size } of this.#turns) {
      if (size > swingLimit) swings++;
      largest = Math.max(largest, size);
    }
    const wanted = swings < swingsPerSecond ? 1 : swingLimit / largest;
    const risen = this.#exposure + (now - this.#at) / riseMs;
    this.#exposure = Math.min(1, wanted, Math.max(this.#exposure, risen));
    this.#at = now;
    return this.#exposure;
  }
}
