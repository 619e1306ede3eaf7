import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Genome } from "./genome.ts";
import { parseGenome } from "./parse.ts";
import { saveGenome } from "./save.ts";
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
    morphologies: genome.morphologies,
    regions: genome.regions,
    areas: new Map([...genome.areas].map(([id, { documentId: _d, properties: _p, added: _a, ...area }]) => [id, area])),
  };
}

describe.each(names)("saving %s", (name) => {
  const text = read(name);
  const genome = load(text);
  const saved = saveGenome(genome, "feagi-3");

  test("in its own dialect gives the same bytes", () => {
    expect(saveGenome(genome)).toBe(text);
  });

  test("in FEAGI's form and loading it again gives the same genome", () => {
    expect(meaningOf(load(saved))).toEqual(meaningOf(genome));
  });

  test("in FEAGI's form gives a valid document whose second saving is the first", () => {
    expect(validateGenome(saved).errors).toEqual([]);
    expect(saveGenome(load(saved), "feagi-3")).toBe(saved);
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
