import { afterEach, describe, expect, test } from "vitest";
import { endingHash } from "#core/engine/snapshot-sections.ts";
import { closeTestLabs, inputArea, labWith, sample, type TestLab, testLab } from "./testing/test-lab.ts";

afterEach(closeTestLabs);

const status = (lab: TestLab) => lab.call("brain", "status", {});
const step = (lab: TestLab, bursts: number) => lab.call("brain", "step", { bursts });
const fork = async (lab: TestLab, name = "what if") => {
  const all = await lab.call("timeline", "fork", { name });
  return { original: all.find(({ origin }) => origin === null)!, twin: all.find((one) => one.name === name)! };
};

async function stateHash(lab: TestLab): Promise<bigint> {
  await lab.call("brain", "checkpoint", {});
  return endingHash(lab.ports.checkpoints.newest()!.parts.engine);
}

/** A brain that has work to do, some bursts on. */
async function stimulated(bursts: number) {
  const lab = await labWith("learning", {});
  const area = await inputArea(lab);
  await lab.call("stimulus", "poisson", { area: area.id, probability: 0.1, amplitude: 30, seed: 3 });
  await step(lab, bursts);
  const raise = () => lab.call("connectome", "updateArea", { id: area.id, parameters: { firingThreshold: 1000 } });
  return { lab, area, raise };
}

describe("forking", () => {
  test("goes on in a copy; the way so far stays as it was, with what is recorded after that burst", async () => {
    const { lab, raise } = await stimulated(60);
    const h60 = await stateHash(lab);
    await lab.call("time", "goTo", { burst: 20 });
    const { original, twin } = await fork(lab);
    expect(original).toMatchObject({ name: "Original", isCurrent: false, first: 1, last: 60, at: 20 });
    expect(twin).toMatchObject({ isCurrent: true, origin: { name: "Original", burst: 20 }, first: 21, last: 20, at: 20 });
    await raise();
    await step(lab, 40);
    expect(await stateHash(lab)).not.toBe(h60);
    expect(await lab.call("timeline", "switchTo", { id: original.id })).toMatchObject({ burst: 20, canUndo: null });
    await lab.call("time", "goTo", { burst: 60 });
    expect(await stateHash(lab)).toBe(h60);
    expect(await lab.call("time", "verify", {})).toMatchObject({ bursts: 60, divergence: null });
    expect(await lab.call("timeline", "switchTo", { id: twin.id })).toMatchObject({ burst: 60, canUndo: expect.any(String) });
    expect(await lab.call("time", "verify", {})).toMatchObject({ from: 21, bursts: 40, divergence: null });
  });

  test("a copy to which nothing is done goes the same way, burst by burst", async () => {
    const { lab } = await stimulated(10);
    const { original } = await fork(lab);
    await step(lab, 30);
    const here = await stateHash(lab);
    await lab.call("timeline", "catchUp", { id: original.id });
    const { parts, ...told } = await lab.call("timeline", "compare", { id: original.id });
    expect(told).toMatchObject({ from: 11, to: 40, differing: 0, firstDifference: null });
    expect(parts.reduce((sum, part) => sum + part.here, 0)).toBeGreaterThan(0);
    await lab.call("timeline", "switchTo", { id: original.id });
    expect(await stateHash(lab)).toBe(here);
  });

  test("only so many are kept, and one that was given up is gone", async () => {
    const { lab } = await stimulated(3);
    for (const name of ["a", "b", "c"]) await lab.call("timeline", "fork", { name });
    await expect(lab.call("timeline", "fork", {})).rejects.toMatchObject({ code: "E_CONFLICT", message: "4 timelines are kept at most" });
    const [a] = (await lab.call("timeline", "list", {})).filter(({ name }) => name === "a");
    expect((await lab.call("timeline", "remove", { id: a!.id })).map(({ name }) => name).sort()).toEqual(["Original", "b", "c"]);
    await expect(lab.call("timeline", "switchTo", { id: a!.id })).rejects.toMatchObject({ code: "E_NOT_FOUND" });
    const current = (await lab.call("timeline", "list", {})).find(({ isCurrent }) => isCurrent)!;
    await expect(lab.call("timeline", "remove", { id: current.id })).rejects.toMatchObject({ code: "E_CONFLICT" });
  });

  test("another brain begins alone, and is recorded on the disk again", async () => {
    const { lab } = await stimulated(5);
    await fork(lab);
    await lab.call("genome", "load", { path: sample("essential") });
    expect(await lab.call("timeline", "list", {})).toMatchObject([{ isCurrent: true, origin: null }]);
    await step(lab, 5);
    expect(await lab.call("time", "recording", {})).toMatchObject({ first: 1, last: 5, diskLimitBytes: 64 << 20 });
  });
});

describe("comparing", () => {
  test("tells the first burst that differs, by how much, and who fired in one alone", async () => {
    const { lab, area, raise } = await stimulated(50);
    await lab.call("time", "goTo", { burst: 20 });
    const { original } = await fork(lab);
    await step(lab, 4);
    await raise();
    await step(lab, 26);
    const compared = await lab.call("timeline", "compare", { id: original.id });
    expect(compared).toMatchObject({ from: 21, to: 50, every: 1 });
    expect(compared.firstDifference).toBe(25);
    expect(compared.parts[0]).toMatchObject({ onlyHere: 0, onlyThere: 0 });
    expect(compared.areas[0]!.onlyThere).toBeGreaterThan(0);
    const burst = compared.firstDifference!;
    const { onlyThere, onlyThereNeurons, onlyHere } = await lab.call("timeline", "difference", { id: original.id, burst });
    expect(compared.parts[burst - 21]).toMatchObject({ onlyHere, onlyThere });
    expect(onlyThereNeurons).toHaveLength(onlyThere);
    expect(onlyThereNeurons.every((one) => one.area === area.id)).toBe(true);
    await expect(lab.call("timeline", "difference", { id: original.id, burst: 10 })).rejects.toMatchObject({ code: "E_NOT_FOUND" });
  });
});

test("a hit says in which timeline it was, so that those of a fork are not taken for those of the way it left", async () => {
  const { lab } = await stimulated(10);
  await lab.call("debug", "add", { condition: "1 > 0", action: "log", coolDown: 3 });
  await step(lab, 4);
  const { original, twin } = await fork(lab);
  await step(lab, 4);
  const hits = await lab.call("debug", "hits", {});
  const of = ({ id, name }: typeof twin) => hits.filter(({ timeline }) => timeline.id === id && timeline.name === name).length;
  expect([of(original), of(twin), hits.length]).toEqual([1, 1, 2]);
  await lab.call("time", "stepBack", {});
  expect((await lab.call("debug", "reverseContinue", { condition: "1 > 0" })).reached).toMatchObject({ timeline: { id: twin.id } });
});

describe("a crash", () => {
  test("recovers the timeline that lived; the others were in memory", async () => {
    const { lab, raise } = await stimulated(10);
    const { twin } = await fork(lab);
    await step(lab, 5);
    await raise();
    const { burst } = await lab.call("brain", "checkpoint", {});
    lab.kill();
    const again = await testLab({ folder: lab.folder });
    expect(await again.lab.recover()).toBe(true);
    expect(await status(again)).toMatchObject({ burst, brainId: expect.any(String), canUndo: expect.any(String) });
    expect((await again.call("timeline", "list", {})).map(({ name }) => name)).toEqual(["Original"]);
    expect((await status(again)).brainId).toBe(twin.id);
  });
});
