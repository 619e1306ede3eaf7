import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { firedIds, frameWord } from "#contracts/frame.ts";
import type { Announcement } from "#contracts/wire.ts";
import { framePrefixWords } from "#contracts/wire.ts";
import { grown } from "#core/development/grow.ts";
import { createReferenceEngine } from "#core/engine/reference/reference-engine.ts";
import { endingHash } from "#core/engine/snapshot-sections.ts";
import { stimulusPatch } from "#core/engine/stimulus.ts";
import { decodeBrain } from "#core/exchange/brain-file.ts";
import { parseGenome } from "#core/genome/parse.ts";
import type { EditRecord } from "./editor.ts";
import type { LabClock } from "./ports.ts";
import { candidate, supplyOf } from "./testing/engines.ts";
import { closeTestLabs, inputArea, labWith, sample, type TestLab, testLab } from "./testing/test-lab.ts";

afterEach(closeTestLabs);

const of = <T extends Announcement["type"]>(lab: TestLab, type: T) =>
  lab.announced.filter((one): one is Extract<Announcement, { type: T }> => one.type === type);

async function snapshotHash(lab: TestLab): Promise<string> {
  await lab.call("brain", "checkpoint", {});
  return endingHash(lab.ports.checkpoints.newest()!.parts.engine).toString(16);
}

describe("loading", () => {
  test("a genome grows through its stages, area by area, into a paused brain", async () => {
    const lab = await labWith("essential");
    const status = await lab.call("brain", "status", {});
    expect(status).toMatchObject({ state: "paused", burst: 0, generation: 1, durable: true, unsaved: false });
    expect(status.neurons).toBeGreaterThan(0);
    const progress = of(lab, "growth.progress").map((one) => one.progress);
    expect([...new Set(progress.map(({ stage }) => stage))]).toEqual([
      "parse",
      "corticogenesis",
      "voxelogenesis",
      "neurogenesis",
      "synaptogenesis",
    ]);
    expect(new Set(progress.flatMap(({ finishedArea }) => finishedArea?.id ?? [])).size).toBe(status.areas);
    expect(of(lab, "connectome.replaced")).toHaveLength(1);
    const events = await lab.call("session", "events", {});
    expect(events.map(({ type }) => type)).toContain("genome.loaded");
  });

  test("a genome is estimated without being grown, and one that has no room is refused with that estimate", async () => {
    const lab = await testLab({ availableMemory: () => 100_000 });
    const path = sample("essential");
    const estimate = await lab.call("genome", "estimate", { path });
    expect(estimate).toMatchObject({ neurons: 55_363, availableBytes: 100_000, fits: false });
    await expect(lab.call("genome", "load", { path })).rejects.toMatchObject({
      code: "E_GENOME",
      details: { problems: [{ code: "MEMORY_ESTIMATE", message: expect.stringContaining("55363 neurons") }] },
    });
    expect(await lab.call("brain", "status", {})).toMatchObject({ state: "empty", neurons: 0 });
    const capacity = await lab.call("brain", "capacity", {});
    expect(capacity.availableBytes).toBe(100_000);
    expect(capacity.neurons).toBeGreaterThan(0);
    expect(capacity.neurons).toBeLessThan(estimate.neurons);
    const roomy = await testLab({ availableMemory: () => 1e15 });
    expect(await roomy.call("brain", "capacity", {})).toMatchObject({ neurons: 50_000_000, synapses: 100_000_000 });
    expect(await lab.call("genome", "estimate", { text: readFileSync(path, "utf8") })).toEqual(estimate);
  });

  test.each([
    ["truncated", '{"blueprint": {'],
    ["not JSON", "hello"],
    ["a list", "[1, 2, 3]"],
    ["without a blueprint", '{"version": "3.0"}'],
    ["deeply nested", "[".repeat(2_000_000)],
    ["of wrong types", '{"version":"2.0","blueprint":7,"neuron_morphologies":[],"physiology":"x"}'],
  ])("a bad genome (%s) leaves the loaded brain as it was and lists what is wrong", async (_, text) => {
    const lab = await labWith("barebones");
    await lab.call("brain", "step", { bursts: 3 });
    const before = await lab.call("brain", "status", {});
    await expect(lab.call("genome", "load", { text, name: "bad" })).rejects.toMatchObject({ code: "E_GENOME" });
    const [failed] = of(lab, "growth.failed");
    expect(failed?.problems.length).toBeGreaterThan(0);
    expect(failed?.problems[0]).toMatchObject({ message: expect.any(String), path: expect.any(String) });
    const { brainId, burst, generation, state } = await lab.call("brain", "status", {});
    expect({ brainId, burst, generation, state }).toEqual({ brainId: before.brainId, burst: 3, generation: 1, state: "paused" });
  });

  test("a file that is not there is named", async () => {
    const lab = await testLab();
    await expect(lab.call("genome", "load", { path: "/nowhere/x.json" })).rejects.toMatchObject({ code: "E_NOT_FOUND" });
    expect(of(lab, "growth.failed")).toHaveLength(1);
  });

  test("a growth can be cancelled, and the brain before it runs on", async () => {
    const lab = await labWith("barebones");
    await lab.call("brain", "run", { rateHz: 100 });
    const growth = lab.call("genome", "load", { path: sample("pong") });
    growth.catch(() => {});
    await expect.poll(() => of(lab, "growth.progress").some(({ progress }) => progress.stage === "synaptogenesis")).toBe(true);
    await expect(lab.call("genome", "load", { path: sample("test") })).rejects.toMatchObject({ code: "E_CONFLICT" });
    expect(await lab.call("genome", "cancel", {})).toEqual({ cancelled: true });
    await expect(growth).rejects.toMatchObject({ code: "E_CANCELLED" });
    expect(of(lab, "growth.cancelled")).toHaveLength(1);
    expect(await lab.call("brain", "status", {})).toMatchObject({ state: "running", generation: 1 });
  });
});

