/**
 * The engine port. An engine owns its memory; the caller owns every buffer it hands in.
 *
 * Verbs are coarse and speak typed arrays: load, apply, burst, snapshot, restore. Everything except a burst happens between
 * bursts; calling a verb while `burstInto` is pending is a programmer's error. Every engine passes `conformance.ts`.
 */
import type { EngineImage, NeuronColumns } from "#contracts/network.ts";

export type EngineKind = "reference" | "native";

export interface NeuronStates {
  /** Membrane potential caught up to the current burst (spec 6.1); NaN for a deleted or unknown neuron. */
  potential: Float32Array;
  /** Refractory countdown in bursts. */
  countdown: Uint16Array;
  consecutiveFires: Uint16Array;
}

/** What neurons are set to, and where they lie, as their columns are loaded; all 0 for a deleted or unknown one. */
export interface NeuronSettings extends Omit<NeuronColumns, "count"> {
  /** 1: alive. */
  valid: Uint8Array;
}

/** Valid synapses in slot order. */
export interface SynapseRows {
  slot: Uint32Array;
  source: Uint32Array;
  target: Uint32Array;
  weight: Float32Array;
  psp: Float32Array;
  kind: Uint8Array;
  delay: Uint8Array;
  flags: Uint8Array;
  /** Eligibility trace. */
  trace: Float32Array;
}

export interface WeightChanges {
  slot: Uint32Array;
  weight: Float32Array;
}

/** What an engine's state takes, in bytes, by what is allocated. */
export interface MemoryBytes {
  /** Neurons, and where their rows of synapses begin. */
  neurons: number;
  synapses: number;
  /** Sums of the bursts to come. */
  ring: number;
  /** How much of all this forks have a part in. */
  shared: number;
  total: number;
}

/** Synapses a spike of the next burst would be sent over into one target. Ascending (source, slot). */
export interface Afferents {
  slot: Uint32Array;
  source: Uint32Array;
  delay: Uint8Array;
  weight: Float32Array;
  psp: Float32Array;
  kind: Uint8Array;
  /** By what a contribution is divided; 1 where it is not. */
  divisor: Uint32Array;
  /** By what it is multiplied at last: gates and gains of its modulation group; 1 without. */
  factor: Float32Array;
  /** 1: the source's membrane potential at firing stands in for the psp (0 where it is negative or not finite). */
  mpDriven: Uint8Array;
}

export interface Candidates {
  /** Ascending. */
  ids: Uint32Array;
  sums: Float32Array;
}

/** What modulators and rewards say to pattern memory. */
export interface MemorySignals {
  /** Memory neurons marked by reward since the marks were cleared, ascending. */
  consolidated: Uint32Array;
  /** Areas that form no memory neurons in the step after the last burst, ascending. */
  suppressed: Uint32Array;
}

export interface Engine {
  readonly kind: EngineKind;
  /** Number of the last burst; 0 before the first. */
  readonly burst: number;
  readonly neuronCount: number;
  /** Valid synapses. */
  readonly synapseCount: number;
  /** Slots of synapses, free ones included: below it lies every slot there is. */
  readonly synapseSlots: number;
  /** Words a frame buffer must hold for any burst of the loaded network. */
  readonly frameWords: number;
  memoryBytes(): MemoryBytes;

  /** Copies the image into the engine's own memory and starts at burst 0. The image, like a snapshot, chooses the neuron model. */
  load(image: EngineImage): void;
  /** Applies a patch (contracts/patch.ts) before the next burst. All or nothing: a malformed patch changes nothing. */
  apply(patch: Uint32Array): void;
  /** Runs one burst off the JS thread where the engine can, writes it into `frame` (contracts/frame.ts), resolves to the words written. */
  burstInto(frame: Uint32Array): Promise<number>;
  /** The same on the calling thread. */
  burstIntoSync(frame: Uint32Array): number;
  /** Complete state (contracts/snapshot.ts). */
  snapshot(): Uint8Array;
  /** Takes a snapshot of either engine; a damaged one is refused with its reason and changes nothing. */
  restore(snapshot: Uint8Array): void;
  /** The xxHash64 that ends the snapshot. */
  stateHash(): bigint;

