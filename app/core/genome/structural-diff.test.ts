import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { genomeDialects } from "#contracts/genome.ts";
import { Hunk } from "#contracts/genome-edit.ts";
import { encodeId } from "./cortical-id.ts";
import type { Genome } from "./genome.ts";
import { editsOfHunks } from "./hunks.ts";
import { parseGenome } from "./parse.ts";
import { writeGenome } from "./save.ts";
import { diffGenomes } from "./structural-diff.ts";
import { applyToTypedGenome } from "./testing/apply-edits.ts";
import { generatedGenomes } from "./testing/generated-genome.ts";
import { genomeText } from "./testing/small-genome.ts";

function load(text: string): Genome {
  const parsed = parseGenome(text);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.genome;
}
const names = ["barebones", "blender-keyframe", "brightness", "essential", "gesture", "learning"].concat([
  "mujoco-joints",
  "pioneer2",
  "pong",
  "test",
  "tunnel",
  "vision",
]);
const samples = new Map(
  names.map((name) => [name, load(readFileSync(new URL(`../../../resources/genomes/${name}.json`, import.meta.url), "utf8"))]),
);
const sample = (name: string) => samples.get(name)!;
const all = (hunks: Hunk[]) =>
  editsOfHunks(
    hunks,
    hunks.map(({ id }) => id),
  );
const editable = (hunks: Hunk[]) => hunks.flatMap(({ changes }) => changes).filter(({ shownOnly }) => !shownOnly);
/** Text with members in one order. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, one) =>
    typeof one === "object" && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  );
const settings = { numRuns: 60, seed: 5 };

/** `to` is reached from `from` by the edits of all hunks, and no hunk says what no edit can. */
function expectReached(from: Genome, to: Genome): void {
  const hunks = diffGenomes(from, to);
  for (const hunk of hunks) expect(Hunk.safeParse(hunk).error).toBeUndefined();
  const reached = applyToTypedGenome(from, all(hunks));
  expect(editable(diffGenomes(reached, to))).toEqual([]);
}

describe("two genomes that mean the same", () => {
  test.each(names)("%s has no difference from itself, in whatever dialect it is written", (name) => {
    for (const dialect of genomeDialects) expect(diffGenomes(sample(name), load(writeGenome(sample(name), dialect)))).toEqual([]);
  });

  test("any genome has none from itself in another dialect, values that no table knows included", () => {
    fc.assert(
      fc.property(generatedGenomes, fc.constantFrom(...genomeDialects), ({ text }, dialect) => {
        const genome = load(text);
        expect(diffGenomes(genome, load(writeGenome(genome, dialect)))).toEqual([]);
      }),
      settings,
    );
  });
});

