/** The ways this brain went, and one of them beside the one that lives: where they part, and who fired in one alone. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { TimelineComparison, TimelineDifference, TimelineInfo } from "#contracts/commands/timeline.ts";
import { LabError } from "#contracts/errors.ts";
import type { LabBridge } from "../bridge/lab-bridge.ts";
import { createPlotData, type PlotData } from "../ui/plot/plot-data.ts";
import { createReader, type Reader } from "./reader.ts";

interface TimelinesState {
  /** Null until they were read. */
  timelines: readonly TimelineInfo[] | null;
  /** The other one that is compared with; null where there is none. */
  chosen: string | null;
  comparison: TimelineComparison | null;
  /** Of the burst that is shown; null where not both have it. */
  difference: TimelineDifference | null;
  /** The other one runs on whenever the one that lives has got further. */
  keepsStep: boolean;
  /** The burst the other one is run to, while it is. */
  catchingUp: number | null;
  problem: string | null;
}

export interface Timelines extends Reader {
  store: StoreApi<TimelinesState>;
  /** Who fired here, there, here alone and there alone, per burst. */
  counts: PlotData;
  /** They were announced. */
  set(timelines: readonly TimelineInfo[]): void;
  choose(id: string): void;
  setKeepsStep(keepsStep: boolean): void;
  /** Another burst is shown; null: where the brain stands. */
  lookAt(cursor: number | null): void;
  catchUp(): Promise<void>;
  stopCatchingUp(): void;
}

const listedNeurons = 200;
const points = 400;

export function createTimelines(bridge: LabBridge): Timelines {
  const store = createStore<TimelinesState>(() => ({
    ...{ timelines: null, chosen: null, comparison: null, difference: null, keepsStep: false, catchingUp: null, problem: null },
  }));
  const counts = createPlotData(4, points);
  let cursor: number | null = null;
  let running: AbortController | null = null;

  const take = (timelines: readonly TimelineInfo[]) => {
    const others = timelines.filter(({ isCurrent }) => !isCurrent);
    const { chosen: before } = store.getState();
    const chosen = others.find(({ id }) => id === before)?.id ?? others.at(-1)?.id ?? null;
    if (chosen !== before) {
      store.setState({ comparison: null, difference: null });
      counts.clear();
    }
    store.setState({ timelines, chosen });
    return chosen;
  };

  const catchUp = async (id: string, to: number) => {
    if (running) return;
    running = new AbortController();
    store.setState({ catchingUp: to });
    try {
      await bridge.call("timeline.catchUp", { id, to }, { signal: running.signal });
    } catch (error) {
      if (!(error instanceof LabError && error.code === "E_CANCELLED")) throw error;
      store.setState({ keepsStep: false });
    } finally {
      running = null;
      store.setState({ catchingUp: null });
    }
  };

  const reader = createReader(bridge, {
    tell: (problem) => store.setState({ problem }),
    async read({ burst }) {
      const timelines = await bridge.call("timeline.list", {});
      const id = take(timelines);
      if (id === null) return;
      const [here, there] = [timelines.find(({ isCurrent }) => isCurrent), timelines.find((one) => one.id === id)];
      if (store.getState().keepsStep && here && there && there.last < here.last) await catchUp(id, here.last);
      const comparison = await bridge.call("timeline.compare", { id, points });
      if (store.getState().chosen !== id) return;
      counts.clear();
      for (const [at, part] of comparison.parts.entries())
        counts.append(comparison.from + at * comparison.every, [part.here, part.there, part.onlyHere, part.onlyThere]);
      const shown = cursor ?? burst;
      const isInBoth = shown >= comparison.from && shown <= comparison.to;
      const difference = isInBoth ? await bridge.call("timeline.difference", { id, burst: shown, limit: listedNeurons }) : null;
      store.setState({ comparison, difference });
    },
  });

  return {
    ...reader,
    store,
    counts,
    set(timelines) {
      take(timelines);
      reader.again();
    },
    choose(id) {
      if (id === store.getState().chosen) return;
      store.setState({ chosen: id, comparison: null, difference: null });
      counts.clear();
      reader.again();
    },
    setKeepsStep(keepsStep) {
      store.setState({ keepsStep });
      reader.again();
    },
    lookAt(burst) {
      cursor = burst;
      reader.again();
    },
    async catchUp() {
      const { timelines, chosen } = store.getState();
      const here = timelines?.find(({ isCurrent }) => isCurrent);
      if (!here || chosen === null) return;
      await catchUp(chosen, here.last);
      reader.again();
    },
    stopCatchingUp: () => running?.abort(),
  };
}
