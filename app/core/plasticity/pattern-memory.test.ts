import { expect, test } from "vitest";
import { type MemoryArea, type MemoryCommand, PatternMemory } from "./pattern-memory.ts";

const AREA = 20;
const UPSTREAM = 30;
const settings: MemoryArea = {
  area: AREA,
  temporalDepth: 1,
  upstream: [UPSTREAM],
  initialLifespan: 3,
  lifespanGrowthRate: 2.9,
  longTermThreshold: 6,
  cap: 0,
  eviction: "lru",
};

function memoryOf(change: Partial<MemoryArea> = {}, pool?: number): PatternMemory {
  const memory = new PatternMemory(pool);
  memory.register({ ...settings, ...change });
  return memory;
}

/** Runs bursts in which the given upstream neurons fire; the commands of the last. */
function run(memory: PatternMemory, from: number, ...fired: number[][]): MemoryCommand[] {
  let commands: MemoryCommand[] = [];
  for (const [i, ids] of fired.entries()) {
    commands = memory.step(from + i, {
      fired: (area) => Uint32Array.from(area === UPSTREAM ? ids : []),
      voxel: (id) => [id, 0, 0],
    });
  }
  return commands;
}
const kinds = (commands: MemoryCommand[]) => commands.map(({ type }) => type);

test("a new pattern gets a memory neuron, which fires and knows what it stands for", () => {
  const commands = run(memoryOf(), 1, [4, 7]);
  expect(kinds(commands)).toEqual(["register", "inject", "counters"]);
  expect(commands[1]).toMatchObject({
    neuron: 50_000_000,
    area: AREA,
    potential: 1.5,
    reactivation: false,
    frames: [
      {
        offset: 0,
        upstreamArea: UPSTREAM,
        voxels: [
          [4, 0, 0],
          [7, 0, 0],
        ],
      },
    ],
  });
});

test("the places of a frame go by coordinate, and a neuron without one has none in it", () => {
  const places = new Map<number, [number, number, number]>([
    [4, [2, 0, 0]],
    [5, [1, 3, 0]],
    [6, [1, 0, 2]],
    [7, [1, 0, 1]],
  ]);
  const memory = memoryOf();
  const seen = (ids: number[]) =>
    memory.step(1, { fired: (area) => Uint32Array.from(area === UPSTREAM ? ids : []), voxel: (id) => places.get(id) })[1];
  expect(seen([4, 5, 6, 7, 50_000_009])).toMatchObject({
    frames: [
      {
        voxels: [
          [1, 0, 1],
          [1, 0, 2],
          [1, 3, 0],
          [2, 0, 0],
        ],
      },
    ],
  });
  expect(seen([50_000_009])).toMatchObject({ type: "inject", frames: [] });
});

test("a memory area can look at another, and sees a neuron fire that leaves in the same step", () => {
  const memory = new PatternMemory();
  memory.register({ ...settings, area: 20, cap: 1 });
  memory.register({ ...settings, area: 21, upstream: [20] });
  const step = (burst: number, ids: number[], memories: number[]) =>
    memory.step(burst, {
      fired: (area) => Uint32Array.from(area === UPSTREAM ? ids : area === 20 ? memories : []),
      voxel: () => undefined,
    });
  step(1, [1], []);
  const commands = step(2, [2], [50_000_000]);
  expect(commands.filter(({ type }) => type === "inject")).toMatchObject([
    { area: 20, neuron: 50_000_001 },
    { area: 21, neuron: 50_000_002 },
  ]);
  expect(commands.at(-1)).toMatchObject({ type: "removed", neuron: 50_000_000 });
});

test("a pattern met again is recognised and lives longer by the whole part of the growth", () => {
  const memory = memoryOf();
  expect(run(memory, 1, [4], [4])[1]).toMatchObject({ neuron: 50_000_000, reactivation: true });
  expect(memory.averageLifespan).toBe(5);
  expect(memory.totals).toMatchObject({ detected: 2, created: 1, reactivated: 1 });
});

test("a neuron not met again ages and goes", () => {
  const memory = memoryOf();
  run(memory, 1, [4], [], []);
  expect(memory.averageLifespan).toBe(1);
  expect(run(memory, 4, [])).toEqual([{ type: "removed", neuron: 50_000_000, area: AREA, reason: "expired" }]);
  expect(run(memory, 5, [4])[1]).toMatchObject({ neuron: 50_000_001, reactivation: false });
});

