/**
 * Where the standard reading differs from FEAGI's, it says so: one case for each rule, with a neighbour that reads alike and
 * therefore lists nothing. Source: spec/genome.md section 13.
 */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Genome } from "./genome.ts";
import { parseGenome } from "./parse.ts";
import { genomeText } from "./testing/small-genome.ts";

const rule = (morphology: string, ...rest: unknown[]) => [morphology, [1, 1, 1], 1, ...rest];
const mapped = (...rules: unknown[]) => ({ cAreaA: { "cx-dstmap-d": { cAreaB: rules } }, cAreaB: {} });
const vectors = (x: number) => ({ "lateral_+x": { type: "vectors", parameters: { vectors: [[x, 0, 0]] } } });
const region = (parent: string | null, areas: string[], title = "T") => ({ title, parent_region_id: parent, areas });
const uuid = "01890a5d-ac96-774b-bcce-b302099a8057";
const odd = Buffer.from("imis\x0e\0\0\0", "latin1").toString("base64");
const oddCore = Buffer.from("__forw__", "latin1").toString("base64");

interface Case {
  code: string;
  /** Where it is said, at its end. */
  path: string;
  text: string;
  /** Undefined where nothing like it reads alike. */
  alike?: string;
}

const cases: Case[] = [
  {
    code: "PROPERTY_LETTER", // G1
    path: "nx-snooze-i",
    text: genomeText({ cAreaA: { "nx-snooze-i": 3 } }),
    alike: genomeText({ cAreaA: { "nx-snooze-i": 0 } }),
  },
  {
    code: "PROPERTY_LETTER", // G2
    path: "nx-excite-i",
    text: genomeText({ cAreaA: { "nx-excite-f": undefined, "nx-excite-i": 40 } }),
    alike: genomeText({ cAreaA: { "nx-excite-f": undefined, "nx-excite-i": 1 } }),
  },
  {
    code: "REGION_KEY", // G3
    path: "brain_regions.sub",
    text: genomeText({ cAreaA: {} }, { brain_regions: { root: region(null, [], "Root Brain Region"), sub: region("root", ["cAreaA"]) } }),
    alike: genomeText({ cAreaA: {} }, { brain_regions: { [uuid]: region(null, [], "Root Brain Region"), sub: region(uuid, ["cAreaA"]) } }),
  },
  {
    code: "AREA_ID_CORE", // G4
    path: "__forw-cx-__name-t",
    text: genomeText({ __forw: {} }),
    alike: genomeText({ _power: {} }),
  },
  { code: "AREA_ID_CORE", path: `${oddCore}-cx-__name-t`, text: genomeText({ [oddCore]: {} }, { version: "3.0" }) },
  {
    code: "PLASTICITY_WINDOW", // G5
    path: "cx-dstmap-d.cAreaB[0]",
    text: genomeText(mapped(rule("projector", true, 1, 1, 1))),
    alike: genomeText(mapped(rule("projector", true, 1, 1, 1, 1))),
  },
  {
    code: "MORPHOLOGY_KEPT", // G8
    path: "neuron_morphologies.lateral_+x",
    text: genomeText(mapped(rule("lateral_+x", false)), { neuron_morphologies: vectors(2) }),
    alike: genomeText(mapped(rule("lateral_+x", false)), { neuron_morphologies: vectors(1) }),
  },
  {
    code: "MORPHOLOGY_NAME", // G10
    path: "cx-dstmap-d.cAreaB[0][0]",
    text: genomeText(mapped(rule("projector_xy", false))),
    alike: genomeText(mapped(rule("memory", false))),
  },
  {
    code: "TWIN_ID", // G10
    path: "cx-twinrf-t",
    text: genomeText({ cAreaA: { "cx-twinrf-t": "cAreaB" }, cAreaB: {} }),
    alike: genomeText({ cAreaA: { "cx-twinrf-t": Buffer.from("cAreaB__").toString("base64") }, cAreaB: {} }),
  },
  {
    code: "AREA_KIND", // G13
    path: "m__for-cx-__name-t",
    text: genomeText({ m__for: {} }),
    alike: genomeText({ m__for: { "cx-subgrp-t": "MEMORY" } }),
  },
  {
    code: "AREA_KIND",
    path: "MLIcom-cx-__name-t",
    text: genomeText({ MLIcom: {} }),
    alike: genomeText({ MLIcom: { "cx-memory-b": true } }),
  },
  { code: "AREA_KIND", path: "cAreaA-cx-__name-t", text: genomeText({ cAreaA: { "cx-subgrp-t": "MEMORY" } }) },
  {
    code: "SCHEMA_STATED", // G13
    path: "genome_schema_version",
    text: genomeText({ i__pro: {} }, { genome_schema_version: 5 }),
    alike: genomeText({ cAreaA: {} }, { genome_schema_version: 2 }),
  },
  { code: "AREA_ID_CONFIGURATION", path: `${odd}-cx-__name-t`, text: genomeText({ [odd]: {} }, { version: "3.0" }) },
  { code: "DEVICE_UNKNOWN", path: "i__acc-cx-__name-t", text: genomeText({ i__acc: {} }), alike: genomeText({ i__pro: {} }) },
  {
    code: "REGION_AREA_TWICE",
    path: "brain_regions.b",
    text: genomeText({ cAreaA: {} }, { brain_regions: { a: region(null, ["cAreaA"]), b: region(null, ["cAreaA"]) } }),
    alike: genomeText({ cAreaA: {} }, { brain_regions: { a: region(null, ["cAreaA"]), b: region(null, []) } }),
  },
  {
    code: "REGION_AREA_TWICE",
    path: "brain_regions",
    text: genomeText({ _power: {} }, { brain_regions: { a: region(null, ["_power"], "Mine") } }),
    alike: genomeText({ _power: {} }, { brain_regions: { a: region(null, ["_power"], "Root Brain Region") } }),
  },
  {
    code: "DELAY_RANGE",
    path: "cx-dstmap-d.cAreaB[0]",
    text: genomeText(mapped(rule("projector", false, 0, 0, 0, 0, 0))),
    alike: genomeText(mapped(rule("projector", false, 0, 0, 0, 0, 2))),
  },
];

