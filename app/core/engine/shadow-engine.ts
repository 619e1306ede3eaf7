/**
 * Two engines in lockstep: the first answers, the second is fed the same and compared after every burst (spec router-and-rollout 9.4).
 * The first divergence is an E_ENGINE error that names the burst and what differs.
 */
import { LabError } from "#contracts/errors.ts";
import { firedIds, frameWord } from "#contracts/frame.ts";
import { type Engine, roomyFrame } from "./engine.ts";
import { snapshotDifference } from "./snapshot-difference.ts";

/** Words of a frame that name the engine and its time, not the burst. */
const unlike = new Set<number>([frameWord.engine, frameWord.engineNanos]);

export interface ShadowOptions {
  /** Compare the whole states after every burst too, not the frames alone; costs two snapshots a burst. */
  states?: boolean;
}

export function createShadowEngine(served: Engine, twin: Engine, { states = false }: ShadowOptions = {}): Engine {
  let twinFrame = new Uint32Array(0);

  const compare = (frame: Uint32Array, words: number): number => {
    twinFrame = roomyFrame(twin, twinFrame);
    const twinWords = twin.burstIntoSync(twinFrame);
    const what =
      divergence(frame.subarray(0, words), twinFrame.subarray(0, twinWords)) ??
      (states && served.stateHash() !== twin.stateHash() ? snapshotDifference(served.snapshot(), twin.snapshot()) : null);
    if (what)
      throw new LabError("E_ENGINE", `The engines diverge at burst ${served.burst}: ${what}`, { engine: twin.kind, burst: served.burst });
    return words;
  };
  const both = (act: (engine: Engine) => void) => {
    act(served);
    act(twin);
  };

  return {
    kind: served.kind,
    get burst() {
      return served.burst;
    },
    get neuronCount() {
      return served.neuronCount;
    },
    get synapseCount() {
      return served.synapseCount;
    },
    get synapseSlots() {
      return served.synapseSlots;
    },
    get frameWords() {
      return served.frameWords;
    },
    load: (image) => both((engine) => engine.load(image)),
    apply: (patch) => both((engine) => engine.apply(patch)),
    burstInto: async (frame) => compare(frame, await served.burstInto(frame)),
    burstIntoSync: (frame) => compare(frame, served.burstIntoSync(frame)),
    snapshot: () => served.snapshot(),
    restore: (snapshot) => both((engine) => engine.restore(snapshot)),
    stateHash() {
      const hash = served.stateHash();
      if (hash !== twin.stateHash()) {
        throw new LabError("E_ENGINE", `The engines diverge at burst ${served.burst}: state hash`, {
          engine: twin.kind,
          burst: served.burst,
        });
      }
      return hash;
    },
    moment: () => served.moment(),
    restoreMoment: (moment) => both((engine) => engine.restoreMoment(moment)),
    memoryBytes: () => served.memoryBytes(),
    fork: () => createShadowEngine(served.fork(), twin.fork(), { states }),
    watchWeights: (on) => served.watchWeights(on),
    weightChanges: () => served.weightChanges(),
    neuronStates: (ids) => served.neuronStates(ids),
    neuronSettings: (ids) => served.neuronSettings(ids),
    firedPotentials: () => served.firedPotentials(),
    candidates: () => served.candidates(),
    synapses: () => served.synapses(),
    synapsesIn: (from, until) => served.synapsesIn(from, until),
    outgoing: (neuron) => served.outgoing(neuron),
    incoming: (neuron) => served.incoming(neuron),
    afferents: (target) => served.afferents(target),
    sample: (neurons, synapses, into) => served.sample(neurons, synapses, into),
    memorySignals: () => served.memorySignals(),
    weightsOf: (slots) => served.weightsOf(slots),
    dispose: () => both((engine) => engine.dispose()),
  };
}

/** What differs between two frames of the same burst, or null. */
export function divergence(expected: Uint32Array, got: Uint32Array): string | null {
  const same = expected.length === got.length && expected.every((word, i) => unlike.has(i) || word === got[i]);
  if (same) return null;
  const [a, b] = [firedIds(expected), firedIds(got)];
  const missing = a.find((id) => !b.includes(id));
  const extra = b.find((id) => !a.includes(id));
  if (missing !== undefined) return `neuron ${missing} fired on one engine only`;
  if (extra !== undefined) return `neuron ${extra} fired on the other engine only`;
  const name = Object.entries(frameWord).find(([, word]) => !unlike.has(word) && expected[word] !== got[word])?.[0];
  return name
    ? `${name} is ${expected[frameWord[name as keyof typeof frameWord]]} and ${got[frameWord[name as keyof typeof frameWord]]}`
    : "frame encoding";
}
