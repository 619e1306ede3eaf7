import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AreaParametersPatch, Vec3 } from "#contracts/connectome.ts";
import { grown } from "../development/grow.ts";
import { parseGenome } from "../genome/parse.ts";
import type { Connectome } from "./connectome.ts";
import { applyDiff, diffOfAreaEdit, genomeAfter, invert, needsRebuild } from "./diff.ts";
import { parameterEdits } from "./testing/parameter-edits.ts";

const probe = connectomeOf("../genome/golden/probe-edits.json");
const essential = connectomeOf("../../../resources/genomes/essential.json");

function connectomeOf(path: string): Connectome {
  const parsed = parseGenome(readFileSync(new URL(path, import.meta.url), "utf8"));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return grown(parsed.genome);
}

const named = (connectome: Connectome, name: string) => [...connectome.areas.values()].find((area) => area.name === name)!;

/** All that a diff must restore. The document text may keep an added key or area behind, with the value it had before. */
const content = ({ genome, ...rest }: Connectome) => ({
  ...rest,
  genes: [...genome.areas.values()]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ id, name, position, dimensions, parameters }) => ({
      id,
      name,
      position,
      dimensions,
      parameters,
    })),
});

const parameters: fc.Arbitrary<AreaParametersPatch> = fc.record(parameterEdits, { requiredKeys: [] });
const edits = fc.record(
  {
    name: fc.string({ minLength: 1 }),
    position: fc.tuple(fc.integer({ min: -999, max: 999 }), fc.nat(99), fc.nat(99)) as fc.Arbitrary<Vec3>,
    parameters,
  },
  { requiredKeys: [] },
);

describe("an edit and its inverse", () => {
  test("leave a connectome as it was", () => {
    fc.assert(
      fc.property(fc.constantFrom(...probe.areas.keys()), edits, (id, edit) => {
        const diff = diffOfAreaEdit(probe, { id, ...edit });
        expect(content(applyDiff(applyDiff(probe, diff), invert(diff)))).toEqual(content(probe));
      }),
      { seed: 1, numRuns: 60 },
    );
  });

  test("are plain data: a diff read back from an event does the same", () => {
    fc.assert(
      fc.property(edits, (edit) => {
        const diff = diffOfAreaEdit(probe, { id: named(probe, "A").id, ...edit });
        expect(JSON.parse(JSON.stringify(diff))).toEqual(diff);
        expect(invert(invert(diff))).toEqual(diff);
      }),
      { seed: 1, numRuns: 40 },
    );
  });
});

describe("an edit of an area", () => {
  const a = named(probe, "A");

  test("reaches area, genome and image as a growth from the edited genome would", () => {
    const diff = diffOfAreaEdit(probe, {
      id: a.id,
      name: "A2",
      position: [1, 2, 3],
      parameters: {
        firingThreshold: 7,
        firingThresholdIncrement: [1, 0, 0],
        postsynapticCurrent: 55,
        excitability: 40,
        leak: 0.25,
        degeneration: 1,
      },
    });
    const edited = applyDiff(probe, diff);
    const regrown = grown(edited.genome);
    expect(named(edited, "A2")).toEqual(named(regrown, "A2"));
    expect(edited.image).toEqual(regrown.image);
    expect([...edited.image.synapses.psp.slice(0, 12)]).toEqual(Array(12).fill(55));
  });

  test("shares what it does not change", () => {
    const edited = applyDiff(probe, diffOfAreaEdit(probe, { id: a.id, parameters: { leak: 0.5 } }));
    expect(edited.image.neurons.leak).not.toBe(probe.image.neurons.leak);
    expect(edited.image.neurons.threshold).toBe(probe.image.neurons.threshold);
    expect(edited.image.synapses).toBe(probe.image.synapses);
    expect(edited.areas.get(named(probe, "B").id)).toBe(named(probe, "B"));
    expect(applyDiff(probe, diffOfAreaEdit(probe, { id: a.id, name: "A2" })).image).toBe(probe.image);
  });

  test("holds only what changes, and nothing when nothing does", () => {
    expect(
      diffOfAreaEdit(probe, { id: a.id, name: "A", position: a.position, parameters: { leak: 0.5, pspUniform: a.parameters.pspUniform } }),
    ).toEqual({
      group: "Change parameters of A",
      areas: [{ id: a.id, from: { parameters: { leak: a.parameters.leak } }, to: { parameters: { leak: 0.5 } } }],
    });
    expect(diffOfAreaEdit(probe, { id: a.id, name: "A", dimensions: a.dimensions }).areas).toEqual([]);
  });

  test("of an area that is not there, or with a number no engine can hold, is refused", () => {
    expect(() => diffOfAreaEdit(probe, { id: "Y1hYWFhYWFg=" })).toThrow(expect.objectContaining({ code: "E_NOT_FOUND" }));
    expect(() => diffOfAreaEdit(probe, { id: a.id, parameters: { firingThreshold: 1e300 } })).toThrow(
      expect.objectContaining({ code: "E_INVALID" }),
    );
  });

  test("keeps a value outside the edit ranges for undo", () => {
    const power = [...essential.areas.values()].find(({ idText }) => idText === "___power")!;
    const strange = {
      ...essential,
      areas: new Map(essential.areas).set(power.id, { ...power, parameters: { ...power.parameters, leak: 10 } }),
    };
    const diff = diffOfAreaEdit(strange, { id: power.id, parameters: { leak: 0.5 } });
    expect(applyDiff(applyDiff(strange, diff), invert(diff)).areas.get(power.id)!.parameters.leak).toBe(10);
  });
});

describe("a change of size", () => {
  const b = named(probe, "B");
  const diff = diffOfAreaEdit(probe, { id: b.id, dimensions: [6, 3, 1] });

  test("asks for a rebuild, which grows what FEAGI grew, and its inverse grows the old brain again", () => {
    expect(needsRebuild(diff)).toBe(true);
    const resized = grown(genomeAfter(probe.genome, diff));
    expect(resized.mappings.map(({ synapses }) => synapses)).toEqual([18, 15, 4]);
    const back = grown(genomeAfter(resized.genome, invert(diff)));
    expect(content(back)).toEqual(content(probe));
    expect(back.genome.source).toBe(probe.genome.source);
  });

  test("cannot be applied in place", () => {
    expect(() => applyDiff(probe, diff)).toThrow(/rebuild/);
  });
});
