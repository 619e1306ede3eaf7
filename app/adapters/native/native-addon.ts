/**
 * What the native addon offers, in types. The other side is native/crates/node; `ABI_VERSION` there rises whenever this changes.
 */
import type { Engine } from "#core/engine/engine.ts";

export const NATIVE_ABI_VERSION = 16;

export const simdChoices = ["auto", "avx512", "avx2", "baseline"] as const;
/** Vector instructions an engine is made to use; `auto`: the widest of the machine, `baseline`: none it need not have. */
export type SimdChoice = (typeof simdChoices)[number];

/** The verbs of the engine port, one for one but for those the adapter is made of others. */
export type NativeBinding = Omit<
  Engine,
  | "kind"
  | "burst"
  | "neuronCount"
  | "synapseCount"
  | "synapseSlots"
  | "frameWords"
  | "fork"
  | "restoreMoment"
  | "neuronStates"
  | "neuronSettings"
  | "weightsOf"
> & {
  /** Writes the burst, the neurons, the synapses and the words a frame needs. */
  readCounts(into: Float64Array): void;
  fork(): NativeBinding;
  /** Potential, countdown and consecutive fires, three numbers a neuron. */
  readStates(ids: Uint32Array, into: Float64Array): void;
  /** The columns of `NeuronSettings` in their order, thirteen numbers a neuron. */
  readSettings(ids: Uint32Array, into: Float64Array): void;
  /** False where the moment takes a whole snapshot. */
  restoreMoment(moment: Uint8Array): boolean;
};

export interface NativeAddon {
  abiVersion(): number;
  /** The widest vector instructions of this machine: "avx512", "avx2", "sse2", "neon" or "scalar". */
  simdLevel(): string;
  /** The layout numbers both sides must agree on. */
  layout(): { name: string; value: number }[];
  NativeEngine: new (options: { threads: number; simd: SimdChoice }) => NativeBinding;
}
