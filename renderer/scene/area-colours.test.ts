import { expect, test } from "vitest";
import { areaColours } from "./area-colours.ts";
import { area, theme } from "./testing/areas.ts";

const hexes = (...given: Parameters<typeof areaColours>) => areaColours(...given).map((colour) => `#${colour.getHexString()}`);

test("signed figures are white at zero and run to blue and orange at the limits", () => {
  const areas = ["a", "b", "c"].map((id) => area({ id }));
  const values = new Map(Object.entries({ a: -2, b: 0, c: 2 }));
  expect(hexes(areas, [], "weight", theme, { values, low: -2, high: 2, signed: true })).toEqual([...theme.signed]);
});

test("beyond the limits the colour is that of the limit, and without a figure it is grey", () => {
  const values = new Map([["a", 99]]);
  expect(hexes([area({ id: "a" }), area({ id: "b" })], [], "rate", theme, { values, low: 0, high: 1, signed: false })).toEqual([
    theme.ramp.at(-1),
    theme.secondary,
  ]);
});
