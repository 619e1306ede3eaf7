/** Rules of learning and of memory neurons, each on a network small enough to follow by hand; above all the repairs of `standard`. */
import { expect, test } from "vitest";
import type { Dynamics } from "#contracts/network.ts";
import { NO_MAX_WEIGHT, PatchWriter } from "#contracts/patch.ts";
import type { Engine } from "../engine.ts";
import type { MakeEngine } from "./conformance.ts";
import { burst, patchOf, stage, tinyNetwork } from "./tiny-network.ts";

/** Source neurons 0 and 1 in area 7, target neurons 2 and 3 in area 8. */
const FROM = 7;
const INTO = 8;
const MEMORY = 50_000_000;
const MEMORY_AREA = 20;

export interface Registration {
  mode?: number;
  window?: number;
  rise?: number;
  fall?: number;
  eta?: number;
  maxWeight?: number;
  decay?: number;
  flags?: number;
  delay?: number;
  group?: number;
}

export function register(engine: Engine, mapping: Registration = {}, [from, into]: readonly [number, number] = [FROM, INTO]): void {
  const { mode = 1, window = 1, rise = 2, fall = 1, eta = 1, maxWeight = NO_MAX_WEIGHT, decay = 0, flags = 0, delay = 1 } = mapping;
  const patch = new PatchWriter().begin("registerMapping", 12).u32(from).u32(into).u32(mode).u32(window);
  patch.u32(rise).u32(fall).f32(eta).f32(maxWeight).f32(decay).u32(flags).f32(0.5);
  patch.u32((delay << 8) | ((mapping.group ?? 0) << 16));
  engine.apply(patch.take());
}