test("a cancel that comes while the engine takes the new brain up is heard before anything changes", async () => {
  let cancelled: Promise<unknown> = Promise.resolve();
  let loads = 0;
  const lab: TestLab = await testLab({
    native: () =>
      supplyOf(() => {
        if (++loads === 2) cancelled = lab.call("genome", "cancel", {});
        return candidate();
      }),
  });
  await lab.call("genome", "load", { path: sample("barebones") });
  await expect(lab.call("genome", "load", { path: sample("test") })).rejects.toMatchObject({ code: "E_CANCELLED" });
  expect(await cancelled).toEqual({ cancelled: true });
  expect(await lab.call("brain", "status", {})).toMatchObject({ state: "paused", generation: 1 });
});

describe("running", () => {
  test("pause stops on a boundary, step runs exactly as many bursts as asked for", async () => {
    const lab = await labWith("learning");
    await lab.call("brain", "run", { rateHz: 500 });
    await expect.poll(async () => (await lab.call("brain", "status", {})).burst).toBeGreaterThan(20);
    await expect(lab.call("brain", "step", {})).rejects.toMatchObject({ code: "E_CONFLICT" });
    const paused = await lab.call("brain", "pause", {});
    expect(paused.state).toBe("paused");
    expect((await lab.call("brain", "step", { bursts: 7 })).burst).toBe(paused.burst + 7);
    expect((await lab.call("brain", "status", {})).burst).toBe(paused.burst + 7);
  });

  test("a rate that is missed for seconds is said, and a lower one ends it", async () => {
    let now = 0;
    // Each turn of the event loop costs 50 ms, so a burst cannot come more often than that.
    const clock: LabClock = {
      nowMs: () => now,
      time: () => "2026-01-01T00:00:00.000Z",
      sleep(ms) {
        // The next checkpoint is an hour away.
        if (ms > 60_000) return { done: new Promise(() => {}), wake() {} };
        now += ms;
        return { done: new Promise((resolve) => setImmediate(resolve)), wake() {} };
      },
      breathe() {
        now += 50;
        return new Promise((resolve) => setImmediate(resolve));
      },
    };
    const lab = await labWith("barebones", { clock, forcedBy: "GYRUS_FORCE_REFERENCE" });
    const codes = async () => (await lab.call("connectome", "problems", {})).map(({ code }) => code);
    await lab.call("brain", "run", { rateHz: 30 });
    await expect.poll(async () => (await lab.call("brain", "status", {})).overloaded).toBe(true);
    expect(await codes()).toContain("OVERLOAD");
    expect(of(lab, "notice").map(({ message }) => message)).toContainEqual("The brain does not keep up with the 30 Hz asked for.");
    expect((await lab.call("brain", "status", {})).lateMs.p50).toBeGreaterThan(10);
    await lab.call("brain", "setRate", { rateHz: 2 });
    expect((await lab.call("brain", "status", {})).overloaded).toBe(false);
    expect(await codes()).not.toContain("OVERLOAD");
    await lab.call("brain", "pause", {});
  });

  test("a viewer without credit costs nothing and then gets the newest frame and the count of those it missed", async () => {
    const lab = await labWith("learning");
    const frames: Uint32Array[] = [];
    const viewer = lab.lab.openFrames((message) => frames.push(new Uint32Array(message)));
    await lab.call("brain", "step", { bursts: 50 });
    expect(frames).toHaveLength(0);
    viewer.credit(2);
    expect(frames.map((frame) => [frame[0], frame[1], frame[framePrefixWords + frameWord.burst]])).toEqual([[49, 1, 50]]);
    await lab.call("brain", "step", { bursts: 3 });
    expect(frames.map((frame) => [frame[0], frame[framePrefixWords + frameWord.burst]])).toEqual([
      [49, 50],
      [0, 51],
    ]);
  });

  test("commands without a brain say so, wrong input is located, unknown names are refused", async () => {
    const lab = await testLab();
    await expect(lab.call("brain", "run", {})).rejects.toMatchObject({ code: "E_NO_BRAIN" });
    await expect(lab.call("brain", "step", { bursts: 0 })).rejects.toMatchObject({
      code: "E_INVALID",
      details: { issues: [{ path: "bursts" }] },
    });
    await expect(lab.lab.call("brain.explode", {}, { signal: { aborted: false }, source: "test" })).rejects.toMatchObject({
      code: "E_NOT_FOUND",
    });
  });

  test("a burst that fails on the reference stops the brain and says so", async () => {
    const lab = await testLab({ percent: 0 });
    const make = lab.ports.engines.reference;
    lab.ports.engines.reference = () => {
      const engine = make();
      const burstInto = engine.burstInto.bind(engine);
      engine.burstInto = async (frame) => {
        if (engine.burst === 5) throw new Error("worn out");
        return burstInto(frame);
      };
      return engine;
    };
    await lab.call("genome", "load", { path: sample("barebones") });
    await lab.call("brain", "run", { rateHz: 1000 });
    await expect.poll(async () => (await lab.call("brain", "status", {})).state).toBe("failed");
    expect(await lab.call("connectome", "problems", {})).toContainEqual(expect.objectContaining({ code: "BRAIN_STOPPED" }));
  });
});

