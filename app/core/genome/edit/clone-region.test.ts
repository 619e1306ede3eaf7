import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { CorticalId, MappingRule, Vec3 } from "#contracts/connectome.ts";
import { grown } from "../../development/grow.ts";
import { regionsOf } from "../../development/regions.ts";
import { A, B, idOf, MEMORY, switchedGenome } from "../../development/testing/switched.ts";
import type { Genome } from "../genome.ts";
import { parseGenome } from "../parse.ts";
import { applyGenomeEdits } from "./apply.ts";
import { createClassifierEdits } from "./classifiers.ts";
import { cloneRegion } from "./clone-region.ts";
import { freshRegionId } from "./fresh-ids.ts";
import { twinEdits, twinId } from "./twins.ts";

function load(name: string): Genome {
  const parsed = parseGenome(readFileSync(new URL(`../../../../resources/genomes/${name}.json`, import.meta.url), "utf8"));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.genome;
}
const below = (genome: Genome) => [...regionsOf(genome).values()].find(({ parent }) => parent !== null)!;

/** Neurons of areas, and synapses of mappings, with both ends in the region. */
function inside(genome: Genome, region: string) {
  const connectome = grown(genome);
  const own = new Set<CorticalId>(connectome.regions.get(region)!.areas);
  const areas = [...connectome.areas.values()].filter(({ id, kind }) => own.has(id) && (kind === "custom" || kind === "memory"));
  const ids = new Set(areas.map(({ id }) => id));
  const mappings = connectome.mappings.filter(({ src, dst }) => ids.has(src) && ids.has(dst));
  return {
    areas: areas.length,
    neurons: areas.reduce((sum, { neurons }) => sum + neurons, 0),
    mappings: mappings.length,
    synapses: mappings.map(({ synapses }) => synapses).sort((a, b) => a - b),
  };
}

test.each(["vision", "learning", "tunnel", "gesture", "essential", "pong"])("what grows in a region of %s grows in its clone", (name) => {
  const before = load(name);
  const source = below(before);
  const { id, edits, areas, mappings, leftOut, border } = cloneRegion(before, source.id, { name: "Twice" });
  const after = applyGenomeEdits(before, edits);
  const original = inside(before, source.id);
  expect(inside(after, id)).toEqual(original);
  expect(inside(after, source.id)).toEqual(original);
  expect([areas, after.areas.size]).toEqual([original.areas, before.areas.size + original.areas]);
  expect(mappings).toBe(original.mappings);
  expect(leftOut.map((one) => before.areas.get(one)!.kind).filter((kind) => kind === "custom" || kind === "memory")).toEqual([]);
  const ofSource = new Set(source.areas.filter((one) => !leftOut.includes(one)));
  const all = [...before.areas].flatMap(([src, one]) => [...one.mappings.keys()].map((dst) => [src, dst] as const));
  expect(border).toBe(all.filter(([src, dst]) => ofSource.has(src) !== ofSource.has(dst)).length);
});

test("the clone stands beside its source, as a whole and clear of every area", () => {
  const before = load("vision");
  const source = below(before);
  const { id, edits } = cloneRegion(before, source.id, { name: "Twice" });
  const after = applyGenomeEdits(before, edits);
  const clones = after.regions.get(id)!.areas.map((one) => after.areas.get(one)!);
  const offsets = clones.map(({ name, position }) => {
    const original = [...before.areas.values()].find((one) => name === `${one.name} (Twice)`)!;
    return position.map((coordinate, axis) => coordinate - original.position[axis]!);
  });
  expect(new Set(offsets.map(String)).size).toBe(1);
  expect(offsets[0]).toEqual([expect.any(Number), 0, 0]);
  for (const a of clones) {
    for (const b of after.areas.values()) {
      const [p, q] = [a.position, b.position];
      const overlaps = [0, 1, 2].every((i) => p[i]! < q[i]! + b.dimensions[i]! && q[i]! < p[i]! + a.dimensions[i]!);
      expect(overlaps && !clones.includes(b), `${a.name} and ${b.name}`).toBe(false);
    }
  }
  const placed = applyGenomeEdits(before, cloneRegion(before, source.id, { name: "Twice", position: [500, 20, -7] }).edits);
  const corner = [0, 1, 2].map((axis) => Math.min(...placed.regions.get(id)!.areas.map((one) => placed.areas.get(one)!.position[axis]!)));
  expect(corner).toEqual([500, 20, -7]);
});

