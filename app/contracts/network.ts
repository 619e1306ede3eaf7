/**
 * The network image: neurons and synapses as typed columns, the only form in which an engine takes them. `NetworkImage` is a grown
 * connectome for FEAGI's neurons, `LifNetworkImage` a network of leaky integrate-and-fire neurons; `dynamics` tells which.
 *
 * Neuron id = position in the neuron columns. Synapse slot = position in the synapse columns; slots are never reused.
 * Every synapse of a loaded image is indexed. All arrays of a group have equal length, but for those of which it says otherwise.
 * Source: spec/burst-engine.md section 2.
 */
export const dynamicsModes = ["standard", "feagi-strict"] as const;
/** `feagi-strict` copies FEAGI 0.0.53, defects included; `standard` is that plus the repairs of spec/burst-engine.md section 11. */
export type Dynamics = (typeof dynamicsModes)[number];

export const precisions = ["f32", "int8"] as const;
export type Precision = (typeof precisions)[number];

/** `thresholdLimit` value that means "no upper end of the firing window". */
export const NO_THRESHOLD_LIMIT = 3.4028234663852886e38;
/** `consecutiveFireLimit` value that means "no limit" (0 means the same). */
export const NO_FIRE_LIMIT = 65535;

export interface NeuronColumns {
  count: number;
  area: Uint32Array;
  x: Uint32Array;
  y: Uint32Array;
  z: Uint32Array;
  /** Same unit as the membrane potential. */
  threshold: Float32Array;
  thresholdLimit: Float32Array;
  /** Fraction of the membrane potential lost per burst. */
  leak: Float32Array;
  /** Firing probability; 0.999 and above is "always". */
  excitability: Float32Array;
  /** Bursts. */
  refractoryPeriod: Uint16Array;
  consecutiveFireLimit: Uint16Array;
  snoozePeriod: Uint16Array;
  /** 1: charge accumulates over bursts; 0: leftovers are cleared. */
  accumulates: Uint8Array;
}

export interface SynapseColumns {
  count: number;
  source: Uint32Array;
  target: Uint32Array;
  /** Of this and the following, an engine also takes one value for all synapses. */
  weight: Float32Array;
  /** Postsynaptic potential per unit of weight. */
  psp: Float32Array;
  /** 0 excitatory, anything else inhibitory. */
  kind: Uint8Array;
  /** Bursts, 1..255. */
  delay: Uint8Array;
  /** Bit 0: associative. */
  flags: Uint8Array;
}

/** Settings an engine keeps per area. `null` = never set, which differs from false (spec 4.2). */
export interface EngineArea {
  index: number;
  pspUniform: boolean | null;
  mpDrivenPsp: boolean | null;
  /** Postsynaptic potential lost per spike; 0 = off. */
  degeneration: number;
  baselinePsp: number | null;
}

export interface NetworkImage {
  dynamics: Dynamics;
  precision: Precision;
  powerAmount: number;
  neurons: NeuronColumns;
  synapses: SynapseColumns;
  areas: EngineArea[];
}

/** Leaky integrate-and-fire neurons with delta synapses, exact integration, every neuron updated in every burst (one step each). */
export const lifDynamics = "lif-delta";
/** Every dynamics an engine can run. */
export const engineDynamics = [...dynamicsModes, lifDynamics] as const;
export type EngineDynamics = (typeof engineDynamics)[number];

/** Entries of a decay table, see `StdpProjection`. */
export const DECAY_STEPS = 1024;

/**
 * Parameters that neurons share. Potentials are mV relative to `restingPotential`. What depends on an exponential is worked out by
 * who makes the image, so that engines cannot differ. All are finite.
 */
export interface LifParameters {
  threshold: number;
  /** Below the threshold. */
  reset: number;
  /** exp(-step / tau_m), 0..1: share of the membrane potential kept per step. */
  decay: number;
  /** mV that a constant current adds per step. */
  drive: number;
  /** Steps without input after a spike, 0..65535. */
  refractorySteps: number;
  /** mV of one Poisson event. */
  poissonWeight: number;
  /** Ascending; a draw u (u32) counts as many events as there are entries <= u. Empty: none. */
  poissonTable: Uint32Array;
  /** mV, what readers add to a potential. */
  restingPotential: number;
}

/**
 * Pair-based STDP of all synapses from one area into another (plasticity/pair-rule.ts). Weights stay between 0 and `maxWeight`,
 * whose sign they share. The decay over n steps is low[n & 1023] * high[n >>> 10], 0 from 1024 * 1024 steps on, where
 * low[n] = exp(-n * step / tau) and high[m] = exp(-1024 * m * step / tau). All projections into one area have the same
 * minus tables, because the trace they decay belongs to the target.
 */
export interface StdpProjection {
  sourceArea: number;
  targetArea: number;
  lambda: number;
  alpha: number;
  maxWeight: number;
  muPlus: 0 | 1;
  muMinus: 0 | 1;
  plusLow: Float64Array;
  plusHigh: Float64Array;
  minusLow: Float64Array;
  minusHigh: Float64Array;
}

export interface LifNeuronColumns {
  count: number;
  area: Uint32Array;
  x: Uint32Array;
  y: Uint32Array;
  z: Uint32Array;
  /** mV relative to the resting potential. */
  potential: Float64Array;
  /** Index in `parameters`. */
  parameterSet: Uint16Array;
}

export interface LifSynapseColumns {
  count: number;
  source: Uint32Array;
  target: Uint32Array;
  /** mV, negative inhibits; plastic weights evolve from it in double precision. */
  weight: Float32Array;
  /** Bursts, 1..255. */
  delay: Uint8Array;
}

export interface LifNetworkImage {
  dynamics: typeof lifDynamics;
  /** Biological time of one burst in ms. */
  stepMs: number;
  /** u32, of the Poisson input. */
  seed: number;
  parameters: LifParameters[];
  neurons: LifNeuronColumns;
  synapses: LifSynapseColumns;
  /** One per ordered pair of areas at most; a pair without one does not learn. */
  projections: StdpProjection[];
}

/** What an engine loads. */
export type EngineImage = NetworkImage | LifNetworkImage;
