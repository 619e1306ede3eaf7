/**
 * Looks after flashes tile by tile: a corner that strobes is as dangerous as a whole screen. A tile has the size that WCAG 2.3.1
 * takes for 10° of sight, 341 × 256 CSS pixels; the exposure of the picture is that of its worst tile.
 */
import type { Rect } from "./declutter.ts";
import { FlashLimiter } from "./flash-limiter.ts";

const tile = { width: 341, height: 256 };

export class FlashGuard {
  #columns = 1;
  #limiters: FlashLimiter[] = [];
  #brightness = new Float64Array(0);
  /** Per area, which share of which tiles it covers. */
  #cover: { tile: number; share: number }[][] = [];

  /** `rects` of each area in CSS pixels of the picture; several where several viewports show it. */
  place(rects: readonly (readonly Rect[])[], width: number, height: number): void {
    this.#columns = Math.max(1, Math.ceil(width / tile.width));
    const rows = Math.max(1, Math.ceil(height / tile.height));
    const count = this.#columns * rows;
    while (this.#limiters.length < count) this.#limiters.push(new FlashLimiter());
    this.#limiters.length = count;
    if (this.#brightness.length !== count) this.#brightness = new Float64Array(count);
    this.#cover = rects.map((ofArea) => ofArea.flatMap((rect) => this.#tilesUnder(rect, rows)));
  }

  /** `glows`: mean glow of each area in the picture about to be drawn; `now` in ms. */
  expose(glows: ArrayLike<number>, now: number): number {
    const brightness = this.#brightness.fill(0);
    for (let area = 0; area < this.#cover.length; area++) {
      for (const { tile, share } of this.#cover[area]!) brightness[tile]! += (glows[area] ?? 0) * share;
    }
    let least = 1;
    for (let i = 0; i < brightness.length; i++) least = Math.min(least, this.#limiters[i]!.expose(Math.min(1, brightness[i]!), now));
    return least;
  }

  #tilesUnder({ x, y, width, height }: Rect, rows: number): { tile: number; share: number }[] {
    const tiles = [];
    const last = (at: number, size: number, count: number) => Math.min(count - 1, Math.floor(at / size));
    for (let row = Math.max(0, Math.floor(y / tile.height)); row <= last(y + height, tile.height, rows); row++) {
      for (let column = Math.max(0, Math.floor(x / tile.width)); column <= last(x + width, tile.width, this.#columns); column++) {
        const across = overlap(x, x + width, column * tile.width, (column + 1) * tile.width);
        const down = overlap(y, y + height, row * tile.height, (row + 1) * tile.height);
        if (across * down > 0) tiles.push({ tile: row * this.#columns + column, share: (across * down) / (tile.width * tile.height) });
      }
    }
    return tiles;
  }
}

function overlap(a: number, b: number, c: number, d: number): number {
  return Math.max(0, Math.min(b, d) - Math.max(a, c));
}
