/** A curve along the recording: its end is read once, or all of it where that is asked for, then only what came since. */
import { LabError } from "#contracts/errors.ts";
import { createPlotData, type PlotData } from "../ui/plot/plot-data.ts";

interface Row {
  burst: number;
  /** One a series; none: a gap. */
  values: readonly number[];
}
interface Stretch {
  from: number;
  to: number;
  /** Rows wanted at most. */
  points: number;
  signal: AbortSignal;
}

export interface RecordedCurve {
  data: PlotData;
  /** Reads on up to this burst. */
  readTo(burst: number): Promise<void>;
  /** Begins anew; what is under way is cancelled and never drawn. */
  restart(): void;
}

/** A curve is read by replaying, so at first only so far back. */
export const recentBursts = 2000;
const firstPoints = 150;
const laterPoints = 30;

export function createRecordedCurve(
  series: number,
  ask: (stretch: Stretch) => Promise<readonly Row[]>,
  { reach = () => recentBursts, tell = () => {} }: { reach?: () => number; tell?: (isReading: boolean) => void } = {},
): RecordedCurve {
  const data = createPlotData(series);
  /** Last burst that was asked for; null: nothing was yet. */
  let upTo: number | null = null;
  let underWay = new AbortController();
  return {
    data,
    async readTo(burst) {
      const { signal } = underWay;
      const from = upTo === null ? Math.max(1, burst - reach() + 1) : upTo + 1;
      if (from > burst) return;
      tell(upTo === null);
      try {
        const rows = await ask({ from, to: burst, points: upTo === null ? firstPoints : laterPoints, signal });
        if (signal.aborted) return;
        for (const { burst: at, values } of rows) data.append(at, values);
        upTo = burst;
      } catch (error) {
        // Of a brain that has just been opened nothing is recorded yet.
        if (!(error instanceof LabError) || (error.code !== "E_NOT_FOUND" && error.code !== "E_CANCELLED")) throw error;
      } finally {
        tell(false);
      }
    },
    restart() {
      underWay.abort();
      underWay = new AbortController();
      upTo = null;
      data.clear();
    },
  };
}
