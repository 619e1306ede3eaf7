/** Mutation: a genome changed by the operators an experiment names, each by its own chance, at a place chosen by lot. */
import { type Experiment, type OperatorName, type OperatorSetting, operatorNames } from "#contracts/evolution.ts";
import type { Genome, GenomeArea } from "../genome/genome.ts";
import { copyOf } from "./copy.ts";
import type { Draw } from "./draw.ts";
import { isCalled } from "./names.ts";
import { operators, type Scope } from "./operators.ts";

export interface Mutation {
  settings: Experiment["operators"];
  /** Areas that the experiment speaks of. */
  isKept(area: GenomeArea): boolean;
  /** Makes changes larger or smaller than the experiment says. */
  strength?: number;
}

export interface Mutant {
  genome: Genome;
  /** What was changed, in words. */
  changes: string[];
}

/** At least one change is tried: a child that is its parent would tell nothing new. */
export function mutated(parent: Genome, mutation: Mutation, draw: Draw): Mutant {
  const genome = copyOf(parent);
  const named = operatorNames.filter((name) => (mutation.settings[name]?.rate ?? 0) > 0);
  const drawn = named.filter((name) => draw.chance(mutation.settings[name]!.rate));
  if (drawn.length === 0 && named.length > 0) drawn.push(byRate(named, mutation.settings, draw));
  const changes = drawn.map((name) => applyOperator(genome, name, mutation, draw)).filter((change) => change !== null);
  return { genome, changes };
}

/** One operator at one place; says what it did, null where there was nothing to change. */
export function applyOperator(genome: Genome, name: OperatorName, { settings, isKept, strength = 1 }: Mutation, draw: Draw): string | null {
  const operator = operators[name];
  const setting: Pick<OperatorSetting, "strength" | "min" | "max" | "areas"> = settings[name] ?? { strength: 0.3 };
  const scope: Scope = { open: (area) => isNamed(area, setting.areas), kept: isKept };
  if (operator.kind === "structure") return operator.change(genome, scope, draw);
  if (operator.kind === "flag") {
    const flags = operator.flags(genome, scope);
    if (flags.length === 0) return null;
    const flag = draw.pick(flags);
    flag.flip();
    return `${name} ${flag.where}`;
  }
  const cells = operator.cells(genome, scope);
  if (cells.length === 0) return null;
  const cell = draw.pick(cells);
  const bounds = {
    min: Math.max(operator.min, setting.min ?? operator.min),
    max: Math.min(operator.max, setting.max ?? operator.max),
    whole: operator.whole,
  };
  const value = moved(cell.value, setting.strength * strength, bounds, draw);
  if (value === cell.value) return null;
  cell.set(value);
  return `${name} ${cell.where}: ${value}`;
}

interface Bounds {
  min: number;
  max: number;
  whole: boolean;
}

/** A number moved by a share of itself, of at least 1 where it is small; at a bound the other way is taken. Six digits are kept. */
function moved(value: number, strength: number, { min, max, whole }: Bounds, draw: Draw): number {
  const by = draw.bell() * strength * Math.max(Math.abs(value), 1);
  const step = whole ? Math.sign(by || 1) * Math.max(1, Math.round(Math.abs(by))) : by;
  const confined = (to: number) => Math.min(max, Math.max(min, whole ? Math.round(to) : Number(to.toPrecision(6))));
  const there = confined(value + step);
  return there === value ? confined(value - step) : there;
}

export function isNamed(area: GenomeArea, names: readonly string[] | undefined): boolean {
  return names === undefined || names.some((name) => isCalled(area, name));
}

function byRate(names: readonly OperatorName[], settings: Mutation["settings"], draw: Draw): OperatorName {
  let at = draw.unit() * names.reduce((sum, name) => sum + settings[name]!.rate, 0);
  for (const name of names) {
    at -= settings[name]!.rate;
    if (at < 0) return name;
  }
  return names.at(-1)!;
}