test("a neuron that lives long enough becomes long-term and no longer ages", () => {
  const memory = memoryOf();
  run(memory, 1, [4], [4], [4]);
  expect(kinds(run(memory, 4, []))).toEqual(["ltm"]);
  run(memory, 5, ...Array.from({ length: 20 }, () => []));
  expect([memory.active, memory.longTerm, memory.averageLifespan]).toEqual([1, 1, 7]);
});

test("patterns are of one area: another area has neurons of its own", () => {
  const memory = memoryOf();
  memory.register({ ...settings, area: 19 });
  expect(run(memory, 1, [4]).filter(({ type }) => type === "inject")).toMatchObject([
    { neuron: 50_000_000, area: 19 },
    { neuron: 50_000_001, area: AREA },
  ]);
});

test("an area at its cap gives up the neuron nearest its end, or refuses where it must not evict", () => {
  const evicting = memoryOf({ cap: 2 });
  expect(run(evicting, 1, [1], [2], [2], [3]).at(-1)).toEqual({ type: "removed", neuron: 50_000_000, area: AREA, reason: "evicted" });
  const refusing = memoryOf({ cap: 1, eviction: "none" });
  expect(run(refusing, 1, [1], [2])).toEqual([]);
  expect(refusing.totals).toMatchObject({ detected: 2, created: 1 });
});

test("a full pool takes from the area with most neurons, never one met in this burst", () => {
  const memory = memoryOf({}, 2);
  memory.register({ ...settings, area: 21 });
  run(memory, 1, [1]);
  expect(run(memory, 2, [2]).filter(({ type }) => type === "removed")).toMatchObject([{ area: AREA, reason: "evicted" }]);
  expect([memory.active, memory.totals.created]).toEqual([2, 3]);
});

test("an area that must not evict takes nothing from others when the pool is full", () => {
  const memory = memoryOf({}, 1);
  memory.register({ ...settings, area: 21, upstream: [31], eviction: "none" });
  const fired = (of: number, ids: number[]) => (area: number) => Uint32Array.from(area === of ? ids : []);
  memory.step(1, { fired: fired(UPSTREAM, [1]), voxel: () => undefined });
  expect(memory.step(2, { fired: fired(31, [2]), voxel: () => undefined })).toEqual([]);
  expect(memory.active).toBe(1);
});

test("a pattern needs its whole window; one registered late finds the past silent", () => {
  const early = memoryOf({ temporalDepth: 2 });
  expect(run(early, 1, [4])).toEqual([]);
  expect(kinds(run(early, 2, []))).toEqual(["register", "inject", "counters"]);
  const late = new PatternMemory();
  run(late, 1, [], [], []);
  late.register({ ...settings, temporalDepth: 2 });
  expect(run(late, 4, [4])[1]).toMatchObject({ frames: [{ offset: 1 }] });
});

test.each([0, -2])("settings of zero, and a growth below, mean the usual ones: %d", (lifespanGrowthRate) => {
  const memory = memoryOf({ initialLifespan: 0, lifespanGrowthRate, longTermThreshold: 0 });
  run(memory, 1, [4], [4]);
  expect(memory.averageLifespan).toBe(23);
});

test("a step of more than a thousand commands drops them, but for notices of removal", () => {
  const memory = new PatternMemory();
  for (let area = 100; area < 440; area++) memory.register({ ...settings, area, initialLifespan: 1 });
  expect(run(memory, 1, [4])).toEqual([]);
  expect(memory.active).toBe(340);
  expect(new Set(kinds(run(memory, 2, [])))).toEqual(new Set(["removed"]));
});

test("a restored memory goes on as if nothing had happened", () => {
  const memory = memoryOf({ temporalDepth: 2, cap: 3 });
  run(memory, 1, [1], [2], [1], [2], [3]);
  const other = new PatternMemory();
  other.restore(structuredClone(memory.save()));
  for (let n = 6; n < 30; n++) expect(run(other, n, [n % 4])).toEqual(run(memory, n, [n % 4]));
  expect(other.save()).toEqual(memory.save());
});

/** Runs bursts in which upstream neurons fire with potentials, as [id, potential]. */
function runValued(memory: PatternMemory, from: number, ...bursts: [number, number][][]): MemoryCommand[] {
  let commands: MemoryCommand[] = [];
  for (const [i, fires] of bursts.entries()) {
    commands = memory.step(from + i, {
      fired: () => Uint32Array.from(fires, ([id]) => id),
      potentials: () => Float32Array.from(fires, ([, potential]) => potential),
      voxel: (id) => [9 - id, 0, 0],
    });
  }
  return commands;
}

