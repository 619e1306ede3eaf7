/**
 * What evolution can change of a genome: one row a property. A row lists the places where a genome has the property; numbers and
 * flags are changed in one way, changes of structure are in `structure.ts`. Bounds are those an engine gives a meaning to.
 */
import type { AreaParameters, MappingRule, Morphology } from "#contracts/connectome.ts";
import type { OperatorName } from "#contracts/evolution.ts";
import type { Genome, GenomeArea, Physiology } from "../genome/genome.ts";
import type { Draw } from "./draw.ts";
import * as structure from "./structure.ts";

/** What an experiment leaves open. */
export interface Scope {
  /** Areas whose own properties and mappings may be changed. */
  open(area: GenomeArea): boolean;
  /** Areas that the experiment speaks of, which therefore stay. */
  kept(area: GenomeArea): boolean;
}

/** One number of a genome. */
interface Cell {
  where: string;
  value: number;
  set(value: number): void;
}
interface Flag {
  where: string;
  flip(): void;
}

export type Operator =
  | { kind: "number"; min: number; max: number; whole: boolean; cells(genome: Genome, scope: Scope): Cell[] }
  | { kind: "flag"; flags(genome: Genome, scope: Scope): Flag[] }
  /** Says what it did, null where there was nothing to do. */
  | { kind: "structure"; change(genome: Genome, scope: Scope, draw: Draw): string | null };

const real = { whole: false } as const;
const whole = { whole: true } as const;
type Numeric<T> = { [K in keyof T]: T[K] extends number ? K : never }[keyof T];
type Flagged<T> = { [K in keyof T]: T[K] extends boolean ? K : never }[keyof T];

export const operators: Readonly<Record<OperatorName, Operator>> = {
  firingThreshold: parameter("firingThreshold", 0, 1e6, real),
  firingThresholdIncrement: number(-1e6, 1e6, real, (genome, scope) =>
    own(genome, scope).flatMap((area) => cellsOf(area.parameters.firingThresholdIncrement, `of ${area.name}`)),
  ),
  firingThresholdLimit: parameter("firingThresholdLimit", 0, 1e6, real),
  leak: parameter("leak", 0, 1, real),
  leakVariability: parameter("leakVariability", 0, 1, real),
  refractoryPeriod: parameter("refractoryPeriod", 0, 65535, whole),
  consecutiveFireLimit: parameter("consecutiveFireLimit", 0, 65535, whole),
  snoozePeriod: parameter("snoozePeriod", 0, 65535, whole),
  excitability: parameter("excitability", 0, 100, real),
  mpChargeAccumulation: parameterFlag("mpChargeAccumulation"),
  mpDrivenPsp: parameterFlag("mpDrivenPsp"),
  pspUniform: parameterFlag("pspUniform"),
  postsynapticCurrent: parameter("postsynapticCurrent", 0, 1e6, real),
  postsynapticCurrentMax: parameter("postsynapticCurrentMax", 0, 1e6, real),
  degeneration: parameter("degeneration", 0, 1e6, real),
  longtermMemoryThreshold: parameter("longtermMemoryThreshold", 0, 65535, whole, isMemory),
  lifespanGrowthRate: parameter("lifespanGrowthRate", 0, 1e6, real, isMemory),
  initialLifespan: parameter("initialLifespan", 1, 1e6, whole, isMemory),
  temporalDepth: parameter("temporalDepth", 1, 255, whole, isMemory),
  // Devices decide the size of inputs and outputs.
  dimensions: number(1, 256, whole, (genome, scope) =>
    custom(genome, scope).flatMap((area) => cellsOf(area.dimensions, `of ${area.name}`)),
  ),
  neuronsPerVoxel: number(1, 256, whole, (genome, scope) =>
    custom(genome, scope).map((area) => cellOf(area, "neuronsPerVoxel", area.name)),
  ),
  position: number(-10_000, 10_000, whole, (genome, scope) =>
    own(genome, scope).flatMap((area) => cellsOf(area.position, `of ${area.name}`)),
  ),

  multiplier: ofRule("multiplier", -255, 255, real),
  inhibition: {
    kind: "flag",
    flags: (genome, scope) =>
      rules(genome, scope).map(({ rule, where }) => ({
        where,
        flip() {
          rule.multiplier = -rule.multiplier + 0;
        },
      })),
  },
  plastic: { kind: "flag", flags: (genome, scope) => rules(genome, scope).map(plasticFlag) },
  plasticityConstant: ofRule("plasticityConstant", 0, 1000, real),
  ltpMultiplier: ofRule("ltpMultiplier", 0, 1000, real),
  ltdMultiplier: ofRule("ltdMultiplier", 0, 1000, real),
  plasticityWindow: ofRule("plasticityWindow", 1, 255, whole),
  delayBursts: ofRule("delayBursts", 1, 255, whole),
  attractivity: ofRule("attractivity", 0, 100, real),
  scalar: number(1, 64, whole, (genome, scope) =>
    rules(genome, scope).flatMap(({ rule, where }) =>
      Array.isArray(rule.scalar) ? cellsOf(rule.scalar, where) : [cellOf(rule as { scalar: number }, "scalar", where)],
    ),
  ),

  morphologyVectors: number(-256, 256, whole, (genome) =>
    custommade(genome, "vectors").flatMap(({ id, vectors }) => vectors.flatMap((vector) => cellsOf(vector, `of ${id}`))),
  ),
  morphologyPatterns: { kind: "structure", change: (genome, _scope, draw) => structure.changeToken(custommade(genome, "patterns"), draw) },
  morphologyComposite: number(1, 256, whole, (genome) =>
    custommade(genome, "composite").flatMap(({ id, seed, pattern }) => [
      ...cellsOf(seed, `seed of ${id}`),
      ...pattern.map((steps) => cellOf(steps, 0, `pattern of ${id}`)),
    ]),
  ),

  simulationTimestep: ofPhysiology("simulationTimestep", 0.0001, 1, real),
  maxAge: ofPhysiology("maxAge", 1, 1e9, whole),
  plasticityQueueDepth: ofPhysiology("plasticityQueueDepth", 1, 255, whole),
  lifespanManagementInterval: ofPhysiology("lifespanManagementInterval", 1, 1e6, whole),
  ipuIdleThreshold: ofPhysiology("ipuIdleThreshold", 0, 1e6, whole),

  addMapping: { kind: "structure", change: structure.addMapping },
  removeMapping: { kind: "structure", change: structure.removeMapping },
  redirectMapping: { kind: "structure", change: structure.redirectMapping },
  swapMorphology: { kind: "structure", change: structure.swapMorphology },
  addMorphology: { kind: "structure", change: structure.addMorphology },
  removeMorphology: { kind: "structure", change: structure.removeMorphology },
  addArea: { kind: "structure", change: structure.addArea },
  removeArea: { kind: "structure", change: structure.removeArea },
};

