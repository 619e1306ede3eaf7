import { expect, test } from "vitest";
import { createReferenceEngine } from "../engine/reference/reference-engine.ts";
import { invertedChange, type LiveChange, planChange } from "./live-changes.ts";
import { createSynapses, removeSynapses } from "./live-edits.ts";
import { Living, probeGenome } from "./testing/living.ts";

const put = (living: Living, asked: LiveChange): LiveChange => {
  const { patch, connectome, change } = planChange(living.connectome, living.engine, asked);
  living.engine.apply(patch);
  living.connectome = connectome;
  return change;
};

test.each([
  ["standard", "in the slot of one removed before, in front of its twin"],
  ["feagi-strict", "behind all others"],
] as const)("in %s a synapse made beside another lies %s, and is the one that goes when that is undone", (dynamics, _where) => {
  const living = new Living(probeGenome(), createReferenceEngine(), dynamics);
  const { engine } = living;
  const weightsBetween = (from: number, to: number) => {
    const { source, target, weight } = engine.synapses();
    return [...weight].filter((_, row) => source[row] === from && target[row] === to);
  };
  const { source, target } = engine.synapses();
  const [low, high] = [0, source.length - 1];
  put(living, removeSynapses(living.connectome, engine, [{ source: source[low]!, target: target[low]! }]));
  const ends = { source: source[high]!, target: target[high]! };
  const before = weightsBetween(ends.source, ends.target);

  const made = put(living, createSynapses(living.connectome, engine, [{ ...ends, weight: 77 }]));
  const between = weightsBetween(ends.source, ends.target);
  expect(between).toEqual(dynamics === "standard" ? [77, ...before] : [...before, 77]);
  const unmade = put(living, invertedChange(made));
  expect(weightsBetween(ends.source, ends.target)).toEqual(before);
  const again = put(living, invertedChange(unmade));
  expect(weightsBetween(ends.source, ends.target)).toEqual(between);
  put(living, invertedChange(again));
  expect(weightsBetween(ends.source, ends.target)).toEqual(before);
  engine.dispose();
});
