/**
 * Fires of areas over their last bursts. Counts are whole numbers and sums of them exact, so every engine gives the same values.
 * Counts, sums and values lie in the column of the conditions.
 */
import type { Column } from "./program.ts";

/** What is asked of one area. */
export interface AreaWindows {
  /** Index of the area. */
  area: number;
  neurons: number;
  /** Place of the fires of the last burst. */
  count: number;
  /** Lengths of the windows, each once. */
  bursts: readonly number[];
}

/** Of a history: places of the count and of the silence, place and length of the ring, next entry, entries filled. */
const HISTORY = 6;
/** Of a window: its history, bursts, neurons, first of its places: rate, synchrony, sum of the counts and of their squares. */
const WINDOW = 4;

export class Windows {
  readonly #asked: readonly AreaWindows[];
  readonly #histories: Int32Array;
  readonly #windows: Int32Array;

  constructor(column: Column, asked: readonly AreaWindows[]) {
    this.#asked = asked;
    const windows: number[] = [];
    const histories = asked.flatMap(({ count, bursts, neurons }, at) => {
      for (const length of bursts) {
        const places = column.reserve(2);
        column.reserve(2, 0);
        windows.push(at * HISTORY, length, neurons, places);
      }
      const length = Math.max(1, ...bursts);
      return [count, column.reserve(1, 0), column.reserve(length, 0), length, 0, 0];
    });
    this.#histories = Int32Array.from(histories);
    this.#windows = Int32Array.from(windows);
  }

  /** Place of the fires per neuron and burst; NaN until so many bursts were seen. */
  rate(area: number, bursts: number): number {
    const history = this.#historyOf(area);
    for (let at = 0; ; at += WINDOW) {
      if (this.#windows[at] === history && this.#windows[at + 1] === bursts) return this.#windows[at + 3]!;
    }
  }

  /** Place of the variance of the counts over their mean, 0 for silence; NaN until so many bursts were seen. */
  synchrony(area: number, bursts: number): number {
    return this.rate(area, bursts) + 1;
  }

  /** Place of the bursts in a row without a fire, up to the last one. */
  silence(area: number): number {
    return this.#histories[this.#historyOf(area) + 1]!;
  }

  /** Goes on from what others saw of the same areas. */
  resume(column: Float64Array, before: Windows, columnBefore: Float64Array): void {
    for (const { area, count } of this.#asked) {
      if (!before.#asked.some((other) => other.area === area)) continue;
      const from = before.#historyOf(area);
      const [ring, length, next, filled] = before.#histories.subarray(from + 2, from + HISTORY);
      for (let back = filled!; back > 0; back--) {
        column[count] = columnBefore[ring! + ((next! - back + length!) % length!)]!;
        this.#add(column, this.#historyOf(area));
      }
      column[this.silence(area)] = columnBefore[before.silence(area)]!;
    }
  }

  /** Takes in the counts of a burst, which stand in the column. */
  add(column: Float64Array): void {
    for (let history = 0; history < this.#histories.length; history += HISTORY) this.#add(column, history);
  }

  #add(column: Float64Array, history: number): void {
    const histories = this.#histories;
    const windows = this.#windows;
    const count = column[histories[history]!]!;
    const ring = histories[history + 2]!;
    const length = histories[history + 3]!;
    const next = histories[history + 4]!;
    const filled = histories[history + 5]!;
    for (let at = 0; at < windows.length; at += WINDOW) {
      if (windows[at] !== history) continue;
      const bursts = windows[at + 1]!;
      const places = windows[at + 3]!;
      const leaving = next < bursts ? next - bursts + length : next - bursts;
      const old = filled < bursts ? 0 : column[ring + leaving]!;
      const sum = column[places + 2]! + count - old;
      const squares = column[places + 3]! + count * count - old * old;
      column[places + 2] = sum;
      column[places + 3] = squares;
      if (filled + 1 < bursts) continue;
      column[places] = sum / (bursts * windows[at + 2]!);
      column[places + 1] = sum === 0 ? 0 : (bursts * squares - sum * sum) / (bursts * sum);
    }
    column[ring + next] = count;
    histories[history + 4] = next + 1 === length ? 0 : next + 1;
    if (filled < length) histories[history + 5] = filled + 1;
    const silence = histories[history + 1]!;
    column[silence] = count === 0 ? column[silence]! + 1 : 0;
  }

  #historyOf(area: number): number {
    return this.#asked.findIndex((asked) => asked.area === area) * HISTORY;
  }
}
