/** A series as lines in a box: from the smallest to the largest value of each part, broken where nothing is known. */
import type { Series } from "#contracts/commands/time.ts";

export interface Drawn {
  /** SVG path of each stretch without gap. */
  paths: string[];
  low: number | null;
  high: number | null;
  /** The newest known value. */
  now: number | null;
}

export function drawSeries({ low, high }: Pick<Series, "low" | "high">, width: number, height: number): Drawn {
  const numbers = (values: readonly (number | string | null)[]) => values.map((value) => (value === null ? Number.NaN : Number(value)));
  const [lows, highs] = [numbers(low), numbers(high)];
  const known = [...lows, ...highs].filter(Number.isFinite);
  if (known.length === 0) return { paths: [], low: null, high: null, now: null };
  const [least, most] = [Math.min(...known), Math.max(...known)];
  const y = (value: number) => (most === least ? height / 2 : height - 1 - ((value - least) / (most - least)) * (height - 2));
  const step = width / Math.max(1, lows.length - 1);
  const paths: string[] = [];
  let path = "";
  lows.forEach((value, at) => {
    const top = highs[at]!;
    if (!Number.isFinite(value) || !Number.isFinite(top)) {
      if (path !== "") paths.push(path);
      path = "";
      return;
    }
    const x = (at * step).toFixed(1);
    path += `${path === "" ? "M" : "L"}${x} ${y(value).toFixed(1)}${top === value ? "" : `L${x} ${y(top).toFixed(1)}`}`;
  });
  if (path !== "") paths.push(path);
  return { paths, low: least, high: most, now: highs.findLast(Number.isFinite) ?? null };
}
