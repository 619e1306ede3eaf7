/**
 * The reference engine: the definition of a burst in readable form. Every other engine gives the same bits.
 *
 * This is the model of FEAGI's neurons; the other is in lif/. A verb is a few lines here; the burst is in burst.ts, changes in patch-apply.ts, the whole state in network-state.ts.
 */
import { LabError } from "#contracts/errors.ts";
import { frameCapacityWords, frameWord } from "#contracts/frame.ts";
import { type EngineImage, lifDynamics } from "#contracts/network.ts";
import {
  type Afferents,
  type Candidates,
  type Engine,
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
import { LifReference } from "../lif/lif-engine.ts";
import { caughtUp } from "../membrane.ts";
import { ModelSwitch } from "../model-switch.ts";
import { changesBuild, completed } from "../moment.ts";
import { endingHash } from "../snapshot-sections.ts";
import { afferentsOf } from "./afferents.ts";
import { type BurstCounts, runBurst } from "./burst.ts";
import { disown, forkOf, ownBuild } from "./fork.ts";
import { FrameWriter } from "./frame-writer.ts";
import { memoryBytesOf } from "./memory-bytes.ts";
import { NetworkState, stateOf } from "./network-state.ts";
import { settingsOf } from "./neuron-readings.ts";
import { applyPatch } from "./patch-apply.ts";
import { checkPatch } from "./patch-check.ts";
import { candidateColumns, firedColumns, momentOf, snapshotOf, stateFromSnapshot } from "./state-snapshot.ts";

export interface ReferenceEngineOptions {
  /** Clock of the engine time in frames; without one that time is 0. */
  nowNanos?: () => number;
}

export function createReferenceEngine({ nowNanos = () => 0 }: ReferenceEngineOptions = {}): Engine {
  return new ModelSwitch({ feagi: () => new FeagiReference(nowNanos), lif: () => new LifReference(nowNanos) });
}

const NONE = new Uint32Array(0);

class FeagiReference implements Engine {
  readonly kind = "reference";
  readonly #nowNanos: () => number;
  readonly #frames = new FrameWriter();
  readonly #counts: BurstCounts = { processed: 0, refractory: 0, synaptic: 0, power: 0 };
  #state = new NetworkState(false, false);

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
    const { neurons, areas, memory } = this.#state;
    return frameCapacityWords(neurons.count + memory.reach, areas.indexes.length + memory.reach);
  }

  load(image: EngineImage): void {
    if (image.dynamics === lifDynamics) throw new LabError("E_UNSUPPORTED", `This model does not run ${lifDynamics}`);
    this.#take(stateOf(image));
  }

  apply(patch: Uint32Array): void {
    checkPatch(patch, !this.#state.strict, this.#state.neurons.count);
    if (this.#state.shared && changesBuild(patch)) ownBuild(this.#state);
    applyPatch(this.#state, patch);
  }

  async burstInto(frame: Uint32Array): Promise<number> {
    return this.burstIntoSync(frame);
  }

  burstIntoSync(frame: Uint32Array): number {
    if (frame.length < this.frameWords)
      throw new RangeError(`A frame of ${frame.length} words is too small, ${this.frameWords} are needed`);
    const start = this.#nowNanos();
    runBurst(this.#state, this.#counts);
    const words = this.#frames.write(this.#state, this.#counts, frame);
    frame[frameWord.engineNanos] = Math.min(this.#nowNanos() - start, 0xffffffff);
    return words;
  }

  snapshot(): Uint8Array {
    return snapshotOf(this.#state);
  }

  restore(snapshot: Uint8Array): void {
    this.#take(stateFromSnapshot(snapshot));
  }

  moment(): Uint8Array {
    return momentOf(this.#state);
  }

  restoreMoment(moment: Uint8Array): void {
    this.restore(completed(this.snapshot(), moment));
  }

  memoryBytes(): MemoryBytes {
    const { neurons, synapses, candidates, arrivals, fired, staged, burst, shared } = this.#state;
    return memoryBytesOf({
      neurons: [neurons, candidates, fired, staged],
      synapses,
      rowTables: [synapses.rowStart, synapses.outDegree],
      sums: (due) => arrivals.find(due),
      burst,
      isShared: shared !== null && shared.holders > 1,
    });
  }

  fork(): Engine {
    const twin = new FeagiReference(this.#nowNanos);
    twin.#state = forkOf(this.#state);
    return twin;
  }

  watchWeights(on: boolean): void {
    this.#state.changedWeights = on ? [] : null;
  }

  weightChanges(): WeightChanges {
    const slot = Uint32Array.from(this.#state.changedWeights ?? []).sort();
    return { slot, weight: Float32Array.from(slot, (at) => this.#state.synapses.weight[at]!) };
  }

  stateHash(): bigint {
    return endingHash(this.snapshot());
  }

  neuronStates(ids: Uint32Array): NeuronStates {
    const { neurons, burst } = this.#state;
    const states = {
      potential: new Float32Array(ids.length).fill(Number.NaN),
      countdown: new Uint16Array(ids.length),
      consecutiveFires: new Uint16Array(ids.length),
    };
    ids.forEach((id, i) => {
      if (!neurons.isValid(id)) return;
      states.potential[i] = caughtUp(neurons.potential[id]!, neurons.leak[id]!, burst - neurons.lastUpdate[id]!);
      states.countdown[i] = neurons.countdown[id]!;
      states.consecutiveFires[i] = neurons.consecutiveFires[id]!;
    });
    return states;
  }

  sample(neurons: Uint32Array, named: Uint32Array, into: Float64Array): void {
    const { neurons: columns, synapses, burst } = this.#state;
    const count = neurons.length;
    for (let i = 0; i < count; i++) {
      const id = neurons[i]!;
      into[i] = columns.isValid(id) ? caughtUp(columns.potential[id]!, columns.leak[id]!, burst - columns.lastUpdate[id]!) : Number.NaN;
      into[count + i] = this.#state.hasFired(id) ? 1 : 0;
    }
    for (let i = 0, at = 2 * count; i < named.length; i += WORDS_PER_NAMED_SYNAPSE, at++) {
      const slot = named[i]!;
      const isThere = slot < synapses.count && synapses.isValid(slot);
      const isMeant = isThere && joins(synapses.source[slot]!, synapses.target[slot]!, named[i + 1]!, named[i + 2]!);
      into[at] = isMeant ? synapses.weight[slot]! : Number.NaN;
    }
  }

  neuronSettings(ids: Uint32Array): NeuronSettings {
    return settingsOf(this.#state, ids);
  }

  firedPotentials(): Float32Array {
    return firedColumns(this.#state).firedPotential;
  }

  candidates(): Candidates {
    const { candidateId, candidateSum } = candidateColumns(this.#state);
    return { ids: candidateId, sums: candidateSum };
  }

  synapses(): SynapseRows {
    return this.#slots((slot) => this.#state.synapses.isValid(slot));
  }

  synapsesIn(from: number, until: number): SynapseRows {
    return this.#slots((slot) => this.#state.synapses.isValid(slot), from, until);
  }

  outgoing(neuron: number): SynapseRows {
    return this.#slots((slot) => this.#state.synapses.isLive(slot) && this.#state.synapses.source[slot] === neuron);
  }

  incoming(neuron: number): SynapseRows {
    return this.#slots((slot) => this.#state.synapses.isValid(slot) && this.#state.synapses.target[slot] === neuron);
  }

  afferents(target: number): Afferents {
    return afferentsOf(this.#state, target);
  }

  memorySignals(): MemorySignals {
    const { memory, modulators } = this.#state;
    return { consolidated: Uint32Array.from(memory.consolidated).sort(), suppressed: Uint32Array.from(modulators?.suppressed ?? []) };
  }

  weightsOf(slots: Uint32Array): Float64Array {
    const weights = new Float64Array(slots.length);
    this.sample(NONE, namedBySlot(slots), weights);
    return weights;
  }

  dispose(): void {
    disown(this.#state);
    this.#state = new NetworkState(false, false);
  }

  #take(state: NetworkState): void {
    disown(this.#state);
    if (this.#state.changedWeights !== null) state.changedWeights = [];
    this.#state = state;
  }

  #slots(wanted: (slot: number) => boolean, from = 0, until = Number.POSITIVE_INFINITY): SynapseRows {
    const { synapses } = this.#state;
    const end = Math.min(synapses.count, until);
    const slots = new Uint32Array(Math.max(0, end - from));
    let count = 0;
    for (let slot = from; slot < end; slot++) if (wanted(slot)) slots[count++] = slot;
    return synapses.rows(slots.slice(0, count));
  }
}
