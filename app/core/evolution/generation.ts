/**
 * Generations, as pure steps: a plan, what is there and how it was judged say who goes on and who shall be born. Births themselves take
 * milliseconds each and happen elsewhere (`birth.ts`).
 */
import type { GenerationReport, Judged } from "#contracts/evolution.ts";
import { type Birth, type Born, readParent } from "./birth.ts";
import { drawOf } from "./draw.ts";
import type { Outcome } from "./evaluate.ts";
import type { Plan } from "./plan.ts";
import { attractions, ranking, tournament } from "./select.ts";
import { speciesOf } from "./species.ts";

/** `random`: the same operators on the founders again and again, without selection; what evolution has to beat. */
export const strategies = ["evolution", "random"] as const;
export type Strategy = (typeof strategies)[number];

export interface Individual {
  /** generation-place */
  id: string;
  parents: string[];
  changes: string[];
  /** Text. */
  genome: string;
  sha256: string;
  outcome: Outcome;
}

export interface Generation {
  /** From 1. */
  number: number;
  /** All judged. */
  members: Individual[];
  /** Judged up to this generation, all of it included. */
  evaluations: number;
  /** Species number of each member; 0 where the experiment asks for none. */
  species: number[];
}

/** A generation before its births. */
export interface Step {
  number: number;
  survivors: Individual[];
  births: (Birth & { parentIds: string[] })[];
  /** With the births of this step. */
  evaluations: number;
}

export function firstStep({ founders, experiment }: Plan, strategy: Strategy = "evolution"): Step {
  const count = Math.min(experiment.population, experiment.evaluations ?? experiment.population);
  const births = Array.from({ length: count }, (_, place): Step["births"][number] => {
    const kind = place < founders.length ? "founder" : strategy === "random" ? "wanderer" : "child";
    return { id: `1-${place}`, kind, parents: [founders[place % founders.length]!.source], parentIds: [] };
  });
  return { number: 1, survivors: [], births, evaluations: count };
}

/** Null when the experiment has ended. */
export function nextStep({ founders, experiment }: Plan, before: Generation, strategy: Strategy = "evolution"): Step | null {
  const { population, selection, generations, evaluations, seed } = experiment;
  const left = (evaluations ?? Number.POSITIVE_INFINITY) - before.evaluations;
  if (left <= 0 || before.number >= (generations ?? Number.POSITIVE_INFINITY)) return null;
  const number = before.number + 1;
  const ranked = ranking(before.members.map(scoreOf));
  // Random search keeps its best too, so that the newest generation always holds the best there was.
  const survivors = ranked.slice(0, selection.elite).map((place) => before.members[place]!);
  const count = Math.min(population - survivors.length, left);
  const attraction = attractions(ranked, before.species);
  const births = Array.from({ length: count }, (_, place): Step["births"][number] => {
    const id = `${number}-${place}`;
    const founder = founders[place % founders.length]!.source;
    if (strategy === "random") return { id, kind: "wanderer", parents: [founder], parentIds: [] };
    const draw = drawOf(`${seed}/${id}/parents`);
    const choose = () => before.members[tournament(attraction, selection.tournament, draw)]!;
    const mother = choose();
    const father = draw.chance(selection.crossover) ? choose() : mother;
    const parents = father === mother ? [mother] : [mother, father];
    return { id, kind: "child", parents: parents.map(({ genome }) => genome), parentIds: parents.map((one) => one.id) };
  });
  return { number, survivors, births, evaluations: before.evaluations + count };
}

/** A step whose births are done. Telling species takes milliseconds a genome, so it yields in between. */
export function* generationOf(plan: Plan, step: Step, born: readonly Born[]): Generator<void, Generation> {
  const { number, survivors, births, evaluations } = step;
  const children = births.map(({ id, parentIds }, i): Individual => {
    const { genome, sha256, changes, outcome } = born[i]!;
    return { id, parents: parentIds, changes, genome, sha256, outcome: outcome ?? { failure: "it was not judged" } };
  });
  const members = [...survivors, ...children];
  const { speciesDistance } = plan.experiment.selection;
  if (speciesDistance === undefined) return { number, members, evaluations, species: members.map(() => 0) };
  const genomes = [];
  for (const { genome } of members) {
    genomes.push(readParent(genome));
    yield;
  }
  return { number, members, evaluations, species: speciesOf(genomes, speciesDistance) };
}

export function championOf({ members }: Generation): Individual {
  return members[ranking(members.map(scoreOf))[0]!]!;
}

export function reportOf(generation: Generation): GenerationReport {
  const { members, number, evaluations, species } = generation;
  const scores = members.map((one) => scoreOf(one).score).filter((score) => score !== null);
  const champion = championOf(generation);
  return {
    generation: number,
    best: scoreOf(champion).score,
    mean: scores.length === 0 ? null : scores.reduce((sum, score) => sum + score, 0) / scores.length,
    failed: members.length - scores.length,
    evaluations,
    species: new Set(species).size,
    champion: champion.id,
  };
}

export function judgedOf({ id, parents, changes, sha256, outcome }: Individual): Judged {
  return "score" in outcome
    ? { id, parents, changes, sha256, score: outcome.score, values: outcome.values, failure: null }
    : { id, parents, changes, sha256, score: null, values: [], failure: outcome.failure };
}

function scoreOf({ outcome }: Individual): { score: number | null } {
  return { score: "score" in outcome ? outcome.score : null };
}
