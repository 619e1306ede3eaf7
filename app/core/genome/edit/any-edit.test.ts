/**
 * Any edit of any genome: of generated ones in every dialect and of those that come with Gyrus. Each kind of edit has, beside the edit
 * itself, what it does to a typed genome and what takes it back.
 */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CorticalId, MappingRule, Morphology, Vec3 } from "#contracts/connectome.ts";
import type { GenomeEdit, GenomeEditKind } from "#contracts/genome-edit.ts";
import { regionsOf } from "../../development/regions.ts";
import type { Genome, GenomeArea, GenomeRegion } from "../genome.ts";
import { type JsonNode, plainValue, readJson } from "../json.ts";
import { isCoreMorphology } from "../morphologies.ts";
import { parseGenome } from "../parse.ts";
import { saveGenome } from "../save.ts";
import { generatedGenomes } from "../testing/generated-genome.ts";
import { applyGenomeEdits } from "./apply.ts";
import { freshAreaId, freshRegionId } from "./fresh-ids.ts";
import { usersOf } from "./uses.ts";

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

/** What a genome is, by name: how it is written and in which order left out. Regions as they will be grown. */
interface Meaning {
  areas: Map<CorticalId, Omit<GenomeArea, "documentId" | "properties" | "added">>;
  regions: Map<string, Omit<GenomeRegion, "areas"> & { areas: Set<CorticalId> }>;
  rest: Pick<Genome, "id" | "title" | "description" | "physiology" | "morphologies">;
}
function meaningOf(genome: Genome, regions: readonly GenomeRegion[] = regionsIn(genome)): Meaning {
  const { areas, id, title, description, physiology, morphologies } = genome;
  return {
    areas: new Map([...areas].map(([key, { documentId: _d, properties: _p, added: _a, ...area }]) => [key, area])),
    regions: new Map(regions.map((region) => [region.id, { ...region, areas: new Set(region.areas) }])),
    rest: { id, title, description, physiology, morphologies: new Map(morphologies) },
  };
}
/** Its own, or those that development would make. */
function regionsIn(genome: Genome): GenomeRegion[] {
  if (genome.regions.size > 0) return [...genome.regions.values()];
  return [...regionsOf(genome).values()].map(({ id, name, parent, areas, position }) => ({
    ...{ id, name, parent, areas, position, position2d: [0, 0], description: "", designatedInputs: [], designatedOutputs: [] },
  }));
}

/** Answers questions with seeded choices. */
class Choices {
  readonly #numbers: readonly number[];
  #next = 0;
  constructor(numbers: readonly number[]) {
    this.#numbers = numbers;
  }
  below(count: number): number {
    const number = this.#numbers[this.#next++ % this.#numbers.length]!;
    return number % count;
  }
  of<T>(list: readonly T[]): T {
    return list[this.below(list.length)]!;
  }
  vector(): Vec3 {
    return [this.below(50), this.below(50) - 25, this.below(50)];
  }
}

interface Case {
  edit: GenomeEdit;
  undo: (before: Genome, after: Genome) => GenomeEdit[];
  change: (meaning: Meaning) => void;
}

const rule = (choices: Choices, genome: Genome): MappingRule => ({
  ...{ morphology: choices.of([...genome.morphologies.keys()]), scalar: [1, 1, 1], multiplier: choices.below(9) - 4 },
  ...{ plastic: choices.below(2) === 0, plasticityConstant: 1, ltpMultiplier: 0.5, ltdMultiplier: 2, plasticityWindow: 3 },
  ...{ delayBursts: 1 + choices.below(3), attractivity: choices.of([100, 100, 40]) },
  ...(choices.below(3) === 0 ? { extras: { note: "kept" } } : {}),
});
const areaOf = (meaning: Meaning, id: CorticalId) => meaning.areas.get(id)!;
const holder = (regions: Iterable<{ id: string; areas: Iterable<CorticalId> }>, id: CorticalId) =>
  [...regions].find(({ areas }) => [...areas].includes(id));
