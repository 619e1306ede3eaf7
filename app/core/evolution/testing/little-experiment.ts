/** A brain of two areas and an experiment on it, small enough to be bred and judged in milliseconds. */
import { Experiment } from "#contracts/evolution.ts";
import { createReferenceEngine } from "#core/engine/reference/reference-engine.ts";
import { type AreaProperties, genomeText } from "#core/genome/testing/small-genome.ts";
import { bear } from "../birth.ts";
import { championOf, firstStep, type Generation, generationOf, nextStep, type Step } from "../generation.ts";
import { type Plan, planOf } from "../plan.ts";

/** A mapping of one rule, as a flat genome has it. */
export const to = (area: string, morphology = "block_to_block") => ({
  "cx-dstmap-d": { [area]: [[morphology, [1, 1, 1], 1, false, 1, 1, 1, 1, 1]] },
});
const one = { "cx-___bbx-i": 1, "cx-___bby-i": 1 };

/** Power drives `Beat`, which drives `Echo`; both fire in every burst. */
export function beatText(echo: AreaProperties = {}): string {
  return genomeText({
    ___pwr: { ...one, "cx-__name-t": "Power", "cx-_group-t": "CORE", "nx-fire_t-f": 0.1, ...to("c_beat__") },
    c_beat__: { ...one, "cx-__name-t": "Beat", "nx-fire_t-f": 1, ...to("c_echo__") },
    c_echo__: { ...one, "cx-__name-t": "Echo", "nx-fire_t-f": 1, ...echo },
  });
}

/** `Echo` shall fire once in four bursts. */
export function littleExperiment(changes: Record<string, unknown> = {}): Experiment {
  return Experiment.parse({
    name: "little",
    genomes: [{ text: beatText() }],
    population: 8,
    generations: 5,
    trial: { bursts: 40, fitness: "0 - (rate(Echo, 24) - 0.25) * (rate(Echo, 24) - 0.25)", brainMegabytes: 1 },
    operators: { refractoryPeriod: { rate: 0.6, strength: 3, max: 9 }, delayBursts: { rate: 0.3 }, addMapping: { rate: 0.2 } },
    ...changes,
  });
}

export function littlePlan(changes: Record<string, unknown> = {}): Plan {
  return planOf(littleExperiment(changes), [beatText()]);
}

export const createEngine = () => createReferenceEngine({ nowNanos: () => 0 });

/** Every generation of a plan, bred and judged in this process. */
export function bredHere(plan: Plan): Generation[] {
  const generations: Generation[] = [];
  for (let step: Step | null = firstStep(plan); step; step = nextStep(plan, generations.at(-1)!)) {
    const gathering = generationOf(
      plan,
      step,
      step.births.map((birth) => bear(plan, birth, createEngine)),
    );
    let gathered = gathering.next();
    while (!gathered.done) gathered = gathering.next();
    generations.push(gathered.value);
  }
  return generations;
}

export function championText(plan: Plan): string {
  return championOf(bredHere(plan).at(-1)!).genome;
}
