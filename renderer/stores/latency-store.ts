/** How long a question to the brain host and its answer take: asked now and then while somebody looks at the window. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { LabBridge } from "../bridge/lab-bridge.ts";

const periodMs = 10_000;
/** The median of so many answers is told, so that one slow answer is no alarm. */
const remembered = 5;

export interface Latency {
  store: StoreApi<{ ms: number | null }>;
  /** Asks until the returned function is called. */
  watch(): () => void;
}

interface Parts {
  bridge: Pick<LabBridge, "call" | "onConnection" | "connection">;
  nowMs?: () => number;
  isSeen?: () => boolean;
}

export function createLatency({ bridge, nowMs = () => performance.now(), isSeen = () => !document.hidden }: Parts): Latency {
  const store = createStore<{ ms: number | null }>(() => ({ ms: null }));
  let times: number[] = [];
  const ask = async () => {
    if (bridge.connection.phase !== "open" || !isSeen()) return;
    const began = nowMs();
    try {
      await bridge.call("brain.status", {});
    } catch {
      return;
    }
    times = [...times.slice(1 - remembered), nowMs() - began];
    const sorted = times.toSorted((a, b) => a - b);
    store.setState({ ms: sorted[sorted.length >> 1] ?? null });
  };
  return {
    store,
    watch() {
      const stop = bridge.onConnection(({ phase }) => {
        if (phase === "open") return void ask();
        times = [];
        store.setState({ ms: null });
      });
      const timer = setInterval(ask, periodMs);
      return () => {
        stop();
        clearInterval(timer);
      };
    },
  };
}
