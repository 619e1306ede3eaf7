/** The stores wired to a bridge that answers from a small table, as a host would. */
import { expect, test, vi } from "vitest";
import type { Announcement } from "#contracts/wire.ts";
import { type DecodedFrame, decodeFrame } from "../bridge/frame-decode.ts";
import { createFrameInbox } from "../bridge/frame-inbox.ts";
import type { Connection, LabBridge } from "../bridge/lab-bridge.ts";
import { writeFrame } from "../bridge/testing/frames.ts";
import { createLabStores } from "./lab-stores.ts";

function bench(answers: Record<string, unknown>) {
  let announce: (announcement: Announcement) => void = () => {};
  let connect: (connection: Connection) => void = () => {};
  const asked: string[] = [];
  const closed: Connection = { phase: "connecting", write: false, door: "socket", lostAt: null, retryAt: null, reason: "", attempts: 0 };
  const frames = createFrameInbox({
    decoder: (onFrame: (frame: DecodedFrame) => void) => (message) => onFrame(decodeFrame(message)),
    nextFrame: (callback) => callback(),
  });
  const bridge: LabBridge = {
    call(name) {
      asked.push(name);
      const answer = answers[name];
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer as never);
    },
    connection: { ...closed, phase: "open" },
    onConnection(listener) {
      connect = listener;
      listener(closed);
      return () => {};
    },
    onAnnouncement(listener) {
      announce = listener;
      return () => {};
    },
    frames,
    retryNow() {},
    close() {},
  };
  const stores = createLabStores(bridge);
  // The connection store listens too; the stores' own listener is the last one given.
  const open = () => connect({ ...closed, phase: "open", write: true });
  return { stores, asked, frames, open, announce: (announcement: Announcement) => announce(announcement) };
}
const status = { state: "paused", brainId: "b", generation: 2 };
const area = (id: string) => ({ id, dimensions: [1, 1, 1], firstNeuron: 0, neurons: 1 });
const whole = {
  "brain.status": status,
  "rollout.status": { percent: 100 },
  "stimulus.list": [],
  "sensory.held": [{ area: "A", by: "hold", since: 3, until: null, voxels: 2 }],
  "evolution.list": [],
  "connectome.listAreas": [area("a")],
  "connectome.listRegions": [],
  "connectome.listMappings": [],
  "connectome.problems": [{ code: "X" }],
};

test("an opened connection reads everything there is", async () => {
  const { stores, open } = bench(whole);
  open();
  await vi.waitFor(() => expect(stores.problems.getState().problems).toHaveLength(1));
  expect([...stores.held.getState().areas]).toEqual(["A"]);
  expect(stores.brain.getState()).toMatchObject({ status, readGeneration: 2 });
  expect(stores.brain.getState().areaById.has("a")).toBe(true);
  expect(stores.rollout.getState().status).toEqual({ percent: 100 });
});

test("without a brain nothing is asked about one", async () => {
  const { asked, open } = bench({ ...whole, "brain.status": { ...status, brainId: null } });
  open();
  await vi.waitFor(() => expect(asked).toContain("rollout.status"));
  await Promise.resolve();
  expect(asked.filter((name) => /^(connectome|stimulus)\./.test(name))).toEqual([]);
});

test("a changed connectome re-reads areas, regions and mappings, and nothing else", async () => {
  const { stores, asked, announce } = bench(whole);
  announce({ type: "connectome.changed", generation: 2, areas: ["a"] });
  await vi.waitFor(() => expect(stores.brain.getState().areas).toHaveLength(1));
  expect(asked.sort()).toEqual(["connectome.listAreas", "connectome.listMappings", "connectome.listRegions"]);
});

test("a read that is refused becomes a notice", async () => {
  const { stores, announce } = bench({ "connectome.problems": new Error("No brain is loaded") });
  announce({ type: "problems.changed" });
  await vi.waitFor(() => expect(stores.notices.getState().notices).toMatchObject([{ severity: "error", message: "No brain is loaded" }]));
});

test("a new brain starts without the firings and figures of the one before", async () => {
  const { stores, frames, announce } = bench(whole);
  frames.receive(writeFrame({ burst: 9, generation: 1, skipped: 4, fired: { 0: [1, 2] } }));
  await vi.waitFor(() =>
    expect(stores.frameStats.getState()).toMatchObject({ burst: 9, fired: 2, shown: 1, skipped: 4, lastFiredBurst: 9 }),
  );
  announce({ type: "brain.status", status: status as never });
  expect(stores.frameStats.getState()).toMatchObject({ burst: null, fired: 0, shown: 0, skipped: 0 });
  expect(frames.recent.frames).toEqual([]);
  stores.close();
});
