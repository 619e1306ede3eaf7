import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { runMorphologyCases } from "./morphology-case.ts";

const folder = new URL("golden/morphology/", import.meta.url);
const documentOf = (file: string) => JSON.parse(readFileSync(new URL(file, folder), "utf8"));

describe("recorded morphology cases grow synapse for synapse", () => {
  for (const file of readdirSync(folder)) {
    test(file, () => {
      const report = runMorphologyCases(documentOf(file));
      expect(report.cases.filter(({ match }) => !match)).toEqual([]);
      expect(report.matched).toBe(report.total);
      expect(report.total).toBeGreaterThan(0);
    });
  }
});

test("the first mismatch is named, in synapses and in neurons", () => {
  const { cases } = documentOf("recurrent.json");
  cases[0].synapses[2][1] = [9, 9, 9, 9];
  const neurons = documentOf("neuron-params.json").cases[0];
  neurons.neurons[3].threshold = 77;
  const report = runMorphologyCases({ cases: [cases[0], cases[1], neurons] });
  expect(report).toMatchObject({ matched: 1, total: 3 });
  expect(report.cases[0]).toEqual({
    case: "recurrent-00",
    synapseCount: 6,
    match: false,
    firstMismatch: "synapse 2: expected [[1,0,0,0],[9,9,9,9],1,10,0], got [[1,0,0,0],[2,0,0,0],1,10,0]",
  });
  expect(report.cases[2]!.firstMismatch).toBe("neuron 3, threshold: expected 77, got 8.5");
});

test("standard development tells itself apart where FEAGI lacks a law", () => {
  const report = runMorphologyCases(documentOf("no-synapse-functions.json"), "standard");
  expect(report.cases.filter(({ synapseCount }) => synapseCount > 0).map((one) => one.case)).toEqual([
    "no-synapse-functions-00",
    "no-synapse-functions-01",
    "no-synapse-functions-04",
    "no-synapse-functions-06",
    "no-synapse-functions-07",
    "no-synapse-functions-09",
    "no-synapse-functions-10",
  ]);
});

test("a document of another kind is refused", () => {
  expect(() => runMorphologyCases({ blueprint: {} })).toThrow(/morphology cases/);
});
