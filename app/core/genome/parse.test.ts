import { describe, expect, test } from "vitest";
import type { Genome, GenomeArea } from "./genome.ts";
import { type ParseOptions, parseGenome } from "./parse.ts";
import { type AreaProperties, genomeText } from "./testing/small-genome.ts";

function load(text: string, options?: ParseOptions): Genome {
  const parsed = parseGenome(text, options);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.genome;
}
const problemsOf = (text: string, options?: ParseOptions) => {
  const parsed = parseGenome(text, options);
  return parsed.ok ? [] : parsed.problems;
};
const areaOf = (genome: Genome, documentId: string): GenomeArea => {
  const area = [...genome.areas.values()].find((one) => one.documentId === documentId);
  if (!area) throw new Error(`no area ${documentId}`);
  return area;
};
const loadArea = (properties: AreaProperties, options?: ParseOptions) =>
  areaOf(load(genomeText({ cAreaA: properties }), options), "cAreaA");
const codes = (genome: Genome) => [...genome.warnings, ...genome.repairs].map(({ code }) => code);
const rule = (morphology: string, ...rest: unknown[]) => [morphology, [1, 1, 1], 1, ...rest];

describe("flat areas", () => {
  test("what a flat file leaves out has its flat default, not the default of growth", () => {
    expect(loadArea({ "nx-excite-f": undefined }).parameters.excitability).toBe(1);
    expect(loadArea({ "nx-excite-f": null }).parameters.excitability).toBe(100);
  });

  test("any type letter is accepted for a known property, except in the strict reading", () => {
    expect(loadArea({ "nx-excite-f": undefined, "nx-excite-i": 40 }).parameters.excitability).toBe(40);
    expect(loadArea({ "nx-excite-f": undefined, "nx-excite-i": 40 }, { strict: true }).parameters.excitability).toBe(1);
    expect(loadArea({ "nx-excite-i": 40 }).parameters.excitability).toBe(100);
    expect(loadArea({ "nx-snooze-i": 3 }).parameters.snoozePeriod).toBe(3);
  });

  test("the scope letters of a property mean nothing", () => {
    expect(loadArea({ "nx-fire_t-f": undefined, "cx-fire_t-f": 9 }).parameters.firingThreshold).toBe(9);
  });

  test("an unknown property is said once, however many areas have it", () => {
    const genome = load(genomeText({ cAreaA: { "cx-plst_c-f": 1 }, cAreaB: { "cx-plst_c-f": 1 } }));
    expect(genome.warnings.map(({ code, message }) => [code, message.includes("2 areas")])).toEqual([["PROPERTY_UNKNOWN", true]]);
  });

  test("core areas that are missing are added after the document's own", () => {
    const genome = load(genomeText({ cAreaA: {}, _power: { "nx-fire_t-f": 3 } }));
    expect([...genome.areas.values()].map(({ idText, added }) => [idText, added])).toEqual([
      ["cAreaA__", false],
      ["___power", false],
      ...["___death", "___fatig", "___pain_", "___pleas", "___fear_", "___hope_"].map((id) => [id, true]),
    ]);
  });
});

