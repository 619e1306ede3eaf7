/**
 * Conditions compiled for one brain and evaluated after every burst.
 *
 * What the conditions ask for is gathered first, each thing once, into one column: counts from the section headers of the frame,
 * neurons and weights by one call of the engine; where there is no engine to ask, who fired from one section's bytes. Then one flat
 * program runs over the column.
 */
import type { Condition } from "#contracts/conditions.ts";
import { LabError } from "#contracts/errors.ts";
import { engineMs } from "#contracts/frame.ts";
import { ANY_NEURON, type Engine } from "#core/engine/engine.ts";
import { isMemoryId } from "#core/engine/reference/id-ranges.ts";
import { areaNamed, type Names } from "./bind.ts";
import { countFires, hasFired, type Probes, probeFires } from "./frame-probe.ts";
import { Column, isTrue, type Leaf, Program, run } from "./program.ts";
import { conditionText } from "./text.ts";
import { type AreaWindows, Windows } from "./windows.ts";

type Readers = Pick<Engine, "sample">;

/** What only the host knows. */
export interface HostTerms {
  /** Bursts of which the two engines were seen to differ. */
  diverged(): number;
}

type SynapseTerm = Extract<Condition, { synapse: number }>;

/** What the conditions ask for, each thing once. */
interface Asked {
  /** Ascending indexes. */
  areas: Uint32Array;
  windows: { bursts: Set<number>; neurons: number }[];
  neurons: Uint32Array;
  synapses: SynapseTerm[];
  /** Whether potentials or weights are asked for, which no frame holds. */
  needsEngine: boolean;
  silences: Set<number>;
  terms: Set<Leaf["op"]>;
}

export class Watch {
  readonly #host: HostTerms;
  readonly #asked: Asked;
  /** As `sample` takes them. */
  readonly #named: Uint32Array;
  /** From place 0: potentials, whether they fired, weights (as `sample` writes them), weights of the burst before, counts, and the rest. */
  readonly #column: Float64Array;
  readonly #before: number;
  readonly #counts: number;
  readonly #burstMs: number;
  readonly #diverged: number;
  readonly #windows: Windows;
  readonly #steps: Int32Array;
  /** Where the value of each condition stands, and those of its terms. */
  readonly #places: number[];
  readonly #terms: { text: string; place: number }[][];
  readonly #spikes: Probes;
  /** Memory neurons have no state to read: only the frame says who fired. */
  readonly #memorySpikes: Probes;
  /** Neurons whose area is not known, one by one. */
  readonly #strays: { neuron: Uint32Array; fired: Float64Array }[];
  #bytes: Uint8Array = new Uint8Array(0);

