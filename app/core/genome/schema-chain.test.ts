import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readDocument } from "./document.ts";
import { Findings } from "./findings.ts";
import { readJson } from "./json.ts";
import { chainDocumentOf } from "./migrate.ts";
import { parseGenome } from "./parse.ts";
import { type ChainDocument, runSchemaChain, type StepNotes, schemaSteps } from "./schema-chain.ts";

const read = (path: string) => readFileSync(new URL(path, import.meta.url), "utf8");

/** Base64 id of eight letters. */
const idOf = (letters: string) => Buffer.from(letters, "latin1").toString("base64");
const [a, b] = [idOf("cAreaA__"), idOf("cAreaB__")];

const rule = (more: Record<string, unknown> = {}) => ({
  ...{ morphology_id: "projector", morphology_scalar: [1, 1, 1], postSynapticCurrent_multiplier: 1, plasticity_flag: false },
  ...more,
});
const area = (mappings: Record<string, unknown[]> = {}) => ({
  ...{ cortical_name: "Area", block_boundaries: [1, 1, 1], relative_coordinate: [0, 0, 0], cortical_mapping_dst: mappings },
});
const hierarchical = (schema: number, top: Record<string, unknown>) =>
  JSON.stringify({ version: schema === 2 ? "2.0" : "3.0", genome_schema_version: schema, ...top });

const rewarded = hierarchical(3, {
  blueprint: {
    [a]: area({ [b]: [rule({ reward_source_area: a, punishment_source_area: b }), rule({ reward_source_area: a })] }),
    [b]: area(),
  },
});
const gated = hierarchical(6, { blueprint: { [a]: area({ [b]: [rule({ gate_source_area: b })] }), [b]: area() } });
const classified = hierarchical(4, { blueprint: {}, classifiers: { one: { name: "Digits", reward_training: true } } });
const regional = hierarchical(5, {
  blueprint: { [a]: area(), [b]: area() },
  brain_regions: { root: { cortical_areas: [a], areas: [a, b] } },
});
const everything: [string, string][] = [
  ["rewarded", rewarded],
  ["gated", gated],
  ["classified", classified],
  ["regional", regional],
  ...["gesture", "blender-keyframe", "vision"].map((name): [string, string] => [name, read(`../../../resources/genomes/${name}.json`)]),
];

function documentOf(text: string): ChainDocument {
  const root = readJson(text);
  const document = readDocument(root, new Findings(root, true), false);
  if (!document) throw new Error("no genome");
  return chainDocumentOf(document, false);
}
function loaded(text: string) {
  const parsed = parseGenome(text);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.genome;
}
const silent: StepNotes = { strict: false, changed() {}, remapped() {}, repair() {}, advise() {}, block() {} };

describe("the schema chain", () => {
  test("goes from 2 to 7 in steps of one", () => {
    expect(schemaSteps.map(({ from, to }) => [from, to])).toEqual([2, 3, 4, 5, 6].map((from) => [from, from + 1]));
  });

  test.each(everything)("every step finds nothing left to do in %s after itself", (_, text) => {
    let document = documentOf(text);
    for (const step of schemaSteps) {
      document = step.apply(document, silent);
      expect(step.apply(document, silent)).toEqual(document);
    }
  });

  test.each(everything)("no step changes the document %s it is given", (_, text) => {
    const document = documentOf(text);
    for (const step of schemaSteps) step.apply(document, silent);
    expect(document).toEqual(documentOf(text));
  });

  test("takes only the steps that are still to go", () => {
    const { migration } = runSchemaChain(documentOf(gated), false);
    expect(migration).toMatchObject({ from: 6, to: 7, steps: [{ from: 6, to: 7 }], advisory: [], blocking: [] });
  });

  test("a genome of version 2 tells its new ids and names, and changes by nothing else but the folding of region lists", () => {
    const { migration } = loaded(read("../../../resources/genomes/gesture.json"));
    expect(migration).toMatchObject({ from: 2, to: 7 });
    expect(migration.idRemaps.get("___pwr")).toBe(idOf("___power"));
    const [ids, modulators, classifiers, regions, gates] = migration.steps.map(({ messages }) => messages);
    expect(ids).toEqual(expect.arrayContaining(["id ___pwr -> ___power", "morphology memory -> episodic_memory"]));
    expect([modulators, classifiers, regions, gates]).toEqual([[], [], ["region root: areas -> cortical_areas"], []]);
  });
});

describe("3 to 4 and 6 to 7", () => {
  const modulatorsOf = (text: string) => loaded(text).extras.modulators as Record<string, Record<string, unknown>>;

  test("sources of reward and punishment become modulators, one for each area, each with a driver that the area excites", () => {
    const genome = loaded(rewarded);
    const [rewardDriver, punishmentDriver] = ["g___\0\0\0\0", "g___\x01\0\0\0"].map(idOf) as [string, string];
    expect(modulatorsOf(rewarded)).toMatchObject({
      [`reward_${a}`]: { type: "synaptic.reward", magnitude_percent: 100, driver_cortical_id: rewardDriver },
      [`reward_${b}`]: { type: "synaptic.reward", magnitude_percent: -100, driver_cortical_id: punishmentDriver },
    });
    expect(genome.areas.get(rewardDriver)).toMatchObject({ kind: "modulator", dimensions: [1, 1, 1], added: true });
    expect(genome.areas.get(a)?.mappings.get(rewardDriver)).toMatchObject([{ morphology: "projector", multiplier: 1 }]);
    expect(genome.areas.get(b)?.mappings.get(punishmentDriver)).toHaveLength(1);
  });

  test("an area that rewards one rule and punishes another has two modulators", () => {
    const rules = [rule({ reward_source_area: a }), rule({ punishment_source_area: a })];
    const text = hierarchical(3, { blueprint: { [a]: area({ [a]: rules }) } });
    expect(Object.keys(modulatorsOf(text))).toEqual([`reward_${a}`, `punishment_${a}`]);
  });

  test("a source that is no area is left and said", () => {
    const text = hierarchical(3, { blueprint: { [a]: area({ [a]: [rule({ reward_source_area: b })] }) } });
    const genome = loaded(text);
    expect(genome.warnings.map(({ code, path }) => [code, path])).toEqual([
      ["MODULATOR_SOURCE", `blueprint.${a}.cortical_mapping_dst.${a}[0].reward_source_area`],
    ]);
    expect(genome.migration.advisory).toHaveLength(1);
  });

  test("the source of a gate becomes a gate", () => {
    expect(modulatorsOf(gated)).toMatchObject({ [`gate_${b}`]: { type: "synaptic.gate", magnitude_percent: 100 } });
  });
});

test("4 to 5 completes classifier records and keeps what they say", () => {
  expect(loaded(classified).extras.classifiers).toEqual({
    one: {
      ...{ name: "Digits", reward_training: true, classifier_id: "one", sample_area_ids: [], class_bindings: [], correct_area_id: "" },
      ...{ reward_modulator_ids: [], answer_latency_bursts: 0, properties: {} },
    },
  });
});

test("4 to 5 is blocked by a record that is none", () => {
  const parsed = parseGenome(hierarchical(4, { blueprint: {}, classifiers: { one: 5 } }));
  expect(!parsed.ok && parsed.problems.map(({ code, path }) => [code, path])).toEqual([["CLASSIFIER", "classifiers.one"]]);
});

test("5 to 6 folds both lists of a region into one", () => {
  const regions = [...loaded(regional).regions.values()];
  expect(regions.find(({ name }) => name === "root")?.areas).toEqual([a, b]);
});
