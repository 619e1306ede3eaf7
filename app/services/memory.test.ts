import { readFileSync } from "node:fs";
import { afterEach, expect, test } from "vitest";
import { xxHash64 } from "#core/engine/hash.ts";
import { endingHash } from "#core/engine/snapshot-sections.ts";
import { closeTestLabs, experiment, type TestLab, type TestLabOptions, template, testLab } from "./testing/test-lab.ts";

afterEach(closeTestLabs);

const INPUT = "aXBybwEAAAA=";
const step = (lab: TestLab, bursts: number) => lab.call("brain", "step", { bursts });

/** The memory template with a sensor that is stimulated in a rhythm of its own, so that patterns come, recur and are forgotten. */
async function remembering(options: TestLabOptions = {}): Promise<TestLab> {
  const lab = await testLab(options);
  await lab.call("genome", "load", { path: template("memory") });
  await lab.call("stimulus", "poisson", { area: INPUT, probability: 0.1, amplitude: 2, seed: 3 });
  const voxels = [[0, 0, 4] as [number, number, number]];
  await lab.call("stimulus", "schedule", { entries: [{ burstOffset: 2, areas: [{ area: INPUT, voxels }] }], periodBursts: 7 });
  return lab;
}

/** Hashes of engine and pattern memory as a checkpoint has them. */
async function stateOf(lab: TestLab): Promise<{ burst: number; engine: bigint; memory: bigint }> {
  const { burst } = await lab.call("brain", "checkpoint", {});
  const { engine, memory } = lab.ports.checkpoints.newest()!.parts;
  return { burst, engine: endingHash(engine), memory: xxHash64(memory) };
}

test("a brain with memories goes on from a checkpoint as if nothing had happened", async () => {
  const lab = await remembering();
  await step(lab, 60);
  await stateOf(lab);
  lab.kill();
  const again = await testLab({ folder: lab.folder });
  await again.lab.recover();
  await step(again, 50);
  const unbroken = await remembering();
  await step(unbroken, 110);
  expect(await stateOf(again)).toEqual(await stateOf(unbroken));
  expect(unbroken.ports.checkpoints.newest()!.parts.memory.length).toBeGreaterThan(1000);
});

test("going back to a burst brings its memories back, and from there the brain lives the same life again", async () => {
  const lab = await remembering();
  await step(lab, 80);
  const then = await stateOf(lab);
  await step(lab, 300);
  const later = await stateOf(lab);
  await lab.call("time", "goTo", { burst: 80 });
  expect(await stateOf(lab)).toEqual(then);
  await step(lab, 300);
  expect(await stateOf(lab)).toEqual(later);
  expect((await lab.call("time", "verify", {})).divergence).toBeNull();
});

test("memories go on through edits of their areas, and travel crosses the edits", async () => {
  const lab = await remembering();
  await step(lab, 60);
  const [area] = await lab.call("memory", "areas", {});
  expect(area).toMatchObject({ name: "Recall", temporalDepth: 2, initialLifespan: 9, upstream: expect.arrayContaining([INPUT]) });
  const before = await stateOf(lab);
  await lab.call("connectome", "updateArea", { id: area!.area, parameters: { temporalDepth: 3, initialLifespan: 30 } });
  await step(lab, 60);
  expect(await lab.call("memory", "areas", {})).toMatchObject([{ temporalDepth: 3, initialLifespan: 30 }]);
  const after = await stateOf(lab);
  await step(lab, 5);
  await lab.call("time", "goTo", { burst: 120 });
  expect(await stateOf(lab)).toEqual(after);
  await lab.call("time", "goTo", { burst: 60 });
  expect(await stateOf(lab)).toEqual(before);
});

