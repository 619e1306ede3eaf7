/** What edits do to the text: in which lines, and how they are spelled. */
import { expect, test } from "vitest";
import type { MappingRule } from "#contracts/connectome.ts";
import type { GenomeEdit } from "#contracts/genome-edit.ts";
import { regionsOf } from "../../development/regions.ts";
import { encodeId } from "../cortical-id.ts";
import type { Genome, GenomeDialect } from "../genome.ts";
import { parseGenome } from "../parse.ts";
import { writeGenome } from "../save.ts";
import { genomeText } from "../testing/small-genome.ts";
import { applyGenomeEdits } from "./apply.ts";

function load(text: string): Genome {
  const parsed = parseGenome(text);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.genome;
}
/** Lines that go (-) and come (+), without their indentation. */
function changes(genome: Genome, ...edits: GenomeEdit[]): string[] {
  const [before, after] = [genome.source.split("\n"), applyGenomeEdits(genome, edits).source.split("\n")];
  const only = (lines: string[], others: string[], sign: string) => {
    const left = [...others];
    return lines.flatMap((line) => {
      const at = left.indexOf(line);
      if (at >= 0) left.splice(at, 1);
      return at >= 0 ? [] : [`${sign} ${line.trim()}`];
    });
  };
  return [...only(before, after, "-"), ...only(after, before, "+")];
}

const [a, b] = ["cAreaA__", "cAreaB__"].map(encodeId) as [string, string];
const [root, circuit] = ["00000000-0000-8000-a000-000000000000", "00000000-0000-8000-a000-000000000001"] as const;
const source = load(
  genomeText(
    { cAreaA: { "cx-dstmap-d": { cAreaB: [["projector", [1, 1, 1], 1, false, 1, 1, 1]] } }, cAreaB: {} },
    {
      neuron_morphologies: { mine: { type: "vectors", parameters: { vectors: [[1, 0, 0]] } } },
      brain_regions: {
        [root]: { title: "Root Brain Region", areas: [] },
        [circuit]: { title: "Circuit", areas: ["cAreaA", "cAreaB"], parent_region_id: root, designated_inputs: ["cAreaB"] },
      },
    },
  ),
);
const dialects: GenomeDialect[] = ["flat-2", "hierarchical-2", "feagi-3"];
const genomes = new Map(dialects.map((dialect) => [dialect, load(writeGenome(source, dialect))]));
const inDialect = (dialect: GenomeDialect) => genomes.get(dialect)!;
const rule = source.areas.get(a)!.mappings.get(b)![0] as MappingRule;

test.each(dialects)("a value is replaced where it stands in %s", (dialect) => {
  const lines = changes(inDialect(dialect), { kind: "updateArea", area: a, parameters: { firingThreshold: 2 } });
  expect(lines.map((line) => line.replace(/"[^"]*": /, ""))).toEqual(["- 1.5,", "+ 2.0,"]);
});

test("a rule is changed in the entry that differs, of a list and of an object", () => {
  const edit: GenomeEdit = { kind: "setMapping", src: a, dst: b, rules: [{ ...rule, multiplier: -3 }] };
  expect(changes(source, edit)).toEqual(["- 1,", "+ -3,"]);
  const line = (value: number) => `"postSynapticCurrent_multiplier": ${value},`;
  expect(changes(inDialect("feagi-3"), edit)).toEqual([`- ${line(1)}`, `+ ${line(-3)}`]);
});

test("a list of rules gets as long as it must: a delay has the ninth place", () => {
  const edited = applyGenomeEdits(source, [{ kind: "setMapping", src: a, dst: b, rules: [{ ...rule, delayBursts: 4 }] }]);
  const rules = JSON.parse(edited.source).blueprint["_____10c-cAreaA-cx-dstmap-d"].cAreaB;
  expect(rules).toEqual([["projector", [1, 1, 1], 1, false, 1, 1, 1, 0, 4]]);
});

test("a mapping that goes takes its key; a new one has the document's spelling of ids and rules", () => {
  const keyOf = (dialect: GenomeDialect) => {
    const edits: GenomeEdit[] = [
      { kind: "setMapping", src: a, dst: b, rules: [] },
      { kind: "setMapping", src: b, dst: a, rules: [rule] },
    ];
    const { blueprint } = JSON.parse(applyGenomeEdits(inDialect(dialect), edits).source);
    const id = (area: string) => inDialect(dialect).areas.get(area)!.documentId;
    const mappings = (area: string) => blueprint[id(area)]?.cortical_mapping_dst ?? blueprint[`_____10c-${id(area)}-cx-dstmap-d`];
    expect(mappings(a)).toEqual({});
    return Object.entries<unknown[]>(mappings(b)).map(([key, rules]) => [key, Array.isArray(rules[0]) ? "list" : "object"]);
  };
  expect(dialects.map(keyOf)).toEqual([[["cAreaA", "list"]], [["cAreaA", "object"]], [["Y0FyZWFBX18=", "object"]]]);
});

test.each(dialects)("a removed area takes all its lines and all who name it in %s, and nothing else", (dialect) => {
  const genome = inDialect(dialect);
  const id = genome.areas.get(b)!.documentId;
  const after = applyGenomeEdits(genome, [{ kind: "removeArea", area: b }]).source;
  expect(after).not.toContain(id);
  const document = JSON.parse(genome.source);
  const without = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.filter((item) => item !== id).map(without);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .filter(([key]) => !key.includes(id))
        .map(([key, one]) => [key, without(one)]),
    );
  };
  expect(after.replace(/\s/g, "")).toBe(JSON.stringify(without(document)).replace(/\s/g, ""));
});

