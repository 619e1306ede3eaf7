/** Where the explorer scrolls to; that it scrolls when something is selected elsewhere is walked in e2e/journeys/plots.spec.ts. */
import { expect, test } from "vitest";
import { bringIntoSight, regionsAround } from "./use-reveal.ts";

const regions = [
  { id: "root", parent: null },
  { id: "motor", parent: "root" },
  { id: "hand", parent: "motor" },
] as never;
const brain = {
  areaById: new Map([
    ["thumb", { region: "hand" }],
    ["stray", { region: "nowhere" }],
  ]) as never,
  regions,
};

test("all regions around an area or a region are on its way", () => {
  expect(regionsAround("area:thumb", brain)).toEqual(["region:hand", "region:motor", "region:root"]);
  expect(regionsAround("region:hand", brain)).toEqual(["region:motor", "region:root"]);
  expect(regionsAround("area:stray", brain)).toEqual([]);
});

test("a row out of sight comes to the middle, one that is seen moves nothing", () => {
  const scroller = { scrollTop: 100, clientHeight: 200 };
  bringIntoSight(scroller, { y: 274, height: 26 });
  expect(scroller.scrollTop).toBe(100);
  bringIntoSight(scroller, { y: 1000, height: 26 });
  expect(scroller.scrollTop).toBe(913);
  bringIntoSight(scroller, { y: 10, height: 26 });
  expect(scroller.scrollTop).toBe(0);
});
