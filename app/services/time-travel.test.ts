import { afterEach, describe, expect, test } from "vitest";
import { frameWord } from "#contracts/frame.ts";
import { framePrefixWords } from "#contracts/wire.ts";
import { endingHash } from "#core/engine/snapshot-sections.ts";
import { candidate, supplyOf, wearing } from "./testing/engines.ts";
import { closeTestLabs, inputArea, labWith, sample, type TestLab, testLab } from "./testing/test-lab.ts";

afterEach(closeTestLabs);

const status = (lab: TestLab) => lab.call("brain", "status", {});
const step = (lab: TestLab, bursts: number) => lab.call("brain", "step", { bursts });

async function stateHash(lab: TestLab): Promise<bigint> {
  await lab.call("brain", "checkpoint", {});
  return endingHash(lab.ports.checkpoints.newest()!.parts.engine);
}

/** Steps on and notes the state hash after each burst asked for. */
async function hashesAt(lab: TestLab, bursts: number[]): Promise<bigint[]> {
  const hashes: bigint[] = [];
  for (const burst of bursts) {
    await step(lab, burst - (await status(lab)).burst);
    hashes.push(await stateHash(lab));
  }
  return hashes;
}

/** A brain that has work to do. */
async function stimulated(options: Parameters<typeof testLab>[0] = {}) {
  const lab = await labWith("learning", options);
  const area = await inputArea(lab);
  await lab.call("stimulus", "poisson", { area: area.id, probability: 0.1, amplitude: 30, seed: 3 });
  return { lab, area };
}

describe("going back", () => {
  test("puts the state of that burst back, and the same input leads to the same future", async () => {
    const { lab } = await stimulated();
    const [h10, h60] = await hashesAt(lab, [10, 60]);
    const back = await lab.call("time", "goTo", { burst: 10 });
    expect(back).toMatchObject({ from: 60, to: 10, undone: [], status: { burst: 10, state: "paused" } });
    expect(await stateHash(lab)).toBe(h10);
    expect((await lab.call("time", "goTo", { burst: 60 })).status.burst).toBe(60);
    expect(await stateHash(lab)).toBe(h60);
    await lab.call("time", "stepBack", { bursts: 50 });
    await step(lab, 50);
    expect(await stateHash(lab)).toBe(h60);
    expect(await lab.call("time", "verify", {})).toEqual({ from: 1, to: 60, bursts: 60, divergence: null });
  });

  test("pauses a running brain, and one step is one burst", async () => {
    const { lab } = await stimulated();
    await lab.call("brain", "run", { rateHz: 500 });
    await expect.poll(async () => (await status(lab)).burst).toBeGreaterThan(20);
    const { from, to, status: now } = await lab.call("time", "stepBack", {});
    expect(now).toMatchObject({ state: "paused", burst: to });
    expect(to).toBe(from - 1);
  });

  test("keeps later bursts until the brain runs on, and then says what was dropped", async () => {
    const { lab, area } = await stimulated();
    await step(lab, 30);
    await lab.call("time", "goTo", { burst: 12 });
    expect(await lab.call("time", "recording", {})).toMatchObject({ first: 1, last: 30, at: 12 });
    await lab.call("stimulus", "paint", { area: area.id, voxels: [[0, 0, 0]], amplitude: 50 });
    await step(lab, 3);
    expect(await lab.call("time", "recording", {})).toMatchObject({ first: 1, last: 15, at: 15 });
    const events = await lab.call("session", "events", {});
    expect(events.find(({ type }) => type === "time.moved")?.data).toMatchObject({ from: 30, to: 12, undone: [] });
    expect(events.find(({ type }) => type === "time.branched")?.data).toMatchObject({ burst: 12, dropped: 30 });
    expect(await lab.call("time", "verify", {})).toMatchObject({ bursts: 15, divergence: null });
  });

  test("is written once nobody moves any more, so that a crash does not bring back what came later", async () => {
    const { lab } = await stimulated();
    await step(lab, 30);
    for (const burst of [25, 20, 12]) await lab.call("time", "goTo", { burst });
    expect((await status(lab)).checkpointBurst).not.toBe(12);
    await expect.poll(async () => (await status(lab)).checkpointBurst, { timeout: 20_000 }).toBe(12);
  });

  test("shows the viewers the frame of that burst", async () => {
    const { lab } = await stimulated();
    await step(lab, 20);
    const bursts: number[] = [];
    lab.lab.openFrames((message) => bursts.push(new Uint32Array(message)[framePrefixWords + frameWord.burst]!)).credit(4);
    await lab.call("time", "goTo", { burst: 7 });
    expect(bursts.at(-1)).toBe(7);
  });

  test("to a burst that is not recorded is refused and changes nothing", async () => {
    const { lab } = await stimulated();
    await step(lab, 5);
    await expect(lab.call("time", "goTo", { burst: 6 })).rejects.toMatchObject({ code: "E_NOT_FOUND", details: { first: 1, last: 5 } });
    await expect(lab.call("time", "stepBack", { bursts: 6 })).rejects.toMatchObject({ code: "E_NOT_FOUND" });
    expect((await status(lab)).burst).toBe(5);
  });
});

