/** Fewer rows that look the same: of each bucket of x the smallest and the largest value of every series, in the order in which they came. */
import { type Columns, lowerBound } from "./plot-data.ts";

/** As uPlot takes it: null is a gap. */
export interface Drawn {
  x: number[];
  y: (number | null)[][];
}

/**
 * At most two rows a bucket, at most `most + 1` buckets. Buckets are as wide as a power of two and lie at its multiples, so those that
 * are full stay as they are while rows are appended: a growing curve does not shimmer.
 */
export function decimate({ x, y }: Columns, most: number): Drawn {
  const drawn: Drawn = { x: [], y: y.map(() => []) };
  const rows = x.length;
  const width = rows <= 2 * most ? 0 : bucketWidth((x[rows - 1] as number) - (x[0] as number), most);
  let from = 0;
  while (from < rows) {
    const to = width === 0 ? from + 1 : Math.max(from + 1, from + lowerBound(x.subarray(from), nextMultiple(x[from] as number, width)));
    drawn.x.push(x[from] as number);
    if (to - from > 1) drawn.x.push(x[to - 1] as number);
    for (const [i, column] of y.entries()) pushExtremes(column, from, to, drawn.y[i] as (number | null)[]);
    from = to;
  }
  return drawn;
}

/** The rows from `from` to `to` and one more on either side, so that lines run to the edge of what is shown. */
export function within({ x, y }: Columns, from: number, to: number): Columns {
  const first = Math.max(0, lowerBound(x, from) - 1);
  const below = lowerBound(x, to);
  const last = below + (x[below] === to ? 2 : 1);
  return { x: x.subarray(first, last), y: y.map((column) => column.subarray(first, last)) };
}

function bucketWidth(span: number, most: number): number {
  return 2 ** Math.ceil(Math.log2(span / most));
}

function nextMultiple(x: number, width: number): number {
  return (Math.floor(x / width) + 1) * width;
}

function pushExtremes(column: Float64Array, from: number, to: number, into: (number | null)[]): void {
  let [low, high] = [-1, -1];
  for (let at = from; at < to; at++) {
    const value = column[at] as number;
    if (Number.isNaN(value)) continue;
    if (low < 0 || value < (column[low] as number)) low = at;
    if (high < 0 || value > (column[high] as number)) high = at;
  }
  const valueAt = (at: number) => (at < 0 ? null : (column[at] as number));
  into.push(valueAt(Math.min(low, high)));
  if (to - from > 1) into.push(valueAt(Math.max(low, high)));
}
