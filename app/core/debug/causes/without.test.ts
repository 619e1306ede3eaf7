import { describe, expect, test } from "vitest";
import { builtModule } from "#adapters/native/built-module.ts";
import { CausalTree, Counterfactual, Effects } from "#contracts/debug.ts";
import { firedIds } from "#contracts/frame.ts";
import type { Engine } from "#core/engine/engine.ts";
import { createReferenceEngine } from "#core/engine/reference/reference-engine.ts";
import { generateLif, generateLifPatch } from "#core/engine/testing/generated-lif.ts";
import { seeded } from "#core/engine/testing/seeded.ts";
import { area, patchOf, type TinySynapse, tinyNetwork } from "#core/engine/testing/tiny-network.ts";
import { life } from "#core/recording/testing/lives.ts";
import { recorded } from "../testing/recorded.ts";
import { effectsOf } from "./effects.ts";
import { causalTree } from "./tree.ts";
import { accountsOf } from "./why.ts";
import { type Without, without } from "./without.ts";

const native = builtModule();
const engines: [string, (() => Engine) | undefined][] = [
  ["reference", createReferenceEngine],
  ["native", native && (() => native.createEngine({ threads: 2 }))],
];
const input = (...ids: number[]) =>
  patchOf(
    "stageInput",
    ids.flatMap((id) => [id, 1]),
    ids.map((_, i) => i * 2 + 1),
  );
const asked = (question: Partial<Without> & { neuron: number; burst: number }): Without => ({
  ...{ synapses: [], sources: [], inputs: [], window: 8, sufficient: false },
  ...question,
});

