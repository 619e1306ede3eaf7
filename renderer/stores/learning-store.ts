/** Mappings that learn: how each stands, and of one of them how its weights are spread now and stood over recorded bursts. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { LearningMapping } from "#contracts/commands/learning.ts";
import type { CorticalId } from "#contracts/connectome.ts";
import { LabError } from "#contracts/errors.ts";
import type { LabBridge } from "../bridge/lab-bridge.ts";
import { createPlotData, type PlotData } from "../ui/plot/plot-data.ts";
import { createReader, type Reader } from "./reader.ts";

export interface Pair {
  src: CorticalId;
  dst: CorticalId;
}
interface Spread {
  from: number;
  to: number;
  counts: readonly number[];
}
interface LearningState {
  /** Null until they were read. */
  mappings: readonly LearningMapping[] | null;
  /** The mapping that is looked at, always one of `mappings`. */
  chosen: Pair | null;
  spread: Spread | null;
  /** How far back the curve begins: the newest bursts, or all that is recorded. */
  reach: "recent" | "all";
  isReading: boolean;
  /** Somebody is asked whether to reset its weights. */
  isResetting: boolean;
  problem: string | null;
}

export interface Learning extends Reader {
  store: StoreApi<LearningState>;
  /** Mean, smallest and largest weight of the chosen mapping by burst. */
  curve: PlotData;
  choose(pair: Pair): void;
  /** The chosen mapping as it was last read. */
  shown(): LearningMapping | undefined;
  setReach(reach: LearningState["reach"]): void;
}

/** A curve is read by replaying, so at first only so far back. */
export const recentBursts = 2000;
const firstPoints = 150;
const laterPoints = 30;
const bins = 24;
/** A reading copies the engine's state. */
const periodMs = 2000;

export function createLearning(bridge: LabBridge): Learning {
  const store = createStore<LearningState>(() => ({
    ...{ mappings: null, chosen: null, spread: null, reach: "recent", isReading: false, isResetting: false, problem: null },
  }));
  const curve = createPlotData(3);
  /** Last burst that is on the curve; null: it has to be read from the start. */
  let upTo: number | null = null;
  let underWay = new AbortController();

  const startAnew = (change: Partial<LearningState>) => {
    underWay.abort();
    underWay = new AbortController();
    upTo = null;
    curve.clear();
    store.setState({ ...change, spread: null });
    reader.again();
  };
  const readCurve = async (pair: Pair, burst: number) => {
    const { signal } = underWay;
    const isFirst = upTo === null;
    const from = upTo !== null ? upTo + 1 : store.getState().reach === "all" ? 1 : Math.max(1, burst - recentBursts + 1);
    if (from > burst) return;
    store.setState({ isReading: isFirst });
    try {
      const { points } = await bridge.call(
        "learning.curve",
        { ...pair, from, to: burst, points: isFirst ? firstPoints : laterPoints },
        { signal },
      );
      if (signal.aborted) return;
      for (const { burst: at, weight } of points) curve.append(at, weight ? [weight.mean, weight.min, weight.max] : []);
      upTo = points.at(-1)?.burst ?? upTo;
    } catch (error) {
      // Of a brain that has just been opened nothing is recorded yet.
      if (!(error instanceof LabError) || (error.code !== "E_NOT_FOUND" && error.code !== "E_CANCELLED")) throw error;
    } finally {
      store.setState({ isReading: false });
    }
  };

  const reader = createReader(bridge, {
    periodMs,
    tell: (problem) => store.setState({ problem }),
    async read({ burst }, went) {
      if (went) {
        upTo = null;
        curve.clear();
      }
      const { signal } = underWay;
      const mappings = await bridge.call("learning.mappings", {});
      const { chosen: before } = store.getState();
      const chosen = mappings.find((one) => before !== null && isSame(one, before)) ?? mappings[0];
      const pair = chosen ? { src: chosen.src, dst: chosen.dst } : null;
      store.setState({ mappings, chosen: pair });
      if (pair === null) return;
      const { from, to, counts } = await bridge.call("learning.distribution", { ...pair, bins });
      if (signal.aborted) return;
      store.setState({ spread: { from, to, counts } });
      await readCurve(pair, burst);
    },
  });

  return {
    ...reader,
    store,
    curve,
    shown() {
      const { mappings, chosen } = store.getState();
      return mappings?.find((one) => chosen !== null && isSame(one, chosen));
    },
    choose: (pair) => startAnew({ chosen: pair }),
    setReach: (reach) => startAnew({ reach }),
  };
}

function isSame(a: Pair, b: Pair): boolean {
  return a.src === b.src && a.dst === b.dst;
}
