/** Lanes of the timeline: areas that were pinned to it, with their rates over the bursts it shows. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { CorticalId } from "#contracts/connectome.ts";
import type { LabBridge } from "../bridge/lab-bridge.ts";
import { messageOf } from "../ui/error-text.ts";
import { createPacer } from "./pacer.ts";
import type { Timeline } from "./timeline-store.ts";

export interface LaneRates {
  from: number;
  to: number;
  every: number;
  /** Of each part: firings per neuron and burst. */
  rates: ReadonlyMap<CorticalId, readonly number[]>;
}

interface LanesState {
  areas: readonly CorticalId[];
  shown: LaneRates | null;
  problem: string | null;
}

export interface Lanes {
  store: StoreApi<LanesState>;
  /** Pins areas, or takes all of them off where all are pinned. */
  toggle(areas: readonly CorticalId[]): void;
  /** Reads as long as a panel shows them; returns the way to stop. */
  watch(): () => void;
  close(): void;
}

export const mostLanes = 8;
/** Every burst shown is read anew, so not as often as the strip. */
const readMs = 2000;
const points = 300;
const mostBursts = 20_000;

export function createLanes(bridge: LabBridge, timeline: Pick<Timeline, "store">): Lanes {
  const store = createStore<LanesState>(() => ({ areas: [], shown: null, problem: null }));
  let watchers = 0;
  const read = async () => {
    const { areas } = store.getState();
    const { activity } = timeline.store.getState();
    if (watchers === 0 || !activity || activity.to < activity.from || bridge.connection.phase !== "open") return;
    if (areas.length === 0) return store.setState({ shown: null, problem: null });
    const from = Math.max(activity.from, activity.to - mostBursts + 1);
    try {
      const read = await bridge.call("analysis.rates", { areas: [...areas], from, to: activity.to, points });
      const rates = new Map(read.areas.map(({ area, rate }) => [area, rate]));
      store.setState({ shown: { from: read.from, to: read.to, every: read.every, rates }, problem: null });
    } catch (error) {
      store.setState({ problem: messageOf(error) });
    }
  };
  const pacer = createPacer(read, readMs);
  const stop = timeline.store.subscribe((now, before) => {
    if (now.activity !== before.activity && store.getState().areas.length > 0) pacer.soon();
  });
  return {
    store,
    toggle(areas) {
      const before = store.getState().areas;
      const isPinned = areas.every((area) => before.includes(area));
      const others = before.filter((area) => !areas.includes(area));
      store.setState({ areas: isPinned ? others : [...others, ...areas].slice(-mostLanes) });
      pacer.soon();
    },
    watch() {
      watchers++;
      pacer.soon();
      return () => {
        watchers--;
      };
    },
    close() {
      stop();
      pacer.stop();
    },
  };
}
