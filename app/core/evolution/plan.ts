/** An experiment that was checked against its founders: everything it names is there, and every founder is valid and fits its memory. */

import type { Condition } from "#contracts/conditions.ts";
import { LabError } from "#contracts/errors.ts";
import { type Experiment, type Observable, operatorNames } from "#contracts/evolution.ts";
import { estimateGrowth } from "../development/grow.ts";
import { bytesText } from "../development/memory.ts";
import type { Genome, GenomeArea } from "../genome/genome.ts";
import { parseGenome } from "../genome/parse.ts";
import { validateGenome } from "../genome/validate.ts";
import { observablesOf, readExpression } from "./fitness.ts";
import { isNamed } from "./mutate.ts";
import { namesOf } from "./names.ts";
import { operators } from "./operators.ts";

export interface Plan {
  experiment: Experiment;
  founders: Genome[];
  /** Areas that the experiment speaks of: evolution leaves them in. */
  isKept(area: GenomeArea): boolean;
}

/** `texts`: the founders, in the order of the experiment's genomes. */
export function planOf(experiment: Experiment, texts: readonly string[]): Plan {
  checkOperators(experiment);
  const founders = texts.map((text, i) => founderOf(text, i, experiment));
  const kept = founders.flatMap((founder) => namesUsed(founder, experiment));
  for (const [name, setting] of Object.entries(experiment.operators)) {
    for (const area of setting?.areas ?? []) {
      if (founders.some((founder) => [...founder.areas.values()].some((one) => isNamed(one, [area])))) continue;
      throw new LabError("E_NOT_FOUND", `There is no area ${area}`, { place: `operators.${name}.areas` }, "Name an area of the genome.");
    }
  }
  return { experiment, founders, isKept: (area) => isNamed(area, kept) };
}

/** What a brain takes at most: its growth, and its engine beside what grew. */
export function brainBytes(genome: Genome, { trial }: Pick<Experiment, "trial">): number {
  const { peakBytes, bytes } = estimateGrowth(genome, { seed: trial.growthSeed, dynamics: trial.dynamics });
  return peakBytes + bytes;
}

export function fits(genome: Genome, experiment: Pick<Experiment, "trial">): boolean {
  return brainBytes(genome, experiment) <= experiment.trial.brainMegabytes * 1e6;
}

function founderOf(text: string, i: number, experiment: Experiment): Genome {
  const place = `genomes.${i}`;
  const parsed = parseGenome(text);
  const problems = parsed.ok ? validateGenome(text).errors : parsed.problems;
  if (!parsed.ok || problems.length > 0) {
    const message = `The genome ${place} is refused: ${problems[0]?.message ?? "it does not load"}`;
    throw new LabError("E_GENOME", message, { place, problems }, problems[0]?.fix);
  }
  if (!fits(parsed.genome, experiment)) {
    const needed = bytesText(brainBytes(parsed.genome, experiment));
    const given = bytesText(experiment.trial.brainMegabytes * 1e6);
    const advice = "Raise trial.brainMegabytes, or begin with a smaller genome.";
    throw new LabError("E_INVALID", `The genome ${place} needs ${needed}, and a brain may take ${given}`, { place }, advice);
  }
  return parsed.genome;
}

/** The areas that stimuli and fitness name; throws where one is missing or an observable cannot be told. */
function namesUsed(founder: Genome, { trial }: Experiment): string[] {
  const areas = [...founder.areas.values()].map((area, index) => ({ ...area, index, neurons: 1 }));
  const names = namesOf(areas, () => -1);
  const used = (name: string, place: string) => {
    const area = names.area(name);
    if (area) return area.id;
    throw new LabError("E_NOT_FOUND", `There is no area ${name}`, { place }, `Areas are ${names.areaNames().slice(0, 20).join(", ")}.`);
  };
  const stimulated = trial.stimuli.map(({ area }, i) => used(area, `trial.stimuli.${i}.area`));
  const observed = observablesOf(trial).flatMap((observable, i) => {
    const place = `trial.fitness.${i}`;
    checkBursts(observable, trial.bursts, place);
    if (observable.kind === "agent") return [used(observable.senses, `${place}.senses`), used(observable.acts, `${place}.acts`)];
    if (observable.kind === "expression") return areasOf(readExpression(observable.expression, names));
    const id = used(observable.area, `${place}.area`);
    const { dimensions, name } = founder.areas.get(id)!;
    const outside = observable.raster.find(([, ...voxel]) => voxel.some((at, axis) => at >= dimensions[axis]!));
    if (!outside) return [id];
    const message = `[${outside.slice(1).join(", ")}] is no voxel of ${name}, which is ${dimensions.join(" × ")}`;
    throw new LabError("E_INVALID", message, { place: `${place}.raster` }, "Name voxels of the area.");
  });
  return [...stimulated, ...observed];
}

function checkBursts(observable: Observable, bursts: number, place: string): void {
  const named =
    observable.kind === "expression" ? (observable.at ?? observable.meanFrom) : observable.kind === "pattern" ? observable.from : 1;
  if (named === undefined || named <= bursts) return;
  throw new LabError("E_INVALID", `Burst ${named} is after the last of a trial, ${bursts}`, { place }, "Name a burst of the trial.");
}

function areasOf(condition: Condition): string[] {
  if ("left" in condition) return [...areasOf(condition.left), ...areasOf(condition.right)];
  if (condition.op === "not") return areasOf(condition.value);
  return "area" in condition ? [condition.area] : [];
}

function checkOperators({ operators: settings }: Experiment): void {
  const place = "operators";
  if (!operatorNames.some((name) => (settings[name]?.rate ?? 0) > 0)) {
    throw new LabError("E_INVALID", "Nothing may change", { place }, `Give an operator a rate; there are ${operatorNames.join(", ")}.`);
  }
  for (const name of operatorNames) {
    const [operator, setting] = [operators[name], settings[name]];
    if (!setting) continue;
    const bounds = [setting.min, setting.max].filter((bound) => bound !== undefined);
    if (operator.kind !== "number") {
      if (bounds.length > 0)
        throw new LabError("E_INVALID", `${name} is no number and has no bounds`, { place: `${place}.${name}` }, "Leave min and max out.");
      continue;
    }
    const { min, max } = operator;
    const isInside = bounds.every((bound) => bound >= min && bound <= max) && (setting.min ?? min) <= (setting.max ?? max);
    if (!isInside)
      throw new LabError(
        "E_INVALID",
        `The bounds of ${name} are not within ${min} to ${max}`,
        { place: `${place}.${name}` },
        "Narrow them.",
      );
  }
}
