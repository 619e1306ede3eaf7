/**
 * Conditions compiled for one brain and evaluated after every burst.
 *
 * What the conditions ask for is gathered first, each thing once: counts from the section headers of the frame, neurons and weights by
 * one reader call each; where there is no engine to ask, who fired from one section's bytes. Then one flat program runs over the values.
 */
import type { Condition } from "#contracts/conditions.ts";
import { LabError } from "#contracts/errors.ts";
import { frameWord } from "#contracts/frame.ts";
import type { Engine } from "#core/engine/engine.ts";
import { isMemoryId } from "#core/engine/reference/id-ranges.ts";
import { areaNamed, type Names } from "./bind.ts";
import { countFires, hasFired, type Probes, probeFires } from "./frame-probe.ts";
import { isTrue, type Leaf, Program } from "./program.ts";
import { conditionText } from "./text.ts";
import { CountWindow, SilenceCount } from "./windows.ts";

type Value = () => number;
type Readers = Pick<Engine, "neuronStates" | "weightsOf">;

/** What only the host knows. */
export interface HostTerms {
  /** Bursts of which the two engines were seen to differ. */
  diverged(): number;
}

export class Watch {
  readonly #names: Names;
  readonly #host: HostTerms;
  /** The conditions, then their terms. */
  readonly #program: Program;
  readonly #terms: { text: string; at: number }[][];
  /** What each distinct term asks, and its value after the last burst. */
  readonly #asked: Value[] = [];
  readonly #inputs: Float64Array;
  /** By area index and bursts. */
  readonly #windows = new Map<string, { at: number; bursts: number; window: CountWindow }>();
  /** By area index. */
  readonly #silences = new Map<number, { at: number; silence: SilenceCount }>();
  #areas = new Uint32Array(0);
  #counts = new Float64Array(0);
  #spikes = probesOf([]);
  /** Memory neurons have no state to read: only the frame says who fired. */
  #memorySpikes = probesOf([]);
  /** Neurons whose area is not known, one by one. */
  #strays: { neuron: Uint32Array; fired: Float64Array }[] = [];
  /** Neurons whose potential is asked for, then those of the probes. */
  #neurons = new Uint32Array(0);
  #potentials: Float32Array = new Float32Array(0);
  #slots = new Uint32Array(0);
  #weights: Float64Array = new Float64Array(0);
  #weightsBefore: Float64Array = new Float64Array(0);
  #burstMs = 0;
  #bytes: Uint8Array = new Uint8Array(0);

