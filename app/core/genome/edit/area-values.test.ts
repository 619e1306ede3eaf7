import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LabError } from "#contracts/errors.ts";
import type { GenomeEdit } from "#contracts/genome-edit.ts";
import type { Genome, GenomeArea } from "../genome.ts";
import { parseGenome } from "../parse.ts";
import { saveGenome } from "../save.ts";
import { applyGenomeEdits } from "./apply.ts";

const read = (name: string) => readFileSync(new URL(`../../../../resources/genomes/${name}.json`, import.meta.url), "utf8");
function load(text: string, strict = false): Genome {
  const parsed = parseGenome(text, { strict });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.genome;
}
const areaNamed = (genome: Genome, documentId: string): GenomeArea => {
  const area = [...genome.areas.values()].find((one) => one.documentId === documentId);
  if (!area) throw new Error(`no area ${documentId}`);
  return area;
};
/** Lines of b that are not in a at the same place, where both have as many. */
const changedLines = (a: string, b: string) => {
  const before = a.split("\n");
  return b
    .split("\n")
    .filter((line, i) => line !== before[i])
    .map((line) => line.trim());
};

type AreaEdit = Omit<Extract<GenomeEdit, { kind: "updateArea" }>, "kind">;
const applyAreaEdits = (genome: Genome, edits: readonly AreaEdit[]) =>
  applyGenomeEdits(
    genome,
    edits.map((edit) => ({ kind: "updateArea", ...edit })),
  );

