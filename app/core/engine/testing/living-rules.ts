/** Rules of editing a network while it lives: neurons that go on under other ids, single neurons, synapses by slot. */
import { expect, test } from "vitest";
import { PatchWriter } from "#contracts/patch.ts";
import type { Engine } from "../engine.ts";
import type { MakeEngine } from "./conformance.ts";
import { burst, patchOf, potentialOf, stage, tinyNetwork } from "./tiny-network.ts";

export function livingRules(make: MakeEngine): void {
  const loaded = async (...network: Parameters<typeof tinyNetwork>): Promise<Engine> => {
    const engine = await make();
    engine.load(tinyNetwork(...network));
    return engine;
  };
  const settingsOf = (engine: Engine, neuron: number) => engine.neuronSettings(Uint32Array.of(neuron));

  test("a moved neuron goes on under its new id, with its synapses both ways and to itself, where the other one lay", async () => {
    const engine = await loaded(
      [{}, { threshold: 5, leak: 0.25, voxel: [1, 2, 3] }, { area: 9, voxel: [8, 8, 8] }],
      [
        { from: 0, to: 1, weight: 2 },
        { from: 1, to: 1, weight: 3 },
        { from: 1, to: 0, weight: 4, delay: 7 },
      ],
    );
    engine.apply(patchOf("neuronStates", [1, 4, 2 | (3 << 16)], [1]));
    engine.apply(patchOf("moveNeurons", [1, 2]));
    const { source, target, weight, delay, slot } = engine.synapses();
    expect([slot, source, target].map((column) => Array.from(column))).toEqual([
      [0, 1, 2],
      [0, 2, 2],
      [2, 2, 0],
    ]);
    expect([weight, delay].map((column) => Array.from(column))).toEqual([
      [2, 3, 4],
      [1, 1, 7],
    ]);
    expect(engine.neuronStates(Uint32Array.of(1, 2))).toMatchObject({
      potential: Float32Array.of(Number.NaN, 4),
      countdown: Uint16Array.of(0, 2),
      consecutiveFires: Uint16Array.of(0, 3),
    });
    const { area, x, threshold, leak } = settingsOf(engine, 2);
    expect([area[0], x[0], threshold[0], leak[0]]).toEqual([9, 8, 5, 0.25]);
    expect(settingsOf(engine, 1).valid[0]).toBe(0);
    for (let n = 0; n < 2; n++) burst(engine);
    stage(engine, [0, 1]);
    for (let n = 0; n < 2; n++) burst(engine);
    expect(potentialOf(engine, 2)).toBe(4 * 0.75 ** 4 + 2);
  });

  test("what was on its way to a moved neuron is lost, as with a deletion", async () => {
    const engine = await loaded([{}, { threshold: 9 }, {}], [{ from: 0, to: 1, delay: 2 }]);
    stage(engine, [0, 1]);
    burst(engine);
    engine.apply(patchOf("moveNeurons", [1, 2]));
    burst(engine);
    burst(engine);
    expect(potentialOf(engine, 2)).toBe(0);
  });

  test("of a chain of moves each begins where the one before ended, and one from or to a dead neuron has no effect", async () => {
    const engine = await loaded([{}, {}, {}, { threshold: 7 }], [{ from: 0, to: 0 }]);
    engine.apply(patchOf("moveNeurons", [0, 1, 1, 2, 0, 3, 3, 1, 2, 99]));
    const { source, target } = engine.synapses();
    expect([source[0], target[0]]).toEqual([2, 2]);
    expect(Array.from(engine.neuronSettings(Uint32Array.of(0, 1, 2, 3)).valid)).toEqual([0, 0, 1, 1]);
  });

  test("power goes with its neuron inside area 1, and nowhere else", async () => {
    const engine = await loaded([{ area: 1 }, { area: 1 }, {}]);
    engine.apply(patchOf("moveNeurons", [0, 1]));
    expect(burst(engine)).toEqual([1]);
    engine.apply(patchOf("moveNeurons", [1, 2]));
    expect(burst(engine)).toEqual([]);
  });

  test("a revived neuron is as it was left, without its synapses", async () => {
    const engine = await loaded([{}, { threshold: 9 }], [{ from: 0, to: 1 }]);
    engine.apply(patchOf("neuronMembranePotential", [1, 3], [1]));
    engine.apply(patchOf("deleteNeurons", [1]));
    engine.apply(patchOf("reviveNeurons", [1, 99]));
    expect([potentialOf(engine, 1), settingsOf(engine, 1).threshold[0], engine.synapseCount]).toEqual([3, 9, 0]);
  });

  test("settings of one neuron are taken whole, its charge leaks as before until then", async () => {
    const engine = await loaded([{ leak: 0.5, threshold: 9 }]);
    engine.apply(patchOf("neuronMembranePotential", [0, 8], [1]));
    burst(engine);
    engine.apply(patchOf("neuronSettings", [0, 6, 7, 0.25, 0.5, 1 | (2 << 16), 3], [1, 2, 3, 4]));
    expect(potentialOf(engine, 0)).toBe(4);
    const settings = Object.entries(settingsOf(engine, 0)).map(([name, column]) => [name, column[0]]);
    expect(Object.fromEntries(settings)).toMatchObject({
      threshold: 6,
      thresholdLimit: 7,
      leak: 0.25,
      excitability: 0.5,
      refractoryPeriod: 1,
      consecutiveFireLimit: 2,
      snoozePeriod: 3,
      accumulates: 0,
    });
    burst(engine);
    expect(potentialOf(engine, 0)).toBe(3);
  });

  test("synapses are removed and weighted by slot, parallel ones apart; slots of none are passed over", async () => {
    const engine = await loaded(
      [{}, { threshold: 99 }],
      [1, 2, 3, 4].map((weight) => ({ from: 0, to: 1, weight })),
    );
    engine.apply(new PatchWriter().op("removeSynapseSlots", [1, 99]).op("synapseWeights", [2, 30, 1, 50, 99, 1], [1, 3, 5]).take());
    expect([Array.from(engine.synapses().slot), Array.from(engine.synapses().weight)]).toEqual([
      [0, 2, 3],
      [1, 30, 4],
    ]);
    expect(Array.from(engine.synapsesIn(1, 3).slot)).toEqual([2]);
    stage(engine, [0, 1]);
    burst(engine);
    burst(engine);
    expect(potentialOf(engine, 1)).toBe(35);
  });
}