export function learningRules(make: MakeEngine): void {
  const learner = async (mapping: Registration | null, dynamics: Dynamics = "standard", connected = true): Promise<Engine> => {
    const engine = await make();
    const neurons = [{}, {}, { area: INTO }, { area: INTO }];
    engine.load(tinyNetwork(neurons, connected ? [{ from: 0, to: 2, weight: 5, psp: 0 }] : [], { dynamics }));
    for (const area of [FROM, INTO]) engine.apply(patchOf("trackFiring", [area, 3, 0]));
    if (mapping) register(engine, mapping);
    return engine;
  };
  const fire = (engine: Engine, ...ids: number[]) => {
    stage(engine, ...ids.map((id): [number, number] => [id, 1]));
    return burst(engine);
  };
  const weightOf = (engine: Engine) => engine.synapses().weight[0];
  const traceOf = (engine: Engine) => engine.synapses().trace[0];
  const ends = (engine: Engine) => {
    const { source, target } = engine.synapses();
    return Array.from(source, (from, i) => [from, target[i]]);
  };

  test("both ends active raise the weight, one end lowers it, none leaves it, and it never falls below zero", async () => {
    const engine = await learner({ fall: 3 });
    fire(engine, 0, 2);
    expect(weightOf(engine)).toBe(7);
    fire(engine, 0);
    expect(weightOf(engine)).toBe(4);
    fire(engine);
    expect(weightOf(engine)).toBe(4);
    fire(engine, 2);
    fire(engine, 2);
    expect(weightOf(engine)).toBe(0);
  });

  test("activity anywhere in the window counts, once the window is full", async () => {
    const engine = await learner({ window: 2 });
    fire(engine, 0, 2);
    expect(weightOf(engine)).toBe(5);
    fire(engine);
    expect(weightOf(engine)).toBe(7);
    fire(engine, 0);
    fire(engine, 2);
    expect(weightOf(engine)).toBe(8);
  });

  test("a rising weight stops at the largest, and one above it is pulled down", async () => {
    const engine = await learner({ maxWeight: 6 });
    fire(engine, 0, 2);
    expect(weightOf(engine)).toBe(6);
    engine.apply(patchOf("updateSynapseWeight", [0, 2, 9], [2]));
    fire(engine, 0, 2);
    expect(weightOf(engine)).toBe(6);
  });

  test("a spike carries the weight it had before its burst taught it", async () => {
    const engine = await make();
    engine.load(tinyNetwork([{}, { area: INTO, threshold: 5.5 }], [{ from: 0, to: 1, weight: 5 }]));
    for (const area of [FROM, INTO]) engine.apply(patchOf("trackFiring", [area, 1, 0]));
    register(engine);
    stage(engine, [0, 1], [1, 6]);
    expect(burst(engine)).toEqual([0, 1]);
    expect(weightOf(engine)).toBe(7);
    stage(engine, [0, 1]);
    expect(burst(engine)).toEqual([0]);
    expect(burst(engine)).toEqual([1]);
  });

  test("a frozen mapping learns nothing; a reset writes the weight and clears the trace", async () => {
    const engine = await learner({ decay: 0.5 });
    engine.apply(patchOf("freezeMapping", [FROM, INTO, 1]));
    fire(engine, 0, 2);
    expect([weightOf(engine), traceOf(engine)]).toEqual([5, 0]);
    engine.apply(patchOf("freezeMapping", [FROM, INTO, 0]));
    fire(engine, 0, 2);
    expect([weightOf(engine), traceOf(engine)]).toEqual([7, 2]);
    engine.apply(patchOf("resetMappingWeights", [FROM, INTO, 1.5], [2]));
    expect([weightOf(engine), traceOf(engine)]).toEqual([1.5, 0]);
    engine.apply(patchOf("unregisterMapping", [FROM, INTO]));
    fire(engine, 0, 2);
    expect(weightOf(engine)).toBe(1.5);
  });

  test("mappings that create in one burst do so in ascending order of their areas, whatever the order they came in", async () => {
    for (const dynamics of ["standard", "feagi-strict"] as const) {
      const engine = await learner(null, dynamics, false);
      for (const pair of [
        [INTO, FROM],
        [INTO, INTO],
        [FROM, INTO],
      ] as const)
        register(engine, { flags: 1 }, pair);
      fire(engine, 0, 2);
      expect(ends(engine)).toEqual([
        [0, 2],
        [2, 0],
        [2, 2],
      ]);
    }
  });

  test("a bidirectional mapping joins what fires throughout the window, source by source", async () => {
    const engine = await learner({ window: 2, flags: 1, delay: 4 }, "standard", false);
    fire(engine, 0, 1, 2, 3);
    fire(engine, 1, 0, 3);
    expect(ends(engine)).toEqual([
      [0, 3],
      [1, 3],
    ]);
    const { weight, psp, delay, flags } = engine.synapses();
    expect([weight[0], psp[0], delay[0], flags[0]]).toEqual([2, 0.5, 4, 1]);
  });

  test("mode off does nothing; strict still creates", async () => {
    const created = async (dynamics: Dynamics) => {
      const engine = await learner({ mode: 0, flags: 1 }, dynamics, false);
      fire(engine, 0, 2);
      return ends(engine).length;
    };
    expect(await created("standard")).toBe(0);
    expect(await created("feagi-strict")).toBe(1);
  });

  test("a created synapse answers for its own ends; in strict any activity of the area stands for them", async () => {
    const blamed = async (dynamics: Dynamics) => {
      const engine = await learner({ flags: 1 }, dynamics, false);
      fire(engine, 0, 2);
      fire(engine, 1);
      return weightOf(engine);
    };
    expect(await blamed("standard")).toBe(2);
    expect(await blamed("feagi-strict")).toBe(1);
  });

  test("a pair stops creating when its switches go; strict goes on", async () => {
    const created = async (dynamics: Dynamics) => {
      const engine = await learner({ flags: 1 }, dynamics, false);
      fire(engine, 0, 2);
      register(engine);
      fire(engine, 1, 3);
      return ends(engine).length;
    };
    expect(await created("standard")).toBe(1);
    expect(await created("feagi-strict")).toBe(2);
  });

  test("a trace decays in every burst; strict freezes it while there is nothing to learn", async () => {
    const left = async (dynamics: Dynamics, mapping: Registration) => {
      const engine = await learner({ decay: 0.5 }, dynamics);
      fire(engine, 0, 2);
      register(engine, { decay: 0.5, ...mapping });
      fire(engine);
      return traceOf(engine);
    };
    const idle: Registration = { mode: 2, rise: 0, fall: 0 };
    expect([await left("standard", idle), await left("feagi-strict", idle)]).toEqual([1, 2]);
    const tooWide: Registration = { window: 9 };
    expect([await left("standard", tooWide), await left("feagi-strict", tooWide)]).toEqual([1, 2]);
  });

  test("an added synapse learns from the next burst on; strict waits for the rebuild", async () => {
    const learned = async (dynamics: Dynamics, rebuild: boolean) => {
      const engine = await learner({}, dynamics, false);
      engine.apply(patchOf("addSynapses", [0, 2, 5, 0, 1 << 8], [2, 3]));
      if (rebuild) engine.apply(patchOf("rebuildSynapseIndex"));
      fire(engine, 0, 2);
      return weightOf(engine);
    };
    expect(await learned("standard", false)).toBe(7);
    expect(await learned("feagi-strict", false)).toBe(5);
    expect(await learned("feagi-strict", true)).toBe(7);
  });

  test("resetting the weights of a pair of areas needs no mapping", async () => {
    const engine = await learner(null);
    engine.apply(patchOf("resetMappingWeights", [FROM, INTO, 1.5], [2]));
    expect(weightOf(engine)).toBe(1.5);
    engine.apply(patchOf("resetMappingWeights", [INTO, FROM, 9], [2]));
    expect(weightOf(engine)).toBe(1.5);
  });

  test("a new synapse is made where no indexed one leads, though an unindexed one may", async () => {
    const engine = await learner(null, "feagi-strict", false);
    engine.apply(patchOf("addSynapses", [0, 2, 0, 0, 1 << 8]));
    register(engine, { flags: 1 });
    fire(engine, 0, 2);
    expect(ends(engine)).toEqual([
      [0, 2],
      [0, 2],
    ]);
    fire(engine, 0, 2);
    expect(ends(engine)).toHaveLength(2);
  });

  const remembering = async (dynamics: Dynamics = "standard") => {
    const engine = await make();
    const neurons = [{ voxel: [0, 0, 0] as const }, { area: INTO, voxel: [4, 0, 0] as const }].map((neuron) => ({
      ...neuron,
      voxel: [...neuron.voxel] as [number, number, number],
    }));
    const synapses = [
      { from: 0, to: MEMORY, weight: 2, inhibitory: true },
      { from: MEMORY, to: 0, weight: 3 },
    ];
    engine.load(tinyNetwork(neurons, synapses, { dynamics }));
    engine.apply(patchOf("mapMemoryNeurons", [MEMORY, MEMORY_AREA]));
    return engine;
  };

  test("strict joins memory neurons that fired by injection, mapped or not; otherwise only mapped ones are joined", async () => {
    const joined = async (dynamics: Dynamics) => {
      const engine = await remembering(dynamics);
      engine.apply(patchOf("trackFiring", [MEMORY_AREA, 1, 0]));
      register(engine, { flags: 2 }, [MEMORY_AREA, MEMORY_AREA]);
      engine.apply(patchOf("memoryInject", [MEMORY, MEMORY_AREA, 1, MEMORY + 1, MEMORY_AREA, 1], [2, 5]));
      burst(engine);
      return ends(engine).slice(2);
    };
    expect(await joined("standard")).toEqual([[MEMORY, MEMORY]]);
    expect(await joined("feagi-strict")).toEqual([
      [MEMORY, MEMORY],
      [MEMORY, MEMORY + 1],
      [MEMORY + 1, MEMORY],
      [MEMORY + 1, MEMORY + 1],
    ]);
  });

  test("an injected memory neuron fires whatever its sum, and its spike travels", async () => {
    const engine = await remembering();
    engine.apply(patchOf("memoryInject", [MEMORY, MEMORY_AREA, -1], [2]));
    expect(burst(engine)).toEqual([MEMORY]);
    expect(Array.from(engine.firedPotentials())).toEqual([-1]);
    expect(burst(engine)).toEqual([0]);
  });

  test("inhibition alone does not fire a memory neuron; in strict any spike does", async () => {
    const fires = async (dynamics: Dynamics) => {
      const engine = await remembering(dynamics);
      fire(engine, 0);
      return burst(engine).includes(MEMORY);
    };
    expect(await fires("standard")).toBe(false);
    expect(await fires("feagi-strict")).toBe(true);
  });

  test("a memory neuron replays its frames as forced fires of the twin area", async () => {
    const engine = await remembering();
    engine.apply(patchOf("registerTwins", [MEMORY_AREA, FROM, INTO]));
    engine.apply(patchOf("replayFrames", [MEMORY, 1, FROM, 2, 4, 0, 0, 9, 9, 9, 0, 99, 1, 4, 0, 0]));
    engine.apply(patchOf("memoryInject", [MEMORY, MEMORY_AREA, 1.5], [2]));
    expect(burst(engine)).toEqual([MEMORY]);
    expect(burst(engine)).toEqual([0]);
    expect(burst(engine)).toEqual([1]);
    expect(burst(engine)).toEqual([]);
  });

  test("a removed memory neuron takes its synapses, injections and arrivals with it", async () => {
    const engine = await remembering("feagi-strict");
    fire(engine, 0);
    engine.apply(patchOf("memoryInject", [MEMORY, MEMORY_AREA, 1], [2]));
    engine.apply(patchOf("removeMemoryNeurons", [MEMORY]));
    expect(engine.synapseCount).toBe(0);
    expect(burst(engine)).toEqual([]);
    expect(Array.from(engine.candidates().ids)).toEqual([]);
  });

  test("resetting its area forgets the injections of memory neurons, not what synapses have sent to them", async () => {
    const injected = await remembering("feagi-strict");
    injected.apply(patchOf("memoryInject", [MEMORY, MEMORY_AREA, 1], [2]));
    injected.apply(patchOf("resetAreaRuntime", [MEMORY_AREA]));
    expect(burst(injected)).toEqual([]);
    const sent = await remembering("feagi-strict");
    fire(sent, 0);
    sent.apply(patchOf("resetAreaRuntime", [MEMORY_AREA]));
    expect(burst(sent)).toEqual([MEMORY]);
  });

  test("a replayed voxel fires with whatever potential its memory neuron had, nothing included", async () => {
    const engine = await remembering();
    engine.apply(patchOf("areaMpDrivenPsp", [MEMORY_AREA, 1]));
    engine.apply(patchOf("registerTwins", [MEMORY_AREA, FROM, INTO]));
    engine.apply(patchOf("replayFrames", [MEMORY, 0, FROM, 1, 4, 0, 0]));
    engine.apply(patchOf("memoryInject", [MEMORY, MEMORY_AREA, 0], [2]));
    burst(engine);
    expect(burst(engine)).toEqual([1]);
    expect(Array.from(engine.firedPotentials())).toEqual([0]);
  });

  test("a memory neuron sends by the flags of the area it is mapped to, wherever it was injected", async () => {
    const sent = async (uniform: number, flagged: number) => {
      const engine = await make();
      const targets = [0, 1].map((to) => ({ from: MEMORY, to, weight: 3 }));
      engine.load(tinyNetwork([{ threshold: 9 }, { threshold: 9 }], targets, { dynamics: "feagi-strict" }));
      engine.apply(patchOf("mapMemoryNeurons", [MEMORY, MEMORY_AREA]));
      engine.apply(patchOf("areaPspUniform", [flagged, uniform]));
      engine.apply(patchOf("memoryInject", [MEMORY, MEMORY_AREA + 1, 1], [2]));
      burst(engine);
      burst(engine);
      return engine.candidates().sums[0];
    };
    expect(await sent(1, MEMORY_AREA)).toBe(3);
    expect(await sent(1, MEMORY_AREA + 1)).toBe(1.5);
  });

  test("an area's postsynaptic potential reaches the synapses of its living neurons only", async () => {
    const engine = await remembering("feagi-strict");
    engine.apply(patchOf("areaPostsynapticCurrent", [MEMORY_AREA, 7], [1]));
    expect(engine.synapses().psp[1]).toBe(1);
    engine.apply(patchOf("deleteNeurons", [0]));
    engine.apply(patchOf("addSynapses", [0, 1, 0, 0, 1 << 8]));
    engine.apply(patchOf("rebuildSynapseIndex"));
    engine.apply(patchOf("areaPostsynapticCurrent", [FROM, 7], [1]));
    expect(engine.synapses().psp[0]).toBe(0);
  });

  test("learning and memory go on after a restore as if nothing had happened", async () => {
    const [engine, other] = [await learner({ flags: 3, decay: 0.5 }), await make()];
    engine.apply(patchOf("mapMemoryNeurons", [MEMORY, FROM]));
    engine.apply(patchOf("registerTwins", [FROM, INTO, INTO]));
    engine.apply(patchOf("replayFrames", [MEMORY, 2, INTO, 1, 2, 0, 0]));
    engine.apply(patchOf("memoryInject", [MEMORY, FROM, 1], [2]));
    fire(engine, 0, 2);
    engine.apply(patchOf("memoryInject", [MEMORY, FROM, 2], [2]));
    other.restore(engine.snapshot());
    expect(other.stateHash()).toBe(engine.stateHash());
    for (let n = 0; n < 6; n++) {
      expect(fire(other, n % 4)).toEqual(fire(engine, n % 4));
      expect(other.stateHash()).toBe(engine.stateHash());
    }
  });
}
