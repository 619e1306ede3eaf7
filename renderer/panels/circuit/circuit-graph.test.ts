import { expect, test } from "vitest";
import type { BrainRegion, CorticalArea, CorticalMapping } from "#contracts/connectome.ts";
import { circuitGraph, neighbour, pathTo } from "./circuit-graph.ts";

const region = (id: string, parent: string | null) => ({ id, name: id, parent }) as BrainRegion;
const area = (id: string, home: string) => ({ id, name: id, region: home }) as CorticalArea;
const mapping = (src: string, dst: string, multipliers: number[], plastic = false) =>
  ({ src, dst, synapses: 10, rules: multipliers.map((multiplier) => ({ multiplier, plastic })) }) as CorticalMapping;

const regions = [region("root", null), region("motor", "root"), region("legs", "motor")];
const areas = [area("eye", "root"), area("plan", "motor"), area("gate", "motor"), area("knee", "legs"), area("foot", "legs")];
const mappings = [
  mapping("eye", "plan", [1]),
  mapping("plan", "gate", [-1]),
  mapping("plan", "knee", [1, -1]),
  mapping("plan", "foot", [1], true),
  mapping("knee", "foot", [1]),
  mapping("gate", "gate", [1]),
];
const ids = (home: string) => circuitGraph(home, regions, areas, mappings).items.map(({ id }) => id);
const links = (home: string) => circuitGraph(home, regions, areas, mappings).links;

test("a region shows its areas, the regions in it, and what outside is joined to them", () => {
  expect(ids("motor")).toEqual(["area:plan", "area:gate", "region:legs", "outside:eye"]);
  expect(ids("root")).toEqual(["area:eye", "region:motor"]);
});

test("mappings between the same two nodes are one link with their sum and signs", () => {
  expect(links("motor").find(({ id }) => id === "area:plan region:legs")).toMatchObject({
    ...{ synapses: 20, inhibitory: "some", plastic: true },
    pairs: [
      { src: "plan", dst: "knee" },
      { src: "plan", dst: "foot" },
    ],
  });
  expect(links("motor").find(({ id }) => id === "area:plan area:gate")).toMatchObject({ inhibitory: "all" });
});

test("what stays inside a region is not shown, a loop of an area is", () => {
  const shown = links("motor").map(({ id }) => id);
  expect(shown).toContain("area:gate area:gate");
  expect(shown).not.toContain("region:legs region:legs");
  expect(links("root").map(({ id }) => id)).toEqual(["area:eye region:motor"]);
});

test("breadcrumbs lead from the root", () => {
  expect(pathTo("legs", regions).map(({ id }) => id)).toEqual(["root", "motor", "legs"]);
});

test("an arrow key goes to the nearest node ahead", () => {
  const at = (x: number, y: number) => ({ x, y, width: 10, height: 10 });
  const places = new Map([
    ["a", at(0, 0)],
    ["b", at(100, 5)],
    ["c", at(60, 300)],
    ["d", at(-50, 0)],
  ]);
  expect(neighbour("a", places, [1, 0])).toBe("b");
  expect(neighbour("a", places, [0, 1])).toBe("c");
  expect(neighbour("a", places, [0, -1])).toBeNull();
});
