import { expect, test } from "vitest";
import type { CorticalArea, MappingRule } from "#contracts/connectome.ts";
import { areaRows, mappingRows } from "./rows.ts";

const area = (more: Partial<CorticalArea>, parameters: Partial<CorticalArea["parameters"]> = {}) =>
  ({
    ...{ id: "a", name: "a", kind: "custom", dimensions: [4, 4, 1], neuronsPerVoxel: 1, position: [0, 0, 0], neurons: 16 },
    ...more,
    parameters: { firingThreshold: 1, leak: 0, firingThresholdIncrement: [0, 0, 0], ...parameters },
  }) as CorticalArea;

test("two areas differ where a value does, and each can be given the other's", () => {
  const rows = areaRows([area({}), area({ dimensions: [8, 4, 1], position: [9, 0, 0] }, { firingThreshold: 5 })]);
  expect(rows.filter(({ differs }) => differs).map(({ key }) => key)).toEqual(["dimensions", "position", "firingThreshold"]);
  const take = (key: string, from: 0 | 1) => rows.find((row) => row.key === key)?.take?.(from);
  expect(take("firingThreshold", 1)).toEqual({ parameters: { firingThreshold: 5 } });
  expect(take("dimensions", 0)).toEqual({ dimensions: [4, 4, 1] });
  // Two areas in one place would hide each other.
  expect(take("position", 0)).toBeUndefined();
});

test("settings of memory are compared between two memory areas only", () => {
  const keys = (kinds: [CorticalArea["kind"], CorticalArea["kind"]]) =>
    areaRows([area({ kind: kinds[0] }), area({ kind: kinds[1] })]).map(({ key }) => key);
  expect(keys(["memory", "memory"])).toContain("temporalDepth");
  expect(keys(["memory", "custom"])).not.toContain("temporalDepth");
});

const rule = (morphology: string, more: Partial<MappingRule> = {}) =>
  ({ morphology, multiplier: 1, plastic: false, ...more }) as MappingRule;

test("rules of two mappings are compared by place; what one lacks comes or goes whole", () => {
  const [a, b] = [[rule("projector"), rule("tile")], [rule("projector", { multiplier: -2, extras: { gates: ["g"] } })]];
  const rows = mappingRows([a, b]);
  expect(rows.filter(({ differs }) => differs).map(({ key }) => key)).toEqual(["0 multiplier", "0 extras", "1"]);
  const take = (key: string, from: 0 | 1) => rows.find((row) => row.key === key)!.take!(from);
  expect(take("0 multiplier", 1)).toEqual([rule("projector", { multiplier: -2 }), rule("tile")]);
  expect(take("0 extras", 0)).toEqual([rule("projector", { multiplier: -2 })]);
  expect(take("1", 0)).toEqual([...b, rule("tile")]);
  expect(take("1", 1)).toEqual([rule("projector")]);
});
