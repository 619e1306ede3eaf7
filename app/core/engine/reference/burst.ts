/**
 * One burst: inject, integrate, fire, propagate, degenerate, learn, regulate. The only place where time passes.
 *
 * Optional subsystems have one hook each, in the order of spec/burst-engine-extensions.md 1.
 * Candidates are visited in ascending id and rows in slot order, so every sum has one order. Source: spec/burst-engine.md 3 to 6.
 */

import { NO_FIRE_LIMIT, NO_THRESHOLD_LIMIT } from "#contracts/network.ts";
import { caughtUp, firesByChance, INT8_NO_LIMIT, int8Charge } from "../membrane.ts";
import { bitWords, popCount, setBit } from "./bits.ts";
import { giveVerdicts } from "./classifier-watch.ts";
import { ownBuild } from "./fork.ts";
import { regulateLeak } from "./homeostat.ts";
import { learn } from "./learn.ts";
import {
  degenerateMemory,
  dueReplay,
  fireMemory,
  injectMemory,
  propagateOutside,
  scheduleReplay,
  takeMemoryArrivals,
} from "./memory-burst.ts";
import { commitModulators } from "./modulators.ts";
import { FATIGUE_AREA, type NetworkState, NO_NEURON, POWER_AREA } from "./network-state.ts";
import { propagate } from "./propagation.ts";
import { runTrains } from "./spike-trains.ts";

/** FEAGI takes its batch path from this many candidates on. */
const BATCH_CANDIDATES = 10_000;
const MAX_U16 = 65_535;

/** What a burst did, beside the fired list of the state. */
export interface BurstCounts {
  processed: number;
  refractory: number;
  synaptic: number;
  power: number;
}

export function runBurst(state: NetworkState, counts: BurstCounts): void {
  if (state.shared?.byBursts) ownBuild(state);
  state.burst += 1;
  inject(state, counts);
  counts.refractory = integrate(state, counts.processed);
  fireForced(state);
  coolDown(state);
  if (state.unknownCandidates.size > 0 || state.memory.fired.length > 0) fireMemory(state);
  if (state.trains !== null) runTrains(state, state.trains);
  if (state.memory.fired.length > 0) scheduleReplay(state);
  if (state.watches.length > 0) giveVerdicts(state);
  propagate(state);
  propagateOutside(state);
  degenerate(state);
  learn(state);
  if (state.homeostats !== null) regulateLeak(state, state.homeostats);
  if (state.modulators !== null) commitModulators(state, state.modulators);
}

/** Builds the candidates: due arrivals, staged input, power, fatigue, in this order; clears leftovers of the burst before. */
function inject(state: NetworkState, counts: BurstCounts): void {
  const previous = state.candidates;
  if (state.memory.replay.length > 0) dueReplay(state);
  state.candidates = state.arrivals.take(state.burst);
  state.unknownCandidates.clear();
  counts.synaptic = state.candidates.size + takeMemoryArrivals(state);
  injectStaged(state);
  counts.power = state.powerNeuron === NO_NEURON ? 0 : 1;
  if (counts.power === 1) state.candidates.add(state.powerNeuron, state.powerAmount);
  clearLeftovers(state, previous.touched);
  state.arrivals.release(previous);
  if (state.fatigueActive) injectFatigue(state);
  if (state.memory.injected.length > 0) injectMemory(state);
  counts.processed = state.candidates.size + state.unknownCandidates.size;
}

function injectStaged({ staged, candidates, unknownCandidates, neurons }: NetworkState): void {
  const { ids, potentials } = staged;
  for (let i = 0; i < staged.count; i++) {
    const id = ids[i]!;
    if (id < neurons.count) candidates.add(id, potentials[i]!);
    else unknownCandidates.set(id, Math.fround((unknownCandidates.get(id) ?? 0) + potentials[i]!));
  }
  staged.count = 0;
}

