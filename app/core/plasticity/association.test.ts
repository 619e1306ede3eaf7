import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { grown } from "../development/grow.ts";
import { createReferenceEngine } from "../engine/reference/reference-engine.ts";
import { parseGenome } from "../genome/parse.ts";
import { Association, associate } from "./association.ts";

const file = (name: string) => readFileSync(new URL(`../../../resources/experiments/${name}`, import.meta.url), "utf8");
const experiment = Association.parse({ ...JSON.parse(file("association.json")), pairs: 12 });
const parsed = parseGenome(file(experiment.genome));
if (!parsed.ok) throw new Error("the genome of the experiment does not parse");
const { genome } = parsed;

function run(change: Partial<Association> = {}, control = false) {
  const connectome = grown(genome);
  expect(connectome.problems).toEqual([]);
  const engine = createReferenceEngine();
  engine.load(connectome.image);
  engine.apply(connectome.switchOn);
  return [...associate(engine, connectome, { ...experiment, ...change }, control)];
}

test("a cue comes to bring back the memory of its own outcome, and of no other", () => {
  const points = run();
  expect(points[0]!.recalled).toBe(0);
  expect(points[1]!.recalled).toBe(0);
  expect(points.at(-1)!.recalled).toBeGreaterThan(0.9);
  expect(points.map(({ mistaken }) => mistaken)).toEqual(points.map(() => 0));
});

test("without coming together nothing is recalled", () => {
  expect(run({}, true).filter(({ recalled, mistaken }) => recalled + mistaken > 0)).toEqual([]);
});

test("the seed decides the curve", () => {
  const curve = (seed: number) => run({ seed, pairings: 6 }).map(({ recalled }) => recalled);
  expect(curve(1)).toEqual(curve(1));
  expect(curve(1)).not.toEqual(curve(2));
});

test("three sure pairings are enough: the link has two thirds of the threshold, and what came before waits in the memory, which does not leak", () => {
  const points = run({ omission: 0, pairings: 4 });
  expect(points.map(({ recalled }) => recalled)).toEqual([0, 0, 0, 1, 1]);
  expect(points.map(({ memoryNeurons }) => memoryNeurons)).toEqual([0, 24, 24, 24, 24]);
});
