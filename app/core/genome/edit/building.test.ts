import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { GenomeEdit } from "#contracts/genome-edit.ts";
import { grown } from "../../development/grow.ts";
import { decodeId, encodeId } from "../cortical-id.ts";
import type { Genome } from "../genome.ts";
import { parseGenome } from "../parse.ts";
import { genomeText } from "../testing/small-genome.ts";
import { applyGenomeEdits } from "./apply.ts";
import { cloneArea, createUnit } from "./building.ts";
import { freeUnitIndex, freshAreaId, freshRegionId } from "./fresh-ids.ts";
import { usersOf } from "./uses.ts";

function load(text: string): Genome {
  const parsed = parseGenome(text);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.genome;
}
const readJsonFile = (path: string) => JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8"));
/** What FEAGI 0.0.49 did to the same genome. */
const recorded = readJsonFile("../../development/golden/growth/structural-edits.json");
const probe = load(readFileSync(new URL("../golden/probe-edits.json", import.meta.url), "utf8"));
const idOf = (name: string) => [...probe.areas.values()].find((area) => area.name === name)!.id;

/** Synapses per pair of areas, by name. */
function synapsesOf(genome: Genome): Record<string, number> {
  const connectome = grown(genome);
  const name = (id: string) => genome.areas.get(id)!.name;
  const pairs = connectome.mappings.map(({ src, dst, synapses }) => [`${name(src)}->${name(dst)}`, synapses] as const);
  return Object.fromEntries(pairs.filter(([, synapses]) => synapses > 0));
}

test.each([
  ["clone B as B2 with mappings", [{ name: "B2", mappings: true }]],
  [
    "clone B as B3 without mappings",
    [
      { name: "B2", mappings: true },
      { name: "B3", mappings: false },
    ],
  ],
])("what grows after FEAGI's step '%s' grows here", (step, clones) => {
  let genome = applyGenomeEdits(probe, [{ kind: "updateArea", area: idOf("A"), neuronsPerVoxel: 2 }]);
  for (const { name, mappings } of clones) {
    const id = freshAreaId(genome, name, "custom");
    genome = applyGenomeEdits(genome, cloneArea(genome, idOf("B"), { id, name, position: [100, 0, 0], mappings }));
  }
  const expected = recorded.run_2.find((one: { step?: string }) => one.step === step).after.synapses;
  expect(synapsesOf(genome)).toEqual(expected);
});

test("a clone has the values of its source and its region", () => {
  const source = probe.areas.get(idOf("B"))!;
  const id = freshAreaId(probe, "B2", "custom");
  const clone = applyGenomeEdits(probe, cloneArea(probe, source.id, { id, name: "B2", position: [9, 9, 9], mappings: false })).areas.get(
    id,
  )!;
  expect(clone).toMatchObject({ name: "B2", position: [9, 9, 9], dimensions: source.dimensions, parameters: source.parameters });
  expect(() => cloneArea(probe, encodeId("___power"), { id, name: "P", position: [0, 0, 0], mappings: false })).toThrow(/core area/);
});

test("a fresh id is FEAGI's but for the last byte, which is the first that is free", () => {
  expect(decodeId(freshAreaId(probe, "B2", "custom"))?.slice(0, 7)).toBe(decodeId("Y0IyX19fXx8=")?.slice(0, 7));
  const areas = new Map(probe.areas);
  const ids = Array.from({ length: 100 }, () => {
    const id = freshAreaId({ areas }, "Größe 1 of many", "memory");
    areas.set(id, probe.areas.get(idOf("B"))!);
    return decodeId(id)!;
  });
  expect(ids.slice(0, 3)).toEqual(["mGr__e__", "mGr__e_0", "mGr__e_1"]);
  expect(new Set(ids).size).toBe(100);
});

test("a fresh region id is the same for the same name until it is taken", () => {
  const first = freshRegionId(probe, "Cortex");
  expect(freshRegionId(probe, "Cortex")).toBe(first);
  expect(freshRegionId({ regions: new Map([[first, null as never]]) }, "Cortex")).not.toBe(first);
});

test("a device unit comes with all its parts, at the lowest free index, once and again", () => {
  const edits = (genome: Genome): GenomeEdit[] => createUnit(genome, { unit: "opse", devices: 2, position: [0, 5, 0] });
  const once = applyGenomeEdits(probe, edits(probe));
  const twice = applyGenomeEdits(once, edits(once));
  expect([freeUnitIndex(probe, "opse"), freeUnitIndex(once, "opse"), freeUnitIndex(probe, "nope")]).toEqual([0, 1, undefined]);
  const parts = [...twice.areas.values()].filter(({ id }) => decodeId(id)?.startsWith("opse"));
  expect(parts.map(({ dimensions, position }) => [dimensions, position])).toEqual(
    [0, 0].flatMap(() => [
      [
        [2, 1, 20],
        [0, 5, 0],
      ],
      [
        [4, 1, 20],
        [-20, 5, 0],
      ],
      [
        [2, 1, 20],
        [-40, 5, 0],
      ],
    ]),
  );
  expect(() => createUnit(probe, { unit: "nope", devices: 1 })).toThrow(/No device unit/);
});

test("users of a morphology are the mappings and composites that name it", () => {
  const genome = load(
    genomeText(
      { cAreaA: { "cx-dstmap-d": { cAreaA: [["mine", 1, 1, false]] } } },
      {
        neuron_morphologies: {
          mine: { type: "functions" },
          tiles: {
            parameters: {
              src_seed: [1, 1, 1],
              src_pattern: [
                [1, 0],
                [1, 0],
                [1, 0],
              ],
              mapper_morphology: "mine",
            },
          },
        },
      },
    ),
  );
  const a = encodeId("cAreaA__");
  expect(usersOf(genome, "mine")).toEqual({ mappings: [{ src: a, dst: a }], composites: ["tiles"] });
});