describe("hierarchical areas", () => {
  const hierarchical = (area: Record<string, unknown>) => JSON.stringify({ version: "2.0", blueprint: { cAreaA: area } });

  test("the same area reads the same in both shapes", () => {
    const flat = loadArea({ "nx-leak_c-f": 0.5, "cx-rcordx-i": -4 });
    const text = hierarchical({
      cortical_name: "Area",
      block_boundaries: [2, 3, 1],
      relative_coordinate: [-4, 6, 7],
      firing_threshold: 1.5,
      leak_coefficient: 0.5,
      neuron_excitability: 100,
      per_voxel_neuron_cnt: 1,
      cortical_mapping_dst: {},
    });
    const area = areaOf(load(text), "cAreaA");
    const shown = ({ name, dimensions, position, parameters, kind }: GenomeArea) => ({ name, dimensions, position, parameters, kind });
    expect(shown(area)).toEqual(shown(flat));
  });

  test("a missing property has the default of growth", () => {
    expect(
      areaOf(load(hierarchical({ block_boundaries: [1, 1, 1], relative_coordinate: [0, 0, 0] })), "cAreaA").parameters.excitability,
    ).toBe(100);
  });

  test("a box of two sizes is refused at its place; a missing one is 1×1×1 with a warning", () => {
    expect(problemsOf(hierarchical({ block_boundaries: [1, 1], relative_coordinate: [0, 0, 0] }))[0]).toMatchObject({
      code: "BOX_SHAPE",
      path: "blueprint.cAreaA.block_boundaries",
      found: "a list of 2",
    });
    const genome = load(hierarchical({}));
    expect([areaOf(genome, "cAreaA").dimensions, codes(genome)]).toEqual([
      [1, 1, 1],
      ["BOX_MISSING", "BOX_MISSING"],
    ]);
  });
});

describe("kinds of areas", () => {
  const kindOf = (id: string, properties: AreaProperties, options?: ParseOptions, top = {}) =>
    areaOf(load(genomeText({ [id]: properties }, top), options), id).kind;

  test("in version 2 only the sub-group, the flag or the group make a memory area", () => {
    expect(kindOf("m__for", {})).toBe("custom");
    expect(kindOf("m__for", {}, { strict: true })).toBe("memory");
    expect(kindOf("MLIcom", { "cx-subgrp-t": "MEMORY" })).toBe("memory");
    expect(kindOf("M5Fmem", { "cx-memory-b": true })).toBe("memory");
    expect(kindOf("cAreaA", { "cx-_group-t": "MEMORY" })).toBe("memory");
  });

  test("in version 3 the id means it, unless the group says otherwise", () => {
    expect(kindOf("bUFyZWFBX18=", { "cx-_group-t": undefined }, {}, { version: "3.0" })).toBe("memory");
    expect(kindOf("bUFyZWFBX18=", { "cx-_group-t": "CUSTOM" }, {}, { version: "3.0" })).toBe("custom");
  });

  test("a device area keeps its kind whatever its group says", () => {
    expect(kindOf("iic400", { "cx-_group-t": "CUSTOM" })).toBe("input");
    expect(kindOf("omot00", {})).toBe("output");
  });
});

describe("ids that have no form", () => {
  test("an id of the wrong length leaves its area out, and that is said", () => {
    const genome = load(genomeText({ cAreaA: {}, cABCD: {} }));
    expect([genome.areas.size, genome.repairs.map(({ code, found }) => [code, found])]).toEqual([8, [["AREA_ID_UNREADABLE", "cABCD"]]]);
  });

  test("two areas that would get one id are refused", () => {
    expect(problemsOf(genomeText({ Cupper: {}, cupper: {} })).map(({ code }) => code)).toEqual(["AREA_ID_TWICE"]);
  });

  test("a base64 id whose data kind does not exist is refused only by the strict reading", () => {
    const id = Buffer.from("imis\x0e\0\0\0", "latin1").toString("base64");
    const text = genomeText({ [id]: {} }, { version: "3.0" });
    expect(problemsOf(text, { strict: true }).map(({ code }) => code)).toEqual(["AREA_ID_CONFIGURATION"]);
    expect(codes(load(text))).toEqual(["AREA_ID_CONFIGURATION"]);
  });
});

