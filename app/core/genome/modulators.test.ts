import { expect, test } from "vitest";
import { parseGenome } from "./parse.ts";
import { saveGenome, writeGenome } from "./save.ts";
import { genomeText } from "./testing/small-genome.ts";

const driver = "Y0FyZWFBX18=";
const record = {
  type: "neuro.leak",
  magnitude_percent: 50,
  effect_duration_bursts: 3,
  rest_bursts: 1,
  driver_cortical_id: driver,
  note: 1.5,
};
const read = (modulators: unknown, classifiers: unknown = {}) => {
  const text = genomeText({ [driver]: {} }, { version: "3.0", genome_schema_version: 7, modulators, classifiers });
  const parsed = parseGenome(text);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return { text, genome: parsed.genome };
};

test("a modulator is read with the defaults of what it leaves out", () => {
  const { genome } = read({ calm: record });
  expect(genome.modulators.get("calm")).toEqual({
    ...{ type: "neuro.leak", magnitudePercent: 50, effectDurationBursts: 3, restBursts: 1 },
    ...{ graded: false, fullScalePotential: 0, driver },
  });
  expect(genome.warnings).toEqual([]);
});

test.each([
  ["type", "neuro.hope"],
  ["magnitude_percent", -101],
  ["magnitude_percent", null],
  ["effect_duration_bursts", 0],
  ["rest_bursts", 65536],
  ["graded", "yes"],
  ["driver_cortical_id", 7],
])("one whose %s is %j is left out, and its place is told", (member, value) => {
  const { genome } = read({ calm: { ...record, [member]: value } });
  expect(genome.modulators.size).toBe(0);
  expect(genome.warnings).toEqual([expect.objectContaining({ code: "MODULATOR", path: `modulators.calm.${member}` })]);
});

test("a graded one needs its full scale", () => {
  const { genome } = read({ calm: { ...record, graded: true } });
  expect([genome.modulators.size, genome.warnings[0]?.message]).toEqual([0, expect.stringContaining("full_scale_potential")]);
});

test("what a modulator or classifier says is saved as it stands, read or not, in every dialect", () => {
  const modulators = { calm: record, broken: { type: 3 }, odd: [1.0] };
  const classifiers = { one: { name: "Digits", confidence_area_id: driver } };
  const { text, genome } = read(modulators, classifiers);
  expect(saveGenome(genome)).toBe(text);
  const saved = JSON.parse(writeGenome(genome, "hierarchical-2")) as Record<string, unknown>;
  expect([saved.modulators, saved.classifiers]).toEqual([modulators, classifiers]);
});

test("a classifier is read with its pairs; a member that nothing uses is named", () => {
  const areas = { sample_memory_id: driver, class_memory_id: driver, error_area_id: driver, correct_area_id: "" };
  const { genome } = read(
    {},
    { one: { name: "Digits", ...areas, class_bindings: [{ class_area_id: driver, class_output_area_id: driver }], learn_area_id: driver } },
  );
  expect(genome.classifiers.get("one")).toEqual({
    ...{ name: "Digits", sampleMemory: driver, classMemory: driver, errorArea: driver, correctArea: null },
    ...{ bindings: [{ input: driver, output: driver }], ignored: ["learn_area_id"] },
    ...{ region: null, position: [0, 0, 0], samples: [], rewardTraining: false, rewardModulators: [] },
  });
});