  /** The part of the state that bursts change (moment.ts), canonical: wiring and settings, which patches change, are left out. */
  moment(): Uint8Array;
  /** Takes a moment of an engine that had the wiring and settings of this one; refused like a snapshot. */
  restoreMoment(moment: Uint8Array): void;
  /** An engine in the same state. What neither changes afterwards they share. */
  fork(): Engine;

  /** Whether `weightChanges` is kept. Off at first; a fork starts with off. */
  watchWeights(on: boolean): void;
  /** Synapses whose weight learning changed in the last burst, ascending slot, with their weights; empty unless watched. */
  weightChanges(): WeightChanges;

  neuronStates(ids: Uint32Array): NeuronStates;
  /**
   * Writes what is read after every burst into the front of `into`, which the caller keeps: the membrane potentials of n neurons (f32
   * values, NaN as in `neuronStates`), n times 1 for a neuron that fired in the last burst, deleted meanwhile or not, and the weights of
   * synapses, three words each: slot, source, target; NaN where the slot holds no valid synapse between these two. As an end ANY_NEURON
   * is whatever neuron. `into` must hold at least so many numbers.
   */
  sample(neurons: Uint32Array, synapses: Uint32Array, into: Float64Array): void;
  /**
   * Settings as they were set: in `standard` what modulators make of them at the moment is left out, so that written back they change
   * nothing.
   */
  neuronSettings(ids: Uint32Array): NeuronSettings;
  /** Potentials at firing of the last burst, parallel to its ascending fired ids. */
  firedPotentials(): Float32Array;
  /** The fire candidate list of the last burst. */
  candidates(): Candidates;
  synapses(): SynapseRows;
  /** Those of them whose slots are at least `from` and below `until`: what is read of many synapses without holding anybody up. */
  synapsesIn(from: number, until: number): SynapseRows;
  outgoing(neuron: number): SynapseRows;
  incoming(neuron: number): SynapseRows;
  /** What conducts into one neuron in the next burst, removed synapses included where they still do. Read after patches. */
  afferents(target: number): Afferents;
  memorySignals(): MemorySignals;
  /** Weights by slot; NaN for a slot that is not valid. */
  weightsOf(slots: Uint32Array): Float64Array;
  dispose(): void;
}

/** As an end of a synapse that is named: whatever neuron. */
export const ANY_NEURON = 0xffffffff;
export const WORDS_PER_NAMED_SYNAPSE = 3;

/** Slots as `sample` names synapses, whatever they join. */
export function namedBySlot(slots: Uint32Array): Uint32Array {
  const words = new Uint32Array(WORDS_PER_NAMED_SYNAPSE * slots.length).fill(ANY_NEURON);
  slots.forEach((slot, i) => {
    words[WORDS_PER_NAMED_SYNAPSE * i] = slot;
  });
  return words;
}

/** Whether a synapse joins the two it was named with. */
export function joins(source: number, target: number, namedSource: number, namedTarget: number): boolean {
  return (namedSource === ANY_NEURON || namedSource === source) && (namedTarget === ANY_NEURON || namedTarget === target);
}

export function emptySettings(count: number): NeuronSettings {
  return {
    valid: new Uint8Array(count),
    area: new Uint32Array(count),
    x: new Uint32Array(count),
    y: new Uint32Array(count),
    z: new Uint32Array(count),
    threshold: new Float32Array(count),
    thresholdLimit: new Float32Array(count),
    leak: new Float32Array(count),
    excitability: new Float32Array(count),
    refractoryPeriod: new Uint16Array(count),
    consecutiveFireLimit: new Uint16Array(count),
    snoozePeriod: new Uint16Array(count),
    accumulates: new Uint8Array(count),
  };
}

/** `frame` itself while it holds the next burst, else a larger one: a brain that learns memory neurons needs more room. */
export function roomyFrame(engine: Engine, frame: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  return frame.length >= engine.frameWords ? frame : new Uint32Array(engine.frameWords);
}