describe("mapping rules", () => {
  const rulesOf = (list: unknown, options?: ParseOptions, top = {}) => {
    const genome = load(genomeText({ cAreaA: { "cx-dstmap-d": { cAreaB: list } }, cAreaB: {} }, top), options);
    return { rules: [...areaOf(genome, "cAreaA").mappings.values()].flat(), codes: codes(genome) };
  };

  test("the list form fills what it lacks", () => {
    expect(rulesOf([rule("projector", false)]).rules).toEqual([
      {
        ...{ morphology: "projector", scalar: [1, 1, 1], multiplier: 1, plastic: false, plasticityConstant: 0, ltpMultiplier: 0 },
        ...{ ltdMultiplier: 0, plasticityWindow: 0, delayBursts: 1, attractivity: 100 },
      },
    ]);
  });

  test("a plastic rule of version 2 without a window gets 1 burst, as a repair; the strict reading leaves 0", () => {
    const list = [rule("projector", true, 1, 1, 1)];
    expect(rulesOf(list)).toMatchObject({ rules: [{ plasticityWindow: 1 }], codes: ["PLASTICITY_WINDOW"] });
    expect(rulesOf(list, { strict: true })).toMatchObject({ rules: [{ plasticityWindow: 0 }], codes: [] });
  });

  test("a bad rule is left out and its neighbour stays", () => {
    const list = [
      ["projector", [1, 1, 1], 1],
      rule("projector", false),
      ["projector", [1, 1, 1], "two", false],
      "x",
      { morphology_id: "projector" },
    ];
    expect(rulesOf(list)).toMatchObject({
      rules: [{ morphology: "projector" }],
      codes: ["RULE_DROPPED", "RULE_DROPPED", "RULE_DROPPED", "RULE_VALUE"],
    });
  });

  test("names of Python FEAGI are those of today", () => {
    const names = ["memory", "bi_directional_stdp", "projector_xy"].map((name) => rule(name, false));
    expect(rulesOf(names).rules.map(({ morphology }) => morphology)).toEqual(["episodic_memory", "associative_memory", "transpose_xy"]);
    expect(rulesOf(names, { strict: true }).rules.map(({ morphology }) => morphology)).toEqual([
      "episodic_memory",
      "associative_memory",
      "projector_xy",
    ]);
  });

  test("the object form keeps its attractivity and delay", () => {
    const object = {
      morphology_id: "projector",
      postSynapticCurrent_multiplier: -2,
      plasticity_flag: false,
      synaptic_delay_bursts: 4,
      synapse_attractivity: 30,
    };
    expect(rulesOf([object]).rules).toMatchObject([{ multiplier: -2, delayBursts: 4, attractivity: 30, scalar: [1, 1, 1] }]);
  });

  test("a rule towards no area, or by no morphology, stays and is said", () => {
    const genome = load(genomeText({ cAreaA: { "cx-dstmap-d": { cGone01: [rule("projector", false)], cAreaA: [rule("nope", false)] } } }));
    expect(codes(genome)).toEqual(["DESTINATION_MISSING", "RULE_MORPHOLOGY_UNKNOWN"]);
    expect(areaOf(genome, "cAreaA").mappings.size).toBe(2);
  });
});

describe("morphologies", () => {
  const withMorphology = (definition: unknown) => genomeText({ cAreaA: {} }, { neuron_morphologies: { mine: definition } });

  test("a user's own definition of a core name is kept; the strict reading writes over it", () => {
    const text = genomeText(
      { cAreaA: {} },
      { neuron_morphologies: { "lateral_+x": { type: "vectors", parameters: { vectors: [[2, 0, 0]] } } } },
    );
    expect(load(text).morphologies.get("lateral_+x")).toMatchObject({ vectors: [[2, 0, 0]], class: "custom" });
    expect(load(text, { strict: true }).morphologies.get("lateral_+x")).toMatchObject({ vectors: [[1, 0, 0]], class: "core" });
  });

  test("all pattern tokens are read", () => {
    const patterns = [
      [
        ["*", 3, "?"],
        ["!", "?+", "?-"],
      ],
      [
        ["?+=", "?-=", "2..5"],
        ["?+2", "?-3", "?-1:?+4"],
      ],
    ];
    expect(load(withMorphology({ parameters: { patterns } })).morphologies.get("mine")).toMatchObject({
      type: "patterns",
      patterns: [
        {
          source: [{ type: "any" }, { type: "exactly", value: 3 }, { type: "same" }],
          target: [{ type: "others" }, { type: "above" }, { type: "below" }],
        },
        {
          source: [{ type: "atLeast" }, { type: "atMost" }, { type: "range", from: 2, to: 5 }],
          target: [
            { type: "offset", by: 2 },
            { type: "offset", by: -3 },
            { type: "offsetRange", from: -1, to: 4 },
          ],
        },
      ],
    });
  });

  test.each([
    [{ type: "magic", parameters: {} }, "neuron_morphologies.mine.type"],
    [
      {
        type: "vectors",
        parameters: {
          vectors: [
            [0, 0, 1],
            [1.5, 0, 0],
          ],
        },
      },
      "neuron_morphologies.mine.parameters.vectors[1]",
    ],
    [
      {
        type: "patterns",
        parameters: {
          patterns: [
            [
              ["&", 0, 0],
              [0, 0, 0],
            ],
          ],
        },
      },
      "neuron_morphologies.mine.parameters.patterns[0][0][0]",
    ],
    [{ type: "composite", parameters: { src_seed: [1, 1] } }, "neuron_morphologies.mine.parameters"],
    [[], "neuron_morphologies.mine"],
  ])("%j is refused at its place", (definition, path) => {
    expect(problemsOf(withMorphology(definition)).map((problem) => problem.path)).toEqual([path]);
  });
});

