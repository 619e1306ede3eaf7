/** Genomes beside the loaded one: templates, new ones, and what they would grow into. */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterEach, expect, test } from "vitest";
import { closeTestLabs, inputArea, labWith, sample, testLab } from "./testing/test-lab.ts";

afterEach(closeTestLabs);

test("a new genome is made from a template, written where it is wanted, and opens", async () => {
  const lab = await testLab();
  const templates = await lab.call("genome", "templates", {});
  expect(templates.map(({ name }) => name)).toEqual(["barebones", "learning", "memory", "reflex", "rover"]);
  const file = path.join(lab.folder, "mine.json");
  const created = await lab.call("genome", "create", { template: "reflex", title: "Mine", units: [{ unit: "ibat" }], path: file });
  expect(readFileSync(file, "utf8")).toBe(created.text);
  const status = await lab.call("genome", "load", { path: file });
  expect(status).toMatchObject({ title: "Mine", areas: created.areas, neurons: created.neurons });
});

const graph = (
  weight: string,
) => `<graphml><key id="w" for="edge" attr.name="weight" attr.type="double"/><graph id="Two" edgedefault="directed">
<node id="a"/><node id="b"/><edge source="a" target="b"><data key="w">${weight}</data></edge></graph></graphml>`;

test("a graph of another tool opens as a brain that lives and can be edited; what it does not say is among the problems", async () => {
  const lab = await testLab();
  const status = await lab.call("genome", "load", { text: graph("0.25"), name: "two.graphml" });
  expect(status).toMatchObject({ title: "Two", synapses: 1, state: "paused" });
  const [area] = (await lab.call("connectome", "listAreas", {})).filter(({ kind }) => kind === "custom");
  expect(area).toMatchObject({ name: "Neurons", dimensions: [2, 1, 1], neurons: 2, outgoingSynapses: 1 });
  const problems = await lab.call("connectome", "problems", {});
  expect(problems.map(({ message }) => message)).toContainEqual("2 neurons that do not say their firing threshold: 1 is taken");
  await lab.call("brain", "step", {});
  await lab.call("connectome", "updateArea", { id: area!.id, parameters: { firingThreshold: 7 } });
  expect((await lab.call("brain", "status", {})).synapses).toBe(1);
  expect(await lab.call("genome", "validate", { text: graph("1") })).toMatchObject({ valid: true, version: "GraphML" });
});

test("a broken graph is refused, and the brain that was loaded stays", async () => {
  const lab = await labWith("essential");
  const before = await lab.call("brain", "status", {});
  await expect(lab.call("genome", "load", { text: graph("much"), name: "two.graphml" })).rejects.toMatchObject({
    code: "E_NETWORK",
    message: expect.stringContaining('"weight" of the edge from "a" to "b" is "much"'),
  });
  expect(await lab.call("brain", "status", {})).toMatchObject({ brainId: before.brainId, synapses: before.synapses, state: "paused" });
});

test("a template that does not exist is refused with the names of those that do", async () => {
  const lab = await testLab();
  await expect(lab.call("genome", "create", { template: "none" })).rejects.toMatchObject({
    code: "E_NOT_FOUND",
    advice: expect.stringContaining("barebones, learning"),
  });
});

test("statistics of a file tell what it grows into, and which of its own counts are old", async () => {
  const lab = await testLab();
  const statistics = await lab.call("genome", "statistics", { path: sample("essential") });
  expect(statistics).toMatchObject({ areas: 30, neurons: 55_363, synapses: 1_552 });
  expect(statistics.morphologiesUsed[0]).toEqual({ id: "projector", rules: expect.any(Number) });
  expect(statistics.warnings.find(({ path }) => path === "stats.innate_neuron_count")).toMatchObject({ found: "13845", expected: "55363" });
  expect((await lab.call("brain", "status", {})).state).toBe("empty");
});

