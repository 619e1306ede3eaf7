import { expect, test } from "vitest";
import { LabError } from "#contracts/errors.ts";
import type { GenomeEdit } from "#contracts/genome-edit.ts";
import { encodeId } from "../cortical-id.ts";
import type { Genome } from "../genome.ts";
import { parseGenome } from "../parse.ts";
import { genomeText } from "../testing/small-genome.ts";
import { applyGenomeEdits } from "./apply.ts";

const rule = ["mine", [1, 1, 1], 1, false, 1, 1, 1];
const uuid = (n: number) => `00000000-0000-8000-a000-00000000000${n}`;
const text = genomeText(
  { cAreaA: { "cx-__name-t": "First", "cx-dstmap-d": { cAreaB: [rule] } }, cAreaB: {}, i__inf: {} },
  {
    neuron_morphologies: {
      mine: { type: "vectors", parameters: { vectors: [[1, 0, 0]] } },
      tiles: {
        type: "composite",
        parameters: {
          src_seed: [1, 1, 1],
          src_pattern: [
            [1, 0],
            [1, 0],
            [1, 0],
          ],
          mapper_morphology: "mapper",
        },
      },
      mapper: { type: "functions", parameters: {} },
    },
    brain_regions: {
      [uuid(0)]: { title: "Root Brain Region", areas: ["i__inf"], parent_region_id: null },
      [uuid(1)]: { title: "Outer", areas: ["cAreaA"], parent_region_id: uuid(0) },
      [uuid(2)]: { title: "Inner", areas: ["cAreaB"], parent_region_id: uuid(1) },
    },
  },
);
const parsed = parseGenome(text);
const genome = (parsed.ok && parsed.genome) as Genome;
const [a, b, power, device] = ["cAreaA__", "cAreaB__", "___power", "iinf\x01\0\0\0"].map(encodeId) as [string, string, string, string];
const [nobody, fresh] = [encodeId("cnobody_"), encodeId("cfresh__")];
const plain = {
  ...{ morphology: "mine", scalar: [1, 1, 1], multiplier: 1, plastic: false, plasticityConstant: 1, ltpMultiplier: 1 },
  ...{ ltdMultiplier: 1, plasticityWindow: 0, delayBursts: 1, attractivity: 100 },
};
const morphology = (id: string, vectors: [number, number, number][]) => ({
  id,
  class: "custom" as const,
  type: "vectors" as const,
  vectors,
});