describe("stimuli", () => {
  test("what is painted while paused waits there and acts in the next burst, once", async () => {
    const lab = await labWith("essential");
    const area = await inputArea(lab);
    const frames: Uint32Array[] = [];
    lab.lab.openFrames((message) => frames.push(new Uint32Array(message).subarray(framePrefixWords))).credit(20);
    await lab.call("brain", "run", { rateHz: 100 });
    const { burst } = await lab.call("brain", "pause", {});
    const amplitude = area.parameters.firingThreshold + 1;
    await lab.call("stimulus", "paint", { area: area.id, voxels: [[0, 0, 0]], amplitude, bursts: 1 });
    expect(await lab.call("stimulus", "list", {})).toMatchObject([{ remaining: 1 }]);
    frames.length = 0;
    await lab.call("brain", "step", {});
    await lab.call("brain", "step", {});
    const neuron = area.firstNeuron + area.neuronsPerVoxel - 1;
    expect(frames.map((frame) => [frame[frameWord.burst], firedIds(frame).includes(neuron)])).toEqual([
      [burst + 1, true],
      [burst + 2, false],
    ]);
  });

  test("painted voxels fire in the next burst, for as long as asked, and are recorded", async () => {
    const lab = await labWith("essential");
    const area = await inputArea(lab);
    const frames: Uint32Array[] = [];
    lab.lab.openFrames((message) => frames.push(new Uint32Array(message).subarray(framePrefixWords))).credit(4);
    await lab.call("stimulus", "paint", {
      area: area.id,
      voxels: [[0, 0, 0]],
      amplitude: area.parameters.firingThreshold + 1,
      bursts: 3,
      every: 2,
    });
    await lab.call("brain", "step", { bursts: 4 });
    const neuron = area.firstNeuron + area.neuronsPerVoxel - 1;
    expect(frames.map((frame) => firedIds(frame).includes(neuron))).toEqual([true, false, true, false]);
    expect(await lab.call("stimulus", "list", {})).toEqual([]);
    const events = await lab.call("session", "events", {});
    expect(events.map(({ type }) => type).filter((type) => type.startsWith("sensory."))).toEqual(["sensory.inject", "sensory.end"]);
  });

  test("a voxel outside its area is refused", async () => {
    const lab = await labWith("essential");
    const area = await inputArea(lab);
    const [width] = area.dimensions;
    await expect(lab.call("stimulus", "paint", { area: area.id, voxels: [[width, 0, 0]], amplitude: 1 })).rejects.toMatchObject({
      code: "E_INVALID",
      details: { issues: [{ path: "voxels.0" }] },
    });
  });

  test("the recorded input alone repeats a run, burst by burst", async () => {
    const lab = await labWith("essential");
    const area = await inputArea(lab);
    const parsed = parseGenome(readFileSync(sample("essential"), "utf8"));
    if (!parsed.ok) throw new Error("the sample does not parse");
    const connectome = grown(parsed.genome);
    await lab.call("brain", "step", { bursts: 5 });
    await lab.call("stimulus", "poisson", { area: area.id, probability: 0.3, amplitude: 2, seed: 9 });
    await lab.call("brain", "step", { bursts: 40 });
    const [{ id } = { id: "" }] = await lab.call("stimulus", "list", {});
    await lab.call("stimulus", "remove", { id });
    await lab.call("brain", "step", { bursts: 20 });
    const events = await lab.call("session", "events", {});
    const inject = events.find(({ type }) => type === "sensory.inject")!.data as never as Parameters<typeof stimulusPatch>[0][number];
    const { afterBurst } = events.find(({ type }) => type === "sensory.end")!.data as { afterBurst: number };
    const engine = createReferenceEngine();
    engine.load(connectome.image);
    const frame = new Uint32Array(engine.frameWords);
    for (let burst = 1; burst <= 65; burst++) {
      if (burst <= afterBurst) engine.apply(stimulusPatch([inject], connectome, burst));
      engine.burstIntoSync(frame);
    }
    expect(engine.stateHash().toString(16)).toBe(await snapshotHash(lab));
  });
});

