import { describe, expect, test } from "vitest";
import type { CorticalId } from "#contracts/connectome.ts";
import { GenomeEdit } from "#contracts/genome-edit.ts";
import { copyArea } from "./copy-area.ts";
import { encodeId } from "./cortical-id.ts";
import type { Genome } from "./genome.ts";
import { parseGenome } from "./parse.ts";
import { diffGenomes } from "./structural-diff.ts";
import { applyToTypedGenome } from "./testing/apply-edits.ts";
import { genomeText } from "./testing/small-genome.ts";

function load(...text: Parameters<typeof genomeText>): Genome {
  const parsed = parseGenome(genomeText(...text));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.genome;
}
const [a, b, c, a0] = ["cAreaA__", "cAreaB__", "cAreaC__", "cAreaA_0"].map(encodeId) as [string, string, string, string];
const rule = (morphology: string) => [[morphology, [1, 1, 1], 1, false]];
const vectors = (x: number) => ({ type: "vectors", parameters: { vectors: [[x, 0, 0]] } });

/** A maps to itself and to B, C to A. */
const from = load(
  {
    cAreaA: { "cx-__name-t": "Copied", "cx-dstmap-d": { cAreaA: rule("projector"), cAreaB: rule("mine") } },
    cAreaB: {},
    cAreaC: { "cx-dstmap-d": { cAreaA: rule("cut") } },
  },
  {
    neuron_morphologies: {
      mine: vectors(1),
      cut: {
        type: "composite",
        parameters: {
          src_seed: [1, 1, 1],
          src_pattern: [
            [1, 0],
            [1, 0],
            [1, 0],
          ],
          mapper_morphology: "mine",
        },
      },
    },
  },
);
const mapped = (genome: Genome, src: CorticalId, dst: CorticalId) =>
  genome.areas
    .get(src)
    ?.mappings.get(dst)
    ?.map((one) => one.morphology);

describe("copying an area", () => {
  test("with its mappings into a genome that has its partners gives the same area with the same mappings", () => {
    const into = load({ cAreaB: {}, cAreaC: {} });
    const { area, edits, missing } = copyArea(from, into, a, { withMappings: true });
    expect([area, missing]).toEqual([a, []]);
    expect(GenomeEdit.array().safeParse(edits).error).toBeUndefined();
    expect(diffGenomes(applyToTypedGenome(into, edits), from)).toEqual([]);
  });

  test("takes another id where its own is taken, and other morphologies' names where theirs mean something else", () => {
    const into = load({ cAreaA: {}, cAreaB: {}, cAreaC: {} }, { neuron_morphologies: { mine: vectors(2) } });
    const { area, edits, missing } = copyArea(from, into, a, { withMappings: true, position: [9, 9, 9] });
    const copied = applyToTypedGenome(into, edits);
    expect([area, missing]).toEqual([a0, []]);
    expect(copied.areas.get(a0)).toMatchObject({ name: "Copied", position: [9, 9, 9] });
    expect([mapped(copied, a0, a0), mapped(copied, a0, b), mapped(copied, c, a0)]).toEqual([["projector"], ["mine_2"], ["cut"]]);
    expect(copied.morphologies.get("mine")).toMatchObject({ vectors: [[2, 0, 0]] });
    expect(copied.morphologies.get("mine_2")).toMatchObject({ vectors: [[1, 0, 0]] });
    expect(copied.morphologies.get("cut")).toMatchObject({ mapper: "mine_2" });
  });

  test("maps to the areas that take the parts of its own, and says which are missing", () => {
    const into = load({ cAreaD: {} });
    const d = encodeId("cAreaD__");
    const { area, edits, missing } = copyArea(from, into, a, { withMappings: true, mapTo: { [b]: d } });
    expect(missing).toEqual([{ area: c }]);
    expect(mapped(applyToTypedGenome(into, edits), area, d)).toEqual(["mine"]);
  });

  test("without mappings is one edit; a second copy of a copy gets the next id", () => {
    const into = load({ cAreaA: {} });
    const first = copyArea(from, into, a, { withMappings: false });
    expect(first.edits.map(({ kind }) => kind)).toEqual(["createArea"]);
    const second = copyArea(from, applyToTypedGenome(into, first.edits), a, { withMappings: false });
    expect(second.area).toBe(encodeId("cAreaA_1"));
  });

  test("of a device counts up its unit, and a function whose id means something else is missing", () => {
    const devices = load({ i__pro: { "cx-dstmap-d": { i__pro: rule("projector") } } }, {});
    const into = load({ i__pro: {} }, { neuron_morphologies: { projector: vectors(1) } });
    const [device] = [...devices.areas.keys()];
    const { area, missing, edits } = copyArea(devices, into, device!, { withMappings: true });
    expect(area).toBe(encodeId("ipro\x01\0\x01\0"));
    expect(missing).toEqual([{ morphology: "projector" }]);
    expect(edits).toHaveLength(1);
  });

  test("goes to the region that answers to its own, or to the one that is named", () => {
    const regions = (name: string, areas: string[]) => ({
      brain_regions: { root: { title: "Root Brain Region", areas: [] }, [name]: { title: name, parent_region_id: "root", areas } },
    });
    const placed = load({ cAreaA: {} }, regions("Vision", ["cAreaA"]));
    const into = load({}, regions("Vision", []));
    const [root, vision] = [...into.regions.keys()];
    const regionOf = (region?: string) => copyArea(placed, into, a, { withMappings: false, ...(region ? { region } : {}) }).edits[0];
    expect([regionOf(), regionOf(root)]).toMatchObject([{ region: vision }, { region: root }]);
    expect(() => regionOf("none")).toThrow(expect.objectContaining({ code: "E_NOT_FOUND" }));
  });

  test("of a core area, or of one that is not there, is refused", () => {
    expect(() => copyArea(from, from, encodeId("___power"), { withMappings: false })).toThrow(
      expect.objectContaining({ code: "E_UNSUPPORTED" }),
    );
    expect(() => copyArea(from, from, encodeId("cNobody_"), { withMappings: false })).toThrow(
      expect.objectContaining({ code: "E_NOT_FOUND" }),
    );
  });
});
