/** Modulators: who they are, what they change now, and what they said over recorded bursts. */
import type { z } from "zod";
import { createStore, type StoreApi } from "zustand/vanilla";
import type { ClassifierInfo } from "#contracts/commands/classifier.ts";
import type { ModulatorEffects, ModulatorInfo } from "#contracts/commands/modulator.ts";
import type { LabBridge } from "../bridge/lab-bridge.ts";
import type { PlotData } from "../ui/plot/plot-data.ts";
import { createReader, type Reader } from "./reader.ts";
import { createRecordedCurve, type RecordedCurve } from "./recorded-curve.ts";

export type Classifier = ClassifierInfo;
export type Modulator = z.infer<typeof ModulatorInfo>;
type Effects = z.infer<typeof ModulatorEffects>;

export type ModulatorMeasure = "factor" | "signal";

interface Levels {
  /** Ids of those that are switched on, in the order of the series. */
  ids: readonly string[];
  /** Of each id its signal, then of each its factor. */
  data: PlotData;
}
interface ModulatorState {
  /** Null until they were read. */
  modulators: readonly Modulator[] | null;
  classifiers: readonly Classifier[];
  effects: Effects | null;
  levels: Levels | null;
  measure: ModulatorMeasure;
  problem: string | null;
}

export interface Modulators extends Reader {
  store: StoreApi<ModulatorState>;
  measure(measure: ModulatorMeasure): void;
}

export function createModulators(bridge: LabBridge): Modulators {
  const store = createStore<ModulatorState>(() => ({
    ...{ modulators: null, classifiers: [], effects: null, levels: null, measure: "factor", problem: null },
  }));
  let curve: RecordedCurve | null = null;
  /** A burst a row, so how many rows are wanted does not matter. */
  const curveOf = (ids: readonly string[]) =>
    createRecordedCurve(2 * ids.length, async ({ from, to, signal }) => {
      const { from: first, modulators } = await bridge.call("modulator.levels", { from, to }, { signal });
      const levels = ids.map((id) => modulators.find((one) => one.id === id)?.levels ?? []);
      const bursts = levels[0]?.length ?? 0;
      return Array.from({ length: bursts }, (_, i) => ({
        burst: first + i,
        values: [...levels.map((of) => Number(of[i]?.signal)), ...levels.map((of) => Number(of[i]?.factor))],
      }));
    });
  const reader = createReader(bridge, {
    tell: (problem) => store.setState({ problem }),
    async read({ burst }, went) {
      const [modulators, classifiers, effects] = await Promise.all([
        bridge.call("modulator.list", {}),
        bridge.call("classifier.list", {}),
        bridge.call("modulator.effects", {}),
      ]);
      const ids = modulators.filter(({ active }) => active).map(({ id }) => id);
      const before = store.getState().levels;
      if (curve === null || before === null || before.ids.join("\n") !== ids.join("\n")) {
        curve?.restart();
        curve = curveOf(ids);
        store.setState({ levels: { ids, data: curve.data } });
      } else if (went) curve.restart();
      store.setState({ modulators, classifiers, effects });
      if (ids.length > 0) await curve.readTo(burst);
    },
  });
  return { ...reader, store, measure: (measure) => store.setState({ measure }) };
}
