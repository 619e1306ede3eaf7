import { afterEach, describe, expect, test } from "vitest";
import { frameWord } from "#contracts/frame.ts";
import { type NetworkImage, NO_FIRE_LIMIT, NO_THRESHOLD_LIMIT } from "#contracts/network.ts";
import { PatchWriter } from "#contracts/patch.ts";
import type { Engine } from "#core/engine/engine.ts";
import { pcg } from "#core/engine/membrane.ts";
import { poissonCount } from "#core/engine/poisson.ts";
import { decodeSnapshot } from "#core/engine/reference/snapshot-codec.ts";
import { endingHash } from "#core/engine/snapshot-sections.ts";
import { EngineRunner } from "./engine-runner.ts";
import { Rollout } from "./rollout.ts";
import { candidate, candidateName, type Faults, reference, supplyOf, wearing } from "./testing/engines.ts";
import { closeTestLabs, testLab } from "./testing/test-lab.ts";

afterEach(closeTestLabs);

const NEURONS = 4000;

/** Every neuron sends to ten others, a quarter of them inhibitory, up to nine bursts later. */
function network(): NetworkImage {
  const synapses = NEURONS * 10;
  const random = (salt: number, i: number, limit: number) => pcg(pcg(salt) ^ i) % limit;
  return {
    dynamics: "standard",
    precision: "f32",
    powerAmount: 1,
    neurons: {
      count: NEURONS,
      area: Uint32Array.from({ length: NEURONS }, (_, i) => 7 + (i % 3)),
      x: Uint32Array.from({ length: NEURONS }, (_, i) => i),
      y: new Uint32Array(NEURONS),
      z: new Uint32Array(NEURONS),
      threshold: new Float32Array(NEURONS).fill(1),
      thresholdLimit: new Float32Array(NEURONS).fill(NO_THRESHOLD_LIMIT),
      leak: new Float32Array(NEURONS).fill(0.13),
      excitability: new Float32Array(NEURONS).fill(0.9),
      refractoryPeriod: Uint16Array.from({ length: NEURONS }, (_, i) => i % 3),
      consecutiveFireLimit: new Uint16Array(NEURONS).fill(NO_FIRE_LIMIT),
      snoozePeriod: new Uint16Array(NEURONS),
      accumulates: new Uint8Array(NEURONS).fill(1),
    },
    synapses: {
      count: synapses,
      source: Uint32Array.from({ length: synapses }, (_, i) => Math.floor(i / 10)),
      target: Uint32Array.from({ length: synapses }, (_, i) => random(1, i, NEURONS)),
      weight: Float32Array.from({ length: synapses }, (_, i) => 0.11 + random(2, i, 100) / 333),
      psp: new Float32Array(synapses).fill(1),
      kind: Uint8Array.from({ length: synapses }, (_, i) => (random(3, i, 4) === 0 ? 1 : 0)),
      delay: Uint8Array.from({ length: synapses }, (_, i) => 1 + random(4, i, 9)),
      flags: new Uint8Array(synapses),
    },
    areas: [{ index: 8, pspUniform: false, mpDrivenPsp: false, degeneration: 0.0001, baselinePsp: null }],
  };
}

function inputFor(burst: number): Uint32Array {
  const patch = new PatchWriter();
  for (let id = 0; id < NEURONS; id++) {
    const count = poissonCount(0.7, 5, id, burst);
    if (count > 0) patch.begin("stageInput", 2).u32(id).f32(count);
  }
  return patch.take();
}

/** The state hash after `bursts` bursts on one engine alone. */
function plainRun(bursts: number): bigint {
  const engine = reference();
  engine.load(network());
  const frame = new Uint32Array(engine.frameWords);
  for (let burst = 1; burst <= bursts; burst++) {
    engine.apply(inputFor(burst));
    engine.burstIntoSync(frame);
  }
  return engine.stateHash();
}

interface Run {
  percent: number;
  brainId?: string;
  create?: () => Engine;
  onBurst?: (runner: EngineRunner, frame: Uint32Array) => void;
  /** Ignores engine times, where a busy machine could change what is tested. */
  untimed?: boolean;
  timeoutMs?: number;
}

async function runnerOf({ percent, brainId = "brain-001", create = candidate, untimed = true, timeoutMs = 30_000 }: Run) {
  const health = untimed ? { latencyFloorMs: Number.MAX_VALUE } : {};
  const { ports } = await testLab({ percent, native: () => supplyOf(create), health, timeoutMs });
  let runner: EngineRunner | null = null;
  const rollout = new Rollout(ports, () => runner?.rolloutChanged());
  runner = new EngineRunner({ ports, rollout, brainId, start: network() });
  return { runner, rollout, ports };
}