/** A candidate of the last burst that does not accumulate, did not fire and is not refractory loses what it holds. */
function clearLeftovers(state: NetworkState, previous: Uint32Array): void {
  const { potential, forgetful, cooling } = state.neurons;
  for (let w = 0; w < previous.length; w++) {
    let word = previous[w]! & forgetful[w]!;
    if (word === 0) continue;
    word &= ~(cooling[w]! | state.firedBits[w]!);
    for (; word !== 0; word &= word - 1) potential[(w << 5) + 31 - Math.clz32(word & -word)] = 0;
  }
}

function injectFatigue(state: NetworkState): void {
  const { area, count } = state.neurons;
  for (let id = 0; id < count; id++) {
    if (area[id] === FATIGUE_AREA && state.neurons.isValid(id)) state.candidates.add(id, state.powerAmount);
  }
}

/** Adds each candidate's charge to its membrane potential and lets it fire; returns the refractory statistic. */
function integrate(state: NetworkState, candidateCount: number): number {
  const { strict, int8, burst, fired, firedBits } = state;
  const { touched, sums } = state.candidates;
  const { potential, lastUpdate, leak, threshold, thresholdLimit, excitability } = state.neurons;
  const { countdown, consecutiveFires, refractoryPeriod, consecutiveFireLimit, snoozePeriod } = state.neurons;
  const { valid, cooling, forgetful } = state.neurons;
  const batch = strict && candidateCount >= BATCH_CANDIDATES;
  const countsFreshSpikes = strict && !batch;
  const noLimit = int8 ? INT8_NO_LIMIT : Math.fround(NO_THRESHOLD_LIMIT);
  const firedIds = fired.ids;
  const firedPotentials = fired.potentials;
  let firings = 0;
  let refractory = 0;
  firedBits.fill(0);

  const words = bitWords(state.neurons.count);
  for (let w = 0; w < words; w++) {
    let word = touched[w]! & valid[w]!;
    if (countsFreshSpikes && word !== touched[w]!) refractory += restingAmong(countdown, touched[w]! & ~valid[w]!, w);
    if (word === 0) continue;
    // Input to a refractory neuron is lost; its leak runs on.
    const blocked = word & cooling[w]!;
    if (blocked !== 0) {
      refractory += popCount(blocked);
      word ^= blocked;
    }
    const forgets = forgetful[w]!;
    while (word !== 0) {
      const bit = word & -word;
      word ^= bit;
      const id = (w << 5) + 31 - Math.clz32(bit);
      let input = sums[id]!;
      if (input < 0 && (forgets & bit) === 0) input = 0;
      const before = caughtUp(potential[id]!, leak[id]!, burst - lastUpdate[id]!);
      const sum = Math.fround(before + input);
      let charge = input - input === 0 ? sum : before;
      if (int8) charge = int8Charge(charge);
      potential[id] = charge;
      lastUpdate[id] = burst;

      const fireLimit = consecutiveFireLimit[id]!;
      const limited = fireLimit !== 0 && fireLimit !== NO_FIRE_LIMIT;
      if (charge >= threshold[id]!) {
        const limit = thresholdLimit[id]!;
        const atFiring = batch ? sum : charge;
        if (limit === noLimit || (batch ? !(sum > limit) : charge <= limit)) {
          const fires = consecutiveFires[id]!;
          if ((limited || strict) && fires >= (limited ? fireLimit : MAX_U16)) {
            if (limited || !batch) consecutiveFires[id] = 0;
            continue;
          }
          if (firesByChance(excitability[id]!, id, burst)) {
            potential[id] = 0;
            consecutiveFires[id] = Math.min(MAX_U16, fires + 1);
            const snooze = limited && !batch && fires + 1 >= fireLimit ? snoozePeriod[id]! : 0;
            const rest = Math.min(MAX_U16, refractoryPeriod[id]! + snooze);
            countdown[id] = rest;
            if (rest > 0) {
              cooling[w]! |= bit;
              if (countsFreshSpikes) refractory++;
            }
            firedBits[w]! |= bit;
            firedIds[firings] = id;
            firedPotentials[firings++] = atFiring;
            continue;
          }
        }
      }
      if (limited) consecutiveFires[id] = 0;
    }
  }
  fired.count = firings;
  return refractory;
}

