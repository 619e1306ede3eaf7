import { expect, test } from "vitest";
import type { BrainRegion, CorticalArea } from "#contracts/connectome.ts";
import { type ExplorerNode, explorerTree } from "./explorer-tree.ts";

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