test("forgetting takes a memory from the engine and from pattern memory, and is repeated after a crash and by travel", async () => {
  const lab = await remembering();
  await step(lab, 60);
  await lab.call("brain", "checkpoint", {});
  const { neurons, total } = await lab.call("memory", "neurons", { sort: "activations", descending: true, limit: 2 });
  expect(neurons[0]!.activations).toBeGreaterThan(neurons[1]!.activations - 1);
  const ids = neurons.map(({ id }) => id);
  const { frames, pattern } = await lab.call("memory", "neuron", { id: ids[0]! });
  expect(frames.length).toBeGreaterThan(0);
  expect(pattern).toMatch(/^[0-9a-f]{16}$/);
  expect(await lab.call("memory", "forget", { ids })).toEqual({ forgotten: 2 });
  await expect(lab.call("memory", "neuron", { id: ids[0]! })).rejects.toMatchObject({ code: "E_NOT_FOUND" });
  await expect(lab.call("memory", "forget", { ids })).rejects.toMatchObject({ code: "E_NOT_FOUND" });
  expect((await lab.call("memory", "neurons", {})).total).toBe(total - 2);
  const events = lab.ports.events.head;
  await step(lab, 20);
  const then = await stateOf(lab);
  await step(lab, 10);
  await lab.call("time", "goTo", { burst: 80 });
  expect(await stateOf(lab)).toEqual(then);
  expect(lab.ports.events.read({ after: 0, limit: events, type: "memory.forgotten" })).toMatchObject([{ data: { ids } }]);

  const other = await remembering();
  await step(other, 60);
  await other.call("brain", "checkpoint", {});
  await other.call("memory", "forget", { ids });
  other.kill();
  const again = await testLab({ folder: other.folder });
  await again.lab.recover();
  await step(again, 20);
  expect(await stateOf(again)).toEqual(then);
});

test("a brain file carries memories", async () => {
  const lab = await remembering();
  await step(lab, 40);
  const path = `${lab.folder}/remembering.brain`;
  await lab.call("session", "export", { format: "brain", path });
  const there = await stateOf(lab);
  const other = await testLab();
  await other.call("genome", "load", { path });
  expect(await stateOf(other)).toEqual(there);
});

test("statistics tell what was formed, met again and lost, and add up", async () => {
  const lab = await remembering();
  await step(lab, 200);
  const { areas, neurons, longTerm, detected, pool } = await lab.call("memory", "statistics", {});
  const [area] = areas;
  expect(pool).toBe(50_000);
  expect(area!.created - area!.expired - area!.evicted).toBe(area!.neurons);
  expect(area!.created + area!.reactivated).toBe(detected);
  expect([neurons, longTerm]).toEqual([area!.neurons, area!.longTerm]);
  expect(area!.expired).toBeGreaterThan(0);
  expect(area!.reactivated).toBeGreaterThan(0);
});

/** The association experiment's genome, its links rewarded by treats, and formation of memories of food held up by quiet. */
function modulatedGenome(): string {
  const document = JSON.parse(readFileSync(experiment("association-genome"), "utf8"));
  const driver = { ...document.blueprint.c_bell__, block_boundaries: [1, 1, 1], relative_coordinate: [0, 20, 0], cortical_mapping_dst: {} };
  document.blueprint.c_treat_ = { ...driver, cortical_name: "Treat" };
  document.blueprint.c_quiet_ = { ...driver, cortical_name: "Quiet", relative_coordinate: [0, 30, 0] };
  const modulator = { effect_duration_bursts: 1, rest_bursts: 0, graded: false };
  document.modulators = {
    treats: { ...modulator, type: "synaptic.reward", magnitude_percent: 100, driver_cortical_id: "c_treat_" },
    quiet: { ...modulator, type: "memory.formation", magnitude_percent: -100, driver_cortical_id: "c_quiet_" },
  };
  const [rule] = document.blueprint.m_bell__.cortical_mapping_dst.m_food__;
  Object.assign(rule, { plasticity_mode: "rstdp", plasticity_window: 3, eligibility_decay_bursts: 4, modulators: ["treats"] });
  document.blueprint.m_food__.modulators = ["quiet"];
  return JSON.stringify(document);
}

