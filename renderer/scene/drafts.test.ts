import { expect, test } from "vitest";
import { type Draft, draftOf, dragged, isChanged, newOverlaps } from "./drafts.ts";
import { area } from "./testing/areas.ts";

const draft: Draft = { area: "a", position: [10, 0, 5], dimensions: [4, 3, 2] };

test("the whole moves, a face takes its side along", () => {
  expect(dragged(draft, { axis: 2, part: "whole" }, -3)).toEqual({ ...draft, position: [10, 0, 2] });
  expect(dragged(draft, { axis: 0, part: "high" }, 2)).toEqual({ ...draft, dimensions: [6, 3, 2] });
  expect(dragged(draft, { axis: 0, part: "low" }, 2)).toEqual({ ...draft, position: [12, 0, 5], dimensions: [2, 3, 2] });
});

test("a box keeps one voxel, on the side that was not dragged", () => {
  expect(dragged(draft, { axis: 1, part: "high" }, -99)).toEqual({ ...draft, dimensions: [4, 1, 2] });
  expect(dragged(draft, { axis: 1, part: "low" }, 99)).toEqual({ ...draft, position: [10, 2, 5], dimensions: [4, 1, 2] });
});

test("only overlaps that the change brings are told", () => {
  const a = area({ id: "a", dimensions: [4, 4, 4] });
  const inside = area({ id: "inside", dimensions: [2, 2, 2] });
  const beside = area({ id: "beside", dimensions: [4, 4, 4], position: [6, 0, 0] });
  const moved = { ...draftOf(a), position: [3, 0, 0] as Draft["position"] };
  expect(isChanged(draftOf(a), a)).toBe(false);
  expect(newOverlaps(moved, [a, inside, beside]).map(({ id }) => id)).toEqual(["beside"]);
  expect(newOverlaps({ ...draftOf(a), position: [2, 0, 0] }, [a, inside, beside])).toEqual([]);
});
