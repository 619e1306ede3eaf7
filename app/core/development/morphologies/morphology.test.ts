import { describe, expect, test } from "vitest";
import type { AreaKind, Morphology, PatternToken, Vec3 } from "#contracts/connectome.ts";
import { GrowthMemory } from "../memory.ts";
import { Random } from "../random.ts";
import { type MorphologyUse, prepareMorphology } from "./morphology.ts";
import { UnionScratch, VoxelList } from "./voxel-rule.ts";

type Use = Partial<Omit<MorphologyUse, "kinds">> & { kinds?: { source: AreaKind; target: AreaKind } };

/** Every source voxel with the destination voxels it reaches, as coordinates. */
function reach(morphology: Morphology, source: Vec3, target: Vec3, use: Use = {}): Record<string, string[]> {
  const memory = new GrowthMemory();
  const prepared = prepareMorphology(morphology, {
    shape: { source, target },
    kinds: { source: "custom", target: "custom" },
    scalar: [1, 1, 1],
    development: "standard",
    morphologies: new Map(),
    random: new Random("test"),
    scratch: new UnionScratch(memory),
    ...use,
  });
  if ("none" in prepared) return { none: [prepared.none] };
  const reached: Record<string, string[]> = {};
  const list = new VoxelList(memory);
  const [width, height, depth] = source;
  for (let x = 0; x < width; x++)
    for (let y = 0; y < height; y++)
      for (let z = 0; z < depth; z++) {
        list.clear();
        prepared.voxels(x, y, z, list);
        const [, h, d] = target;
        const text = (voxel: number) => `${Math.floor(voxel / (h * d))},${Math.floor(voxel / d) % h},${voxel % d}`;
        if (list.length > 0) reached[`${x},${y},${z}`] = Array.from(list.voxels.subarray(0, list.length), text);
      }
  return reached;
}

const named = (id: string): Morphology => ({ id, class: "core", type: "functions" });
const vectors = (...list: [number, number, number][]): Morphology => ({ id: "v", class: "custom", type: "vectors", vectors: list });
const row = (n: number) => Array.from({ length: n }, (_, x) => `${x},0,0`);

describe("projector", () => {
  test("divides in 32-bit floats: 16 onto 14 takes 8 to 6", () => {
    expect(reach(named("projector"), [16, 1, 1], [14, 1, 1])["8,0,0"]).toEqual(["6,0,0"]);
    expect(reach(named("projector"), [24, 1, 1], [20, 1, 1])["18,0,0"]).toEqual(["14,0,0"]);
    expect(reach(named("projector"), [14, 1, 1], [16, 1, 1])["6,0,0"]).toContain("8,0,0");
  });

  test("fans out to every voxel of a larger area and in to the one of a smaller", () => {
    expect(reach(named("projector"), [1, 1, 1], [3, 3, 3])["0,0,0"]).toHaveLength(27);
    expect(Object.values(reach(named("projector"), [3, 3, 3], [1, 1, 1]))).toEqual(Array(27).fill(["0,0,0"]));
  });
});

describe("vectors", () => {
  test("that coincide make a pair once, and none outside the destination", () => {
    expect(reach(vectors([1, 0, 0], [1, 0, 0], [-1, 0, 0]), [2, 1, 1], [2, 1, 1])).toEqual({ "0,0,0": ["1,0,0"], "1,0,0": ["0,0,0"] });
  });

  test("are stretched by the scalar of the rule in standard, and not in feagi-strict", () => {
    const use = { scalar: [2, 1, 1] };
    expect(reach(vectors([1, 0, 0]), [4, 1, 1], [4, 1, 1], use)["0,0,0"]).toEqual(["2,0,0"]);
    expect(reach(vectors([1, 0, 0]), [4, 1, 1], [4, 1, 1], { ...use, development: "feagi-strict" })["0,0,0"]).toEqual(["1,0,0"]);
    expect(reach(vectors([1, 0, 0]), [4, 1, 1], [4, 1, 1], { scalar: 3 })["0,0,0"]).toEqual(["3,0,0"]);
  });

  test("with an expression as scalar are refused", () => {
    expect(() => reach(vectors([1, 0, 0]), [4, 1, 1], [4, 1, 1], { scalar: ["2x", 1, 1] })).toThrow(/2x/);
  });
});