async function modulated(options: TestLabOptions = {}) {
  const lab = await testLab(options);
  await lab.call("genome", "load", { text: modulatedGenome(), name: "Modulated" });
  const areas = await lab.call("connectome", "listAreas", {});
  const idOf = (name: string) => areas.find((area) => area.name === name)!.id;
  const at = (burstOffset: number, name: string, ...voxels: [number, number, number][]) => ({
    burstOffset,
    areas: [{ area: idOf(name), voxels: voxels.length > 0 ? voxels : [[0, 0, 0] as [number, number, number]] }],
  });
  const entries = [
    ...[at(0, "Bell", [0, 1, 0]), at(0, "Food", [2, 2, 0], [3, 0, 0]), at(1, "Treat")],
    ...[at(8, "Bell", [1, 1, 0]), at(8, "Food", [0, 3, 0]), at(9, "Treat"), at(14, "Food", [3, 3, 0]), at(14, "Quiet")],
  ];
  await lab.call("stimulus", "schedule", { entries, periodBursts: 20 });
  await lab.call("stimulus", "poisson", { area: idOf("Food"), probability: 0.01, amplitude: 2, seed: 5 });
  return { lab, idOf };
}

test("with associations, rewards, a formation switch and a schedule, a restored and a rolled-back brain live as the unbroken one", async () => {
  const { lab } = await modulated();
  await step(lab, 130);
  await stateOf(lab);
  lab.kill();
  const again = await testLab({ folder: lab.folder });
  await again.lab.recover();
  await step(again, 170);
  const { lab: unbroken } = await modulated();
  await step(unbroken, 300);
  const end = await stateOf(unbroken);
  expect(await stateOf(again)).toEqual(end);
  await unbroken.call("time", "goTo", { burst: 47 });
  await step(unbroken, 253);
  expect(await stateOf(unbroken)).toEqual(end);
  expect((await unbroken.call("time", "verify", {})).divergence).toBeNull();
});

test("quiet holds up new memories, and says so", async () => {
  const { lab, idOf } = await modulated();
  await step(lab, 15);
  const { areas } = await lab.call("memory", "statistics", {});
  expect(areas.find(({ area }) => area === idOf("Food memory"))).toMatchObject({ formationOff: true });
  await step(lab, 101);
  const later = (await lab.call("memory", "statistics", {})).areas.find(({ area }) => area === idOf("Food memory"))!;
  expect(later.suppressed).toBeGreaterThan(0);
  expect(later.formationOff).toBe(false);
  expect(await lab.call("memory", "areas", {})).toMatchObject([{}, { twins: [{ upstream: idOf("Food"), twin: idOf("Food recalled") }] }]);
});

test("modulators tell who listens, and what they said burst by burst", async () => {
  const { lab, idOf } = await modulated();
  await step(lab, 30);
  expect(await lab.call("modulator", "list", {})).toMatchObject([
    { id: "treats", type: "synaptic.reward", driver: idOf("Treat"), active: true, areas: [], fullScalePotential: null },
    { id: "quiet", type: "memory.formation", driver: idOf("Quiet"), active: true, areas: [idOf("Food memory")], mappings: [] },
  ]);
  expect((await lab.call("modulator", "list", {}))[0]!.mappings).toEqual([{ src: idOf("Bell memory"), dst: idOf("Food memory") }]);
  const { from, to, modulators } = await lab.call("modulator", "levels", { from: 1, to: 30 });
  expect([from, to]).toEqual([1, 30]);
  const burstsOf = (id: string) =>
    modulators.find((one) => one.id === id)!.levels.flatMap(({ signal }, i) => (signal !== 0 ? [i + 1] : []));
  expect(burstsOf("treats")).toEqual([2, 10, 22, 30]);
  expect(burstsOf("quiet")).toEqual([15]);
  expect(modulators[1]!.levels[14]).toEqual({ signal: -1, factor: 0 });
  await expect(lab.call("modulator", "levels", { from: 31 })).rejects.toMatchObject({ code: "E_NOT_FOUND" });
});

