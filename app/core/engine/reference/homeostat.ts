/**
 * Rate-modulated leak: an average of firing moves the leak of each neuron, so that it fires about as often as its target says.
 *
 * The target is one for the area, or measured per neuron while it is armed. Shares of averages come in ready (1 - exp(-1 / tau)).
 * Source: spec/burst-engine-extensions.md 13.
 */
import { retention } from "../membrane.ts";
import { restoreBaseline } from "./baselines.ts";
import type { NetworkState } from "./network-state.ts";
import { changeSetting, eachOf, editedValue, LEAK } from "./neuron-settings.ts";

/** How a neuron is regulated. */
export const regulation = { none: 0, oneSided: 1, twoSided: 2 } as const;

export interface HomeostatSettings {
  area: number;
  perNeuron: boolean;
  /** Neurons too silent to have a target of their own are left alone. */
  leavesSilent: boolean;
  /** Fires per burst. */
  target: number;
  rateShare: number;
  gain: number;
  leakMin: number;
  leakMax: number;
  /** Bursts between two steps of the leak. */
  every: number;
  armBursts: number;
  armShare: number;
  minTarget: number;
  epoch: number;
  base: number;
}

export interface Homeostat extends HomeostatSettings {
  /** Bursts of arming that are over. */
  armed: number;
  neurons: Uint32Array;
  rate: Float32Array;
  /** While arming the average taken, then the target. */
  setPoint: Float32Array;
  leak: Float32Array;
  rule: Uint8Array;
}

/** By area. */
export type Homeostats = Map<number, Homeostat>;

export function registerHomeostat(state: NetworkState, settings: HomeostatSettings): void {
  const { area, base, perNeuron } = settings;
  const ids: number[] = [];
  eachOf(state, area, (id) => ids.push(id));
  const neurons = Uint32Array.from(ids);
  state.homeostats ??= new Map();
  const old = state.homeostats.get(area);
  if (!state.ledger.has(area, false)) state.ledger.track(area, false, 1, state.burst);
  if (old && keepsState(old, settings, neurons)) {
    Object.assign(old, settings);
    return;
  }
  const count = neurons.length;
  const rule = perNeuron ? regulation.none : regulation.twoSided;
  state.homeostats.set(area, {
    ...settings,
    armed: perNeuron ? 0 : settings.armBursts,
    neurons,
    rate: new Float32Array(count),
    setPoint: new Float32Array(count).fill(perNeuron ? 0 : settings.target),
    leak: new Float32Array(count).fill(base),
    rule: new Uint8Array(count).fill(rule),
  });
  if (perNeuron) for (const id of neurons) changeSetting(state, LEAK, id, editedValue(state, LEAK, id, base), true);
}

function keepsState(old: Homeostat, { perNeuron, epoch, armBursts }: HomeostatSettings, neurons: Uint32Array): boolean {
  const isSame = old.perNeuron && perNeuron && old.epoch === epoch && old.armBursts === armBursts;
  return isSame && old.neurons.length === neurons.length && old.neurons.every((id, i) => id === neurons[i]);
}

/** A leak edit of the area starts the leaks anew; the averages stay. */
export function reseedHomeostat(state: NetworkState, area: number, leak: number): void {
  const homeostat = state.homeostats?.get(area);
  if (!homeostat) return;
  homeostat.base = leak;
  homeostat.leak.fill(leak);
}

/** Moves averages and leaks by what fired in this burst. The leaks a modulator has scaled are first put back. */
export function regulateLeak(state: NetworkState, homeostats: Homeostats): void {
  for (const area of [...homeostats.keys()].sort((a, b) => a - b)) {
    const baseline = state.modulators?.baseline(area, LEAK);
    if (baseline && baseline.factor !== 1) restoreBaseline(state, baseline);
    regulate(state, homeostats.get(area)!);
  }
}

function regulate(state: NetworkState, homeostat: Homeostat): void {
  const { neurons, rate, setPoint, leak, rule, rateShare, armShare, armBursts } = homeostat;
  const isArming = homeostat.armed < armBursts;
  if (isArming) homeostat.armed++;
  const isStep = state.burst % homeostat.every === 0;
  for (const [i, id] of neurons.entries()) {
    const fired = state.hasFired(id) ? 1 : 0;
    rate[i] = averaged(rate[i]!, fired, rateShare);
    if (isArming) setPoint[i] = averaged(setPoint[i]!, fired, armShare);
    else if (isStep && rule[i] !== regulation.none) {
      leak[i] = nextLeak(homeostat, leak[i]!, rate[i]!, setPoint[i]!, rule[i]!);
      // Per neuron FEAGI settles the idle stretch, too.
      changeSetting(state, LEAK, id, leak[i]!, homeostat.perNeuron || !state.strict);
    }
  }
  if (isArming && homeostat.armed === armBursts) finishArming(homeostat);
}

function averaged(average: number, fired: number, share: number): number {
  return Math.fround(Math.fround(Math.fround(1 - share) * average) + Math.fround(share * fired));
}

/** An average over the bursts of arming, unbiased by its start at 0. */
export function armedTarget({ armShare }: Pick<HomeostatSettings, "armShare">, average: number, bursts: number): number {
  return clamp(Math.fround(average / Math.fround(1 - retention(armShare, bursts))), 0, 1);
}

function finishArming(homeostat: Homeostat): void {
  const { setPoint, rule, minTarget, leavesSilent, armBursts } = homeostat;
  for (let i = 0; i < setPoint.length; i++) {
    const target = armedTarget(homeostat, setPoint[i]!, armBursts);
    const isSilent = !(target >= minTarget);
    rule[i] = isSilent ? (leavesSilent ? regulation.none : regulation.oneSided) : regulation.twoSided;
    setPoint[i] = isSilent && !leavesSilent ? 0 : target;
  }
}

function nextLeak(homeostat: Homeostat, leak: number, rate: number, target: number, rule: number): number {
  const { gain, base, leakMin, leakMax, minTarget } = homeostat;
  if (rule === regulation.twoSided) return clamp(Math.fround(leak + Math.fround(gain * Math.fround(rate - target))), leakMin, leakMax);
  const moved = rate >= minTarget ? Math.fround(gain * rate) : -Math.fround(gain * Math.fround(leak - base));
  return clamp(Math.fround(leak + moved), clamp(base, leakMin, leakMax), leakMax);
}

/** What is no number becomes the least. */
function clamp(value: number, least: number, most: number): number {
  return value > least ? (value > most ? most : value) : least;
}
