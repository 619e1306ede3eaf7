/** What standard grows and FEAGI does not is listed, once for each rule and only where it shows. Source: spec/development.md section 14. */
import { describe, expect, test } from "vitest";
import type { MappingRule, Morphology, Vec3 } from "#contracts/connectome.ts";
import { grown } from "./grow.ts";
import { handMade } from "./testing/hand-made.ts";

interface Use {
  morphology: Morphology;
  rule?: Partial<MappingRule>;
  source?: Vec3;
  target?: Vec3;
}

const functionNamed = (id: string): Morphology => ({ id, class: "custom", type: "functions" });
const composite: Morphology = {
  ...{ id: "boxes", class: "custom", type: "composite", seed: [2, 1, 1], mapper: "projector" },
  pattern: [
    [1, 0],
    [1, 0],
    [1, 0],
  ],
};
const step: Morphology = { id: "step", class: "custom", type: "vectors", vectors: [[1, 0, 0]] };

/** Both growths of one rule from caaaaaaa to cbbbbbbb. */
function bothGrow({ morphology, rule = {}, source = [4, 2, 2], target = [4, 2, 2] }: Use) {
  const genome = handMade(
    { caaaaaaa: { dimensions: source, to: { cbbbbbbb: [{ ...rule, morphology: morphology.id }] } }, cbbbbbbb: { dimensions: target } },
    { with: [morphology] },
  );
  const [standard, strict] = (["standard", "feagi-strict"] as const).map((development) => grown(genome, { development })) as [
    ReturnType<typeof grown>,
    ReturnType<typeof grown>,
  ];
  const differ =
    `${standard.image.synapses.source}>${standard.image.synapses.target}` !==
    `${strict.image.synapses.source}>${strict.image.synapses.target}`;
  return { differ, codes: standard.problems.map(({ code }) => code), paths: standard.problems.map(({ path }) => path) };
}

describe("laws of Python FEAGI", () => {
  test.each(
    [
      ...["expander_x", "reducer_x", "randomizer", "lateral_pairs_x", "block_connection"],
      ...["project_from_end_x", "project_from_end_y", "project_from_end_z", "projector_xy", "projector_yz", "projector_xz"],
    ].map((id): [string, Morphology] => [id, functionNamed(id)]),
  )("%s grows, and that is listed once at its rule", (_, morphology) => {
    expect(bothGrow({ morphology })).toEqual({
      differ: true,
      codes: ["MORPHOLOGY_PYTHON"],
      paths: ["blueprint._____10c-caaaaaaa-cx-dstmap-d.cbbbbbbb[0]"],
    });
  });

  test("a composite is one of them, tile is not", () => {
    expect(bothGrow({ morphology: composite })).toMatchObject({ differ: true, codes: ["MORPHOLOGY_PYTHON"] });
    expect(bothGrow({ morphology: { ...composite, id: "tile" } })).toMatchObject({ differ: false, codes: [] });
  });

  test("nothing is listed where the law reaches no voxel, or by no chance", () => {
    expect(bothGrow({ morphology: functionNamed("reducer_x"), source: [1, 1, 1] })).toMatchObject({ differ: false, codes: [] });
    expect(bothGrow({ morphology: functionNamed("randomizer"), rule: { attractivity: 0 } })).toMatchObject({ differ: false, codes: [] });
  });
});

describe("scalars", () => {
  test("a vector that is stretched is listed", () => {
    expect(bothGrow({ morphology: step, rule: { scalar: [2, 1, 1] } })).toMatchObject({ differ: true, codes: ["MORPHOLOGY_SCALAR"] });
  });

  test("so is one that is stretched out of the area and grows no more", () => {
    expect(bothGrow({ morphology: step, rule: { scalar: 9 } })).toMatchObject({ differ: true, codes: ["MORPHOLOGY_SCALAR"] });
  });

  test.each([
    [{ scalar: [1, 5, 5] }, undefined],
    [{ scalar: [2, 1, 1] }, [1, 1, 1]],
  ] as [Partial<MappingRule>, Vec3 | undefined][])("%j changes nothing here and is not listed", (rule, size) => {
    const sizes = size ? { source: size, target: size } : {};
    expect(bothGrow({ morphology: step, rule, ...sizes })).toMatchObject({ differ: false, codes: [] });
  });
});

test("a rule that learns by fractions grows, and is listed", () => {
  const rule = { plastic: true, ltpMultiplier: 0.5 };
  expect(bothGrow({ morphology: functionNamed("projector"), rule })).toMatchObject({ differ: true, codes: ["PLASTICITY_FRACTION"] });
});
