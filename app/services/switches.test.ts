/** What a genome switches on, through the doors of a lab: loaded, edited, undone, saved and opened again, recovered. */
import { readFileSync } from "node:fs";
import { afterEach, describe, expect, test } from "vitest";
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

describe("what nothing acts on, here or in FEAGI", () => {
  const asks = switchedGenome(
    {
      [A]: { min_window_activity: 3, to: { [MEMORY]: [{ morphology_id: "episodic_memory" }], [B]: [{ morphology_id: "episodic_scan" }] } },
      [B]: {},
      [MEMORY]: { size: [1, 1, 1], scan_skip_density: 0.5 },
    },
    {
      physiology: { sleep: { enabled: true, light_sleep_frequency_hz: 10 } },
      classifiers: {
        sorter: {
          ...{ sample_memory_id: idOf(MEMORY), class_memory_id: idOf(MEMORY), error_area_id: idOf(B) },
          ...{ confidence_area_id: idOf(A), answer_latency_bursts: 4 },
        },
      },
    },
  ).source;
  const keys = ["min_window_activity", "scan_skip_density", "episodic_scan", "sleep", "light_sleep_frequency_hz", "confidence_area_id"];

  test("is said when a genome asks for it, and stays in the genome through an edit and in every dialect", async () => {
    const lab = await testLab();
    await lab.call("genome", "load", { text: asks, name: "asks" });
    const found = (await lab.call("connectome", "problems", {})).filter(({ code }) => code === "FEATURE_WITHOUT_EFFECT");
    const about = (what: string) => found.some(({ path, message }) => path.includes(what) || message.includes(what));
    const named = [
      "min_window_activity",
      "scan_skip_density",
      "episodic_scan",
      "physiology.sleep",
      "confidence_area_id",
      "answer_latency_bursts",
    ];
    expect(named.filter((what) => !about(what))).toEqual([]);
    await lab.call("connectome", "updateArea", { id: idOf(MEMORY), name: "Renamed" });
    for (const dialect of ["source", "feagi-3", "flat-2", "hierarchical-2"] as const) {
      const { files } = await lab.call("session", "export", { format: "genome", dialect });
      const text = readFileSync(files[0]!.path, "utf8");
      const isKept = (key: string) => text.includes(key) || text.includes(shortOf[key] ?? key);
      expect([dialect, keys.filter((key) => !isKept(key))]).toEqual([dialect, []]);
    }
  });
  const shortOf: Record<string, string> = { min_window_activity: "mnwin", scan_skip_density: "scnsk" };

  test("is refused with the reason when a call asks for it, and changes nothing", async () => {
    const lab = await testLab();
    await lab.call("genome", "load", { text: genome.source, name: "switched" });
    const before = (await saved(lab)).snapshot;
    const refused = { code: "E_UNSUPPORTED", message: expect.stringContaining("nothing scans episodes") };
    const scan = [ruleOf({ morphology: "episodic_scan" })];
    await expect(lab.call("connectome", "setMapping", { src: idOf(A), dst: idOf(MEMORY), rules: scan })).rejects.toMatchObject(refused);
    for (const properties of [{ min_window_activity: 2 }, { scan_skip_density: 0.5 }])
      await expect(lab.call("connectome", "updateArea", { id: idOf(MEMORY), properties })).rejects.toMatchObject(refused);
    expect((await saved(lab)).snapshot).toEqual(before);
  });
});
