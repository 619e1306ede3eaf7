/** What two engines show of themselves, side by side; and one burst, for tests that compare by hand. */
import { expect } from "vitest";
import { frameWord } from "#contracts/frame.ts";
import { ANY_NEURON, type Engine, WORDS_PER_NAMED_SYNAPSE } from "../engine.ts";

/** Runs one burst; the words that tell which engine ran and how long are blanked. */
export function burstFrame(engine: Engine): Uint32Array {
  const frame = new Uint32Array(engine.frameWords);
  const words = engine.burstIntoSync(frame);
  frame[frameWord.engine] = 0;
  frame[frameWord.engineNanos] = 0;
  return frame.slice(0, words);
}

export function expectSameState(a: Engine, b: Engine, when: string): void {
  expect(readingDifference(a, b), when).toBeNull();
  expect(b.stateHash(), `state hash ${when}`).toBe(a.stateHash());
}

/** The first reading in which two engines differ, or null. Equal bits, every NaN alike. */
export function readingDifference(a: Engine, b: Engine): string | null {
  const everyone = Uint32Array.from({ length: a.neuronCount + 2 }, (_, id) => id);
  const counts = (engine: Engine) => Uint32Array.of(engine.burst, engine.neuronCount, engine.synapseCount, engine.synapseSlots);
  return (
    columnDifference("counts", counts(a), counts(b)) ??
    columnDifference("potentials at firing", a.firedPotentials(), b.firedPotentials()) ??
    columnsDifference("candidates", a.candidates(), b.candidates()) ??
    columnsDifference("neuron states", a.neuronStates(everyone), b.neuronStates(everyone)) ??
    columnsDifference("neuron settings", a.neuronSettings(everyone), b.neuronSettings(everyone)) ??
    columnsDifference("synapses", a.synapses(), b.synapses()) ??
    columnsDifference("a stretch of synapses", a.synapsesIn(3, 40), b.synapsesIn(3, 40)) ??
    columnDifference("samples", sampled(a, everyone), sampled(b, everyone))
  );
}

function sampled(engine: Engine, neurons: Uint32Array): Float64Array {
  const { slot, source, target } = engine.synapses();
  // The one after each, which may be another or none; each by its ends, and by those of the one after it.
  const named = Array.from(slot, (at, i) => [
    ...[at + 1, ANY_NEURON, ANY_NEURON, at, source[i]!, ANY_NEURON, at, ANY_NEURON, target[i]!],
    ...[at, source[i + 1] ?? 0, target[i + 1] ?? 0],
  ]).flat();
  const into = new Float64Array(2 * neurons.length + named.length / WORDS_PER_NAMED_SYNAPSE);
  engine.sample(neurons, Uint32Array.from(named), into);
  return into;
}

type Column = Float64Array | Float32Array | Uint32Array | Uint16Array | Uint8Array;

export function expectSameColumns<T extends object>(got: T, expected: T, what: string): void {
  expect(columnsDifference(what, expected, got)).toBeNull();
}

export function expectSame(got: Column, expected: Column, what: string): void {
  expect(columnDifference(what, expected, got)).toBeNull();
}

function columnsDifference<T extends object>(what: string, expected: T, got: T): string | null {
  for (const name of Object.keys(expected) as (keyof T & string)[]) {
    const difference = columnDifference(`${name} of ${what}`, expected[name] as Column, got[name] as Column);
    if (difference) return difference;
  }
  return null;
}

function columnDifference(what: string, expected: Column, got: Column): string | null {
  if (got.length !== expected.length) return `${what} are ${expected.length} and ${got.length}`;
  const at = expected.findIndex((value, i) => !Object.is(value, got[i]));
  return at < 0 ? null : `${what} at ${at}: ${expected[at]} and ${got[at]}`;
}