describe("editing", () => {
  test("a parameter changes in the gap before the next burst; undo and redo are events of their own", async () => {
    const lab = await labWith("essential");
    const area = await inputArea(lab);
    const threshold = area.parameters.firingThreshold;
    await lab.call("connectome", "updateArea", { id: area.id, parameters: { firingThreshold: threshold + 3 } });
    expect(await lab.call("brain", "status", {})).toMatchObject({
      unsaved: true,
      canUndo: expect.stringContaining("parameters"),
      canRedo: null,
    });
    const { threshold: now } = await lab.call("connectome", "getNeuron", { id: area.firstNeuron });
    expect(now).toBe(Math.fround(threshold + 3));
    expect(await lab.call("connectome", "undo", {})).toMatchObject({ canUndo: null, canRedo: expect.any(String) });
    expect((await lab.call("connectome", "getNeuron", { id: area.firstNeuron })).threshold).toBe(Math.fround(threshold));
    await lab.call("connectome", "redo", {});
    expect((await lab.call("connectome", "getNeuron", { id: area.firstNeuron })).threshold).toBe(Math.fround(threshold + 3));
    await expect(lab.call("connectome", "redo", {})).rejects.toMatchObject({ code: "E_CONFLICT" });
    const edits = (await lab.call("session", "events", {})).filter(({ type }) => type === "connectome.edited");
    expect(edits.map(({ data }) => (data as { via: string }).via)).toEqual(["edit", "undo", "redo"]);
  });

  test("a resize is worked out beside the running brain, keeps what lives on, and can be undone", async () => {
    const lab = await labWith("learning");
    await lab.call("brain", "step", { bursts: 30 });
    const area = await inputArea(lab);
    const before = await lab.call("brain", "status", {});
    await lab.call("brain", "run", { rateHz: 200 });
    const [width, height, depth] = area.dimensions;
    const resized = await lab.call("connectome", "updateArea", { id: area.id, dimensions: [width + 2, height, depth] });
    expect(resized.neurons).toBe((area.neurons / width) * (width + 2));
    const paused = await lab.call("brain", "pause", {});
    expect(paused.burst).toBeGreaterThanOrEqual(30);
    expect(paused.neurons).toBe(before.neurons + resized.neurons - area.neurons);
    await lab.call("connectome", "undo", {});
    const after = await lab.call("brain", "step", { bursts: 5 });
    expect([after.neurons, after.synapses, after.burst]).toEqual([before.neurons, before.synapses, paused.burst + 5]);
  });
});

