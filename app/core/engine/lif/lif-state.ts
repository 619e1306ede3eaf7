/** Everything the lif-delta reference knows between two bursts: what a snapshot holds, plus tables that follow from it. */
import type { LifNetworkImage, LifParameters, StdpProjection } from "#contracts/network.ts";
import { Areas } from "../reference/areas.ts";
import { bitWords, hasBit, setBit, writeBit } from "../reference/bits.ts";
import { ChargeList } from "../reference/charge-sums.ts";
import { InputSchedule } from "./input-schedule.ts";
import { checkLifImage } from "./lif-image.ts";
import { LifSynapses, NOT_PLASTIC, projectionIndex } from "./lif-synapses.ts";
import { SpikeTrain } from "./spike-history.ts";

/** Neurons as columns; neuron id = position. Potentials are mV relative to the resting potential. */
export class LifNeurons {
  count: number;
  area = new Uint32Array(0);
  x = new Uint32Array(0);
  y = new Uint32Array(0);
  z = new Uint32Array(0);
  parameterSet = new Uint16Array(0);
  potential = new Float64Array(0);
  /** Refractory steps left. */
  countdown = new Uint16Array(0);
  valid: Uint32Array<ArrayBuffer>;

  constructor(count: number) {
    this.count = count;
    this.valid = new Uint32Array(bitWords(count));
    this.countdown = new Uint16Array(count);
  }

  isValid(id: number): boolean {
    return id < this.count && hasBit(this.valid, id);
  }

  setValid(id: number, valid: boolean): void {
    writeBit(this.valid, id, valid);
  }
}

export class LifState {
  burst = 0;
  stepMs = 1;
  seed = 0;
  parameters: readonly LifParameters[] = [];
  /** Ascending (source area, target area). */
  projections: readonly StdpProjection[] = [];
  /** Per target area a projection, for its minus tables. */
  readonly minusRules = new Map<number, StdpProjection>();
  neurons = new LifNeurons(0);
  synapses = new LifSynapses();
  readonly areas = new Areas();
  arrivals = new InputSchedule(0);
  /** Spikes of every target of a plastic synapse. */
  history: (SpikeTrain | undefined)[] = [];
  /** Valid plastic synapses per target. */
  plasticInputs = new Uint32Array(0);

  /** Neurons that fired in the last burst, ascending, with their potentials in absolute mV. */
  readonly fired = new ChargeList();
  firedBits = new Uint32Array(0);
  readonly staged = new ChargeList();
  readonly forced = new ChargeList();
  /** Weights of plastic places before the last burst changed them; null: not watched. */
  changedWeights: Map<number, number> | null = null;
  /** There are none in this model; frames ask. */
  readonly memory = { fired: [] as { area: number; id: number }[] };

  /** Takes neurons and synapses that were filled, and makes the tables that follow. */
  fit(neurons: LifNeurons): void {
    this.neurons = neurons;
    this.areas.assign(neurons.area, neurons.count);
    for (const projection of this.projections) this.minusRules.set(projection.targetArea, projection);
    this.arrivals = new InputSchedule(neurons.count);
    this.firedBits = new Uint32Array(bitWords(neurons.count));
    this.fired.reserve(neurons.count);
    this.plasticInputs = new Uint32Array(this.projections.length === 0 ? 0 : neurons.count);
    this.history = new Array(this.plasticInputs.length).fill(undefined);
    this.synapses.stale = true;
  }

  hasFired(id: number): boolean {
    return hasBit(this.firedBits, id);
  }

  markFired(): void {
    this.firedBits.fill(0);
    for (let i = 0; i < this.fired.count; i++) setBit(this.firedBits, this.fired.ids[i]!);
  }

  /** Makes those of these slots plastic that are valid and whose areas have a projection. */
  teach(slots: Iterable<number>): void {
    const { synapses, neurons, projections, burst } = this;
    if (projections.length === 0) return;
    const ruleOf = projectionIndex(projections);
    for (const slot of slots) {
      if (synapses.valid[slot] === 0) continue;
      const target = synapses.target[slot]!;
      const rule = ruleOf(neurons.area[synapses.source[slot]!]!, neurons.area[target]!);
      if (rule === undefined) continue;
      synapses.teach(slot, rule, burst);
      this.plasticInputs[target]!++;
      this.history[target] ??= new SpikeTrain();
    }
  }

