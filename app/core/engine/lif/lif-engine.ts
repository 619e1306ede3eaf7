/** The lif-delta reference: leaky integrate-and-fire neurons behind the engine port, in readable form. */
import { LabError } from "#contracts/errors.ts";
import { frameCapacityWords, frameWord } from "#contracts/frame.ts";
import { type EngineImage, lifDynamics } from "#contracts/network.ts";
import {
  type Afferents,
  type Candidates,
  type Engine,
  emptySettings,
  joins,
  type MemoryBytes,
  type MemorySignals,
  type NeuronSettings,
  type NeuronStates,
  namedBySlot,
  type SynapseRows,
  type WeightChanges,
  WORDS_PER_NAMED_SYNAPSE,
} from "../engine.ts";
import { completed } from "../moment.ts";
import type { BurstCounts } from "../reference/burst.ts";
import { FrameWriter } from "../reference/frame-writer.ts";
import { memoryBytesOf } from "../reference/memory-bytes.ts";
import { endingHash } from "../snapshot-sections.ts";
import { runLifBurst } from "./lif-burst.ts";
import { applyLifPatch, checkLifPatch } from "./lif-patch.ts";
import { lifMomentOf, lifSnapshotOf, lifStateFromSnapshot } from "./lif-snapshot.ts";
import { LifState, lifStateOf } from "./lif-state.ts";

const NONE = new Uint32Array(0);

export class LifReference implements Engine {
  readonly kind = "reference";
  readonly #nowNanos: () => number;
  readonly #frames = new FrameWriter();
  readonly #counts: BurstCounts = { processed: 0, refractory: 0, synaptic: 0, power: 0 };
  #state = new LifState();

  constructor(nowNanos: () => number) {
    this.#nowNanos = nowNanos;
  }

  get burst(): number {
    return this.#state.burst;
  }

  get neuronCount(): number {
    return this.#state.neurons.count;
  }

  get synapseCount(): number {
    return this.#state.synapses.validCount;
  }

  get synapseSlots(): number {
    return this.#state.synapses.count;
  }

