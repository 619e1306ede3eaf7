/**
 * One burst of lif-delta, a step of every neuron: inject, integrate, fire, propagate, learn. The only place where time passes.
 *
 * Exact integration (Rotter and Diesmann 1999) with the operations of NEST's iaf_psc_delta in their order, each f64 step rounded by
 * itself. A sum adds arrivals by firing burst, source, slot; then staged input in its order; then the Poisson events.
 */
import { decayOver, depressed, facilitated, raised } from "#core/plasticity/pair-rule.ts";
import { pcg } from "../membrane.ts";
import { bitWords, setBit } from "../reference/bits.ts";
import { type BurstCounts, fireForced } from "../reference/burst.ts";
import { type InputSums, isUntouched } from "./input-schedule.ts";
import type { LifState } from "./lif-state.ts";
import { NOT_PLASTIC } from "./lif-synapses.ts";
import type { SpikeTrain } from "./spike-history.ts";

export function runLifBurst(state: LifState, counts: BurstCounts): void {
  state.burst += 1;
  state.changedWeights?.clear();
  const input = inject(state, counts);
  counts.refractory = integrate(state, input.sums);
  state.arrivals.release(input);
  fireForced(state);
  propagate(state);
  if (state.projections.length > 0) learn(state);
}

/** What reaches each neuron in this burst. */
function inject(state: LifState, counts: BurstCounts): InputSums {
  const input = state.arrivals.take(state.burst);
  const { staged } = state;
  counts.processed = state.neurons.count;
  counts.synaptic = input.size;
  counts.power = 0;
  for (let i = 0; i < staged.count; i++) input.sums[staged.ids[i]!]! += staged.potentials[i]!;
  staged.count = 0;
  injectPoisson(state, input.sums);
  return input;
}

/** The draw of a neuron depends on seed, burst and id alone, so a run can be repeated from any burst. */
function injectPoisson({ parameters, neurons, seed, burst }: LifState, sums: Float64Array): void {
  if (parameters.every(({ poissonTable }) => poissonTable.length === 0)) return;
  const ofBurst = pcg(seed + Math.imul(burst, 0x9e3779b9));
  for (let id = 0; id < neurons.count; id++) {
    const { poissonTable, poissonWeight } = parameters[neurons.parameterSet[id]!]!;
    if (poissonTable.length === 0) continue;
    const draw = pcg(ofBurst ^ id);
    let events = 0;
    while (events < poissonTable.length && poissonTable[events]! <= draw) events++;
    if (events > 0) sums[id]! += events * poissonWeight;
  }
}

/** Moves every membrane potential by a step and lets it fire; the number of refractory neurons. */
function integrate(state: LifState, sums: Float64Array): number {
  const { parameters, fired, firedBits } = state;
  const { count, potential, countdown, parameterSet, valid } = state.neurons;
  let refractory = 0;
  let firings = 0;
  firedBits.fill(0);
  for (let w = 0; w < bitWords(count); w++) {
    const word = valid[w]!;
    if (word === 0) continue;
    for (let id = w << 5; id < Math.min(count, (w + 1) << 5); id++) {
      if (((word >>> (id & 31)) & 1) === 0) continue;
      const { drive, decay, threshold, reset, refractorySteps, restingPotential } = parameters[parameterSet[id]!]!;
      if (countdown[id] === 0) {
        potential[id] = drive + decay * potential[id]! + sums[id]!;
      } else {
        // Input to a refractory neuron is lost.
        countdown[id]!--;
        refractory++;
      }
      if (potential[id]! >= threshold) {
        setBit(firedBits, id);
        fired.ids[firings] = id;
        fired.potentials[firings++] = potential[id]! + restingPotential;
        countdown[id] = refractorySteps;
        potential[id] = reset;
      }
    }
  }
  fired.count = firings;
  return refractory;
}

