/** Conditions somebody keeps an eye on, with their values over the newest bursts. The list is a taste of this window, kept in its storage. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { BrainStatus } from "#contracts/commands/brain.ts";
import type { Series } from "#contracts/commands/time.ts";
import type { LabBridge } from "../bridge/lab-bridge.ts";
import { messageOf } from "../ui/error-text.ts";
import type { Kept } from "../ui/kept.ts";
import { createPacer } from "./pacer.ts";

export type WatchedValues = { series: Series } | { problem: string };

interface WatchState {
  texts: readonly string[];
  values: ReadonlyMap<string, WatchedValues>;
}

export interface Watches {
  store: StoreApi<WatchState>;
  follow(status: BrainStatus): void;
  /** Values are read only while a panel shows them; returns the way to stop. */
  watch(): () => void;
  add(text: string): void;
  remove(text: string): void;
  /** All of them, as a workspace file has them. */
  set(texts: readonly string[]): void;
  kept: Kept;
  close(): void;
}

/** Bursts a sparkline reaches back. */
export const watchedBursts = 240;
const readMs = 1000;
const key = "gyrus.watches";
const mostWatches = 40;

export function createWatches(bridge: LabBridge, storage?: Pick<Storage, "getItem" | "setItem">): Watches {
  const store = createStore<WatchState>(() => ({ texts: kept(storage), values: new Map() }));
  let watchers = 0;
  let status: BrainStatus | null = null;
  const valuesOf = async (condition: string, from: number): Promise<WatchedValues> => {
    try {
      return { series: await bridge.call("time.series", { condition, from: Math.max(1, from), points: watchedBursts }) };
    } catch (error) {
      return { problem: messageOf(error) };
    }
  };
  const read = async () => {
    if (watchers === 0 || !status || status.brainId === null || bridge.connection.phase !== "open") return;
    const values = new Map<string, WatchedValues>();
    const from = status.burst - watchedBursts + 1;
    // One after another: a sparkline must not hold up the brain.
    for (const text of store.getState().texts) values.set(text, await valuesOf(text, from));
    store.setState({ values });
  };
  const pacer = createPacer(read, readMs);
  const setTexts = (texts: readonly string[]) => {
    store.setState({ texts });
    storage?.setItem(key, JSON.stringify(texts));
    pacer.soon();
  };
  return {
    store,
    follow(next) {
      const isNews = next.burst !== status?.burst || next.generation !== status?.generation;
      status = next;
      if (isNews) pacer.soon();
    },
    watch() {
      watchers++;
      pacer.soon();
      return () => {
        watchers--;
      };
    },
    add(text) {
      const { texts } = store.getState();
      if (text !== "" && !texts.includes(text)) setTexts([...texts, text].slice(-mostWatches));
    },
    remove: (text) => setTexts(store.getState().texts.filter((one) => one !== text)),
    set: (texts) => setTexts(texts.slice(-mostWatches)),
    kept: {
      key,
      reread() {
        store.setState({ texts: kept(storage) });
        pacer.soon();
      },
    },
    close: () => pacer.stop(),
  };
}

function kept(storage: Pick<Storage, "getItem"> | undefined): string[] {
  try {
    const texts: unknown = JSON.parse(storage?.getItem(key) ?? "[]");
    return Array.isArray(texts) ? texts.filter((text) => typeof text === "string") : [];
  } catch {
    return [];
  }
}
