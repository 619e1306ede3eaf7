import { expect, test } from "vitest";
import { marksOf } from "./why-marks.ts";
import { branchId, type CauseNode } from "./why-store.ts";

const areas = [
  { id: "in", firstNeuron: 0, neurons: 10 },
  { id: "mid", firstNeuron: 10, neurons: 10 },
  { id: "out", firstNeuron: 20, neurons: 10 },
];
const branch = (source: number, firedAt: number, inhibitory = false) =>
  ({ origin: "synapse", node: null, synapse: { slot: source, source, firedAt, inhibitory } }) as CauseNode["branches"][number];
const node = (neuron: number, burst: number, branches: CauseNode["branches"]) =>
  [`${neuron}@${burst}`, { neuron, burst, branches } as CauseNode] as const;

// 21 fired because of 11, against 12; 11 fired because of 1 and of input from outside.
const given = { origin: "input", node: null, synapse: null } as CauseNode["branches"][number];
const tree = {
  root: "21@9",
  nodes: new Map([node(21, 9, [branch(11, 8), branch(12, 8, true)]), node(11, 8, [branch(1, 7), given])]),
  cutOff: 0,
};
const state = {
  ...{ question: { neuron: 21, burst: 9 }, account: { contributions: [] } as never, tree, effects: null },
  ...{ open: new Set<string>(), marks: true, isWatched: true },
};
const told = (more: Partial<typeof state>) => marksOf({ ...state, ...more }, areas);
const neuronsOf = (marks: ReturnType<typeof told>) => Object.fromEntries(marks?.marks.map(({ what, neurons }) => [what, neurons]) ?? []);

test("sources of the rows that can be seen are marked by their sign, with the mappings they come over", () => {
  const closed = told({});
  expect(neuronsOf(closed)).toEqual({ asked: [21], cause: [11], inhibitory: [12] });
  expect(closed?.ways).toEqual([{ src: "mid", dst: "out" }]);
  const open = told({ open: new Set([branchId("", branch(11, 8), 0)]) });
  expect(neuronsOf(open)).toEqual({ asked: [21], cause: [11, 1], inhibitory: [12] });
  expect(open?.ways).toContainEqual({ src: "in", dst: "mid" });
});

test("where the spike went is marked once it was asked for", () => {
  const effects = {
    sent: [
      { target: 5, inhibitory: false },
      { target: 6, inhibitory: true },
    ],
  } as never;
  const marks = told({ effects });
  expect(neuronsOf(marks)).toEqual({ asked: [21], cause: [11], reached: [5], inhibitory: [12, 6] });
  expect(marks?.ways).toContainEqual({ src: "out", dst: "in" });
});

test("of a neuron that did not fire, what reached it is marked", () => {
  const account = { contributions: [branch(12, 8, true), given] } as never;
  expect(neuronsOf(told({ tree: null as never, account }))).toEqual({ asked: [21], inhibitory: [12] });
});

test("nothing is marked while the view is out of sight, or where it is switched off", () => {
  expect(told({ isWatched: false })).toBeNull();
  expect(told({ marks: false })).toBeNull();
});

test("a loop of neurons is followed no further than its rows can be opened", () => {
  const loop = { root: "21@9", nodes: new Map([node(21, 9, [{ ...branch(21, 9), node: "21@9" }])]), cutOff: 0 };
  const ids = Array.from({ length: 40 }).reduce<string[]>((known) => [...known, branchId(known.at(-1) ?? "", branch(21, 9), 0)], []);
  expect(neuronsOf(told({ tree: loop, open: new Set(ids) }))).toEqual({ asked: [21], cause: [21] });
});