test("statistics without a file are those of the loaded brain", async () => {
  const lab = await labWith("essential");
  const { neurons, synapses, areas } = await lab.call("brain", "status", {});
  const of = await lab.call("genome", "statistics", {});
  expect(of).toMatchObject({ neurons, synapses, areas });
  expect(of).toEqual(await lab.call("genome", "statistics", { path: sample("essential") }));
});

test("two genomes are compared wherever they are: in a file, in a text, or alive with its edits", async () => {
  const lab = await labWith("essential");
  const text = readFileSync(sample("essential"), "utf8");
  const path = sample("essential");
  const same = { hunks: [], identical: true, byteIdentical: true };
  expect(await lab.call("genome", "diff", { from: "living", to: { path } })).toEqual(same);
  expect(await lab.call("genome", "diff", { from: { text: `${text} ` }, to: { path } })).toEqual({ ...same, byteIdentical: false });
  const area = (await lab.call("connectome", "listAreas", {})).find(({ kind }) => kind === "custom")!;
  await lab.call("connectome", "updateArea", { id: area.id, parameters: { firingThreshold: 7 } });
  const { hunks } = await lab.call("genome", "diff", { from: { path }, to: "living" });
  expect(hunks).toMatchObject([
    {
      edits: [{ kind: "updateArea", area: area.id, parameters: { firingThreshold: 7 } }],
      inverse: [{ kind: "updateArea", area: area.id, parameters: { firingThreshold: area.parameters.firingThreshold } }],
    },
  ]);
});

test("a genome that does not load is no side of a comparison, and without a brain there is no living one", async () => {
  const lab = await testLab();
  const path = sample("essential");
  await expect(lab.call("genome", "diff", { from: { path }, to: { text: "{" } })).rejects.toMatchObject({ code: "E_GENOME" });
  await expect(lab.call("genome", "diff", { from: { path }, to: "living" })).rejects.toMatchObject({ code: "E_NO_BRAIN" });
});

test("a box that is asked for where an area stands is told which one, and where there is room", async () => {
  const lab = await labWith("essential");
  const [area] = (await lab.call("connectome", "listAreas", {})).filter(({ kind }) => kind === "custom");
  const { position, dimensions } = area!;
  const [placed] = (await lab.call("genome", "placement", { boxes: [{ position, dimensions }] })).boxes;
  expect(placed!.overlaps).toContain(area!.id);
  const again = await lab.call("genome", "placement", {
    into: { path: sample("essential") },
    boxes: [{ position: placed!.free, dimensions }],
  });
  expect(again.boxes).toEqual([{ position: placed!.free, dimensions, overlaps: [], free: placed!.free }]);
});

test("a connectome file opens as the brain it was saved from, at its burst, and says what it could not hold", async () => {
  const lab = await labWith("learning");
  await lab.call("brain", "step", { bursts: 12 });
  const area = await inputArea(lab);
  await lab.call("stimulus", "schedule", { entries: [{ burstOffset: 9, areas: [{ area: area.id, voxels: [[0, 0, 0]] }] }] });
  const file = path.join(lab.folder, "saved.connectome");
  const { lost, synapses } = await lab.call("session", "export", { format: "connectome", path: file });
  expect(lost).toEqual(
    expect.arrayContaining([expect.stringContaining("fired in the last burst"), "1 stimuli, schedules and held inputs that act on it"]),
  );
  const again = await testLab();
  expect(await again.call("genome", "load", { path: file })).toMatchObject({ burst: 12, synapses, state: "paused" });
  expect(again.announced.filter(({ type }) => type === "notice")).toEqual([]);
  await again.call("brain", "step", { bursts: 3 });
  await expect(again.call("genome", "load", { path: cut(file) })).rejects.toMatchObject({ code: "E_NETWORK" });
  expect(await again.call("brain", "status", {})).toMatchObject({ burst: 15 });
});

/** The file without its last byte. */
function cut(file: string): string {
  const shorter = file.replace(".connectome", "-cut.connectome");
  writeFileSync(shorter, readFileSync(file).subarray(0, -1));
  return shorter;
}
