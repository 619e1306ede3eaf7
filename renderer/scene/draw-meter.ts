/** Counts pictures and their cost. Tells at most four times a second, and once more when the scene came to rest. */

export class DrawMeter {
  #tell: () => void;
  #drawn: number[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  drawMs = 0;

  constructor(tell: () => void) {
    this.#tell = tell;
  }

  note(now: number, drawMs: number): void {
    this.drawMs = drawMs;
    this.#drawn.push(now);
    this.#timer ??= setTimeout(() => this.#publish(), 250);
  }

  /** Pictures in the second before `now`. */
  framesPerSecond(now: number): number {
    this.#drawn = this.#drawn.filter((at) => now - at < 1000);
    return this.#drawn.length;
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #publish(): void {
    this.#tell();
    this.#timer = this.#drawn.length > 0 ? setTimeout(() => this.#publish(), 250) : undefined;
  }
}
