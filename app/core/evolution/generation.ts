/**
 * Generations, as pure steps: a plan, what is there and how it was judged give the next one. Every child is written as text, read again,
 * valid, and small enough for its memory; what is not is drawn anew. A child's chance follows from seed, generation and place alone.
 * Breeding takes milliseconds a child, so the steps are generators that yield after each.
 */
import type { GenerationReport, Judged } from "#contracts/evolution.ts";
import type { Genome } from "../genome/genome.ts";
import { rewriteGenome } from "../genome/save.ts";
import { sha256 } from "../genome/sha256.ts";
import { reportOn } from "../genome/validate.ts";
import { crossed } from "./cross.ts";
import { type Draw, drawOf } from "./draw.ts";
import type { Outcome } from "./evaluate.ts";
import { type Mutant, mutated } from "./mutate.ts";
import { fits, type Plan } from "./plan.ts";
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
  genome: Genome;
  sha256: string;
  /** Null until it was judged. */
  outcome: Outcome | null;
}

export interface Generation {
  /** From 1. */
  number: number;
  members: Individual[];
  /** Judged up to this generation, all of it included. */
  evaluations: number;
}

/** Draws until a child can live. */
const MOST_DRAWS = 30;
/** Random search mutates a founder so often at most. */
const RANDOM_ROUNDS = 16;

export function* firstGeneration(plan: Plan, strategy: Strategy = "evolution"): Generator<void, Generation> {
  const { founders, experiment } = plan;
  const count = Math.min(experiment.population, experiment.evaluations ?? experiment.population);
  const members: Individual[] = [];
  for (let place = 0; place < count; place++) {
    const founder = founders[place % founders.length]!;
    const conceive = (draw: Draw) => (strategy === "random" ? wandered(plan, draw) : mutated(founder, mutationOf(plan), draw));
    const isFounder = place < founders.length;
    members.push(isFounder ? unchanged(plan, founder, `1-${place}`, []) : child(plan, { number: 1, place }, [], founder, conceive));
    yield;
  }
  return { number: 1, members, evaluations: count };
}

/** Null when the experiment has ended. All members of `before` were judged. */
export function* nextGeneration(plan: Plan, before: Generation, strategy: Strategy = "evolution"): Generator<void, Generation | null> {
  const { population, selection, generations, evaluations } = plan.experiment;
  const left = (evaluations ?? Number.POSITIVE_INFINITY) - before.evaluations;
  if (left <= 0 || before.number >= (generations ?? Number.POSITIVE_INFINITY)) return null;
  const number = before.number + 1;
  const ranked = ranking(before.members.map(scoreOf));
  // Random search keeps its best too, so that the newest generation always holds the best there was.
  const members = ranked.slice(0, selection.elite).map((place) => before.members[place]!);
  const count = Math.min(population - members.length, left);
  const attraction = attractions(ranked, speciesIn(plan, before));
  for (let place = 0; place < count; place++) {
    const at = { number, place };
    if (strategy === "random") members.push(child(plan, at, [], plan.founders[0]!, (draw) => wandered(plan, draw)));
    else members.push(bred(plan, before, attraction, at));
    yield;
  }
  return { number, members, evaluations: before.evaluations + count };
}

/** Runs breeding to its end. */
export function whole<T>(breeding: Generator<void, T>): T {
  for (;;) {
    const step = breeding.next();
    if (step.done) return step.value;
  }
}

/** Those that are still to be judged. */
export function unjudged({ members }: Generation): Individual[] {
  return members.filter(({ outcome }) => outcome === null);
}

export function championOf({ members }: Generation): Individual {
  return members[ranking(members.map(scoreOf))[0]!]!;
}