describe("nothing is lost", () => {
  test("after a kill the newest checkpoint goes on exactly as the brain would have, edits made since included", async () => {
    const lab = await labWith("learning");
    const area = await inputArea(lab);
    await lab.call("stimulus", "poisson", { area: area.id, probability: 0.05, amplitude: 30, seed: 3 });
    await lab.call("brain", "step", { bursts: 40 });
    await lab.call("brain", "checkpoint", {});
    await lab.call("connectome", "updateArea", { id: area.id, parameters: { leak: 0.25 } });
    await lab.call("brain", "step", { bursts: 25 });
    const expected = await hashOfEngine(lab);
    lab.kill();

    const again = await testLab({ folder: lab.folder });
    expect(again.lab.crashed).toBe(true);
    expect(await again.lab.recover()).toBe(true);
    const recovered = await again.call("brain", "status", {});
    expect(recovered).toMatchObject({ recoveredAtBurst: 40, burst: 40, state: "paused", unsaved: true, canUndo: expect.any(String) });
    await again.call("brain", "step", { bursts: 25 });
    expect(await hashOfEngine(again)).toBe(expected);
    expect((await again.call("connectome", "listAreas", {})).find(({ id }) => id === area.id)?.parameters.leak).toBe(0.25);
  });

  test("a refused edit leaves no event, and one that got into the log costs nothing but itself", async () => {
    const lab = await labWith("barebones");
    const [area] = await lab.call("connectome", "listAreas", {});
    await lab.call("brain", "checkpoint", {});
    const far = { id: area!.id, position: [1e12, 0, 0] as [number, number, number] };
    await expect(lab.call("connectome", "updateArea", far)).rejects.toMatchObject({ code: "E_INVALID" });
    const edits = async () => (await lab.call("session", "events", {})).filter(({ type }) => type === "connectome.edited");
    expect(await edits()).toEqual([]);
    await lab.call("connectome", "updateArea", { id: area!.id, name: "kept" });
    const data = (await edits())[0]?.data as EditRecord;
    const elsewhere = { ...data, change: { splices: [{ at: 0, removed: "no genome begins so", inserted: "" }] } };
    await lab.ports.events.append([{ type: "connectome.edited", source: "test", data: elsewhere }]);
    await lab.call("connectome", "updateArea", { id: area!.id, position: [1, 2, 3] });
    lab.kill();
    const again = await testLab({ folder: lab.folder });
    expect(await again.lab.recover()).toBe(true);
    expect((await again.call("connectome", "listAreas", {}))[0]).toMatchObject({ name: "kept", position: [1, 2, 3] });
  });

  test("a brain that ran when it was killed runs on; one that was closed well is no crash", async () => {
    const lab = await labWith("essential");
    await lab.call("brain", "run", { rateHz: 100 });
    await lab.call("brain", "checkpoint", {});
    lab.kill();
    const again = await testLab({ folder: lab.folder });
    await again.lab.recover();
    expect(await again.call("brain", "status", {})).toMatchObject({ state: "running", targetHz: 100 });
    await again.lab.close();
    again.kill();
    expect((await testLab({ folder: lab.folder })).lab.crashed).toBe(false);
  });

  test("input begun and ended after the checkpoint acts in the same bursts again, at the same rate, running as it was", async () => {
    const lab = await labWith("essential");
    const area = await inputArea(lab);
    await lab.call("brain", "step", { bursts: 10 });
    await lab.call("brain", "checkpoint", {});
    await lab.call("brain", "step", { bursts: 5 });
    const { id } = await lab.call("stimulus", "poisson", { area: area.id, probability: 0.4, amplitude: 9, seed: 4 });
    await lab.call("brain", "step", { bursts: 20 });
    await lab.call("stimulus", "remove", { id });
    await lab.call("brain", "step", { bursts: 7 });
    const expected = await hashOfEngine(lab);
    await lab.call("brain", "setRate", { rateHz: 77 });
    lab.kill();
    const again = await testLab({ folder: lab.folder });
    await again.lab.recover();
    expect(await again.call("brain", "status", {})).toMatchObject({ burst: 10, targetHz: 77, state: "paused" });
    await again.call("brain", "step", { bursts: 32 });
    expect(await hashOfEngine(again)).toBe(expected);
    expect(await again.call("stimulus", "list", {})).toEqual([]);
    await again.call("brain", "checkpoint", {});
    await again.call("brain", "run", {});
    again.kill();
    const third = await testLab({ folder: lab.folder });
    await third.lab.recover();
    expect(await third.call("brain", "status", {})).toMatchObject({ state: "running" });
  });

  test("a second checkpoint writes only what changed", async () => {
    const lab = await labWith("learning");
    await lab.call("brain", "step", { bursts: 10 });
    const whole = await lab.call("brain", "checkpoint", {});
    await lab.call("brain", "step", { bursts: 1 });
    const next = await lab.call("brain", "checkpoint", {});
    expect(next.burst).toBe(11);
    const size = lab.ports.checkpoints.newest()!.parts.engine.length;
    expect(next.bytesWritten).toBeLessThan(size / 4);
    expect(whole.bytesWritten).toBeLessThan(size);
  });

  test("an exported brain file opens again at the burst it was saved at", async () => {
    const lab = await labWith("learning");
    await lab.call("brain", "step", { bursts: 12 });
    const target = path.join(lab.folder, "kept.brain");
    await lab.call("session", "export", { format: "brain", path: target });
    const expected = await hashOfEngine(lab);
    await lab.call("brain", "step", { bursts: 5 });
    expect(await lab.call("genome", "load", { path: target })).toMatchObject({ burst: 12, generation: 2 });
    expect(await hashOfEngine(lab)).toBe(expected);
    writeFileSync(target, "GYRBRAIN but broken");
    await expect(lab.call("genome", "load", { path: target })).rejects.toMatchObject({ code: "E_NETWORK" });
  });
});