const refused: [why: string, code: string, edit: GenomeEdit, message?: RegExp][] = [
  ["an area that is not there", "E_NOT_FOUND", { kind: "updateArea", area: nobody, name: "x" }],
  ["an area that is not there, removed", "E_NOT_FOUND", { kind: "removeArea", area: nobody }],
  ["an area that is not there, moved", "E_NOT_FOUND", { kind: "moveArea", area: nobody, region: uuid(1) }],
  ["a mapping from nowhere", "E_NOT_FOUND", { kind: "setMapping", src: nobody, dst: a, rules: [plain] }],
  ["a mapping to nowhere", "E_NOT_FOUND", { kind: "setMapping", src: a, dst: nobody, rules: [plain] }],
  ["a rule of an unknown morphology", "E_NOT_FOUND", { kind: "setMapping", src: a, dst: a, rules: [{ ...plain, morphology: "nope" }] }],
  ["a region that is not there", "E_NOT_FOUND", { kind: "moveArea", area: a, region: uuid(9) }],
  ["a region that is not there, updated", "E_NOT_FOUND", { kind: "updateRegion", id: uuid(9), name: "x" }],
  ["a parent that is not there", "E_NOT_FOUND", { kind: "createRegion", id: uuid(5), parent: uuid(9) }],
  ["a morphology that is not there", "E_NOT_FOUND", { kind: "removeMorphology", id: "nope" }],
  ["an id that is taken", "E_CONFLICT", { kind: "createArea", area: a, areaKind: "custom" }],
  ["a new id that is taken", "E_CONFLICT", { kind: "changeAreaId", area: a, to: b }],
  ["a region id that is taken", "E_CONFLICT", { kind: "createRegion", id: uuid(1), parent: uuid(0) }],
  ["a second root", "E_CONFLICT", { kind: "createRegion", id: uuid(5), parent: null }],
  ["a morphology that mappings use", "E_CONFLICT", { kind: "removeMorphology", id: "mine" }, /changed before -> Area/],
  ["a morphology that a composite uses", "E_CONFLICT", { kind: "removeMorphology", id: "mapper" }, /tiles/],
  ["a core morphology, removed", "E_CONFLICT", { kind: "removeMorphology", id: "projector" }],
  ["a core area, removed", "E_CONFLICT", { kind: "removeArea", area: power }],
  ["a core area with another id", "E_CONFLICT", { kind: "changeAreaId", area: power, to: fresh }],
  ["the root region, removed", "E_CONFLICT", { kind: "removeRegion", id: uuid(0) }],
  ["the root region, moved", "E_CONFLICT", { kind: "updateRegion", id: uuid(0), parent: uuid(1) }],
  ["a region inside itself", "E_CONFLICT", { kind: "updateRegion", id: uuid(1), parent: uuid(1) }],
  ["a region inside its own child", "E_CONFLICT", { kind: "updateRegion", id: uuid(1), parent: uuid(2) }],
  ["an area designated elsewhere", "E_INVALID", { kind: "updateRegion", id: uuid(1), designatedInputs: [b] }],
  ["an area that is input and output", "E_INVALID", { kind: "updateRegion", id: uuid(1), designatedInputs: [a], designatedOutputs: [a] }],
  ["a region id that is no UUID", "E_INVALID", { kind: "createRegion", id: "cortex", parent: uuid(0) }],
  ["an id of another kind", "E_INVALID", { kind: "createArea", area: fresh, areaKind: "input" }],
  ["a device that becomes a custom area", "E_INVALID", { kind: "changeAreaId", area: device, to: fresh }],
  ["a position between voxels", "E_INVALID", { kind: "updateArea", area: a, position: [0.5, 0, 0] }],
  ["a size of nothing", "E_INVALID", { kind: "updateArea", area: a, dimensions: [0, 1, 1] }],
  ["more neurons than a brain has", "E_INVALID", { kind: "updateArea", area: a, dimensions: [100_000, 100_000, 1] }],
  ["a number beyond 32 bits", "E_INVALID", { kind: "updateArea", area: a, parameters: { firingThreshold: 1e39 } }],
  ["no number at all", "E_INVALID", { kind: "updateArea", area: a, parameters: { leak: Number.NaN } }],
  ["a refractory period beyond 16 bits", "E_INVALID", { kind: "updateArea", area: a, parameters: { refractoryPeriod: 70_000 } }],
  ["a field by its property name", "E_INVALID", { kind: "updateArea", area: a, properties: { firing_threshold: 1 } }],
  ["a delay of less than a burst", "E_INVALID", { kind: "setMapping", src: a, dst: b, rules: [{ ...plain, delayBursts: 0.5 }] }],
  ["an attractivity above all", "E_INVALID", { kind: "setMapping", src: a, dst: b, rules: [{ ...plain, attractivity: 120 }] }],
  ["half a vector", "E_INVALID", { kind: "setMorphology", morphology: morphology("mine", [[0.5, 0, 0]]) }],
  ["a precision without a name", "E_INVALID", { kind: "updatePhysiology", quantizationPrecision: "fp8" }],
  ["a step of no time", "E_INVALID", { kind: "updatePhysiology", simulationTimestep: 0 }],
];

test.each(refused)("%s is refused", (_, code, edit, message = /./) => {
  const before = structuredClone(genome);
  const good: GenomeEdit = { kind: "updateArea", area: a, name: "changed before" };
  let error: unknown;
  try {
    applyGenomeEdits(genome, [good, edit]);
  } catch (caught) {
    error = caught;
  }
  expect(error).toBeInstanceOf(LabError);
  expect(error).toMatchObject({ code, message: expect.stringMatching(message) });
  expect(genome).toEqual(before);
});
