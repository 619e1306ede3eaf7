/**
 * Everything a genome can switch on, at once: a brain that is put back, opened, recovered or forked lives burst by burst as the one that
 * was never touched, on either engine.
 */
import { readFileSync } from "node:fs";
import { afterEach, describe, expect, test } from "vitest";
import type { CorticalId } from "#contracts/connectome.ts";
import { A, B, C, idOf, MEMORY, MEMORY_2, plastic, switchedGenome } from "#core/development/testing/switched.ts";
import { xxHash64 } from "#core/engine/hash.ts";
import { decodeSnapshot } from "#core/engine/reference/snapshot-codec.ts";
import { endingHash } from "#core/engine/snapshot-sections.ts";
import { decodeBrain } from "#core/exchange/brain-file.ts";
import { candidateName } from "./testing/engines.ts";
import { closeTestLabs, type TestLab, testLab } from "./testing/test-lab.ts";

afterEach(closeTestLabs);

const SENSOR = "ipro\u0001\u0000\u0000\u0000";
const TWIN = "cTWINTWI";
const row: [number, number, number] = [4, 1, 1];
const keeps = { size: [1, 1, 1] as [number, number, number], init_lifespan: 12, longterm_mem_threshold: 20, temporal_depth: 2 };
const leak = { enabled: true, target_mode: "per_neuron", rate_ema_tau_bursts: 10, arm_bursts: 20, gain: 0.1 };

/** A sensor drives A, which leads to B by reward and to C through a gate; memories of A and B are linked, and one of A is replayed. */
const genome = switchedGenome({
  [SENSOR]: { size: row, to: { [A]: [{}] } },
  [A]: {
    ...{ size: row, spike_train: true, consecutive_fire_cnt_max: 2, snooze_length: 1 },
    to: {
      [B]: [{ ...plastic, plasticity_mode: "rstdp", eligibility_decay_bursts: 6, modulators: ["praise", "focus"] }],
      [C]: [{ synaptic_delay_bursts: 3, modulators: ["door"] }],
      [MEMORY]: [{ morphology_id: "episodic_memory" }],
    },
  },
  [B]: { size: row, rate_modulated_leak: leak, to: { [MEMORY_2]: [{ morphology_id: "episodic_memory" }], [C]: [plastic] } },
  [C]: { size: row, degeneration: 0.001 },
  [MEMORY]: {
    ...keeps,
    to: { [MEMORY_2]: [{ ...plastic, morphology_id: "associative_memory" }], [TWIN]: [{ morphology_id: "memory_replay" }] },
  },
  [MEMORY_2]: keeps,
  [TWIN]: { size: row, memory_twin_of: idOf(A), memory_twin_for: idOf(MEMORY) },
}).source;

/** A lab in which it runs, with a classifier, modulators of each kind, and every kind of input; paused after burst 60. */
async function whole(percent: number): Promise<TestLab> {
  const lab = await testLab({ percent });
  const { call } = lab;
  await call("genome", "load", { text: genome, name: "whole" });
  const modulator = (id: string, type: string, driver: string | undefined, magnitudePercent: number) =>
    call("modulator", "set", { id, type, magnitudePercent, ...(driver ? { driver: idOf(driver) } : {}) } as never);
  await modulator("praise", "synaptic.reward", C, 40);
  await modulator("focus", "synaptic.learning_rate", undefined, 50);
  await modulator("door", "synaptic.gate", TWIN, 100);
  await modulator("calm", "neuro.firing_threshold", undefined, 30);
  await modulator("drowsy", "memory.formation", undefined, -100);
  await call("modulator", "listen", { area: idOf(B), modulators: ["calm"] });
  await call("modulator", "listen", { area: idOf(MEMORY_2), modulators: ["drowsy"] });
  const { id } = await call("classifier", "create", { name: "Sorter", position: [20, 0, 0] });
  const { sampleMemory, classMemory } = (await call("classifier", "list", {})).find((one) => one.id === id)!;
  const map = (src: CorticalId, dst: CorticalId, morphology: string) =>
    call("connectome", "setMapping", { src, dst, rules: [{ morphology }] });
  await map(idOf(A), sampleMemory, "classifier_sample");
  await map(idOf(B), classMemory, "classifier_class");
  await call("classifier", "update", { id, rewardTraining: true });

  const areas = await call("modulator", "list", {});
  const driverOf = (name: string) => areas.find((one) => one.id === name)!.driver;
  const at = (burstOffset: number, area: CorticalId, ...xs: number[]) => ({
    burstOffset,
    areas: [{ area, voxels: xs.map((x): [number, number, number] => [x, 0, 0]) }],
  });
  const entries = [
    at(1, idOf(A), 0, 2),
    at(1, idOf(B), 1),
    at(4, driverOf("focus"), 0),
    at(6, driverOf("calm"), 0),
    at(9, driverOf("drowsy"), 0),
  ];
  await call("stimulus", "schedule", { entries, periodBursts: 11 });
  await call("stimulus", "poisson", { area: idOf(SENSOR), probability: 0.1, amplitude: 2, seed: 5 });
  await call("brain", "step", { bursts: 58 });
  await call("sensory", "send", { frames: [{ area: idOf(SENSOR), voxels: [[1, 0, 0, 3]] }] });
  await call("brain", "step", { bursts: 1 });
  await call("sensory", "hold", { area: idOf(SENSOR), voxels: [[3, 0, 0, 1.5]], bursts: 12 });
  await call("brain", "step", { bursts: 1 });
  return lab;
}

