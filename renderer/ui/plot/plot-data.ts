/**
 * Rows of a plot: ascending x with one value a series, NaN where there is none; the newest `capacity` rows are kept.
 *
 * Every column is written twice, at `i` and at `i + capacity`, so that the rows that are kept always lie in one piece and are read as views.
 */
export interface Columns {
  x: Float64Array;
  /** One a series, as long as `x`. */
  y: readonly Float64Array[];
}

export interface PlotData {
  readonly rows: number;
  /** Views on what is kept, oldest first; true until the next append. */
  columns(): Columns;
  /** Rows from `x` on are dropped first: a brain that went back lives those bursts anew. */
  append(x: number, values: readonly number[]): void;
  clear(): void;
  /** Called after each change; returns the way to stop. */
  subscribe(listener: () => void): () => void;
}

const usualCapacity = 20_000;

export function createPlotData(series: number, capacity = usualCapacity): PlotData {
  const x = new Float64Array(2 * capacity);
  const y = Array.from({ length: series }, () => new Float64Array(2 * capacity));
  const listeners = new Set<() => void>();
  /** Where the oldest row lies, and how many there are. */
  let first = 0;
  let rows = 0;
  const tell = () => {
    for (const listener of listeners) listener();
  };
  const columns = (): Columns => ({ x: x.subarray(first, first + rows), y: y.map((column) => column.subarray(first, first + rows)) });
  return {
    get rows() {
      return rows;
    },
    columns,
    append(at, values) {
      if (rows > 0 && at <= (x[first + rows - 1] as number)) rows = lowerBound(columns().x, at);
      if (rows === capacity) {
        first = (first + 1) % capacity;
        rows--;
      }
      const place = (first + rows) % capacity;
      x[place] = x[place + capacity] = at;
      for (const [i, column] of y.entries()) column[place] = column[place + capacity] = values[i] ?? Number.NaN;
      rows++;
      tell();
    },
    clear() {
      first = rows = 0;
      tell();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Some of the series of other data, which stay theirs. */
export function pickSeries(data: PlotData, picked: readonly number[]): Pick<PlotData, "rows" | "columns" | "subscribe"> {
  return {
    get rows() {
      return data.rows;
    },
    columns() {
      const { x, y } = data.columns();
      return { x, y: picked.flatMap((at) => y[at] ?? []) };
    },
    subscribe: data.subscribe,
  };
}

/** The first series of several data in one picture, on the x of them all; what one does not have there is a gap. */
export function overlaid(parts: readonly PlotData[]): Pick<PlotData, "rows" | "columns" | "subscribe"> {
  const firsts = () => parts.map((part) => part.columns());
  const xOf = (all: readonly Columns[]) => Float64Array.from(new Set(all.flatMap(({ x }) => [...x]))).sort();
  return {
    get rows() {
      return xOf(firsts()).length;
    },
    columns() {
      const all = firsts();
      const x = xOf(all);
      const y = all.map((one) => {
        const column = new Float64Array(x.length).fill(Number.NaN);
        for (const [row, at] of one.x.entries()) column[lowerBound(x, at)] = one.y[0]?.[row] ?? Number.NaN;
        return column;
      });
      return { x, y };
    },
    subscribe(listener) {
      const stops = parts.map((part) => part.subscribe(listener));
      return () => {
        for (const stop of stops) stop();
      };
    },
  };
}

/** The smallest and the largest value of some series within a stretch of x; null: none has a value there. */
export function extremesOf(
  parts: readonly Columns[],
  picked: readonly number[],
  [from, to]: readonly [number, number],
): [number, number] | null {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { x, y } of parts) {
    for (let row = lowerBound(x, from); row < x.length && (x[row] as number) <= to; row++) {
      for (const at of picked) {
        const value = y[at]?.[row] ?? Number.NaN;
        if (value < low) low = value;
        if (value > high) high = value;
      }
    }
  }
  return low <= high ? [low, high] : null;
}

/** Data that is there at once. */
export function plotDataOf(x: readonly number[], y: readonly (readonly number[])[]): PlotData {
  const data = createPlotData(y.length, Math.max(1, x.length));
  for (const [i, at] of x.entries())
    data.append(
      at,
      y.map((column) => column[i] ?? Number.NaN),
    );
  return data;
}

/** How many values of an ascending column lie below `value`. */
export function lowerBound(column: Float64Array, value: number): number {
  let low = 0;
  let high = column.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((column[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
