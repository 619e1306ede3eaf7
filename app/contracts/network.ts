/**
 * The network image: a grown connectome as typed columns, the only form in which an engine takes one.
 *
 * Neuron id = position in the neuron columns. Synapse slot = position in the synapse columns; slots are never reused.
 * Every synapse of a loaded image is indexed. All arrays of a group have equal length. Source: spec/burst-engine.md section 2.
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
