/** The stores of what a genome can switch on, over a bridge that answers what the test says. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { BrainStatus } from "#contracts/commands/brain.ts";
import type { HeldInput } from "#contracts/commands/sensory.ts";
import type { CorticalArea } from "#contracts/connectome.ts";
import { LabError } from "#contracts/errors.ts";
import { createHeldStore } from "./held-store.ts";
import { createLearning } from "./learning-store.ts";
import { createMemories } from "./memory-store.ts";
import { createModulators } from "./modulator-store.ts";
import { createReader } from "./reader.ts";
import { createSchedules } from "./schedule-store.ts";
import { askedBridge, later } from "./testing/asked-bridge.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const settle = () => vi.advanceTimersByTimeAsync(0);
const period = () => vi.advanceTimersByTimeAsync(2000);
const status = (burst: number, more: Partial<BrainStatus> = {}) =>
  ({ state: "paused", brainId: "b", generation: 1, burst, ...more }) as BrainStatus;

test("a reader reads only while somebody watches, and says when the brain went back", async () => {
  const reads: [number, boolean][] = [];
  const { bridge } = askedBridge(() => null);
  const reader = createReader(bridge, { read: async ({ burst }, went) => void reads.push([burst, went]), tell: () => {}, periodMs: 100 });
  reader.follow(status(5));
  await settle();
  expect(reads).toEqual([]);
  const stop = reader.watch();
  await settle();
  reader.follow(status(9));
  await vi.advanceTimersByTimeAsync(100);
  reader.follow(status(4));
  await vi.advanceTimersByTimeAsync(100);
  reader.follow(status(4, { generation: 2 }));
  await vi.advanceTimersByTimeAsync(100);
  expect(reads).toEqual([
    [5, true],
    [9, false],
    [4, true],
    [4, true],
  ]);
  stop();
  reader.follow(status(20));
  await vi.advanceTimersByTimeAsync(500);
  expect(reads).toHaveLength(4);
});

test("a read that is refused is told, and the next one that is not takes it back", async () => {
  const told: (string | null)[] = [];
  let refuses = true;
  const { bridge } = askedBridge(() => null);
  const read = async () => {
    if (refuses) throw new LabError("E_NOT_FOUND", "No brain");
  };
  const reader = createReader(bridge, { read, tell: (problem) => told.push(problem), periodMs: 10 });
  reader.watch();
  reader.follow(status(1));
  await vi.advanceTimersByTimeAsync(10);
  refuses = false;
  reader.follow(status(2));
  await vi.advanceTimersByTimeAsync(10);
  expect(told).toEqual(["No brain", null]);
});

const mapping = (src: string, mean: number) => ({
  src,
  dst: "D",
  mode: "stdp",
  frozen: false,
  synapses: 3,
  weight: { mean, min: 0, max: 2 },
});

function learningAt(burst: number) {
  const table = askedBridge(({ name, input }) => {
    if (name === "learning.mappings") return [mapping("A", 1), mapping("B", 2)];
    if (name === "learning.distribution") return { from: 0, to: 2, counts: [1, 2] };
    const { from, to } = input as { from: number; to: number };
    return { points: [from, to].map((at) => ({ burst: at, synapses: 3, weight: at < 3 ? null : { mean: at, min: at - 1, max: at + 1 } })) };
  });
  const learning = createLearning(table.bridge);
  learning.watch();
  learning.follow(status(burst));
  const curve = () => Array.from(learning.curve.columns().x);
  const asked = () => table.asked.filter(({ name }) => name === "learning.curve").map(({ input: { src, from, to } }) => [src, from, to]);
  return { ...table, learning, curve, asked };
}

test("the first mapping is shown, its curve is read once and then only what came since", async () => {
  const { learning, curve, asked } = learningAt(10);
  await settle();
  expect(learning.shown()).toMatchObject({ src: "A" });
  expect(learning.store.getState().spread).toEqual({ from: 0, to: 2, counts: [1, 2] });
  learning.follow(status(30));
  await period();
  learning.follow(status(30));
  await period();
  expect(asked()).toEqual([
    ["A", 1, 10],
    ["A", 11, 30],
  ]);
  expect(curve()).toEqual([1, 10, 11, 30]);
  // Without synapses there is no weight.
  expect(learning.curve.columns().y[0]![0]).toBeNaN();
});

test("after going back the curve is read anew, and of a long life only its end until all is asked for", async () => {
  const { learning, curve, asked } = learningAt(10_000);
  await settle();
  learning.follow(status(9000));
  await period();
  expect(curve()).toEqual([7001, 9000]);
  learning.setReach("all");
  await period();
  expect(asked()).toEqual([
    ["A", 8001, 10_000],
    ["A", 7001, 9000],
    ["A", 1, 9000],
  ]);
});

test("choosing another mapping cancels the curve under way, whose answer is not drawn", async () => {
  const slow = later<unknown>();
  const table = askedBridge(({ name, input, signal }) => {
    if (name === "learning.mappings") return [mapping("A", 1), mapping("B", 2)];
    if (name === "learning.distribution") return { from: 0, to: 2, counts: [1] };
    if (input.src === "A") {
      signal?.addEventListener("abort", () => slow.refuse(new LabError("E_CANCELLED", "cancelled")));
      return slow.answer;
    }
    return { points: [{ burst: 4, synapses: 1, weight: { mean: 1, min: 1, max: 1 } }] };
  });
  const learning = createLearning(table.bridge);
  learning.watch();
  learning.follow(status(4));
  await settle();
  expect(learning.store.getState().isReading).toBe(true);
  learning.choose({ src: "B", dst: "D" });
  await period();
  expect([learning.shown()?.src, Array.from(learning.curve.columns().x), learning.store.getState().problem]).toEqual(["B", [4], null]);
});

const memoryRow = (id: number) => ({ id, area: "M", lifespan: 9, longTerm: false, created: 1, lastSeen: 4, activations: 2 });

function memoriesAt(burst: number, kept: Set<number> = new Set([50_000_001, 50_000_002])) {
  const table = askedBridge(({ name, input }) => {
    if (name === "memory.areas") return [{ area: "M" }, { area: "N" }];
    if (name === "memory.statistics") return { areas: [] };
    if (name === "memory.neurons") {
      const rows = [...kept].map(memoryRow);
      return { total: rows.length, neurons: rows.slice(input.offset as number) };
    }
    if (name === "memory.curve") return { areas: ["M", "N"], points: [{ burst: input.to, neurons: [kept.size, 7] }] };
    if (name === "memory.forget") return { forgotten: (input.ids as number[]).filter((id) => kept.delete(id)).length };
    if (!kept.has(input.id as number)) throw new LabError("E_NOT_FOUND", "No memory neuron");
    return { ...memoryRow(input.id as number), frames: [], links: [] };
  });
  const memories = createMemories(table.bridge);
  memories.watch();
  memories.follow(status(burst));
  return { ...table, memories, kept, state: () => memories.store.getState() };
}

test("the first memory area is shown with its memories, one of them in full, and the numbers over bursts are its own", async () => {
  const { memories, state } = memoriesAt(4);
  await settle();
  expect(state()).toMatchObject({ area: "M", page: { total: 2 }, chosen: null });
  memories.choose(50_000_002);
  await period();
  expect(state().memory).toMatchObject({ id: 50_000_002 });
  memories.chooseArea("N");
  await period();
  expect(state()).toMatchObject({ area: "N", chosen: null, memory: null });
  expect(memories.curve.columns().y[0]![0]).toBe(7);
});

test("forgetting is asked first, and what is gone is neither shown nor marked any more", async () => {
  const { memories, state, names } = memoriesAt(4);
  await settle();
  memories.choose(50_000_001);
  memories.mark(50_000_001, true);
  memories.mark(50_000_002, true);
  await period();
  memories.ask([50_000_001]);
  expect(names()).not.toContain("memory.forget");
  await memories.forget();
  await period();
  expect(state()).toMatchObject({ chosen: null, memory: null, forgetting: [], page: { total: 1 } });
  expect([...state().marked]).toEqual([50_000_002]);
});

test("a memory that fades while it is looked at makes room for its area, and a page that is no more for the last there is", async () => {
  const { memories, state, kept } = memoriesAt(4);
  await settle();
  memories.choose(50_000_002);
  memories.turnTo(100);
  await period();
  await period();
  expect(state()).toMatchObject({ offset: 0, page: { total: 2 } });
  kept.delete(50_000_002);
  memories.follow(status(5));
  await period();
  expect(state()).toMatchObject({ chosen: null, memory: null, problem: null });
});

test("entries of a schedule are read once, and again after going back", async () => {
  let waiting = [1, 2];
  const { bridge, asked } = askedBridge(({ name, input }) => {
    if (name === "stimulus.schedules") return waiting.map((id) => ({ id, nextBurst: 9, periodBursts: null }));
    if (input.id === 2) throw new LabError("E_NOT_FOUND", "No such schedule");
    return { entries: [{ burst: 9, areas: [] }] };
  });
  const schedules = createSchedules(bridge);
  const read = () => asked.filter(({ name }) => name === "stimulus.getSchedule").map(({ input }) => input.id);
  schedules.watch();
  schedules.follow(status(4));
  await settle();
  // The second ended between the list and its entries.
  expect(schedules.store.getState().schedules?.map(({ id }) => id)).toEqual([1]);
  waiting = [1];
  schedules.follow(status(5));
  await period();
  schedules.follow(status(3));
  await period();
  expect(read()).toEqual([1, 2, 1]);
});

test("a draft is sent as entries in place of the schedule it edits, and stays where it is refused", async () => {
  let refuses = true;
  const area = { id: "A", name: "A", dimensions: [2, 1, 1] } as unknown as CorticalArea;
  const { bridge, asked } = askedBridge(({ name }) => {
    if (name === "brain.status") return status(10);
    if (name === "stimulus.getSchedule")
      return { id: 3, periodBursts: 8, entries: [{ burst: 12, areas: [{ area: "A", voxels: [[1, 0, 0]] }] }] };
    if (name === "stimulus.schedule" && refuses) throw new LabError("E_INVALID", "no");
    return [];
  });
  const schedules = createSchedules(bridge);
  const areas = new Map([["A", area]]);
  await schedules.edit(3, areas);
  schedules.addPulse();
  schedules.setPulse(1, { voxels: "*,*,*" });
  await expect(schedules.save(areas)).rejects.toThrow("no");
  expect(schedules.store.getState().draft?.pulses).toHaveLength(2);
  refuses = false;
  await schedules.save(areas);
  expect(schedules.store.getState().draft).toBeNull();
  expect(asked.at(-1)).toMatchObject({
    name: "stimulus.schedule",
    input: {
      entries: [
        { burstOffset: 1, areas: [{ area: "A", voxels: [[1, 0, 0]] }] },
        {
          burstOffset: 2,
          areas: [
            {
              area: "A",
              voxels: [
                [0, 0, 0],
                [1, 0, 0],
              ],
            },
          ],
        },
      ],
      periodBursts: 8,
      replaces: 3,
    },
  });
});

test("levels of the modulators that are switched on are read burst by burst, and anew when there is another one", async () => {
  let on = ["treats"];
  const { bridge, asked } = askedBridge(({ name, input }) => {
    if (name === "modulator.list") return [...on.map((id) => ({ id, active: true })), { id: "lame", active: false }];
    if (name === "classifier.list") return [];
    if (name === "modulator.effects") return { burst: 1, areas: [], mappings: [], formationOff: [] };
    const { from, to } = input as { from: number; to: number };
    const levels = Array.from({ length: to - from + 1 }, (_, i) => ({ signal: from + i, factor: i === 0 ? "Infinity" : -from - i }));
    return { from, to, modulators: on.map((id) => ({ id, levels })) };
  });
  const modulators = createModulators(bridge);
  const levels = () => modulators.store.getState().levels!;
  modulators.watch();
  modulators.follow(status(2));
  await settle();
  modulators.follow(status(3));
  await period();
  const { x, y } = levels().data.columns();
  expect([levels().ids, Array.from(x), y.map((column) => Array.from(column))]).toEqual([
    ["treats"],
    [1, 2, 3],
    [
      [1, 2, 3],
      [Number.POSITIVE_INFINITY, -2, Number.POSITIVE_INFINITY],
    ],
  ]);
  on = ["treats", "quiet"];
  modulators.follow(status(4));
  await period();
  expect(levels().ids).toEqual(on);
  expect(levels().data.columns().y).toHaveLength(4);
  const stretches = asked.filter(({ name }) => name === "modulator.levels").map(({ input: { from, to } }) => [from, to]);
  expect(stretches).toEqual([
    [1, 2],
    [3, 3],
    [1, 4],
  ]);
});

test("an area is marked while a person holds its input, not for a sensor's last frame, and the mark changes only with it", () => {
  const held = createHeldStore();
  const by = (area: string, kind: HeldInput["by"], since: number): HeldInput => ({ area, by: kind, since, until: null, voxels: 1 });
  held.getState().set([by("A", "hold", 1), by("B", "last frame", 4)]);
  const { areas } = held.getState();
  expect([...areas]).toEqual(["A"]);
  held.getState().set([by("A", "hold", 1)]);
  expect(held.getState().areas).toBe(areas);
  held.getState().set([by("B", "hold", 7)]);
  expect([...held.getState().areas]).toEqual(["B"]);
});
