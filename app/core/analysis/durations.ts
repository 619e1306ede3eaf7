/** How long bursts took in their engine, as a histogram an engine; whole nanoseconds, so that a bin holds what its edges say. */

export interface BurstDuration {
  engine: "reference" | "native";
  nanos: number;
}

export interface DurationHistogram {
  /** Where the first bin begins: the shortest burst is in it. */
  fromNanos: number;
  binNanos: number;
  engines: {
    engine: BurstDuration["engine"];
    bursts: number;
    meanNanos: number;
    /** The nearest rank. */
    medianNanos: number;
    mostNanos: number;
    /** Bursts by duration, a number a bin. As many for each engine. */
    counts: number[];
    /** Longer ones than `counts` has room for. */
    longer: number;
  }[];
}

const LEAST_BIN_NANOS = 1000;

/**
 * Bins are 1, 2 or 5 times a power of ten wide, the least with which at most `bins` of them hold all within Tukey's outer fence: the
 * third quartile and three times the distance of the quartiles. Bursts that took very long leave the others their shape, and are counted
 * apart. Source: Tukey 1977, Exploratory Data Analysis, 2D.
 */
export function durationHistogram(durations: readonly BurstDuration[], bins: number): DurationHistogram {
  const all = sorted(durations);
  const [low, high] = [rankOf(all, 0.25), rankOf(all, 0.75)];
  const most = all.findLast((nanos) => nanos <= high + 3 * (high - low)) ?? 0;
  const placeOf = (nanos: number, bin: number) => Math.floor(nanos / bin);
  const least = all[0] ?? 0;
  const binNanos = roundBin((bin) => placeOf(most, bin) - placeOf(least, bin) < bins);
  const first = placeOf(least, binNanos);
  const room = placeOf(most, binNanos) - first + 1;
  const engines = (["reference", "native"] as const).flatMap((engine) => {
    const nanos = sorted(durations.filter((one) => one.engine === engine));
    if (nanos.length === 0) return [];
    const counts = new Array<number>(room).fill(0);
    for (const one of nanos) if (placeOf(one, binNanos) < first + room) counts[placeOf(one, binNanos) - first]!++;
    return {
      ...{ engine, bursts: nanos.length, counts, longer: nanos.length - counts.reduce((sum, count) => sum + count, 0) },
      meanNanos: nanos.reduce((sum, one) => sum + one, 0) / nanos.length,
      ...{ medianNanos: rankOf(nanos, 0.5), mostNanos: nanos.at(-1)! },
    };
  });
  return { fromNanos: first * binNanos, binNanos, engines };
}

function sorted(durations: readonly BurstDuration[]): number[] {
  return durations.map(({ nanos }) => nanos).sort((a, b) => a - b);
}

/** The value that so great a share is at or below. */
function rankOf(ascending: readonly number[], share: number): number {
  return ascending[Math.max(0, Math.ceil(share * ascending.length) - 1)] ?? 0;
}

/** The narrowest that will do. */
function roundBin(fits: (nanos: number) => boolean): number {
  for (let power = LEAST_BIN_NANOS; ; power *= 10) {
    const round = [1, 2, 5].find((times) => fits(times * power));
    if (round !== undefined) return round * power;
  }
}