function read(text: string, strict: boolean): Genome | string[] {
  const parsed = parseGenome(text, { strict });
  return parsed.ok ? parsed.genome : parsed.problems.map(({ code }) => code);
}

/** What a genome says of its brain, without what is about the reading itself. */
function brainOf(genome: Genome | string[]): unknown {
  if (Array.isArray(genome)) return genome;
  const used = new Set([...genome.areas.values()].flatMap(({ mappings }) => [...mappings.values()].flat().map((rule) => rule.morphology)));
  const areas = [...genome.areas.values()].map(({ properties, documentId: _, mappings, extras: __, ...area }) => {
    // What is only kept for saving is no part of the brain. Rules towards no area grow nothing, and growth names them.
    return { ...area, mappings: [...mappings].filter(([id]) => genome.areas.has(id)), twin: properties.memory_twin_of ?? null };
  });
  const morphologies = [...genome.morphologies.values()].filter(({ id }) => used.has(id)).map(({ class: _, ...rest }) => rest);
  return { areas, morphologies, regions: [...genome.regions.values()], physiology: genome.physiology };
}

describe.each(cases)("$code at $path", ({ code, path, text, alike }) => {
  test("FEAGI reads another brain, and that is listed at its place", () => {
    const standard = read(text, false);
    expect(brainOf(standard)).not.toEqual(brainOf(read(text, true)));
    const listed = Array.isArray(standard) ? [] : standard.repairs;
    expect(listed.map((repair) => repair.code)).toEqual([code]);
    expect(listed[0]?.path.endsWith(path), listed[0]?.path).toBe(true);
  });

  test("without repairs it refuses the genome and says what to do", () => {
    const parsed = parseGenome(text, { repair: false });
    const problems = parsed.ok ? [] : parsed.problems;
    expect(problems.map((problem) => problem.code)).toEqual([code]);
    expect(problems[0]?.fix).toBeTruthy();
  });

  test.runIf(alike)("where both read the same, nothing is listed", () => {
    const standard = read(alike ?? "", false);
    expect(brainOf(standard)).toEqual(brainOf(read(alike ?? "", true)));
    expect(Array.isArray(standard) ? standard : standard.repairs).toEqual([]);
  });
});

describe("what FEAGI leaves out too", () => {
  test.each([
    ["AREA_ID_UNREADABLE", genomeText({ cABCD: {} })],
    ["RULE_DROPPED", genomeText(mapped(["projector", [1, 1, 1], 1]))],
    ["RULE_VALUE", genomeText(mapped(["projector", [1, 1, 1], "two", false]))],
    ["RULES_SHAPE", genomeText({ cAreaA: { "cx-dstmap-d": { cAreaA: "all" } } })],
    ["NUMBER_RANGE", genomeText({ cAreaA: { "nx-leak_v-f": 1e39 } })],
  ])("%s is listed, and refused where repairs are not wanted", (code, text) => {
    const genome = read(text, false);
    expect(Array.isArray(genome) ? genome : genome.repairs.map((repair) => repair.code)).toEqual([code]);
    expect(parseGenome(text, { repair: false }).ok).toBe(false);
  });
});

const shared = ["barebones", "essential", "test", "tunnel", "pong", "gesture", "learning", "mujoco-joints", "pioneer2", "blender-keyframe"];

test.each([...shared, "vision", "brightness"])("%s lists repairs where its two readings differ, and none where they do not", (name) => {
  const text = readFileSync(new URL(`../../../resources/genomes/${name}.json`, import.meta.url), "utf8");
  const standard = read(text, false);
  if (Array.isArray(standard)) throw new Error(standard.join());
  // An unknown device loses its place in both readings.
  const repairs = standard.repairs.filter(({ code }) => code !== "DEVICE_UNKNOWN");
  const isSame = JSON.stringify(brainOf(standard)) === JSON.stringify(brainOf(read(text, true)));
  if (isSame) expect(repairs).toEqual([]);
  else expect(standard.repairs.length).toBeGreaterThan(0);
});

