import { afterEach, expect, test } from "vitest";
import { xxHash64 } from "#core/engine/hash.ts";
import { endingHash } from "#core/engine/snapshot-sections.ts";
import { closeTestLabs, type TestLab, type TestLabOptions, template, testLab } from "./testing/test-lab.ts";

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
