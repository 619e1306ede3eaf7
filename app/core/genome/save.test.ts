import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { genomeDialects } from "#contracts/genome.ts";
import type { Genome } from "./genome.ts";
import { parseGenome } from "./parse.ts";
import { saveGenome, writeGenome } from "./save.ts";
import { signaturesOf } from "./signatures.ts";
import { generatedGenomes } from "./testing/generated-genome.ts";
import { genomeText } from "./testing/small-genome.ts";
import { validateGenome } from "./validate.ts";

const names = [
  "barebones",
  "blender-keyframe",
  "brightness",
  "essential",
  "gesture",
  "learning",
  "mujoco-joints",
  "pioneer2",
  "pong",
  "test",
  "tunnel",
  "vision",
];
const read = (name: string) => readFileSync(new URL(`../../../resources/genomes/${name}.json`, import.meta.url), "utf8");
function load(text: string): Genome {
  const parsed = parseGenome(text);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.genome;
}

/** Everything a genome is, without how and where it was written. */
function meaningOf(genome: Genome) {
  return {
    ...{ id: genome.id, title: genome.title, description: genome.description, physiology: genome.physiology },
    ...{ modulators: genome.extras.modulators ?? {}, classifiers: genome.extras.classifiers ?? {} },
    morphologies: genome.morphologies,
    regions: genome.regions,
    areas: new Map([...genome.areas].map(([id, { documentId: _d, properties: _p, added: _a, ...area }]) => [id, area])),
  };
}

describe.each(names)("saving %s", (name) => {
  const text = read(name);
  const genome = load(text);
  test("in its own dialect gives the same bytes", () => {
    expect(saveGenome(genome)).toBe(text);
  });

  test.each(genomeDialects)("as %s and loading it again gives the same genome", (dialect) => {
    expect(meaningOf(load(writeGenome(genome, dialect)))).toEqual(meaningOf(genome));
  });

  test.each(genomeDialects)("as %s gives a valid document whose second saving is the first", (dialect) => {
    const saved = writeGenome(genome, dialect);
    expect(validateGenome(saved).errors).toEqual([]);
    expect(writeGenome(load(saved), dialect)).toBe(saved);
  });
});

describe("any genome at all", () => {
  const dialects = fc.constantFrom(...genomeDialects);
  const settings = { numRuns: 60, seed: 11 };

  test("loads in the dialect it is written in, and is saved as the same bytes", () => {
    fc.assert(
      fc.property(generatedGenomes, ({ text, dialect }) => {
        const genome = load(text);
        expect(genome.dialect).toBe(dialect);
        expect(saveGenome(genome)).toBe(text);
        expect(saveGenome(genome, dialect)).toBe(text);
      }),
      settings,
    );
  });

  test("is the same after it was written in any dialect and loaded", () => {
    fc.assert(
      fc.property(generatedGenomes, dialects, ({ text }, dialect) => {
        const genome = load(text);
        const again = load(writeGenome(genome, dialect));
        expect(again.dialect).toBe(dialect);
        expect(meaningOf(again)).toEqual(meaningOf(genome));
      }),
      settings,
    );
  });

  test("is a fixed point of saving: written from what was loaded of it, a text stays as it is", () => {
    fc.assert(
      fc.property(generatedGenomes, dialects, ({ text }, dialect) => {
        const saved = writeGenome(load(text), dialect);
        expect(writeGenome(load(saved), dialect)).toBe(saved);
        expect(saveGenome(load(saved), dialect)).toBe(saved);
      }),
      settings,
    );
  });

  test("loses nothing on a detour: by way of another dialect the text is the one that comes straight", () => {
    fc.assert(
      fc.property(generatedGenomes, dialects, dialects, ({ text }, detour, goal) => {
        const genome = load(text);
        expect(writeGenome(load(writeGenome(genome, detour)), goal)).toBe(writeGenome(genome, goal));
      }),
      settings,
    );
  });

  test("carries the signatures of the text it is written as", () => {
    fc.assert(
      fc.property(generatedGenomes, dialects, ({ text }, dialect) => {
        const saved = writeGenome(load(text), dialect);
        expect(JSON.parse(saved).signatures).toEqual(signaturesOf(saved));
      }),
      { ...settings, numRuns: 40 },
    );
  });
});

describe("what Gyrus does not read", () => {
  const rule = {
    morphology_id: "projector",
    postSynapticCurrent_multiplier: 1,
    plasticity_flag: false,
    modulators: [{ kind: "gain", source: "x" }],
    gate_note: "only at night",
  };
  const source = genomeText(
    { cAreaA: { "nx-plst_c-f": 0.5, "cx-dstmap-d": { cAreaA: [rule] } } },
    {
      classifiers: { digits: { seed: 1 } },
      modulators: { dopamine: { rate: 2 } },
      brain_regions: { root: { title: "Root Brain Region", areas: ["cAreaA"], colour: "red", signature: "abc" } },
    },
  );
  const byObject = JSON.parse(writeGenome(load(source), "hierarchical-2"));
  byObject.blueprint.cAreaA.colour = { r: 1 };
  const genome = load(JSON.stringify(byObject));

  test.each(genomeDialects)("stays in rules, areas, regions and at the top of a %s file", (dialect) => {
    const again = load(writeGenome(genome, dialect));
    const area = again.areas.get("Y0FyZWFBX18=");
    expect(area?.extras).toEqual({ "nx-plst_c-f": 0.5, colour: { r: 1 } });
    expect(area?.mappings.get("Y0FyZWFBX18=")?.[0]?.extras).toEqual({ modulators: rule.modulators, gate_note: rule.gate_note });
    expect([...again.regions.values()][0]?.extras).toEqual({ colour: "red", signature: "abc" });
    expect(again.extras).toMatchObject({ classifiers: { digits: { seed: 1 } }, modulators: { dopamine: { rate: 2 } } });
  });

  test("stands in a flat file under its own suffix where it has one, else in one key that FEAGI passes over", () => {
    const { blueprint } = JSON.parse(writeGenome(genome, "flat-2"));
    expect(blueprint["_____10c-cAreaA-nx-plst_c-f"]).toBe(0.5);
    expect(blueprint["_____10c-cAreaA-cx-extras-d"]).toEqual({ colour: { r: 1 } });
  });
});