/** Sends every spike over its synapses: sources ascending, slots ascending. A plastic one learns first, then sends. */
function propagate(state: LifState): void {
  const { fired, arrivals, burst } = state;
  if (fired.count === 0) return;
  const { rowStart, rowTarget, rowDelay, rowWeight, rowPlastic } = state.freshRows();
  let reach = 0;
  let slot: InputSums | undefined;
  for (let f = 0; f < fired.count; f++) {
    const source = fired.ids[f]!;
    const end = rowStart[source + 1]!;
    for (let e = rowStart[source]!; e < end; e++) {
      if (rowDelay[e] !== reach || slot === undefined) {
        reach = rowDelay[e]!;
        slot = arrivals.at(burst + reach);
      }
      const into = rowTarget[e]!;
      const plastic = rowPlastic[e]!;
      const before = slot.sums[into]!;
      if (isUntouched(before)) slot.size++;
      slot.sums[into] = before + (plastic === NOT_PLASTIC ? rowWeight[e]! : learnToSend(state, plastic));
    }
  }
}

/** The weight with which a plastic synapse sends now, after it has met the spikes of its target (pair-rule.ts). */
function learnToSend(state: LifState, at: number): number {
  const { synapses, burst } = state;
  const { plasticSlot, plasticWeight, plasticSpike, plasticTrace, plasticRule } = synapses;
  const rule = state.projections[plasticRule[at]!]!;
  const slot = plasticSlot[at]!;
  const delay = synapses.delay[slot]!;
  const spikes = state.history[synapses.target[slot]!]!;
  const last = plasticSpike[at]!;
  const before = plasticWeight[at]!;
  let weight = before;
  const end = spikes.upTo(burst - delay);
  for (let i = spikes.upTo(last - delay); i < end; i++) weight = meet(state, at, weight, spikes.burst(i));
  const latest = end > 0 && spikes.burst(end - 1) === burst - delay ? end - 2 : end - 1;
  const met = latest < 0 ? 0 : spikes.trace(latest) * decayOver(burst - delay - spikes.burst(latest), rule.minusLow, rule.minusHigh);
  weight = depressed(weight, met, rule);
  plasticTrace[at] = raised(plasticTrace[at]!, decayOver(burst - last, rule.plusLow, rule.plusHigh));
  plasticSpike[at] = burst;
  noteWeight(state, at, before, weight);
  plasticWeight[at] = weight;
  return weight;
}

/** Weight of a plastic synapse after one spike of its target. */
function meet({ synapses, projections }: LifState, at: number, weight: number, spike: number): number {
  const rule = projections[synapses.plasticRule[at]!]!;
  const since = spike + synapses.delay[synapses.plasticSlot[at]!]! - synapses.plasticSpike[at]!;
  return facilitated(weight, synapses.plasticTrace[at]! * decayOver(since, rule.plusLow, rule.plusHigh), rule);
}

/** Notes the spikes of plastic targets, for synapses that send later. */
function learn(state: LifState): void {
  const { fired, history, burst, neurons, minusRules } = state;
  for (let f = 0; f < fired.count; f++) {
    const id = fired.ids[f]!;
    const spikes = history[id];
    if (spikes === undefined) continue;
    if (spikes.isFull) makeRoom(state, id, spikes);
    const { minusLow, minusHigh } = minusRules.get(neurons.area[id]!)!;
    spikes.pushRaised(burst, minusLow, minusHigh);
  }
}

/** Lets go of what no synapse will ask for; at the limit the oldest spike is settled with those that have not met it. */
function makeRoom(state: LifState, target: number, spikes: SpikeTrain): void {
  spikes.drop(spikes.firstNeeded(state.burst, state.unreadSince(target)));
  if (!spikes.isAtLimit) return;
  const { intoStart, into, plasticSlot, plasticSpike, plasticWeight, delay } = state.freshRows();
  const oldest = spikes.burst(0);
  for (let e = intoStart[target]!; e < intoStart[target + 1]!; e++) {
    const at = into[e]!;
    if (plasticSpike[at]! - delay[plasticSlot[at]!]! >= oldest) continue;
    const weight = meet(state, at, plasticWeight[at]!, oldest);
    noteWeight(state, at, plasticWeight[at]!, weight);
    plasticWeight[at] = weight;
  }
  spikes.drop(1);
}

function noteWeight({ changedWeights }: LifState, at: number, before: number, after: number): void {
  if (changedWeights !== null && before !== after && !changedWeights.has(at)) changedWeights.set(at, before);
}
