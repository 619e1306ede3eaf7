/**
 * Probes: neurons whose membrane potential and inputs, and synapses whose weight, are followed over the newest recorded bursts. Neurons
 * that are read from the same burst on are asked for together, as the host replays the bursts for them once.
 */
import { createStore, type StoreApi } from "zustand/vanilla";
import type { NeuronTrace } from "#contracts/commands/time.ts";
import type { LabBridge } from "../bridge/lab-bridge.ts";
import { messageOf } from "../ui/error-text.ts";
import { t } from "../ui/messages.ts";
import { createPlotData, type PlotData } from "../ui/plot/plot-data.ts";
import { createReader, type Reader } from "./reader.ts";

export type Probe = { kind: "neuron"; id: number } | { kind: "synapse"; id: number };
export const keyOf = ({ kind, id }: Probe): string => `${kind === "neuron" ? "N" : "S"}#${id}`;

/** Columns of a neuron's rows. `spike`: the threshold once more where it fired; `refractory`: bursts left when the burst began. */
export const neuronColumns = ["potential", "threshold", "spike", "psp", "external", "refractory"] as const;
export type NeuronColumn = (typeof neuronColumns)[number];

interface TracesState {
  probes: readonly Probe[];
  /** All potentials in one picture, to be compared. */
  isOverlaid: boolean;
  /** What arrives and what comes from elsewhere is drawn too. */
  hasInputs: boolean;
  /** The pictures of neurons have one scale of potentials. */
  hasOneScale: boolean;
  /** Spikes of probed neurons are clicks. */
  isHeard: boolean;
  /** The bursts all pictures show; null: all that are read. */
  range: readonly [from: number, to: number] | null;
  /** By probe: what reading it was refused with. */
  problems: ReadonlyMap<string, string>;
  /** Probes of which some burst's account is not what the engine shows. */
  inexact: ReadonlySet<string>;
  problem: string | null;
}

export interface Traces extends Reader {
  store: StoreApi<TracesState>;
  /** Neuron: `neuronColumns`; synapse: its weight. */
  rowsOf(probe: Probe): PlotData;
  add(probe: Probe): void;
  remove(probe: Probe): void;
}

/** A trace is read by replaying, so only so far back. */
export const tracedBursts = 300;
const mostProbes = 8;

export function createTraces(bridge: LabBridge): Traces {
  const store = createStore<TracesState>(() => ({
    ...{ probes: [], isOverlaid: false, hasInputs: true, hasOneScale: false, isHeard: false, range: null },
    ...{ problems: new Map(), inexact: new Set(), problem: null },
  }));
  const rows = new Map<string, PlotData>();
  /** The last burst that is in the rows of a probe. */
  const readTo = new Map<string, number>();
  const inexact = new Set<string>();

  const rowsOf = (probe: Probe) => {
    const key = keyOf(probe);
    const found = rows.get(key) ?? createPlotData(probe.kind === "neuron" ? neuronColumns.length : 1, 4 * tracedBursts);
    rows.set(key, found);
    return found;
  };
  const forget = (key: string) => {
    rows.get(key)?.clear();
    readTo.delete(key);
    inexact.delete(key);
  };

  const readNeurons = async (neurons: readonly Probe[], from: number, to: number) => {
    const answer = await bridge.call("time.trace", { neurons: neurons.map(({ id }) => id), from, to });
    for (const [i, probe] of neurons.entries()) {
      const trace = answer.traces[i];
      if (!trace) continue;
      for (let row = 0; row <= answer.to - answer.from; row++) rowsOf(probe).append(answer.from + row, rowOf(trace, row));
      if (!trace.exact) inexact.add(keyOf(probe));
    }
  };
  const readSynapse = async (probe: Probe, from: number, to: number) => {
    const { high } = await bridge.call("time.series", { condition: `weight(S#${probe.id})`, from, to, points: tracedBursts });
    for (const [i, value] of high.entries()) rowsOf(probe).append(from + i, [numberOf(value)]);
  };

  /** Probes with bursts to read, by the first of them; a synapse is asked for alone. */
  const waiting = (first: number, burst: number) => {
    const groups = new Map<string, { from: number; probes: Probe[] }>();
    for (const probe of store.getState().probes) {
      const from = Math.max(first, burst - tracedBursts + 1, (readTo.get(keyOf(probe)) ?? 0) + 1);
      if (from > burst) continue;
      const name = probe.kind === "neuron" ? `${from}` : keyOf(probe);
      groups.set(name, { from, probes: [...(groups.get(name)?.probes ?? []), probe] });
    }
    return [...groups.values()];
  };

  const reader = createReader(bridge, {
    tell: (problem) => store.setState({ problem }),
    async read({ burst }, went) {
      const { first } = await bridge.call("time.recording", {});
      if (went) {
        for (const key of [...rows.keys()]) forget(key);
        store.setState({ range: null });
      }
      const problems = new Map<string, string>();
      for (const { from, probes } of waiting(first, burst)) {
        const [probe] = probes;
        try {
          await (probe?.kind === "synapse" ? readSynapse(probe, from, burst) : readNeurons(probes, from, burst));
          for (const one of probes) readTo.set(keyOf(one), burst);
        } catch (error) {
          for (const one of probes) problems.set(keyOf(one), messageOf(error));
        }
      }
      for (const probe of store.getState().probes)
        if (probe.kind === "neuron" && isGone(rowsOf(probe))) problems.set(keyOf(probe), t("trace.gone", { id: probe.id }));
      store.setState({ problems, inexact: new Set(inexact) });
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
      forget(keyOf(probe));
      rows.delete(keyOf(probe));
    },
  };
}

/** In the order of `neuronColumns`. */
function rowOf({ potential, threshold, fired, psp, external, refractory }: NeuronTrace, at: number): number[] {
  const bound = numberOf(threshold[at]);
  return [numberOf(potential[at]), bound, fired[at] ? bound : Number.NaN, numberOf(psp[at]), numberOf(external[at]), refractory[at] ?? 0];
}

function numberOf(value: NeuronTrace["potential"][number] | undefined): number {
  return value == null ? Number.NaN : Number(value);
}

/** No such neuron was there in the last burst. */
function isGone(data: PlotData): boolean {
  return Number.isNaN(data.columns().y[neuronColumns.indexOf("psp")]?.at(-1) ?? 0);
}
