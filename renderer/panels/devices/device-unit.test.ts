import { expect, test } from "vitest";
import type { CorticalArea } from "#contracts/connectome.ts";
import { partsOf, sizeOfAll, sizePerDevice, unitOf } from "./device-unit.ts";

/** Unit, data kind and part in the configuration word, index. */
const area = (unit: string, part: number, index: number, kind: CorticalArea["kind"] = unit[0] === "i" ? "input" : "output") => ({
  id: btoa(unit + String.fromCharCode(5 | ((part & 15) << 4), part >> 4, index & 255, index >> 8)),
  kind,
});

test("an id tells unit, index and part; other kinds are of no device", () => {
  expect(unitOf(area("opse", 2, 300))).toEqual({ unit: "opse", index: 300, part: 2 });
  expect(unitOf(area("isvi", 8, 0))).toEqual({ unit: "isvi", index: 0, part: 8 });
  expect(unitOf(area("cust", 0, 0, "custom"))).toBeNull();
});

test("the parts of a unit are found in order, and none of its neighbour's", () => {
  const [second, first, other] = [area("opse", 1, 0), area("opse", 0, 0), area("opse", 0, 1)];
  expect(partsOf([second, other, first, area("omot", 0, 0)], first.id)).toEqual([first, second]);
});

test("only the width counts devices", () => {
  expect(sizePerDevice([8, 3, 10], 4)).toEqual([2, 3, 10]);
  expect(sizeOfAll(sizePerDevice([8, 3, 10], 4), 5)).toEqual([10, 3, 10]);
});
