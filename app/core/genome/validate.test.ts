import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { GenomeReport } from "#contracts/genome.ts";
import { genomeText } from "./testing/small-genome.ts";
import { validateGenome } from "./validate.ts";

const shared = (name: string) => readFileSync(new URL(`../../../resources/genomes/${name}.json`, import.meta.url), "utf8");
const core = {
  block_to_block: { type: "vectors", parameters: { vectors: [[0, 0, 0]] } },
  projector: { type: "functions", parameters: {} },
};
const report = (text: string) => {
  const { errors, warnings, valid } = validateGenome(text);
  const short = ({ code, path }: { code: string; path: string }) => `${code} ${path}`;
  return { valid, errors: errors.map(short), warnings: warnings.map(short) };
};
const clean = (areas: Parameters<typeof genomeText>[0], top: Record<string, unknown> = {}) =>
  report(genomeText(areas, { neuron_morphologies: core, ...top }));

describe("validating a genome", () => {
  test.each(["barebones", "essential", "gesture", "learning", "pong", "tunnel", "vision"])(
    "%s is valid, with its own areas counted and signed",
    (name) => {
      const result = GenomeReport.parse(validateGenome(shared(name)));
      expect(result).toMatchObject({
        valid: true,
        errors: [],
        areas: { barebones: 2, essential: 24, gesture: 37, learning: 65, pong: 17, tunnel: 25, vision: 25 }[name],
      });
      expect(result.signatures?.genome).toMatch(/^[0-9a-f]{16}$/);
    },
  );

  test("brightness has two broken patterns, each at its place", () => {
    expect(report(shared("brightness")).errors).toEqual(
      [7, 8].map((row) => `MORPHOLOGY neuron_morphologies.steering_to_forward.parameters.patterns[${row}]`),
    );
  });

  test("a sound genome has nothing to say about it", () => {
    expect(clean({ cAreaA: {} })).toEqual({ valid: true, errors: [], warnings: [] });
  });

  test("mappings are checked, in the place of the rule", () => {
    const mappings = { cGone01: [["projector", [1, 1, 1], 1, false]], cAreaA: [["nope", [1, 1, 1], 1, false]] };
    const place = "blueprint._____10c-cAreaA-cx-dstmap-d";
    expect(clean({ cAreaA: { "cx-dstmap-d": mappings } })).toMatchObject({
      valid: false,
      errors: [`DESTINATION_MISSING ${place}.cGone01[0]`, `RULE_MORPHOLOGY_UNKNOWN ${place}.cAreaA[0][0]`],
    });
  });

  test("what the loader repairs is a warning where it is harmless and an error where it is not", () => {
    const physiology = { simulation_timestep: 0, quantization_precision: "f16", max_age: 0 };
    expect(clean({ cAreaA: { "cx-___bby-i": 0 } }, { physiology })).toEqual({
      valid: false,
      errors: ["TIMESTEP_RANGE physiology.simulation_timestep"],
      warnings: [
        "MAX_AGE_ZERO physiology.max_age",
        "PRECISION_NAME physiology.quantization_precision",
        "DIMENSION_ZERO blueprint._____10c-cAreaA-cx-___bby-i",
      ],
    });
  });

  test.each([
    [{ genome_id: "" }, "errors", "GENOME_ID_EMPTY genome_id"],
    [{ brain_regions: { root: { areas: ["cNone1"] } } }, "errors", "REGION_AREA_MISSING brain_regions.root.areas[0]"],
    [
      { neuron_morphologies: { ...core, m: { type: "vectors", parameters: { vectors: [] } } } },
      "errors",
      "MORPHOLOGY_EMPTY neuron_morphologies.m",
    ],
    [
      {
        neuron_morphologies: {
          ...core,
          m: {
            type: "composite",
            parameters: {
              src_seed: [0, 1, 1],
              src_pattern: [
                [1, 0],
                [1, 0],
                [1, 0],
              ],
              mapper_morphology: "x",
            },
          },
        },
      },
      "errors",
      "MAPPER_UNKNOWN neuron_morphologies.m",
    ],
    [{ neuron_morphologies: { projector: core.projector } }, "warnings", "MORPHOLOGY_CORE_MISSING neuron_morphologies"],
    [
      { neuron_morphologies: { ...core, m: { type: "vectors", parameters: { vectors: [[0, 0, 0]] } } } },
      "warnings",
      "VECTOR_ZERO neuron_morphologies.m",
    ],
    [{ physiology: { simulation_timestep: 2 } }, "warnings", "TIMESTEP_SLOW physiology.simulation_timestep"],
    [{ physiology: { plasticity_queue_depth: 0 } }, "warnings", "QUEUE_DEPTH_ZERO physiology.plasticity_queue_depth"],
    [{ blueprint: {} }, "warnings", "NO_AREAS blueprint"],
  ] as const)("%j is said", (top, list, expected) => {
    expect(clean({ cAreaA: {} }, top)[list]).toContain(expected);
  });

  test("an area without a name and one of very many voxels are warned of", () => {
    const { warnings } = clean({ cAreaA: { "cx-__name-t": "", "cx-___bbx-i": 1000, "cx-___bby-i": 1001 } });
    expect(warnings).toEqual([
      "AREA_NAME_EMPTY blueprint._____10c-cAreaA-cx-__name-t",
      "VOXELS_MANY blueprint._____10c-cAreaA-cx-__name-t",
    ]);
  });

  test("a document of an unknown version still tells its version", () => {
    expect(validateGenome('{"version": "9.9", "blueprint": {}}')).toMatchObject({
      valid: false,
      version: "9.9",
      areas: 0,
      signatures: null,
    });
  });
});
