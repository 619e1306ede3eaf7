/**
 * A classifier is put together from areas: a memory of samples, one of classes, an association from the one to the other, and areas that
 * tell whether its answers are right. What is mapped into it brings outputs of its own. Source: spec/burst-engine-extensions.md 14.
 */
import type { CorticalId, MappingRule, Vec3 } from "#contracts/connectome.ts";
import type { GenomeEdit } from "#contracts/genome-edit.ts";
import type { Genome, GenomeArea } from "../genome.ts";
import { answerDelayOf, CLASS_RULE, SAMPLE_RULE } from "../memory-rules.ts";
import type { ClassifierDefinition } from "../modulators.ts";
import { ASSOCIATIVE_RULE } from "../rule-learning.ts";
import { newAreaParameters } from "../unit-templates.ts";
import { conflict, invalid } from "./draft.ts";
import { freshAreaId, freshRegionId } from "./fresh-ids.ts";
import { unknownClassifier } from "./modulator-edits.ts";
import { removeModulatorEdits } from "./modulators.ts";
import { twinCreation, twinListing } from "./twins.ts";

/** Voxels between the parts of a new classifier. */
const APART = 5;
/** Bursts that a trace outlives the answer it led to. */
const TRACE_BURSTS = 2;

export interface NewClassifier {
  id: string;
  name: string;
  /** That its own region is in. */
  parent: string;
  position: Vec3;
}

export function createClassifierEdits(genome: Genome, { id, name, parent, position }: NewClassifier): GenomeEdit[] {
  const region = freshRegionId(genome, name);
  const areas = new Map(genome.areas);
  const parts = (["sample memory", "class memory", "error", "correct"] as const).map((part, place) => {
    const kind = part.endsWith("memory") ? "memory" : "custom";
    const area = freshAreaId({ areas }, `${name} ${part}`, kind);
    areas.set(area, { mappings: new Map() } as GenomeArea);
    const [x, y, z] = position;
    const parameters = kind === "memory" ? { refractoryPeriod: 0, leak: 0, consecutiveFireLimit: 0 } : { leak: 1 };
    const creation: GenomeEdit = {
      ...{ kind: "createArea", area, areaKind: kind, region, name: `${name} ${part}`, position: [x + APART * place, y, z] },
      ...{ dimensions: [1, 1, 1], neuronsPerVoxel: 1, parameters },
    };
    return { area, creation };
  });
  const [sampleMemory, classMemory, errorArea, correctArea] = parts.map(({ area }) => area) as [
    CorticalId,
    CorticalId,
    CorticalId,
    CorticalId,
  ];
  const classifier: Omit<ClassifierDefinition, "ignored"> = {
    ...{ name, region, position, sampleMemory, classMemory, errorArea, correctArea },
    ...{ samples: [], bindings: [], rewardTraining: false, rewardModulators: [] },
  };
  const association: MappingRule = {
    ...{ morphology: ASSOCIATIVE_RULE, scalar: [1, 1, 1], multiplier: 1, plastic: true, plasticityConstant: 1 },
    ...{ ltpMultiplier: 1, ltdMultiplier: 1, plasticityWindow: newAreaParameters.temporalDepth, delayBursts: 1, attractivity: 100 },
  };
  return [
    { kind: "createRegion", id: region, parent, name, position },
    ...parts.map(({ creation }) => creation),
    { kind: "setMapping", src: sampleMemory, dst: classMemory, rules: [association] },
    ...[
      { id: freeName(genome, `${name} correct answer`), driver: correctArea, magnitudePercent: 100 },
      { id: freeName(genome, `${name} error`), driver: errorArea, magnitudePercent: -100 },
    ].map(({ id: modulator, driver, magnitudePercent }): GenomeEdit => {
      const values = { type: "synaptic.reward" as const, effectDurationBursts: 1, restBursts: 0, graded: false, fullScalePotential: 0 };
      return { kind: "setModulator", id: modulator, modulator: { ...values, magnitudePercent, driver } };
    }),
    { kind: "setClassifier", id, classifier },
  ];
}

