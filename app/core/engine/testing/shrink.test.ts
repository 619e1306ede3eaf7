/** A fault put into an engine on purpose is found, cut down to what shows it, and shown again by the written file. */

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { EngineImage } from "#contracts/network.ts";
import { PatchWriter, patchOp } from "#contracts/patch.ts";
import type { Engine } from "../engine.ts";
import { operationsOf } from "../golden-operations.ts";
import { createReferenceEngine } from "../reference/reference-engine.ts";
import { replayDocument } from "../replay-document.ts";
import { createShadowEngine } from "../shadow-engine.ts";
import { runTrials } from "./run-trials.ts";
import { generateLifTrial, generateTrial, type Trial } from "./trial.ts";

const generateFeagi = (seed: number) => generateTrial(seed, { bursts: 12, crowds: 0.05 });
const generateLif = (seed: number) => generateLifTrial(seed, 12);

/** Adds staged input last to first, so that some sums round otherwise. */
function addingBackwards(): Engine {
  return overridden(createReferenceEngine(), (engine) => ({
    apply: (patch: Uint32Array) => engine.apply(backwards(patch)),
    fork: () => engine.fork(),
  }));
}

function backwards(patch: Uint32Array): Uint32Array {
  const writer = new PatchWriter();
  const name = (code: number) => Object.entries(patchOp).find(([, known]) => known === code)![0] as keyof typeof patchOp;
  for (const { code, words } of operationsOf(patch)) {
    const pairs = Array.from({ length: words.length / 2 }, (_, at) => [words[at * 2]!, words[at * 2 + 1]!]);
    writer.op(name(code), code === patchOp.stageInput ? pairs.reverse().flat() : Array.from(words));
  }
  return writer.take();
}

/** One synapse in an image, the last one, is a little stronger than it should be. */
function corruptingASynapse(): Engine {
  return overridden(createReferenceEngine(), (engine) => ({
    load: (image: EngineImage) => {
      const weight = image.synapses.weight.slice();
      if (weight.length > 0) weight[weight.length - 1]! += 0.25;
      engine.load({ ...image, synapses: { ...image.synapses, weight } } as EngineImage);
    },
    fork: () => engine.fork(),
  }));
}

/** An engine that does some things otherwise. */
function overridden(engine: Engine, otherwise: (engine: Engine) => Partial<Record<keyof Engine, unknown>>): Engine {
  const verbs = otherwise(engine);
  return new Proxy(engine, {
    get(target, name) {
      const verb = name in verbs ? verbs[name as keyof Engine] : Reflect.get(target, name);
      return typeof verb === "function" ? verb.bind(target) : verb;
    },
  });
}

function failureOf(
  faulty: Engine,
  generate: (seed: number) => Trial,
): {
  message: string;
  document: { neurons: { count: number }; synapses: { count: number }; bursts: unknown[] };
} {
  let message = "";
  try {
    runTrials({ seeds: { first: 1, count: 60 }, generate, contenders: [{ name: "faulty", engine: faulty, replay: "--engine shadow" }] });
  } catch (error) {
    message = (error as Error).message;
  }
  const file = /gyrus replay (\S+) --engine shadow/.exec(message)?.[1];
  expect(file, message).toBeDefined();
  return { message, document: JSON.parse(readFileSync(file!, "utf8")) };
}

test.each([
  ["input added backwards", addingBackwards, generateFeagi, { neurons: 3, synapses: 2, bursts: 3 }],
  ["a corrupted synapse", corruptingASynapse, generateFeagi, { neurons: 2, synapses: 1, bursts: 2 }],
  ["a corrupted synapse of lif-delta", corruptingASynapse, generateLif, { neurons: 2, synapses: 1, bursts: 2 }],
])("%s is cut down to a few neurons, and its file shows it again", (_, makeFaulty, generate, most) => {
  const { message, document } = failureOf(makeFaulty(), generate);
  expect(message).toContain("faulty differs from the reference engine at burst");
  expect(document.neurons.count).toBeLessThanOrEqual(most.neurons);
  expect(document.synapses.count).toBeLessThanOrEqual(most.synapses);
  expect(document.bursts.length).toBeLessThanOrEqual(most.bursts);
  const what = /Cut down to .*; burst \d+: (.*)\.\n/.exec(message)![1]!;
  const shadow = createShadowEngine(createReferenceEngine(), makeFaulty(), { states: true });
  expect(() => replayDocument(shadow, document)).toThrow(what);
  expect(replayDocument(createReferenceEngine(), document)).toMatchObject({ match: true });
});
