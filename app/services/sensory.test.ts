import { readFileSync } from "node:fs";
import { afterEach, expect, test } from "vitest";
import { endingHash } from "#core/engine/snapshot-sections.ts";
import { decodeBrain } from "#core/exchange/brain-file.ts";
import { noSensory } from "#core/sensory/sensory.ts";
import { closeTestLabs, inputArea, labWith, sample, type TestLab, testLab } from "./testing/test-lab.ts";

afterEach(closeTestLabs);

const step = (lab: TestLab, bursts: number) => lab.call("brain", "step", { bursts });
const held = (lab: TestLab) => lab.call("sensory", "held", {});

/** A paused brain after burst 5, one voxel of an input area and its neuron. */
async function sensing(options: Parameters<typeof testLab>[0] = {}) {
  const lab = await labWith("learning", options);
  const area = await inputArea(lab);
  await step(lab, 5);
  const voxels: [number, number, number, number][] = [[0, 0, 0, 30]];
  return { lab, area: area.id, voxels, neuron: area.firstNeuron + area.neuronsPerVoxel - 1 };
}

/** Of a neuron whether or not it fired. */
function accountOf(lab: TestLab, neuron: number, burst: number) {
  const question = { neuron, burst };
  return lab.call("debug", "why", question).catch(() => lab.call("debug", "whyNot", question));
}

/** Bursts of the recording in which a neuron got input from outside. */
async function inputsOf(lab: TestLab, neuron: number): Promise<number[]> {
  const { at } = await lab.call("time", "recording", {});
  const bursts: number[] = [];
  for (let burst = 1; burst <= at; burst++) {
    const { contributions } = await accountOf(lab, neuron, burst);
    if (contributions.some(({ origin }) => origin === "input")) bursts.push(burst);
  }
  return bursts;
}

async function stateHash(lab: TestLab): Promise<bigint> {
  await lab.call("brain", "checkpoint", {});
  return endingHash(lab.ports.checkpoints.newest()!.parts.engine);
}

test("a frame that is sent acts in the next burst, and once where its area does not hold the last", async () => {
  const lab = await labWith("test");
  const switches = (await lab.call("connectome", "listAreas", {})).filter(({ kind }) => kind === "input");
  const { lastHeld } = await lab.call("sensory", "intake", {});
  const { id: area, firstNeuron, neuronsPerVoxel } = switches.find(({ id }) => !lastHeld.includes(id))!;
  const neuron = firstNeuron + neuronsPerVoxel - 1;
  const voxels: [number, number, number, number][] = [[0, 0, 0, 30]];
  await step(lab, 5);
  expect(await lab.call("sensory", "send", { frames: [{ area, voxels }] })).toEqual({ burst: 6 });
  await step(lab, 3);
  expect(await inputsOf(lab, neuron)).toEqual([6]);
  expect(await held(lab)).toEqual([]);
});

test("a held frame acts in every burst until it is released, for n bursts, or until other input for its area comes", async () => {
  const { lab, area, voxels, neuron } = await sensing();
  const hold = { area, by: "hold" as const, voxels: 1 };
  expect(await lab.call("sensory", "hold", { area, voxels })).toEqual({ ...hold, since: 6, until: null });
  await step(lab, 2);
  expect(await lab.call("sensory", "release", { area })).toEqual([]);
  await step(lab, 1);
  await lab.call("sensory", "hold", { area, voxels, bursts: 2 });
  expect(await held(lab)).toEqual([{ ...hold, since: 9, until: 10 }]);
  await step(lab, 3);
  expect(await held(lab)).toEqual([]);
  await lab.call("sensory", "hold", { area, voxels });
  await step(lab, 2);
  await lab.call("sensory", "send", { frames: [{ area, voxels: [[1, 0, 0, 30]] }] });
  await step(lab, 2);
  expect(await inputsOf(lab, neuron)).toEqual([6, 7, 9, 10, 12, 13]);
  await expect(lab.call("sensory", "release", { area })).rejects.toMatchObject({ code: "E_NOT_FOUND" });
});

test("windows are told what is held when it changes, and not again", async () => {
  const { lab, area, voxels } = await sensing();
  const told = () => lab.announced.flatMap((one) => (one.type === "sensory.held" ? [one.held.map(({ since }) => since)] : []));
  await lab.call("sensory", "hold", { area, voxels, bursts: 2 });
  await step(lab, 1);
  expect(told().slice(-1)).toEqual([[6]]);
  await step(lab, 1);
  await lab.call("brain", "pause", {});
  expect(told().slice(-2)).toEqual([[6], []]);
});

test("why names the hold and its first burst", async () => {
  const { lab, area, voxels, neuron } = await sensing();
  await lab.call("sensory", "hold", { area, voxels });
  await step(lab, 3);
  const account = await accountOf(lab, neuron, 8);
  expect(account.influences).toContainEqual({ kind: "held input", by: "hold", since: 6 });
  expect(account.sentence).toMatch(/; its input is held since burst 6\.$/);
  const { nodes } = await lab.call("debug", "tree", { neuron, burst: 8, depth: 1 });
  expect(nodes.find(({ id }) => id === `${neuron}@8`)?.sentence).toBe(account.sentence);
  await lab.call("sensory", "release", { area });
  await lab.call("sensory", "send", { frames: [{ area, voxels }] });
  await step(lab, 1);
  expect((await accountOf(lab, neuron, 9)).influences).toBeUndefined();
});

