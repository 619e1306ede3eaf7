/**
 * Everything the reference engine knows between two bursts. What a snapshot holds, plus tables that follow from it.
 */
import { LabError } from "#contracts/errors.ts";
import type { NetworkImage } from "#contracts/network.ts";
import { int8Charge, int8Level } from "../membrane.ts";
import { Areas } from "./areas.ts";
import { bitWords, hasBit, setBit } from "./bits.ts";
import { ArrivalSchedule, ChargeList, ChargeSums } from "./charge-sums.ts";
import type { ClassifierWatch } from "./classifier-watch.ts";
import { FireLedger } from "./fire-ledger.ts";
import type { Homeostats } from "./homeostat.ts";
import { REGULAR_NEURONS } from "./id-ranges.ts";
import { Mappings } from "./mappings.ts";
import { MemoryNeurons } from "./memory-neurons.ts";
import type { Modulators } from "./modulators.ts";
import { Neurons } from "./neurons.ts";
import type { SpikeTrains } from "./spike-trains.ts";
import { Synapses } from "./synapses.ts";

export const POWER_AREA = 1;
export const FATIGUE_AREA = 2;
export const NO_NEURON = 0xffffffff;

/** Build arrays that several states hold: who writes takes copies first. */
export interface SharedBuild {
  holders: number;
  /** Bursts write to them too. */
  byBursts: boolean;
}

export class NetworkState {
  /** Behaves as FEAGI does, defects included. */
  readonly strict: boolean;
  readonly int8: boolean;
  burst = 0;
  powerAmount = 1;
  fatigueActive = false;
  /** The one neuron that gets power; NO_NEURON if there is none. */
  powerNeuron = NO_NEURON;

  readonly neurons = new Neurons();
  readonly synapses = new Synapses();
  readonly areas = new Areas();
  readonly memory = new MemoryNeurons();
  readonly ledger = new FireLedger();
  readonly mappings = new Mappings();
  // Null or empty until switched on.
  modulators: Modulators | null = null;
  trains: SpikeTrains | null = null;
  homeostats: Homeostats | null = null;
  watches: ClassifierWatch[] = [];

  arrivals = new ArrivalSchedule(0);
  /** Fire candidates of the last burst. */
  candidates = new ChargeSums(0);
  /** Candidates whose id no neuron has. */
  readonly unknownCandidates = new Map<number, number>();
  /** Neurons that fired in the last burst, ascending, with their potentials at firing. */
  readonly fired = new ChargeList();
  firedBits = new Uint32Array(0);
  /** Slots whose weight learning changed in the last burst; null unless watched. */
  changedWeights: number[] | null = null;
  /** Set while another state may hold the same build arrays (fork.ts). */
  shared: SharedBuild | null = null;
  readonly staged = new ChargeList();
  readonly forced = new ChargeList();

  constructor(strict: boolean, int8: boolean) {
    this.strict = strict;
    this.int8 = int8;
  }

  /** Removed synapses conduct until the next rebuild: FEAGI's path without flags re-checks nothing. */
  get removedConduct(): boolean {
    return this.strict && !this.areas.flagged;
  }

  /** Contributions are divided by the out-degree, removed synapses are silent and a source needs an area: the general path. */
  get generalPath(): boolean {
    return this.areas.flagged || (this.strict && this.modulators?.transmitting === true);
  }

  /** Builds the rows of the synapse index if something made them stale. */
  freshRows(): Synapses {
    if (this.synapses.stale) this.synapses.build(this.neurons.count, this.removedConduct);
    return this.synapses;
  }

  /** Brings every table that depends on the number of neurons up to it. */
  fitToNeurons(): void {
    const { neurons } = this;
    this.areas.assign(neurons.area, neurons.count);
    if (this.candidates.sums.length < neurons.capacity) {
      this.candidates.grow(neurons.capacity);
      this.arrivals.grow(neurons.capacity);
      const firedBits = new Uint32Array(bitWords(neurons.capacity));
      firedBits.set(this.firedBits);
      this.firedBits = firedBits;
    }
    this.fired.reserve(neurons.capacity);
    this.synapses.stale = true;
    for (const [id, sum] of this.unknownCandidates) {
      if (id >= neurons.count) continue;
      this.unknownCandidates.delete(id);
      this.candidates.add(id, sum);
    }
  }

