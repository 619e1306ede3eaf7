/** What leaves a living lab: activity with the network, the plan before it, and progress on the way. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import h5wasm, { type Dataset, File } from "h5wasm/node";
import { afterEach, expect, test } from "vitest";
import { ExportOptions } from "#contracts/exports.ts";
import { firedIds } from "#contracts/frame.ts";
import { unsavedEdits } from "#contracts/unsaved.ts";
import { grown } from "#core/development/grow.ts";
import { createReferenceEngine } from "#core/engine/reference/reference-engine.ts";
import { parseGenome } from "#core/genome/parse.ts";
import { closeTestLabs, sample, testLab } from "./testing/test-lab.ts";

afterEach(closeTestLabs);

test("SONATA carries the spikes that were recorded, in milliseconds of the step that was given", async () => {
  const lab = await testLab();
  await lab.call("genome", "load", { path: sample("learning") });
  await lab.call("brain", "step", { bursts: 30 });
  const folder = path.join(lab.folder, "circuit");
  const { verified, files } = await lab.call("session", "export", { format: "sonata", path: folder, stepMs: 2.5 });
  expect(verified).toBe(true);
  expect(files.map((file) => path.basename(file.path))).toContain("spikes.h5");

  const parsed = parseGenome(readFileSync(sample("learning"), "utf8"));
  if (!parsed.ok) throw new Error("the sample does not parse");
  const engine = createReferenceEngine();
  engine.load(grown(parsed.genome).image);
  const frame = new Uint32Array(engine.frameWords);
  const expected: string[] = [];
  for (let burst = 1; burst <= 30; burst++) {
    engine.burstIntoSync(frame);
    for (const id of firedIds(frame)) expected.push(`${burst * 2.5} ${id}`);
  }
  expect(expected.length).toBeGreaterThan(100);
  await h5wasm.ready;
  const file = new File(path.join(folder, "spikes.h5"), "r");
  const values = (name: string) => Array.from((file.get(`spikes/brain/${name}`) as Dataset).value as Float64Array, Number);
  const [times, nodes] = [values("timestamps"), values("node_ids")];
  file.close();
  expect(times.map((time, i) => `${time} ${nodes[i]}`)).toEqual(expected);
  expect(JSON.parse(readFileSync(path.join(folder, "provenance.json"), "utf8"))).toMatchObject({ bursts: { first: 1, last: 30 } });
});

test("activity of some bursts goes with the tables, and bursts that are not recorded are refused", async () => {
  const lab = await testLab();
  await lab.call("genome", "load", { path: sample("learning") });
  expect((await lab.call("session", "exportPlan", { format: "csv" })).recorded).toBeNull();
  await lab.call("brain", "step", { bursts: 12 });
  expect((await lab.call("session", "exportPlan", { format: "csv" })).recorded).toEqual({ first: 1, last: 12 });
  expect((await lab.call("session", "exportPlan", { format: "graphml" })).recorded).toBeNull();
  const target = path.join(lab.folder, "part.csv");
  await lab.call("session", "export", { format: "csv", path: target, bursts: { first: 3, last: 5 } });
  const [header, ...rows] = readFileSync(path.join(lab.folder, "part.spikes.csv"), "utf8").trimEnd().split("\n");
  expect(header).toBe("burst,neuron");
  expect(new Set(rows.map((row) => row.split(",")[0]))).toEqual(new Set(["3", "4", "5"]));
  await expect(lab.call("session", "export", { format: "csv", path: target, bursts: { first: 3, last: 13 } })).rejects.toMatchObject({
    message: expect.stringContaining("Burst 13 is not recorded; bursts 1 to 12 are"),
  });
});

test("the plan of an export is what the export then says, and a format that would pretend is refused with its differences", async () => {
  const lab = await testLab();
  await lab.call("genome", "load", { path: sample("learning") });
  const plan = await lab.call("session", "exportPlan", { format: "mtx" });
  const target = path.join(lab.folder, "weights.mtx");
  expect(plan.freeBytes).toBeGreaterThan(plan.bytes);
  expect(plan.sizes.mtx).toBe(plan.bytes);
  expect(path.basename(plan.target)).toMatch(/-0\.mtx$/);
  expect(plan.isTaken).toBe(false);
  const result = await lab.call("session", "export", { format: "mtx", path: target });
  expect(result).toMatchObject({ neurons: plan.neurons, synapses: plan.synapses, lost: plan.lost });
  expect((await lab.call("session", "exportPlan", { format: "mtx", path: target })).isTaken).toBe(true);
  const part = await lab.call("session", "exportPlan", { format: "mtx", scope: { synapses: { type: "inhibitory" } } });
  expect(part.sizes.brain).toBeUndefined();
  const bytes = result.files.reduce((sum, file) => sum + file.bytes, 0);
  expect(plan.bytes / bytes).toBeGreaterThan(0.5);
  expect(plan.bytes / bytes).toBeLessThan(2);
  const { lost } = await lab.call("session", "exportPlan", { format: "nest" });
  const refused = lab.call("session", "export", { format: "nest", path: path.join(lab.folder, "nest") });
  await expect(refused).rejects.toMatchObject({ code: "E_UNSUPPORTED", details: { differences: lost } });
  expect(existsSync(path.join(lab.folder, "nest"))).toBe(false);
});

test("probes are exported as the trace shows them, from the recording, whatever burst the brain stands at", async () => {
  const lab = await testLab();
  await lab.call("genome", "load", { path: sample("learning") });
  await lab.call("brain", "step", { bursts: 20 });
  const { neurons } = await lab.call("analysis", "spikes", { area: (await lab.call("connectome", "listAreas", {}))[1]!.id });
  const probes = [...new Set([neurons[0] ?? 1, 40, 41])];
  const target = path.join(lab.folder, "probes.csv");
  const order = { format: "csv" as const, path: target, probes, bursts: { first: 5, last: 14 } };
  expect(await lab.call("session", "exportPlan", order)).toMatchObject({
    neurons: probes.length,
    synapses: 0,
    recorded: { first: 1, last: 20 },
  });
  expect((await lab.call("session", "export", order)).verified).toBe(true);
  const [, ...rows] = readFileSync(target, "utf8").trimEnd().split("\n");
  for (const probe of probes) {
    const { high } = await lab.call("time", "series", { condition: `potential(N#${probe})`, from: 5, to: 14 });
    const written = rows.map((row) => row.split(",")).filter(([, neuron]) => Number(neuron) === probe);
    expect(written.map((row) => Number(row[6]))).toEqual(high.map(Number));
  }
  const late = lab.call("session", "export", { ...order, bursts: { first: 5, last: 21 } });
  await expect(late).rejects.toMatchObject({ code: "E_NOT_FOUND", message: expect.stringContaining("bursts 1 to 20 are") });
});

test("what was exported is read again by a command; asking for neo4j as files says where to go", async () => {
  const lab = await testLab();
  await lab.call("genome", "load", { path: sample("barebones") });
  const { files } = await lab.call("session", "export", { format: "bundle" });
  const sidecar = files.at(-1)!.path;
  expect(await lab.call("session", "verifyExport", { path: sidecar })).toMatchObject({ format: "bundle", isGood: true });
  const brain = files.find(({ path: at }) => at.endsWith(".brain"))!.path;
  writeFileSync(brain, "");
  const after = await lab.call("session", "verifyExport", { path: path.dirname(sidecar) });
  expect(after.files.find(({ path: at }) => at === brain)?.problem).toBe("length");
  expect(ExportOptions.safeParse({ format: "neo4j" }).error?.issues[0]?.message).toContain("neo4j.connect, then neo4j.sync");
});

test("what is unsaved is counted from the last save: edits after it, and edits of the file that were undone", async () => {
  let lab = await testLab();
  await lab.call("genome", "load", { path: sample("barebones") });
  const { id } = (await lab.call("connectome", "listAreas", {}))[0]!;
  const rename = (name: string) => lab.call("connectome", "updateArea", { id, name });
  const save = () => lab.call("session", "export", { format: "genome", path: path.join(lab.folder, "mine.json") });
  const count = async () => {
    const { unsaved } = await lab.call("brain", "status", {});
    return unsaved ? unsavedEdits(await lab.call("connectome", "history", {})).count : "saved";
  };
  await rename("one");
  await rename("two");
  expect(await count()).toBe(2);
  await save();
  expect(await count()).toBe("saved");
  await rename("three");
  expect(await count()).toBe(1);
  await lab.call("connectome", "undo", {});
  expect(await count()).toBe("saved");
  await lab.call("connectome", "undo", {});
  expect(await count()).toBe(1);

  await lab.call("brain", "checkpoint", {});
  lab.kill();
  lab = await testLab({ folder: lab.folder });
  await lab.lab.recover();
  expect(await count()).toBe(1);
  await lab.call("connectome", "redo", {});
  expect(await count()).toBe("saved");

  // A saved edit that another took the place of is in the file all the same.
  await lab.call("connectome", "undo", {});
  await rename("other");
  await lab.call("connectome", "undo", {});
  expect(await count()).toBe(0);
});
