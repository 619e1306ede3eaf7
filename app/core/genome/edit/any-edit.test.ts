/** Any edit of any genome: of generated ones in every dialect and of those that come with Gyrus. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { GenomeEdit, GenomeEditKind } from "#contracts/genome-edit.ts";
import type { Genome } from "../genome.ts";
import { type JsonNode, plainValue, readJson } from "../json.ts";
import { parseGenome } from "../parse.ts";
import { saveGenome } from "../save.ts";
import { Choices, editCases, meaningOf, regionsIn } from "../testing/edit-cases.ts";
import { generatedGenomes } from "../testing/generated-genome.ts";
import { applyGenomeEdits } from "./apply.ts";

const names = [
  ...["barebones", "blender-keyframe", "brightness", "essential", "gesture", "learning", "mujoco-joints", "pioneer2"],
  ...["pong", "test", "tunnel", "vision"],
];
const read = (name: string) => readFileSync(new URL(`../../../../resources/genomes/${name}.json`, import.meta.url), "utf8");
function load(text: string): Genome {
  const parsed = parseGenome(text);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.genome;
}

/** Values that mean the same before and after, at the same path, have the same bytes. */
function expectSameSpelling(before: string, after: string): void {
  const walk = (a: JsonNode, b: JsonNode) => {
    const [textA, textB] = [before.slice(a.start, a.end), after.slice(b.start, b.end)];
    if (textA === textB) return;
    if (a.kind === "object" && b.kind === "object") {
      for (const [key, value] of a.members) if (b.members.has(key)) walk(value, b.members.get(key)!);
    } else if (a.kind === "array" && b.kind === "array") {
      a.items.forEach((item, i) => {
        if (b.items[i]) walk(item, b.items[i]);
      });
    } else expect(plainValue(a)).not.toEqual(plainValue(b));
  };
  walk(readJson(before), readJson(after));
}

function check(genome: Genome, kind: GenomeEditKind, numbers: readonly number[]): boolean {
  const one = editCases[kind](genome, new Choices(numbers));
  if (!one) return false;
  const edited = applyGenomeEdits(genome, [one.edit]);
  // Regions are written where the edit needs them.
  const regions = edited.regions.size === 0 ? [] : regionsIn(genome);
  const expected = meaningOf(genome, regions);
  one.change(expected);
  expect(meaningOf(edited, [...edited.regions.values()])).toEqual(expected);
  expectSameSpelling(genome.source, edited.source);
  expect(saveGenome(load(saveGenome(edited)))).toBe(edited.source);
  const undone = applyGenomeEdits(edited, one.undo(genome, edited));
  expect(meaningOf(undone, [...undone.regions.values()])).toEqual(meaningOf(genome, undone.regions.size === 0 ? [] : regionsIn(genome)));
  return true;
}

/**
 * Where several regions are called as the root is, which of them is the root depends on all; where an id stands in two spellings, what
 * the second one becomes depends on the first.
 */
const isUnambiguous = ({ regions, source }: Genome) =>
  [...regions.values()].filter(({ name }) => name === "Root Brain Region").length <= 1 &&
  !(source.includes("iic400") && source.includes("aXN2aUkAAAA="));

const numbers = fc.array(fc.nat(9999), { minLength: 12, maxLength: 12 });

describe.each(Object.keys(editCases) as GenomeEditKind[])("%s", (kind) => {
  test("changes what it says in any generated genome, and is taken back", () => {
    fc.assert(
      fc.property(generatedGenomes, numbers, ({ text }, choices) => {
        const genome = load(text);
        fc.pre(isUnambiguous(genome));
        check(genome, kind, choices);
      }),
      { numRuns: 15, seed: 7 },
    );
  });
});

test("edits made at once are the same as one after the other", () => {
  const kinds = Object.keys(editCases) as GenomeEditKind[];
  fc.assert(
    fc.property(
      generatedGenomes,
      fc.array(fc.tuple(fc.constantFrom(...kinds), numbers), { minLength: 2, maxLength: 6 }),
      ({ text }, steps) => {
        const genome = load(text);
        fc.pre(isUnambiguous(genome));
        const edits: GenomeEdit[] = [];
        let stepwise = genome;
        for (const [kind, choices] of steps) {
          const one = editCases[kind](stepwise, new Choices(choices));
          if (!one) continue;
          edits.push(one.edit);
          stepwise = applyGenomeEdits(stepwise, [one.edit]);
        }
        const atOnce = applyGenomeEdits(genome, edits);
        expect(meaningOf(atOnce, [...atOnce.regions.values()])).toEqual(meaningOf(stepwise, [...stepwise.regions.values()]));
      },
    ),
    { numRuns: 20, seed: 7 },
  );
});

test.each(names.map((name, i) => [name, i] as const))("edits of %s change what they say, and are taken back", (name, i) => {
  const genome = load(read(name));
  const kinds = (Object.keys(editCases) as GenomeEditKind[]).filter((_, k) => k % 4 === i % 4);
  for (const kind of kinds) check(genome, kind, [i, 3, 8, 5, 2, 9, 4, 7, 1, 6, 11, 13]);
});