describe("edits and time", () => {
  test("an edit made later is undone with its burst, also in the connectome; one made before stays", async () => {
    const { lab, area } = await stimulated();
    const leakOf = async () => (await lab.call("connectome", "listAreas", {})).find(({ id }) => id === area.id)!.parameters.leak;
    const leak = (value: number) => lab.call("connectome", "updateArea", { id: area.id, parameters: { leak: value } });
    await step(lab, 10);
    await leak(0.25);
    const [h20] = await hashesAt(lab, [20]);
    await leak(0.5);
    await step(lab, 20);
    const { undone } = await lab.call("time", "goTo", { burst: 20 });
    expect(undone).toHaveLength(1);
    expect(await leakOf()).toBe(0.25);
    expect(await stateHash(lab)).toBe(h20);
    expect(await status(lab)).toMatchObject({ canUndo: expect.any(String), canRedo: null });
    await lab.call("time", "goTo", { burst: 10 });
    expect(await leakOf()).toBe(area.parameters.leak);
    expect((await status(lab)).canUndo).toBeNull();
    await lab.call("time", "goTo", { burst: 40 });
    expect(await leakOf()).toBe(0.5);
  });

  test("an edit made at a burst and not run yet goes when the brain is put back to that burst", async () => {
    const { lab, area } = await stimulated();
    await step(lab, 10);
    const before = await stateHash(lab);
    await lab.call("connectome", "updateArea", { id: area.id, parameters: { leak: 0.75 } });
    expect((await lab.call("time", "goTo", { burst: 10 })).undone).toHaveLength(1);
    expect(await stateHash(lab)).toBe(before);
    await step(lab, 5);
    expect(await lab.call("time", "verify", {})).toMatchObject({ bursts: 15, divergence: null });
  });

  test("a structural edit is a keyframe: both sides of it can be gone to", async () => {
    const { lab, area } = await stimulated();
    const [h15] = await hashesAt(lab, [15]);
    const [width, height, depth] = area.dimensions;
    await lab.call("connectome", "updateArea", { id: area.id, dimensions: [width + 1, height, depth] });
    const after = (await status(lab)).neurons;
    const [h25] = await hashesAt(lab, [25]);
    expect((await lab.call("time", "recording", {})).keyframes).toBe(2);
    await lab.call("time", "goTo", { burst: 15 });
    expect(await stateHash(lab)).toBe(h15);
    const before = (await status(lab)).neurons;
    expect(before).toBeLessThan(after);
    expect((await lab.call("connectome", "listAreas", {})).find(({ id }) => id === area.id)?.dimensions).toEqual([width, height, depth]);
    await lab.call("time", "goTo", { burst: 25 });
    expect(await stateHash(lab)).toBe(h25);
    expect(await lab.call("time", "verify", {})).toMatchObject({ bursts: 25, divergence: null });
    await lab.call("time", "goTo", { burst: 15 });
    await step(lab, 5);
    expect((await status(lab)).neurons).toBe(before);
    expect(await lab.call("time", "verify", {})).toMatchObject({ bursts: 20, divergence: null });
  });

  test("a crash after going back recovers the connectome of that burst, not the edits that are gone", async () => {
    const { lab, area } = await stimulated();
    await step(lab, 10);
    await lab.call("brain", "checkpoint", {});
    await lab.call("connectome", "updateArea", { id: area.id, parameters: { leak: 0.25 } });
    await step(lab, 10);
    await lab.call("time", "goTo", { burst: 10 });
    await lab.call("connectome", "updateArea", { id: area.id, name: "later" });
    const expected = (await lab.call("connectome", "listAreas", {})).find(({ id }) => id === area.id);
    lab.kill();
    const again = await testLab({ folder: lab.folder });
    expect(await again.lab.recover()).toBe(true);
    expect((await again.call("connectome", "listAreas", {})).find(({ id }) => id === area.id)).toEqual(expected);
    expect(await again.call("time", "recording", {})).toMatchObject({ first: 11, last: 10 });
  });

  test("a new genome begins a new recording", async () => {
    const { lab } = await stimulated();
    await step(lab, 10);
    await lab.call("genome", "load", { path: sample("barebones") });
    expect(await lab.call("time", "recording", {})).toMatchObject({ first: 1, last: 0, at: 0, keyframes: 1 });
  });
});