  get frameWords(): number {
    return frameCapacityWords(this.#state.neurons.count, this.#state.areas.indexes.length);
  }

  load(image: EngineImage): void {
    if (image.dynamics !== lifDynamics) throw new LabError("E_UNSUPPORTED", `This model does not run ${image.dynamics}`);
    this.#take(lifStateOf(image));
  }

  apply(patch: Uint32Array): void {
    checkLifPatch(this.#state, patch);
    applyLifPatch(this.#state, patch);
  }

  async burstInto(frame: Uint32Array): Promise<number> {
    return this.burstIntoSync(frame);
  }

  burstIntoSync(frame: Uint32Array): number {
    if (frame.length < this.frameWords)
      throw new RangeError(`A frame of ${frame.length} words is too small, ${this.frameWords} are needed`);
    const start = this.#nowNanos();
    runLifBurst(this.#state, this.#counts);
    const words = this.#frames.write(this.#state, this.#counts, frame);
    frame[frameWord.engineNanos] = Math.min(this.#nowNanos() - start, 0xffffffff);
    return words;
  }

  snapshot(): Uint8Array {
    return lifSnapshotOf(this.#state);
  }

  restore(snapshot: Uint8Array): void {
    this.#take(lifStateFromSnapshot(snapshot));
  }

  stateHash(): bigint {
    return endingHash(this.snapshot());
  }

  moment(): Uint8Array {
    return lifMomentOf(this.#state);
  }

  restoreMoment(moment: Uint8Array): void {
    this.restore(completed(this.snapshot(), moment));
  }

  fork(): Engine {
    const twin = new LifReference(this.#nowNanos);
    twin.#state = this.#state.fork();
    return twin;
  }

  memoryBytes(): MemoryBytes {
    const { neurons, synapses, arrivals, fired, staged, burst } = this.#state;
    return memoryBytesOf({
      neurons: [neurons, fired, staged],
      synapses,
      rowTables: [synapses.rowStart, synapses.intoStart],
      sums: (due) => arrivals.find(due),
      burst,
      isShared: synapses.shared,
    });
  }

  watchWeights(on: boolean): void {
    this.#state.changedWeights = on ? new Map() : null;
  }

  weightChanges(): WeightChanges {
    const { changedWeights, synapses } = this.#state;
    const changed: number[] = [];
    for (const [at, before] of changedWeights ?? []) {
      const slot = synapses.plasticSlot[at]!;
      if (synapses.isValid(slot) && Math.fround(before) !== Math.fround(synapses.plasticWeight[at]!)) changed.push(slot);
    }
    const slot = Uint32Array.from(changed).sort();
    return { slot, weight: Float32Array.from(slot, (at) => synapses.weightOf(at)) };
  }

  neuronStates(ids: Uint32Array): NeuronStates {
    const { neurons, parameters } = this.#state;
    const states = {
      potential: new Float32Array(ids.length).fill(Number.NaN),
      countdown: new Uint16Array(ids.length),
      consecutiveFires: new Uint16Array(ids.length),
    };
    ids.forEach((id, i) => {
      if (!neurons.isValid(id)) return;
      states.potential[i] = neurons.potential[id]! + parameters[neurons.parameterSet[id]!]!.restingPotential;
      states.countdown[i] = neurons.countdown[id]!;
    });
    return states;
  }

  sample(neurons: Uint32Array, named: Uint32Array, into: Float64Array): void {
    const { synapses } = this.#state;
    const { potential } = this.neuronStates(neurons);
    neurons.forEach((id, i) => {
      into[i] = potential[i]!;
      into[neurons.length + i] = this.#state.hasFired(id) ? 1 : 0;
    });
    for (let i = 0, at = 2 * neurons.length; i < named.length; i += WORDS_PER_NAMED_SYNAPSE, at++) {
      const slot = named[i]!;
      const isMeant = synapses.isValid(slot) && joins(synapses.source[slot]!, synapses.target[slot]!, named[i + 1]!, named[i + 2]!);
      into[at] = isMeant ? synapses.weightOf(slot) : Number.NaN;
    }
  }

  /** A parameter set says what these neurons do; of FEAGI's settings only the threshold, relative to rest, has a counterpart. */
  neuronSettings(ids: Uint32Array): NeuronSettings {
    const { neurons, parameters } = this.#state;
    const settings = emptySettings(ids.length);
    ids.forEach((id, i) => {
      if (!neurons.isValid(id)) return;
      settings.valid[i] = 1;
      for (const name of ["area", "x", "y", "z"] as const) settings[name][i] = neurons[name][id]!;
      settings.threshold[i] = parameters[neurons.parameterSet[id]!]!.threshold;
    });
    return settings;
  }

  firedPotentials(): Float32Array {
    return this.#state.fired.potentials.slice(0, this.#state.fired.count);
  }

  /** Every neuron is updated in every burst: there are no candidates. */
  candidates(): Candidates {
    return { ids: new Uint32Array(0), sums: new Float32Array(0) };
  }

  synapses(): SynapseRows {
    return this.#slots(() => true);
  }

  synapsesIn(from: number, until: number): SynapseRows {
    return this.#slots((slot) => slot >= from && slot < until);
  }

  outgoing(neuron: number): SynapseRows {
    return this.#slots((slot) => this.#state.synapses.source[slot] === neuron);
  }

  incoming(neuron: number): SynapseRows {
    return this.#slots((slot) => this.#state.synapses.target[slot] === neuron);
  }

  /** A plastic synapse may learn once more before it sends; here is its weight as of the last spike. */
  afferents(target: number): Afferents {
    const { source: sources } = this.#state.synapses;
    const order = this.incoming(target).slot.sort((a, b) => sources[a]! - sources[b]! || a - b);
    const { slot, source, delay, weight, psp, kind } = this.#state.synapses.rows(order);
    const divisor = new Uint32Array(slot.length).fill(1);
    const factor = new Float32Array(slot.length).fill(1);
    return { slot, source, delay, weight, psp, kind, divisor, factor, mpDriven: new Uint8Array(slot.length) };
  }

  memorySignals(): MemorySignals {
    return { consolidated: NONE, suppressed: NONE };
  }

  weightsOf(slots: Uint32Array): Float64Array {
    const weights = new Float64Array(slots.length);
    this.sample(NONE, namedBySlot(slots), weights);
    return weights;
  }

  dispose(): void {
    this.#state = new LifState();
  }

  #take(state: LifState): void {
    if (this.#state.changedWeights !== null) state.changedWeights = new Map();
    this.#state = state;
  }

  /** Valid synapses, ascending slot. */
  #slots(wanted: (slot: number) => boolean): SynapseRows {
    const { synapses } = this.#state;
    const slots = new Uint32Array(synapses.count);
    let count = 0;
    for (let slot = 0; slot < synapses.count; slot++) if (synapses.isValid(slot) && wanted(slot)) slots[count++] = slot;
    return synapses.rows(slots.slice(0, count));
  }
}