describe("patterns", () => {
  const pattern = (source: PatternToken, target: PatternToken): Morphology => {
    const any = { type: "any" } as const;
    return { id: "p", class: "custom", type: "patterns", patterns: [{ source: [source, any, any], target: [target, any, any] }] };
  };
  const alongX = (source: PatternToken, target: PatternToken) => reach(pattern(source, target), [4, 1, 1], [4, 1, 1]);

  test.each([
    [{ type: "any" }, ["0,0,0", "1,0,0", "2,0,0", "3,0,0"]],
    [{ type: "exactly", value: 3 }, ["3,0,0"]],
    [{ type: "exactly", value: 4 }, undefined],
    [{ type: "same" }, ["1,0,0"]],
    [{ type: "others" }, ["0,0,0", "2,0,0", "3,0,0"]],
    [{ type: "above" }, ["2,0,0", "3,0,0"]],
    [{ type: "below" }, ["0,0,0"]],
    [{ type: "atLeast" }, ["1,0,0", "2,0,0", "3,0,0"]],
    [{ type: "atMost" }, ["0,0,0", "1,0,0"]],
    [{ type: "offset", by: 2 }, ["3,0,0"]],
    [{ type: "offsetRange", from: -3, to: 1 }, ["0,0,0", "1,0,0", "2,0,0"]],
    [{ type: "range", from: 2, to: 9 }, ["2,0,0", "3,0,0"]],
  ] as [PatternToken, string[] | undefined][])("destination token %j from 1", (token, expected) => {
    expect(alongX({ type: "any" }, token)["1,0,0"]).toEqual(expected);
  });

  test.each([
    [{ type: "exactly", value: 2 }, ["2,0,0"]],
    [{ type: "range", from: 1, to: 2 }, ["1,0,0", "2,0,0"]],
    [{ type: "others" }, row(4)],
    [{ type: "above" }, row(4)],
  ] as [PatternToken, string[]][])("source token %j", (token, sources) => {
    expect(Object.keys(alongX(token, { type: "same" }))).toEqual(sources);
  });

  test("that overlap reach each voxel once", () => {
    const any = { type: "any" } as const;
    const both: Morphology = {
      id: "p",
      class: "custom",
      type: "patterns",
      patterns: [
        { source: [any, any, any], target: [{ type: "same" }, any, any] },
        { source: [any, any, any], target: [any, any, any] },
      ],
    };
    expect(reach(both, [2, 1, 1], [3, 1, 1])["1,0,0"]).toEqual(["1,0,0", "0,0,0", "2,0,0"]);
  });

  test("with a negative coordinate are refused", () => {
    expect(() => alongX({ type: "exactly", value: -1 }, { type: "any" })).toThrow(/negative/);
  });
});

