/** Modulators and classifiers edited in a living lab: what changes, what goes back, what is refused. */
import { readFileSync } from "node:fs";
import { afterEach, describe, expect, test } from "vitest";
import type { CorticalId, MappingRule } from "#contracts/connectome.ts";
import { A, B, C, DRIVER, idOf, MEMORY, modulator, plastic, switchedGenome } from "#core/development/testing/switched.ts";
import { decodeSnapshot } from "#core/engine/reference/snapshot-codec.ts";
import { decodeBrain } from "#core/exchange/brain-file.ts";
import { closeTestLabs, sample, type TestLab, testLab } from "./testing/test-lab.ts";

afterEach(closeTestLabs);

const text = switchedGenome(
  {
    [A]: { to: { [B]: [{ ...plastic, modulators: ["gain"] }] } },
    [B]: { firing_threshold: 2 },
    [C]: {},
    [MEMORY]: {},
    [DRIVER]: { size: [1, 1, 1] },
  },
  { modulators: { gain: modulator("synaptic.transmission_gain", DRIVER) } },
).source;

async function lab(genome = text): Promise<TestLab> {
  const made = await testLab();
  await made.call("genome", "load", { text: genome, name: "modulated" });
  return made;
}
async function columns({ call }: TestLab) {
  const { files } = await call("session", "export", { format: "brain" });
  return decodeSnapshot(decodeBrain(readFileSync(files[0]!.path)).snapshot).columns;
}
const areaOf = async ({ call }: TestLab, id: CorticalId) => (await call("connectome", "listAreas", {})).find((area) => area.id === id);
/** Fires the driver of a modulator in the next burst, and runs one more in which it acts. */
async function drive(one: TestLab, id: string): Promise<void> {
  const { driver } = (await one.call("modulator", "list", {})).find((found) => found.id === id)!;
  await one.call("stimulus", "schedule", { entries: [{ burstOffset: 0, areas: [{ area: driver, voxels: [[0, 0, 0]] }] }] });
  await one.call("brain", "step", { bursts: 1 });
}
const thresholds = async (one: TestLab) => {
  const { firstNeuron, neurons } = (await areaOf(one, idOf(B)))!;
  return [...(await columns(one)).threshold.slice(firstNeuron, firstNeuron + neurons)];
};
const calm = { id: "calm", type: "neuro.firing_threshold" as const, magnitudePercent: 50 };