  /** Unknown areas are refused with E_NOT_FOUND. Windows that `before` has been filling go on. */
  constructor(conditions: readonly Condition[], names: Names, host: HostTerms, before?: Watch) {
    this.#names = names;
    this.#host = host;
    this.#gather(conditions);
    const all = [...conditions];
    this.#terms = conditions.map((condition) =>
      termsOf(condition).map((term) => ({
        text: conditionText(term, (area) => areaNamed(names, area).name),
        at: all.push(term) - 1,
      })),
    );
    const places = new Map<string, number>();
    this.#program = new Program(all, (leaf) => {
      const key = JSON.stringify(leaf);
      const at = places.get(key) ?? this.#asked.push(this.#valueOf(leaf, before)) - 1;
      places.set(key, at);
      return at;
    });
    this.#inputs = new Float64Array(this.#asked.length);
    if (before) this.#weights = this.#weights.map((_, i) => before.#weights[before.#slots.indexOf(this.#slots[i]!)] ?? Number.NaN);
    this.#ask();
  }

  /** Bursts of frames that must have been seen before every window is known. */
  get lookback(): number {
    return Math.max(0, ...[...this.#windows.values()].map(({ bursts }) => bursts));
  }

  /** Indexes of areas whose silence is counted, which reaches back to their last fire. */
  get silences(): number[] {
    return [...this.#silences.keys()];
  }

  /** Whether potentials or weights are asked for, which no frame holds. */
  get needsEngine(): boolean {
    return this.#neurons.length > this.#spikes.neurons.length || this.#slots.length > 0;
  }

  /** Takes a burst in. Without readers potentials and weights are unknown (NaN); so is a change of a weight first seen. */
  observe(frame: Uint32Array, readers?: Readers): void {
    countFires(frame, this.#areas, this.#counts);
    for (const { at, window } of this.#windows.values()) window.add(this.#counts[at]!);
    for (const { at, silence } of this.#silences.values()) silence.add(this.#counts[at]!);
    this.#burstMs = frame[frameWord.engineNanos]! / 1e6;
    const states = readers && this.#neurons.length > 0 ? readers.neuronStates(this.#neurons) : null;
    if (states) {
      this.#potentials = states.potential;
      this.#spikes.fired.set(states.fired.subarray(this.#neurons.length - this.#spikes.neurons.length));
    } else this.#potentials.fill(Number.NaN);
    this.#probe(frame, states === null);
    if (this.#slots.length > 0) this.#weigh(readers);
    this.#ask();
  }

  /** Looks at the weights without a burst, so that the next burst's changes are known. */
  prime(readers: Readers): void {
    if (this.#slots.length > 0) this.#weigh(readers);
    this.#ask();
  }

  /** The value of a condition after the last burst. */
  value(condition: number): number {
    return this.#program.run(condition, this.#inputs);
  }

  holds(condition: number): boolean {
    return isTrue(this.value(condition));
  }

  /** The terms of a condition with their values after the last burst, as they stand in it. */
  terms(condition: number): { text: string; value: number }[] {
    return this.#terms[condition]!.map(({ text, at }) => ({ text, value: this.value(at) }));
  }

  windowOf(key: string): CountWindow | undefined {
    return this.#windows.get(key)?.window;
  }

  silenceOf(area: number): SilenceCount | undefined {
    return this.#silences.get(area)?.silence;
  }

  #ask(): void {
    for (let at = 0; at < this.#asked.length; at++) this.#inputs[at] = this.#asked[at]!();
  }

  #weigh(readers: Readers | undefined): void {
    this.#weightsBefore = this.#weights;
    this.#weights = readers ? readers.weightsOf(this.#slots) : new Float64Array(this.#slots.length).fill(Number.NaN);
  }

  #probe(frame: Uint32Array, isAlone: boolean): void {
    const asked = this.#memorySpikes.neurons.length + this.#strays.length + (isAlone ? this.#spikes.neurons.length : 0);
    if (asked === 0) return;
    if (this.#bytes.buffer !== frame.buffer || this.#bytes.byteOffset !== frame.byteOffset || this.#bytes.length !== frame.byteLength) {
      this.#bytes = new Uint8Array(frame.buffer, frame.byteOffset, frame.byteLength);
    }
    if (isAlone) probeFires(frame, this.#bytes, this.#spikes);
    probeFires(frame, this.#bytes, this.#memorySpikes);
    for (const { neuron, fired } of this.#strays) hasFired(frame, this.#bytes, neuron, fired);
  }

  #gather(conditions: readonly Condition[]): void {
    const areas = new Set<number>();
    const spikes = new Set<number>();
    const neurons = new Set<number>();
    const slots = new Set<number>();
    const visit = (condition: Condition): void => {
      if ("left" in condition) {
        visit(condition.left);
        visit(condition.right);
      } else if (condition.op === "not") visit(condition.value);
      else if ("area" in condition) areas.add(areaNamed(this.#names, condition.area).index);
      else if (condition.op === "fired") spikes.add(condition.neuron);
      else if (condition.op === "potential") neurons.add(condition.neuron);
      else if ("synapse" in condition) slots.add(condition.synapse);
    };
    conditions.forEach(visit);
    this.#areas = Uint32Array.from(areas).sort();
    this.#counts = new Float64Array(areas.size);
    const places = Array.from(spikes, (neuron) => ({ neuron, area: this.#names.areaOfNeuron(neuron) }));
    const known = places.filter(({ area }) => area >= 0);
    this.#spikes = probesOf(known.filter(({ neuron }) => !isMemoryId(neuron)));
    this.#memorySpikes = probesOf(known.filter(({ neuron }) => isMemoryId(neuron)));
    const strays = places.filter(({ area }) => area < 0);
    this.#strays = strays.map(({ neuron }) => ({ neuron: Uint32Array.of(neuron), fired: new Float64Array(1) }));
    this.#neurons = Uint32Array.from([...neurons, ...this.#spikes.neurons]);
    this.#potentials = new Float32Array(this.#neurons.length).fill(Number.NaN);
    this.#slots = Uint32Array.from(slots);
    this.#weights = new Float64Array(slots.size).fill(Number.NaN);
    this.#weightsBefore = this.#weights;
  }

  #valueOf(condition: Leaf, before: Watch | undefined): Value {
    switch (condition.op) {
      case "fires": {
        const at = this.#placeOf(condition.area);
        return () => this.#counts[at]!;
      }
      case "silent": {
        const at = this.#placeOf(condition.area);
        const area = this.#areas[at]!;
        const { silence } = kept(this.#silences, area, () => ({
          at,
          silence: before?.silenceOf(area) ?? new SilenceCount(),
        }));
        return () => silence.bursts;
      }
      case "rate":
      case "synchrony": {
        const at = this.#placeOf(condition.area);
        const { neurons, index } = areaNamed(this.#names, condition.area);
        const { bursts } = condition;
        const key = `${index} ${bursts}`;
        const { window } = kept(this.#windows, key, () => ({
          at,
          bursts,
          window: before?.windowOf(key) ?? new CountWindow(bursts),
        }));
        return condition.op === "rate" ? () => window.rate(neurons) : () => window.synchrony();
      }
      case "fired": {
        const stray = this.#strays.find(({ neuron }) => neuron[0] === condition.neuron);
        const probes = isMemoryId(condition.neuron) ? this.#memorySpikes : this.#spikes;
        const at = stray ? 0 : probes.neurons.indexOf(condition.neuron);
        const { fired } = stray ?? probes;
        return () => fired[at]!;
      }
      case "potential": {
        const at = this.#neurons.indexOf(condition.neuron);
        return () => this.#potentials[at]!;
      }
      case "weight":
      case "dweight": {
        const at = this.#slots.indexOf(condition.synapse);
        return condition.op === "weight" ? () => this.#weights[at]! : () => this.#weights[at]! - this.#weightsBefore[at]!;
      }
      case "burst_ms":
        return () => this.#burstMs;
      case "diverged":
        return () => this.#host.diverged();
      default:
        throw new LabError("E_UNSUPPORTED", `${condition.op}(${condition.name}) cannot be answered`, { term: condition.op });
    }
  }

  #placeOf(area: string): number {
    return this.#areas.indexOf(areaNamed(this.#names, area).index);
  }
}

function probesOf(places: { neuron: number; area: number }[]): Probes {
  const sorted = places.toSorted((a, b) => a.area - b.area || a.neuron - b.neuron);
  return {
    areas: Float64Array.from(sorted, ({ area }) => area),
    neurons: Uint32Array.from(sorted, ({ neuron }) => neuron),
    fired: new Float64Array(sorted.length),
  };
}

function termsOf(condition: Condition): Condition[] {
  if ("left" in condition) return [...termsOf(condition.left), ...termsOf(condition.right)];
  if (condition.op === "not") return termsOf(condition.value);
  return condition.op === "number" ? [] : [condition];
}

function kept<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const found = map.get(key) ?? make();
  map.set(key, found);
  return found;
}
