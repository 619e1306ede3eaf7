/** Background jobs: what the host announces becomes a job with its progress and its end, and a view's own work can be cancelled. */
import { expect, test, vi } from "vitest";
import { LabError } from "#contracts/errors.ts";
import type { Announcement } from "#contracts/wire.ts";
import type { LabBridge } from "../bridge/lab-bridge.ts";
import { createJobs } from "./jobs-store.ts";

function bench() {
  const call = vi.fn(() => Promise.resolve({}));
  const jobs = createJobs({ call } as unknown as LabBridge, () => 7);
  const take = (announcement: object) => jobs.take(announcement as Announcement);
  return { jobs, call, take, list: () => jobs.store.getState().jobs };
}
const status = (state: string) => ({ type: "brain.status", status: { state, title: "Essential", neurons: 55 } });
const grown = { stage: "corticogenesis", done: 0.5, areas: 3, neurons: 0, synapses: 0 };

test("a genome that grows is a job with its stages, and ends with its neurons", () => {
  const { take, list } = bench();
  take(status("growing"));
  take({ type: "growth.progress", progress: grown });
  expect(list()).toMatchObject([{ kind: "growth", state: "running", progress: { done: 1.5, total: 5, unit: "stages" } }]);
  take(status("paused"));
  expect(list()).toMatchObject([{ state: "done", name: "Essential", outcome: "55 neurons", endedAt: 7, cancel: null }]);
});

test("cancelling a growth asks the host; that it failed is told even after the status said it was over", () => {
  const { take, list, call } = bench();
  take(status("growing"));
  list()[0]?.cancel?.();
  expect(call).toHaveBeenCalledWith("genome.cancel", {});
  take(status("empty"));
  take({ type: "growth.failed", name: "x", problems: [{ message: "No areas" }] });
  expect(list()).toMatchObject([{ state: "failed", outcome: "No areas" }]);
});

test("an experiment is one job over all its generations", () => {
  const { take, list, call } = bench();
  const report = { generation: 4, best: 3.5 };
  take({ type: "evolution.progress", id: "e1", name: "rhythm", state: "running", report });
  take({ type: "evolution.progress", id: "e1", name: "rhythm", state: "paused", report: null });
  expect(list()).toMatchObject([{ kind: "evolution", name: "rhythm", state: "paused", progress: { done: 5, total: null } }]);
  list()[0]?.cancel?.();
  expect(call).toHaveBeenCalledWith("evolution.cancel", { id: "e1" });
  take({ type: "evolution.progress", id: "e1", name: "rhythm", state: "finished", report });
  expect(list()).toMatchObject([{ state: "done", outcome: "best score 3.5" }]);
});

test("work of a view is listed with what the host tells of it, and can be cancelled from the list", async () => {
  const { jobs, take, list } = bench();
  const work = jobs.run({ kind: "export", name: "SONATA" }, ({ signal }) => {
    return new Promise((_, reject) => signal.addEventListener("abort", () => reject(new LabError("E_CANCELLED", "stopped"))));
  });
  take({ type: "export.progress", format: "sonata", phase: "write", bytes: 10, expected: 40 });
  expect(list()).toMatchObject([{ state: "running", progress: { done: 10, total: 40, unit: "bytes" } }]);
  list()[0]?.cancel?.();
  await expect(work).rejects.toThrow("stopped");
  expect(list()).toMatchObject([{ state: "cancelled", outcome: null }]);
});

test("work that failed says why, work that was done says what came of it, and what is over can be cleared", async () => {
  const { jobs, list } = bench();
  await expect(jobs.run({ kind: "other", name: "a" }, () => Promise.reject(new Error("disk full")))).rejects.toThrow();
  await expect(
    jobs.run(
      { kind: "other", name: "b" },
      async () => 3,
      (files) => `${files} files`,
    ),
  ).resolves.toBe(3);
  void jobs.run({ kind: "other", name: "c" }, () => new Promise(() => {}));
  expect(list().map(({ state, outcome }) => [state, outcome])).toEqual([
    ["failed", "disk full"],
    ["done", "3 files"],
    ["running", null],
  ]);
  jobs.clear();
  expect(list().map(({ name }) => name)).toEqual(["c"]);
});