describe("a modulator", () => {
  test("that is added gets a driver of its own, in the root, which fires as it says", async () => {
    const one = await lab();
    const { summary } = await one.call("modulator", "set", { ...calm, effectDurationBursts: 3, restBursts: 2 });
    expect(summary.areas.added).toHaveLength(1);
    const driver = await areaOf(one, summary.areas.added[0]!);
    expect(driver).toMatchObject({ kind: "modulator", dimensions: [1, 1, 1], name: "calm" });
    expect(driver!.parameters).toMatchObject({ firingThreshold: 1, consecutiveFireLimit: 3, snoozePeriod: 2 });
    expect(await one.call("modulator", "list", {})).toContainEqual(
      expect.objectContaining({ id: "calm", active: true, driver: driver!.id }),
    );
    expect([...(await columns(one)).trainArea]).toContain(driver!.index);
    await one.call("modulator", "set", { ...calm, effectDurationBursts: 5 });
    expect((await areaOf(one, driver!.id))!.parameters).toMatchObject({ consecutiveFireLimit: 5, snoozePeriod: 0 });
  });

  test("that is removed gives back what it changed, and undo brings it and who listens back", async () => {
    const one = await lab();
    await one.call("modulator", "set", calm);
    await one.call("modulator", "listen", { area: idOf(B), modulators: ["calm"] });
    await drive(one, "calm");
    expect(await thresholds(one)).toEqual([3, 3]);
    await expect(one.call("modulator", "remove", { id: "calm" })).rejects.toMatchObject({
      code: "E_CONFLICT",
      details: { areas: [idOf(B)], mappings: [] },
    });
    const plan = await one.call("modulator", "remove", { id: "calm", force: true, dryRun: true });
    expect([plan.summary.areas.removed.length, (await one.call("modulator", "list", {})).length]).toEqual([1, 2]);
    await one.call("modulator", "remove", { id: "calm", force: true });
    expect(await thresholds(one)).toEqual([2, 2]);
    expect((await one.call("modulator", "list", {})).map(({ id }) => id)).toEqual(["gain"]);
    await one.call("connectome", "undo", {});
    expect((await one.call("modulator", "list", {})).find(({ id }) => id === "calm")).toMatchObject({ active: true, areas: [idOf(B)] });
    await drive(one, "calm");
    expect(await thresholds(one)).toEqual([3, 3]);
  });

  test("an edit of a threshold that it scales is kept, and is said", async () => {
    const one = await lab();
    await one.call("modulator", "set", calm);
    await one.call("modulator", "listen", { area: idOf(B), modulators: ["calm"] });
    await drive(one, "calm");
    await one.call("connectome", "updateArea", { id: idOf(B), parameters: { firingThreshold: 4 } });
    const { areas } = await one.call("modulator", "effects", {});
    expect(areas).toEqual([{ area: idOf(B), parameter: "threshold", factor: 1.5, baseline: { min: 4, max: 4 }, now: { min: 6, max: 6 } }]);
    await one.call("brain", "step", { bursts: 2 });
    expect(await thresholds(one)).toEqual([4, 4]);
  });

  test("that is renamed is the same to the engine: lists follow, and nothing of what it does is lost", async () => {
    const [one, other] = [await lab(), await lab()];
    for (const both of [one, other]) {
      await both.call("modulator", "set", calm);
      await both.call("modulator", "listen", { area: idOf(B), modulators: ["calm"] });
      await drive(both, "calm");
    }
    const { summary } = await one.call("modulator", "rename", { id: "calm", to: "serotonin" });
    await one.call("modulator", "rename", { id: "gain", to: "dopamine" });
    expect(summary.bytes).toBe(0);
    const renamed = await one.call("modulator", "list", {});
    expect(renamed.map(({ id, areas, mappings }) => [id, areas.length, mappings.length])).toEqual([
      ["dopamine", 0, 1],
      ["serotonin", 1, 0],
    ]);
    for (const both of [one, other]) await both.call("brain", "step", { bursts: 3 });
    expect(await columns(one)).toEqual(await columns(other));
    await one.call("connectome", "undo", {});
    await one.call("connectome", "undo", {});
    expect(new Set((await one.call("modulator", "list", {})).map(({ id }) => id))).toEqual(new Set(["gain", "calm"]));
    for (const both of [one, other]) await both.call("brain", "step", { bursts: 1 });
    expect(await columns(one)).toEqual(await columns(other));
  });

  test("is refused where it could not act, with the reason", async () => {
    const one = await lab();
    const set = (more: object) => one.call("modulator", "set", { ...calm, ...more } as never);
    await expect(set({ graded: true })).rejects.toMatchObject({ code: "E_INVALID" });
    await expect(set({ driver: idOf(DRIVER) })).rejects.toThrow("drives gain");
    await expect(set({ id: "gain", type: "synaptic.gate" })).rejects.toThrow("is listened to");
    await expect(set({ id: "gain", type: "synaptic.transmission_gain", driver: idOf(A) })).rejects.toThrow("cannot change");
    await expect(one.call("modulator", "listen", { area: idOf(B), modulators: ["gain"] })).rejects.toThrow("acts on synapses");
    await expect(one.call("modulator", "listen", { area: idOf(B), modulators: ["nobody"] })).rejects.toMatchObject({ code: "E_NOT_FOUND" });
    await expect(one.call("modulator", "rename", { id: "nobody", to: "x" })).rejects.toMatchObject({ code: "E_NOT_FOUND" });
  });

  test("an area that is adopted as driver stays when the modulator goes", async () => {
    const one = await lab();
    await one.call("modulator", "set", { ...calm, driver: idOf(C), effectDurationBursts: 9 });
    expect((await one.call("modulator", "list", {})).find(({ id }) => id === "calm")).toMatchObject({ effectDurationBursts: 1 });
    await one.call("modulator", "remove", { id: "calm" });
    expect(await areaOf(one, idOf(C))).toBeDefined();
  });

  test.each(["pong", "reflex"])("is added and removed in a flat genome too, an old one or one of ours: %s", async (name) => {
    const one = await testLab();
    if (name === "pong") await one.call("genome", "load", { path: sample(name) });
    else {
      const made = await one.call("genome", "create", { template: name, dialect: "flat-2" });
      await one.call("genome", "load", { text: made.text, name });
    }
    const area = (await one.call("connectome", "listAreas", {})).find(({ kind }) => kind === "input" || kind === "output")!;
    await one.call("modulator", "set", calm);
    await one.call("modulator", "listen", { area: area.id, modulators: ["calm"] });
    expect((await one.call("modulator", "list", {}))[0]).toMatchObject({ active: true, areas: [area.id] });
    await one.call("modulator", "rename", { id: "calm", to: "quiet" });
    expect((await one.call("modulator", "list", {}))[0]).toMatchObject({ id: "quiet", areas: [area.id] });
    await one.call("modulator", "remove", { id: "quiet", force: true });
    expect(await one.call("modulator", "list", {})).toEqual([]);
  });
});