describe("engines and time", () => {
  test("swaps and a failing native engine leave no trace in what is recorded", async () => {
    const { lab } = await stimulated({ native: () => supplyOf(() => wearing(candidate(), { failing: new Set([40, 41]) })) });
    await step(lab, 60);
    await lab.call("rollout", "set", { percent: 0, reason: "test" });
    const [h90] = await hashesAt(lab, [90]);
    await lab.call("rollout", "set", { percent: 100, reason: "test" });
    await step(lab, 30);
    expect(await lab.call("time", "verify", {})).toMatchObject({ bursts: 120, divergence: null });
    await lab.call("time", "goTo", { burst: 90 });
    expect(await stateHash(lab)).toBe(h90);
  });

  test("a recording that does not repeat is told with its burst, and going there is refused", async () => {
    const wrong = () => wearing(candidate(), { wrongAt: 20 });
    const { lab } = await stimulated({ native: () => supplyOf(wrong) });
    await step(lab, 40);
    const { divergence, bursts } = await lab.call("time", "verify", {});
    expect(divergence).toMatchObject({ burst: 20, what: expect.stringContaining("processed") });
    expect(bursts).toBe(19);
    await expect(lab.call("time", "goTo", { burst: 30 })).rejects.toMatchObject({ code: "E_DIVERGED", details: { burst: 20 } });
    expect((await status(lab)).burst).toBe(40);
    expect((await lab.call("session", "events", {})).map(({ type }) => type)).toContain("time.diverged");
  });
});

describe("running to a burst", () => {
  test("stops there, and a burst that has run is refused", async () => {
    const { lab } = await stimulated();
    expect(await lab.call("brain", "runTo", { burst: 25 })).toMatchObject({ burst: 25, state: "paused" });
    await expect(lab.call("brain", "runTo", { burst: 25 })).rejects.toMatchObject({ code: "E_CONFLICT", details: { at: 25 } });
  });

  test("is cancelled by a pause, on a burst's boundary", async () => {
    const { lab } = await stimulated();
    const run = lab.call("brain", "runTo", { burst: 10_000_000 });
    await expect.poll(async () => (await status(lab)).burst).toBeGreaterThan(5);
    await lab.call("brain", "pause", {});
    const { burst, state } = await run;
    expect(state).toBe("paused");
    expect(burst).toBeLessThan(10_000_000);
    expect((await status(lab)).burst).toBe(burst);
  });
});

describe("one burst, phase by phase", () => {
  test("what was put in, who fired, what they sent, and it is what the recording says", async () => {
    const { lab } = await stimulated();
    const frames: Uint32Array[] = [];
    const viewer = lab.lab.openFrames((message) => frames.push(new Uint32Array(message).subarray(framePrefixWords)));
    for (let n = 0; n < 30; n++) {
      viewer.credit(1);
      await step(lab, 1);
    }
    for (const burst of [1, 17, 30]) {
      const { inject, integrate, fire, propagate, learn } = await lab.call("time", "phases", { burst, limit: 100_000 });
      const frame = frames[burst - 1]!;
      expect(inject.candidates).toBe(frame[frameWord.processed]);
      expect(fire.fired).toBe(frame[frameWord.fired]);
      expect(integrate.refractory).toBe(frame[frameWord.refractory]);
      const fired = new Set(fire.rows.map(({ neuron }) => neuron));
      expect(propagate.rows.every(({ source }) => fired.has(source))).toBe(true);
      expect(propagate.arrivals.reduce((sum, { synapses }) => sum + synapses, 0)).toBe(propagate.synapses);
      expect(learn.changed).toBe(learn.rows.length);
    }
    const { inject } = await lab.call("time", "phases", { burst: 30, limit: 1 });
    expect(inject.rows).toHaveLength(1);
    expect(inject.candidates).toBeGreaterThan(1);
    await expect(lab.call("time", "phases", { burst: 31 })).rejects.toMatchObject({ code: "E_NOT_FOUND" });
  });
});

test("the limits of the recording are a setting", async () => {
  const { lab } = await stimulated();
  const told = await lab.call("time", "setLimits", { ramMegabytes: 32, diskMegabytes: 100 });
  expect(told).toMatchObject({ ramLimitBytes: 32 << 20, diskLimitBytes: 100 << 20 });
  expect(lab.ports.settings.get("recording.limits")).toEqual({ ramBytes: 32 << 20, diskBytes: 100 << 20 });
});

