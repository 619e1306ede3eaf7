/**
 * Spikes of the targets of plastic synapses, which a synapse asks for when it sends: (burst, trace), ascending, per neuron.
 *
 * A neuron has a history while a valid plastic synapse ends at it. A spike is still needed while some synapse has not read it
 * (`unread`: the latest burst that all have read), or while it may be the latest before a burst t - d to come. At most
 * LIF_HISTORY_SPIKES needed ones are kept: the next spike makes room by settling the oldest with the synapses that have not read it.
 */
import { LIF_HISTORY_SPIKES } from "#contracts/snapshot.ts";
import { decayOver, raised } from "#core/plasticity/pair-rule.ts";

/** How far back a depression may ask: the longest delay. */
const REACH = 255;
const FIRST_CAPACITY = 16;

/** A ring of one neuron's spikes, oldest first from `start`. */
export class SpikeTrain {
  #bursts = new Uint32Array(FIRST_CAPACITY);
  #traces = new Float64Array(FIRST_CAPACITY);
  #start = 0;
  count = 0;

  burst(i: number): number {
    return this.#bursts[(this.#start + i) & (this.#bursts.length - 1)]!;
  }

  trace(i: number): number {
    return this.#traces[(this.#start + i) & (this.#traces.length - 1)]!;
  }

  get isFull(): boolean {
    return this.count === this.#bursts.length;
  }

  get isAtLimit(): boolean {
    return this.count >= LIF_HISTORY_SPIKES;
  }

  push(burst: number, trace: number): void {
    if (this.isFull) this.#grow();
    const at = (this.#start + this.count++) & (this.#bursts.length - 1);
    this.#bursts[at] = burst;
    this.#traces[at] = trace;
  }

  /** Adds a spike whose trace follows from the one before. */
  pushRaised(burst: number, decayLow: Float64Array, decayHigh: Float64Array): void {
    const last = this.count - 1;
    this.push(burst, last < 0 ? 1 : raised(this.trace(last), decayOver(burst - this.burst(last), decayLow, decayHigh)));
  }

  drop(spikes: number): void {
    this.#start = (this.#start + spikes) & (this.#bursts.length - 1);
    this.count -= spikes;
  }

  /** Number of spikes at or before `burst`. */
  upTo(burst: number): number {
    let i = this.count;
    while (i > 0 && this.burst(i - 1) > burst) i--;
    return i;
  }

  /** Place of the oldest spike that is needed after burst `now`. */
  firstNeeded(now: number, unread: number): number {
    const latestBeforeReach = this.upTo(now - REACH) - 1;
    return Math.min(this.upTo(unread), Math.max(0, latestBeforeReach));
  }

  copy(): SpikeTrain {
    const copy = new SpikeTrain();
    copy.#bursts = this.#bursts.slice();
    copy.#traces = this.#traces.slice();
    copy.#start = this.#start;
    copy.count = this.count;
    return copy;
  }

  #grow(): void {
    const bursts = new Uint32Array(this.#bursts.length * 2);
    const traces = new Float64Array(bursts.length);
    for (let i = 0; i < this.count; i++) {
      bursts[i] = this.burst(i);
      traces[i] = this.trace(i);
    }
    this.#bursts = bursts;
    this.#traces = traces;
    this.#start = 0;
  }
}