  removeSlot(slot: number): void {
    const { synapses } = this;
    if (synapses.plastic[slot] !== NOT_PLASTIC) {
      const target = synapses.target[slot]!;
      this.changedWeights?.delete(synapses.plastic[slot]!);
      if (--this.plasticInputs[target]! === 0) this.history[target] = undefined;
    }
    synapses.remove(slot);
  }

  freshRows(): LifSynapses {
    if (this.synapses.stale) this.synapses.build(this.neurons.count);
    return this.synapses;
  }

  /** The latest burst up to which every plastic synapse into `target` has read its spikes. */
  unreadSince(target: number): number {
    const { intoStart, into, plasticSlot, plasticSpike, delay } = this.freshRows();
    let since = Number.POSITIVE_INFINITY;
    for (let e = intoStart[target]!; e < intoStart[target + 1]!; e++) {
      const at = into[e]!;
      since = Math.min(since, plasticSpike[at]! - delay[plasticSlot[at]!]!);
    }
    return since;
  }

  /** The same state; parameters, wiring and rows are shared (lif-synapses.ts). */
  fork(): LifState {
    const fork = new LifState();
    fork.burst = this.burst;
    fork.stepMs = this.stepMs;
    fork.seed = this.seed;
    fork.parameters = this.parameters;
    fork.projections = this.projections;
    fork.synapses = this.freshRows().fork();
    const neurons = Object.assign(new LifNeurons(0), this.neurons);
    neurons.potential = this.neurons.potential.slice();
    neurons.countdown = this.neurons.countdown.slice();
    neurons.valid = this.neurons.valid.slice();
    fork.fit(neurons);
    fork.synapses.stale = false;
    fork.plasticInputs = this.plasticInputs.slice();
    fork.history = this.history.map((train) => train?.copy());
    for (let due = this.burst + 1; due <= this.burst + 255; due++) {
      const from = this.arrivals.find(due);
      if (from === undefined || from.size === 0) continue;
      const to = fork.arrivals.at(due);
      to.sums.set(from.sums);
      to.size = from.size;
    }
    for (const list of ["fired", "staged", "forced"] as const) copyList(this[list], fork[list]);
    fork.markFired();
    return fork;
  }
}

/** A silent network at burst 0 from an image, whose arrays are copied. */
export function lifStateOf(image: LifNetworkImage): LifState {
  checkLifImage(image);
  const state = new LifState();
  state.stepMs = image.stepMs;
  state.seed = image.seed;
  state.parameters = image.parameters.map(copyOfParameters);
  state.projections = image.projections.map((projection) => ({ ...projection })).sort(byAreas);
  const neurons = new LifNeurons(image.neurons.count);
  const { area, x, y, z, parameterSet, potential } = image.neurons;
  neurons.potential = potential.slice();
  neurons.parameterSet = parameterSet.slice();
  Object.assign(neurons, { area: area.slice(), x: x.slice(), y: y.slice(), z: z.slice() });
  for (let id = 0; id < neurons.count; id++) neurons.setValid(id, true);
  state.synapses.fill(image.synapses);
  state.fit(neurons);
  state.teach(Array(state.synapses.count).keys());
  return state;
}

/** What is added to sums is never -0 (input-schedule.ts). */
export function copyOfParameters(set: LifParameters): LifParameters {
  return { ...set, drive: set.drive + 0, poissonWeight: set.poissonWeight + 0, poissonTable: set.poissonTable.slice() };
}

function byAreas(a: StdpProjection, b: StdpProjection): number {
  return a.sourceArea - b.sourceArea || a.targetArea - b.targetArea;
}

function copyList(from: ChargeList, to: ChargeList): void {
  to.reserve(from.count);
  to.ids.set(from.ids.subarray(0, from.count));
  to.potentials.set(from.potentials.subarray(0, from.count));
  to.count = from.count;
}
