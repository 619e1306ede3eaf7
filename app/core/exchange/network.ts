/**
 * What an export writes: the living neurons and synapses of a scope. Ids and slots stay those of the engine, so that rows of two
 * exports of one brain can be matched.
 */

import type { BrainRegion, CorticalArea } from "#contracts/connectome.ts";
import { LabError } from "#contracts/errors.ts";
import type { BurstRange, ExportScope } from "#contracts/exports.ts";
import type { Connectome } from "../connectome/connectome.ts";
import type { Engine, NeuronSettings, SynapseRows } from "../engine/engine.ts";
import type { BrainInput } from "../stimulation/brain-input.ts";
import type { BrainMeta } from "./brain-file.ts";

export interface ExportSource {
  connectome: Connectome;
  /** The living synapses, learned weights included: `engine.synapses()`. */
  synapses: SynapseRows;
  /** By neuron id. */
  neurons: NeuronSettings;
  /** Complete engine state; empty where the format holds none (`holdsState`). */
  snapshot: Uint8Array;
  meta: BrainMeta;
  /** State of pattern memory, for a brain file. */
  memory?: Uint8Array;
  /** What acts on it from outside, for a brain file. */
  input?: BrainInput;
  /** What the recording holds, for formats that hold activity. */
  spikes?: ExportedSpikes;
  /** Where probes are exported. */
  traces?: ExportedTraces;
}

/** Single neurons after each of the bursts first … last: value of burst b and probe p at (b - first) * neurons.length + p. */
export interface ExportedTraces {
  first: number;
  last: number;
  neurons: Uint32Array;
  /** Membrane potential after the burst, engine units. */
  potential: Float32Array;
  /** 1 where it fired in the burst. */
  fired: Uint8Array;
}

/** Gathers them burst by burst. */
export class TraceGatherer {
  readonly #range: BurstRange;
  readonly #neurons: Uint32Array;
  readonly #sample: Float64Array;
  readonly #potential: Float32Array;
  readonly #fired: Uint8Array;
  #at = 0;

  constructor(neurons: readonly number[], range: BurstRange) {
    this.#range = range;
    this.#neurons = Uint32Array.from(new Set(neurons));
    this.#sample = new Float64Array(2 * this.#neurons.length);
    const values = this.#neurons.length * (range.last - range.first + 1);
    this.#potential = new Float32Array(values);
    this.#fired = new Uint8Array(values);
  }

