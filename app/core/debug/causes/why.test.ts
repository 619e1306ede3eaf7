import { describe, expect, test } from "vitest";
import { builtModule } from "#adapters/native/built-module.ts";
import { Account } from "#contracts/debug.ts";
import { firedIds } from "#contracts/frame.ts";
import type { Engine } from "#core/engine/engine.ts";
import { readGoldenNetwork } from "#core/engine/golden-network.ts";
import { createReferenceEngine } from "#core/engine/reference/reference-engine.ts";
import { generateLif, generateLifPatch } from "#core/engine/testing/generated-lif.ts";
import { goldenNames, readGolden } from "#core/engine/testing/golden-files.ts";
import { seeded } from "#core/engine/testing/seeded.ts";
import { burst, patchOf, stage, tinyNetwork } from "#core/engine/testing/tiny-network.ts";
import { life } from "#core/recording/testing/lives.ts";
import { recorded, recordedOf } from "../testing/recorded.ts";
import { accountsOf } from "./why.ts";

const native = builtModule();
const engines: [string, (() => Engine) | undefined][] = [
  ["reference", createReferenceEngine],
  ["native", native && (() => native.createEngine({ threads: 2 }))],
];

describe.each(engines)("%s engine", (_, make) => {
  test.skipIf(make === undefined)("every neuron's account is the engine's own number, to the bit, on generated networks", async () => {
    const seen = {
      accounts: 0,
      fired: 0,
      contributions: 0,
      causes: new Set<string>(),
      blocks: new Set<string>(),
      origins: new Set<string>(),
    };
    for (let seed = 1; seed <= 40; seed++) {
      const { recorder, engine, live } = life(seed + 300, {}, make!);
      live(18, 0.7);
      for (const burst of [1, 2, 9, 18]) {
        const { frame } = await recorder.recorded(burst);
        const fired = [...firedIds(frame)];
        const at = await recorder.engineAt(burst);
        const some = [...fired.slice(0, 30), ...fired.filter((id) => id >= 50_000_000), ...at.candidates().ids.slice(0, 30)];
        const neurons = [...new Set([...some, 0, 1, 2])].filter((id) => id < at.neuronCount || id >= 50_000_000);
        at.dispose();
        if (neurons.length === 0) continue;
        for (const [neuron, account] of await accountsOf(recorder, neurons, burst)) {
          expect(account, `neuron ${neuron}, burst ${burst}, seed ${seed + 300}`).toMatchObject({
            exact: true,
            fired: fired.includes(neuron),
          });
          seen.accounts++;
          seen.fired += account.fired ? 1 : 0;
          seen.contributions += account.contributions.length;
          if (account.cause) seen.causes.add(account.cause);
          if (account.blockedBy) seen.blocks.add(account.blockedBy);
          for (const { origin } of account.contributions) seen.origins.add(origin);
        }
      }
      engine.dispose();
    }
    expect(seen.accounts).toBeGreaterThan(3000);
    expect(seen.fired).toBeGreaterThan(1000);
    expect(seen.contributions).toBeGreaterThan(5000);
    expect([...seen.causes].sort()).toEqual(expect.arrayContaining(["dynamics", "memory"]));
    expect([...seen.blocks].sort()).toEqual(
      expect.arrayContaining(["alive", "chance", "consecutive fires", "input", "limit", "refractory", "threshold"]),
    );
    expect([...seen.origins].sort()).toEqual(["fatigue", "input", "memory", "power", "synapse"]);
  });

  test.skipIf(make === undefined)("and on the recorded networks of FEAGI, for all that fired", async () => {
    const seen = { accounts: 0, contributions: 0 };
    for (const name of goldenNames()) {
      const document = readGolden(name) as { format?: string };
      if (document.format !== "burst-golden/2") continue;
      const { image, bursts } = readGoldenNetwork(document, "feagi-strict");
      const recorder = recorded(
        image,
        bursts.slice(0, 24).map(({ patch }) => [patch]),
        make,
      );
      for (const burst of [1, 2, 3, 7, 12, 24].filter((at) => at <= recorder.last)) {
        const fired = [...firedIds((await recorder.recorded(burst)).frame)].slice(0, 40);
        if (fired.length === 0) continue;
        for (const [neuron, account] of await accountsOf(recorder, fired, burst)) {
          expect(account, `neuron ${neuron}, burst ${burst} of ${name}`).toMatchObject({ exact: true, fired: true });
          seen.accounts++;
          seen.contributions += account.contributions.length;
        }
      }
    }
    expect(seen.accounts).toBeGreaterThan(400);
    expect(seen.contributions).toBeGreaterThan(600);
  });
});

