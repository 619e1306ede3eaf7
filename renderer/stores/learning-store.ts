/** Mappings that learn: how each stands, and of one of them how its weights are spread now and stood over recorded bursts. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { LearningMapping } from "#contracts/commands/learning.ts";
import type { CorticalId } from "#contracts/connectome.ts";
import type { LabBridge } from "../bridge/lab-bridge.ts";
import type { PlotData } from "../ui/plot/plot-data.ts";
import { createReader, type Reader } from "./reader.ts";
import { createRecordedCurve, recentBursts } from "./recorded-curve.ts";

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

const bins = 24;
/** A reading copies the engine's state. */
const periodMs = 2000;

export function createLearning(bridge: LabBridge): Learning {
  const store = createStore<LearningState>(() => ({
    ...{ mappings: null, chosen: null, spread: null, reach: "recent", isReading: false, isResetting: false, problem: null },
  }));
  const curve = createRecordedCurve(
    3,
    async ({ signal, ...stretch }) => {
      const { chosen } = store.getState();
      if (chosen === null) return [];
      const { points } = await bridge.call("learning.curve", { ...chosen, ...stretch }, { signal });
      return points.map(({ burst, weight }) => ({ burst, values: weight ? [weight.mean, weight.min, weight.max] : [] }));
    },
    {
      reach: () => (store.getState().reach === "all" ? Number.POSITIVE_INFINITY : recentBursts),
      tell: (isReading) => store.setState({ isReading }),
    },
  );
  const shown = () => {
    const { mappings, chosen } = store.getState();
    return mappings?.find((one) => chosen !== null && isSame(one, chosen));
  };
  const reader = createReader(bridge, {
    periodMs,
    tell: (problem) => store.setState({ problem }),
    async read({ burst }, went) {
      if (went) curve.restart();
      const mappings = await bridge.call("learning.mappings", {});
      store.setState({ mappings });
      const mapping = shown() ?? mappings[0];
      const chosen = mapping ? { src: mapping.src, dst: mapping.dst } : null;
      store.setState({ chosen });
      if (chosen === null) return;
      const { from, to, counts } = await bridge.call("learning.distribution", { ...chosen, bins });
      if (chosen !== store.getState().chosen) return;
      store.setState({ spread: { from, to, counts } });
      await curve.readTo(burst);
    },
  });
  const startAnew = (change: Partial<LearningState>) => {
    store.setState({ ...change, spread: null });
    curve.restart();
    reader.again();
  };
  return {
    ...reader,
    store,
    curve: curve.data,
    choose: (chosen) => startAnew({ chosen }),
    shown,
    setReach: (reach) => startAnew({ reach }),
  };
}

function isSame(a: Pair, b: Pair): boolean {
  return a.src === b.src && a.dst === b.dst;
}
