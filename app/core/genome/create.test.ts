import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { grown } from "../development/grow.ts";
import { createGenome } from "./create.ts";
import type { Genome } from "./genome.ts";
import { parseGenome } from "./parse.ts";
import { unitAreas, unitTemplates } from "./unit-templates.ts";
import { validateGenome } from "./validate.ts";

const folder = new URL("../../../resources/templates/", import.meta.url);
const names = readdirSync(folder).map((file) => file.replace(".json", ""));
const textOf = (name: string) => readFileSync(new URL(`${name}.json`, folder), "utf8");
function load(text: string): Genome {
  const parsed = parseGenome(text);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.genome;
}
const wanted = { id: "new", title: "Mine", timestamp: 7, units: [], dialect: "feagi-3" } as const;

describe.each(names)("the template %s", (name) => {
  const template = load(textOf(name));

  test("is valid, needs no repair and says what it is for", () => {
    expect(validateGenome(textOf(name)).errors).toEqual([]);
    expect([...template.warnings, ...template.repairs]).toEqual([]);
    expect(template.description).not.toBe("");
  });

  test("grows with every rule in force", () => {
    const { image, problems } = grown(template);
    expect(image.synapses.count).toBeGreaterThan(0);
    expect(problems).toEqual([]);
  });

  test("becomes a genome of its own name that grows alike", () => {
    const created = load(createGenome(template, wanted));
    expect([created.id, created.title, created.extras.timestamp, created.dialect]).toEqual(["new", "Mine", 7, "feagi-3"]);
    const [image, original] = [grown(created).image, grown(template).image];
    expect([image.neurons.count, image.synapses.count]).toEqual([original.neurons.count, original.synapses.count]);
  });

  test("has devices of the sizes that units have", () => {
    for (const area of template.areas.values()) {
      if (area.kind !== "input" && area.kind !== "output") continue;
      const made = unitAreas(area.idText.slice(0, 4), Number(area.properties.dev_count ?? 1));
      expect(made?.find(({ id }) => id === area.id)?.dimensions).toEqual(area.dimensions);
    }
  });
});

describe("units of a new genome", () => {
  const barebones = load(textOf("barebones"));
  const create = (unit: string, devices: number) => createGenome(barebones, { ...wanted, units: [{ unit, devices }] });

  test.each(Object.keys(unitTemplates))("%s gives areas that load as devices in the outermost region", (unit) => {
    const created = load(create(unit, 1));
    const ids = [...created.areas.values()].filter(({ idText }) => idText.startsWith(unit)).map(({ id }) => id);
    expect(ids).toEqual(unitAreas(unit, 1)?.map(({ id }) => id));
    expect(created.warnings).toEqual([]);
    const root = [...created.regions.values()].find(({ parent }) => parent === null);
    expect(root?.areas).toEqual(expect.arrayContaining(ids));
  });

  test("devices of a unit stand side by side: three motors are three wide", () => {
    expect(load(create("omot", 3)).areas.get("b21vdAUAAAA=")).toMatchObject({ dimensions: [3, 1, 9], properties: { dev_count: 3 } });
  });

  test("that do not exist, or are there already, are refused", () => {
    expect(() => create("ozzz", 1)).toThrow(/No device unit is called ozzz/);
    const twice = [
      { unit: "omot", devices: 1 },
      { unit: "omot", devices: 2 },
    ];
    expect(() => createGenome(barebones, { ...wanted, units: twice })).toThrow(/has the device Rotary motor already/);
  });
});
