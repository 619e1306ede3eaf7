import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { genomeDialects } from "#contracts/genome.ts";
import { Hunk } from "#contracts/genome-edit.ts";
import type { Genome } from "./genome.ts";
import { editsOfHunks } from "./hunks.ts";
import { parseGenome } from "./parse.ts";
import { writeGenome } from "./save.ts";
import { diffGenomes } from "./structural-diff.ts";
import { applyToTypedGenome } from "./testing/apply-edits.ts";
import { generatedGenomes } from "./testing/generated-genome.ts";

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
        const left = new Set(
          diffGenomes(reached, to)
            .filter((hunk) => editable([hunk]).length > 0)
            .map(({ id }) => id),
        );
        for (const id of chosen) expect(left).not.toContain(id);
      }),
      settings,
    );
  });
});
