/** How areas fire over recorded bursts: their rates as they go on, of one of them intervals, spread, synchrony and spectrum; and how long bursts took. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { Durations, Intervals, Spectrum } from "#contracts/commands/analysis.ts";
import type { CorticalId } from "#contracts/connectome.ts";
import { LabError } from "#contracts/errors.ts";
import type { LabBridge } from "../bridge/lab-bridge.ts";
import { createPlotData, type PlotData } from "../ui/plot/plot-data.ts";
import { createReader, type Reader } from "./reader.ts";

export const mostAreas = 6;
/** Bursts that are looked at, the newest. */
export const reaches = [200, 1000, 5000] as const;
export type Reach = (typeof reaches)[number];
/** Bursts of a window in which firings are counted for the Fano factor. */
export const fanoWindows = [1, 10, 50, 100] as const;
export type FanoWindow = (typeof fanoWindows)[number];

/** Bursts that took from `leastMs` to less than `belowMs`; null: however long. */
export interface Lasting {
  leastMs: number;
  belowMs: number | null;
  bursts: readonly number[];
}

interface RatesState {
  /** The areas whose rates are drawn; the first is the one that is looked into. */
  areas: readonly CorticalId[];
  reach: Reach;
  fanoWindow: FanoWindow;
  from: number;
  to: number;
  intervals: Intervals | null;
  /** Null where too few bursts are recorded. */
  spectrum: Spectrum | null;
  durations: Durations | null;
  /** The bursts of a bin of durations that was picked. */
  lasting: Lasting | null;
  problem: string | null;
}

export interface Rates extends Reader {
  store: StoreApi<RatesState>;
  /** Firings per neuron and burst, one column an area. */
  rates: PlotData;
  lookAt(areas: readonly CorticalId[]): void;
  setReach(reach: Reach): void;
  setFanoWindow(bursts: FanoWindow): void;
  /** Neurons of the area that is looked into, with intervals of so many bursts. */
  neuronsAt(interval: number): Promise<number[]>;
  /** The bursts of what is shown that took so long; resolves to the first of them. */
  pickLasting(leastMs: number, belowMs: number | null): Promise<number | null>;
}

const points = 500;

export function createRates(bridge: LabBridge): Rates {
  const nothing = { from: 0, to: 0, intervals: null, spectrum: null, durations: null, lasting: null };
  const store = createStore<RatesState>(() => ({ ...nothing, areas: [], reach: 1000, fanoWindow: 10, problem: null }));
  const rates = createPlotData(mostAreas, points + 1);
  const lastingOf = async (range: { from: number; to: number }, { leastMs, belowMs }: Omit<Lasting, "bursts">): Promise<Lasting> => {
    const below = belowMs === null ? {} : { belowMs };
    const { bursts } = await bridge.call("analysis.burstsLasting", { ...range, leastMs, ...below });
    return { leastMs, belowMs, bursts };
  };

  const reader = createReader(bridge, {
    tell: (problem) => store.setState({ problem }),
    async read() {
      const { areas, reach, fanoWindow: window } = store.getState();
      const [area] = areas;
      // The newest that are recorded, wherever the brain stands: who goes to one of them still sees the others.
      const { first, last } = await bridge.call("time.recording", {});
      if (area === undefined || last < first) {
        rates.clear();
        return store.setState(nothing);
      }
      const range = { from: Math.max(first, last - reach + 1), to: last };
      const told = await bridge.call("analysis.rates", { areas: [...areas], ...range, points });
      const intervals = await bridge.call("analysis.intervals", { area, ...range, window });
      const spectrum = await bridge.call("analysis.spectrum", { area, ...range }).catch((error: unknown) => {
        if (error instanceof LabError && error.code === "E_NOT_FOUND") return null;
        throw error;
      });
      const durations = await bridge.call("analysis.durations", range);
      const picked = store.getState().lasting;
      const again = picked && (await lastingOf(range, picked));
      const now = store.getState();
      if (now.areas !== areas || now.reach !== reach || now.fanoWindow !== window) return;
      rates.clear();
      const parts = told.areas[0]?.rate.length ?? 0;
      for (let part = 0; part < parts; part++)
        rates.append(
          told.from + part * told.every,
          told.areas.map(({ rate }) => rate[part] ?? Number.NaN),
        );
      const lasting = now.lasting === picked ? again : now.lasting;
      store.setState({ intervals, spectrum, durations, lasting, from: told.from, to: told.to });
    },
  });

  return {
    ...reader,
    store,
    rates,
    lookAt(areas) {
      const next = areas.slice(0, mostAreas);
      const { areas: before } = store.getState();
      if (next.length === before.length && next.every((id, i) => id === before[i])) return;
      store.setState({ areas: next });
      reader.again();
    },
    setReach(reach) {
      store.setState({ reach });
      reader.again();
    },
    setFanoWindow(fanoWindow) {
      store.setState({ fanoWindow });
      reader.again();
    },
    async neuronsAt(interval) {
      const { intervals } = store.getState();
      if (!intervals) return [];
      const { area, from, to } = intervals;
      return (await bridge.call("analysis.neuronsAtInterval", { area, from, to, least: interval, longest: interval })).neurons;
    },
    async pickLasting(leastMs, belowMs) {
      const { durations } = store.getState();
      if (!durations) return null;
      const lasting = await lastingOf({ from: durations.from, to: durations.to }, { leastMs, belowMs });
      store.setState({ lasting });
      return lasting.bursts[0] ?? null;
    },
  };
}
