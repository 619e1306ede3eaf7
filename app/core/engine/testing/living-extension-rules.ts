/** Rules of editing a network while it lives and subsystems act on it: what belongs to a neuron goes where it goes. */
import { expect, test } from "vitest";
import { PatchWriter } from "#contracts/patch.ts";
import { modulatorKinds } from "#contracts/patch-extensions.ts";
import type { Engine } from "../engine.ts";
import { decodeSnapshot } from "../reference/snapshot-codec.ts";
import type { MakeEngine } from "./conformance.ts";
import { burst, patchOf, stage, type TinyNeuron, tinyNetwork } from "./tiny-network.ts";

const DRIVER = 20;
const HERE = 7;
const THERE = 8;
const THRESHOLD = modulatorKinds.indexOf("neuro.firing_threshold");
const LEAK = modulatorKinds.indexOf("neuro.leak");
const PROBABILITY = modulatorKinds.indexOf("neuro.firing_probability");

export function livingExtensionRules(make: MakeEngine): void {
  /** Neuron 0 drives; while it fires thresholds, leaks and excitabilities of area 7 are doubled, tripled, halved. */
  const modulated = async (...neurons: TinyNeuron[]): Promise<Engine> => {
    const engine = await make();
    engine.load(tinyNetwork([{ area: DRIVER }, ...neurons]));
    const rows = [
      [0, THRESHOLD, DRIVER, 1, 0],
      [1, LEAK, DRIVER, 2, 0],
      [2, PROBABILITY, DRIVER, -0.5, 0],
    ];
    engine.apply(patchOf("setModulators", rows.flat(), [3, 4, 8, 9, 13, 14]));
    engine.apply(patchOf("setSubscriptions", [HERE, 0, HERE, 1, HERE, 2]));
    return engine;
  };
  const drive = (engine: Engine) => {
    stage(engine, [0, 1]);
    return burst(engine);
  };
  const columns = (engine: Engine) => decodeSnapshot(engine.snapshot()).columns;
  const inForce = (engine: Engine, id: number) => {
    const { threshold, leak, excitability } = columns(engine);
    return [threshold[id], leak[id], excitability[id]];
  };
  const asSet = (engine: Engine, id: number) => {
    const { threshold, leak, excitability } = engine.neuronSettings(Uint32Array.of(id));
    return [threshold[0], leak[0], excitability[0]];
  };
  const settings = (id: number, threshold: number, leak: number, excitability: number) =>
    patchOf("neuronSettings", [id, threshold, 99, leak, excitability, 0, 1 << 16], [1, 2, 3, 4]);

  test("settings of one neuron are those without modulators: they are read, written and scaled again", async () => {
    const engine = await modulated({ threshold: 4, leak: 0.25, excitability: 0.5 });
    drive(engine);
    expect([inForce(engine, 1), asSet(engine, 1)]).toEqual([
      [8, 0.75, 0.25],
      [4, 0.25, 0.5],
    ]);
    engine.apply(settings(1, 3, 0.125, 1));
    expect([inForce(engine, 1), asSet(engine, 1)]).toEqual([
      [6, 0.375, 0.5],
      [3, 0.125, 1],
    ]);
    burst(engine);
    expect([inForce(engine, 1), asSet(engine, 1)]).toEqual([
      [3, 0.125, 1],
      [3, 0.125, 1],
    ]);
  });

  test("in strict the settings of one neuron leave the baseline, and the next factor undoes them", async () => {
    const engine = await make();
    engine.load(tinyNetwork([{ area: DRIVER }, { threshold: 4 }], [], { dynamics: "feagi-strict" }));
    engine.apply(patchOf("setModulators", [0, THRESHOLD, DRIVER, 1, 0], [3, 4]));
    engine.apply(patchOf("setSubscriptions", [HERE, 0]));
    drive(engine);
    engine.apply(settings(1, 3, 0, 1));
    expect([inForce(engine, 1)[0], asSet(engine, 1)[0]]).toEqual([3, 3]);
    burst(engine);
    expect(inForce(engine, 1)[0]).toBe(4);
  });

  test("a neuron that moves is scaled as its new area is, and falls back to its own values", async () => {
    const engine = await modulated({ threshold: 4 }, { threshold: 9 }, { area: THERE, threshold: 5 }, { area: THERE });
    drive(engine);
    engine.apply(patchOf("moveNeurons", [1, 4, 3, 2]));
    expect([inForce(engine, 4)[0], inForce(engine, 2)[0]]).toEqual([4, 10]);
    engine.apply(patchOf("moveNeurons", [2, 4]));
    expect(inForce(engine, 4)[0]).toBe(5);
    burst(engine);
    expect(inForce(engine, 4)[0]).toBe(5);
  });

  test("a neuron that died while it was scaled comes back as it was set, under the factor of then", async () => {
    const engine = await modulated({ threshold: 4 }, { threshold: 6 });
    drive(engine);
    engine.apply(patchOf("deleteNeurons", [1]));
    engine.apply(patchOf("areaThreshold", [HERE, 5], [1]));
    expect([inForce(engine, 1)[0], inForce(engine, 2)[0]]).toEqual([4, 10]);
    burst(engine);
    engine.apply(patchOf("reviveNeurons", [1, 2]));
    expect([inForce(engine, 1)[0], inForce(engine, 2)[0]]).toEqual([4, 5]);
    drive(engine);
    expect([inForce(engine, 1)[0], inForce(engine, 2)[0]]).toEqual([8, 10]);
    engine.apply(patchOf("deleteNeurons", [1]));
    engine.apply(patchOf("reviveNeurons", [1]));
    expect(inForce(engine, 1)[0]).toBe(8);
    engine.apply(patchOf("setSubscriptions"));
    expect([inForce(engine, 1)[0], inForce(engine, 2)[0]]).toEqual([4, 5]);
  });

  test("what a homeostat knows of a neuron goes with it inside the area, and ends outside", async () => {
    const engine = await make();
    engine.load(tinyNetwork([{}, {}, { area: THERE }, {}]));
    const patch = new PatchWriter().begin("rateModulatedLeak", 13).u32(HERE).u32(0);
    patch.f32(0.5).f32(0.5).f32(0.5).f32(0).f32(1).u32(1).u32(1).f32(0.5).f32(0.125).u32(0).f32(0.25);
    engine.apply(patch.take());
    stage(engine, [1, 1]);
    burst(engine);
    const known = () => {
      const { homeostatNeuron, homeostatRate } = columns(engine);
      return Array.from(homeostatNeuron, (id, at) => [id, homeostatRate[at]]);
    };
    expect(known()).toEqual([
      [0, 0],
      [1, 0.5],
      [3, 0],
    ]);
    engine.apply(patchOf("moveNeurons", [1, 3]));
    expect(known()).toEqual([
      [0, 0],
      [3, 0.5],
    ]);
    stage(engine, [3, 1]);
    burst(engine);
    expect(known()[1]).toEqual([3, 0.75]);
    engine.apply(patchOf("moveNeurons", [3, 2]));
    expect(known().map(([id]) => id)).toEqual([0]);
  });

  test("a running train goes on under the new id, input that waits goes along", async () => {
    const engine = await make();
    engine.load(tinyNetwork([{ fireLimit: 3 }, {}, { area: THERE }, {}]));
    engine.apply(patchOf("spikeTrainAreas", [HERE]));
    stage(engine, [0, 1]);
    expect(burst(engine)).toEqual([0]);
    engine.apply(patchOf("moveNeurons", [0, 1]));
    expect([burst(engine), burst(engine), burst(engine)]).toEqual([[1], [1], []]);
    stage(engine, [3, 1]);
    engine.apply(patchOf("moveNeurons", [3, 2]));
    expect(burst(engine)).toEqual([2]);
    expect(burst(engine)).toEqual([]);
  });

  test("a watched input that moves is asked about where it lies now, and no more once it left its area", async () => {
    const at = (area: number, x: number): TinyNeuron => ({ area, voxel: [x, 0, 0] });
    const verdict = async (...move: number[]) => {
      const engine = await make();
      engine.load(tinyNetwork([at(82, 0), at(82, 1), at(83, 0), at(83, 1), at(80, 0), at(81, 0), at(84, 0)]));
      engine.apply(patchOf("setClassifierWatches", [80, 81, 1, 1, 82, 83]));
      stage(engine, [0, 1]);
      burst(engine);
      engine.apply(patchOf("moveNeurons", move));
      stage(engine, [3, 1]);
      burst(engine);
      return burst(engine);
    };
    expect(await verdict()).toEqual([4]);
    expect(await verdict(0, 1)).toEqual([5]);
    expect(await verdict(0, 6)).toEqual([]);
  });

  test("a removed slot keeps no group alive: the synapse made after it is of none", async () => {
    const engine = await make();
    const gate = modulatorKinds.indexOf("synaptic.gate");
    engine.load(tinyNetwork([{ area: DRIVER }, {}, { threshold: 1 }], [{ from: 1, to: 2 }]));
    engine.apply(patchOf("setModulators", [0, gate, DRIVER, 1, 0], [3, 4]));
    engine.apply(patchOf("modulationGroup", [1, 0]));
    engine.apply(patchOf("groupSynapses", [0, 1, 1]));
    const conducts = () => {
      stage(engine, [1, 1]);
      burst(engine);
      return burst(engine).includes(2);
    };
    expect(conducts()).toBe(false);
    engine.apply(patchOf("removeSynapseSlots", [0]));
    engine.apply(patchOf("addSynapses", [1, 2, 1, 1, 1 << 8], [2, 3]));
    expect(conducts()).toBe(true);
  });
}
