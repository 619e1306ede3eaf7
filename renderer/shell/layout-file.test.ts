import { expect, test } from "vitest";
import { soleLayout } from "./layout.ts";
import { freeName, layoutText, readLayout } from "./layout-file.ts";

const layout = soleLayout("raster");
const fileOf = (more: object) => JSON.stringify({ format: "gyrus-layout", version: 1, name: "night shift", layout, ...more });

test("a layout goes out and comes in again", () => {
  expect(readLayout(layoutText({ name: "night shift", layout }))).toEqual({ name: "night shift", layout, leftOut: 0 });
});

test("views that this window does not know are left out and counted", () => {
  const tabs = { tabs: ["raster", "crystal ball"], active: "crystal ball", share: 1 };
  const read = readLayout(fileOf({ layout: { ...layout, root: { split: "row", share: 1, parts: [tabs] } } }));
  expect(read).toEqual({ name: "night shift", layout, leftOut: 1 });
});

test.each([
  ["no JSON at all", "night shift", /not a layout/],
  ["another kind of file", JSON.stringify({ format: "gyrus-workspace", version: 1 }), /not a layout/],
  ["no name", fileOf({ name: "  " }), /not a layout/],
  ["a later form", fileOf({ version: 2 }), /newer/],
  ["shares that are none", fileOf({ layout: { version: 1, root: { split: "row", share: 7, parts: [] }, floating: [] } }), /cannot be read/],
  [
    "a view in two places",
    fileOf({ layout: { ...layout, floating: [{ tabs: ["raster"], active: "raster", left: 0, top: 0, width: 9, height: 9 }] } }),
    /cannot be read/,
  ],
  ["only unknown views", fileOf({ layout: soleLayout("crystal ball" as never) }), /none of its views/],
])("refused with a reason: %s", (_, text, reason) => {
  expect(() => readLayout(text)).toThrow(reason);
});

test("a name that is taken gets a number", () => {
  expect(freeName("night", {})).toBe("night");
  expect(freeName("night", { night: 1, "night 2": 1 })).toBe("night 3");
});
