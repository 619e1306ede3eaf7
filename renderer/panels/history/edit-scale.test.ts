import { expect, test } from "vitest";
import type { EditSummary } from "#contracts/edit.ts";
import { scaleOf } from "./edit-scale.ts";

const none: EditSummary = {
  areas: { added: [], removed: [], resized: [], changed: [] },
  ...{ mappings: [], neuronsAdded: 0, neuronsRemoved: 0, synapsesAdded: 0, synapsesRemoved: 0, bytes: 0, inGenome: true },
};
const nameOf = (id: string) => id.toUpperCase();

test("an edit says what it comes to: areas by name, the rest by count", () => {
  const summary = {
    ...none,
    areas: { ...none.areas, resized: ["v1"] },
    mappings: [{ src: "a", dst: "b" }],
    neuronsAdded: 1200,
    synapsesRemoved: 3,
  };
  expect(scaleOf(summary, nameOf)).toBe(`resizes V1 · 1 mapping grows anew · +${(1200).toLocaleString()} −0 neurons · +0 −3 synapses`);
});

test("many areas are named up to three; an edit of no neuron says so", () => {
  expect(scaleOf({ ...none, areas: { ...none.areas, removed: ["a", "b", "c", "d", "e"] } }, nameOf)).toBe("removes A, B, C and 2 more");
  expect(scaleOf(none, nameOf)).toBe("no neuron or synapse changes");
});
