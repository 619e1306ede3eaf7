/** The store of probes, over a bridge that answers for a brain of ten neurons. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { BrainStatus } from "#contracts/commands/brain.ts";
import type { Trace } from "#contracts/commands/time.ts";
import { LabError } from "#contracts/errors.ts";
import { type Asked, askedBridge } from "./testing/asked-bridge.ts";
import { createTraces, tracedBursts } from "./traces-store.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const period = () => vi.advanceTimersByTimeAsync(2000);
const status = (burst: number, generation = 1) => ({ state: "paused", brainId: "b", generation, burst }) as BrainStatus;

/** Neuron n has the potential n + burst / 1000 and fires in every tenth burst; it is then refractory for two. */
function traced({ neurons, from, to }: { neurons: number[]; from: number; to: number }): Trace {
  const bursts = Array.from({ length: to - from + 1 }, (_, i) => from + i);
  const each = <T>(value: (burst: number) => T) => bursts.map(value);
  const traces = neurons.map((neuron) => {
    const known = (value: number) => (neuron < 10 ? value : null);
    return {
      ...{ neuron, potential: each((burst) => known(neuron + burst / 1000)), threshold: each(() => known(20)) },
      ...{ fired: each((burst) => neuron < 10 && burst % 10 === 0), psp: each((burst) => known(burst)), external: each(() => known(0.5)) },
      ...{ carried: each(() => known(0)), refractory: each((burst) => Math.max(0, 3 - (burst % 10 || 10))), exact: neuron !== 4 },
    };
  });
  return { from, to, traces };
}

function bench(answers: Record<string, (input: Asked["input"]) => unknown> = {}) {
  const { bridge, asked } = askedBridge(({ name, input }) => {
    if (answers[name]) return answers[name](input);
    if (name === "time.recording") return { first: 1, last: 1000 };
    return name === "time.trace" ? traced(input as Parameters<typeof traced>[0]) : { high: [1, 2, 3] };
  });
  const traces = createTraces(bridge);
  traces.watch();
  return { traces, tracesAsked: () => asked.filter(({ name }) => name === "time.trace").map(({ input }) => input) };
}

test("neurons are read together in one request, and then from where they ended", async () => {
  const { traces, tracesAsked } = bench();
  traces.add({ kind: "neuron", id: 1 });
  traces.add({ kind: "neuron", id: 2 });
  traces.follow(status(20));
  await period();
  traces.follow(status(25));
  await period();
  traces.add({ kind: "neuron", id: 3 });
  await period();
  expect(tracesAsked()).toEqual([
    { neurons: [1, 2], from: 1, to: 20 },
    { neurons: [1, 2], from: 21, to: 25 },
    { neurons: [3], from: 1, to: 25 },
  ]);
  traces.follow(status(900));
  await period();
  expect(tracesAsked().at(-1)).toEqual({ neurons: [1, 2, 3], from: 900 - tracedBursts + 1, to: 900 });
});

test("a burst's row holds potential, threshold, spike, sums and what is left of the refractory period", async () => {
  const { traces } = bench();
  const probe = { kind: "neuron", id: 1 } as const;
  traces.add(probe);
  traces.follow(status(12));
  await period();
  const { x, y } = traces.rowsOf(probe).columns();
  const row = (burst: number) => y.map((column) => column[x.indexOf(burst)]);
  expect(row(9)).toEqual([1.009, 20, Number.NaN, 9, 0.5, 0]);
  expect(row(10)).toEqual([1.01, 20, 20, 10, 0.5, 0]);
  expect(row(11)).toEqual([1.011, 20, Number.NaN, 11, 0.5, 2]);
});

test("a brain that went back is read anew, and the pictures show all again", async () => {
  const { traces, tracesAsked } = bench();
  traces.add({ kind: "neuron", id: 4 });
  traces.follow(status(50));
  await period();
  traces.store.setState({ range: [10, 20] });
  expect([...traces.store.getState().inexact]).toEqual(["N#4"]);
  traces.follow(status(30));
  await period();
  expect(tracesAsked().at(-1)).toEqual({ neurons: [4], from: 1, to: 30 });
  expect(traces.rowsOf({ kind: "neuron", id: 4 }).rows).toBe(30);
  expect(traces.store.getState().range).toBeNull();
});

test("a neuron that is not there is said beside its probe, and the others are read", async () => {
  const { traces } = bench({
    "time.series": () => {
      throw new LabError("E_NOT_FOUND", "No such synapse");
    },
  });
  traces.add({ kind: "neuron", id: 99 });
  traces.add({ kind: "neuron", id: 1 });
  traces.add({ kind: "synapse", id: 7 });
  traces.follow(status(5));
  await period();
  expect(traces.store.getState().problems).toEqual(
    new Map([
      ["S#7", "No such synapse"],
      ["N#99", "There was no neuron 99 in the last burst that was read."],
    ]),
  );
  expect(traces.rowsOf({ kind: "neuron", id: 1 }).rows).toBe(5);
});