describe("an account", () => {
  test("says what forced a neuron, and what would have blocked it", async () => {
    const recorder = recorded(tinyNetwork([{ threshold: 5 }]), [[patchOf("forceFire", [7, 0, 0, 0, 2], [4])]]);
    const account = (await accountsOf(recorder, [0], 1)).get(0)!;
    expect(account).toMatchObject({ fired: true, cause: "forced", blockedBy: "input", exact: true, engine: { firedPotential: 2 } });
    expect(account.sentence).toContain("forced to from outside");
  });

  test("names the replay of a memory", async () => {
    const patches = [
      patchOf("mapMemoryNeurons", [50_000_000, 20]),
      patchOf("registerTwins", [20, 3, 7]),
      patchOf("replayFrames", [50_000_000, 1, 3, 1, 0, 0, 0]),
      patchOf("memoryInject", [50_000_000, 20, 1], [2]),
    ];
    const recorder = recorded(tinyNetwork([{ threshold: 5 }]), [patches, [], []]);
    const recalled = (await accountsOf(recorder, [50_000_000], 1)).get(50_000_000)!;
    expect(recalled).toMatchObject({ fired: true, cause: "memory", exact: true, influences: [{ kind: "pattern met" }] });
    expect(recalled.sentence).toContain("the pattern it remembers");
    const shown = (await accountsOf(recorder, [0], 3)).get(0)!;
    expect(shown).toMatchObject({ fired: true, cause: "replay", exact: true, influences: [{ kind: "replay", memories: [50_000_000] }] });
    expect(shown.sentence).toContain("the memory of 50000000 was replayed");
  });

  test("tells what a memory neuron has gathered by associative input, and what a replay stages", async () => {
    const flagged = (1 << 8) | (1 << 16);
    const patches = [
      patchOf("mapMemoryNeurons", [50_000_000, 20]),
      patchOf("sparseMemory", [20, 3, 0, 1, 0, 0], [1, 2, 3]),
      patchOf("addSynapses", [0, 50_000_000, 2, 1, flagged], [2, 3]),
      patchOf("scheduleReplay", [2, 7, 1, 0, 0, 0, 1], [6]),
      patchOf("stageInput", [0, 1], [1]),
    ];
    const recorder = recorded(tinyNetwork([{}]), [patches, [], []]);
    const of = async (id: number, burst: number) => (await accountsOf(recorder, [id], burst)).get(id);
    expect(await of(0, 2)).toMatchObject({ fired: true, cause: "dynamics", contributions: [{ origin: "memory", value: 1 }], exact: true });
    expect(await of(50_000_000, 2)).toMatchObject({ fired: false, blockedBy: "threshold", potential: 2, exact: true });
    expect(await of(50_000_000, 3)).toMatchObject({ fired: true, carried: { stored: 2 }, potential: 4, exact: true });
    expect((await of(50_000_000, 3))!.sentence).toContain("associations brought it up");
  });

  test("tells what modulators made of a threshold, and a spike train from a force from outside", async () => {
    const patches = [
      patchOf("setModulators", [5, 0, 9, 1, 0], [3, 4]),
      patchOf("setSubscriptions", [7, 5]),
      patchOf("spikeTrainAreas", [9]),
      patchOf("forceFire", [9, 0, 0, 0, 1], [4]),
    ];
    const image = tinyNetwork([{ threshold: 2 }, { area: 9, voxel: [0, 0, 0], fireLimit: 3, snooze: 2 }]);
    const recorder = recorded(image, [patches, [patchOf("stageInput", [0, 3], [1])], []]);
    const held = (await accountsOf(recorder, [0], 2)).get(0)!;
    expect(held).toMatchObject({ fired: false, blockedBy: "threshold", exact: true });
    const modulators = [{ number: 5, kind: "neuro.firing_threshold", driver: 9 }];
    expect(held.influences).toEqual([{ kind: "modulated", setting: "threshold", baseline: 2, factor: 2, value: 4, modulators }]);
    expect(held.sentence).toContain("modulators hold its threshold at 4 (2 × 2)");
    const going = (await accountsOf(recorder, [1], 2)).get(1)!;
    expect(going).toMatchObject({ fired: true, cause: "forced", exact: true, influences: [{ kind: "spike train" }] });
    expect(going.sentence).toContain("its spike train goes on");
  });

  test("gives the gates and gains in force beside each spike", async () => {
    const patches = [
      patchOf("groupSynapses", [0, 1, 1]),
      patchOf("setModulators", [0, 3, 9, 0.5, 0], [3, 4]),
      patchOf("modulationGroup", [1, 0]),
      patchOf("stageInput", [2, 1], [1]),
    ];
    const network = tinyNetwork([{}, { threshold: 9 }, { area: 9 }], [{ from: 0, to: 1, weight: 4 }]);
    const recorder = recorded(network, [patches, [patchOf("stageInput", [0, 1], [1])], []]);
    const account = (await accountsOf(recorder, [1], 3)).get(1)!;
    expect(account).toMatchObject({ sum: 6, exact: true, contributions: [{ value: 6, synapse: { factor: 1.5, divisor: 1 } }] });
  });

  test("lists carried charge, spikes in the engine's order, and the test that blocks", async () => {
    const synapses = [
      { from: 2, to: 3, weight: 0.3, delay: 1 },
      { from: 0, to: 3, weight: 0.1, delay: 3 },
      { from: 1, to: 3, weight: 0.7, delay: 2, inhibitory: true },
    ];
    const stages = [0, 1, 2, 3].map((id) => patchOf("stageInput", [id, id === 3 ? 0.2 : 1], [1]));
    const recorder = recorded(tinyNetwork([{}, {}, {}, { leak: 0.5 }], synapses), [
      [stages[0]!, stages[3]!],
      [stages[1]!],
      [stages[2]!],
      [],
    ]);
    const account = (await accountsOf(recorder, [3], 4)).get(3)!;
    expect(account.contributions.map(({ synapse, value }) => [synapse?.source, synapse?.firedAt, value])).toEqual([
      [0, 1, Math.fround(0.1)],
      [1, 2, -Math.fround(0.7)],
      [2, 3, Math.fround(0.3)],
    ]);
    expect(account).toMatchObject({ fired: false, blockedBy: "threshold", exact: true, carried: { elapsed: 3, leak: 0.5 }, input: 0 });
  });

  test("counts what is older than the recording as one sum", async () => {
    const engine = createReferenceEngine();
    engine.load(tinyNetwork([{}, { threshold: 0.5 }], [{ from: 0, to: 1, delay: 4 }]));
    stage(engine, [0, 1]);
    burst(engine);
    const recorder = recordedOf(engine, [[], [], [], []]);
    const account = (await accountsOf(recorder, [1], 5)).get(1)!;
    expect(account).toMatchObject({ fired: true, exact: true, contributions: [{ origin: "earlier", value: 1, synapse: null }] });
  });

  test("loses the spikes that a reset of the area took", async () => {
    const image = tinyNetwork(
      [{}, { area: 8 }],
      [
        { from: 0, to: 1, weight: 0.4, delay: 3 },
        { from: 0, to: 1, weight: 0.3 },
      ],
    );
    const input = patchOf("stageInput", [0, 1], [1]);
    const recorder = recorded(image, [[input], [patchOf("resetAreaRuntime", [8])], [input], []]);
    const account = (await accountsOf(recorder, [1], 4)).get(1)!;
    expect(account).toMatchObject({ exact: true, contributions: [{ synapse: { slot: 1, firedAt: 3 } }] });
  });
});

