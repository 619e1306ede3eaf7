import { expect, test } from "vitest";
import { ModulationNames } from "./modulation-names.ts";

test("the same set of names is the same group, in any order; another set is the next", () => {
  const names = new ModulationNames();
  for (const name of ["gain", "gate", "reward"]) names.numberOf(name);
  expect(names.group(["gain", "gate"])).toBe(1);
  expect(names.group(["reward"])).toBe(2);
  expect(names.group(["gate", "gain", "gate"])).toBe(1);
  expect(names.membersOf(1)).toEqual([names.numberOf("gain"), names.numberOf("gate")]);
});

test("names that nobody has are left out, and none at all is no group", () => {
  const names = new ModulationNames();
  names.numberOf("gain");
  expect(names.group(["gain", "nobody"])).toBe(1);
  expect(names.group(["nobody"])).toBe(0);
});

test("a renamed modulator keeps its number and its groups; a removed one leaves them, and its name starts anew", () => {
  const names = new ModulationNames();
  const number = names.numberOf("gain");
  const group = names.group(["gain"]);
  names.rename("gain", "boost");
  expect([names.numberOf("boost"), names.group(["boost"])]).toEqual([number, group]);
  expect(names.remove("boost")).toBe(number);
  expect(names.membersOf(group)).toEqual([]);
  names.numberOf("boost");
  expect(names.group(["boost"])).toBe(group + 1);
});

test("when all group numbers are given away a further set is refused, and known sets are still found", () => {
  const names = new ModulationNames();
  for (let n = 0; n < 370; n++) names.numberOf(`${n}`);
  let groups = 0;
  for (let a = 0; a < 370 && groups < 65_535; a++) {
    for (let b = a + 1; b < 370 && groups < 65_535; b++) groups = names.group([`${a}`, `${b}`]);
  }
  expect(groups).toBe(65_535);
  expect(() => names.group(["368"])).toThrow(expect.objectContaining({ code: "E_INVALID" }));
  expect(names.group(["1", "0"])).toBe(1);
});
