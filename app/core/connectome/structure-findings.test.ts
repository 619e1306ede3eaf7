import { expect, test } from "vitest";
import type { AreaKind, CorticalArea, CorticalMapping } from "#contracts/connectome.ts";
import { structureFindings } from "./structure-findings.ts";

const area = (id: string, kind: AreaKind, outgoingSynapses = 1) => ({ id, name: id, kind, outgoingSynapses }) as CorticalArea;
const mapping = (src: string, dst: string, synapses: number, morphology = "projector") =>
  ({ src, dst, synapses, rules: [{ morphology }] }) as CorticalMapping;

test("an output is reached along living synapses only", () => {
  const areas = [area("eye", "input"), area("middle", "custom"), area("hand", "output"), area("foot", "output")];
  const codes = (mappings: CorticalMapping[]) => structureFindings(areas, mappings).map(({ code, area: at }) => `${code} ${at}`);
  expect(codes([mapping("eye", "middle", 4), mapping("middle", "hand", 4), mapping("eye", "foot", 1)])).toEqual([]);
  expect(codes([mapping("eye", "middle", 4), mapping("middle", "hand", 0), mapping("eye", "foot", 1)])).toEqual([
    "MAPPING_EMPTY middle",
    "OUTPUT_UNREACHED hand",
  ]);
});

test("a relation is not missed for having no synapses; an input that leads nowhere is told", () => {
  const areas = [area("eye", "input", 0), area("memory", "memory")];
  expect(structureFindings(areas, [mapping("eye", "memory", 0, "episodic_memory")]).map(({ code }) => code)).toEqual(["INPUT_UNUSED"]);
});