describe("the recording drawn small", () => {
  test("tells firings part by part, keyframes, and what was changed when", async () => {
    const { lab, area } = await stimulated();
    await step(lab, 10);
    await lab.call("connectome", "updateArea", { id: area.id, parameters: { leak: 0.25 } });
    await step(lab, 15);
    const whole = await lab.call("time", "activity", {});
    expect(whole).toMatchObject({ from: 1, to: 25, every: 1, read: 25, keyframes: expect.arrayContaining([0]) });
    expect(whole.mean).toEqual(whole.most);
    expect(Math.max(...whole.most)).toBeGreaterThan(0);
    expect(whole.changes).toContainEqual({ burst: 11, kind: "edit", what: (await status(lab)).canUndo });
    const coarse = await lab.call("time", "activity", { from: 1, to: 25, points: 5 });
    expect(coarse.most).toEqual([0, 5, 10, 15, 20].map((at) => Math.max(...whole.most.slice(at, at + 5))));
    const series = await lab.call("time", "series", { condition: `fires(${JSON.stringify(area.name)})`, points: 5 });
    expect(series).toMatchObject({ from: 1, to: 25, every: 5 });
    const { recorded } = await lab.call("debug", "evaluate", {
      condition: `fires(${JSON.stringify(area.name)}) == ${Math.max(...series.high.map(Number))}`,
    });
    expect(series.high[Math.floor((recorded.last[0]! - 1) / 5)]).toBe(Math.max(...series.high.map(Number)));
  });

  test("leaves unknown values out, and is empty before the first burst", async () => {
    const { lab, area } = await stimulated();
    expect(await lab.call("time", "activity", {})).toMatchObject({ from: 1, to: 0, mean: [], read: 0 });
    await step(lab, 8);
    const { low, high } = await lab.call("time", "series", { condition: `rate(${JSON.stringify(area.name)}, 5)` });
    expect(low.slice(0, 4)).toEqual([null, null, null, null]);
    expect(low.slice(4)).toEqual(high.slice(4));
    expect(low[4]).not.toBeNull();
  });
});

describe("the trace of neurons", () => {
  test("has the potentials of the series and the sums of the accounts, in refractory bursts too", async () => {
    const { lab, area } = await stimulated();
    await lab.call("connectome", "updateArea", { id: area.id, parameters: { refractoryPeriod: 3 } });
    await step(lab, 40);
    const { neurons } = await lab.call("analysis", "spikes", { area: area.id });
    const chosen = [neurons[0]!, neurons.at(-1)!, 8889];
    const { from, to, traces } = await lab.call("time", "trace", { neurons: chosen, from: 5 });
    expect([from, to, traces.map(({ neuron }) => neuron)]).toEqual([5, 40, chosen]);
    for (const trace of traces) {
      const of = (term: string) => lab.call("time", "series", { condition: `${term}(N#${trace.neuron})`, from, to });
      expect(trace.potential).toEqual((await of("potential")).high);
      expect(trace.fired.map(Number)).toEqual((await of("fired")).high);
      expect(trace.exact).toBe(true);
    }
    const [fires] = traces;
    const first = fires!.fired.indexOf(true);
    expect(fires!.refractory.slice(first, first + 4)).toEqual([0, 3, 2, 1]);
    for (const at of [first, first + 1, first + 3, 30]) {
      const question = { neuron: fires!.neuron, burst: from + at };
      const account = await lab.call("debug", fires!.fired[at] ? "why" : "whyNot", question);
      expect([fires!.carried[at], Number(fires!.psp[at]) + Number(fires!.external[at])]).toEqual([account.carried.left, account.sum]);
    }
    expect(fires!.external[first]).toBe(30);
  });

  test("goes on over a structural edit, and has no values of a neuron before it was there", async () => {
    const { lab, area } = await stimulated();
    await step(lab, 6);
    const { neurons: before } = await status(lab);
    const [width, height, depth] = area.dimensions;
    await lab.call("connectome", "updateArea", { id: area.id, dimensions: [width + 1, height, depth] });
    await step(lab, 6);
    const { traces } = await lab.call("time", "trace", { neurons: [0, before] });
    const { high } = await lab.call("time", "series", { condition: `potential(N#${before})` });
    expect(traces[1]!.potential).toEqual(high);
    expect(traces[0]!.psp.every((value) => value !== null)).toBe(true);
    expect(traces[1]!.psp.map((value) => value === null)).toEqual(Array.from({ length: 12 }, (_, at) => at < 6));
  });

  test("is empty before the first burst, and refuses more bursts than one trace holds", async () => {
    const { lab } = await stimulated();
    expect(await lab.call("time", "trace", { neurons: [0] })).toMatchObject({
      from: 1,
      to: 0,
      traces: [{ neuron: 0, psp: [], exact: true }],
    });
    await expect(lab.call("time", "trace", { neurons: [] })).rejects.toMatchObject({ code: "E_INVALID" });
    await step(lab, 2001);
    await expect(lab.call("time", "trace", { neurons: [0], from: 1 })).rejects.toMatchObject({
      code: "E_INVALID",
      advice: "Ask for fewer.",
    });
  });
});