test("lif-delta: every account gives the engine's own f64 potential, on generated networks", async () => {
  const seen = { accounts: 0, fired: 0, origins: new Set<string>() };
  for (let seed = 1; seed <= 40; seed++) {
    const random = seeded(seed + 50);
    const image = generateLif(random);
    if (image.neurons.count === 0) continue;
    const recorder = recorded(
      image,
      Array.from({ length: 14 }, () => [generateLifPatch(random, image)]),
    );
    for (const at of [1, 5, 14]) {
      const fired = [...firedIds((await recorder.recorded(at)).frame)].slice(0, 30);
      const neurons = [...new Set([...fired, 0, Math.min(1, image.neurons.count - 1)])];
      for (const [neuron, account] of await accountsOf(recorder, neurons, at)) {
        expect(account, `neuron ${neuron}, burst ${at}, seed ${seed + 50}`).toMatchObject({ exact: true, fired: fired.includes(neuron) });
        seen.accounts++;
        seen.fired += account.fired ? 1 : 0;
        for (const { origin } of account.contributions) seen.origins.add(origin);
      }
    }
  }
  expect(seen.accounts).toBeGreaterThan(300);
  expect(seen.fired).toBeGreaterThan(100);
  expect([...seen.origins].sort()).toEqual(expect.arrayContaining(["input", "poisson", "synapse"]));
});

test("an account is data that a wire can carry", async () => {
  const { recorder, live } = life(305);
  live(6);
  for (const account of (await accountsOf(recorder, [0, 1, 2], 6)).values()) {
    expect(Account.parse(JSON.parse(JSON.stringify(account)))).toEqual(account);
  }
});
