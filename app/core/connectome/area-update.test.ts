import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AreaParametersPatch, Vec3 } from "#contracts/connectome.ts";
import { areaUpdate } from "./area-update.ts";
import { Living, probeGenome } from "./testing/living.ts";
import { parameterEdits } from "./testing/parameter-edits.ts";

const probe = new Living(probeGenome()).connectome;
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

describe("an edit of an area's parameters", () => {
  test("leaves an engine where one stands that loads what the edited genome grows, and its way back where it stood", () => {
    fc.assert(
      fc.property(parameters, (edit) => {
        const living = new Living(probeGenome());
        const before = living.engine.snapshot();
        const update = areaUpdate(living.connectome, { id: area.id, parameters: edit });
        if (!update) return;
        const { isStructural } = living.become(update.genome);
        expect(isStructural).toBe(false);
        expect(living.engine.snapshot()).toEqual(new Living(update.genome).engine.snapshot());
        living.become(probe.genome);
        expect(living.engine.snapshot()).toEqual(before);
      }),
      { seed: 1, numRuns: 60 },
    );
  });
});

describe("an edit of an area", () => {
  test("is none when nothing changes", () => {
    const { name, position, dimensions, parameters: same } = area;
    const edit = { id: area.id, name, position, dimensions, parameters: { leak: same.leak, pspUniform: same.pspUniform } };
    expect(areaUpdate(probe, edit)).toBeNull();
  });

  test("is named after what it does, the largest first", () => {
    const group = (edit: object) => areaUpdate(probe, { id: area.id, ...edit })?.group;
    expect(group({ name: "A2", dimensions: [1, 1, 1] })).toBe("Resize A");
    expect(group({ name: "A2", parameters: { leak: 0.5 } })).toBe("Change parameters of A");
    expect([group({ position: [1.4, 2, 3] }), group({ name: "A2" })]).toEqual(["Move A", "Rename A"]);
  });

  test("that is not there, or with a number no engine can hold, is refused", () => {
    expect(() => areaUpdate(probe, { id: "Y1hYWFhYWFg=" })).toThrow(expect.objectContaining({ code: "E_NOT_FOUND" }));
    expect(() => areaUpdate(probe, { id: area.id, parameters: { firingThreshold: 1e300 } })).toThrow(
      expect.objectContaining({ code: "E_INVALID" }),
    );
  });
});
