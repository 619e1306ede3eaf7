import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { operatorNames } from "#contracts/evolution.ts";
import type { Genome } from "../genome/genome.ts";
import { parseGenome } from "../genome/parse.ts";
import { writeGenome } from "../genome/save.ts";
import { generatedGenomes } from "../genome/testing/generated-genome.ts";
import { validateGenome } from "../genome/validate.ts";
import { copyOf } from "./copy.ts";
import { drawOf } from "./draw.ts";
import { applyOperator, mutated } from "./mutate.ts";
import { operators, type Scope } from "./operators.ts";
import { beatText } from "./testing/little-experiment.ts";

const everything: Scope = { open: () => true, kept: () => false };
const nothingKept = { isKept: () => false };
const some = fc.record({ genome: generatedGenomes, seed: fc.nat(999) });

function parsed(text: string): Genome {
  const result = parseGenome(text);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.genome;
}

/** What a genome says, in the form that growth reads. */
const contentOf = ({ areas, morphologies, physiology, regions }: Genome) => ({
  areas: [...areas.values()].map(({ id, name, kind, dimensions, position, neuronsPerVoxel, parameters, mappings }) => {
    return { id, name, kind, dimensions, position, neuronsPerVoxel, parameters, mappings: [...mappings] };
  }),
  morphologies: [...morphologies],
  physiology,
  regions: [...regions.values()].map(({ id, areas }) => ({ id, areas })),
});

describe("all operators, one after another on any genome,", () => {
  test("give a genome that reads back as it was meant, with no error its parent has not", () => {
    fc.assert(
      fc.property(some, ({ genome: { text }, seed }) => {
        const draft = copyOf(parsed(text));
        for (const name of operatorNames) applyOperator(draft, name, { settings: {}, ...nothingKept }, drawOf(`${seed}/${name}`));
        const written = writeGenome(draft, "feagi-3");
        expect(contentOf(parsed(written))).toEqual(contentOf(draft));
        const before = new Set(validateGenome(text).errors.map(({ code }) => code));
        const added = validateGenome(written).errors.filter(({ code }) => !before.has(code));
        expect(added).toEqual([]);
      }),
      { numRuns: 50, seed: 1 },
    );
  });

  test("leave their parent alone and do the same again for the same draw", () => {
    fc.assert(
      fc.property(some, ({ genome: { text }, seed }) => {
        const parent = parsed(text);
        const settings = Object.fromEntries(operatorNames.map((name) => [name, { rate: 0.5, strength: 1 }]));
        const twins = [0, 1].map(() => mutated(parent, { settings, ...nothingKept }, drawOf(`${seed}`)));
        expect(writeGenome(twins[0]!.genome, "feagi-3")).toBe(writeGenome(twins[1]!.genome, "feagi-3"));
        expect(contentOf(parent)).toEqual(contentOf(parsed(text)));
      }),
      { numRuns: 25, seed: 2 },
    );
  });

  test("keep numbers within their bounds, and whole ones whole, however strong they are", () => {
    const numeric = operatorNames.filter((name) => operators[name].kind === "number");
    fc.assert(
      fc.property(generatedGenomes, fc.constantFrom(...numeric), fc.nat(999), ({ text }, name, seed) => {
        const operator = operators[name];
        if (operator.kind !== "number") throw new Error(name);
        const genome = copyOf(parsed(text));
        const before = operator.cells(genome, everything).map(({ value }) => value);
        const change = applyOperator(genome, name, { settings: {}, ...nothingKept, strength: 1e6 }, drawOf(`${seed}`));
        const after = operator.cells(genome, everything).map(({ value }) => value);
        const moved = after.filter((value, i) => value !== before[i]);
        expect(moved).toHaveLength(change === null ? 0 : 1);
        for (const value of moved) {
          expect(value).toBeGreaterThanOrEqual(operator.min);
          expect(value).toBeLessThanOrEqual(operator.max);
          if (operator.whole) expect(value).toBe(Math.round(value));
        }
      }),
      { numRuns: 60, seed: 3 },
    );
  });
});

describe("an experiment says where and how far", () => {
  const beat = parsed(beatText());
  const named = (genome: Genome, name: string) => [...genome.areas.values()].find((area) => area.name === name)!;

  test("its own bounds are kept, and only its areas change", () => {
    const settings = { refractoryPeriod: { rate: 1, strength: 9, min: 3, max: 5, areas: ["Echo"] } };
    for (let seed = 0; seed < 50; seed++) {
      const { genome, changes } = mutated(beat, { settings, ...nothingKept }, drawOf(`${seed}`));
      const { refractoryPeriod } = named(genome, "Echo").parameters;
      expect(changes).toEqual([`refractoryPeriod of Echo: ${refractoryPeriod}`]);
      expect([3, 4, 5]).toContain(refractoryPeriod);
      expect(named(genome, "Beat").parameters.refractoryPeriod).toBe(0);
    }
  });

  test("a child in which no operator was drawn gets one all the same", () => {
    const { changes } = mutated(beat, { settings: { leak: { rate: 1e-9, strength: 0.3 } }, ...nothingKept }, drawOf("any"));
    expect(changes).toHaveLength(1);
  });

  test("an area the experiment speaks of is not removed; another goes with all that led to it", () => {
    const isKept = ({ name }: { name: string }) => name !== "Echo";
    const settings = { removeArea: { rate: 1, strength: 1 } };
    const { genome, changes } = mutated(beat, { settings, isKept }, drawOf("1"));
    expect(changes).toEqual(["removeArea Echo"]);
    expect(named(genome, "Beat").mappings.size).toBe(0);
    expect(mutated(genome, { settings, isKept }, drawOf("2")).changes).toEqual([]);
  });

  test("a duplicated area is driven and drives as the one it came from", () => {
    const { genome } = mutated(beat, { settings: { addArea: { rate: 1, strength: 1, areas: ["Beat"] } }, ...nothingKept }, drawOf("1"));
    const [original, twin] = [named(genome, "Beat"), named(genome, "Beat 2")];
    expect([...twin.mappings]).toEqual([...original.mappings]);
    expect([...named(genome, "Power").mappings.keys()]).toEqual([original.id, twin.id]);
    expect(validateGenome(writeGenome(genome, "feagi-3")).errors).toEqual([]);
  });
});