function forget(meaning: Meaning, id: CorticalId): void {
  for (const region of meaning.regions.values()) {
    region.areas.delete(id);
    region.designatedInputs = region.designatedInputs.filter((one) => one !== id);
    region.designatedOutputs = region.designatedOutputs.filter((one) => one !== id);
  }
}
function swap(meaning: Meaning, from: CorticalId, to: CorticalId): void {
  const swapped = (id: CorticalId) => (id === from ? to : id);
  for (const region of meaning.regions.values()) {
    region.areas = new Set([...region.areas].map(swapped));
    region.designatedInputs = region.designatedInputs.map(swapped);
    region.designatedOutputs = region.designatedOutputs.map(swapped);
  }
}
/** Membership is said where it was: an area in no region is of none again. */
const back = (before: Genome, area: CorticalId): GenomeEdit[] => {
  const home = holder(regionsIn(before), area);
  return home ? [{ kind: "moveArea", area, region: home.id }] : [];
};
const designated = (before: Genome): GenomeEdit[] =>
  [...before.regions.values()].map(({ id, designatedInputs, designatedOutputs }) => ({
    ...{ kind: "updateRegion", id, designatedInputs, designatedOutputs },
  }));
const mappingsWith = (genome: Genome, id: CorticalId): GenomeEdit[] =>
  [...genome.areas.values()].flatMap(({ id: src, mappings }) =>
    [...mappings].filter(([dst]) => src === id || dst === id).map(([dst, rules]) => ({ kind: "setMapping" as const, src, dst, rules })),
  );

/** Rules that lead nowhere can be taken away, and not be made again. */
const isWhole = (genome: Genome, { mappings }: GenomeArea) =>
  [...mappings].every(([dst, rules]) => genome.areas.has(dst) && rules.every(({ morphology }) => genome.morphologies.has(morphology)));
const known = (genome: Genome) =>
  [...genome.areas.values()].filter((area) => isWhole(genome, area) && !(area.added && area.kind === "modulator"));

