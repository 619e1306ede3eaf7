import { expect, test } from "vitest";
import type { CorticalArea } from "#contracts/connectome.ts";
import { check, type Draft, draftOf, firings, parseVoxels, runsOf, writeVoxels } from "./schedule-draft.ts";

const area = (id: string, dimensions: [number, number, number]) => ({ id, name: id, dimensions }) as CorticalArea;
const areas = new Map([area("A", [4, 4, 1]), area("B", [1, 1, 10])].map((one) => [one.id, one]));
const A = areas.get("A")!;
const pulse = (key: number, more: object = {}) => ({ key, area: "A", voxels: "0,0,0", start: 0, duration: 1, every: 1, ...more });
const draft = (pulses: Draft["pulses"], period: number | null = null): Draft => ({ replaces: null, pulses, period });

test("voxels are read one by one, by ranges and by stars, each once", () => {
  expect(parseVoxels("1,0,0 (2,3,0); 1,0,0", A)).toEqual([
    [1, 0, 0],
    [2, 3, 0],
  ]);
  expect(parseVoxels("0-1,*,0", A)).toHaveLength(8);
  expect(parseVoxels("*,*,*", A)).toHaveLength(16);
  expect(writeVoxels(parseVoxels("*,*,*", A) as [number, number, number][], A)).toBe("*,*,*");
});

test.each([
  ["", "at least one voxel"],
  ["1,2", "“1,2”"],
  ["a,0,0", "“a,0,0”"],
  ["2-1,0,0", "“2-1,0,0”"],
  ["4,0,0", "4 × 4 × 1"],
  ["0,0-9,0", "4 × 4 × 1"],
])("voxels that cannot be meant are refused with what is wrong: %s", (text, said) => {
  expect((parseVoxels(text, A) as { problem: string }).problem).toContain(said);
});

test("pulses become entries by burst, what fires twice in one burst fires once", () => {
  const { entries } = check(draft([pulse(0, { duration: 3, every: 2 }), pulse(1, { start: 2, voxels: "0,0,0 1,0,0" })]), areas);
  expect(entries).toEqual([
    { burstOffset: 0, areas: [{ area: "A", voxels: [[0, 0, 0]] }] },
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
  ]);
});

test("what is wrong is said where it is wrong, and then there are no entries", () => {
  const wrong = check(draft([pulse(0), pulse(1, { voxels: "9,9,9" }), pulse(2, { area: "gone" })]), areas);
  expect([[...wrong.voxels.keys()], wrong.entries]).toEqual([[1, 2], null]);
  const short = check(draft([pulse(0, { start: 4, duration: 3 })], 6), areas);
  expect([short.period, short.entries]).toEqual([expect.stringContaining("7"), null]);
  expect(check(draft([pulse(0, { start: 4, duration: 3 })], 7), areas).entries).toHaveLength(3);
  expect(check(draft([]), areas)).toMatchObject({ whole: expect.any(String), entries: null });
  expect(check(draft([pulse(0, { duration: 200_000 })]), areas)).toMatchObject({
    whole: expect.stringContaining("100,000"),
    entries: null,
  });
});

test("a schedule comes back as the pulses it was written with", () => {
  const written = draft(
    [
      pulse(0, { duration: 3, every: 2 }),
      pulse(1, { area: "B", voxels: "0,0,3", start: 1, duration: 4 }),
      pulse(2, { area: "B", voxels: "*,*,*", start: 9 }),
    ],
    20,
  );
  const entries = check(written, areas).entries!.map(({ burstOffset, areas: fired }) => ({ burst: 101 + burstOffset, areas: fired }));
  expect(draftOf({ id: 7, periodBursts: 20, entries }, 100, areas)).toEqual({ ...written, replaces: 7 });
});

test("what repeats is drawn again after each period, and neighbours are drawn as one", () => {
  expect(firings([3, 4], null, 4, 10)).toEqual([4]);
  expect(firings([3, 4], 5, 4, 14)).toEqual([4, 8, 9, 13, 14]);
  expect(firings([30], 5, 4, 14)).toEqual([]);
  expect(runsOf([4, 8, 9, 13, 14])).toEqual([
    { from: 4, to: 4 },
    { from: 8, to: 9 },
    { from: 13, to: 14 },
  ]);
});
