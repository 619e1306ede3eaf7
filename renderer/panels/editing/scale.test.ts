import { expect, test } from "vitest";
import type { EditSummary } from "#contracts/edit.ts";
import { isStructural, scaleText } from "./scale.ts";

const nothing: EditSummary = {
  ...{ areas: { added: [], removed: [], resized: [], changed: ["a"] }, mappings: [] },
  ...{ neuronsAdded: 0, neuronsRemoved: 0, synapsesAdded: 0, synapsesRemoved: 0, bytes: 0, inGenome: true },
};

test("an edit of values alone says so", () => {
  expect(isStructural(nothing)).toBe(false);
  expect(scaleText(nothing)).toBe("Changes values only.");
});

test("what goes is told before what comes, with counts a person can read", () => {
  const summary = {
    ...nothing,
    areas: { ...nothing.areas, removed: ["a", "b"] },
    mappings: [{ src: "a", dst: "b" }],
    ...{ synapsesRemoved: 1_300_000, neuronsAdded: 1, bytes: 2048 },
  };
  expect(isStructural(summary)).toBe(true);
  expect(scaleText(summary)).toBe("Removes 2 areas, 1.3M synapses. Adds 1 neuron. Grows 1 mapping anew. Patch of 2 KB.");
});