describe("two genomes that differ", () => {
  test.each(names)("every sample is reached from %s by the edits of the hunks", (name) => {
    for (const other of samples.values()) expectReached(sample(name), other);
  });

  test("so is any genome from any other", () => {
    fc.assert(
      fc.property(generatedGenomes, generatedGenomes, (a, b) => expectReached(load(a.text), load(b.text))),
      settings,
    );
  });

  test("the other way round gives the same hunks with kind, edits and inverse exchanged", () => {
    const opposite = { added: "removed", removed: "added", changed: "changed" } as const;
    fc.assert(
      fc.property(generatedGenomes, generatedGenomes, (a, b) => {
        const [from, to] = [load(a.text), load(b.text)];
        const there = diffGenomes(from, to).map(({ kind, edits, inverse }) => canonical([opposite[kind], inverse, edits]));
        const back = diffGenomes(to, from).map(({ kind, edits, inverse }) => canonical([kind, edits, inverse]));
        expect(there.sort()).toEqual(back.sort());
      }),
      settings,
    );
  });

  test("any choice of hunks can be made, because each brings what it needs", () => {
    fc.assert(
      fc.property(generatedGenomes, generatedGenomes, fc.infiniteStream(fc.boolean()), (a, b, choices) => {
        const [from, to] = [load(a.text), load(b.text)];
        const hunks = diffGenomes(from, to);
        const chosen = hunks.filter(() => choices.next().value).map(({ id }) => id);
        const reached = applyToTypedGenome(from, editsOfHunks(hunks, chosen));
        // Where the first genome has no regions, some of the second one's alone leave areas without.
        const counts = ({ what }: { what: string }) => what !== "region" || from.regions.size > 0;
        const left = new Set(
          diffGenomes(reached, to)
            .filter((hunk) => editable([hunk]).some(counts))
            .map(({ id }) => id),
        );
        for (const id of chosen) expect(left).not.toContain(id);
      }),
      settings,
    );
  });

  test("edits are listed as what they are about, with the fields that changed", () => {
    const from = load(genomeText({ cAreaA: { "cx-dstmap-d": { cAreaB: [["projector", [1, 1, 1], 1, false]] } }, cAreaB: {} }));
    const changed = { "cx-__name-t": "Renamed", "cx-___bbx-i": 4, "nx-leak_c-f": 10, "cx-devcnt-i": 3 };
    const to = load(
      genomeText(
        { cAreaA: { ...changed, "cx-dstmap-d": { cAreaB: [["projector", [1, 1, 1], -2, false]] } }, cAreaB: {} },
        { genome_title: "Second", physiology: { simulation_timestep: 0.01 } },
      ),
    );
    expect(diffGenomes(from, to).map(({ id, kind, title, edits, changes }) => ({ id, kind, title, edits, changes }))).toEqual([
      {
        ...{ id: `area:${a}`, kind: "changed", title: "Area Renamed (custom, 4 × 3 × 1)" },
        edits: [
          { kind: "updateArea", area: a, name: "Renamed", dimensions: [4, 3, 1], parameters: { leak: 10 }, properties: { dev_count: 3 } },
        ],
        changes: [
          { what: "name", from: "Area", to: "Renamed" },
          { what: "dimensions", from: [2, 3, 1], to: [4, 3, 1] },
          { what: "parameters.leak", from: 0, to: 10 },
          { what: "properties.dev_count", from: null, to: 3 },
        ],
      },
      {
        ...{ id: `mapping:${a}>${b}`, kind: "changed", title: "Mapping Renamed → Area (projector)" },
        edits: [{ kind: "setMapping", src: a, dst: b, rules: [expect.objectContaining({ morphology: "projector", multiplier: -2 })] }],
        changes: [{ what: "rules.0.multiplier", from: 1, to: -2 }],
      },
      {
        ...{ id: "physiology", kind: "changed", title: "Physiology" },
        edits: [{ kind: "updatePhysiology", simulationTimestep: 0.01 }],
        changes: [{ what: "simulationTimestep", from: 0.025, to: 0.01 }],
      },
      {
        ...{ id: "genome", kind: "changed", title: "Genome" },
        edits: [{ kind: "updateGenome", title: "Second" }],
        changes: [{ what: "title", from: "Untitled", to: "Second" }],
      },
    ]);
  });

  test("an added mapping needs its new areas and morphology, a removed area the mappings that go with it", () => {
    const without = load(genomeText({ cAreaA: {} }));
    const rules = { cAreaB: [["mine", [1, 1, 1], 1, false]] };
    const mine = { mine: { type: "vectors", parameters: { vectors: [[1, 0, 0]] } } };
    const having = load(genomeText({ cAreaA: { "cx-dstmap-d": rules }, cAreaB: {} }, { neuron_morphologies: mine }));
    const mapping = `mapping:${a}>${b}`;
    const added = diffGenomes(without, having);
    expect(added.find(({ id }) => id === mapping)?.needs).toEqual([`area:${b}`, "morphology:mine"]);
    expect(editsOfHunks(added, [mapping]).map(({ kind }) => kind)).toEqual(["setMorphology", "createArea", "setMapping"]);
    const removed = diffGenomes(having, without);
    expect(removed.find(({ id }) => id === `area:${b}`)?.needs).toEqual([mapping]);
    expect(removed.find(({ id }) => id === "morphology:mine")?.needs).toEqual([mapping]);
    expect(
      editsOfHunks(
        removed,
        removed.map(({ id }) => id),
      ).map(({ kind }) => kind),
    ).toEqual(["setMapping", "removeArea", "removeMorphology"]);
    expect(() => editsOfHunks(added, ["area:none"])).toThrow(expect.objectContaining({ code: "E_NOT_FOUND" }));
  });

  test("an area that changed nothing but its id is renamed; with two candidates it is another area", () => {
    const toA = { "cx-__name-t": "Twin", "cx-dstmap-d": { cAreaA: [["projector", [1, 1, 1], 1, false]] } };
    const from = load(genomeText({ cAreaA: {}, cAreaB: toA }));
    const renamed = diffGenomes(from, load(genomeText({ cAreaA: {}, cAreaC: toA })));
    expect(renamed.map(({ edits, inverse }) => [edits, inverse])).toEqual([
      [[{ kind: "changeAreaId", area: b, to: c }], [{ kind: "changeAreaId", area: c, to: b }]],
    ]);
    const doubled = diffGenomes(from, load(genomeText({ cAreaA: {}, cAreaC: toA, cAreaD: toA })));
    expect(doubled.filter(({ id }) => id.startsWith("area:")).map(({ kind }) => kind)).toEqual(["added", "added", "removed"]);
  });

  test("regions are known by their place in the tree where FEAGI gave them new ids", () => {
    const { text } = feagiRegions("0198f000-0000-7000-8000-00000000000");
    expect(diffGenomes(load(text), load(feagiRegions("0198f111-0000-7000-8000-00000000000").text))).toEqual([]);
  });

  test("what no edit can change is shown, and says so", () => {
    const rules = (weight: number) => ({ "cx-dstmap-d": { nowhr_: [["projector", [1, 1, 1], weight, false]] } });
    const from = load(genomeText({ cAreaA: rules(1) }, { modulators: { dopamine: 1 } }));
    const hunks = diffGenomes(from, load(genomeText({ cAreaA: rules(2) }, { modulators: { dopamine: 2 }, timestamp: 7, genome_id: "x" })));
    expect(hunks.map(({ edits, changes }) => ({ edits, changes }))).toEqual([
      { edits: [], changes: [{ what: "rules.0.multiplier", from: 1, to: 2, shownOnly: true }] },
      { edits: [], changes: [{ what: "extras.modulators", from: { dopamine: 1 }, to: { dopamine: 2 }, shownOnly: true }] },
    ]);
  });

  test("an area keeps its kind under its id, and a core morphology its definition", () => {
    const memory = { "cx-subgrp-t": "MEMORY", "cx-mem__t-i": 7 };
    const core = { projector: { type: "vectors", class: "core", parameters: { vectors: [] } } };
    const hunks = diffGenomes(load(genomeText({ cAreaA: {} })), load(genomeText({ cAreaA: memory }, { neuron_morphologies: core })));
    const shown = hunks.flatMap(({ changes }) => changes.filter(({ shownOnly }) => shownOnly).map(({ what }) => what));
    expect(shown).toEqual(["type", "vectors", "kind", "properties.cortical_group", "properties.sub_group_id"]);
    expect(all(hunks)).toEqual([
      {
        kind: "updateArea",
        area: a,
        parameters: { longtermMemoryThreshold: 7, lifespanGrowthRate: 1, initialLifespan: 9 },
      },
    ]);
  });

  test("composites come after what they map by, and go before it", () => {
    const steps = {
      src_seed: [1, 1, 1],
      src_pattern: [
        [1, 0],
        [1, 0],
        [1, 0],
      ],
    };
    const composite = (mapper: string) => ({ type: "composite", parameters: { ...steps, mapper_morphology: mapper } });
    const mine = { outer: composite("inner"), inner: composite("vector"), vector: { type: "vectors", parameters: { vectors: [] } } };
    const [without, having] = [load(genomeText({})), load(genomeText({}, { neuron_morphologies: mine }))];
    const outer = editsOfHunks(diffGenomes(without, having), ["morphology:outer"]);
    expect(outer.map((edit) => edit.kind === "setMorphology" && edit.morphology.id)).toEqual(["vector", "inner", "outer"]);
    const vector = editsOfHunks(diffGenomes(having, without), ["morphology:vector"]);
    expect(vector.map((edit) => edit.kind === "removeMorphology" && edit.id)).toEqual(["outer", "inner", "vector"]);
  });
});

const [a, b, c] = ["cAreaA__", "cAreaB__", "cAreaC__"].map(encodeId) as [string, string, string];

function feagiRegions(stem: string): { text: string } {
  const region = (id: string, name: string, areas: string[], parent?: string) => [
    id,
    { name, cortical_areas: areas, properties: { parent_region_id: parent, designated_inputs: areas.slice(0, 1) } },
  ];
  const tree = [region(`${stem}0`, "Root Brain Region", []), region(`${stem}1`, "Circuit", [a], `${stem}0`)];
  const nested = [...tree, region(`${stem}2`, "Inner", [b], `${stem}1`)];
  return { text: genomeText({ cAreaA: {}, cAreaB: {} }, { brain_regions: Object.fromEntries(nested) }) };
}