async function run(bursts: number, { runner, onBurst }: { runner: EngineRunner; onBurst?: Run["onBurst"] }): Promise<void> {
  let buffer = new Uint32Array(runner.engine.frameWords);
  for (let burst = 1; burst <= bursts; burst++) {
    await runner.apply(inputFor(runner.burst + 1));
    const { frame, words } = await runner.runBurst(buffer);
    buffer = frame as Uint32Array<ArrayBuffer>;
    expect(frame[frameWord.burst]).toBe(runner.burst);
    onBurst?.(runner, frame.subarray(0, words));
  }
}

describe(`with the ${candidateName}`, () => {
  test("five swaps and more, delays pending and a thousand firings a burst, end in the state of a run without swaps", async () => {
    const { runner, rollout } = await runnerOf({ percent: 10 });
    const kinds: string[] = [];
    let swaps = 0;
    await run(600, {
      runner,
      onBurst: (now, frame) => {
        if (now.burst % 100 === 0) {
          // A person flips the rollout in the middle of windows as well.
          rollout.set(rollout.percent === 100 ? 0 : 100, "test", now.burst);
          expect(decodeSnapshot(now.snapshot()).columns.arrivalTarget.length).toBeGreaterThan(1000);
        }
        if (now.burst > 20) expect(frame[frameWord.fired]).toBeGreaterThan(1000);
        if (kinds.at(-1) !== now.kind) {
          if (kinds.length > 0) swaps++;
          kinds.push(now.kind);
        }
      },
    });
    expect(swaps).toBeGreaterThanOrEqual(5);
    expect(endingHash(runner.snapshot())).toBe(plainRun(600));
  });

  test("an error at burst 57 of 100 leaves no trace in the result", async () => {
    const failing = new Set([57]);
    const { runner, rollout } = await runnerOf({ percent: 100, create: () => wearing(candidate(), { failing }) });
    const kinds = new Map<number, string>();
    await run(100, { runner, onBurst: (now) => kinds.set(now.burst, now.kind) });
    expect([kinds.get(56), kinds.get(57)]).toEqual(["native", "reference"]);
    expect(endingHash(runner.snapshot())).toBe(plainRun(100));
    expect(rollout.status({ kind: "reference", brainId: "brain-001", burst: 100 }).fallbackRate).toBeGreaterThan(0);
  });

  test("3,000 bursts at 10 % are shared out by window and end in the state of an all-reference run", async () => {
    // brain-002#0 is bucket 882: in at 10 %.
    const { runner } = await runnerOf({ percent: 10, brainId: "brain-002" });
    const served = new Map<number, Set<string>>();
    await run(3000, {
      runner,
      onBurst: ({ burst, kind }) => {
        const window = Math.floor((burst - 1) / 256);
        served.set(window, (served.get(window) ?? new Set()).add(kind));
      },
    });
    expect([...served.get(0)!]).toEqual(["native"]);
    expect([...served.values()].every((kinds) => kinds.size === 1)).toBe(true);
    expect(endingHash(runner.snapshot())).toBe(plainRun(3000));
  });
});

const faulty = (faults: Faults) => () => wearing(reference(), faults);

test("a candidate that fails too often is switched off, callers see no error, and it stays off after a restart", async () => {
  const failing = new Set([30, 90]);
  const { runner, rollout, ports } = await runnerOf({ percent: 100, create: faulty({ failing }) });
  await run(400, { runner });
  expect(rollout.autoDisabled).toMatch(/failed/);
  expect(runner.kind).toBe("reference");
  expect(endingHash(runner.snapshot())).toBe(plainRun(400));
  const restarted = new Rollout(ports, () => {});
  expect(restarted.decide("brain-001", 0)).toMatchObject({ value: "control", reason: "AUTO_DISABLED" });
  restarted.enable("mended", 0);
  expect(restarted.decide("brain-001", 0)).toMatchObject({ value: "candidate", reason: "STATIC" });
});

test("a burst that never ends is given up after its time limit, and the reference runs it", async () => {
  const { runner } = await runnerOf({ percent: 100, create: faulty({ stuckAt: 40 }), timeoutMs: 500 });
  await run(60, { runner });
  expect(runner.kind).toBe("reference");
  expect(endingHash(runner.snapshot())).toBe(plainRun(60));
});

test("a candidate that cannot be made leaves the reference running", async () => {
  const { runner, rollout } = await runnerOf({
    percent: 100,
    create: () => {
      throw new Error("no memory");
    },
  });
  await run(10, { runner });
  expect(runner.kind).toBe("reference");
  expect(rollout.status({ kind: "reference", brainId: "brain-001", burst: 10 })).toMatchObject({ fallbackRate: 1, errorRate: 0 });
});

