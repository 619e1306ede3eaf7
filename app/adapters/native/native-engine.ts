/**
 * The Engine port over the native addon: translates errors, refuses frames that are too small, and keeps the counts at hand so
 * that reading them never waits for a running burst.
 */
import { type ErrorCode, errorCodes, LabError } from "#contracts/errors.ts";
import { frameWord } from "#contracts/frame.ts";
import type { EngineImage } from "#contracts/network.ts";
import {
  type Afferents,
  type Candidates,
  type Engine,
  emptySettings,
  type MemoryBytes,
  type MemorySignals,
  type NeuronSettings,
  type NeuronStates,
  namedBySlot,
  type SynapseRows,
  type WeightChanges,
  WORDS_PER_NAMED_SYNAPSE,
} from "#core/engine/engine.ts";
import { completed } from "#core/engine/moment.ts";
import { type NativeAddon, type NativeBinding, type SimdChoice, simdChoices } from "./native-addon.ts";

export interface NativeEngineOptions {
  /** Threads a burst may use; results do not depend on it. */
  threads: number;
  /** Vector instructions to use; results do not depend on it. Those the machine lacks are refused. */
  simd?: SimdChoice;
}

/** The choice in GYRUS_SIMD, `auto` where it is not set. */
export function askedSimd(env: Readonly<Record<string, string | undefined>>): SimdChoice {
  const asked = env.GYRUS_SIMD || "auto";
  const known = simdChoices.find((choice) => choice === asked);
  if (known === undefined) throw new LabError("E_INVALID", `GYRUS_SIMD is ${asked}, not one of ${simdChoices.join(", ")}`);
  return known;
}

/** Slowness and failure on demand, so that tests can watch the lab cope with them. */
export interface Faults {
  /** Added to every burst, inside engine time. */
  delayMs: number;
  /** This burst fails, once. */
  failAtBurst: number | undefined;
}

export function createNativeEngine(
  addon: NativeAddon,
  { threads, simd = "auto" }: NativeEngineOptions,
  faults: Faults = { delayMs: 0, failAtBurst: undefined },
): Engine {
  return new NativeEngine(
    translated("E_ENGINE", () => new addon.NativeEngine({ threads, simd })),
    faults,
  );
}

const NONE = new Uint32Array(0);

class NativeEngine implements Engine {
  readonly kind = "native";
  readonly #native: NativeBinding;
  readonly #faults: Faults;
  /** Burst, neurons, synapses and frame words as they were between two bursts: while one runs, nobody can ask the engine. */
  readonly #counts = new Float64Array(5);
  /** Kept, because handing out arrays costs the border more than the reading. */
  #states = new Float64Array(0);

  constructor(native: NativeBinding, faults: Faults) {
    this.#native = native;
    this.#faults = faults;
    this.#readCounts();
  }

  get burst(): number {
    return this.#counts[0] as number;
  }

  get neuronCount(): number {
    return this.#counts[1] as number;
  }

  get synapseCount(): number {
    return this.#counts[2] as number;
  }

  get frameWords(): number {
    return this.#counts[3] as number;
  }

  get synapseSlots(): number {
    return this.#counts[4] as number;
  }

  load(image: EngineImage): void {
    translated("E_NETWORK", () => this.#native.load(image));
    this.#readCounts();
  }

  apply(patch: Uint32Array): void {
    translated("E_INVALID", () => this.#native.apply(patch));
    this.#readCounts();
  }

  async burstInto(frame: Uint32Array): Promise<number> {
    this.#beforeBurst(frame);
    const words = await this.#native.burstInto(frame).catch((error: unknown) => {
      throw labErrorOf("E_ENGINE", error);
    });
    const { delayMs } = this.#faults;
    if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
    this.#afterBurst(frame);
    return words;
  }

