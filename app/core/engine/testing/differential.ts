/**
 * Two engines side by side on a generated network: equal frames, potentials, states and hashes after every burst.
 *
 * Snapshots go across while they run, so "restored and run on" is compared with "never stopped" by the same assertions.
 */

import { expect } from "vitest";
import { firedIds, frameWord, readFrameHeader } from "#contracts/frame.ts";
import type { Engine } from "../engine.ts";
import { generateNetwork, generatePatch } from "./generated.ts";
import { generateLearning } from "./generated-learning.ts";
import { seeded } from "./seeded.ts";

/** What a differential run has seen, so that a test can tell whether it saw anything. */
export interface DifferentialRun {
  bursts: number;
  firings: number;
  restores: number;
  /** Synapses that plasticity made, and fires of memory neurons. */
  created: number;
  memoryFires: number;
}

/** `a` runs through; `b` is restored from snapshots of `a` now and then (with an odd seed the other way round). */
export function differential(a: Engine, b: Engine, seed: number, bursts = 30): DifferentialRun {
  const random = seeded(seed);
  const image = generateNetwork(random);
  const run: DifferentialRun = { bursts: 0, firings: 0, restores: 0, created: 0, memoryFires: 0 };
  a.load(image);
  b.load(image);
  const learning = generateLearning(random, image.neurons.count);
  a.apply(learning);
  b.apply(learning);
  for (let n = 1; n <= bursts; n++) {
    const patch = generatePatch(random, image, a.neuronCount);
    a.apply(patch);
    b.apply(patch);
    const before = a.synapseCount;
    const frame = burstFrame(a);
    expectSame(burstFrame(b), frame, `frame of burst ${n}, seed ${seed}`);
    expectSameState(a, b, `after burst ${n}, seed ${seed}`);
    run.bursts++;
    run.firings += readFrameHeader(frame).fired;
    run.created += a.synapseCount - before;
    run.memoryFires += firedIds(frame).filter((id) => id >= 50_000_000).length;
    if (random.chance(0.15)) {
      const [from, to] = seed % 2 === 0 ? [a, b] : [b, a];
      to.restore(from.snapshot());
      expectSameState(a, b, `after a restore at burst ${n}, seed ${seed}`);
      run.restores++;
    }
  }
  return run;
}

/** Runs one burst; the words that tell which engine ran and how long are blanked. */
export function burstFrame(engine: Engine): Uint32Array {
  const frame = new Uint32Array(engine.frameWords);
  const words = engine.burstIntoSync(frame);
  frame[frameWord.engine] = 0;
  frame[frameWord.engineNanos] = 0;
  return frame.slice(0, words);
}

export function expectSameState(a: Engine, b: Engine, when: string): void {
  expect(b.burst, when).toBe(a.burst);
  expect(b.neuronCount, when).toBe(a.neuronCount);
  expect(b.synapseCount, when).toBe(a.synapseCount);
  expectSame(b.firedPotentials(), a.firedPotentials(), `potentials at firing ${when}`);
  expectSameColumns(b.candidates(), a.candidates(), `candidates ${when}`);
  const everyone = Uint32Array.from({ length: a.neuronCount + 2 }, (_, id) => id);
  expectSameColumns(b.neuronStates(everyone), a.neuronStates(everyone), `neuron states ${when}`);
  expectSameColumns(b.synapses(), a.synapses(), `synapses ${when}`);
  expect(b.stateHash(), `state hash ${when}`).toBe(a.stateHash());
}

type Column = Float64Array | Float32Array | Uint32Array | Uint16Array | Uint8Array;

export function expectSameColumns<T extends object>(got: T, expected: T, what: string): void {
  for (const name of Object.keys(expected)) {
    expectSame(got[name as keyof T] as Column, expected[name as keyof T] as Column, `${name} of ${what}`);
  }
}

/** Equal bits, every NaN alike. Walks by hand: a general comparison takes minutes over so many columns. */
export function expectSame(got: Column, expected: Column, what: string): void {
  expect(got.length, `length of ${what}`).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) {
    if (!Object.is(got[i], expected[i])) expect(got[i], `${what} at ${i}`).toBe(expected[i]);
  }
}
