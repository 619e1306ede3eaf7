/** What a genome switches on, through the doors of a lab: loaded, edited, undone, saved and opened again, recovered. */
import { readFileSync } from "node:fs";
import { afterEach, expect, test } from "vitest";
import type { MappingRule } from "#contracts/connectome.ts";
import { A, B, C, DRIVER, idOf, MEMORY, modulator, plastic, switchedGenome } from "#core/development/testing/switched.ts";
import { decodeSnapshot } from "#core/engine/reference/snapshot-codec.ts";
import { decodeBrain } from "#core/exchange/brain-file.ts";
import { twinId } from "#core/genome/edit/twins.ts";
import { closeTestLabs, type TestLab, testLab } from "./testing/test-lab.ts";

afterEach(closeTestLabs);

const genome = switchedGenome(
  {
    [A]: { to: { [B]: [{ ...plastic, modulators: ["gain"] }], [C]: [{}] } },
    [B]: {},
    [C]: {},
    [MEMORY]: {},
    [DRIVER]: { size: [1, 1, 1] },
  },
  { modulators: { gain: modulator("synaptic.transmission_gain", DRIVER) } },
);

async function saved({
  call,
}: TestLab): Promise<{ path: string; snapshot: Uint8Array; columns: ReturnType<typeof decodeSnapshot>["columns"] }> {
  const { files } = await call("session", "export", { format: "brain" });
  const { snapshot } = decodeBrain(readFileSync(files[0]!.path));
  return { path: files[0]!.path, snapshot, columns: decodeSnapshot(snapshot).columns };
}
const ruleOf = (more: Partial<MappingRule> & { morphology: string }): MappingRule => ({
  ...{ scalar: [1, 1, 1], multiplier: 1, plastic: false, plasticityConstant: 0, ltpMultiplier: 0, ltdMultiplier: 0 },
  ...{ plasticityWindow: 0, delayBursts: 1, attractivity: 100 },
  ...more,
});

test("a genome that is loaded is switched on once: a brain file of it opens as it was and goes on alike", async () => {
  const lab = await testLab();
  await lab.call("genome", "load", { text: genome.source, name: "switched" });
  await lab.call("brain", "step", { bursts: 3 });
  const first = await saved(lab);
  expect([[...first.columns.mappingRise], [...first.columns.synapseGroup]]).toEqual([[1], [1, 0, 1, 0]]);
  await lab.call("brain", "step", { bursts: 2 });
  const unbroken = await saved(lab);
  await lab.call("genome", "load", { path: first.path });
  expect((await saved(lab)).snapshot).toEqual(first.snapshot);
  await lab.call("brain", "step", { bursts: 2 });
  expect((await saved(lab)).snapshot).toEqual(unbroken.snapshot);
});

test("an edit of a rule registers it anew, also in a brain that was opened from a file, and undo brings the old one back", async () => {
  const lab = await testLab();
  await lab.call("genome", "load", { text: genome.source, name: "switched" });
  await lab.call("genome", "load", { path: (await saved(lab)).path });
  const rises = async () => [...(await saved(lab)).columns.mappingRise];
  const learning = ruleOf({ morphology: "projector", plastic: true, plasticityConstant: 7, ltpMultiplier: 1, plasticityWindow: 1 });
  await lab.call("connectome", "setMapping", { src: idOf(A), dst: idOf(C), rules: [learning] });
  expect(await rises()).toEqual([1, 7]);
  await lab.call("connectome", "undo", {});
  expect(await rises()).toEqual([1]);
  await lab.call("connectome", "redo", {});
  expect(await rises()).toEqual([1, 7]);
});

test("an episodic mapping brings its twin in the same step, and takes it along", async () => {
  const lab = await testLab();
  await lab.call("genome", "load", { text: genome.source, name: "switched" });
  const twin = twinId(idOf(MEMORY), idOf(A));
  const has = async () => (await lab.call("connectome", "listAreas", {})).some(({ id }) => id === twin);
  const pairs = async () => (await saved(lab)).columns.twinMemoryArea.length;
  const set = (rules: MappingRule[]) => lab.call("connectome", "setMapping", { src: idOf(A), dst: idOf(MEMORY), rules });
  await set([ruleOf({ morphology: "episodic_memory" })]);
  expect([await has(), await pairs()]).toEqual([true, 1]);
  await lab.call("connectome", "undo", {});
  expect([await has(), await pairs()]).toEqual([false, 0]);
  await lab.call("connectome", "redo", {});
  await set([]);
  expect([await has(), await pairs()]).toEqual([false, 0]);
});

test("a lab that comes back after a crash has the switches of its edits", async () => {
  const before = await testLab();
  await before.call("genome", "load", { text: genome.source, name: "switched" });
  await before.call("brain", "checkpoint", {});
  const learning = ruleOf({ morphology: "projector", plastic: true, plasticityConstant: 7, ltpMultiplier: 1, plasticityWindow: 1 });
  await before.call("connectome", "setMapping", { src: idOf(A), dst: idOf(C), rules: [learning] });
  const { snapshot } = await saved(before);
  before.kill();
  const after = await testLab({ folder: before.folder });
  await after.lab.recover();
  expect((await saved(after)).snapshot).toEqual(snapshot);
});
