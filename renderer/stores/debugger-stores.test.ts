/** The stores of the debugger over a bridge that answers what the test says. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { BrainStatus } from "#contracts/commands/brain.ts";
import type { Breakpoint } from "#contracts/debug.ts";
import { LabError } from "#contracts/errors.ts";
import { breakpointOn, breakpointsOfAreas, conditionOn, createDebug, firesIn } from "./debug-store.ts";
import { createLanes } from "./lanes-store.ts";
import { createPacer } from "./pacer.ts";
import { createPhases } from "./phases-store.ts";
import { askedBridge, later } from "./testing/asked-bridge.ts";
import { createTimeline, type FollowMode, rangeOf } from "./timeline-store.ts";
import { createWatches } from "./watch-store.ts";
import { createWhy } from "./why-store.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const settle = () => vi.advanceTimersByTimeAsync(0);
const status = (burst: number, more: Partial<BrainStatus> = {}) =>
  ({ state: "paused", brainId: "b", generation: 1, burst, ...more }) as BrainStatus;

test("a pacer reads at once, then once a period, and never misses the last change", async () => {
  let reads = 0;
  const pacer = createPacer(async () => void reads++, 100);
  for (let change = 0; change < 5; change++) pacer.soon();
  expect(reads).toBe(1);
  await settle();
  pacer.soon();
  pacer.soon();
  await vi.advanceTimersByTimeAsync(99);
  expect(reads).toBe(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(reads).toBe(2);
  pacer.soon();
  pacer.stop();
  await vi.advanceTimersByTimeAsync(500);
  expect(reads).toBe(2);
});

test("a pacer never has two reads under way", async () => {
  const first = later<void>();
  let reads = 0;
  const pacer = createPacer(() => (++reads === 1 ? first.answer : Promise.resolve()), 10);
  pacer.soon();
  pacer.soon();
  await vi.advanceTimersByTimeAsync(50);
  pacer.soon();
  await vi.advanceTimersByTimeAsync(50);
  expect(reads).toBe(1);
  first.give();
  await vi.advanceTimersByTimeAsync(10);
  expect(reads).toBe(2);
});

function timelineAt(at: number, recording: { first: number; last: number } = { first: 1, last: 100 }) {
  const moves: { burst: number; done: () => void }[] = [];
  const table = askedBridge(({ name, input }) => {
    if (name === "time.recording") return { ...recording, at };
    if (name === "time.activity")
      return { from: input.from, to: input.to, every: 1, read: 0, mean: [], most: [], keyframes: [], changes: [] };
    if (name !== "time.goTo") return null;
    const { answer, give } = later<object>();
    moves.push({ burst: input.burst as number, done: () => give({}) });
    return answer;
  });
  const refused: unknown[] = [];
  const timeline = createTimeline(table.bridge, (error) => refused.push(error));
  timeline.follow(status(at));
  return { ...table, timeline, moves, refused };
}

test("while one move is under way only the newest wish waits", async () => {
  const { timeline, moves } = timelineAt(100);
  await settle();
  for (const burst of [90, 80, 70, 60]) timeline.seek(burst);
  expect(moves.map(({ burst }) => burst)).toEqual([90]);
  moves[0]!.done();
  await settle();
  expect(moves.map(({ burst }) => burst)).toEqual([90, 60]);
  expect(timeline.store.getState().seeking).toBe(60);
  moves[1]!.done();
  await settle();
  expect(timeline.store.getState().seeking).toBeNull();
});

test("steps add up to where the brain is going, and end at the ends of the recording", async () => {
  const { timeline, moves } = timelineAt(98);
  await settle();
  timeline.move(1);
  timeline.move(1);
  timeline.move(10);
  moves[0]!.done();
  await settle();
  expect(moves.map(({ burst }) => burst)).toEqual([99, 100]);
  moves[1]!.done();
  await settle();
  timeline.seek(-5);
  expect(moves.at(-1)!.burst).toBe(0);
});

test("a brain that ran on since the recording was read is gone back in from where it stands", async () => {
  const { timeline, moves } = timelineAt(79, { first: 1, last: 66 });
  await settle();
  for (let n = 0; n < 4; n++) timeline.move(-10);
  for (let n = 0; n < moves.length; n++) {
    moves[n]!.done();
    await settle();
  }
  expect(moves.map(({ burst }) => burst)).toEqual([69, 39]);
});

test("activity is read only while somebody looks, and of the stretch that is shown", async () => {
  const { timeline, names, asked } = timelineAt(100);
  await settle();
  expect(names()).not.toContain("time.activity");
  const stop = timeline.watch();
  await vi.advanceTimersByTimeAsync(1000);
  expect(asked.at(-1)).toMatchObject({ name: "time.activity", input: { from: 1, to: 100 } });
  timeline.zoom(0.5);
  await vi.advanceTimersByTimeAsync(1000);
  expect(asked.at(-1)).toMatchObject({ name: "time.activity", input: { from: 51, to: 100 } });
  stop();
  const before = names().filter((name) => name === "time.activity").length;
  timeline.follow(status(101));
  await vi.advanceTimersByTimeAsync(1000);
  expect(names().filter((name) => name === "time.activity")).toHaveLength(before);
});

test("a shown stretch keeps the brain in sight with some of what lies ahead", () => {
  const shown = (last: number, at: number, follow: FollowMode = "edge", start: number | null = null) =>
    rangeOf({ first: 1, last, at }, { span: 100, follow, start });
  expect(shown(1000, 1000)).toEqual([901, 1000]);
  expect(shown(1000, 500)).toEqual([411, 510]);
  expect(shown(1000, 3)).toEqual([1, 100]);
  expect(shown(50, 9)).toEqual([1, 50]);
  expect(shown(1000, 500, "centre")).toEqual([451, 550]);
  expect(shown(1000, 990, "centre")).toEqual([901, 1000]);
  expect(shown(1000, 500, "off", 20)).toEqual([20, 119]);
  expect(shown(1000, 500, "off", 990)).toEqual([901, 1000]);
});

test("a loop plays its bursts over and over, one move at a time, until somebody moves", async () => {
  const { timeline, moves } = timelineAt(100);
  await settle();
  timeline.setLoop("from", 10);
  timeline.setLoop("to", 12);
  timeline.toggleLoop(10);
  for (let turn = 0; turn < 5; turn++) {
    moves.at(-1)!.done();
    await settle();
    timeline.follow(status(moves.at(-1)!.burst));
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(moves.slice(0, 5).map(({ burst }) => burst)).toEqual([10, 11, 12, 10, 11]);
  timeline.seek(50);
  expect(timeline.store.getState().isLooping).toBe(false);
});

test("an end of a loop set twice is taken away, and one beyond the other begins a new loop", () => {
  const { timeline } = timelineAt(100);
  const loop = () => timeline.store.getState().loop;
  timeline.setLoop("from", 10);
  timeline.setLoop("to", 20);
  timeline.setLoop("to", 20);
  expect(loop()).toEqual({ from: 10, to: null });
  timeline.setLoop("to", 5);
  expect(loop()).toEqual({ from: null, to: 5 });
});

test("a refused move is told, nothing waits behind it, and where the replay diverged is shown", async () => {
  const table = askedBridge(({ name }) => {
    if (name === "time.recording") return { first: 1, last: 9, at: 9 };
    throw new LabError("E_DIVERGED", "Replay diverged at burst 4", { burst: 4, what: "firings" });
  });
  const refused: unknown[] = [];
  const timeline = createTimeline(table.bridge, (error) => refused.push(error));
  timeline.follow(status(9));
  await settle();
  timeline.seek(3);
  timeline.seek(2);
  await settle();
  expect(refused).toHaveLength(1);
  expect(timeline.store.getState().verified).toMatchObject({ divergence: { burst: 4, what: "firings" } });
  expect(timeline.store.getState().seeking).toBeNull();
});

test("another brain begins with an empty timeline", async () => {
  const { timeline } = timelineAt(100);
  timeline.toggleMarker(40);
  timeline.toggleMarker(20);
  timeline.toggleMarker(60);
  timeline.toggleMarker(40);
  expect(timeline.store.getState().markers).toEqual([20, 60]);
  timeline.follow(status(0, { generation: 2 }));
  expect(timeline.store.getState()).toMatchObject({ markers: [], recording: null });
});

test("markers of one window are those of another once it is told that they were kept, for the same brain alone", () => {
  const kept = new Map<string, string>();
  const storage = { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value) };
  const windowOn = (brainId: string) => {
    const timeline = createTimeline(askedBridge(() => ({ first: 1, last: 9, at: 9 })).bridge, () => {}, storage as Storage);
    timeline.follow(status(9, { brainId }));
    return timeline;
  };
  const [here, there, elsewhere] = [windowOn("a"), windowOn("a"), windowOn("b")];
  here.toggleMarker(4);
  for (const { kept: one } of [there, elsewhere]) {
    expect(one.key).toBe([...kept.keys()][0]);
    one.reread();
  }
  expect(there.store.getState().markers).toEqual([4]);
  expect(elsewhere.store.getState().markers).toEqual([]);
});

test("an area is marked by the breakpoint that looks at it or at a neuron of it, those that act before those that are off", () => {
  const areas = [
    { id: "a", name: "V1", firstNeuron: 0, neurons: 100 },
    { id: "b", name: "V2", firstNeuron: 100, neurons: 100 },
    { id: "c", name: "V3", firstNeuron: 200, neurons: 100 },
  ];
  const more = { enabled: true, problem: null, action: "pause" } as const;
  const breakpoint = (id: string, condition: Breakpoint["condition"], how: Partial<Breakpoint> = {}) =>
    ({ ...more, ...how, id, condition }) as Breakpoint;
  const both = { op: "and", left: { op: "not", value: firesIn("a") }, right: { op: "fired", neuron: 150 } } as const;
  const marked = (...breakpoints: Breakpoint[]) => [...breakpointsOfAreas(breakpoints, areas)].map(([area, { id }]) => `${area} ${id}`);
  expect(marked(breakpoint("1", both)).sort()).toEqual(["a 1", "b 1"]);
  expect(marked(breakpoint("1", { op: "silent", area: "V3" }))).toEqual(["c 1"]);
  const log = breakpoint("log", firesIn("a"), { action: "log" });
  expect(marked(breakpoint("off", firesIn("a"), { enabled: false }), log)).toEqual(["a log"]);
  expect(marked(breakpoint("lost", firesIn("a"), { problem: "no such area" }), log)).toEqual(["a log"]);
  expect(marked(breakpoint("pause", firesIn("a")), log)).toEqual(["a pause"]);
  expect(marked(breakpoint("host", { op: "burst_ms" }))).toEqual([]);
});

test("toggling sets a breakpoint on the selection and takes the same one away again", async () => {
  let list: { id: string; condition: unknown }[] = [];
  const { bridge, names } = askedBridge(({ name, input }) => {
    if (name === "debug.add") list = [{ id: "1", condition: input.condition }];
    if (name === "debug.remove") list = [];
    return name === "debug.hits" ? [] : list;
  });
  const debug = createDebug(bridge);
  const condition = conditionOn({ area: "a", neuron: 7 })!;
  expect(condition).toEqual({ op: "fired", neuron: 7 });
  await debug.toggle(condition);
  expect(debug.store.getState().breakpoints).toHaveLength(1);
  await debug.toggle(conditionOn({ area: "a", neuron: 7 })!);
  expect(debug.store.getState().breakpoints).toHaveLength(0);
  expect(names().filter((name) => /add|remove/.test(name))).toEqual(["debug.add", "debug.remove"]);
  expect(conditionOn({ area: null, neuron: null })).toBeNull();
});

test("watches are kept in the window's storage, each with its values or what is wrong with it", async () => {
  const kept = new Map<string, string>();
  const storage = { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value) };
  const { bridge, asked } = askedBridge(({ input }) => {
    if (input.condition === "bad(") throw new LabError("E_INVALID", "Expected a term");
    return { text: "", from: 261, to: 500, every: 1, low: [1], high: [1] };
  });
  const watches = createWatches(bridge, storage);
  watches.follow(status(500));
  for (const text of ["fires(V1)", "bad(", "fires(V1)", ""]) watches.add(text);
  await vi.advanceTimersByTimeAsync(1000);
  expect(asked).toEqual([]);
  watches.watch();
  await vi.advanceTimersByTimeAsync(1000);
  expect(asked.map(({ input }) => [input.condition, input.from])).toEqual([
    ["fires(V1)", 261],
    ["bad(", 261],
  ]);
  expect(watches.store.getState().values.get("bad(")).toEqual({ problem: "Expected a term" });
  expect(createWatches(bridge, storage).store.getState().texts).toEqual(["fires(V1)", "bad("]);
  watches.remove("bad(");
  expect(createWatches(bridge, storage).store.getState().texts).toEqual(["fires(V1)"]);
  expect(createWatches(bridge, { getItem: () => "{broken", setItem() {} }).store.getState().texts).toEqual([]);
});

const evaluation = { recorded: { last: [3, 5] } };

test("a neuron that did not fire is asked why not, and no tree is grown", async () => {
  const { bridge, names } = askedBridge(({ name }) => {
    if (name === "debug.why") throw new LabError("E_CONFLICT", "It did not fire");
    return name === "debug.evaluate" ? evaluation : { fired: false };
  });
  const why = createWhy(bridge);
  await why.ask({ neuron: 4, burst: 9 });
  expect(why.store.getState()).toMatchObject({ account: { fired: false }, fired: [3, 5], isAsking: false, problem: null });
  expect(names()).toEqual(["debug.evaluate", "debug.why", "debug.whyNot"]);
});

test("an answer to an earlier question never shows, and its work is cancelled", async () => {
  const slow = later<object>();
  const { bridge, asked } = askedBridge(({ name, input }) => {
    if (name === "debug.evaluate") return evaluation;
    if (name === "debug.tree") return { root: "2@9", nodes: [], cutOff: 0 };
    return input.neuron === 1 ? slow.answer : { fired: true, neuron: 2 };
  });
  const why = createWhy(bridge);
  const first = why.ask({ neuron: 1, burst: 9 });
  await why.ask({ neuron: 2, burst: 9 });
  slow.give({ fired: true, neuron: 1 });
  await first;
  expect(why.store.getState().account).toMatchObject({ neuron: 2 });
  expect(asked.find(({ name, input }) => name === "debug.why" && input.neuron === 1)!.signal!.aborted).toBe(true);
});

test("what is chosen is left out of the replay; a later choice does not seem tested", async () => {
  const { bridge, asked } = askedBridge(({ name }) => {
    if (name === "debug.evaluate") return evaluation;
    if (name === "debug.tree") return { root: "4@9", nodes: [], cutOff: 0 };
    const contributions = [
      { origin: "synapse", synapse: { slot: 12 } },
      { origin: "power", synapse: null },
    ];
    return name === "debug.without" ? { necessary: true } : { fired: true, contributions };
  });
  const why = createWhy(bridge);
  await why.ask({ neuron: 4, burst: 9 });
  why.choose(11, true);
  why.choose(12, true);
  why.choose(11, false);
  why.chooseInput(true);
  await why.replayWithout();
  expect(asked.at(-1)).toMatchObject({
    name: "debug.without",
    input: { neuron: 4, burst: 9, synapses: [12], inputs: [4], sufficient: true },
  });
  const { tested, chosen } = why.store.getState();
  expect(tested!.chosen).toBe(chosen);
  why.chooseAll(true);
  expect(why.store.getState()).toMatchObject({ chosen: new Set([12]), withoutInput: false });
  expect(why.store.getState().tested!.chosen).not.toBe(why.store.getState().chosen);
});

test("stepping goes through five phases of a burst, then computes the next", async () => {
  let burst = 6;
  const { bridge, names } = askedBridge(({ name, input }) => (name === "brain.step" ? { burst: ++burst } : { burst: input.burst }));
  const phases = createPhases(bridge);
  const seen: string[] = [];
  for (let press = 0; press < 7; press++) {
    await phases.step(burst);
    const state = phases.store.getState();
    seen.push(`${state.phases!.burst} ${state.phase}`);
  }
  expect(seen).toEqual(["7 inject", "7 integrate", "7 fire", "7 propagate", "7 learn", "8 inject", "8 integrate"]);
  expect(names().filter((name) => name === "brain.step")).toHaveLength(2);
});

test("a dot finds its breakpoint by the condition, also where the host has added what a synapse joined", () => {
  const changes = { op: "!=", left: { op: "dweight", synapse: 3 }, right: { op: "number", value: 0 } } as const;
  const bound = { ...changes, left: { ...changes.left, ends: [1, 2] as [number, number] } };
  const list = [firesIn("V1"), bound].map((condition, i) => ({ id: String(i), condition }) as Breakpoint);
  expect(breakpointOn(list, firesIn("V1"))?.id).toBe("0");
  expect(breakpointOn(list, changes)?.id).toBe("1");
  expect(breakpointOn(list, { op: "fired", neuron: 3 })).toBeUndefined();
});

test("zooming keeps the burst under the pointer in its place, and panning moves the picture; both end following", async () => {
  const { timeline } = timelineAt(1000, { first: 1, last: 1000 });
  timeline.watch();
  await settle();
  timeline.zoomAt(201, 0.5);
  await vi.advanceTimersByTimeAsync(600);
  // A fifth of the picture lay left of it before, and does now.
  expect(timeline.store.getState()).toMatchObject({ span: 500, follow: "off", activity: { from: 101, to: 600 } });
  timeline.pan(50);
  await vi.advanceTimersByTimeAsync(600);
  expect(timeline.store.getState().activity).toMatchObject({ from: 151, to: 650 });
  timeline.setFollow("edge");
  await vi.advanceTimersByTimeAsync(600);
  expect(timeline.store.getState().activity).toMatchObject({ from: 501, to: 1000 });
  timeline.zoomAt(700, 4);
  expect(timeline.store.getState().span).toBeNull();
});

test("the nearest burst in which anything fired is found stretch by stretch, however far it is", async () => {
  const fired = new Set([40, 4990]);
  const { bridge, asked } = askedBridge(({ name, input }) => {
    if (name === "time.recording") return { first: 1, last: 5000, at: 2500 };
    if (name !== "time.activity") return {};
    const { from, to } = input as { from: number; to: number };
    return { from, to, every: 1, most: Array.from({ length: to - from + 1 }, (_, i) => Number(fired.has(from + i))) };
  });
  const timeline = createTimeline(bridge, () => {});
  timeline.follow(status(2500));
  await settle();
  expect(await timeline.toFiring(1)).toBe(4990);
  expect(asked.filter(({ name }) => name === "time.activity").map(({ input: { from, to } }) => [from, to])).toEqual([
    [2501, 4500],
    [4501, 5000],
  ]);
  expect(asked.at(-1)).toMatchObject({ name: "time.goTo", input: { burst: 4990 } });
  timeline.follow(status(4990));
  await settle();
  expect(await timeline.toFiring(1)).toBeNull();
  expect(await timeline.toFiring(-1)).toBe(40);
});

test("lanes are read over the bursts the timeline shows, all in one pass, while somebody looks", async () => {
  const { bridge, asked } = askedBridge(({ name, input }) => {
    if (name !== "analysis.rates") return {};
    const areas = (input.areas as string[]).map((area) => ({ area, rate: [0.5] }));
    return { from: input.from, to: input.to, every: 10, areas };
  });
  const { timeline } = timelineAt(100);
  timeline.watch();
  await settle();
  const lanes = createLanes(bridge, timeline);
  lanes.toggle(["V1", "V2"]);
  expect(asked).toEqual([]);
  const stop = lanes.watch();
  await vi.advanceTimersByTimeAsync(2000);
  expect(asked.map(({ input }) => input)).toEqual([{ areas: ["V1", "V2"], from: 1, to: 100, points: 300 }]);
  expect(lanes.store.getState().shown?.rates.get("V2")).toEqual([0.5]);
  lanes.toggle(["V1"]);
  expect(lanes.store.getState().areas).toEqual(["V2"]);
  lanes.toggle(["V2"]);
  await vi.advanceTimersByTimeAsync(4000);
  expect(lanes.store.getState().shown).toBeNull();
  stop();
});