describe("old dialects", () => {
  const genome = load(
    genomeText({ cAreaA: { "cx-dstmap-d": { i__inf: [["projector", [1, 1, 1], 2, false, 1, 1, 1]] } }, i__inf: {}, ___pwr: {} }),
  );

  test("have six letters for an id wherever they are read as the same eight bytes, else base64", () => {
    const ids = Object.keys(JSON.parse(writeGenome(genome, "hierarchical-2")).blueprint);
    expect(ids.slice(0, 4)).toEqual(["cAreaA", "aWluZgEAAAA=", "___pwr", "_death"]);
  });

  test("have rules as lists in a flat file and as objects in a hierarchical one", () => {
    const flat = JSON.parse(writeGenome(genome, "flat-2")).blueprint["_____10c-cAreaA-cx-dstmap-d"];
    expect(flat).toEqual({ "aWluZgEAAAA=": [["projector", [1, 1, 1], 2, false, 1, 1, 1, 0, 1]] });
    const whole = JSON.parse(writeGenome(genome, "hierarchical-2")).blueprint.cAreaA.cortical_mapping_dst;
    expect(whole["aWluZgEAAAA="][0]).toMatchObject({ morphology_id: "projector", postSynapticCurrent_multiplier: 2 });
  });

  test("say the version of their age, and the schema, so that nothing is migrated twice", () => {
    expect(JSON.parse(writeGenome(genome, "flat-2"))).toMatchObject({ version: "2.0", genome_schema_version: 7 });
  });
});

describe("FEAGI's form", () => {
  const text = genomeText(
    {
      MLIcom: { "cx-subgrp-t": "MEMORY" },
      cAreaA: { "cx-_n_cnt-i": 2, "nx-snooze-f": 4, "nx-fire_t-f": 0.1, "cx-devcnt-i": 3, "cx-gd_vis-b": false, "cx-__rand-b": true },
    },
    {
      genome_description: "words",
      physiology: { burst_delay: 0.05, sleep: { deep: true } },
      stats: { innate_synapse_count: 7 },
      hosts: {},
      timestamp: 5,
    },
  );
  const document = JSON.parse(saveGenome(load(text), "feagi-3"));
  const key = (suffix: string) => document.blueprint[`_____10c-Y0FyZWFBX18=-${suffix}`];

  test("holds what FEAGI itself loses on saving", () => {
    expect([key("cx-_n_cnt-i"), key("nx-snooze-f"), key("nx-fire_t-f"), key("cx-__rand-b")]).toEqual([2, 4, 0.1, true]);
    expect(document.genome_description).toBe("words");
    expect(document.physiology).toMatchObject({ simulation_timestep: 0.05, sleep: { deep: true } });
    expect(document.physiology).not.toHaveProperty("burst_delay");
  });

  test("keeps properties that Gyrus only stores, and tells memory areas by their group", () => {
    expect([key("cx-devcnt-i"), key("cx-gd_vis-b"), document.blueprint["_____10c-bUxJY29tX18=-cx-_group-t"]]).toEqual([3, false, "MEMORY"]);
  });

  test("counts areas and neurons anew, and synapses where the brain is grown", () => {
    expect(document.stats).toEqual({ innate_cortical_area_count: 9, innate_neuron_count: 7 + 6 + 12, innate_synapse_count: 7 });
    expect(JSON.parse(saveGenome(load(text), "feagi-3", 99)).stats.innate_synapse_count).toBe(99);
  });

  test("says version 3.0, schema 7 and the region that is the root", () => {
    const vision = JSON.parse(saveGenome(load(read("vision")), "feagi-3"));
    expect(vision).toMatchObject({ version: "3.0", genome_schema_version: 7 });
    expect(vision.brain_regions[vision.brain_regions_root].name).toBe("Root Brain Region");
  });

  test("has the keys of FEAGI's own export", () => {
    const keys = [
      "blueprint",
      "brain_regions",
      "classifiers",
      "genome_description",
      "genome_id",
      "genome_schema_version",
      "genome_title",
      "hosts",
    ];
    const more = ["modulators", "neuron_morphologies", "physiology", "signatures", "stats", "timestamp", "version"];
    expect(Object.keys(document).sort()).toEqual([...keys, ...more]);
  });

  test("a document that has this form already is left as it is", () => {
    const already = genomeText({ "Y0FyZWFBX18=": {} }, { version: "3.0", genome_schema_version: 7, modulators: { m: 1 } });
    expect(saveGenome(load(already), "feagi-3")).toBe(already);
  });

  test("all pattern tokens survive", () => {
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
    const genome = load(genomeText({ cAreaA: {} }, { neuron_morphologies: { mine: { type: "patterns", parameters: { patterns } } } }));
    expect(JSON.parse(saveGenome(genome, "feagi-3")).neuron_morphologies.mine).toEqual({
      class: "custom",
      type: "patterns",
      parameters: { patterns },
    });
  });
});
