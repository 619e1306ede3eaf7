/** How areas fire over recorded bursts: their rates as they go on, and of one of them intervals, spread, synchrony and spectrum. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { Intervals, Spectrum } from "#contracts/commands/analysis.ts";
import type { CorticalId } from "#contracts/connectome.ts";
import { LabError } from "#contracts/errors.ts";
import type { LabBridge } from "../bridge/lab-bridge.ts";
import { createPlotData, type PlotData } from "../ui/plot/plot-data.ts";
import { createReader, type Reader } from "./reader.ts";

export const mostAreas = 6;
/** Bursts that are looked at, the newest. */
export const reaches = [200, 1000, 5000] as const;
export type Reach = (typeof reaches)[number];

interface RatesState {
  /** The areas whose rates are drawn; the first is the one that is looked into. */
  areas: readonly CorticalId[];
  reach: Reach;
  from: number;
  to: number;
  intervals: Intervals | null;
  /** Null where too few bursts are recorded. */
  spectrum: Spectrum | null;
  problem: string | null;
}

export interface Rates extends Reader {
  store: StoreApi<RatesState>;
  /** Firings per neuron and burst, one column an area. */
  rates: PlotData;
  lookAt(areas: readonly CorticalId[]): void;
  setReach(reach: Reach): void;
}

const points = 500;

export function createRates(bridge: LabBridge): Rates {
  const store = createStore<RatesState>(() => ({ areas: [], reach: 1000, from: 0, to: 0, intervals: null, spectrum: null, problem: null }));
  const rates = createPlotData(mostAreas, points + 1);

  const reader = createReader(bridge, {
    tell: (problem) => store.setState({ problem }),
    async read({ burst }) {
      const { areas, reach } = store.getState();
      const [area] = areas;
      if (area === undefined || burst < 1) {
        rates.clear();
        return store.setState({ intervals: null, spectrum: null, from: 0, to: 0 });
      }
      const range = { from: Math.max(1, burst - reach + 1), to: burst };
      const told = await bridge.call("analysis.rates", { areas: [...areas], ...range, points });
      const intervals = await bridge.call("analysis.intervals", { area, ...range });
      const spectrum = await bridge.call("analysis.spectrum", { area, ...range }).catch((error: unknown) => {
        if (error instanceof LabError && error.code === "E_NOT_FOUND") return null;
        throw error;
      });
      if (store.getState().areas !== areas || store.getState().reach !== reach) return;
      rates.clear();
      const parts = told.areas[0]?.rate.length ?? 0;
      for (let part = 0; part < parts; part++)
        rates.append(
          told.from + part * told.every,
          told.areas.map(({ rate }) => rate[part] ?? Number.NaN),
        );
      store.setState({ intervals, spectrum, from: told.from, to: told.to });
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
  };
}