test.each(dialects)("another id is written wherever the area is named in %s, and nothing else", (dialect) => {
  const genome = inDialect(dialect);
  const id = genome.areas.get(b)!.documentId;
  const to = dialect === "feagi-3" ? encodeId("cOther__") : "cOther";
  const after = applyGenomeEdits(genome, [{ kind: "changeAreaId", area: b, to: encodeId("cOther__") }]).source;
  expect(after).toBe(genome.source.replaceAll(id, to));
});

test("an area that moves goes from one list to another", () => {
  const { brain_regions, ...others } = JSON.parse(source.source);
  const moved = JSON.parse(applyGenomeEdits(source, [{ kind: "moveArea", area: b, region: root }]).source);
  brain_regions[root].areas = ["cAreaB"];
  brain_regions[circuit].areas = ["cAreaA"];
  brain_regions[circuit].designated_inputs = [];
  expect(moved).toEqual({ ...others, brain_regions });
});

test("new members come last, with the indentation of their siblings", () => {
  const morphology = { id: "new", class: "custom" as const, type: "functions" as const };
  const { source: text } = applyGenomeEdits(source, [{ kind: "setMorphology", morphology }]);
  const own = text.slice(text.indexOf('    "new"'), text.indexOf('  "physiology"'));
  expect(own).toBe('    "new": {\n      "class": "custom",\n      "type": "functions",\n      "parameters": {}\n    }\n  },\n');
});

test("in an empty object they are indented one step more than the object", () => {
  const { source: text } = applyGenomeEdits(source, [{ kind: "updatePhysiology", maxAge: 7 }]);
  expect(text).toContain('\n  "physiology": {\n    "max_age": 7\n  },\n');
});

test("a document on one line stays on one line", () => {
  const text = JSON.stringify(JSON.parse(source.source));
  const edits: GenomeEdit[] = [
    { kind: "updateGenome", title: "T" },
    { kind: "setMorphology", morphology: { id: "new", class: "custom", type: "functions" } },
  ];
  expect(applyGenomeEdits(load(text), edits).source).toBe(
    text
      .replace("[[1,0,0]]}}}", '[[1,0,0]]}},"new":{"class":"custom","type":"functions","parameters":{}}}')
      .replace(/\}$/, ',"genome_title":"T"}'),
  );
});

test("an earlier value of a key that stands twice does not come back when the key goes", () => {
  const text =
    '{"version":"2.0","blueprint":{"_____10c-cAreaA-cx-__name-t":"A"},"neuron_morphologies":{"x":{"type":"functions"},"y":{},"x":{}}}';
  const edited = applyGenomeEdits(load(text), [{ kind: "removeMorphology", id: "x" }]);
  expect(edited.source).toContain('"neuron_morphologies":{"y":{}}');
});

test("regions that development would make are written by the first edit that needs one", () => {
  const genome = load(genomeText({ cAreaA: {}, i__inf: {} }, { genome_title: "Brain" }));
  const grown = [...regionsOf(genome).values()];
  expect(genome.regions.size).toBe(0);
  const edited = applyGenomeEdits(genome, [{ kind: "updateRegion", id: grown[1]!.id, name: "Cortex" }]);
  expect([...edited.regions.values()].map(({ id, name, areas }) => [id, name, new Set(areas)])).toEqual(
    grown.map(({ id, name, areas }, i) => [id, i === 1 ? "Cortex" : name, new Set(areas)]),
  );
});

test("a circuit without a parent goes by the title, until an edit gives it a name of its own", () => {
  const text = genomeText(
    { cAreaA: {} },
    { genome_title: "Brain", brain_regions: { [root]: { title: "Root Brain Region" }, [circuit]: { title: "Old", areas: ["cAreaA"] } } },
  );
  const names = (...edits: GenomeEdit[]) => applyGenomeEdits(load(text), edits).regions.get(circuit)?.name;
  expect(names()).toBe("Brain");
  expect(names({ kind: "updateGenome", title: "Mind" })).toBe("Brain");
  expect(names({ kind: "updateRegion", id: circuit, name: "Cortex" })).toBe("Cortex");
});
