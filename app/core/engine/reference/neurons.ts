/**
 * Neurons as columns; neuron id = position. Ids are never reused: a deleted neuron keeps its place and loses its `valid` bit.
 *
 * `cooling` holds the valid neurons whose refractory countdown is above zero, `forgetful` the valid ones whose leftover charge
 * is cleared; both follow from the columns and are kept so that a burst walks words instead of neurons.
 */
import type { NeuronColumns } from "#contracts/network.ts";
import { bitWords, grown, hasBit, writeBit } from "./bits.ts";

export class Neurons {
  count = 0;
  potential = new Float32Array(0);
  /** Burst of the last processing or direct write. */
  lastUpdate = new Uint32Array(0);
  countdown = new Uint16Array(0);
  consecutiveFires = new Uint16Array(0);
  threshold = new Float32Array(0);
  thresholdLimit = new Float32Array(0);
  leak = new Float32Array(0);
  refractoryPeriod = new Uint16Array(0);
  excitability = new Float32Array(0);
  consecutiveFireLimit = new Uint16Array(0);
  snoozePeriod = new Uint16Array(0);
  accumulates = new Uint8Array(0);
  area = new Uint32Array(0);
  x = new Uint32Array(0);
  y = new Uint32Array(0);
  z = new Uint32Array(0);

  valid = new Uint32Array(0);
  cooling = new Uint32Array(0);
  forgetful = new Uint32Array(0);

  get capacity(): number {
    return this.potential.length;
  }

  reserve(neurons: number): void {
    if (neurons <= this.capacity) return;
    this.potential = grown(this.potential, neurons);
    this.lastUpdate = grown(this.lastUpdate, neurons);
    this.countdown = grown(this.countdown, neurons);
    this.consecutiveFires = grown(this.consecutiveFires, neurons);
    this.threshold = grown(this.threshold, neurons);
    this.thresholdLimit = grown(this.thresholdLimit, neurons);
    this.leak = grown(this.leak, neurons);
    this.refractoryPeriod = grown(this.refractoryPeriod, neurons);
    this.excitability = grown(this.excitability, neurons);
    this.consecutiveFireLimit = grown(this.consecutiveFireLimit, neurons);
    this.snoozePeriod = grown(this.snoozePeriod, neurons);
    this.accumulates = grown(this.accumulates, neurons);
    this.area = grown(this.area, neurons);
    this.x = grown(this.x, neurons);
    this.y = grown(this.y, neurons);
    this.z = grown(this.z, neurons);
    this.valid = grown(this.valid, bitWords(neurons));
    this.cooling = grown(this.cooling, bitWords(neurons));
    this.forgetful = grown(this.forgetful, bitWords(neurons));
  }

  /** Takes the columns of an image as new, silent neurons. */
  fill(image: NeuronColumns): void {
    this.reserve(image.count);
    this.count = image.count;
    this.threshold.set(image.threshold);
    this.thresholdLimit.set(image.thresholdLimit);
    this.leak.set(image.leak);
    this.refractoryPeriod.set(image.refractoryPeriod);
    this.excitability.set(image.excitability);
    this.consecutiveFireLimit.set(image.consecutiveFireLimit);
    this.snoozePeriod.set(image.snoozePeriod);
    this.accumulates.set(image.accumulates);
    this.area.set(image.area);
    this.x.set(image.x);
    this.y.set(image.y);
    this.z.set(image.z);
    for (let i = 0; i < image.count; i++) this.setValid(i, true);
  }

  isValid(id: number): boolean {
    return id < this.count && hasBit(this.valid, id);
  }

  setValid(id: number, valid: boolean): void {
    writeBit(this.valid, id, valid);
    this.#markCooling(id);
    this.#markForgetful(id);
  }

  setCountdown(id: number, bursts: number): void {
    this.countdown[id] = bursts;
    this.#markCooling(id);
  }

  setAccumulates(id: number, accumulates: boolean): void {
    this.accumulates[id] = accumulates ? 1 : 0;
    this.#markForgetful(id);
  }

  #markCooling(id: number): void {
    writeBit(this.cooling, id, this.countdown[id] !== 0 && hasBit(this.valid, id));
  }

  #markForgetful(id: number): void {
    writeBit(this.forgetful, id, this.accumulates[id] === 0 && hasBit(this.valid, id));
  }
}