describe.each(engines)("%s engine: another past", (_, make) => {
  const history = (synapses: TinySynapse[], bursts: Uint32Array[][], neurons = 4) =>
    recorded(
      tinyNetwork(
        Array.from({ length: neurons }, () => ({})),
        synapses,
      ),
      bursts,
      make,
    );
  const it = test.skipIf(make === undefined);

  it("without the one synapse of a chain the rest stays silent", async () => {
    const chain = [0, 1, 2].map((from) => ({ from, to: from + 1 }));
    const past = history(chain, [[input(0)], [], [], [], []]);
    const answer = await without(past, asked({ neuron: 3, burst: 4, synapses: [1], from: 1 }));
    expect(answer).toMatchObject({ outcome: "does not fire", necessary: true, synapses: 1, fires: { recorded: [4], without: [] } });
    expect(Counterfactual.parse(answer)).toEqual(answer);
    // From the burst after the spike was sent on, cutting changes nothing any more.
    expect(await without(past, asked({ neuron: 3, burst: 4, synapses: [1], from: 3 }))).toMatchObject({ outcome: "still fires" });
  });

  it("a slot that another synapse has taken since is not cut in its place", async () => {
    const change = [patchOf("removeSynapse", [3, 0]), patchOf("addSynapses", [0, 1, 2, 1, 1 << 8], [2, 3])];
    const past = history([{ from: 3, to: 0 }], [[], [...change, input(0)], [], []]);
    expect(await without(past, asked({ neuron: 1, burst: 3, synapses: [0] }))).toMatchObject({ outcome: "does not fire", from: 2 });
    const early = without(past, asked({ neuron: 1, burst: 3, synapses: [0], from: 1 }));
    await expect(early).rejects.toMatchObject({ code: "E_NOT_FOUND", details: { synapse: 0, source: 0, target: 1 } });
    // Where neurons move it stays the same synapse.
    const moving = history([{ from: 0, to: 1 }], [[], [patchOf("moveNeurons", [1, 2]), input(0)], [], []]);
    expect(await without(moving, asked({ neuron: 2, burst: 3, synapses: [0], from: 1 }))).toMatchObject({ outcome: "does not fire" });
  });

  it("what a spike caused is put back only where its synapse still is", async () => {
    const change = [patchOf("removeSynapsesFromTo", [1, 0, 1, 4_999_999]), patchOf("addSynapses", [2, 3, 2, 1, 1 << 8], [2, 3])];
    const past = history([{ from: 0, to: 1 }], [[input(0)], change, [input(2)], [], []]);
    const { sent } = await effectsOf(past, { neuron: 0, burst: 1, limit: 5, necessary: true });
    expect(sent).toMatchObject([{ target: 1, targetFired: true, necessary: true }]);
  });

  it("of two synapses that each suffice none is necessary, and both together are", async () => {
    const past = history(
      [
        { from: 0, to: 2 },
        { from: 1, to: 2 },
      ],
      [[input(0, 1)], [], []],
    );
    const ask = (synapses: number[]) => without(past, asked({ neuron: 2, burst: 2, synapses, sufficient: true }));
    expect(await ask([0])).toMatchObject({ outcome: "still fires", necessary: false, sufficient: true });
    expect(await ask([0, 1])).toMatchObject({ outcome: "does not fire", necessary: true, sufficient: true });
  });

  it("of two halves each is necessary and neither suffices", async () => {
    const past = history(
      [
        { from: 0, to: 2, weight: 0.5 },
        { from: 1, to: 2, weight: 0.5 },
      ],
      [[input(0, 1)], [], []],
    );
    for (const slot of [0, 1]) {
      const answer = await without(past, asked({ neuron: 2, burst: 2, synapses: [slot], sufficient: true }));
      expect(answer).toMatchObject({ necessary: true, sufficient: false });
    }
    expect(await without(past, asked({ neuron: 2, burst: 2, sources: [0, 1] }))).toMatchObject({ synapses: 2, necessary: true });
  });

  it("a neuron may fire later instead, and without inhibition earlier", async () => {
    const half = { weight: 0.5 };
    const past = history(
      [
        { from: 0, to: 2, ...half },
        { from: 1, to: 2, ...half },
      ],
      [[input(0, 1)], [], [input(0)], [], []],
    );
    expect(await without(past, asked({ neuron: 2, burst: 2, synapses: [1] }))).toMatchObject({ outcome: "fires later", later: 2 });
    const stopped = history(
      [
        { from: 0, to: 2 },
        { from: 1, to: 2, inhibitory: true },
      ],
      [[input(0, 1)], [], [input(0)], [], []],
    );
    const answer = await without(stopped, asked({ neuron: 2, burst: 4, synapses: [1], from: 1 }));
    expect(answer).toMatchObject({ outcome: "still fires", fires: { recorded: [4], without: [2, 4] } });
  });

  it("the share of the other synapses stays where an area divides", async () => {
    const image = tinyNetwork(
      [{}, { threshold: 0.5 }, { threshold: 0.5 }],
      [
        { from: 0, to: 1 },
        { from: 0, to: 2 },
      ],
      {
        areas: [area(7, { pspUniform: false })],
      },
    );
    const past = recorded(image, [[input(0)], [], []], make);
    const answer = await without(past, asked({ neuron: 1, burst: 2, synapses: [1], from: 1 }));
    expect(answer).toMatchObject({ outcome: "still fires" });
    const raised = recorded(
      { ...image, neurons: { ...image.neurons, threshold: Float32Array.of(1, 0.8, 0.8) } },
      [[input(0)], [], []],
      make,
    );
    expect(await without(raised, asked({ neuron: 1, burst: 2, synapses: [1], from: 1 }))).toMatchObject({ outcome: "still silent" });
  });

  it("input from outside is withheld, and forced fires with it", async () => {
    const past = history([{ from: 0, to: 1 }], [[input(0)], [], [patchOf("forceFire", [7, 0, 0, 0, 1], [4])], [], []]);
    expect(await without(past, asked({ neuron: 0, burst: 1, inputs: [0] }))).toMatchObject({ necessary: true, fires: { without: [] } });
    expect(await without(past, asked({ neuron: 1, burst: 4, inputs: [0], from: 1 }))).toMatchObject({
      necessary: true,
      fires: { recorded: [2, 4], without: [] },
    });
  });

  it("what a spike caused: when and where it arrives, who fired then, and who needed it", async () => {
    const synapses = [
      { from: 0, to: 1 },
      { from: 0, to: 2, weight: 0.5, delay: 2 },
      { from: 0, to: 3, delay: 2 },
    ];
    const past = history(synapses, [[input(0)], [], [input(3)], []]);
    const effects = await effectsOf(past, { neuron: 0, burst: 1, limit: 10, necessary: true });
    expect(effects.sent).toMatchObject([
      { slot: 0, target: 1, arrival: 2, value: 1, targetFired: true, necessary: true },
      { slot: 1, target: 2, arrival: 3, value: 0.5, targetFired: false, necessary: null },
      { slot: 2, target: 3, arrival: 3, value: 1, targetFired: true, necessary: false },
    ]);
    expect(Effects.parse(effects)).toEqual(effects);
    await expect(effectsOf(past, { neuron: 1, burst: 1, limit: 1, necessary: false })).rejects.toMatchObject({ code: "E_CONFLICT" });
  });

  it("the tree goes back to input, lists the largest first and sums up the others", async () => {
    const synapses = [
      { from: 0, to: 3, weight: 0.2 },
      { from: 1, to: 3, weight: 0.7 },
      { from: 2, to: 3, weight: 0.4 },
      { from: 3, to: 4 },
    ];
    const past = history(synapses, [[input(0, 1, 2)], [], []], 5);
    const tree = await causalTree(past, { neuron: 4, burst: 3, depth: 3, breadth: 2 });
    expect(tree.nodes.map(({ id }) => id)).toEqual(["4@3", "3@2", "1@1", "2@1"]);
    const [, middle, first] = tree.nodes;
    expect(middle!.branches.map(({ synapse, node }) => [synapse?.source, node])).toEqual([
      [1, "1@1"],
      [2, "2@1"],
    ]);
    expect(middle!.others).toEqual({ count: 1, sum: Math.fround(0.2) });
    expect(first!.branches).toMatchObject([{ origin: "input", value: 1, node: null }]);
    expect(tree.cutOff).toBe(0);
    expect(CausalTree.parse(tree)).toEqual(tree);
    expect((await causalTree(past, { neuron: 4, burst: 3, depth: 1, breadth: 2 })).cutOff).toBe(2);
  });

  it("on generated networks cutting every spike into a neuron leaves it nothing but input", async () => {
    let checked = 0;
    for (let seed = 1; seed <= 14; seed++) {
      const { recorder, live, engine } = life(seed + 820, {}, make!);
      live(12, 0.2);
      engine.dispose();
      const fired = [...firedIds((await recorder.recorded(12)).frame)].filter((id) => id < 50_000_000).slice(0, 4);
      for (const [neuron, account] of fired.length > 0 ? await accountsOf(recorder, fired, 12) : []) {
        const spikes = account.contributions.filter(({ synapse }) => synapse !== null);
        if (account.cause !== "dynamics" || spikes.length === 0) continue;
        const from = Math.min(...spikes.map(({ synapse }) => synapse!.firedAt));
        const synapses = [...new Set(spikes.map(({ synapse }) => synapse!.slot))];
        const answer = await without(recorder, asked({ neuron, burst: 12, synapses, from, sufficient: true }));
        expect(answer.from).toBe(from);
        expect(answer.necessary).toBe(!answer.fires.without.includes(12));
        checked++;
      }
    }
    expect(checked).toBeGreaterThan(5);
  });
});