  /** Unknown areas are refused with E_NOT_FOUND. Windows that `before` has been filling go on. */
  constructor(conditions: readonly Condition[], names: Names, host: HostTerms, before?: Watch) {
    this.#host = host;
    const asked = askedBy(conditions, names);
    this.#asked = asked;
    const { neurons, synapses, areas } = asked;
    this.#named = Uint32Array.from(synapses.flatMap(({ synapse, ends = [ANY_NEURON, ANY_NEURON] }) => [synapse, ...ends]));
    const column = new Column();
    column.reserve(2 * neurons.length + synapses.length);
    this.#before = column.reserve(synapses.length);
    this.#counts = column.reserve(areas.length, 0);
    this.#burstMs = column.reserve(1, 0);
    this.#diverged = column.reserve(1, host.diverged());
    const windows = asked.windows.map(
      ({ bursts, neurons }, at): AreaWindows => ({ area: areas[at]!, neurons, count: this.#counts + at, bursts: [...bursts] }),
    );
    this.#windows = new Windows(column, windows);
    const program = new Program(column, (leaf) => this.#placeOf(leaf, names, program));
    this.#places = conditions.map((condition) => program.add(condition));
    this.#terms = conditions.map((condition) =>
      termsOf(condition).map((term) => ({
        text: conditionText(term, (area) => areaNamed(names, area).name),
        place: program.add(term),
      })),
    );
    this.#steps = program.take();
    this.#column = column.take();
    const places = Array.from(neurons, (neuron) => ({ neuron, area: names.areaOfNeuron(neuron) }));
    const known = places.filter(({ area }) => area >= 0);
    this.#spikes = probesOf(known.filter(({ neuron }) => !isMemoryId(neuron)));
    this.#memorySpikes = probesOf(known.filter(({ neuron }) => isMemoryId(neuron)));
    const strays = places.filter(({ area }) => area < 0);
    this.#strays = strays.map(({ neuron }) => ({ neuron: Uint32Array.of(neuron), fired: new Float64Array(1) }));
    if (before) this.#resume(before);
    run(this.#steps, this.#column);
  }

  /** Bursts of frames that must have been seen before every window is known. */
  get lookback(): number {
    return Math.max(0, ...this.#asked.windows.flatMap(({ bursts }) => [...bursts]));
  }

  /** Indexes of areas whose silence is counted, which reaches back to their last fire. */
  get silences(): number[] {
    return [...this.#asked.silences];
  }

  get needsEngine(): boolean {
    return this.#asked.needsEngine;
  }

  /** Takes a burst in. Without readers potentials and weights are unknown (NaN); so is a change of a weight first seen. */
  observe(frame: Uint32Array, readers?: Readers): void {
    const column = this.#column;
    countFires(frame, this.#asked.areas, column, this.#counts);
    this.#windows.add(column);
    column[this.#burstMs] = engineMs(frame);
    this.#sample(readers);
    if (!readers || this.#memorySpikes.neurons.length > 0) this.#probe(frame, readers === undefined);
    this.#work();
  }

  /** Looks at the weights without a burst, so that the next burst's changes are known. */
  prime(readers: Readers): void {
    this.#sample(readers);
    this.#work();
  }

  /** The value of a condition after the last burst. */
  value(condition: number): number {
    return this.#column[this.#places[condition]!]!;
  }

  holds(condition: number): boolean {
    return isTrue(this.value(condition));
  }

  /** The terms of a condition with their values after the last burst, as they stand in it. */
  terms(condition: number): { text: string; value: number }[] {
    return this.#terms[condition]!.map(({ text, place }) => ({ text, value: this.#column[place]! }));
  }

  #work(): void {
    if (this.#asked.terms.has("diverged")) this.#column[this.#diverged] = this.#host.diverged();
    run(this.#steps, this.#column);
  }

  #sample(readers: Readers | undefined): void {
    const { neurons, synapses } = this.#asked;
    if (neurons.length + synapses.length === 0) return;
    const column = this.#column;
    const weights = 2 * neurons.length;
    for (let i = 0; i < synapses.length; i++) column[this.#before + i] = column[weights + i]!;
    if (readers) readers.sample(neurons, this.#named, column);
    else column.fill(Number.NaN, 0, weights + synapses.length);
  }

  #probe(frame: Uint32Array, isAlone: boolean): void {
    if (this.#asked.neurons.length === 0) return;
    if (this.#bytes.buffer !== frame.buffer || this.#bytes.byteOffset !== frame.byteOffset || this.#bytes.length !== frame.byteLength) {
      this.#bytes = new Uint8Array(frame.buffer, frame.byteOffset, frame.byteLength);
    }
    probeFires(frame, this.#bytes, this.#memorySpikes);
    this.#keepFired(this.#memorySpikes.neurons, this.#memorySpikes.fired);
    if (!isAlone) return;
    probeFires(frame, this.#bytes, this.#spikes);
    this.#keepFired(this.#spikes.neurons, this.#spikes.fired);
    for (const { neuron, fired } of this.#strays) {
      hasFired(frame, this.#bytes, neuron, fired);
      this.#keepFired(neuron, fired);
    }
  }

  #keepFired(ids: Uint32Array, fired: Float64Array): void {
    const { neurons } = this.#asked;
    for (let i = 0; i < ids.length; i++) this.#column[neurons.length + neurons.indexOf(ids[i]!)] = fired[i]!;
  }

  #resume(before: Watch): void {
    this.#windows.resume(this.#column, before.#windows, before.#column);
    const { neurons, synapses } = this.#asked;
    synapses.forEach((term, i) => {
      const at = placeAmong(before.#asked.synapses, term);
      if (at >= 0) this.#column[2 * neurons.length + i] = before.#column[2 * before.#asked.neurons.length + at]!;
    });
  }

  #placeOf(leaf: Leaf, names: Names, program: Program): number {
    const { areas, neurons, synapses } = this.#asked;
    switch (leaf.op) {
      case "fires":
        return this.#counts + areas.indexOf(areaNamed(names, leaf.area).index);
      case "silent":
        return this.#windows.silence(areaNamed(names, leaf.area).index);
      case "rate":
        return this.#windows.rate(areaNamed(names, leaf.area).index, leaf.bursts);
      case "synchrony":
        return this.#windows.synchrony(areaNamed(names, leaf.area).index, leaf.bursts);
      case "potential":
        return neurons.indexOf(leaf.neuron);
      case "fired":
        return neurons.length + neurons.indexOf(leaf.neuron);
      case "weight":
        return 2 * neurons.length + placeAmong(synapses, leaf);
      case "dweight":
        return program.step("-", 2 * neurons.length + placeAmong(synapses, leaf), this.#before + placeAmong(synapses, leaf));
      case "burst_ms":
        return this.#burstMs;
      case "diverged":
        return this.#diverged;
      default:
        throw new LabError("E_UNSUPPORTED", `${leaf.op}(${leaf.name}) cannot be answered`, { term: leaf.op });
    }
  }
}

function askedBy(conditions: readonly Condition[], names: Names): Asked {
  const terms = conditions.flatMap(termsOf);
  const windows = new Map<number, { bursts: Set<number>; neurons: number }>();
  const neurons = new Set<number>();
  const synapses: SynapseTerm[] = [];
  const silences = new Set<number>();
  for (const term of terms) {
    if ("area" in term) {
      const { index, neurons: size } = areaNamed(names, term.area);
      if (!windows.has(index)) windows.set(index, { bursts: new Set(), neurons: size });
      if ("bursts" in term) windows.get(index)!.bursts.add(term.bursts);
      if (term.op === "silent") silences.add(index);
    } else if ("neuron" in term) neurons.add(term.neuron);
    else if ("synapse" in term && placeAmong(synapses, term) < 0) synapses.push(term);
  }
  const areas = Uint32Array.from(windows.keys()).sort();
  return {
    areas,
    windows: Array.from(areas, (area) => windows.get(area)!),
    neurons: Uint32Array.from(neurons),
    synapses,
    needsEngine: synapses.length > 0 || terms.some(({ op }) => op === "potential"),
    silences,
    terms: new Set(terms.map(({ op }) => op)),
  };
}

function placeAmong(synapses: readonly SynapseTerm[], { synapse, ends }: SynapseTerm): number {
  return synapses.findIndex((other) => other.synapse === synapse && other.ends?.join() === ends?.join());
}

function probesOf(places: { neuron: number; area: number }[]): Probes {
  const sorted = places.toSorted((a, b) => a.area - b.area || a.neuron - b.neuron);
  return {
    areas: Float64Array.from(sorted, ({ area }) => area),
    neurons: Uint32Array.from(sorted, ({ neuron }) => neuron),
    fired: new Float64Array(sorted.length),
  };
}

function termsOf(condition: Condition): Leaf[] {
  if ("left" in condition) return [...termsOf(condition.left), ...termsOf(condition.right)];
  if (condition.op === "not") return termsOf(condition.value);
  return condition.op === "number" ? [] : [condition];
}
