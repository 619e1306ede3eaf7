import { expect, test } from "vitest";
import type { CorticalMapping, MappingRule } from "#contracts/connectome.ts";
import { arcsOf, arcWidth, routeArcs } from "./arc-paths.ts";
import { worldBox } from "./placement.ts";
import { area } from "./testing/areas.ts";

const rule = (multiplier: number, plastic = false) => ({ multiplier, plastic }) as MappingRule;
const mapping = (src: string, dst: string, rules: MappingRule[], synapses = 1): CorticalMapping => ({ src, dst, rules, synapses });

test("a mapping with rules of both signs is two arcs, each dashed by its own rules", () => {
  expect(arcsOf([mapping("a", "b", [rule(1), rule(-2, true)], 7)])).toEqual([
    { src: "a", dst: "b", inhibitory: false, plastic: false, synapses: 7 },
    { src: "a", dst: "b", inhibitory: true, plastic: true, synapses: 7 },
  ]);
});

test("an arc is wider by one pixel for every ten times as many synapses", () => {
  expect([0, 9, 99, 999, 1e12].map(arcWidth)).toEqual([1, 2, 3, 4, 6]);
});

test("arcs begin and end on the tops of their boxes, there and back apart", () => {
  const [a, b] = [area({ id: "a", dimensions: [4, 4, 4] }), area({ id: "b", dimensions: [4, 4, 4], position: [20, 0, 0] })];
  const boxes = new Map([a, b].map((one) => [one.id, worldBox(one)]));
  const [there, back] = routeArcs(arcsOf([mapping("a", "b", [rule(1)]), mapping("b", "a", [rule(1)])]), boxes, () => "r");
  expect(there!.path[0]!.map((at) => Math.round(at * 10) / 10)).toEqual([1, 4, -2]);
  expect(there!.path.at(-1)!.map((at) => Math.round(at * 10) / 10)).toEqual([23, 4, -2]);
  expect(back!.path.at(-1)![0]).not.toBeCloseTo(there!.path[0]![0]);
  expect(Math.max(...there!.path.map(([, y]) => y))).toBeGreaterThan(6);
});

test("arcs between the same two regions run together in the middle", () => {
  const at = (id: string, x: number, z: number) => area({ id, dimensions: [2, 2, 2], position: [x, 0, z] });
  const areas = [at("a", 0, 0), at("b", 0, 40), at("c", 100, 0), at("d", 100, 40)];
  const boxes = new Map(areas.map((one) => [one.id, worldBox(one)]));
  const arcs = arcsOf([mapping("a", "c", [rule(1)]), mapping("b", "d", [rule(1)])]);
  const apart = (regionOf: (id: string) => string) => {
    const [one, other] = routeArcs(arcs, boxes, regionOf);
    const middle = Math.floor(one!.path.length / 2);
    return Math.abs(one!.path[middle]![2] - other!.path[middle]![2]);
  };
  expect(apart((id) => ("ab".includes(id) ? "left" : "right"))).toBeLessThan(0.5 * apart(() => "one"));
});

test("an arc to an area that is not in the picture is left out", () => {
  expect(routeArcs(arcsOf([mapping("a", "gone", [rule(1)])]), new Map([["a", worldBox(area())]]), () => "r")).toEqual([]);
});