  /** What the engine is left with by the next burst. */
  take(engine: Pick<Engine, "sample">): void {
    const { length } = this.#neurons;
    engine.sample(this.#neurons, new Uint32Array(0), this.#sample);
    this.#potential.set(this.#sample.subarray(0, length), this.#at);
    this.#fired.set(this.#sample.subarray(length), this.#at);
    this.#at += length;
  }

  finish(): ExportedTraces {
    return { ...this.#range, neurons: this.#neurons, potential: this.#potential, fired: this.#fired };
  }
}

/** What fired in bursts first … last: parallel columns, in burst order, ids ascending within a burst. */
export interface ExportedSpikes {
  first: number;
  last: number;
  burst: Uint32Array;
  neuron: Uint32Array;
}

/** Gathers them burst by burst. */
export class SpikeGatherer {
  #burst = new Uint32Array(1024);
  #neuron = new Uint32Array(1024);
  #count = 0;

  take(burst: number, fired: Iterable<number>): void {
    for (const id of fired) {
      if (this.#count === this.#burst.length) [this.#burst, this.#neuron] = [doubled(this.#burst), doubled(this.#neuron)];
      this.#burst[this.#count] = burst;
      this.#neuron[this.#count++] = id;
    }
  }

  finish(first: number, last: number): ExportedSpikes {
    return { first, last, burst: this.#burst.subarray(0, this.#count), neuron: this.#neuron.subarray(0, this.#count) };
  }
}

function doubled(column: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const wide = new Uint32Array(2 * column.length);
  wide.set(column);
  return wide;
}

export interface ExportNetwork {
  title: string;
  burst: number;
  areas: readonly CorticalArea[];
  areaByIndex: ReadonlyMap<number, CorticalArea>;
  /** Living neurons, ascending. */
  ids: Uint32Array;
  /** Place in `ids` by neuron id; ABSENT for what is not in scope. */
  places: Uint32Array;
  /** By neuron id. */
  neurons: NeuronSettings;
  synapses: SynapseRows;
  /** Living synapses that the scope leaves out. */
  outside: number;
  /** Of them, those with an end that is no neuron of an area, as memory neurons have. */
  homeless: number;
  /** What ids that are written count from; ids here count from 0. */
  idBase: number;
}

export const ABSENT = 0xffffffff;

export function neuronsOfEngine(engine: Pick<Engine, "neuronCount" | "neuronSettings">): NeuronSettings {
  return engine.neuronSettings(Uint32Array.from({ length: engine.neuronCount }, (_, id) => id));
}

/** The network of a scope: areas, all of them unless some are named, and synapses with both ends in them. */
export function networkIn(source: ExportSource, scope: ExportScope, idBase = 0): ExportNetwork {
  const { connectome, neurons } = source;
  const areas = areasIn(connectome, scope);
  const areaByIndex = new Map(areas.map((area) => [area.index, area]));
  const known = new Set([...connectome.areas.values()].map(({ index }) => index));
  const places = new Uint32Array(neurons.valid.length).fill(ABSENT);
  const ids = new Uint32Array(neurons.valid.length);
  let count = 0;
  for (let id = 0; id < places.length; id++) {
    if (neurons.valid[id] !== 1 || !areaByIndex.has(neurons.area[id]!)) continue;
    ids[count] = id;
    places[id] = count++;
  }
  const isHome = (id: number) => neurons.valid[id] === 1 && known.has(neurons.area[id]!);
  const { rows, homeless } = rowsIn(source.synapses, scope.synapses ?? {}, places, isHome);
  const outside = source.synapses.slot.length - rows.slot.length;
  const { title, burst } = source.meta;
  return { title, burst, areas, areaByIndex, ids: ids.subarray(0, count), places, neurons, synapses: rows, outside, homeless, idBase };
}

/** Those of some of the bursts. */
export function spikesFrom(spikes: ExportedSpikes, { first, last }: BurstRange): ExportedSpikes {
  if (first < spikes.first || last > spikes.last)
    throw new LabError(
      "E_NOT_FOUND",
      `Bursts ${first} to ${last} are not recorded; bursts ${spikes.first} to ${spikes.last} are`,
      { first, last },
      "Choose bursts among these.",
    );
  const from = spikes.burst.findIndex((burst) => burst >= first);
  const end = spikes.burst.findLastIndex((burst) => burst <= last) + 1;
  const isEmpty = from < 0 || from >= end;
  const part = (column: Uint32Array) => (isEmpty ? new Uint32Array(0) : column.subarray(from, end));
  return { first, last, burst: part(spikes.burst), neuron: part(spikes.neuron) };
}

/** After some of the bursts, which were recorded. */
export function tracesFrom(traces: ExportedTraces, { first, last }: BurstRange): ExportedTraces {
  const { length } = traces.neurons;
  const [from, end] = [(first - traces.first) * length, (last + 1 - traces.first) * length];
  return { ...traces, first, last, potential: traces.potential.subarray(from, end), fired: traces.fired.subarray(from, end) };
}

/** What the probes fired, as spikes. */
export function spikesOfTraces({ first, last, neurons, fired }: ExportedTraces): ExportedSpikes {
  const spikes = new SpikeGatherer();
  for (let burst = first; burst <= last; burst++)
    spikes.take(
      burst,
      neurons.filter((_, probe) => fired[(burst - first) * neurons.length + probe] === 1),
    );
  return spikes.finish(first, last);
}

/** Spikes of neurons in the network. */
export function spikesIn({ places }: ExportNetwork, { first, last, burst, neuron }: ExportedSpikes): ExportedSpikes {
  const isIn = (_: number, row: number) => (places[neuron[row]!] ?? ABSENT) !== ABSENT;
  return { first, last, burst: burst.filter(isIn), neuron: neuron.filter(isIn) };
}

export function isWhole(scope: ExportScope): boolean {
  return !scope.areas && !scope.regions && !scope.synapses?.type && !scope.synapses?.minWeight;
}

/** Rows in the order of a key below `groups`, as a permutation: those of group g are order[starts[g]] … order[starts[g + 1] - 1]. */
export function grouped(count: number, groups: number, key: (row: number) => number): { order: Uint32Array; starts: Uint32Array } {
  const starts = new Uint32Array(groups + 1);
  for (let row = 0; row < count; row++) starts[key(row) + 1]!++;
  for (let group = 0; group < groups; group++) starts[group + 1]! += starts[group]!;
  const next = starts.slice();
  const order = new Uint32Array(count);
  for (let row = 0; row < count; row++) order[next[key(row)]!++] = row;
  return { order, starts };
}

/** Synapses beyond the first of each pair of neurons. */
export function parallelSynapses({ synapses: { source, target }, ids, places }: ExportNetwork): number {
  const { order, starts } = grouped(source.length, ids.length, (row) => places[source[row]!]!);
  const seenFrom = new Uint32Array(ids.length);
  let parallel = 0;
  for (let from = 0; from < ids.length; from++)
    for (let i = starts[from]!; i < starts[from + 1]!; i++) {
      const to = places[target[order[i]!]!]!;
      if (seenFrom[to] === from + 1) parallel++;
      seenFrom[to] = from + 1;
    }
  return parallel;
}

function areasIn({ areas, regions }: Connectome, scope: ExportScope): CorticalArea[] {
  if (!scope.areas && !scope.regions) return [...areas.values()];
  const wanted = new Set<string>();
  for (const id of scope.areas ?? []) wanted.add(areas.get(id)?.id ?? unknown("cortical area", id));
  for (const id of scope.regions ?? []) for (const area of insideOf(regions, id)) wanted.add(area);
  return [...areas.values()].filter(({ id }) => wanted.has(id));
}

/** Areas of a region and of the regions inside it. */
function insideOf(regions: Map<string, BrainRegion>, id: string): string[] {
  const region = regions.get(id) ?? unknown("brain region", id);
  const below = [...regions.values()].filter(({ parent }) => parent === id).flatMap((child) => insideOf(regions, child.id));
  return [...region.areas, ...below];
}

function unknown(what: string, id: string): never {
  throw new LabError("E_NOT_FOUND", `No such ${what}`, { id }, "List what there is, or leave the scope out to export all.");
}

function rowsIn(
  rows: SynapseRows,
  { type, minWeight = 0 }: NonNullable<ExportScope["synapses"]>,
  places: Uint32Array,
  isHome: (id: number) => boolean,
): { rows: SynapseRows; homeless: number } {
  const { source, target, weight, kind } = rows;
  const kept = new Uint32Array(source.length);
  let [count, homeless] = [0, 0];
  for (let row = 0; row < source.length; row++) {
    if (!isHome(source[row]!) || !isHome(target[row]!)) homeless++;
    if ((places[source[row]!] ?? ABSENT) === ABSENT || (places[target[row]!] ?? ABSENT) === ABSENT) continue;
    if (type !== undefined && (kind[row] === 0) !== (type === "excitatory")) continue;
    if (weight[row]! >= minWeight) kept[count++] = row;
  }
  if (count === source.length) return { rows, homeless };
  const taken = <T extends Uint32Array | Float32Array | Uint8Array>(column: T): T => {
    const copy = new (column.constructor as new (length: number) => T)(count);
    for (let i = 0; i < count; i++) copy[i] = column[kept[i]!]!;
    return copy;
  };
  const columns = Object.entries(rows).map(([name, column]) => [name, taken(column)]);
  return { rows: Object.fromEntries(columns) as SynapseRows, homeless };
}