describe("editing the values of an area", () => {
  test("only the edited values change in the text", () => {
    const text = read("essential");
    const genome = load(text);
    const edited = applyAreaEdits(genome, [
      {
        area: areaNamed(genome, "c__lef").id,
        name: 'Left "turn"',
        dimensions: [2, 1, 5],
        parameters: { firingThreshold: 0.25, leak: 0.5 },
      },
    ]);
    expect(changedLines(text, saveGenome(edited))).toEqual([
      '"_____10c-c__lef-cx-___bbx-i": 2,',
      '"_____10c-c__lef-cx-___bbz-i": 5,',
      '"_____10c-c__lef-nx-fire_t-f": 0.25,',
      '"_____10c-c__lef-nx-leak_c-f": 0.5,',
      '"_____10c-c__lef-cx-__name-t": "Left \\"turn\\"",',
    ]);
    expect(areaNamed(edited, "c__lef")).toMatchObject({
      name: 'Left "turn"',
      dimensions: [2, 1, 5],
      parameters: { firingThreshold: 0.25, leak: 0.5 },
    });
  });

  test("an edit and its inverse give back the same bytes", () => {
    const text = read("essential");
    const genome = load(text);
    const area = areaNamed(genome, "c__lef");
    const { firingThreshold, excitability } = area.parameters;
    const edited = applyAreaEdits(genome, [{ area: area.id, position: [1, 2, 3], parameters: { firingThreshold: 7, excitability: 3 } }]);
    expect(edited.source).not.toBe(text);
    const undone = applyAreaEdits(edited, [{ area: area.id, position: area.position, parameters: { firingThreshold, excitability } }]);
    expect(undone.source).toBe(text);
  });

  test("a key that is missing is put after the area's own keys, indented like them", () => {
    const text =
      '{\n\t"version": "2.0",\n\t"blueprint": {\n\t\t"_____10c-cAreaA-cx-__name-t" : "A",\n\t\t"_____10c-cAreaB-cx-__name-t" : "B"\n\t}\n}';
    const genome = load(text);
    const edited = applyAreaEdits(genome, [
      { area: areaNamed(genome, "cAreaA").id, parameters: { leak: 0.25, firingThresholdIncrement: [1, 0, 0] } },
    ]);
    expect(edited.source).toContain('"A",\n\t\t"_____10c-cAreaA-nx-ftincx-f" : 1,\n\t\t"_____10c-cAreaA-nx-ftincy-f" : 0,');
    expect(edited.source).toContain(',\n\t\t"_____10c-cAreaA-nx-leak_c-f" : 0.25,\n\t\t"_____10c-cAreaB-cx-__name-t" : "B"\n');
    expect(areaNamed(edited, "cAreaA").parameters).toMatchObject({ leak: 0.25, firingThresholdIncrement: [1, 0, 0] });
  });

  test("a hierarchical area is edited in place, whatever its lists hold", () => {
    const text = '{"version":"2.1","blueprint":{"cAreaA":{"block_boundaries":[1, 2,3],"snooze_period":2,"other":{}},"cAreaB":{}}}';
    const genome = load(text);
    const edits: AreaEdit[] = [
      { area: areaNamed(genome, "cAreaA").id, dimensions: [4, 2, 3], position: [7, 8, 9], parameters: { snoozePeriod: 5 } },
      { area: areaNamed(genome, "cAreaB").id, name: "B" },
    ];
    expect(applyAreaEdits(genome, edits).source).toBe(
      '{"version":"2.1","blueprint":{"cAreaA":{"block_boundaries":[4, 2,3],"snooze_period":5,"other":{},"relative_coordinate":[7,8,9]},"cAreaB":{"cortical_name":"B"}}}',
    );
  });

  test.each([
    ["flat", '{"version":"2.0","blueprint":{"_____10c-cAreaA-cx-__name-t":"A"}}'],
    ["hierarchical", '{"version":"2.0","blueprint":{"cAreaA":{}}}'],
    ["3.0", '{"version":"3.0","blueprint":{"_____10c-Y0FyZWFBX18=-cx-__name-t":"A"}}'],
    ["empty", '{"version":"2.0","blueprint":{}}'],
  ])("a core area that the %s document lacks is written whole, so that it reads back the same", (_, text) => {
    const genome = load(text);
    const pain = [...genome.areas.values()].find(({ idText }) => idText === "___pain_") as GenomeArea;
    const edited = applyAreaEdits(genome, [{ area: pain.id, position: [1, 2, 3], parameters: { excitability: 50 } }]).areas.get(pain.id);
    const { documentId: _id, properties: _properties, ...expected } = pain;
    expect(edited).toMatchObject({ ...expected, added: false, position: [1, 2, 3], parameters: { ...pain.parameters, excitability: 50 } });
  });

  test("nothing changed is the same genome", () => {
    const genome = load(read("pong"));
    const area = areaNamed(genome, "o_mctl");
    expect(applyAreaEdits(genome, [{ area: area.id, name: area.name, parameters: { leak: area.parameters.leak } }])).toBe(genome);
  });

  test("an edit keeps the reading of the genome", () => {
    const genome = load(read("pong"), true);
    const edited = applyAreaEdits(genome, [{ area: areaNamed(genome, "i__acc").id, name: "Acceleration" }]);
    expect([edited.strict, areaNamed(edited, "i__acc").idText]).toEqual([true, "i__acc__"]);
  });

  test("in the strict reading a key with another letter is left alone, and the exact one is written", () => {
    const text = '{"version":"2.0","blueprint":{"_____10c-cAreaA-cx-__name-t":"A","_____10c-cAreaA-nx-snooze-i":3}}';
    const snoozeAfter = (strict: boolean) => {
      const genome = load(text, strict);
      const { source } = applyAreaEdits(genome, [{ area: areaNamed(genome, "cAreaA").id, parameters: { snoozePeriod: 5 } }]);
      return Object.entries(JSON.parse(source).blueprint).slice(1);
    };
    expect(snoozeAfter(false)).toEqual([["_____10c-cAreaA-nx-snooze-i", 5]]);
    expect(snoozeAfter(true)).toEqual([
      ["_____10c-cAreaA-nx-snooze-i", 3],
      ["_____10c-cAreaA-nx-snooze-f", 5],
    ]);
  });

  test("an edit that no genome could hold is refused and says why", () => {
    const genome = load(read("pong"));
    const { id } = areaNamed(genome, "o_mctl");
    const refusedWith = (edit: AreaEdit) => {
      try {
        applyAreaEdits(genome, [edit]);
      } catch (error) {
        return error instanceof LabError ? error.code : error;
      }
      return "accepted";
    };
    expect(refusedWith({ area: id, dimensions: [100_000, 100_000, 1] })).toBe("E_INVALID");
    expect(refusedWith({ area: id, position: [0.5, 0, 0] })).toBe("E_INVALID");
    expect(refusedWith({ area: "AAAAAAAAAAA=", name: "x" })).toBe("E_NOT_FOUND");
  });

  test("any edit of any area does what it says and nothing else", () => {
    const genomes = new Map(["barebones", "tunnel", "vision"].map((name) => [name, load(read(name))]));
    const integer = fc.integer({ min: -1000, max: 1000 });
    const edit = fc.record(
      {
        name: fc.string({ minLength: 1, maxLength: 12 }),
        position: fc.tuple(integer, integer, integer),
        dimensions: fc.tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 20 })),
        neuronsPerVoxel: fc.integer({ min: 1, max: 4 }),
        parameters: fc.record(
          {
            firingThreshold: fc.float({ noNaN: true, min: -100, max: 100 }).map((value) => value + 0),
            refractoryPeriod: fc.nat(65535),
            mpDrivenPsp: fc.boolean(),
            degeneration: fc.nat(9),
          },
          { requiredKeys: [] },
        ),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.constantFrom(...genomes.keys()), fc.nat(), edit, (name, choice, change) => {
        const genome = genomes.get(name) as Genome;
        const areas = [...genome.areas.values()];
        const area = areas[choice % areas.length] as GenomeArea;
        const edited = applyAreaEdits(genome, [{ area: area.id, ...change }]);
        const { parameters, ...rest } = change;
        const { properties: _p, documentId: _d, added: _a, ...kept } = area;
        expect(edited.areas.get(area.id)).toMatchObject({ ...kept, ...rest, parameters: { ...area.parameters, ...parameters } });
        for (const [id, other] of genome.areas) if (id !== area.id) expect(edited.areas.get(id)).toEqual(other);
        expect([...edited.regions]).toEqual([...genome.regions]);
      }),
      { numRuns: 60 },
    );
  });
});
