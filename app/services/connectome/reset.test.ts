/** Bringing areas to rest: what goes and what stays, on both engines, in what is recorded and after a crash. */
import { readFileSync } from "node:fs";
import { afterEach, expect, test } from "vitest";
import { endingHash } from "#core/engine/snapshot-sections.ts";
import { closeTestLabs, experiment, inputArea, labWith, type TestLab, type TestLabOptions, testLab } from "../testing/test-lab.ts";

afterEach(closeTestLabs);

const step = (lab: TestLab, bursts: number) => lab.call("brain", "step", { bursts });

async function stimulated(options: TestLabOptions = {}): Promise<TestLab> {
  const lab = await labWith("learning", options);
  const { id } = await inputArea(lab);
  await lab.call("stimulus", "poisson", { area: id, probability: 0.1, amplitude: 30, seed: 3 });
  return lab;
}

async function stateOf(lab: TestLab): Promise<bigint> {
  await lab.call("brain", "checkpoint", {});
  return endingHash(lab.ports.checkpoints.newest()!.parts.engine);
}

/** Ids of the areas in which a cell holds charge. */
async function charged(lab: TestLab): Promise<string[]> {
  const areas = await lab.call("connectome", "listAreas", {});
  const held = await Promise.all(areas.map(({ id }) => lab.call("connectome", "potentials", { areas: [id] })));
  return areas.flatMap(({ id }, i) => (held[i]!.charged > 0 ? [id] : []));
}

test("cells of the areas are at rest, those of others and all synapses are as they were, and it is no edit", async () => {
  const lab = await stimulated();
  await step(lab, 40);
  const [area, ...others] = await charged(lab);
  const { firstNeuron, neurons } = (await lab.call("connectome", "listAreas", {})).find(({ id }) => id === area)!;
  const synapsesOf = () => lab.call("connectome", "listSynapses", { neuron: firstNeuron, direction: "out" });
  const synapses = await synapsesOf();
  expect(await lab.call("connectome", "resetAreas", { areas: [area!] })).toEqual({ burst: 40, areas: [{ id: area, neurons }] });
  expect(await charged(lab)).toEqual(others);
  for (let id = firstNeuron; id < firstNeuron + neurons; id++) {
    const atRest = { membranePotential: 0, refractoryCountdown: 0, consecutiveFires: 0 };
    expect(await lab.call("connectome", "getNeuron", { id })).toMatchObject(atRest);
  }
  expect(await synapsesOf()).toEqual(synapses);
  expect(await lab.call("brain", "status", {})).toMatchObject({ canUndo: null, burst: 40 });
  await lab.call("time", "goTo", { burst: 40 });
  expect(await charged(lab)).toEqual([area, ...others]);
});

test("an unknown area refuses all of it", async () => {
  const lab = await stimulated();
  await step(lab, 20);
  const before = await charged(lab);
  await expect(lab.call("connectome", "resetAreas", { areas: [before[0]!, "Y05PTkUxX18="] })).rejects.toMatchObject({
    code: "E_NOT_FOUND",
  });
  expect(await charged(lab)).toEqual(before);
});

/** Runs, resets every area that holds charge, and runs on. */
async function resetAfter20(options: TestLabOptions = {}): Promise<{ lab: TestLab; areas: string[] }> {
  const lab = await stimulated(options);
  await step(lab, 20);
  const areas = await charged(lab);
  await lab.call("connectome", "resetAreas", { areas });
  await step(lab, 20);
  return { lab, areas };
}

test("both engines go on with the same bits, and so does a replay of what was recorded; without the reset the bits are others", async () => {
  const { lab } = await resetAfter20({ percent: 100 });
  const { lab: other } = await resetAfter20({ percent: 0 });
  const kinds = await Promise.all([lab, other].map((one) => one.call("brain", "status", {})));
  expect(kinds.map(({ engine }) => engine)).toEqual(["native", "reference"]);
  const state = await stateOf(lab);
  expect(await stateOf(other)).toBe(state);
  expect(await lab.call("time", "verify", {})).toMatchObject({ bursts: 40, divergence: null });
  // Back before the burst that ran after it, where nothing of the reset is left.
  await lab.call("time", "goTo", { burst: 20 });
  expect((await charged(lab)).length).toBeGreaterThan(0);
  await lab.call("time", "goTo", { burst: 40 });
  expect(await stateOf(lab)).toBe(state);
  await lab.call("time", "goTo", { burst: 20 });
  await step(lab, 20);
  expect(await stateOf(lab)).not.toBe(state);
});

test("a crash after it repeats it", async () => {
  const lab = await stimulated();
  await step(lab, 20);
  const areas = await charged(lab);
  await lab.call("brain", "checkpoint", {});
  await lab.call("connectome", "resetAreas", { areas });
  lab.kill();
  const again = await testLab({ folder: lab.folder });
  await again.lab.recover();
  expect(await charged(again)).toEqual([]);
  await step(again, 20);
  expect(await stateOf(again)).toBe(await stateOf((await resetAfter20()).lab));
});

test("cells of a memory area keep the settings of their area", async () => {
  const lab = await testLab();
  await lab.call("genome", "load", { text: readFileSync(experiment("association-genome"), "utf8"), name: "Association" });
  const areas = (await lab.call("memory", "areas", {})).map(({ area }) => area);
  const before = await stateOf(lab);
  await lab.call("connectome", "resetAreas", { areas });
  expect(await stateOf(lab)).toBe(before);
});