/** Core areas belong to the host: they keep their parameters, their mappings may change. */
function own(genome: Genome, { open }: Scope): GenomeArea[] {
  return [...genome.areas.values()].filter((area) => area.kind !== "core" && open(area));
}

const custom = (genome: Genome, scope: Scope) => own(genome, scope).filter(({ kind }) => kind === "custom");

function isMemory({ kind }: GenomeArea): boolean {
  return kind === "memory";
}

function rules(genome: Genome, { open }: Scope): { rule: MappingRule; where: string }[] {
  return [...genome.areas.values()].filter(open).flatMap((area) =>
    [...area.mappings].flatMap(([destination, list]) => {
      const where = `from ${area.name} to ${genome.areas.get(destination)?.name ?? destination}`;
      return list.map((rule) => ({ rule, where }));
    }),
  );
}

/** Those that the genome brought along itself. */
function custommade<T extends Morphology["type"]>(genome: Genome, type: T): Extract<Morphology, { type: T }>[] {
  const isSuch = (one: Morphology): one is Extract<Morphology, { type: T }> => one.class === "custom" && one.type === type;
  return [...genome.morphologies.values()].filter(isSuch);
}

function number(min: number, max: number, { whole }: { whole: boolean }, cells: (genome: Genome, scope: Scope) => Cell[]): Operator {
  return { kind: "number", min, max, whole, cells };
}

function parameter(name: Numeric<AreaParameters>, min: number, max: number, form: { whole: boolean }, has = (_area: GenomeArea) => true) {
  return number(min, max, form, (genome, scope) =>
    own(genome, scope)
      .filter(has)
      .map((area) => cellOf(area.parameters, name, `of ${area.name}`)),
  );
}

function parameterFlag(name: Flagged<AreaParameters>): Operator {
  const flag = ({ name: where, parameters }: GenomeArea): Flag => ({
    where: `of ${where}`,
    flip() {
      parameters[name] = !parameters[name];
    },
  });
  return { kind: "flag", flags: (genome, scope) => own(genome, scope).map(flag) };
}

/** A plastic rule needs a window and something to learn by. */
function plasticFlag({ rule, where }: { rule: MappingRule; where: string }): Flag {
  return {
    where,
    flip() {
      rule.plastic = !rule.plastic;
      if (!rule.plastic) return;
      rule.plasticityWindow = Math.max(1, Math.round(rule.plasticityWindow));
      if (rule.plasticityConstant === 0) rule.plasticityConstant = 1;
      if (rule.ltpMultiplier === 0) rule.ltpMultiplier = 1;
      if (rule.ltdMultiplier === 0) rule.ltdMultiplier = 1;
    },
  };
}

function ofRule(name: Numeric<Required<MappingRule>>, min: number, max: number, form: { whole: boolean }): Operator {
  return number(min, max, form, (genome, scope) => rules(genome, scope).map(({ rule, where }) => cellOf(rule, name, where)));
}

function ofPhysiology(name: Numeric<Physiology>, min: number, max: number, form: { whole: boolean }): Operator {
  return number(min, max, form, ({ physiology }) => [cellOf(physiology, name, "of physiology")]);
}

function cellOf<K extends PropertyKey>(owner: Record<K, number>, key: K, where: string): Cell {
  return {
    where,
    value: owner[key],
    set(value) {
      owner[key] = value;
    },
  };
}

/** Entries of a list that are numbers. */
function cellsOf(list: (number | string)[], where: string): Cell[] {
  return list.flatMap((value, i) => (typeof value === "number" ? [cellOf(list as number[], i, `${i} ${where}`)] : []));
}
