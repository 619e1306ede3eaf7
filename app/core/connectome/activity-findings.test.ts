import { expect, test } from "vitest";
import type { AreaKind, CorticalArea, CorticalMapping } from "#contracts/connectome.ts";
import { activityFindings } from "./activity-findings.ts";

const area = (index: number, name: string, kind: AreaKind, neurons = 4) =>
  ({ index, id: name, name, kind, neurons, parameters: { firingThreshold: 9 } }) as CorticalArea;
const mapping = (src: string, dst: string, synapses = 4, multiplier = 1) =>
  ({ src, dst, synapses, rules: [{ multiplier }] }) as CorticalMapping;
const over = (fired: Record<number, number>) => ({
  from: 101,
  to: 200,
  fired: new Map(Object.entries(fired).map(([index, count]) => [Number(index), count])),
});
const areas = [area(0, "power", "core", 1), area(1, "eye", "input"), area(2, "V1", "custom"), area(3, "V2", "custom")];

test("an area is dead that gets spikes and never fires; one whose afferents are silent only lacks a drive", () => {
  const found = activityFindings(areas, [mapping("eye", "V1"), mapping("V1", "V2")], over({ 0: 100, 1: 7 }));
  expect(found.map(({ code, area: at }) => `${code} ${at}`)).toEqual(["AREA_DEAD V1", "AREAS_UNDRIVEN V2"]);
  expect(found[0]).toMatchObject({ severity: "warning", mapping: { src: "eye", dst: "V1" } });
  expect(found[0]!.message).toBe("V1 never fired in bursts 101 to 200, though eye, which is mapped to it, sent 7 spikes");
});

test("nothing is said of an area that nothing could make fire", () => {
  expect(activityFindings(areas, [mapping("eye", "V1", 4, -1)], over({ 0: 100, 1: 7 }))).toEqual([]);
  expect(activityFindings(areas, [mapping("eye", "V1", 0)], over({ 0: 100, 1: 7 }))).toEqual([]);
});

test("an area is saturated where nearly all of it fires in nearly every burst; power and inputs may", () => {
  const found = activityFindings(areas, [mapping("eye", "V1"), mapping("V1", "V2")], over({ 0: 100, 1: 400, 2: 384, 3: 370 }));
  expect(found.map(({ code, area: at }) => `${code} ${at}`)).toEqual(["AREA_SATURATED V1"]);
  expect(found[0]!.message).toContain("96 % of its neurons in every burst");
});
