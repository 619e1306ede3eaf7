import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { MappingRule, Morphology, PatternToken, Vec3 } from "#contracts/connectome.ts";
import { parseGenome } from "../genome/parse.ts";
import { estimateGrowth, grown } from "./grow.ts";
import { functionMorphologies } from "./morphologies/functions.ts";
import { handMade } from "./testing/hand-made.ts";

const sizes: [Vec3, Vec3][] = [
  [
    [6, 5, 4],
    [6, 5, 4],
  ],
  [
    [7, 3, 2],
    [3, 8, 5],
  ],
  [
    [2, 9, 1],
    [16, 14, 3],
  ],
];

function both(morphology: Morphology, source: Vec3, target: Vec3, rule: Partial<MappingRule> = {}) {
  const genome = handMade(
    {
      caaaaaaa: { dimensions: source, neuronsPerVoxel: 2, to: { cbbbbbbb: [{ morphology: morphology.id, ...rule }] } },
      cbbbbbbb: { dimensions: target },
    },
    { with: [morphology] },
  );
  return { estimated: estimateGrowth(genome).synapses, made: grown(genome).image.synapses.count };
}

describe("the estimate counts without growing", () => {
  const isBound = ["rotator_z", "sweeper", "reducer_x", "centered_projector", "lateral_pairs_x", "tile"];

  test.each(Object.keys(functionMorphologies))("%s", (id) => {
    for (const [source, target] of sizes) {
      const { estimated, made } = both({ id, class: "core", type: "functions" }, source, target);
      if (isBound.includes(id)) expect(estimated).toBeGreaterThanOrEqual(made);
      else expect(estimated).toBe(made);
    }
  });

  test("vectors", () => {
    const vectors: Vec3[] = [
      [0, 0, 0],
      [1, -1, 0],
      [-2, 0, 1],
      [50, 0, 0],
      [1, -1, 0],
    ];
    for (const [source, target] of sizes) {
      const { estimated, made } = both({ id: "v", class: "custom", type: "vectors", vectors }, source, target);
      expect(estimated).toBe(made);
    }
  });

  const any: PatternToken = { type: "any" };
  const tokens: PatternToken[] = [
    any,
    { type: "exactly", value: 3 },
    { type: "same" },
    { type: "others" },
    { type: "above" },
    { type: "below" },
    { type: "atLeast" },
    { type: "atMost" },
    { type: "offset", by: -2 },
    { type: "offsetRange", from: -1, to: 2 },
    { type: "range", from: 1, to: 4 },
  ];

  test.each(tokens)("a pattern with $type on either side", (token) => {
    for (const [source, target] of sizes) {
      for (const pattern of [
        { source: [token, any, any], target: [{ type: "same" }, any, token] },
        { source: [any, any, any], target: [token, token, any] },
      ]) {
        const { estimated, made } = both({ id: "p", class: "custom", type: "patterns", patterns: [pattern] as never }, source, target);
        expect(estimated).toBe(made);
      }
    }
  });

  test("composites, box by box", () => {
    const boxes: Morphology = {
      id: "boxes",
      class: "custom",
      type: "composite",
      mapper: "projector",
      seed: [2, 2, 2],
      pattern: [
        [1, 1],
        [1, 0],
        [2, 1],
      ],
    } as never;
    expect(both(boxes, [8, 4, 6], [2, 2, 2])).toEqual({ estimated: 128, made: 128 });
  });

  test("attractivity by its share", () => {
    const projector: Morphology = { id: "projector", class: "core", type: "functions" };
    expect(both(projector, [100, 50, 1], [100, 50, 1], { attractivity: 25 }).estimated).toBe(2500);
  });
});

const folder = new URL("../../../resources/genomes/", import.meta.url);

test.each(readdirSync(folder).filter((file) => file.endsWith(".json")))(
  "%s is foreseen: its neurons exactly, its synapses never too low",
  (file) => {
    const parsed = parseGenome(readFileSync(new URL(file, folder), "utf8"));
    if (!parsed.ok) throw new Error(parsed.problems[0]?.message);
    const { image } = grown(parsed.genome);
    const estimate = estimateGrowth(parsed.genome);
    expect(estimate.neurons).toBe(image.neurons.count);
    expect(estimate.synapses).toBeGreaterThanOrEqual(image.synapses.count);
    expect(estimate.synapses).toBeLessThanOrEqual(image.synapses.count * 1.1 + 100);
  },
);