test("regions inside come along, and what a region designates is designated in its clone", () => {
  const plain = load("vision");
  const source = below(plain);
  const [first, second] = source.areas as [CorticalId, CorticalId];
  const child = freshRegionId(plain, "Inner");
  const before = applyGenomeEdits(plain, [
    { kind: "createRegion", id: child, name: "Inner", parent: source.id },
    { kind: "moveArea", area: first, region: child },
    { kind: "updateRegion", id: source.id, designatedInputs: [second] },
  ]);
  const { id, edits } = cloneRegion(before, source.id, { name: "Twice" });
  const after = applyGenomeEdits(before, edits);
  const inner = [...after.regions.values()].find(({ parent }) => parent === id)!;
  const name = (area: CorticalId) => after.areas.get(area)!.name;
  expect([inner.name, inner.areas.map(name)]).toEqual(["Inner (Twice)", [`${name(first)} (Twice)`]]);
  expect(after.regions.get(id)!.designatedInputs.map(name)).toEqual([`${name(second)} (Twice)`]);
});

test("what the clone's name adds to its source's is added to names inside, with a number where they are taken", () => {
  const plain = load("vision");
  const source = below(plain);
  const [first, second] = source.areas as [CorticalId, CorticalId];
  const before = applyGenomeEdits(plain, [
    { kind: "updateArea", area: first, name: "Eye" },
    { kind: "updateArea", area: second, name: "Eye copy" },
  ]);
  const { id, edits } = cloneRegion(before, source.id, { name: `${source.name} copy` });
  const after = applyGenomeEdits(before, edits);
  const names = after.regions.get(id)!.areas.map((one) => after.areas.get(one)!.name);
  expect(names).toEqual(expect.arrayContaining(["Eye copy 2", "Eye copy copy"]));
});

test("a memory in the clone replays on a twin of its own", () => {
  const rule: MappingRule = {
    ...{ morphology: "episodic_memory", scalar: [1, 1, 1], multiplier: 1, plastic: false, plasticityConstant: 0 },
    ...{ ltpMultiplier: 0, ltdMultiplier: 0, plasticityWindow: 0, delayBursts: 1, attractivity: 100 },
  };
  const plain = switchedGenome({ [A]: { size: [5, 2, 1], to: { [B]: [{}] } }, [B]: {}, [MEMORY]: { size: [1, 1, 1] } });
  const [eye, memory] = [idOf(A), idOf(MEMORY)];
  const before = applyGenomeEdits(plain, [
    { kind: "setMapping", src: eye, dst: memory, rules: [rule] },
    ...twinEdits(plain, eye, memory, [rule]),
  ]);
  const source = below(before);
  const { id, edits, leftOut } = cloneRegion(before, source.id, { name: "Twice" });
  const after = applyGenomeEdits(before, edits);
  const clones = after.regions.get(id)!.areas.map((one) => after.areas.get(one)!);
  const found = (name: string) => clones.find((one) => one.name === `${before.areas.get(name)!.name} (Twice)`)!;
  const twin = twinId(found(memory).id, found(eye).id);
  expect(leftOut).toEqual([]);
  expect(after.areas.get(twin)?.properties).toMatchObject({ memory_twin_of: found(eye).id, memory_twin_for: found(memory).id });
  expect(found(memory).properties.memory_twin_areas).toEqual({ [found(eye).id]: twin });
  expect([...found(memory).mappings.keys()]).toEqual([twin]);
});

test("what makes a classifier stays with it", () => {
  const plain = load("vision");
  const source = below(plain);
  const classifier = { id: "judge", name: "Judge", parent: source.id, position: [0, 50, 0] as Vec3 };
  const before = applyGenomeEdits(plain, createClassifierEdits(plain, classifier));
  const { edits, leftOut, border } = cloneRegion(before, source.id, { name: "Twice" });
  const after = applyGenomeEdits(before, edits);
  expect(leftOut.map((id) => before.areas.get(id)!.name)).toEqual([
    ...["Judge sample memory", "Judge class memory", "Judge error", "Judge correct"],
  ]);
  expect([after.classifiers.size, border]).toEqual([1, cloneRegion(plain, source.id, { name: "Twice" }).border]);
});

test("the root and what is no region are refused", () => {
  const genome = load("vision");
  const root = [...genome.regions.values()].find(({ parent }) => parent === null)!;
  expect(() => cloneRegion(genome, root.id, { name: "Twice" })).toThrow(expect.objectContaining({ code: "E_CONFLICT" }));
  expect(() => cloneRegion(genome, "nowhere", { name: "Twice" })).toThrow(expect.objectContaining({ code: "E_NOT_FOUND" }));
});