test("an area that learns potentials meets a pattern halfway each time it recurs", () => {
  const memory = memoryOf({ learnsPotentials: true });
  const first = {
    offset: 0,
    upstreamArea: UPSTREAM,
    voxels: [
      [2, 0, 0],
      [5, 0, 0],
    ],
  };
  expect(
    runValued(memory, 1, [
      [4, 1],
      [7, 3],
    ])[1],
  ).toMatchObject({ frames: [{ ...first, potentials: [3, 1] }] });
  expect(
    runValued(memory, 2, [
      [4, 2],
      [7, 3],
    ])[1],
  ).toMatchObject({ reactivation: true, frames: [{ ...first, potentials: [3, 1.5] }] });
  expect(
    runValued(memory, 3, [
      [4, 0],
      [7, 1],
    ])[1],
  ).toMatchObject({ frames: [{ potentials: [2, 0.75] }] });
});

test("the memory of a change knows no frames, and tells a rise from a fall of the same neurons", () => {
  const memory = memoryOf({ temporalDepth: 2, change: { by: "difference", quantization: 1 } });
  expect(runValued(memory, 1, [[4, 1]], [[4, 3]])[1]).toMatchObject({ neuron: 50_000_000, frames: [] });
  expect(runValued(memory, 3, [[4, 1]])[1]).toMatchObject({ neuron: 50_000_001, reactivation: false });
  expect(runValued(memory, 4, [[4, 3]])[1]).toMatchObject({ neuron: 50_000_000, reactivation: true });
});

test("a change needs two bursts and potentials: with one burst who fired counts, without potentials nothing is formed", () => {
  const change = { by: "ratio", quantization: 20 } as const;
  expect(runValued(memoryOf({ change }), 1, [[4, 1]])[1]).toMatchObject({ frames: [{ offset: 0 }] });
  expect(run(memoryOf({ temporalDepth: 2, change }), 1, [4], [4])).toEqual([]);
});

test("an area whose formation is switched off recognises and forms nothing", () => {
  const memory = memoryOf();
  run(memory, 1, [4]);
  const look = (burst: number, id: number) =>
    memory.step(burst, { fired: () => Uint32Array.of(id), voxel: () => undefined, formationOff: new Set([AREA]) });
  expect(look(2, 4)[1]).toMatchObject({ reactivation: true });
  expect(look(3, 5)).toEqual([]);
  expect(memory.totals).toMatchObject({ created: 1, suppressed: 1, refused: 0 });
});

test("a shorter window or a lost upstream area takes the neurons whose frames reached further", () => {
  const memory = memoryOf({ temporalDepth: 2, initialLifespan: 20 });
  run(memory, 1, [4], [], [4]);
  expect(memory.active).toBe(2);
  // The first pattern is its older burst alone, which a window of one burst still holds.
  expect(memory.register({ ...settings, temporalDepth: 1 })).toEqual([
    { type: "removed", neuron: 50_000_001, area: AREA, reason: "outdated" },
  ]);
  expect(memory.register({ ...settings, upstream: [31] })).toMatchObject([{ neuron: 50_000_000, reason: "outdated" }]);
  expect(run(memory, 4, [5])).toEqual([]);
});

test("an area that turns to changes lets go of the memories that know no potentials", () => {
  const change = { by: "difference", quantization: 1 } as const;
  const forgetful = memoryOf({ temporalDepth: 2 });
  runValued(forgetful, 1, [[4, 1]], [[4, 1]]);
  expect(forgetful.register({ ...settings, temporalDepth: 2, change })).toMatchObject([{ reason: "outdated" }]);
  const learned = memoryOf({ temporalDepth: 2, learnsPotentials: true });
  runValued(learned, 1, [[4, 1]], [[4, 1]]);
  expect(learned.register({ ...settings, temporalDepth: 2, change })).toEqual([]);
});

test("a restored memory of potentials and changes goes on as if nothing had happened", () => {
  const memory = memoryOf({ learnsPotentials: true });
  memory.register({ ...settings, area: 21, temporalDepth: 3, change: { by: "ratio", quantization: 20 } });
  const fires = (n: number): [number, number][] => [[n % 3, 1 + (n % 5)]];
  for (let n = 1; n < 9; n++) runValued(memory, n, fires(n));
  const other = new PatternMemory();
  other.restore(structuredClone(memory.save()));
  for (let n = 9; n < 30; n++) expect(runValued(other, n, fires(n))).toEqual(runValued(memory, n, fires(n)));
  expect(other.save()).toEqual(memory.save());
});