export interface ClassifierChange {
  name?: string | undefined;
  position?: Vec3 | undefined;
  rewardTraining?: boolean | undefined;
  rewardModulators?: string[] | undefined;
}

export function updateClassifierEdits(genome: Genome, id: string, change: ClassifierChange): GenomeEdit[] {
  const { ignored: _, ...old } = classifierOf(genome, id);
  const strange = change.rewardModulators?.find((name) => genome.modulators.get(name)?.type !== "synaptic.reward");
  if (strange !== undefined) throw invalid(`${strange} is no modulator of the kind synaptic.reward`, { id, modulator: strange });
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
  const classifier = { ...old, ...given };
  return [{ kind: "setClassifier", id, classifier }, ...associationEdits(genome, classifier, answerDelayOf(genome, classifier))];
}

/** With all that belongs to it; its inputs stay. */
export function removeClassifierEdits(genome: Genome, id: string): GenomeEdit[] {
  const { sampleMemory, classMemory, errorArea, correctArea, bindings, region } = classifierOf(genome, id);
  const judges = [errorArea, ...(correctArea === null ? [] : [correctArea])];
  const own = [...genome.modulators].filter(([, { driver }]) => judges.includes(driver)).map(([name]) => name);
  const areas = [sampleMemory, classMemory, ...judges, ...bindings.map(({ output }) => output)].filter((area) => genome.areas.has(area));
  return [
    { kind: "removeClassifier", id },
    ...own.flatMap((name) => removeModulatorEdits(genome, name, true)).filter((edit) => edit.kind !== "setClassifier" || edit.id !== id),
    ...areas.map((area): GenomeEdit => ({ kind: "removeArea", area })),
    ...(region !== null && genome.regions.has(region) ? [{ kind: "removeRegion", id: region } as const] : []),
  ];
}

/** What else changes when the mapping from `src` to `dst` becomes these rules: the slots of a classifier, and its outputs. */
export function classifierEdits(genome: Genome, src: CorticalId, dst: CorticalId, rules: readonly MappingRule[]): GenomeEdit[] {
  const has = (name: string) => rules.some(({ morphology }) => morphology === name);
  const found = [...genome.classifiers].find(([, one]) => one.sampleMemory === dst || one.classMemory === dst);
  for (const [rule, memory] of [
    [SAMPLE_RULE, "sampleMemory"],
    [CLASS_RULE, "classMemory"],
  ] as const) {
    if (has(rule) && found?.[1][memory] !== dst) {
      const what = memory === "sampleMemory" ? "sample memory" : "class memory";
      throw conflict(
        `The rule ${rule} leads into the ${what} of a classifier only`,
        { src, dst },
        "classifier.list tells which areas these are.",
      );
    }
  }
  if (!found) return [];
  const [id, { ignored: _, ...old }] = found;
  const samples = old.sampleMemory === dst ? withOrWithout(old.samples, src, has(SAMPLE_RULE)) : old.samples;
  const binding = old.bindings.find(({ input }) => input === src);
  const isClass = old.classMemory === dst ? has(CLASS_RULE) : binding !== undefined;
  const output = binding === undefined && isClass ? outputOf(genome, old, src) : undefined;
  const bindings = old.bindings.filter((one) => one !== binding || isClass).concat(output ? [{ input: src, output: output.id }] : []);
  const gone = binding !== undefined && !isClass ? binding.output : undefined;
  const classifier = { ...old, samples, bindings };
  const delay = answerDelayOf(genome, classifier, { src, dst, rules });
  return [
    ...(output?.edits ?? []),
    { kind: "setClassifier", id, classifier },
    ...(gone !== undefined && genome.areas.has(gone) ? outputRemoval(genome, old.classMemory, gone) : []),
    ...associationEdits(genome, classifier, delay),
  ];
}

