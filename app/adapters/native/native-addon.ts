/**
 * What the native addon offers, in types. The other side is native/crates/node; `ABI_VERSION` there rises whenever this changes.
 */
import type { NetworkImage } from "#contracts/network.ts";
import type { Candidates, NeuronStates, SynapseRows } from "#core/engine/engine.ts";

export const NATIVE_ABI_VERSION = 2;

export interface NativeBinding {
  readonly burst: number;
  readonly neuronCount: number;
  readonly synapseCount: number;
  readonly frameWords: number;
  load(image: NetworkImage): void;
  apply(patch: Uint32Array): void;
  burstInto(frame: Uint32Array): Promise<number>;
  burstIntoSync(frame: Uint32Array): number;
  snapshot(): Uint8Array;
  restore(snapshot: Uint8Array): void;
  stateHash(): bigint;
  neuronStates(ids: Uint32Array): NeuronStates;
  firedPotentials(): Float32Array;
  candidates(): Candidates;
  synapses(): SynapseRows;
  outgoing(neuron: number): SynapseRows;
  incoming(neuron: number): SynapseRows;
  dispose(): void;
}

export interface NativeAddon {
  abiVersion(): number;
  /** The widest vector instructions of this machine: "avx512", "avx2", "sse2", "neon" or "scalar". */
  simdLevel(): string;
  /** The layout numbers both sides must agree on. */
  layout(): { name: string; value: number }[];
  NativeEngine: new (options: { threads: number }) => NativeBinding;
}
