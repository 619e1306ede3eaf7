/** Bursts kept to a file and opened again: the past as it was, to be gone through and asked about, and run on in a fork. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, expect, test } from "vitest";
import { endingHash } from "#core/engine/snapshot-sections.ts";
import { KEYFRAME_BURSTS } from "#core/recording/recorder.ts";
import { closeTestLabs, inputArea, labWith, type TestLab, testLab } from "./testing/test-lab.ts";

const folder = mkdtempSync(join(tmpdir(), "gyrus-kept-"));
afterEach(closeTestLabs);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const stateHash = async (lab: TestLab) => {
  await lab.call("brain", "checkpoint", {});
  return endingHash(lab.ports.checkpoints.newest()!.parts.engine);
};
const hashAt = async (lab: TestLab, burst: number) => {
  await lab.call("time", "goTo", { burst });
  return stateHash(lab);
};

const first = 41;
const last = 2 * KEYFRAME_BURSTS + 30;
const places = [first - 1, first, 100, KEYFRAME_BURSTS, KEYFRAME_BURSTS + 1, 2 * KEYFRAME_BURSTS + 7, last];

/** A lab that has lived for some keyframes under a stimulus that came and another that came later, and the file of a part of it. */
async function kept(name: string) {
  const lab = await labWith("learning");
  const area = await inputArea(lab);
  await lab.call("stimulus", "poisson", { area: area.id, probability: 0.1, amplitude: 30, seed: 3 });
  await lab.call("brain", "step", { bursts: 90 });
  await lab.call("stimulus", "poisson", { area: area.id, probability: 0.05, amplitude: 20, seed: 4 });
  await lab.call("brain", "step", { bursts: last + 10 - 90 });
  const hashes = new Map<number, bigint>();
  for (const burst of places) hashes.set(burst, await hashAt(lab, burst));
  const path = join(folder, `${name}.gyrusrec`);
  const answer = await lab.call("time", "keep", { first, last, path });
  expect(answer).toMatchObject({ first, last, files: [{ path, bytes: readFileSync(path).length }] });
  return { lab, path, hashes, area };
}

test("what was kept is the past as it was, in another lab", async () => {
  const { path, hashes } = await kept("whole");
  const lab = await testLab();
  const status = await lab.call("genome", "load", { path });
  expect(status).toMatchObject({ burst: last, state: "paused", genomePath: null, unsaved: false, kept: { path, first, last } });
  expect(await lab.call("time", "recording", {})).toMatchObject({ first, last, at: last });
  for (const burst of places) expect(await hashAt(lab, burst), `burst ${burst}`).toBe(hashes.get(burst));
  expect(await lab.call("time", "verify", {})).toEqual({ from: first, to: last, bursts: last - first + 1, divergence: null });
});

test("it is looked at and not changed; a fork of it runs on as the brain did", async () => {
  const { lab: before, path, hashes, area } = await kept("forked");
  const lab = await testLab();
  await lab.call("genome", "load", { path });
  for (const [group, verb, input] of [
    ["brain", "run", {}],
    ["brain", "step", { bursts: 1 }],
    ["connectome", "updateArea", { id: area.id, name: "other" }],
    ["stimulus", "poisson", { area: area.id, probability: 0.1, amplitude: 30, seed: 3 }],
  ] as const)
    await expect(lab.call(group, verb as never, input as never), `${group}.${verb}`).rejects.toMatchObject({ code: "E_CONFLICT" });
  await lab.call("time", "goTo", { burst: 100 });
  await lab.call("timeline", "fork", {});
  expect((await lab.call("brain", "status", {})).kept).toBeNull();
  await lab.call("brain", "step", { bursts: KEYFRAME_BURSTS - 100 });
  expect(await stateHash(lab)).toBe(hashes.get(KEYFRAME_BURSTS));
  expect((await before.call("brain", "status", {})).kept).toBeNull();
});

test("a damaged file is refused with its reason, and the brain on the bench stays", async () => {
  const { path } = await kept("damaged");
  const whole = readFileSync(path);
  const lab = await labWith("essential");
  const { brainId } = await lab.call("brain", "status", {});
  const spoilt = join(folder, "spoilt.gyrusrec");
  for (const [bytes, reason] of [
    [whole.subarray(0, whole.length - 9), /truncated/],
    [Buffer.from(whole).fill(7, whole.length >> 1, (whole.length >> 1) + 4), /checksum/],
    [Buffer.from(whole).fill(9, 8, 12), /version/],
  ] as const) {
    writeFileSync(spoilt, bytes);
    await expect(lab.call("genome", "load", { path: spoilt })).rejects.toMatchObject({
      code: "E_NETWORK",
      message: expect.stringMatching(reason),
    });
    expect(await lab.call("brain", "status", {})).toMatchObject({ brainId, state: "paused", kept: null });
  }
});

test("bursts that an edit lies between are not one file; who keeps them is told where", async () => {
  const lab = await labWith("learning");
  const area = await inputArea(lab);
  await lab.call("brain", "step", { bursts: 20 });
  await lab.call("connectome", "updateArea", { id: area.id, parameters: { firingThreshold: 2 } });
  await lab.call("brain", "step", { bursts: 20 });
  const path = join(folder, "edited.gyrusrec");
  await expect(lab.call("time", "keep", { path })).rejects.toMatchObject({ code: "E_CONFLICT", advice: expect.stringMatching(/1 to 20/) });
  await expect(lab.call("time", "keep", { first: 30, last: 99, path })).rejects.toMatchObject({ code: "E_NOT_FOUND" });
  expect(await lab.call("time", "keep", { first: 21, path })).toMatchObject({ first: 21, last: 40 });
});
