/**
 * Modulators: what drivers that fired do to the thresholds, leaks and excitabilities of areas, to synapses of a group and to learning.
 *
 * The last phase of a burst computes the factors of the next one. Values are scaled from a baseline, which is kept beside them.
 * Source: spec/burst-engine-extensions.md 11; layouts in contracts/patch-extensions.ts.
 */
import { modulatorKinds } from "#contracts/patch-extensions.ts";
import { type Baseline, placeOf, releaseBaselines, scaleArea, scaled } from "./baselines.ts";
import type { NetworkState } from "./network-state.ts";
import { SCALED, type ScaledSetting } from "./neuron-settings.ts";

const GAIN = modulatorKinds.indexOf("synaptic.transmission_gain");
const GATE = modulatorKinds.indexOf("synaptic.gate");
export const REWARD = modulatorKinds.indexOf("synaptic.reward");
const LEARNING_RATE = modulatorKinds.indexOf("synaptic.learning_rate");
const FORMATION = modulatorKinds.indexOf("memory.formation");

export interface Modulator {
  number: number;
  kind: number;
  driver: number;
  /** Percent / 100. */
  magnitude: number;
  /** 0: not graded. */
  fullScale: number;
}

/** Modulators that act together on synapses; the factors are those in force. */
export interface ModulationGroup {
  number: number;
  members: number[];
  transmission: number;
  reward: number;
  learning: number;
}

export class Modulators {
  bound: Modulator[] = [];
  /** Numbers by area, in order. */
  readonly subscriptions = new Map<number, number[]>();
  readonly groups = new Map<number, ModulationGroup>();
  baselines: Baseline[] = [];
  /** Areas that form no memory neurons, ascending. */
  suppressed: number[] = [];
  /** Some group multiplies contributions by another factor than 1. */
  transmitting = false;

  boundOf(numbers: readonly number[], kind: number): Modulator[] {
    return numbers.flatMap((number) => this.bound.filter((modulator) => modulator.number === number && modulator.kind === kind));
  }

  subscribed(area: number, kind: number): Modulator[] {
    return this.boundOf(this.subscriptions.get(area) ?? [], kind);
  }

  /** Drivers of a group's rewards. */
  rewardDrivers(group: number): number[] {
    return this.boundOf(this.groups.get(group)?.members ?? [], REWARD).map(({ driver }) => driver);
  }

  /** What a contribution over a synapse of the group is multiplied by. */
  transmission(group: number): number {
    return this.groups.get(group)?.transmission ?? 1;
  }

  define(number: number, members: readonly number[]): void {
    const old = this.groups.get(number) ?? { number, members: [], transmission: 1, reward: 0, learning: 1 };
    this.groups.set(number, { ...old, members: [...new Set(members)] });
  }

  remove(number: number): void {
    const others = (numbers: readonly number[]) => numbers.filter((other) => other !== number);
    this.bound = this.bound.filter((modulator) => modulator.number !== number);
    for (const [area, numbers] of this.subscriptions) {
      if (numbers.length > 1 || numbers[0] !== number) this.subscriptions.set(area, others(numbers));
      else this.subscriptions.delete(area);
    }
    for (const group of this.groups.values()) group.members = others(group.members);
  }

  baseline(area: number, kind: ScaledSetting): Baseline | undefined {
    return this.baselines.find((baseline) => baseline.area === area && baseline.kind === kind);
  }

  /** Takes an edit into the baseline of a neuron; the value to be written, null where nothing scales it. */
  edited(area: number, kind: ScaledSetting, id: number, value: number): number | null {
    const baseline = this.baseline(area, kind);
    const at = baseline ? placeOf(baseline.neurons, id) : -1;
    if (!baseline || at < 0) return null;
    baseline.values[at] = value;
    return scaled(kind, value, baseline.factor, false);
  }

  capture(baseline: Baseline): void {
    this.baselines.push(baseline);
    this.baselines.sort((a, b) => a.area - b.area || a.kind - b.kind);
  }