test("lif-delta: without a synapse a neuron fires exactly if the rest is enough", async () => {
  const seen = { necessary: 0, spared: 0 };
  for (let seed = 1; seed <= 60; seed++) {
    const random = seeded(seed + 7000);
    const image = generateLif(random);
    if (image.neurons.count === 0) continue;
    const past = recorded(
      image,
      Array.from({ length: 10 }, () => [generateLifPatch(random, image)]),
    );
    const fired = [...firedIds((await past.recorded(10)).frame)].slice(0, 12);
    for (const [neuron, account] of fired.length > 0 ? await accountsOf(past, fired, 10) : []) {
      const { contributions, carried, tests } = account;
      const at = contributions.findIndex(({ synapse }) => synapse?.firedAt === 9);
      if (at < 0 || account.cause !== "dynamics" || carried.drive === "NaN") continue;
      const rest = contributions.filter((_, i) => i !== at).reduce((sum, { value }) => sum + Number(value), -0);
      const isRefractory = tests.some(({ name, value }) => name === "refractory" && value !== 0);
      const potential = Number(carried.drive) + Number(carried.left) + rest;
      const still = isRefractory || potential >= Number(tests.find(({ name }) => name === "threshold")!.bound);
      const synapses = [contributions[at]!.synapse!.slot];
      // Parallel synapses can only be left out together.
      const answer = await without(past, asked({ neuron, burst: 10, synapses, from: 9 })).catch((error) => {
        expect(error).toMatchObject({ code: "E_UNSUPPORTED" });
        return null;
      });
      if (answer === null) continue;
      expect(answer.necessary, `neuron ${neuron}, seed ${seed + 7000}`).toBe(!still);
      seen[answer.necessary ? "necessary" : "spared"]++;
    }
  }
  expect(seen.necessary).toBeGreaterThan(3);
  expect(seen.spared).toBeGreaterThan(3);
});
