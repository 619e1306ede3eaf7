/**
 * A case of every kind of edit for any genome: the edit, what it does to the meaning of the genome, and what takes it back. Made by
 * given numbers, so that a property test can choose and repeat them.
 */
import { expect } from "vitest";
import type { CorticalId, MappingRule, Morphology, Vec3 } from "#contracts/connectome.ts";
import type { GenomeEdit, GenomeEditKind } from "#contracts/genome-edit.ts";
import { modulatorKinds } from "#contracts/patch-extensions.ts";
import { regionsOf } from "../../development/regions.ts";
import { freshAreaId, freshRegionId } from "../edit/fresh-ids.ts";
import { usersOf } from "../edit/uses.ts";
import type { Genome, GenomeArea, GenomeRegion } from "../genome.ts";
import type { ClassifierDefinition, ModulatorDefinition } from "../modulators.ts";
import { isCoreMorphology } from "../morphologies.ts";

/** What a genome is, by name: how it is written and in which order left out. Regions as they will be grown. */
interface Meaning {
  areas: Map<CorticalId, Omit<GenomeArea, "documentId" | "properties" | "added">>;
  regions: Map<string, Omit<GenomeRegion, "areas"> & { areas: Set<CorticalId> }>;
  rest: Pick<Genome, "id" | "title" | "description" | "physiology" | "morphologies" | "modulators" | "classifiers">;
}
export function meaningOf(genome: Genome, regions: readonly GenomeRegion[] = regionsIn(genome)): Meaning {
  const { areas, id, title, description, physiology, morphologies, modulators, classifiers } = genome;
  return {
    areas: new Map([...areas].map(([key, { documentId: _d, properties: _p, added: _a, ...area }]) => [key, area])),
    regions: new Map(regions.map((region) => [region.id, { ...region, areas: new Set(region.areas) }])),
    rest: {
      ...{ id, title, description, physiology, morphologies: new Map(morphologies) },
      ...{ modulators: new Map(modulators), classifiers: new Map(classifiers) },
    },
  };
}
/** Its own, or those that development would make. */
export function regionsIn(genome: Genome): GenomeRegion[] {
  if (genome.regions.size > 0) return [...genome.regions.values()];
  return [...regionsOf(genome).values()].map(({ id, name, parent, areas, position }) => ({
    ...{ id, name, parent, areas, position, position2d: [0, 0], description: "", designatedInputs: [], designatedOutputs: [] },
  }));
}

/** Answers questions with seeded choices. */
export class Choices {
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
export const editCases: Record<GenomeEditKind, (genome: Genome, choices: Choices) => Case | undefined> = {
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

  setModulator(genome, choices) {
    const driver = freeDriver(genome);
    if (!driver) return undefined;
    const [graded, id] = [choices.below(2) === 0, `calm "${choices.below(9)}"`];
    const modulator: ModulatorDefinition = {
      ...{ type: choices.of(modulatorKinds), magnitudePercent: choices.below(200) - 100, driver },
      ...{ effectDurationBursts: 1 + choices.below(9), restBursts: choices.below(4), graded, fullScalePotential: graded ? 2.5 : 0 },
    };
    return {
      edit: { kind: "setModulator", id, modulator },
      undo: () => [{ kind: "removeModulator", id }],
      change: ({ rest }) => rest.modulators.set(id, modulator),
    };
  },

  renameModulator(genome, choices) {
    const id = [...genome.modulators.keys()][0];
    if (id === undefined) return undefined;
    const to = `renamed ${choices.below(9)}`;
    return {
      edit: { kind: "renameModulator", id, to },
      undo: () => [{ kind: "renameModulator", id: to, to: id }],
      change: ({ rest }) => {
        rest.modulators = new Map([...rest.modulators].map(([key, one]) => [key === id ? to : key, one]));
      },
    };
  },

  removeModulator(genome) {
    const [first] = genome.modulators;
    if (!first) return undefined;
    const [id, modulator] = first;
    return {
      edit: { kind: "removeModulator", id },
      undo: () => [{ kind: "setModulator", id, modulator }],
      change: ({ rest }) => rest.modulators.delete(id),
    };
  },

  setClassifier(genome, choices) {
    const written = [...genome.areas.values()].filter(({ added }) => !added).map(({ id }) => id);
    if (written.length === 0) return undefined;
    const one = () => choices.of(written);
    const id = `sorter ${choices.below(3)}`;
    const classifier: ClassifierDefinition = {
      ...{ name: "Sorter", region: null, position: choices.vector(), sampleMemory: one(), classMemory: one(), errorArea: one() },
      ...{ correctArea: choices.of([null, one()]), samples: [one()], bindings: [{ input: one(), output: one() }] },
      ...{ rewardTraining: choices.below(2) === 0, rewardModulators: choices.of([[], ["praise"]]), ignored: [] },
    };
    return {
      edit: { kind: "setClassifier", id, classifier },
      undo: () => [{ kind: "removeClassifier", id }],
      change: ({ rest }) => rest.classifiers.set(id, classifier),
    };
  },

  removeClassifier(genome) {
    const [first] = genome.classifiers;
    if (!first) return undefined;
    const [id, classifier] = first;
    return {
      edit: { kind: "removeClassifier", id },
      undo: () => [{ kind: "setClassifier", id, classifier }],
      change: ({ rest }) => rest.classifiers.delete(id),
    };
  },
};

const freeDriver = ({ areas, modulators }: Genome): CorticalId | undefined =>
  [...areas.values()].find(({ id, added }) => !added && ![...modulators.values()].some(({ driver }) => driver === id))?.id;