test("a value or a letter of a key exchanged in a genome that reads alike is listed if it makes the readings differ", () => {
  const rules = { cAreaB: [rule("lateral_+x", false), rule("mine", true, 1, 1, 1, 2, 3)], cAreaA: [rule("memory", false)] };
  const object = { morphology_id: "projector", postSynapticCurrent_multiplier: 1, plasticity_flag: false, synaptic_delay_bursts: 2 };
  const base = genomeText(
    {
      cAreaA: { "cx-dstmap-d": rules, "cx-subgrp-t": "", "nx-refrac-i": 2, "nx-leak_c-f": 0.5, "nx-snooze-f": 2, "cx-memory-b": false },
      cAreaB: { "cx-dstmap-d": { i__pro: [object] }, "cx-twinrf-t": null, "nx-c_fr_c-i": 3, "nx-pstcr_-f": 2 },
      ...{ i__pro: {}, _power: {} },
    },
    {
      neuron_morphologies: {
        ...vectors(1),
        mine: {
          type: "patterns",
          parameters: {
            patterns: [
              [
                ["*", 0, "?"],
                [0, 0, 0],
              ],
            ],
          },
        },
      },
      brain_regions: { [uuid]: region(null, ["_power"], "Root Brain Region"), sub: region(uuid, ["cAreaA", "cAreaB"], "Sub") },
      physiology: { simulation_timestep: 0.02, max_age: 5 },
      genome_schema_version: 2,
    },
  );
  expect((read(base, false) as Genome).repairs).toEqual([]);
  const expectListed = (text: string) => {
    const standard = read(text, false);
    if (!Array.isArray(standard) && standard.repairs.length === 0) expect(brainOf(standard)).toEqual(brainOf(read(text, true)));
  };
  const exchanged = (at: number, old: string, text: string) => base.slice(0, at) + text + base.slice(at + old.length);

  const values = [...base.matchAll(/(?<=[:[,]\s*)("[^"]*"(?!\s*:)|-?[\d.]+|true|false|null)/g)];
  const strangers = [
    "null",
    "[]",
    "{}",
    '""',
    "-1",
    "0",
    "1",
    "7",
    "70000",
    "1e999",
    "1.5",
    '"MEMORY"',
    '"memory"',
    '"projector_xy"',
    "true",
  ];
  fc.assert(
    fc.property(fc.constantFrom(...values), fc.constantFrom(...strangers), ({ index, 0: value }, stranger) =>
      expectListed(exchanged(index, value, stranger)),
    ),
    { numRuns: 150 },
  );
  const letters = [...base.matchAll(/[a-z](?=[^"\n]*":)/g)];
  fc.assert(
    fc.property(fc.constantFrom(...letters), fc.constantFrom("i", "f", "m", "_"), ({ index, 0: letter }, stranger) =>
      expectListed(exchanged(index, letter, stranger)),
    ),
    { numRuns: 150 },
  );
});

describe("quick fixes", () => {
  /** The document with one value replaced, by a path such as physiology.max_age or rules[0][1]. */
  function withValue(text: string, path: string, value: string): string {
    const document = JSON.parse(text);
    const steps = path.replaceAll("[", ".").replaceAll("]", "").split(".");
    const last = steps.pop() ?? "";
    steps.reduce((at, step) => at[step], document)[last] = JSON.parse(value);
    return JSON.stringify(document);
  }

  test.each([
    ["VALUE_TYPE", genomeText({ cAreaA: { "nx-refrac-i": "two" } })],
    ["DIMENSION_ZERO", genomeText({ cAreaA: { "cx-___bbx-i": 0 } })],
    ["DENSITY_ZERO", genomeText({ cAreaA: { "cx-_n_cnt-i": 0 } })],
    ["TIMESTEP_RANGE", genomeText({ cAreaA: {} }, { physiology: { simulation_timestep: 0 } })],
    ["MAX_AGE_ZERO", genomeText({ cAreaA: {} }, { physiology: { max_age: 0 } })],
    ["PRECISION_NAME", genomeText({ cAreaA: {} }, { physiology: { quantization_precision: "f16" } })],
    ["PRECISION_UNKNOWN", genomeText({ cAreaA: {} }, { physiology: { quantization_precision: "f12" } })],
    ["MORPHOLOGY_NAME", genomeText(mapped(rule("projector_xz", false)))],
    ["TWIN_ID", genomeText({ cAreaA: { "cx-twinrf-t": "cAreaB" }, cAreaB: {} })],
  ])("the one of %s leaves nothing to mend", (code, text) => {
    const parsed = parseGenome(text, { repair: false });
    const [problem] = parsed.ok ? [] : parsed.problems;
    expect(problem?.code).toBe(code);
    const { path = "", text: value = "" } = problem?.quickFix ?? {};
    expect(path).toBe(problem?.path);
    expect(parseGenome(withValue(text, path, value), { repair: false }).ok).toBe(true);
  });

  test("where a choice is to be made there is none", () => {
    const parsed = parseGenome(genomeText({ m__for: {} }), { repair: false });
    expect(!parsed.ok && parsed.problems[0]?.quickFix).toBeUndefined();
  });
});
