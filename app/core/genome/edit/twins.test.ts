import { describe, expect, test } from "vitest";
import type { MappingRule } from "#contracts/connectome.ts";
import { A, B, idOf, MEMORY, switchedGenome } from "../../development/testing/switched.ts";
import type { Genome } from "../genome.ts";
import { parseGenome } from "../parse.ts";
import { saveGenome } from "../save.ts";
import { genomeText } from "../testing/small-genome.ts";
import { applyGenomeEdits } from "./apply.ts";
import { twinEdits, twinEditsOfRemoval, twinId } from "./twins.ts";

const episodic: MappingRule = {
  ...{ morphology: "episodic_memory", scalar: [1, 1, 1], multiplier: 1, plastic: false, plasticityConstant: 0 },
  ...{ ltpMultiplier: 0, ltdMultiplier: 0, plasticityWindow: 0, delayBursts: 1, attractivity: 100 },
};
const mapped = (genome: Genome, src: string, dst: string, rules: MappingRule[]) =>
  applyGenomeEdits(genome, [{ kind: "setMapping", src, dst, rules }, ...twinEdits(genome, src, dst, rules)]);
const [a, m] = [idOf(A), idOf(MEMORY)];
const hierarchical = () =>
  switchedGenome({
    [A]: { size: [5, 2, 1], cortical_name: "the eye", firing_threshold: 3, to: { [B]: [{}] } },
    [B]: {},
    [MEMORY]: { size: [1, 1, 1] },
  });
const flat = () => {
  const text = genomeText({
    cAAAAA: { "cx-__name-t": "the eye", "cx-___bbx-i": 5 },
    memory: { "cx-_group-t": "MEMORY", "cx-memory-b": true },
  });
  const parsed = parseGenome(text);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.genome;
};

describe("the twin of an area for a memory of it", () => {
  test("comes with the episodic mapping: same size and settings, no mappings of its own, replayed from the memory", () => {
    const genome = mapped(hierarchical(), a, m, [episodic]);
    const twin = genome.areas.get(twinId(m, a))!;
    expect(twin).toMatchObject({ name: "the_eye_twin", kind: "custom", dimensions: [5, 2, 1], position: [7, 0, 0] });
    expect(twin.parameters.firingThreshold).toBe(3);
    expect([twin.properties.memory_twin_of, twin.mappings.size]).toEqual([a, 0]);
    expect(
      genome.areas
        .get(m)!
        .mappings.get(twin.id)
        ?.map(({ morphology }) => morphology),
    ).toEqual(["memory_replay"]);
    expect(genome.areas.get(m)!.properties.memory_twin_areas).toEqual({ [a]: twin.id });
  });

  test("goes with it, and the genome is what it was", () => {
    const before = hierarchical();
    const after = mapped(mapped(before, a, m, [episodic]), a, m, []);
    expect([...after.areas.keys()]).toEqual([...before.areas.keys()]);
    expect(after.areas.get(m)!.mappings.size).toBe(0);
    expect(twinEdits(after, a, m, [])).toEqual([]);
  });

  test("is made once, and not of memory areas or for other areas", () => {
    const genome = mapped(hierarchical(), a, m, [episodic]);
    expect(twinEdits(genome, a, m, [episodic, episodic])).toEqual([]);
    expect([twinEdits(genome, m, m, [episodic]), twinEdits(genome, a, idOf(B), [episodic])]).toEqual([[], []]);
  });

  test("lives in an old flat genome too, and is found again in the saved text", () => {
    const before = flat();
    const [eye, memory] = [...before.areas.values()].map(({ id }) => id) as [string, string];
    const genome = mapped(before, eye, memory, [episodic]);
    const read = parseGenome(saveGenome(genome));
    expect(read.ok && [...read.genome.areas.keys()]).toContain(twinId(memory, eye));
    expect(mapped(genome, eye, memory, []).areas.size).toBe(before.areas.size);
  });

  test("is still its twin after an area has another id", () => {
    const genome = mapped(hierarchical(), a, m, [episodic]);
    const to = idOf("cRENAMED");
    const renamed = applyGenomeEdits(genome, [{ kind: "changeAreaId", area: a, to }]);
    expect(twinEdits(renamed, to, m, [episodic])).toEqual([]);
    expect(mapped(renamed, to, m, []).areas.has(twinId(m, a))).toBe(false);
  });

  test("goes with the area it is of and with the memory it is for", () => {
    const genome = mapped(hierarchical(), a, m, [episodic]);
    const without = (area: string) => applyGenomeEdits(genome, [{ kind: "removeArea", area }, ...twinEditsOfRemoval(genome, area)]);
    for (const area of [a, m]) expect(without(area).areas.has(twinId(m, a))).toBe(false);
    expect(without(a).areas.get(m)!.properties.memory_twin_areas).toBeUndefined();
    expect(twinEditsOfRemoval(genome, idOf(B))).toEqual([]);
  });
});
