import { expect, test } from "vitest";
import type { Morphology } from "#contracts/connectome.ts";
import { toyReach } from "./toy-pair.ts";

const pair = {
  source: [2, 1, 1] as [number, number, number],
  target: [4, 1, 1] as [number, number, number],
  scalar: [1, 1, 1],
  development: "standard" as const,
};

test("rows stand by source voxel and ascend", () => {
  const projector: Morphology = { id: "projector", class: "core", type: "functions" };
  expect(toyReach(projector, { ...pair, morphologies: new Map() })).toEqual({
    reached: [
      [0, 1],
      [2, 3],
    ],
    synapses: 4,
    note: null,
  });
});

test("a rule that cannot grow says why and reaches nothing", () => {
  const composite: Morphology = {
    ...{ id: "tiles", class: "custom", type: "composite", seed: [1, 1, 1], mapper: "nobody" },
    pattern: [
      [1, 0],
      [1, 0],
      [1, 0],
    ],
  };
  const reach = toyReach(composite, { ...pair, morphologies: new Map() });
  expect(reach).toMatchObject({ reached: [[], []], synapses: 0 });
  expect(reach.note).toMatch(/"nobody"/);
});

test("a relation grows no synapses, and says so", () => {
  const memory: Morphology = { id: "episodic_memory", class: "core", type: "functions" };
  expect(toyReach(memory, { ...pair, morphologies: new Map() }).note).toMatch(/relation/);
});