  /** Marks the listed fires, after a restore or an area reset. */
  markFired(): void {
    this.firedBits.fill(0);
    for (let i = 0; i < this.fired.count; i++) setBit(this.firedBits, this.fired.ids[i]!);
  }

  /** Area of a neuron that is alive, with a slot or a memory neuron. */
  areaOf(id: number): number | undefined {
    return this.neurons.isValid(id) ? this.neurons.area[id] : this.memory.areaOf(id);
  }

  hasFired(id: number): boolean {
    return hasBit(this.firedBits, id);
  }
}

/** A silent network at burst 0 from an image, whose arrays are copied. */
export function stateOf(image: NetworkImage): NetworkState {
  checkImage(image);
  const state = new NetworkState(image.dynamics === "feagi-strict", image.precision === "int8");
  const { neurons } = state;
  state.powerAmount = Math.fround(image.powerAmount);
  neurons.fill(image.neurons);
  if (state.int8) {
    neurons.threshold.forEach((threshold, id) => {
      neurons.threshold[id] = int8Charge(threshold);
    });
    neurons.thresholdLimit.forEach((limit, id) => {
      neurons.thresholdLimit[id] = int8Level(limit);
    });
  }
  state.synapses.fill(image.synapses, state.strict);
  for (const { index, ...settings } of image.areas) {
    const baselinePsp = settings.baselinePsp === null ? null : Math.fround(settings.baselinePsp);
    state.areas.update(index, { ...settings, degeneration: Math.fround(settings.degeneration), baselinePsp });
  }
  const power = image.neurons.area.indexOf(POWER_AREA);
  if (power >= 0) state.powerNeuron = power;
  state.fitToNeurons();
  return state;
}

/** Columns that may hold one value for all synapses. */
const sharedColumns = new Set(["weight", "psp", "kind", "delay", "flags"].map((name) => `synapses.${name}`));

/** Refuses an image whose columns disagree; in `standard` also one with numbers that are not finite. */
function checkImage(image: NetworkImage): void {
  const refuse = (reason: string, details: Record<string, unknown>): never => {
    throw new LabError("E_NETWORK", `The network image was refused: ${reason}`, { reason, ...details });
  };
  for (const group of ["neurons", "synapses"] as const) {
    const { count, ...columns } = image[group];
    for (const [name, column] of Object.entries(columns)) {
      const isOneForAll = column.length === 1 && sharedColumns.has(`${group}.${name}`);
      if (column.length !== count && !isOneForAll)
        refuse("a column has another length than its count", { column: `${group}.${name}`, count });
      if (image.dynamics === "feagi-strict" || !(column instanceof Float32Array)) continue;
      const at = column.findIndex((value) => !Number.isFinite(value));
      if (at >= 0) refuse("a value is not finite", { column: `${group}.${name}`, at });
    }
  }
  if (image.neurons.count > REGULAR_NEURONS) refuse("it has more neurons than ids", { neurons: image.neurons.count });
  const undelayed = image.synapses.delay.indexOf(0);
  if (undelayed >= 0) refuse("a synapse has delay 0", { column: "synapses.delay", at: undelayed });
  const indexes = new Set<number>();
  for (const { index, degeneration, baselinePsp } of image.areas) {
    if (indexes.has(index)) refuse("an area is listed twice", { area: index });
    indexes.add(index);
    if (Number.isNaN(baselinePsp) || (image.dynamics === "standard" && !Number.isFinite(degeneration + (baselinePsp ?? 0)))) {
      refuse("a value is not finite", { area: index });
    }
  }
  if (image.dynamics === "standard" && !Number.isFinite(image.powerAmount)) refuse("a value is not finite", { column: "powerAmount" });
}