/** One case of each kind; undefined where the genome has nothing to do it to. */
const cases: Record<GenomeEditKind, (genome: Genome, choices: Choices) => Case | undefined> = {
  updateArea(genome, choices) {
    const area = choices.of([...genome.areas.values()]);
    const values = {
      ...(choices.below(2) === 0 ? { name: `"${choices.below(99)}" \\` } : {}),
      ...(choices.below(2) === 0 ? { position: choices.vector() } : {}),
      ...(choices.below(2) === 0 ? { dimensions: [1 + choices.below(4), 1, 1 + choices.below(3)] as Vec3 } : {}),
      ...(choices.below(2) === 0 ? { neuronsPerVoxel: 1 + choices.below(3) } : {}),
      ...(choices.below(2) === 0 && area.position2d ? { position2d: [choices.below(9), -1] as [number, number] } : {}),
    };
    const parameters = {
      ...(choices.below(2) === 0 ? { firingThreshold: choices.below(100) / 8, snoozePeriod: choices.below(9) } : {}),
      ...(choices.below(2) === 0 ? { mpDrivenPsp: choices.below(2) === 0, refractoryPeriod: choices.below(9), temporalDepth: 2 } : {}),
      ...(choices.below(2) === 0 ? { firingThresholdIncrement: [0.5, 0, choices.below(3)] as Vec3 } : {}),
    };
    const { name, position, dimensions, neuronsPerVoxel } = area;
    return {
      edit: { kind: "updateArea", area: area.id, ...values, parameters },
      undo: () => [
        {
          ...{ kind: "updateArea", area: area.id, name, position, dimensions, neuronsPerVoxel, parameters: area.parameters },
          ...(area.position2d ? { position2d: area.position2d } : {}),
        },
      ],
      change: ({ areas }) => areas.set(area.id, { ...areas.get(area.id)!, ...values, parameters: { ...area.parameters, ...parameters } }),
    };
  },

  createArea(genome, choices) {
    const kind = choices.of(["custom", "memory"] as const);
    const name = choices.of(["New area", "é", "projector"]);
    const area = freshAreaId(genome, name, kind);
    const region = choices.of([...meaningOf(genome).regions.values()]).id;
    const dimensions: Vec3 = [1 + choices.below(4), 2, 3];
    const properties = choices.of([undefined, { synapse_attractivity: 40, colour: { r: 1 } }]);
    return {
      edit: {
        kind: "createArea",
        area,
        areaKind: kind,
        region,
        name,
        dimensions,
        parameters: { leak: 0.25 },
        ...(properties ? { properties } : {}),
      },
      undo: () => [{ kind: "removeArea", area }],
      change: (meaning) => {
        const made = expect.objectContaining({ id: area, kind, name, dimensions, parameters: expect.objectContaining({ leak: 0.25 }) });
        meaning.areas.set(area, made);
        meaning.regions.get(region)!.areas.add(area);
      },
    };
  },

  removeArea(genome, choices) {
    const own = known(genome).filter(({ id, kind, added, extras = {} }) => {
      if (Object.values(extras).includes(null)) return false;
      const sources = [...genome.areas.values()].filter(({ mappings }) => mappings.has(id));
      return kind !== "core" && !added && sources.every((source) => isWhole(genome, source));
    });
    if (own.length === 0) return undefined;
    const { id } = choices.of(own);
    return {
      edit: { kind: "removeArea", area: id },
      undo: (before) => {
        const { kind, name, position, position2d, dimensions, neuronsPerVoxel, parameters, extras } = before.areas.get(id)!;
        const values = { name, position, dimensions, neuronsPerVoxel, parameters, ...(position2d ? { position2d } : {}) };
        const create: GenomeEdit = { kind: "createArea", area: id, areaKind: kind, ...values, ...(extras ? { properties: extras } : {}) };
        return [create, ...mappingsWith(before, id), ...back(before, id), ...designated(before)];
      },
      change: (meaning) => {
        meaning.areas.delete(id);
        for (const [key, area] of meaning.areas) {
          meaning.areas.set(key, { ...area, mappings: new Map([...area.mappings].filter(([dst]) => dst !== id)) });
        }
        forget(meaning, id);
      },
    };
  },

  changeAreaId(genome, choices) {
    const own = [...genome.areas.values()].filter(({ kind, added }) => kind === "custom" && !added);
    if (own.length === 0) return undefined;
    const { id } = choices.of(own);
    const to = freshAreaId(genome, choices.of(["Renamed", "a b", "8"]), "custom");
    return {
      edit: { kind: "changeAreaId", area: id, to },
      undo: () => [{ kind: "changeAreaId", area: to, to: id }],
      change: (meaning) => {
        const { id: _id, idText: _text, ...area } = areaOf(meaning, id);
        meaning.areas.delete(id);
        meaning.areas.set(to, { ...area, id: to, idText: expect.any(String) });
        for (const [key, one] of meaning.areas) {
          meaning.areas.set(key, { ...one, mappings: new Map([...one.mappings].map(([dst, rules]) => [dst === id ? to : dst, rules])) });
        }
        swap(meaning, id, to);
      },
    };
  },

  moveArea(genome, choices) {
    const regions = [...meaningOf(genome).regions.values()];
    const area = choices.of([...genome.areas.values()].filter(({ id, added }) => !added && holder(regions, id)));
    if (!area) return undefined;
    const target = choices.of(regions);
    const isHome = target.areas.has(area.id);
    return {
      edit: { kind: "moveArea", area: area.id, region: target.id },
      undo: (before) => [...back(before, area.id), ...designated(before)],
      change: (meaning) => {
        if (isHome) return;
        forget(meaning, area.id);
        meaning.regions.get(target.id)!.areas.add(area.id);
      },
    };
  },

  setMapping(genome, choices) {
    const all = known(genome);
    const src = choices.of(all).id;
    const mapped = [...genome.areas.get(src)!.mappings.keys()].filter((id) => genome.areas.has(id));
    const dst = mapped.length > 0 && choices.below(2) === 0 ? choices.of(mapped) : choices.of(all).id;
    const old = genome.areas.get(src)!.mappings.get(dst) ?? [];
    const fresh = rule(choices, genome);
    const rules = choices.of([
      [...old, fresh],
      [fresh, ...old],
      old.slice(1),
      old.map((one) => ({ ...one, multiplier: one.multiplier + 1, delayBursts: 2 })),
      old.map((one) => ({ ...one, ...fresh })),
    ]);
    return {
      edit: { kind: "setMapping", src, dst, rules },
      undo: () => [{ kind: "setMapping", src, dst, rules: old }],
      change: ({ areas }) => {
        const mappings = new Map(areas.get(src)!.mappings).set(dst, rules);
        if (rules.length === 0) mappings.delete(dst);
        areas.set(src, { ...areas.get(src)!, mappings });
      },
    };
  },

  setMorphology(genome, choices) {
    const isComplete = (one: Morphology) => one.type !== "composite" || genome.morphologies.has(one.mapper);
    const custom = [...genome.morphologies.values()].filter((one) => one.class === "custom" && isComplete(one));
    const id = custom.length > 0 && choices.below(2) === 0 ? choices.of(custom).id : "brand new";
    const morphology = choices.of([
      { id, class: "custom" as const, type: "vectors" as const, vectors: [choices.vector(), choices.vector()] },
      {
        ...{ id, class: "custom" as const, type: "patterns" as const },
        patterns: [
          {
            source: [{ type: "any" }, { type: "same" }, { type: "exactly", value: 3 }],
            target: [
              { type: "offset", by: -2 },
              { type: "range", from: 0, to: 2 },
              { type: "offsetRange", from: -1, to: 1 },
            ],
          },
        ],
      },
      { id, class: "custom" as const, type: "functions" as const },
      {
        id,
        class: "custom" as const,
        type: "composite" as const,
        seed: choices.vector(),
        pattern: [
          [1, 0],
          [1, 1],
          [2, 0],
        ],
        mapper: "projector",
      },
    ]) as Extract<GenomeEdit, { kind: "setMorphology" }>["morphology"];
    const old = genome.morphologies.get(id);
    return {
      edit: { kind: "setMorphology", morphology },
      undo: () => [old ? { kind: "setMorphology", morphology: old as typeof morphology } : { kind: "removeMorphology", id }],
      change: ({ rest }) => rest.morphologies.set(id, morphology as never),
    };
  },

  removeMorphology(genome, choices) {
    const free = [...genome.morphologies.values()].filter((morphology) => {
      const { id, class: own } = morphology;
      const { mappings, composites } = usersOf(genome, id);
      const isComplete = morphology.type !== "composite" || genome.morphologies.has(morphology.mapper);
      return isComplete && own === "custom" && !isCoreMorphology(id) && mappings.length + composites.length === 0;
    });
    if (free.length === 0) return undefined;
    const morphology = choices.of(free);
    return {
      edit: { kind: "removeMorphology", id: morphology.id },
      undo: () => [{ kind: "setMorphology", morphology: morphology as Extract<GenomeEdit, { kind: "setMorphology" }>["morphology"] }],
      change: ({ rest }) => rest.morphologies.delete(morphology.id),
    };
  },

  createRegion(genome, choices) {
    const { regions } = meaningOf(genome);
    const parent = choices.of([...regions.keys()]);
    const id = freshRegionId({ regions: regions as never }, "Cortex");
    const values = { name: "Cortex", description: "new", position: choices.vector(), position2d: [1, 2] as [number, number] };
    return {
      edit: { kind: "createRegion", id, parent, ...values },
      undo: () => [{ kind: "removeRegion", id }],
      change: (meaning) =>
        meaning.regions.set(id, { id, parent, ...values, areas: new Set(), designatedInputs: [], designatedOutputs: [] }),
    };
  },

  updateRegion(genome, choices) {
    const { regions } = meaningOf(genome);
    const { parent, name, description, position, position2d, designatedInputs, designatedOutputs, ...region } = choices.of([
      ...regions.values(),
    ]);
    const outside = [...regions.values()].filter((one) => {
      for (let at: string | null = one.id; at !== null; at = regions.get(at)!.parent) if (at === region.id) return false;
      return true;
    });
    const isRoot = parent === null;
    const values = {
      ...(isRoot || choices.below(2) === 0 ? {} : { name: "Renamed" }),
      ...(isRoot || choices.below(2) === 0 ? {} : { parent: choices.of(outside).id }),
      ...(choices.below(2) === 0 ? {} : { description: "other", position: choices.vector() }),
      ...(choices.below(2) === 0
        ? {}
        : { designatedInputs: [...region.areas].slice(0, 1), designatedOutputs: [...region.areas].slice(1, 3) }),
    };
    return {
      edit: { kind: "updateRegion", id: region.id, ...values },
      undo: () => [
        {
          ...{ kind: "updateRegion", id: region.id, name, description, position, position2d, designatedInputs, designatedOutputs },
          ...(isRoot ? {} : { parent }),
        },
      ],
      change: (meaning) => meaning.regions.set(region.id, { ...meaning.regions.get(region.id)!, ...values }),
    };
  },

  removeRegion(genome, choices) {
    const below = [...meaningOf(genome).regions.values()].filter(({ parent, extras }) => parent !== null && !extras);
    if (below.length === 0) return undefined;
    const { id, parent, areas, extras: _, ...values } = choices.of(below);
    const children = [...meaningOf(genome).regions.values()].filter((one) => one.parent === id);
    const { designatedInputs, designatedOutputs, ...others } = values;
    return {
      edit: { kind: "removeRegion", id },
      undo: () => [
        { kind: "createRegion", parent, ...others, id },
        ...[...areas].map((area): GenomeEdit => ({ kind: "moveArea", area, region: id })),
        ...children.map((child): GenomeEdit => ({ kind: "updateRegion", id: child.id, parent: id })),
        { kind: "updateRegion", id, designatedInputs, designatedOutputs },
      ],
      change: (meaning) => {
        meaning.regions.delete(id);
        for (const area of areas) meaning.regions.get(parent!)!.areas.add(area);
        for (const child of children) meaning.regions.get(child.id)!.parent = parent;
      },
    };
  },

  updatePhysiology(genome, choices) {
    const values = { simulationTimestep: (1 + choices.below(9)) / 64, maxAge: 1 + choices.below(99), quantizationPrecision: "fp16" };
    return {
      edit: { kind: "updatePhysiology", ...values },
      undo: () => [{ kind: "updatePhysiology", ...genome.physiology }],
      change: ({ rest }) => {
        rest.physiology = { ...rest.physiology, ...values };
      },
    };
  },

  updateGenome(genome, choices) {
    const values = choices.of([{ title: "New title" }, { description: "New words" }, { title: "Untitled", description: "" }]);
    return {
      edit: { kind: "updateGenome", ...values },
      undo: () => [{ kind: "updateGenome", title: genome.title, description: genome.description }],
      change: (meaning) => Object.assign(meaning.rest, values),
    };
  },
};

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
  const one = cases[kind](genome, new Choices(numbers));
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

describe.each(Object.keys(cases) as GenomeEditKind[])("%s", (kind) => {
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
  const kinds = Object.keys(cases) as GenomeEditKind[];
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
          const one = cases[kind](stepwise, new Choices(choices));
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
  const kinds = (Object.keys(cases) as GenomeEditKind[]).filter((_, k) => k % 4 === i % 4);
  for (const kind of kinds) check(genome, kind, [i, 3, 8, 5, 2, 9, 4, 7, 1, 6, 11, 13]);
});
