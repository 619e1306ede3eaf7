/** Experiments in a lab: real processes judge, a real event store remembers. */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import type { EvolutionStatus } from "#contracts/evolution.ts";
import { beatText, championText, littleExperiment, littlePlan } from "#core/evolution/testing/little-experiment.ts";
import { closeTestLabs, type TestLab, testLab } from "./testing/test-lab.ts";

afterEach(closeTestLabs);

const experiment = littleExperiment({ population: 6, generations: 3, workers: 1 });
const unbroken = () => championText(littlePlan({ population: 6, generations: 3 }));

async function start(lab: TestLab, changes: Partial<typeof experiment> = {}): Promise<EvolutionStatus> {
  return lab.call("evolution", "start", { experiment: { ...experiment, ...changes } });
}

async function until(lab: TestLab, holds: (status: EvolutionStatus) => boolean): Promise<EvolutionStatus> {
  for (;;) {
    const status = await lab.call("evolution", "status", {});
    if (holds(status)) return status;
    await setTimeout(5);
  }
}

const isFinished = ({ state }: EvolutionStatus) => state === "finished";

test("the champion is the same with one process and with two, and as bred in one go", async () => {
  const champions: string[] = [];
  for (const workers of [1, 2]) {
    const lab = await testLab();
    expect(await start(lab, { workers })).toMatchObject({ state: "running", workers });
    await until(lab, isFinished);
    champions.push((await lab.call("evolution", "champion", {})).genome);
  }
  expect(champions).toEqual([unbroken(), unbroken()]);
});

test("paused and taken up again, even by another process, it ends as if it had never been interrupted", async () => {
  const lab = await testLab();
  await start(lab);
  await until(lab, ({ generations }) => generations.length === 1);
  const paused = await lab.call("evolution", "pause", {});
  expect(paused.state).toBe("paused");
  expect(paused.generations.length).toBeLessThan(3);
  await lab.lab.close();
  lab.kill();

  const later = await testLab({ folder: lab.folder });
  expect(await later.call("evolution", "status", {})).toEqual({ ...paused, workers: 0 });
  await later.call("evolution", "resume", {});
  const { generations } = await until(later, isFinished);
  expect(generations.map(({ generation, evaluations }) => [generation, evaluations])).toEqual([
    [1, 6],
    [2, 11],
    [3, 16],
  ]);
  expect((await later.call("evolution", "champion", {})).genome).toBe(unbroken());
});

test("a version that breeds otherwise is noticed, and says so instead of going on as if nothing had happened", async () => {
  const lab = await testLab();
  await start(lab);
  await until(lab, ({ generations }) => generations.length === 1);
  const { id } = await lab.call("evolution", "pause", {});
  const [stored] = lab.ports.events.read({ after: 0, limit: 1, type: "evolution.generation" });
  const { judged, ...data } = stored!.data as { judged: { id: string }[] };
  const other = { ...judged[3], sha256: "0".repeat(64) };
  await lab.ports.events.append([{ type: "evolution.generation", source: "test", data: { ...data, judged: [other] } }]);
  await lab.lab.close();
  lab.kill();
  const later = await testLab({ folder: lab.folder });
  await later.call("evolution", "resume", {});
  const { failure } = await until(later, ({ state }) => state === "failed");
  expect(failure).toContain(`${other.id} came out another`);
  expect((await later.call("evolution", "list", {})).map((one) => one.id)).toEqual([id]);
});

test("what was going on when a lab closed is paused at the next start", async () => {
  const lab = await testLab();
  await start(lab, { generations: 1000 });
  await until(lab, ({ generations }) => generations.length >= 1);
  await lab.lab.close();
  const { events } = lab.ports;
  expect(events.read({ after: 0, limit: 10, type: "evolution.paused" })).toHaveLength(1);
  lab.kill();
  const later = await testLab({ folder: lab.folder });
  expect(await later.call("evolution", "list", {})).toMatchObject([{ state: "paused", name: "little" }]);
});

test("one runs at a time; cancelled it does not go on", async () => {
  const lab = await testLab();
  await expect(lab.call("evolution", "status", {})).rejects.toMatchObject({ code: "E_NOT_FOUND" });
  await start(lab, { generations: 1000 });
  await expect(start(lab)).rejects.toMatchObject({ code: "E_CONFLICT" });
  expect(await lab.call("evolution", "cancel", {})).toMatchObject({ state: "cancelled" });
  await expect(lab.call("evolution", "resume", {})).rejects.toMatchObject({ code: "E_CONFLICT" });
  expect(await start(lab, { generations: 1 })).toMatchObject({ state: "running" });
  await until(lab, isFinished);
});

test("an experiment is read from a file, its genome from beside it; progress is announced and lineage ends at the founder", async () => {
  const lab = await testLab();
  writeFileSync(path.join(lab.folder, "beat.json"), beatText());
  const file = path.join(lab.folder, "experiment.json");
  writeFileSync(file, JSON.stringify({ ...experiment, genomes: [{ path: "beat.json" }] }));
  await lab.call("evolution", "start", { path: file, seed: 9, workers: 2 });
  const { seed, generations } = await until(lab, isFinished);
  expect(seed).toBe(9);
  const told = lab.announced.flatMap((one) => (one.type === "evolution.progress" && one.report ? [one.report.generation] : []));
  expect([...new Set(told)]).toEqual([1, 2, 3]);
  const lineage = await lab.call("evolution", "lineage", {});
  expect(lineage[0]).toMatchObject({ id: generations.at(-1)!.champion, score: generations.at(-1)!.best });
  expect(lineage.at(-1)!.parents).toEqual([]);
  await expect(lab.call("evolution", "lineage", { individual: "77-1" })).rejects.toMatchObject({ code: "E_NOT_FOUND" });
});

test("a file that is no experiment is refused with the place, and nothing starts", async () => {
  const lab = await testLab();
  const file = path.join(lab.folder, "experiment.json");
  writeFileSync(file, JSON.stringify({ ...experiment, trial: { ...experiment.trial, bursts: 0 } }));
  await expect(lab.call("evolution", "start", { path: file })).rejects.toMatchObject({
    code: "E_INVALID",
    message: expect.stringContaining("trial.bursts"),
  });
  await expect(start(lab, { memoryMegabytes: 5 })).rejects.toMatchObject({ code: "E_INVALID" });
  expect(await lab.call("evolution", "list", {})).toEqual([]);
});