test("what modulators change stands beside what is set", async () => {
  const document = JSON.parse(modulatedGenome());
  document.blueprint.c_strain = { ...document.blueprint.c_treat_, cortical_name: "Strain", relative_coordinate: [0, 40, 0] };
  document.modulators.strain = { ...document.modulators.treats, type: "neuro.firing_threshold", magnitude_percent: 50 };
  document.modulators.strain.driver_cortical_id = "c_strain";
  document.blueprint.c_food__.modulators = ["strain"];
  const lab = await testLab();
  await lab.call("genome", "load", { text: JSON.stringify(document), name: "Strained" });
  const areas = await lab.call("connectome", "listAreas", {});
  const idOf = (name: string) => areas.find((area) => area.name === name)!.id;
  const voxels: [number, number, number][] = [[0, 0, 0]];
  const at = (burstOffset: number, ...names: string[]) => ({ burstOffset, areas: names.map((name) => ({ area: idOf(name), voxels })) });
  await lab.call("stimulus", "schedule", { entries: [at(0, "Strain", "Treat"), at(2, "Quiet")] });
  await step(lab, 1);
  const pair = { src: idOf("Bell memory"), dst: idOf("Food memory"), rule: 0, modulators: ["treats"] };
  expect(await lab.call("modulator", "effects", {})).toEqual({
    burst: 1,
    areas: [{ area: idOf("Food"), parameter: "threshold", factor: 1.5, baseline: { min: 1, max: 1 }, now: { min: 1.5, max: 1.5 } }],
    mappings: [{ ...pair, transmission: 1, learning: 1, reward: 1 }],
    formationOff: [],
  });
  await step(lab, 2);
  expect(await lab.call("modulator", "effects", {})).toEqual({
    burst: 3,
    areas: [{ area: idOf("Food"), parameter: "threshold", factor: 1, baseline: { min: 1, max: 1 }, now: { min: 1, max: 1 } }],
    mappings: [{ ...pair, transmission: 1, learning: 1, reward: 0 }],
    formationOff: [idOf("Food memory")],
  });
});

test("memories are counted over recorded bursts", async () => {
  const lab = await remembering();
  await step(lab, 80);
  const { areas, points } = await lab.call("memory", "curve", { points: 5 });
  expect(areas).toEqual([(await lab.call("memory", "areas", {}))[0]!.area]);
  expect(points.map(({ burst }) => burst)).toEqual([1, 21, 41, 60, 80]);
  const then = (await lab.call("memory", "neurons", {})).total;
  // What a burst forms is the engine's from the next burst on.
  await step(lab, 1);
  expect((await lab.call("memory", "curve", { from: 81 })).points).toEqual([{ burst: 81, neurons: [then] }]);
  expect(points[0]!.neurons).toEqual([0]);
});

test("a mapping tells how it learns, its curve rises, and freezing and setting anew last through a crash", async () => {
  const { lab, idOf } = await modulated();
  await step(lab, 100);
  const pair = { src: idOf("Bell memory"), dst: idOf("Food memory") };
  const [mapping] = await lab.call("learning", "mappings", {});
  expect(mapping).toMatchObject({ ...pair, mode: "rstdp", frozen: false, associative: true, maxWeight: 6, window: 3 });
  const { points } = await lab.call("learning", "curve", { ...pair, from: 1, to: 100, points: 12 });
  expect(points.map(({ burst }) => burst)).toEqual([1, 10, 19, 28, 37, 46, 55, 64, 73, 82, 91, 100]);
  expect(points.at(-1)).toEqual({ burst: 100, synapses: mapping!.synapses, weight: mapping!.weight });
  expect(points.at(-1)!.weight!.max).toBeGreaterThan(points[0]!.weight!.max);
  const { counts, from, to } = await lab.call("learning", "distribution", { ...pair, bins: 6 });
  expect([from, to, counts.length]).toEqual([mapping!.weight!.min, mapping!.weight!.max, 6]);
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(mapping!.synapses);
  expect([counts[0]! > 0, counts[5]! > 0]).toEqual([true, true]);
  await lab.call("brain", "checkpoint", {});
  expect(await lab.call("learning", "freeze", { ...pair, on: true })).toMatchObject({ frozen: true });
  const reset = await lab.call("learning", "reset", { ...pair, weight: 2.5 });
  expect(reset.weight).toEqual({ mean: 2.5, min: 2.5, max: 2.5 });
  expect((await lab.call("learning", "distribution", pair)).counts).toEqual([reset.synapses]);
  lab.kill();
  const again = await testLab({ folder: lab.folder });
  await again.lab.recover();
  await step(again, 30);
  expect(await again.call("learning", "mappings", {})).toMatchObject([{ frozen: true, weight: { mean: 2.5 }, changed: 0 }]);
  await expect(again.call("learning", "freeze", { src: pair.dst, dst: pair.src, on: true })).rejects.toMatchObject({ code: "E_NOT_FOUND" });
});