  noteTransmission(): void {
    this.transmitting = false;
    for (const { transmission } of this.groups.values()) if (transmission !== 1) this.transmitting = true;
  }
}

/** Computes from this burst's fires what is in force in the next. Without modulators FEAGI leaves what was in force. */
export function commitModulators(state: NetworkState, modulators: Modulators): void {
  if (modulators.bound.length === 0) return;
  const signals = signalsOf(state, modulators);
  const of = ({ number }: Modulator) => signals.get(number)!;
  for (const group of modulators.groups.values()) {
    const members = (kind: number) => modulators.boundOf(group.members, kind);
    const gates = members(GATE);
    const gain = product(members(GAIN).map(of));
    group.transmission = gates.length === 0 ? gain : Math.fround(gain * openest(gates.map(of)));
    group.reward = members(REWARD).reduce((sum, modulator) => Math.fround(sum + of(modulator)), 0);
    group.learning = product(members(LEARNING_RATE).map(of));
  }
  modulators.noteTransmission();
  modulators.suppressed = [];
  for (const area of [...modulators.subscriptions.keys()].sort((a, b) => a - b)) {
    for (const kind of SCALED) {
      const subscribed = modulators.subscribed(area, kind);
      if (subscribed.length > 0) scaleArea(state, modulators, area, kind, product(subscribed.map(of)));
    }
    const formation = modulators.subscribed(area, FORMATION);
    if (formation.length > 0 && !(product(formation.map(of)) > 0)) modulators.suppressed.push(area);
  }
}

/** The signal of every modulator; of a driver that fired by its lowest id. */
function signalsOf({ fired, neurons, memory, strict }: NetworkState, { bound }: Modulators): Map<number, number> {
  const firedAt = new Map<number, number>();
  const drivers = new Set(bound.map(({ driver }) => driver));
  const note = (area: number, potential: number) => {
    if (drivers.has(area) && !firedAt.has(area)) firedAt.set(area, potential);
  };
  for (let f = 0; f < fired.count; f++) note(neurons.area[fired.ids[f]!]!, fired.potentials[f]!);
  for (const { area, potential } of memory.fired) note(area, potential);
  // FEAGI keeps magnitude and full scale once per driver.
  const last = new Map(bound.map((modulator) => [modulator.driver, modulator]));
  return new Map(
    bound.map((modulator) => {
      const potential = firedAt.get(modulator.driver);
      const { magnitude, fullScale } = strict ? last.get(modulator.driver)! : modulator;
      return [modulator.number, potential === undefined ? 0 : Math.fround(magnitude * strength(potential, fullScale))];
    }),
  );
}

function strength(potential: number, fullScale: number): number {
  if (!(fullScale > 0)) return 1;
  const share = Math.fround(potential / fullScale);
  return share < 1 ? share : 1;
}

function product(signals: readonly number[]): number {
  return signals.reduce((factor, signal) => Math.fround(factor * Math.fround(1 + signal)), 1);
}

function openest(signals: readonly number[]): number {
  return signals.reduce((most, signal) => (signal > most ? signal : most), 0);
}

/** After an edit: groups that got a gate close, and `standard` takes back what nothing commands any more. */
export function settleEdit(state: NetworkState, modulators: Modulators, edit: () => void): void {
  const gated = () => new Set([...modulators.groups.values()].filter((group) => modulators.boundOf(group.members, GATE).length > 0));
  const before = new Set([...gated()].map(({ number }) => number));
  edit();
  for (const group of gated()) if (!before.has(group.number)) group.transmission = 0;
  if (!state.strict) {
    releaseBaselines(state, modulators);
    if (modulators.bound.length === 0) {
      modulators.suppressed = [];
      for (const group of modulators.groups.values()) Object.assign(group, { transmission: 1, reward: 0, learning: 1 });
    }
  }
  modulators.noteTransmission();
}

/** The factor of a synapse's group; 1 while no group is in force. */
export function transmissionOf(state: NetworkState, slot: number): number {
  const group = state.synapses.groupOf(slot);
  return group === 0 ? 1 : (state.modulators?.transmission(group) ?? 1);
}