  burstIntoSync(frame: Uint32Array): number {
    this.#beforeBurst(frame);
    const words = translated("E_ENGINE", () => this.#native.burstIntoSync(frame));
    const { delayMs } = this.#faults;
    if (delayMs > 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, delayMs);
    this.#afterBurst(frame);
    return words;
  }

  snapshot(): Uint8Array {
    return translated("E_ENGINE", () => this.#native.snapshot());
  }

  restore(snapshot: Uint8Array): void {
    translated("E_NETWORK", () => this.#native.restore(snapshot));
    this.#readCounts();
  }

  stateHash(): bigint {
    return translated("E_ENGINE", () => this.#native.stateHash());
  }

  moment(): Uint8Array {
    return translated("E_ENGINE", () => this.#native.moment());
  }

  restoreMoment(moment: Uint8Array): void {
    const isTaken = translated("E_NETWORK", () => this.#native.restoreMoment(moment));
    if (isTaken) this.#readCounts();
    else this.restore(completed(this.snapshot(), moment));
  }

  memoryBytes(): MemoryBytes {
    return translated("E_ENGINE", () => this.#native.memoryBytes());
  }

  fork(): Engine {
    const twin = translated("E_ENGINE", () => this.#native.fork());
    return new NativeEngine(twin, this.#faults);
  }

  watchWeights(on: boolean): void {
    translated("E_ENGINE", () => this.#native.watchWeights(on));
  }

  weightChanges(): WeightChanges {
    return translated("E_ENGINE", () => this.#native.weightChanges());
  }

  neuronStates(ids: Uint32Array): NeuronStates {
    const count = ids.length;
    if (this.#states.length < 3 * count) this.#states = new Float64Array(3 * count);
    const read = this.#states;
    translated("E_ENGINE", () => this.#native.readStates(ids, read));
    const states = {
      potential: new Float32Array(count),
      countdown: new Uint16Array(count),
      consecutiveFires: new Uint16Array(count),
    };
    for (let i = 0; i < count; i++) {
      states.potential[i] = read[3 * i]!;
      states.countdown[i] = read[3 * i + 1]!;
      states.consecutiveFires[i] = read[3 * i + 2]!;
    }
    return states;
  }

  sample(neurons: Uint32Array, synapses: Uint32Array, into: Float64Array): void {
    if (into.length < 2 * neurons.length + synapses.length / WORDS_PER_NAMED_SYNAPSE)
      throw new LabError("E_INVALID", "The array for a sample is too short");
    try {
      this.#native.sample(neurons, synapses, into);
    } catch (error) {
      throw labErrorOf("E_ENGINE", error);
    }
  }

  neuronSettings(ids: Uint32Array): NeuronSettings {
    const settings = emptySettings(ids.length);
    const columns = Object.values(settings) as NeuronSettings[keyof NeuronSettings][];
    const read = new Float64Array(columns.length * ids.length);
    translated("E_ENGINE", () => this.#native.readSettings(ids, read));
    columns.forEach((column, c) => {
      for (let i = 0; i < ids.length; i++) column[i] = read[columns.length * i + c]!;
    });
    return settings;
  }

  firedPotentials(): Float32Array {
    return translated("E_ENGINE", () => this.#native.firedPotentials());
  }

  candidates(): Candidates {
    return translated("E_ENGINE", () => this.#native.candidates());
  }

  synapses(): SynapseRows {
    return translated("E_ENGINE", () => this.#native.synapses());
  }

  synapsesIn(from: number, until: number): SynapseRows {
    return translated("E_ENGINE", () => this.#native.synapsesIn(from, until));
  }

  outgoing(neuron: number): SynapseRows {
    return translated("E_ENGINE", () => this.#native.outgoing(neuron));
  }

  incoming(neuron: number): SynapseRows {
    return translated("E_ENGINE", () => this.#native.incoming(neuron));
  }

  afferents(target: number): Afferents {
    return translated("E_ENGINE", () => this.#native.afferents(target));
  }

  memorySignals(): MemorySignals {
    return translated("E_ENGINE", () => this.#native.memorySignals());
  }

  weightsOf(slots: Uint32Array): Float64Array {
    const weights = new Float64Array(slots.length);
    this.sample(NONE, namedBySlot(slots), weights);
    return weights;
  }

  dispose(): void {
    translated("E_ENGINE", () => this.#native.dispose());
    this.#readCounts();
  }

  #beforeBurst(frame: Uint32Array): void {
    if (frame.length < this.frameWords) {
      throw new RangeError(`A frame of ${frame.length} words is too small; this network needs ${this.frameWords}`);
    }
    if (this.#faults.failAtBurst === this.burst + 1) {
      this.#faults.failAtBurst = undefined;
      throw new LabError("E_ENGINE", `The native engine was made to fail at burst ${this.burst + 1}`, { engine: "native" });
    }
  }

  #afterBurst(frame: Uint32Array): void {
    // A burst may create synapses, and use up injections that a frame kept room for.
    this.#readCounts();
    const nanos = (frame[frameWord.engineNanos] as number) + this.#faults.delayMs * 1e6;
    frame[frameWord.engineNanos] = Math.min(nanos, 0xffffffff);
  }

  #readCounts(): void {
    this.#native.readCounts(this.#counts);
  }
}

function translated<T>(otherwise: ErrorCode, verb: () => T): T {
  try {
    return verb();
  } catch (error) {
    throw labErrorOf(otherwise, error);
  }
}

/** The addon puts the code in front of the reason; what has none is a wrong argument or a panic. */
function labErrorOf(otherwise: ErrorCode, error: unknown): LabError {
  const text = error instanceof Error ? error.message : String(error);
  const [, code, reason] = /^(E_[A-Z_]+): (.*)$/s.exec(text) ?? [];
  const known = errorCodes.find((one) => one === code);
  return new LabError(known ?? otherwise, known === undefined ? text : (reason as string), { engine: "native" }, undefined, error);
}