test("a healthy candidate at 10 % has a fallback rate of 0", async () => {
  const { runner, rollout } = await runnerOf({ percent: 10, brainId: "brain-002", create: faulty({}) });
  await run(300, { runner });
  const { fallbackRate, attempts } = rollout.status({ kind: "reference", brainId: "brain-002", burst: 300 });
  expect(attempts).toBeGreaterThanOrEqual(256);
  expect(fallbackRate).toBe(0);
});

test("a candidate slower by 25 ms a burst is measured and taken back one stop with a performance alert", async () => {
  const { runner, rollout } = await runnerOf({ percent: 100, create: faulty({ delayMs: 25 }), untimed: false });
  // The reference is measured beside the brain, sample by sample; on a busy machine one may not be enough.
  for (let stretch = 0; stretch < 40 && rollout.percent === 100; stretch++) await run(64, { runner });
  expect(rollout.percent).toBe(10);
  const status = rollout.status({ kind: runner.kind, brainId: "brain-001", burst: runner.burst });
  expect(status.alerts).toMatchObject([{ kind: "performance" }]);
  expect(status.history.at(-1)).toMatchObject({ percent: 10, reason: expect.stringContaining("slower") });
  await run(1, { runner });
  expect(runner.kind).toBe("reference");
});

test("a candidate that is slow only because its bursts are paced is not told to be slower than the reference, which runs in a row", async () => {
  const { ports } = await testLab({ percent: 100, native: () => supplyOf(faulty({})) });
  const rollout = new Rollout(ports, () => {});
  const told = () => {
    const { comparison, speedup, gates } = rollout.status({ kind: "native", brainId: "b", burst: 0 });
    return { bursts: comparison?.bursts, speedup, ok: gates.find(({ name }) => name === "Speed")!.ok };
  };
  for (let burst = 0; burst < 100; burst++) rollout.ran("native", 6);
  expect(told()).toEqual({ bursts: undefined, speedup: null, ok: true });
  for (let burst = 0; burst < 100; burst++) rollout.ranBoth({ reference: 2, native: 1 });
  expect(told()).toEqual({ bursts: "same", speedup: 2, ok: true });
  expect(rollout.percent).toBe(100);
});

test("where no bursts were run on both, those that each served are compared, and asked by the gate", async () => {
  const { ports } = await testLab({ percent: 10, native: () => supplyOf(faulty({})), health: { minimumVolume: 1000 } });
  const rollout = new Rollout(ports, () => {});
  for (let burst = 0; burst < 20; burst++)
    for (const [kind, ms] of [
      ["reference", 2],
      ["native", 4],
    ] as const)
      rollout.ran(kind, ms);
  const { comparison, speedup, gates } = rollout.status({ kind: "native", brainId: "b", burst: 0 });
  expect([comparison?.bursts, speedup, gates.find(({ name }) => name === "Speed")!.ok]).toEqual(["served", 0.5, false]);
});

test("a candidate that differs is found beside the brain, which never shows it; advancing is refused", async () => {
  const { runner, rollout } = await runnerOf({ percent: 0, create: faulty({ wrongAt: 20 }) });
  await run(100, { runner });
  const parity = () => rollout.status({ kind: "reference", brainId: "brain-001", burst: 100 }).parity;
  await expect.poll(() => parity().mismatches, { timeout: 20_000 }).toBe(1);
  expect(parity().firstMismatch).toMatchObject({ burst: 20, what: expect.stringContaining("processed") });
  expect(() => rollout.advance(false, "", 100)).toThrow(expect.objectContaining({ code: "E_GATE" }));
  expect(endingHash(runner.snapshot())).toBe(plainRun(100));
});

test("a forced reference never touches the native module", async () => {
  const { lab, call } = await testLab({
    forcedBy: "GYRUS_FORCE_REFERENCE",
    native: () => {
      throw new Error("loading it would abort");
    },
  });
  expect(await call("rollout", "status", {})).toMatchObject({ reason: "FORCED", serving: "reference", forcedBy: "GYRUS_FORCE_REFERENCE" });
  expect(lab.crashed).toBe(false);
});

test("two deaths inside a native call within ten minutes switch it off and say why", async () => {
  const first = await testLab({ diedInNative: true });
  expect(await first.call("rollout", "status", {})).toMatchObject({ autoDisabled: null, alerts: [{ kind: "investigate" }] });
  first.kill();
  const second = await testLab({ diedInNative: true, folder: first.folder });
  expect(await second.call("rollout", "status", {})).toMatchObject({
    reason: "AUTO_DISABLED",
    autoDisabled: expect.stringContaining("twice"),
  });
});
