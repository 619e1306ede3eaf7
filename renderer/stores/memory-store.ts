/** What memory areas remember: the areas and their figures, the memories of one of them a page at a time, and one memory in full. */
import type { z } from "zod";
import { createStore, type StoreApi } from "zustand/vanilla";
import type { MemoryAreaInfo, MemoryNeuronInfo, memoryCommands } from "#contracts/commands/memory.ts";
import type { CorticalId } from "#contracts/connectome.ts";
import { LabError } from "#contracts/errors.ts";
import type { CommandInput, LabBridge } from "../bridge/lab-bridge.ts";
import type { PlotData } from "../ui/plot/plot-data.ts";
import { createReader, type Reader } from "./reader.ts";
import { createRecordedCurve } from "./recorded-curve.ts";

export type MemoryArea = z.infer<typeof MemoryAreaInfo>;
export type Memory = z.infer<typeof MemoryNeuronInfo>;
type Page = z.infer<(typeof memoryCommands)["neurons"]["output"]>;
type Statistics = z.infer<(typeof memoryCommands)["statistics"]["output"]>;
export type MemoryFigures = Statistics["areas"][number];
export type MemorySort = NonNullable<CommandInput<"memory.neurons">["sort"]>;

interface MemoryState {
  /** Null until they were read. */
  areas: readonly MemoryArea[] | null;
  statistics: Statistics | null;
  /** The area that is looked at, always one of `areas`. */
  area: CorticalId | null;
  page: Page | null;
  offset: number;
  sort: MemorySort;
  descending: boolean;
  /** The memory that is looked at; null: the area as a whole. */
  chosen: number | null;
  memory: Memory | null;
  marked: ReadonlySet<number>;
  /** Those somebody is asked about, whether to forget them. */
  forgetting: readonly number[];
  problem: string | null;
}

export interface Memories extends Reader {
  store: StoreApi<MemoryState>;
  /** Memories of the chosen area by burst. */
  curve: PlotData;
  chooseArea(area: CorticalId): void;
  /** Null: the area as a whole. */
  choose(memory: number | null): void;
  sortBy(sort: MemorySort): void;
  turnTo(offset: number): void;
  mark(memory: number, on: boolean): void;
  /** Asks whether to forget these. */
  ask(memories: readonly number[]): void;
  forget(): Promise<void>;
}

export const pageRows = 100;
const mostLinks = 20;

export function createMemories(bridge: LabBridge): Memories {
  const store = createStore<MemoryState>(() => ({
    ...{ areas: null, statistics: null, area: null, page: null, offset: 0, sort: "lastSeen", descending: true },
    ...{ chosen: null, memory: null, marked: new Set(), forgetting: [], problem: null },
  }));
  const curve = createRecordedCurve(1, async ({ signal, ...stretch }) => {
    const { areas, points } = await bridge.call("memory.curve", stretch, { signal });
    const at = areas.indexOf(store.getState().area ?? "");
    return points.map(({ burst, neurons }) => ({ burst, values: at < 0 ? [] : [neurons[at] ?? 0] }));
  });
  const readChosen = async () => {
    const { chosen } = store.getState();
    if (chosen === null) return;
    try {
      const memory = await bridge.call("memory.neuron", { id: chosen, links: mostLinks });
      if (store.getState().chosen === chosen) store.setState({ memory });
    } catch (error) {
      if (!(error instanceof LabError) || error.code !== "E_NOT_FOUND") throw error;
      // It was forgotten meanwhile.
      if (store.getState().chosen === chosen) store.setState({ chosen: null, memory: null });
    }
  };
  const readPage = async () => {
    const { area, offset, sort, descending } = store.getState();
    if (area === null) return;
    const page = await bridge.call("memory.neurons", { area, offset, limit: pageRows, sort, descending });
    if (page.neurons.length === 0 && offset > 0) {
      store.setState({ offset: Math.max(0, (Math.ceil(page.total / pageRows) - 1) * pageRows) });
      return reader.again();
    }
    if (store.getState().area === area) store.setState({ page });
  };
  const reader = createReader(bridge, {
    tell: (problem) => store.setState({ problem }),
    async read({ burst }, went) {
      if (went) curve.restart();
      const [areas, statistics] = await Promise.all([bridge.call("memory.areas", {}), bridge.call("memory.statistics", {})]);
      const before = store.getState().area;
      const area = areas.find((one) => one.area === before)?.area ?? areas[0]?.area ?? null;
      store.setState({ areas, statistics, area });
      if (area !== before) store.setState({ chosen: null, memory: null, marked: new Set(), offset: 0 });
      await readPage();
      await readChosen();
      await curve.readTo(burst);
    },
  });
  const change = (next: Partial<MemoryState>) => {
    store.setState(next);
    reader.again();
  };
  return {
    ...reader,
    store,
    curve: curve.data,
    chooseArea(area) {
      curve.restart();
      change({ area, page: null, offset: 0, chosen: null, memory: null, marked: new Set() });
    },
    choose: (chosen) => change({ chosen, memory: null }),
    sortBy(sort) {
      const { sort: before, descending } = store.getState();
      change({ sort, descending: sort === before ? !descending : true, offset: 0 });
    },
    turnTo: (offset) => change({ offset }),
    mark(memory, on) {
      const marked = new Set(store.getState().marked);
      if (on) marked.add(memory);
      else marked.delete(memory);
      store.setState({ marked });
    },
    ask: (forgetting) => store.setState({ forgetting }),
    async forget() {
      const { forgetting } = store.getState();
      store.setState({ forgetting: [] });
      if (forgetting.length === 0) return;
      await bridge.call("memory.forget", { ids: [...forgetting] });
      const { marked, chosen } = store.getState();
      const gone = new Set(forgetting);
      if (chosen !== null && gone.has(chosen)) store.setState({ chosen: null, memory: null });
      change({ marked: new Set([...marked].filter((one) => !gone.has(one))) });
    },
  };
}