export function reportOf(plan: Plan, generation: Generation): GenerationReport {
  const { members, number, evaluations } = generation;
  const scores = members.map((one) => scoreOf(one).score).filter((score) => score !== null);
  const champion = championOf(generation);
  return {
    generation: number,
    best: scoreOf(champion).score,
    mean: scores.length === 0 ? null : scores.reduce((sum, score) => sum + score, 0) / scores.length,
    failed: members.length - scores.length,
    evaluations,
    species: new Set(speciesIn(plan, generation)).size,
    champion: champion.id,
  };
}

export function judgedOf({ id, parents, changes, sha256, outcome }: Individual): Judged {
  const worth = outcome !== null && "score" in outcome ? outcome : null;
  const failure = outcome !== null && "failure" in outcome ? outcome.failure : null;
  return { id, parents, changes, sha256, score: worth?.score ?? null, values: worth?.values ?? [], failure };
}

function scoreOf({ outcome }: Individual): { score: number | null } {
  return { score: outcome !== null && "score" in outcome ? outcome.score : null };
}

function speciesIn({ experiment }: Plan, { members }: Generation): number[] {
  const { speciesDistance } = experiment.selection;
  return speciesDistance === undefined
    ? members.map(() => 0)
    : speciesOf(
        members.map(({ genome }) => genome),
        speciesDistance,
      );
}

const mutationOf = ({ experiment, isKept }: Plan) => ({ settings: experiment.operators, isKept });

/** A founder changed again and again, more or less each time. */
function wandered(plan: Plan, draw: Draw): Mutant {
  let mutant: Mutant = { genome: draw.pick(plan.founders), changes: [] };
  for (let round = draw.below(RANDOM_ROUNDS); round >= 0; round--) {
    const { genome, changes } = mutated(mutant.genome, { ...mutationOf(plan), strength: 2 * draw.unit() }, draw);
    mutant = { genome, changes: [...mutant.changes, ...changes] };
  }
  return mutant;
}

function bred(plan: Plan, { members }: Generation, attraction: readonly number[], at: Place): Individual {
  const { seed, selection } = plan.experiment;
  const draw = drawOf(`${seed}/${at.number}/${at.place}/parents`);
  const choose = () => members[tournament(attraction, selection.tournament, draw)]!;
  const [mother, father] = [choose(), draw.chance(selection.crossover) ? choose() : null];
  const isOfOne = father === null || father === mother;
  return child(plan, at, isOfOne ? [mother.id] : [mother.id, father.id], mother.genome, (lot) => {
    const genome = isOfOne ? mother.genome : crossed(mother.genome, father.genome, plan.isKept, lot);
    return mutated(genome, mutationOf(plan), lot);
  });
}

/** Of a child: its generation, and which of the generation it is. */
interface Place {
  number: number;
  place: number;
}

function child(plan: Plan, { number, place }: Place, parents: string[], parent: Genome, conceive: (draw: Draw) => Mutant): Individual {
  const id = `${number}-${place}`;
  for (let attempt = 0; attempt < MOST_DRAWS; attempt++) {
    const { genome, changes } = conceive(drawOf(`${plan.experiment.seed}/${number}/${place}/${attempt}`));
    const born = writtenAs(plan, genome, id);
    if (born && fits(born, plan.experiment)) return individual(id, parents, changes, born);
  }
  return unchanged(plan, parent, id, parents);
}

function unchanged(plan: Plan, genome: Genome, id: string, parents: string[]): Individual {
  return individual(id, parents, [], writtenAs(plan, genome, id) ?? genome);
}

function individual(id: string, parents: string[], changes: string[], genome: Genome): Individual {
  return { id, parents, changes, genome, sha256: sha256(genome.source), outcome: null };
}

/** The genome its text stands for, so that a child never holds what its text does not say; null where the text is not valid. */
function writtenAs({ experiment }: Plan, genome: Genome, id: string): Genome | null {
  const { loaded } = rewriteGenome({ ...genome, id: `${experiment.name}.${id}` }, "feagi-3");
  return reportOn(loaded).valid ? (loaded.genome ?? null) : null;
}