async function hashOfEngine(lab: TestLab): Promise<string> {
  const target = path.join(lab.folder, "state.brain");
  await lab.call("session", "export", { format: "brain", path: target });
  const { snapshot } = decodeBrain(new Uint8Array(readFileSync(target)));
  return endingHash(snapshot).toString(16);
}

test("the self-test compares both engines on the running brain and counts the bursts", async () => {
  const lab = await labWith("learning");
  await lab.call("brain", "step", { bursts: 10 });
  const { parity, comparison, speedup, times } = await lab.call("rollout", "selftest", { bursts: 50 });
  expect(parity.mismatches).toBe(0);
  expect(parity.bursts).toBeGreaterThanOrEqual(50);
  expect(comparison).toMatchObject({ bursts: "same", reference: { bursts: 50 }, native: { bursts: 50 } });
  expect(speedup).toBe(comparison!.reference.p50Ms / comparison!.native.p50Ms);
  expect(times.native.bursts).toBe(10);
});

test("the rollout goes up only through passing gates or with a reason, and down at once", async () => {
  const lab = await labWith("essential", { percent: 0 });
  await expect(lab.call("rollout", "set", { percent: 100 })).rejects.toMatchObject({ code: "E_GATE" });
  expect(await lab.call("rollout", "advance", { early: true, reason: "trying it" })).toMatchObject({ percent: 10 });
  expect(await lab.call("rollout", "set", { percent: 100, reason: "trying more" })).toMatchObject({ percent: 100 });
  expect(await lab.call("brain", "step", {})).toMatchObject({ engine: "native" });
  expect(await lab.call("rollout", "set", { percent: 0 })).toMatchObject({ percent: 0 });
  expect(await lab.call("brain", "step", {})).toMatchObject({ engine: "reference" });
  const { history } = await lab.call("rollout", "status", {});
  expect(history.map(({ percent, reason }) => [percent, reason])).toEqual([
    [10, "early: trying it"],
    [100, "trying more"],
    [0, "chosen by a person"],
  ]);
});