describe("regions", () => {
  const region = (parent: string | null, areas: string[], title = "T") => ({ title, parent_region_id: parent, areas });
  const regionsOf = (brain_regions: unknown, options?: ParseOptions, top = {}) => [
    ...load(genomeText({ cAreaA: {}, cAreaB: {}, _power: {} }, { brain_regions, ...top }), options).regions.values(),
  ];

  test("keys and parents are renamed together", () => {
    const [root, child] = regionsOf({ root: region(null, ["_power"], "Root Brain Region"), sub: region("root", ["cAreaA"]) });
    expect(child?.parent).toBe(root?.id);
    expect(child?.areas.map((id) => Buffer.from(id, "base64").toString())).toEqual(["cAreaA__"]);
  });

  test("a root of the right name is put around regions that have none", () => {
    const regions = regionsOf({ root: region(null, ["cAreaA", "_power"], "Mine") });
    expect(regions.map(({ name, parent }) => [name, parent === null])).toEqual([
      ["Mine", false],
      ["Root Brain Region", true],
    ]);
  });

  test("the one circuit beside the root takes the title of the genome", () => {
    const beside = { root: region(null, [], "Root Brain Region"), sub: region(null, ["cAreaA"]) };
    expect(regionsOf(beside, {}, { genome_title: "Retina" }).map(({ name }) => name)).toEqual(["Root Brain Region", "Retina"]);
  });

  test("an area stays in the first region that names it", () => {
    const regions = regionsOf({ a: region(null, ["cAreaA"]), b: region(null, ["cAreaA", "cAreaB", "cNone1"]) });
    expect(regions.map(({ areas }) => areas.length).slice(0, 2)).toEqual([1, 1]);
  });

  test.each([
    [{ a: region("b", []), b: region("a", []) }, "REGION_CYCLE"],
    [{ a: region("a", []) }, "REGION_PARENT"],
    [{ a: region("none", []) }, "REGION_PARENT"],
    [{ a: 5 }, "VALUE_TYPE"],
    [[], "VALUE_TYPE"],
  ])("regions that are no tree are refused", (brain_regions, code) => {
    expect(problemsOf(genomeText({ cAreaA: {} }, { brain_regions })).map((problem) => problem.code)).toContain(code);
  });

  test("the same genome gives the same region ids", () => {
    const ids = () => regionsOf({ root: region(null, ["cAreaA"]) }).map(({ id }) => id);
    expect(ids()).toEqual(ids());
  });
});

