/** Probes: neurons whose membrane potential, and synapses whose weight, are followed over the newest recorded bursts. */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { LabBridge } from "../bridge/lab-bridge.ts";
import { createPlotData, type PlotData } from "../ui/plot/plot-data.ts";
import { createReader, type Reader } from "./reader.ts";

export type Probe = { kind: "neuron"; id: number } | { kind: "synapse"; id: number };
export const keyOf = ({ kind, id }: Probe): string => `${kind === "neuron" ? "N" : "S"}#${id}`;

interface TracesState {
  probes: readonly Probe[];
  /** All potentials in one picture, to be compared. */
  isOverlaid: boolean;
  /** By probe: what reading it was refused with. */
  problems: ReadonlyMap<string, string>;
  problem: string | null;
}

export interface Traces extends Reader {
  store: StoreApi<TracesState>;
  /** Neuron: potential, threshold, and the threshold again where it fired; synapse: its weight. */
  rowsOf(probe: Probe): PlotData;
  add(probe: Probe): void;
  remove(probe: Probe): void;
}

/** A trace is read by replaying, so only so far back. */
export const tracedBursts = 300;
const mostProbes = 8;

export function createTraces(bridge: LabBridge): Traces {
  const store = createStore<TracesState>(() => ({ probes: [], isOverlaid: false, problems: new Map(), problem: null }));
  const rows = new Map<string, PlotData>();
  /** The last burst that is in the rows of a probe. */
  const readTo = new Map<string, number>();

  const rowsOf = (probe: Probe) => {
    const key = keyOf(probe);
    const found = rows.get(key) ?? createPlotData(probe.kind === "neuron" ? 3 : 1, 4 * tracedBursts);
    rows.set(key, found);
    return found;
  };

  /** Each burst's value; a burst is a part of its own. */
  const series = async (condition: string, from: number, to: number) => {
    const { high } = await bridge.call("time.series", { condition, from, to, points: tracedBursts });
    return high.map((value) => (value === null ? Number.NaN : Number(value)));
  };

  const readNeuron = async (probe: Probe, from: number, to: number) => {
    const [potential, fired] = [await series(`potential(N#${probe.id})`, from, to), await series(`fired(N#${probe.id})`, from, to)];
    const { threshold } = await bridge.call("connectome.getNeuron", { id: probe.id });
    for (const [i, value] of potential.entries()) rowsOf(probe).append(from + i, [value, threshold, fired[i] ? threshold : Number.NaN]);
  };
  const readSynapse = async (probe: Probe, from: number, to: number) => {
    const weight = await series(`weight(S#${probe.id})`, from, to);
    for (const [i, value] of weight.entries()) rowsOf(probe).append(from + i, [value]);
  };

  const reader = createReader(bridge, {
    tell: (problem) => store.setState({ problem }),
    async read({ burst }, went) {
      const { first } = await bridge.call("time.recording", {});
      const problems = new Map<string, string>();
      for (const probe of store.getState().probes) {
        const key = keyOf(probe);
        if (went) {
          rowsOf(probe).clear();
          readTo.delete(key);
        }
        const from = Math.max(first, burst - tracedBursts + 1, (readTo.get(key) ?? 0) + 1);
        if (from > burst) continue;
        try {
          await (probe.kind === "neuron" ? readNeuron : readSynapse)(probe, from, burst);
          readTo.set(key, burst);
        } catch (error) {
          problems.set(key, error instanceof Error ? error.message : String(error));
        }
      }
      store.setState({ problems });
    },
  });

  return {
    ...reader,
    store,
    rowsOf,
    add(probe) {
      const { probes } = store.getState();
      if (probes.some((one) => keyOf(one) === keyOf(probe))) return;
      store.setState({ probes: [...probes, probe].slice(-mostProbes) });
      reader.again();
    },
    remove(probe) {
      store.setState(({ probes }) => ({ probes: probes.filter((one) => keyOf(one) !== keyOf(probe)) }));
      rows.delete(keyOf(probe));
      readTo.delete(keyOf(probe));
    },
  };
}