/** What a classifier that stays says when an area goes; without a memory or its judge of errors it goes too. */
export function classifierEditsOfRemoval(genome: Genome, area: CorticalId): GenomeEdit[] {
  return [...genome.classifiers].flatMap(([id, { ignored: _, ...one }]): GenomeEdit[] => {
    if ([one.sampleMemory, one.classMemory, one.errorArea].includes(area)) return [{ kind: "removeClassifier", id }];
    const samples = one.samples.filter((sample) => sample !== area);
    const bindings = one.bindings.filter(({ input, output }) => input !== area && output !== area);
    const correctArea = one.correctArea === area ? null : one.correctArea;
    const isSame = samples.length === one.samples.length && bindings.length === one.bindings.length && correctArea === one.correctArea;
    return isSame ? [] : [{ kind: "setClassifier", id, classifier: { ...one, samples, bindings, correctArea } }];
  });
}

/** The association learns by reward, or plainly; its trace lasts until the answer is judged. */
function associationEdits(
  genome: Genome,
  { sampleMemory, classMemory, errorArea, correctArea, rewardTraining, rewardModulators }: Omit<ClassifierDefinition, "ignored">,
  answerDelay: number,
): GenomeEdit[] {
  const rules = genome.areas.get(sampleMemory)?.mappings.get(classMemory) ?? [];
  const own = [...genome.modulators].filter(([, { driver }]) => driver === errorArea || driver === correctArea).map(([name]) => name);
  const now = rules.map((rule): MappingRule => {
    if (rule.morphology !== ASSOCIATIVE_RULE) return rule;
    const { plasticity_mode: _mode, modulators: _listed, eligibility_decay_bursts: _decay, ...others } = rule.extras ?? {};
    const learning = {
      ...{ plasticity_mode: "rstdp", modulators: rewardModulators.length > 0 ? rewardModulators : own },
      eligibility_decay_bursts: answerDelay + TRACE_BURSTS,
    };
    const extras = rewardTraining ? { ...others, ...learning } : others;
    const { extras: _, ...plain } = rule;
    return Object.keys(extras).length > 0 ? { ...plain, extras } : plain;
  });
  return [{ kind: "setMapping", src: sampleMemory, dst: classMemory, rules: now }];
}

/** The output on which a class input's memories are replayed, as a twin of it. */
function outputOf(genome: Genome, { name, region, classMemory }: Omit<ClassifierDefinition, "ignored">, input: CorticalId) {
  const [upstream, memory] = [genome.areas.get(input), genome.areas.get(classMemory)];
  if (!upstream || !memory) return undefined;
  const made = twinCreation(genome, upstream, memory);
  const { parameters, properties: _copied, ...creation } = made.creation;
  const edits: GenomeEdit[] = [
    {
      ...creation,
      name: `${name} ${upstream.name} class output`,
      parameters: { ...parameters, leak: 1, mpDrivenPsp: false },
      properties: { memory_twin_of: input, memory_twin_for: classMemory },
      ...(region === null ? {} : { region }),
    },
    ...made.relation,
  ];
  return { id: creation.area, edits };
}

function outputRemoval(genome: Genome, classMemory: CorticalId, output: CorticalId): GenomeEdit[] {
  const memory = genome.areas.get(classMemory);
  return [{ kind: "removeArea", area: output }, ...(memory ? [twinListing(memory, [output])] : [])];
}

function classifierOf({ classifiers }: Genome, id: string): ClassifierDefinition {
  const found = classifiers.get(id);
  if (!found) throw unknownClassifier(id);
  return found;
}

function withOrWithout<T>(list: readonly T[], one: T, isWanted: boolean): T[] {
  const others = list.filter((other) => other !== one);
  return isWanted ? (list.includes(one) ? [...list] : [...list, one]) : others;
}

function freeName({ modulators }: Genome, name: string): string {
  for (let n = 1; ; n++) {
    const id = n === 1 ? name : `${name} ${n}`;
    if (!modulators.has(id)) return id;
  }
}