describe("repairs", () => {
  const broken = genomeText(
    { cAreaA: { "cx-___bbx-i": 0, "cx-_n_cnt-i": 0 } },
    { physiology: { simulation_timestep: -1, max_age: 0, quantization_precision: "foo" } },
  );

  test("values with one sensible replacement are replaced and listed with their place", () => {
    const genome = load(broken);
    expect(areaOf(genome, "cAreaA")).toMatchObject({ dimensions: [1, 3, 1], neuronsPerVoxel: 1 });
    expect(genome.physiology).toMatchObject({ simulationTimestep: 0.025, maxAge: 10_000_000, quantizationPrecision: "fp32" });
    expect(genome.repairs.map(({ path }) => path)).toEqual([
      "physiology.simulation_timestep",
      "physiology.max_age",
      "physiology.quantization_precision",
      "blueprint._____10c-cAreaA-cx-___bbx-i",
      "blueprint._____10c-cAreaA-cx-_n_cnt-i",
    ]);
  });

  test("without repairs the same values refuse the genome, all at once", () => {
    expect(problemsOf(broken, { repair: false })).toHaveLength(5);
    expect(parseGenome(genomeText({ cAreaA: {} }), { repair: false }).ok).toBe(true);
  });
});

describe("limits", () => {
  test("a key that stands twice is said, and its last value counts", () => {
    const text = genomeText({ cAreaA: {} }).replace(
      '"_____10c-cAreaA-cx-_n_cnt-i": 1',
      '"_____10c-cAreaA-cx-_n_cnt-i": 3, "_____10c-cAreaA-cx-_n_cnt-i": 2',
    );
    const genome = load(text);
    expect([areaOf(genome, "cAreaA").neuronsPerVoxel, codes(genome)]).toEqual([2, ["KEY_REPEATED"]]);
  });

  test("every wrong value is reported, not only the first", () => {
    const properties = { "nx-refrac-i": 3.5, "cx-___bbx-i": "4", "cx-gd_vis-b": 1, "cx-__name-t": 5, "nx-fire_t-f": "abc" };
    const paths = problemsOf(genomeText({ cAreaA: properties })).map(({ path }) => path.slice(-8));
    expect(paths.sort()).toEqual(["___bbx-i", "__name-t", "fire_t-f", "gd_vis-b", "refrac-i"]);
  });

  test("every refusal says what to do", () => {
    const refused = [
      "[]",
      "{}",
      '{"version": "2.0", "blueprint": 1}',
      '{"version": "2.0", "blueprint": {}, "neuron_morphologies": {"m": 5}}',
    ];
    for (const text of refused) for (const problem of problemsOf(text)) expect(problem.fix, problem.message).toMatch(/^Write /);
    expect(problemsOf(refused[3] as string).map(({ path }) => path)).toEqual(["neuron_morphologies.m"]);
  });

  test("a value that matters twice is reported once", () => {
    expect(problemsOf(genomeText({ cAreaA: { "cx-memory-b": 1, "nx-leak_c-f": "x" } })).map(({ path }) => path.slice(-8))).toEqual([
      "memory-b",
      "leak_c-f",
    ]);
  });

  test("more neurons than a brain can hold are refused at the largest size, with what to do", () => {
    const [problem] = problemsOf(genomeText({ cAreaA: {}, cAreaB: { "cx-___bbx-i": 4_000_000_000, "cx-___bby-i": 4_000_000_000 } }));
    expect(problem).toMatchObject({ code: "NEURONS_TOO_MANY", path: "blueprint._____10c-cAreaB-cx-___bbx-i" });
    expect(problem?.fix).toContain("smaller");
  });

  test("bursts beyond 16 bits are refused; the strict reading lets them wrap", () => {
    expect(problemsOf(genomeText({ cAreaA: { "nx-c_fr_c-i": 70_000 } }))[0]?.expected).toBe("a whole number from 0 to 65535");
    expect(loadArea({ "nx-c_fr_c-i": 70_000 }, { strict: true }).parameters.consecutiveFireLimit).toBe(4464);
  });

  test("a percent leak of an old genome is kept and said", () => {
    const genome = load(genomeText({ cAreaA: { "nx-leak_c-f": 10 } }));
    expect([areaOf(genome, "cAreaA").parameters.leak, codes(genome)]).toEqual([10, ["LEAK_RANGE"]]);
  });
});