describe("functions of the Python original, which grow in standard only", () => {
  const python: [string, Vec3, Vec3, Record<string, string[]>][] = [
    ["expander_x", [4, 1, 1], [5, 1, 1], { "0,0,0": ["4,0,0"], "1,0,0": ["2,0,0", "3,0,0"], "2,0,0": ["1,0,0", "3,0,0"] }],
    ["reducer_x", [4, 1, 1], [2, 1, 1], { "1,0,0": ["1,0,0"], "2,0,0": ["0,0,0"], "3,0,0": ["0,0,0", "1,0,0"] }],
    ["lateral_pairs_x", [3, 1, 1], [3, 1, 1], { "0,0,0": ["1,0,0"], "1,0,0": ["0,0,0"] }],
    ["block_connection", [11, 1, 1], [2, 1, 1], Object.fromEntries(row(11).map((s, x) => [s, [x < 10 ? "0,0,0" : "1,0,0"]]))],
    ["project_from_end_x", [3, 2, 1], [4, 1, 1], { "2,0,0": ["0,0,0"], "2,1,0": ["0,0,0"] }],
    ["project_from_end_y", [1, 3, 1], [2, 4, 1], { "0,2,0": ["0,0,0", "1,0,0"] }],
    ["project_from_end_z", [1, 1, 2], [1, 1, 2], { "0,0,1": ["0,0,0"] }],
  ];

  test.each(python)("%s %j to %j", (id, source, target, expected) => {
    expect(reach(named(id), source, target)).toEqual(expected);
    expect(reach(named(id), source, target, { development: "feagi-strict" })).toEqual({ none: ["unknown"] });
  });

  test.each(["xy", "yz", "xz"])("projector_%s is transpose by its old name", (axes) => {
    expect(reach(named(`projector_${axes}`), [4, 3, 2], [2, 6, 3])).toEqual(reach(named(`transpose_${axes}`), [4, 3, 2], [2, 6, 3]));
  });

  test("randomizer takes one voxel anywhere, the same for the same seed", () => {
    const reached = reach(named("randomizer"), [20, 20, 1], [4, 1, 1]);
    expect(Object.values(reached).every((voxels) => voxels.length === 1)).toBe(true);
    expect(new Set(Object.values(reached).flat())).toEqual(new Set(row(4)));
    expect(reach(named("randomizer"), [20, 20, 1], [4, 1, 1])).toEqual(reached);
    expect(reach(named("randomizer"), [20, 20, 1], [4, 1, 1], { random: new Random("other") })).not.toEqual(reached);
  });
});

describe("composite", () => {
  const composite = (mapper: string): Morphology => {
    const pattern: [[number, number], [number, number], [number, number]] = [
      [1, 1],
      [1, 0],
      [1, 0],
    ];
    return { id: "boxes", class: "custom", type: "composite", seed: [2, 1, 1], pattern, mapper };
  };
  const use = {
    morphologies: new Map([
      ["projector", named("projector")],
      ["boxes", composite("projector")],
    ]),
  };

  test("cuts the source into boxes, leaves out the skipped ones and maps each box onto the whole destination", () => {
    expect(reach(composite("projector"), [6, 1, 1], [4, 1, 1], use)).toEqual({
      "0,0,0": ["0,0,0", "1,0,0"],
      "1,0,0": ["2,0,0", "3,0,0"],
      "4,0,0": ["0,0,0", "1,0,0"],
      "5,0,0": ["2,0,0", "3,0,0"],
    });
  });

  test("needs a mapper that exists and is no composite", () => {
    expect(() => reach(composite("nope"), [6, 1, 1], [4, 1, 1], use)).toThrow(/nope/);
    expect(() => reach(composite("boxes"), [6, 1, 1], [4, 1, 1], use)).toThrow(/composite/);
  });

  test("has no law in feagi-strict, but for tile", () => {
    expect(reach(composite("projector"), [6, 1, 1], [4, 1, 1], { ...use, development: "feagi-strict" })).toEqual({ none: ["unknown"] });
    const tile: Morphology = { ...composite("projector"), id: "tile" };
    expect(reach(tile, [2, 1, 1], [4, 1, 1], { ...use, development: "feagi-strict" })).toEqual({
      "0,0,0": ["0,0,0", "2,0,0"],
      "1,0,0": ["1,0,0", "3,0,0"],
    });
  });
});

describe("relations", () => {
  test.each(["episodic_memory", "memory", "memory_replay", "episodic_scan", "classifier_any"])("%s grows no synapses", (id) => {
    expect(reach(named(id), [2, 1, 1], [2, 1, 1])).toEqual({ none: ["relation"] });
  });

  test("associative_memory is a projector between two memory areas and nothing else", () => {
    const kinds = { source: "memory", target: "memory" } as const;
    expect(reach(named("associative_memory"), [2, 1, 1], [2, 1, 1], { kinds })).toEqual({ "0,0,0": ["0,0,0"], "1,0,0": ["1,0,0"] });
    expect(reach(named("associative_memory"), [2, 1, 1], [2, 1, 1])).toEqual({ none: ["relation"] });
  });

  test("names of object properties are no functions", () => {
    expect(reach(named("constructor"), [2, 1, 1], [2, 1, 1])).toEqual({ none: ["unknown"] });
  });
});
