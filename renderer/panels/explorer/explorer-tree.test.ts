import { expect, test } from "vitest";
import type { BrainRegion, CorticalArea } from "#contracts/connectome.ts";
import { areasOf, type ExplorerNode, explorerTree } from "./explorer-tree.ts";

const area = (id: string, name: string, kind: CorticalArea["kind"], region: string, neurons: number) =>
  ({ id, idText: id, name, kind, region, neurons }) as CorticalArea;
const region = (id: string, name: string, parent: string | null) =>
  ({ id, name, parent, areas: [], inputs: [], outputs: [], position: [0, 0, 0] }) as BrainRegion;

const regions = [region("root", "Root", null), region("motor", "Motor", "root")];
const areas = [
  area("1", "gaze", "output", "root", 40),
  area("2", "vision", "input", "root", 100),
  area("3", "forward", "custom", "motor", 2),
  area("4", "stray", "memory", "nowhere", 7),
];
const outline = (nodes: ExplorerNode[]): unknown[] =>
  nodes.map(({ name, children }) => (children.length === 0 ? name : [name, ...outline(children)]));

test("regions come before areas, areas by kind, and an area of no known region stands at the top", () => {
  expect(outline(explorerTree(regions, areas, ""))).toEqual([["Root", ["Motor", "forward"], "vision", "gaze"], "stray"]);
});

test("a region counts the neurons of everything below it", () => {
  expect(explorerTree(regions, areas, "")[0]?.neurons).toBe(142);
});

test("a filter keeps the path to what it finds and drops the rest", () => {
  expect(outline(explorerTree(regions, areas, "FORW"))).toEqual([["Root", ["Motor", "forward"]]]);
  expect(outline(explorerTree(regions, areas, "input"))).toEqual([["Root", "vision"]]);
  expect(explorerTree(regions, areas, "nothing such")).toEqual([]);
});

test("kinds filter like words do, and a row of a region stands for all areas below it", () => {
  const tree = explorerTree(regions, areas, "", new Set(["input", "custom"]));
  expect(outline(tree)).toEqual([["Root", ["Motor", "forward"], "vision"]]);
  expect(areasOf(tree[0]!).sort()).toEqual(["2", "3"]);
});

test("500 areas in 40 regions are filtered in less than a frame of 16 ms", () => {
  const many = Array.from({ length: 40 }, (_, i) => region(`r${i}`, `Region ${i}`, i === 0 ? null : `r${i >> 1}`));
  const crowd = Array.from({ length: 500 }, (_, i) => area(`a${i}`, `area ${i % 97} ${i}`, "custom", `r${i % 40}`, 1));
  const times = ["", "a", "ar", "are", "area", "area 9", "9"].map((query) => {
    const begun = performance.now();
    explorerTree(many, crowd, query);
    return performance.now() - begun;
  });
  expect(times.sort((a, b) => a - b)[3]).toBeLessThan(16);
});