describe("a classifier", () => {
  const rule = (morphology: string, more: Partial<MappingRule> = {}): MappingRule => ({
    ...{ morphology, scalar: [1, 1, 1], multiplier: 1, plastic: false, plasticityConstant: 0, ltpMultiplier: 0, ltdMultiplier: 0 },
    ...{ plasticityWindow: 0, delayBursts: 1, attractivity: 100, ...more },
  });
  const mapping = (one: TestLab, src: CorticalId, dst: CorticalId, rules: MappingRule[]) =>
    one.call("connectome", "setMapping", { src, dst, rules });
  const listed = async (one: TestLab, id: string) => (await one.call("classifier", "list", {})).find((found) => found.id === id)!;

  async function sorting() {
    const one = await lab();
    const { id } = await one.call("classifier", "create", { name: "Sorter", position: [10, 0, 0] });
    const parts = await listed(one, id);
    await mapping(one, idOf(A), parts.sampleMemory, [rule("classifier_sample")]);
    await mapping(one, idOf(B), parts.classMemory, [rule("classifier_class")]);
    return { one, id, parts };
  }

  test("is put together in one step: memories, their association, judges, rewards, a region of its own; undo takes all of it away", async () => {
    const one = await lab();
    const before = (await one.call("connectome", "listAreas", {})).length;
    const { id, summary } = await one.call("classifier", "create", { name: "Sorter", position: [10, 0, 0] });
    expect([summary.areas.added.length, summary.mappings.length]).toEqual([4, 1]);
    const { sampleMemory, classMemory, errorArea, correctArea, region, answerDelay } = await listed(one, id);
    expect(answerDelay).toBe(3);
    const areas = await one.call("connectome", "listAreas", {});
    const kinds = [sampleMemory, classMemory, errorArea, correctArea].map((area) => areas.find((found) => found.id === area)?.kind);
    expect(kinds).toEqual(["memory", "memory", "custom", "custom"]);
    expect(areas.filter((area) => area.region === region)).toHaveLength(4);
    const rewards = (await one.call("modulator", "list", {})).map(({ id: name, magnitudePercent, driver }) => [
      name,
      magnitudePercent,
      driver,
    ]);
    expect(rewards).toEqual(
      expect.arrayContaining([
        ["Sorter correct answer", 100, correctArea],
        ["Sorter error", -100, errorArea],
      ]),
    );
    await one.call("connectome", "undo", {});
    expect([(await one.call("connectome", "listAreas", {})).length, await one.call("classifier", "list", {})]).toEqual([before, []]);
  });

  test("gets an output for each class input, of its size, on which the class is replayed, and is watched from then on", async () => {
    const { one, id, parts } = await sorting();
    const { samples, bindings } = await listed(one, id);
    expect([samples, bindings.map(({ input }) => input)]).toEqual([[idOf(A)], [idOf(B)]]);
    const output = (await areaOf(one, bindings[0]!.output))!;
    expect([output.name, output.dimensions]).toEqual([`Sorter ${B} class output`, [2, 1, 1]]);
    const index = async (area: CorticalId) => (await areaOf(one, area))!.index;
    const c = await columns(one);
    expect([[...c.twinUpstreamArea], [...c.twinArea]]).toEqual([[await index(idOf(B))], [output.index]]);
    expect([c.watchError[0], c.watchCorrect[0]]).toEqual([await index(parts.errorArea), await index(parts.correctArea!)]);
    await mapping(one, idOf(B), parts.classMemory, []);
    expect([(await listed(one, id)).bindings, await areaOf(one, output.id)]).toEqual([[], undefined]);
    await one.call("connectome", "undo", {});
    await one.call("connectome", "removeArea", { id: idOf(B) });
    expect([(await listed(one, id)).bindings, await areaOf(one, output.id)]).toEqual([[], undefined]);
  });

  test("that is taught by reward learns by it until the answer is judged, and plainly again when it no longer is", async () => {
    const { one, id, parts } = await sorting();
    const learning = async () => {
      const { rules } = (await one.call("connectome", "getMapping", { src: parts.sampleMemory, dst: parts.classMemory }))!;
      return rules[0]!.extras;
    };
    expect(await learning()).toBeUndefined();
    await one.call("classifier", "update", { id, rewardTraining: true });
    const taught = { plasticity_mode: "rstdp", modulators: ["Sorter correct answer", "Sorter error"] };
    expect(await learning()).toEqual({ ...taught, eligibility_decay_bursts: 5 });
    await mapping(one, idOf(B), parts.classMemory, [rule("classifier_class", { delayBursts: 4 })]);
    expect([(await listed(one, id)).answerDelay, await learning()]).toEqual([6, { ...taught, eligibility_decay_bursts: 8 }]);
    await one.call("classifier", "update", { id, rewardTraining: false });
    expect(await learning()).toBeUndefined();
    await expect(one.call("classifier", "update", { id, rewardModulators: ["gain"] })).rejects.toThrow("synaptic.reward");
  });

  test("is removed with all its parts, and its inputs stay", async () => {
    const { one, id } = await sorting();
    const { summary } = await one.call("classifier", "remove", { id });
    expect(summary.areas.removed).toHaveLength(5);
    expect(await one.call("classifier", "list", {})).toEqual([]);
    expect((await one.call("modulator", "list", {})).map((found) => found.id)).toEqual(["gain"]);
    expect([await areaOf(one, idOf(A)), await areaOf(one, idOf(B))]).not.toContain(undefined);
    expect((await columns(one)).watchError).toHaveLength(0);
    await one.call("connectome", "undo", {});
    expect((await columns(one)).watchError).toHaveLength(1);
  });

  test("its rules are refused anywhere else", async () => {
    const { one, parts } = await sorting();
    for (const [dst, name] of [
      [parts.classMemory, "classifier_sample"],
      [parts.sampleMemory, "classifier_class"],
      [idOf(C), "classifier_sample"],
      [idOf(MEMORY), "classifier_class"],
    ] as const)
      await expect(mapping(one, idOf(A), dst, [rule(name)])).rejects.toMatchObject({ code: "E_CONFLICT" });
  });

  test("goes when one of its memories goes", async () => {
    const { one, id, parts } = await sorting();
    await one.call("connectome", "removeArea", { id: parts.classMemory });
    expect((await one.call("classifier", "list", {})).some((found) => found.id === id)).toBe(false);
  });
});