test("a proximity sensor's last frame bridges a gap of one burst, and why says so", async () => {
  const { lab, area, voxels, neuron } = await sensing();
  expect((await lab.call("sensory", "intake", {})).lastHeld).toContain(area);
  for (const pause of [2, 3]) {
    await lab.call("sensory", "send", { frames: [{ area, voxels }] });
    await step(lab, 1);
    expect(await held(lab)).toMatchObject([{ area, by: "last frame", voxels: 1 }]);
    await step(lab, pause - 1);
  }
  expect(await held(lab)).toEqual([]);
  expect(await inputsOf(lab, neuron)).toEqual([6, 7, 8, 9]);
  expect((await accountOf(lab, neuron, 7)).influences).toContainEqual({ kind: "held input", by: "last frame", since: 6 });
  expect((await accountOf(lab, neuron, 7)).sentence).toMatch(/; its input is the last frame, of burst 6, held over a gap\.$/);
  expect((await accountOf(lab, neuron, 8)).influences).toBeUndefined();
});

test("what no body could send is refused with its place", async () => {
  const { lab, area, voxels } = await sensing();
  const areas = await lab.call("connectome", "listAreas", {});
  const inner = areas.find(({ kind }) => kind === "custom")!;
  await expect(lab.call("sensory", "hold", { area: inner.id, voxels })).rejects.toMatchObject({
    code: "E_INVALID",
    advice: "stimulus.paint stimulates any area.",
  });
  const frames = [
    { area, voxels },
    { area, voxels: [voxels[0]!, [900, 0, 0, 1] as [number, number, number, number]] },
  ];
  await expect(lab.call("sensory", "send", { frames })).rejects.toMatchObject({
    details: { issues: [{ path: "frames.1.voxels.1" }] },
  });
  await expect(lab.call("sensory", "hold", { area, voxels: [[0, 0, 0, 1e300]] })).rejects.toMatchObject({ code: "E_INVALID" });
  await expect(lab.call("sensory", "hold", { area: "YWJjZGVmZ2g=", voxels })).rejects.toMatchObject({ code: "E_NOT_FOUND" });
});

/** Holds, sends and releases in turn; the same on every call. */
async function act(lab: TestLab, { area, voxels }: Pick<Awaited<ReturnType<typeof sensing>>, "area" | "voxels">): Promise<void> {
  await lab.call("sensory", "hold", { area, voxels });
  await step(lab, 3);
  await lab.call("sensory", "send", { frames: [{ area, voxels: [[1, 0, 0, 20]] }] });
  await lab.call("sensory", "hold", { area, voxels: [[2, 0, 1, 25]], bursts: 6 });
  await step(lab, 2);
}

test("going back in time brings what is held back as it stood after that burst", async () => {
  const { lab, ...of } = await sensing();
  await act(lab, of);
  const [later, then] = [await stateHash(lab), await held(lab)];
  await step(lab, 8);
  const last = await stateHash(lab);
  expect(await held(lab)).toEqual([]);
  await lab.call("time", "goTo", { burst: 10 });
  expect([await stateHash(lab), await held(lab)]).toEqual([later, then]);
  await step(lab, 8);
  expect(await stateHash(lab)).toBe(last);
});

test("after a crash what was held and sent since the checkpoint acts in the same bursts again", async () => {
  const { lab, area, voxels } = await sensing();
  await lab.call("sensory", "hold", { area, voxels });
  await step(lab, 2);
  await lab.call("brain", "checkpoint", {});
  await act(lab, { area, voxels });
  await lab.call("sensory", "release", { area });
  await step(lab, 2);
  await lab.call("sensory", "hold", { area, voxels });
  await step(lab, 3);
  const [{ burst }, holds] = [await lab.call("brain", "status", {}), await held(lab)];
  const { bytes } = await exported(lab);
  lab.kill();
  const again = await testLab({ folder: lab.folder });
  await again.lab.recover();
  await step(again, burst - 7);
  expect(endingHash(decodeBrain((await exported(again)).bytes).snapshot)).toBe(endingHash(decodeBrain(bytes).snapshot));
  expect(await held(again)).toEqual(holds);
});

async function exported(lab: TestLab): Promise<{ path: string; bytes: Uint8Array }> {
  const { files } = await lab.call("session", "export", { format: "brain" });
  return { path: files[0]!.path, bytes: readFileSync(files[0]!.path) };
}

test("a brain file holds what is held and scheduled: opened anew, it goes on as the brain that was saved", async () => {
  const { lab, area, voxels } = await sensing();
  await act(lab, { area, voxels });
  await lab.call("stimulus", "schedule", { entries: [{ burstOffset: 2, areas: [{ area, voxels: [[0, 0, 2]] }] }], periodBursts: 3 });
  await lab.call("stimulus", "poisson", { area, probability: 0.2, amplitude: 20, seed: 4 });
  const { path } = await exported(lab);
  const holds = await held(lab);
  await step(lab, 9);
  const other = await testLab();
  await other.call("genome", "load", { path });
  expect(await held(other)).toEqual(holds);
  await step(other, 9);
  expect(await stateHash(other)).toBe(await stateHash(lab));
});

test("a new brain senses nothing of the old one's", async () => {
  const { lab, area, voxels } = await sensing();
  await lab.call("sensory", "hold", { area, voxels });
  await lab.call("genome", "load", { path: sample("learning") });
  expect(await held(lab)).toEqual([]);
  expect(decodeBrain((await exported(lab)).bytes).input.sensory).toBe(noSensory);
});
