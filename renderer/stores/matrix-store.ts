/** Synapses, weights and traffic between areas, read when somebody asks: one pass over every synapse is not for each burst. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { Flow } from "#contracts/commands/analysis.ts";
import type { BrainStatus } from "#contracts/commands/brain.ts";
import type { LabBridge } from "../bridge/lab-bridge.ts";
import { messageOf } from "../ui/error-text.ts";

export const matrixValues = ["synapses", "weight", "flow"] as const;
export type MatrixValue = (typeof matrixValues)[number];
export const matrixOrders = ["region", "community", "name", "traffic"] as const;
export type MatrixOrder = (typeof matrixOrders)[number];

interface MatrixState {
  flow: Flow | null;
  value: MatrixValue;
  order: MatrixOrder;
  isLogarithmic: boolean;
  isReading: boolean;
  problem: string | null;
}

export interface Matrix {
  store: StoreApi<MatrixState>;
  /** The brain is another one, or has other synapses. */
  follow(status: BrainStatus): void;
  /** Of the newest bursts; reads again whatever is shown. */
  read(): Promise<void>;
  close(): void;
}

/** Bursts whose traffic is counted. */
export const countedBursts = 200;

export function createMatrix(bridge: LabBridge): Matrix {
  const store = createStore<MatrixState>(() => ({
    ...{ flow: null, value: "synapses", order: "region", isLogarithmic: true, isReading: false, problem: null },
  }));
  let generation = -1;
  let burst = 0;
  let reading = new AbortController();
  return {
    store,
    follow(status) {
      burst = status.burst;
      if (status.generation === generation) return;
      generation = status.generation;
      reading.abort();
      store.setState({ flow: null, problem: null, isReading: false });
    },
    async read() {
      reading.abort();
      reading = new AbortController();
      const { signal } = reading;
      store.setState({ isReading: true });
      try {
        const flow = await bridge.call("analysis.flow", { from: Math.max(1, burst - countedBursts + 1) }, { signal });
        if (!signal.aborted) store.setState({ flow, problem: null, isReading: false });
      } catch (error) {
        if (!signal.aborted) store.setState({ flow: null, problem: messageOf(error), isReading: false });
      }
    },
    close: () => reading.abort(),
  };
}
