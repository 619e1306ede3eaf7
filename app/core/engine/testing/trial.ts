/**
 * A trial: a network and what is done to it, as plain data, so that it runs the same on any engine and can be cut down.
 *
 * Engines run it in lockstep. After every burst frames and state hashes are compared, which together cover all that happened;
 * now and then an engine hands its state to the others, or goes on as its own fork.
 */
import { firedIds, frameWord } from "#contracts/frame.ts";
import type { EngineImage } from "#contracts/network.ts";
import { patchOp } from "#contracts/patch.ts";
import { type Engine, roomyFrame } from "../engine.ts";
import { operationsOf } from "../golden-operations.ts";
import { divergence } from "../shadow-engine.ts";
import { snapshotDifference } from "../snapshot-difference.ts";
import { readingDifference } from "./differential.ts";
import { generateNetwork, generatePatch } from "./generated.ts";
import { generateExtensionPatch, generateExtensions } from "./generated-extensions.ts";
import { generateLearning } from "./generated-learning.ts";
import { generateLif, generateLifPatch } from "./generated-lif.ts";
import { type Seeded, seeded } from "./seeded.ts";

const WORDS_PER_NEURON = 9;
const WORDS_PER_SYNAPSE = 5;
const FIRST_MEMORY_NEURON = 50_000_000;

export interface Step {
  /** Applied before the burst. */
  patch: Uint32Array;
  /** After the burst: the engine at this place, counted round, hands a snapshot to the others; "fork": every engine goes on as its fork. */
  handOver: number | "fork" | null;
}

export interface Trial {
  image: EngineImage;
  steps: readonly Step[];
}

export interface TrialShape {
  bursts: number;
  /** Share of networks past FEAGI's batch path. */
  crowds: number;
  /** With modulators and the other subsystems. */
  extensions?: boolean;
}

/** FEAGI's neurons, edited and learning. */
export function generateTrial(seed: number, { bursts, crowds, extensions = false }: TrialShape): Trial {
  const random = seeded(seed);
  const image = generateNetwork(random, crowds);
  let neurons = image.neurons.count;
  const strict = image.dynamics === "feagi-strict";
  const slots = image.synapses.count;
  const steps = Array.from({ length: bursts }, (_, n): Step => {
    const patch = generatePatch(random, image, neurons);
    const whole = joined(
      n === 0 ? generateLearning(random, neurons) : NOTHING,
      extensions && n === 0 ? generateExtensions(random, strict, slots) : NOTHING,
      extensions ? generateExtensionPatch(random, strict, { slots, burst: n }) : NOTHING,
      patch,
    );
    neurons += addedNeurons(whole);
    return { patch: whole, handOver: handOverOf(random) };
  });
  return { image, steps };
}

/** Leaky integrate-and-fire neurons, edited and learning. */
export function generateLifTrial(seed: number, bursts: number): Trial {
  const random = seeded(seed);
  const image = generateLif(random);
  const steps = Array.from({ length: bursts }, (): Step => ({ patch: generateLifPatch(random, image), handOver: handOverOf(random) }));
  return { image, steps };
}

const NOTHING = new Uint32Array(0);

function joined(...patches: readonly Uint32Array[]): Uint32Array {
  return Uint32Array.from(patches.flatMap((patch) => Array.from(patch)));
}

export function handOverOf({ chance, int }: Seeded): Step["handOver"] {
  if (!chance(0.2)) return null;
  return chance(0.4) ? "fork" : int(0, 7);
}

function addedNeurons(patch: Uint32Array): number {
  let count = 0;
  for (const { code, words } of operationsOf(patch)) if (code === patchOp.addNeurons) count += (words.length - 1) / WORDS_PER_NEURON;
  return count;
}

function addedSynapses(patch: Uint32Array): number {
  let count = 0;
  for (const { code, words } of operationsOf(patch)) {
    if (code === patchOp.addSynapses || code === patchOp.addGroupedSynapses) count += Math.floor(words.length / WORDS_PER_SYNAPSE);
  }
  return count;
}

export interface Difference {
  /** 0: as loaded. */
  burst: number;
  /** Place of the engine that differs from the first one. */
  engine: number;
  what: string;
}

