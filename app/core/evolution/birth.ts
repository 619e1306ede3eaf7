/**
 * From an order of birth to an individual that was judged. A child is written as text, read again, valid, and small enough for its memory;
 * what is not is drawn anew. Its chance follows from seed, generation, place and attempt alone, so it can be born in any process.
 */

import type { Engine } from "../engine/engine.ts";
import type { Genome } from "../genome/genome.ts";
import { loadGenome, parseGenome } from "../genome/parse.ts";
import { writeGenome } from "../genome/save.ts";
import { sha256 } from "../genome/sha256.ts";
import { reportOn } from "../genome/validate.ts";
import { crossed } from "./cross.ts";
import { type Draw, drawOf } from "./draw.ts";
import { evaluate, type Outcome } from "./evaluate.ts";
import { type Mutant, mutated } from "./mutate.ts";
import { fits, type Plan } from "./plan.ts";

/** Who shall be born. */
export interface Birth {
  /** generation-place */
  id: string;
  /** `founder`: as it is. `wanderer`: a founder changed again and again, the child of random search. */
  kind: "founder" | "wanderer" | "child";
  /** One or two texts of genomes. */
  parents: string[];
}

export interface Born {
  genome: string;
  sha256: string;
  /** What was changed, in words. */
  changes: string[];
  /** Null where nobody asked for it. */
  outcome: Outcome | null;
}

/** Draws until a child can live. */
const MOST_DRAWS = 30;
/** Random search mutates a founder so often at most. */
const RANDOM_ROUNDS = 16;

/** `read` turns texts of parents into genomes. */
export function bear(plan: Plan, birth: Birth, createEngine: (() => Engine) | null, read = readParent): Born {
  const { genome, changes } = conceived(plan, birth, birth.parents.map(read));
  const outcome = createEngine && evaluate(genome, plan.experiment.trial, createEngine);
  return { genome: genome.source, sha256: sha256(genome.source), changes, outcome };
}

export function readParent(text: string): Genome {
  const parsed = parseGenome(text);
  if (!parsed.ok) throw new Error(`a parent does not load: ${parsed.problems[0]?.message}`);
  return parsed.genome;
}

function conceived(plan: Plan, { id, kind }: Birth, [mother, father]: readonly Genome[]): Mutant {
  if (!mother) throw new Error("a child without parents");
  const { experiment, isKept } = plan;
  for (let attempt = 0; attempt < MOST_DRAWS && kind !== "founder"; attempt++) {
    const draw = drawOf(`${experiment.seed}/${id}/${attempt}`);
    const { genome, changes } =
      kind === "wanderer"
        ? wandered(plan, mother, draw)
        : mutated(father ? crossed(mother, father, isKept, draw) : mother, mutationOf(plan), draw);
    const written = writtenAs(plan, genome, id);
    if (written && fits(written, experiment)) return { genome: written, changes };
  }
  return { genome: writtenAs(plan, mother, id) ?? mother, changes: [] };
}

const mutationOf = ({ experiment, isKept }: Plan) => ({ settings: experiment.operators, isKept });

/** More or less each time. */
function wandered(plan: Plan, founder: Genome, draw: Draw): Mutant {
  let mutant: Mutant = { genome: founder, changes: [] };
  for (let round = draw.below(RANDOM_ROUNDS); round >= 0; round--) {
    const { genome, changes } = mutated(mutant.genome, { ...mutationOf(plan), strength: 2 * draw.unit() }, draw);
    mutant = { genome, changes: [...mutant.changes, ...changes] };
  }
  return mutant;
}

/** The genome its text stands for, so that a child never holds what its text does not say; null where the text is not valid. */
function writtenAs({ experiment }: Plan, genome: Genome, id: string): Genome | null {
  const loaded = loadGenome(writeGenome({ ...genome, id: `${experiment.name}.${id}` }, "feagi-3"));
  return reportOn(loaded).valid ? (loaded.genome ?? null) : null;
}
