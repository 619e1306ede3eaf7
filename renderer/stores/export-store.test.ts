/** One export at a time: how far it is, how fast, how it ended, and the last request for asking again. */
import { expect, test } from "vitest";
import { LabError } from "#contracts/errors.ts";
import type { Announcement } from "#contracts/wire.ts";
import type { LabBridge } from "../bridge/lab-bridge.ts";
import { createExports } from "./export-store.ts";
import { createJobs } from "./jobs-store.ts";

function bench() {
  let tell: (announcement: Announcement) => void = () => {};
  let answer: { resolve(output: unknown): void; reject(error: unknown): void } | null = null;
  const bridge = {
    onAnnouncement(listener: typeof tell) {
      tell = listener;
      return () => {};
    },
    call: (_: string, __: object, { signal }: { signal: AbortSignal }) =>
      new Promise((resolve, reject) => {
        answer = { resolve, reject };
        signal.addEventListener("abort", () => reject(new LabError("E_CANCELLED", "stopped")));
      }),
  } as unknown as LabBridge;
  let now = 0;
  const jobs = createJobs(bridge);
  const exports = createExports(bridge, jobs, () => now);
  const progress = (phase: "write" | "verify", bytes: number, format = "csv") =>
    tell({ type: "export.progress", format, phase, bytes, expected: 400 } as Announcement);
  return {
    exports,
    jobs,
    progress,
    answer: () => answer!,
    pass: (ms: number) => {
      now += ms;
    },
    outcome: () => exports.store.getState().outcome,
  };
}
const request = { name: "CSV", input: { format: "csv" as const } };

test("tells bytes, rate and phase of its own export, is listed as a job, and keeps the request", async () => {
  const { exports, jobs, progress, answer, pass, outcome } = bench();
  const over = exports.run(request);
  pass(2000);
  progress("write", 100);
  expect(outcome()).toEqual({ state: "busy", progress: { phase: "write", bytes: 100, expected: 400, rate: 50 } });
  progress("write", 300, "sonata");
  expect(outcome()).toMatchObject({ progress: { bytes: 100 } });
  progress("verify", 400);
  expect(outcome()).toMatchObject({ progress: { phase: "verify" } });
  answer().resolve({ files: [{ path: "a" }, { path: "b" }] });
  expect(await over).toMatchObject({ state: "done" });
  expect(jobs.store.getState().jobs).toMatchObject([{ kind: "export", name: "CSV", state: "done", outcome: "2 files" }]);
  expect(exports.store.getState().last).toEqual(request);
  exports.rest();
  expect(outcome()).toEqual({ state: "idle" });
});

test("a cancelled one ends without a word, a refused one says why, and resting does not stop one that runs", async () => {
  const { exports, answer, outcome } = bench();
  const first = exports.run(request);
  exports.rest();
  expect(outcome().state).toBe("busy");
  exports.cancel();
  expect(await first).toEqual({ state: "idle" });
  const second = exports.run(request);
  answer().reject(new LabError("E_IO", "The disk is full", {}, "Free some space."));
  expect(await second).toEqual({ state: "refused", reason: expect.stringContaining("The disk is full") });
});

test("the newest export is read again by its sidecar; what that came to stands beside it, refused or not", async () => {
  const { exports, answer, outcome } = bench();
  expect(await exports.verify()).toBeNull();
  const over = exports.run(request);
  answer().resolve({ files: [{ path: "/x/brain.csv" }, { path: "/x/brain.csv.provenance.json" }] });
  await over;
  expect(exports.store.getState().sidecar).toBe("/x/brain.csv.provenance.json");
  const reading = exports.verify();
  expect(outcome()).toMatchObject({ again: { state: "busy" } });
  answer().resolve({ isGood: false });
  expect(await reading).toEqual({ state: "read", found: { isGood: false } });
  expect(outcome()).toMatchObject({ state: "done", again: { state: "read" } });
  const refused = exports.verify();
  answer().reject(new LabError("E_NOT_FOUND", "No sidecar lies there"));
  expect(await refused).toMatchObject({ state: "refused", reason: expect.stringContaining("No sidecar") });
});
