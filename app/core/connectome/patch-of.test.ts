import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { AreaParametersPatch, Vec3 } from "#contracts/connectome.ts";
import { grown } from "../development/grow.ts";
import { createReferenceEngine } from "../engine/reference/reference-engine.ts";
import { parseGenome } from "../genome/parse.ts";
import { applyDiff, diffOfAreaEdit, invert } from "./diff.ts";
import { patchOf } from "./patch-of.ts";
import { parameterEdits } from "./testing/parameter-edits.ts";

const parsed = parseGenome(readFileSync(new URL("../genome/golden/probe-edits.json", import.meta.url), "utf8"));
if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
const probe = grown(parsed.genome);
const area = [...probe.areas.values()].find(({ name }) => name === "A")!;

/** Gradients and limits stay small enough that no threshold overflows. */
const parameters: fc.Arbitrary<AreaParametersPatch> = fc.record(
  {
    ...parameterEdits,
    firingThresholdIncrement: fc.tuple(fc.float({ min: -9, max: 9, noNaN: true }), fc.constant(0), fc.constant(0)) as fc.Arbitrary<Vec3>,
    firingThresholdLimit: fc.float({ min: 0, max: 1e6, noNaN: true }),
  },
  { requiredKeys: [] },
);

test("an engine patched by an edit stands where an engine stands that loads the edited connectome", () => {
  fc.assert(
    fc.property(parameters, (edit) => {
      const diff = diffOfAreaEdit(probe, { id: area.id, parameters: edit });
      const patched = createReferenceEngine();
      patched.load(probe.image);
      patched.apply(patchOf(probe, diff) as Uint32Array);
      const loaded = createReferenceEngine();
      loaded.load(applyDiff(probe, diff).image);
      expect(patched.snapshot()).toEqual(loaded.snapshot());
    }),
    { seed: 1, numRuns: 100 },
  );
});

test("and the patch of the inverse brings it back", () => {
  const diff = diffOfAreaEdit(probe, {
    id: area.id,
    parameters: { firingThreshold: 3, firingThresholdIncrement: [1, 0, 0], excitability: 10 },
  });
  const edited = applyDiff(probe, diff);
  const engine = createReferenceEngine();
  engine.load(probe.image);
  const before = engine.snapshot();
  engine.apply(patchOf(probe, diff) as Uint32Array);
  expect(engine.snapshot()).not.toEqual(before);
  engine.apply(patchOf(edited, invert(diff)) as Uint32Array);
  expect(engine.snapshot()).toEqual(before);
});

test("metadata concern no engine, sizes need a rebuild", () => {
  expect(patchOf(probe, diffOfAreaEdit(probe, { id: area.id, name: "A2", position: [1, 2, 3] }))).toEqual(new Uint32Array());
  expect(patchOf(probe, diffOfAreaEdit(probe, { id: area.id, dimensions: [1, 1, 1] }))).toBe("rebuild");
});