/** What of a network's state forced fires touch. */
type Firing = Pick<NetworkState, "forced" | "fired" | "firedBits" | "hasFired"> & { neurons: Pick<NetworkState["neurons"], "isValid"> };

/** The deleted candidates of a word whose countdown ran when they were deleted: FEAGI's statistic goes on counting them. */
function restingAmong(countdown: Uint16Array, deleted: number, w: number): number {
  let resting = 0;
  for (let word = deleted; word !== 0; word &= word - 1) if (countdown[(w << 5) + 31 - Math.clz32(word & -word)]! > 0) resting++;
  return resting;
}

/** Adds forced fires of neurons that did not fire by themselves. They change no state of the neuron. */
export function fireForced(state: Firing): void {
  const { forced, fired, firedBits } = state;
  if (forced.count === 0) return;
  const added: [number, number][] = [];
  for (let i = 0; i < forced.count; i++) {
    const id = forced.ids[i]!;
    if (!state.neurons.isValid(id) || state.hasFired(id)) continue;
    setBit(firedBits, id);
    added.push([id, forced.potentials[i]!]);
  }
  forced.count = 0;
  added.sort((a, b) => a[0] - b[0]);
  // Merge from the back, so that the list stays ascending without a copy.
  let from = fired.count - 1;
  fired.count += added.length;
  fired.reserve(fired.count);
  for (let to = fired.count - 1, next = added.length - 1; next >= 0; to--) {
    const [id, potential] = added[next]!;
    if (from >= 0 && fired.ids[from]! > id) {
      fired.ids[to] = fired.ids[from]!;
      fired.potentials[to] = fired.potentials[from--]!;
    } else {
      fired.ids[to] = id;
      fired.potentials[to] = potential;
      next--;
    }
  }
}

/** Moves the refractory countdown of every neuron that did not fire. */
function coolDown(state: NetworkState): void {
  const { cooling, countdown, consecutiveFires, consecutiveFireLimit } = state.neurons;
  for (let w = 0; w < cooling.length; w++) {
    let word = cooling[w]! & ~state.firedBits[w]!;
    while (word !== 0) {
      const bit = word & -word;
      word ^= bit;
      const id = (w << 5) + 31 - Math.clz32(bit);
      const left = countdown[id]! - 1;
      countdown[id] = left;
      if (left > 0) continue;
      cooling[w]! &= ~bit;
      const limit = consecutiveFireLimit[id]!;
      if (limit !== 0 && limit !== NO_FIRE_LIMIT && consecutiveFires[id]! >= limit) consecutiveFires[id] = 0;
    }
  }
}

/** Wears the synapses of every neuron that fired in an area with a degeneration coefficient; power does not wear. */
function degenerate(state: NetworkState): void {
  const { fired, areas, neurons } = state;
  if (state.memory.fired.length > 0) degenerateMemory(state);
  if (!areas.wearing || fired.count === 0) return;
  const synapses = state.freshRows();
  for (let f = 0; f < fired.count; f++) {
    const source = fired.ids[f]!;
    const wear = areas.degeneration[areas.ordinal[source]!]!;
    if (!(wear > 0) || neurons.area[source] === POWER_AREA) continue;
    for (let e = synapses.rowStart[source]!; e < synapses.rowStart[source + 1]!; e++) {
      const slot = synapses.entrySlot[e]!;
      if (!synapses.isLive(slot)) continue;
      const left = Math.fround(synapses.psp[slot]! - wear);
      synapses.psp[slot] = 0;
      if (left > 0) synapses.psp[slot] = left;
      synapses.refreshEntry(e, slot);
    }
  }
}