async function saved({ call }: TestLab) {
  const { files } = await call("session", "export", { format: "brain" });
  return { path: files[0]!.path, ...decodeBrain(readFileSync(files[0]!.path)) };
}

/** Engine, memory and input after each of the next bursts. */
async function life(lab: TestLab, bursts = 30): Promise<string[]> {
  const states: string[] = [];
  for (let i = 0; i < bursts; i++) {
    await lab.call("brain", "step", { bursts: 1 });
    const { snapshot, memory, input, meta } = await saved(lab);
    const hashOfInput = xxHash64(new TextEncoder().encode(JSON.stringify(input)));
    states.push(`${meta.burst} ${endingHash(snapshot)} ${xxHash64(memory)} ${hashOfInput}`);
  }
  return states;
}

describe.each([
  ["reference engine", 0],
  [candidateName, 100],
])("on the %s", (_, percent) => {
  test("forked, gone back to, and opened from a brain file, it lives the same life", async () => {
    const lab = await whole(percent);
    await lab.call("brain", "checkpoint", {});
    const { path } = await saved(lab);
    await lab.call("timeline", "fork", {});
    const forked = await life(lab);
    await lab.call("timeline", "switchTo", { id: (await lab.call("timeline", "list", {})).find(({ isCurrent }) => !isCurrent)!.id });
    const unbroken = await life(lab);
    expect(forked).toEqual(unbroken);
    await lab.call("time", "goTo", { burst: 60 });
    expect(await life(lab)).toEqual(unbroken);
    expect((await lab.call("time", "verify", {})).divergence).toBeNull();

    const opened = await testLab({ percent });
    await opened.call("genome", "load", { path });
    expect(await life(opened)).toEqual(unbroken);
  });

  test("after a crash it goes on from its checkpoint in the same life", async () => {
    const lab = await whole(percent);
    await lab.call("brain", "checkpoint", {});
    const unbroken = await life(lab);
    lab.kill();
    const again = await testLab({ folder: lab.folder, percent });
    await again.lab.recover();
    expect((await again.call("brain", "status", {})).burst).toBe(60);
    expect(await life(again)).toEqual(unbroken);
  });
});

test("both engines live the same life, and every subsystem has a part in it", async () => {
  const [one, other] = [await whole(0), await whole(100)];
  const lives = [await life(one), await life(other)];
  const hashes = (states: string[]) => states.map((state) => state.split(" ").slice(0, 3).join(" "));
  expect(hashes(lives[0]!)).toEqual(hashes(lives[1]!));
  const { snapshot, input } = await saved(one);
  const { columns: c } = decodeSnapshot(snapshot);
  const acting = {
    modulators: c.modulatorNumber,
    baselines: c.baselineArea,
    trains: c.trainArea,
    homeostats: c.homeostatArea,
    watches: c.watchFrames,
    memories: c.memoryId,
    twins: c.twinArea,
    replay: c.frameNeuron,
    traces: c.trace.filter((value) => value !== 0),
    links: c.synapseFlags.filter((flags) => (flags & 1) === 1),
    learned: c.weight.filter((value) => value !== 1),
  };
  expect(Object.entries(acting).filter(([, column]) => column.length === 0)).toEqual([]);
  expect([input.schedules.list.length, input.stimuli.length]).toEqual([1, 1]);
});