/** What trials have seen, so that a test can tell whether they saw anything. */
export interface Sights {
  bursts: number;
  firings: number;
  /** Snapshots taken over and forks gone on with. */
  handed: number;
  /** Synapses that plasticity made, and fires of memory neurons. */
  created: number;
  memoryFires: number;
  /** Slots of removed synapses that others were put into. */
  reused: number;
}

export const noSights = (): Sights => ({ bursts: 0, firings: 0, handed: 0, created: 0, memoryFires: 0, reused: 0 });

export interface Watch {
  sights?: Sights;
  /** Compare everything that can be read, not the hash alone. */
  readings?: boolean;
}

/** Runs a trial on engines that may have run others before. The first of them is the one that is right. */
export function firstDifference(trial: Trial, given: readonly Engine[], watch: Watch = {}): Difference | null {
  const engines = [...given];
  try {
    return lockstep(trial, engines, given, watch);
  } finally {
    for (const [at, engine] of engines.entries()) if (engine !== given[at]) engine.dispose();
  }
}

function lockstep(
  { image, steps }: Trial,
  engines: Engine[],
  given: readonly Engine[],
  { sights = noSights(), readings = false }: Watch,
): Difference | null {
  const right = engines[0]!;
  const everywhere = (burst: number, differs: (engine: Engine, at: number) => string | null): Difference | null => {
    for (const [at, engine] of engines.entries()) {
      const what = at === 0 ? null : differs(engine, at);
      if (what !== null) return { burst, engine: at, what };
    }
    return null;
  };
  const states = (burst: number) => {
    const first = engines[0]!;
    const hash = first.stateHash();
    return everywhere(burst, (engine) => {
      if (engine.stateHash() !== hash) return snapshotDifference(first.snapshot(), engine.snapshot()) ?? "state hash";
      return readings ? readingDifference(first, engine) : null;
    });
  };
  right.load(image);
  const loaded = everywhere(0, (engine) => failure(() => engine.load(image)));
  if (loaded) return loaded;
  const frames = engines.map(() => new Uint32Array(0));
  for (const [n, { patch, handOver }] of steps.entries()) {
    const burst = n + 1;
    const slots = engines[0]!.synapseSlots;
    engines[0]!.apply(patch);
    const synapses = engines[0]!.synapseCount;
    frames[0] = burstInto(engines[0]!, frames[0]!);
    const difference =
      everywhere(burst, (engine, at) => {
        const failed = failure(() => {
          engine.apply(patch);
          frames[at] = burstInto(engine, frames[at]!);
        });
        return failed ?? divergence(written(frames[0]!), written(frames[at]!));
      }) ?? states(burst);
    if (difference) return difference;
    sights.bursts++;
    sights.firings += frames[0][frameWord.fired]!;
    const created = engines[0]!.synapseCount - synapses;
    sights.created += created;
    sights.reused += addedSynapses(patch) + created - (engines[0]!.synapseSlots - slots);
    sights.memoryFires += firedIds(frames[0]).filter((id) => id >= FIRST_MEMORY_NEURON).length;
    if (handOver === null) continue;
    sights.handed++;
    handOn(engines, given, handOver);
    const handed = states(burst);
    if (handed) return { ...handed, what: `${handed.what}, after ${handOver === "fork" ? "a fork" : "a restore"}` };
  }
  return null;
}

function burstInto(engine: Engine, frame: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const room = roomyFrame(engine, frame);
  engine.burstIntoSync(room);
  return room;
}

const written = (frame: Uint32Array) => frame.subarray(0, frame[frameWord.totalWords]);

function failure(act: () => void): string | null {
  try {
    act();
    return null;
  } catch (error) {
    return `an error: ${error instanceof Error ? error.message : error}`;
  }
}

function handOn(engines: Engine[], given: readonly Engine[], handOver: number | "fork"): void {
  if (handOver === "fork") {
    for (const [at, origin] of engines.entries()) {
      engines[at] = origin.fork();
      if (!given.includes(origin)) origin.dispose();
    }
    return;
  }
  const from = engines[handOver % engines.length]!;
  const snapshot = from.snapshot();
  for (const engine of engines) if (engine !== from) engine.restore(snapshot);
}
