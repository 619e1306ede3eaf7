import fc from "fast-check";
import { expect, test } from "vitest";
import type { Genome } from "../genome/genome.ts";
import { parseGenome } from "../genome/parse.ts";
import { writeGenome } from "../genome/save.ts";
import { generatedGenomes } from "../genome/testing/generated-genome.ts";
import { genomeText } from "../genome/testing/small-genome.ts";
import { aligned, crossed } from "./cross.ts";
import { drawOf } from "./draw.ts";
import { genomeDistance, speciesOf } from "./species.ts";
import { beatText, to } from "./testing/little-experiment.ts";

function parsed(text: string): Genome {
  const result = parseGenome(text);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.genome;
}

const pair = fc.tuple(generatedGenomes, generatedGenomes, fc.nat(999));

test("no mapping of a child leads to an area that is not there, and it reads back whole", () => {
  fc.assert(
    fc.property(pair, ([one, other, seed]) => {
      const [first, second] = [parsed(one.text), parsed(other.text)];
      const child = crossed(first, second, () => false, drawOf(`${seed}`));
      for (const area of child.areas.values()) {
        for (const destination of area.mappings.keys()) expect(child.areas.has(destination)).toBe(true);
        for (const { morphology } of [...area.mappings.values()].flat()) {
          if (!child.morphologies.has(morphology))
            expect(first.morphologies.has(morphology) && second.morphologies.has(morphology)).toBe(false);
        }
      }
      const written = parsed(writeGenome(child, "feagi-3"));
      expect([...written.areas.keys()].sort()).toEqual([...child.areas.keys()].sort());
    }),
    { numRuns: 50, seed: 1 },
  );
});

test("an area has its parameters whole from one parent, and so has each mapping its rules", () => {
  fc.assert(
    fc.property(pair, ([one, other, seed]) => {
      const [first, second] = [parsed(one.text), parsed(other.text)];
      const child = crossed(first, second, () => true, drawOf(`${seed}`));
      const pairs = aligned(first, second);
      for (const [id, area] of child.areas) {
        const [ours, theirs] = [first.areas.get(id), pairs.get(id) ?? second.areas.get(id)];
        expect([ours?.parameters, theirs?.parameters]).toContainEqual(area.parameters);
        for (const rules of area.mappings.values()) {
          expect([...(ours?.mappings.values() ?? []), ...(theirs?.mappings.values() ?? [])]).toContainEqual(rules);
        }
      }
      for (const id of first.areas.keys()) expect(child.areas.has(id)).toBe(true);
    }),
    { numRuns: 50, seed: 2 },
  );
});

test("areas are the same by id, or else by name; mappings are translated to the ids of the first", () => {
  const first = parsed(beatText());
  const second = parsed(
    genomeText({ c_beat__: { "cx-__name-t": "Renamed", ...to("c_other_", "projector") }, c_other_: { "cx-__name-t": "Echo" } }),
  );
  const idOf = (name: string) => [...first.areas.values()].find((area) => area.name === name)!.id;
  const pairs = aligned(first, second);
  expect(pairs.get(idOf("Beat"))?.name).toBe("Renamed");
  expect(pairs.get(idOf("Echo"))?.idText).toBe("c_other_");
  const morphologies = new Set<string | undefined>();
  for (let seed = 0; seed < 30; seed++) {
    const child = crossed(first, second, () => false, drawOf(`${seed}`));
    expect([...child.areas.values()].filter(({ kind }) => kind === "custom").map(({ name }) => name)).toEqual(["Beat", "Echo"]);
    morphologies.add(child.areas.get(idOf("Beat"))!.mappings.get(idOf("Echo"))?.[0]?.morphology);
  }
  expect([...morphologies].sort()).toEqual(["block_to_block", "projector"]);
});

test("a genome is at no distance from itself; what differs more is further, and of another species", () => {
  const [same, near, far] = [beatText(), beatText({ "nx-refrac-i": 3 }), genomeText({ c_new___: { "cx-__name-t": "New" } })].map(parsed);
  expect(genomeDistance(same!, same!)).toBe(0);
  expect(genomeDistance(same!, near!)).toBeGreaterThan(0);
  expect(genomeDistance(same!, far!)).toBeGreaterThan(genomeDistance(same!, near!));
  expect(genomeDistance(far!, same!)).toBeCloseTo(genomeDistance(same!, far!), 12);
  expect(speciesOf([same!, near!, far!, same!], genomeDistance(same!, near!))).toEqual([0, 0, 1, 0]);
});
