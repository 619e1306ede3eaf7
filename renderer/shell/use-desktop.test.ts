import { expect, test } from "vitest";
import type { Job } from "../stores/jobs-store.ts";
import { endedJobs } from "./use-desktop.ts";

const job = (id: string, change: Partial<Job> = {}): Job => ({
  ...{ id, kind: "export", name: "mine.nwb", state: "running", progress: null, outcome: null, startedAt: 1, endedAt: null, cancel: null },
  ...change,
});

test("the system is told of this window's work that has just ended, once, with what came of it", () => {
  const done = job("1", { state: "done", endedAt: 2, outcome: "3 files" });
  expect(endedJobs([job("1")], [done])).toEqual([{ title: "Export mine.nwb", body: "Done: 3 files" }]);
  expect(endedJobs([done], [done])).toEqual([]);
});

test("not of what a person stopped, nor of what the host tells everybody", () => {
  expect(endedJobs([job("1")], [job("1", { state: "cancelled", endedAt: 2 })])).toEqual([]);
  expect(endedJobs([job("2", { kind: "growth" })], [job("2", { kind: "growth", state: "done", endedAt: 2 })])).toEqual([]);
});
