/** Rules of modulators on networks small enough to follow by hand; above all the repairs of `standard` (extensions 11.5). */
import { expect, test } from "vitest";
import type { Dynamics } from "#contracts/network.ts";
import { PatchWriter } from "#contracts/patch.ts";
import { type ModulatorKind, modulatorKinds } from "#contracts/patch-extensions.ts";
import type { Engine } from "../engine.ts";
import { decodeSnapshot } from "../reference/snapshot-codec.ts";
import type { MakeEngine } from "./conformance.ts";
import { register } from "./learning-suite.ts";
import { area, burst, patchOf, stage, type TinyNeuron, tinyNetwork } from "./tiny-network.ts";

/** The first driver is neuron 0 in area 20, the second neuron 1 in area 21; the rest is in area 7. */
const DRIVER = 20;
const OTHER = 21;
const HERE = 7;
const THERE = 8;
const both = ["standard", "feagi-strict"] as const;

interface Bound {
  kind: ModulatorKind;
  magnitude?: number;
  fullScale?: number;
  driver?: number;
}

/** Binds modulators; their numbers are their places. */
function bind(engine: Engine, ...modulators: readonly Bound[]): void {
  const patch = new PatchWriter().begin("setModulators", 5 * modulators.length);
  for (const [number, { kind, magnitude = 1, fullScale = 0, driver = DRIVER }] of modulators.entries()) {
    patch.u32(number).u32(modulatorKinds.indexOf(kind)).u32(driver).f32(magnitude).f32(fullScale);
  }
  engine.apply(patch.take());
}

export function modulatorRules(make: MakeEngine): void {
  const drivers: TinyNeuron[] = [{ area: DRIVER }, { area: OTHER }];
  const loaded = async (
    dynamics: Dynamics,
    neurons: TinyNeuron[] = [],
    ...rest: Parameters<typeof tinyNetwork> extends [unknown, ...infer R] ? R : never
  ) => {
    const engine = await make();
    engine.load(tinyNetwork([...drivers, ...neurons], rest[0] ?? [], { dynamics, ...rest[1] }));
    return engine;
  };
  const fire = (engine: Engine, ...inputs: (number | [id: number, potential: number])[]) => {
    if (inputs.length > 0) stage(engine, ...inputs.map((input): [number, number] => (typeof input === "number" ? [input, 1] : input)));
    return burst(engine);
  };
  const settings = (engine: Engine) => decodeSnapshot(engine.snapshot()).columns;
  const thresholdOf = (engine: Engine, id = 2) => settings(engine).threshold[id]!;

  test("a driver scales thresholds for the burst after it fired, never below zero", async () => {
    const engine = await loaded("standard", [{ threshold: 4 }]);
    bind(engine, { kind: "neuro.firing_threshold", magnitude: 0.5 }, { kind: "neuro.firing_threshold", magnitude: -3, driver: OTHER });
    engine.apply(patchOf("setSubscriptions", [HERE, 0, HERE, 1]));
    const seen = [[0], [], [1], [0, 1]].map((inputs) => {
      fire(engine, ...inputs);
      return thresholdOf(engine);
    });
    expect(seen).toEqual([6, 4, 0, 0]);
  });

  test("leak and excitability stay within 0..1, and a graded signal grows with the potential up to its full scale", async () => {
    const engine = await loaded("standard", [{ leak: 0.5, excitability: 0.8 }]);
    bind(engine, { kind: "neuro.leak", fullScale: 4 }, { kind: "neuro.firing_probability", magnitude: -1, fullScale: 4 });
    engine.apply(patchOf("setSubscriptions", [HERE, 0, HERE, 1]));
    const seen = [2, 4, 9].map((potential) => {
      fire(engine, [0, potential]);
      const { leak, excitability } = settings(engine);
      return [leak[2], excitability[2]];
    });
    expect(seen).toEqual([
      [0.75, Math.fround(0.4)],
      [1, 0],
      [1, 0],
    ]);
  });

  test("an edit of a scaled value is an edit of its baseline; strict undoes it at the next change of the factor", async () => {
    const seen = async (dynamics: Dynamics) => {
      const engine = await loaded(dynamics, [{ threshold: 4 }]);
      bind(engine, { kind: "neuro.firing_threshold" });
      engine.apply(patchOf("setSubscriptions", [HERE, 0]));
      fire(engine, 0);
      engine.apply(patchOf("areaThreshold", [HERE, 3], [1]));
      const edited = thresholdOf(engine);
      fire(engine);
      return [edited, thresholdOf(engine)];
    };
    expect(await seen("standard")).toEqual([6, 3]);
    expect(await seen("feagi-strict")).toEqual([3, 4]);
  });

  test("taking the present values as baseline makes factors compound in strict; otherwise baselines are kept apart", async () => {
    const seen = async (dynamics: Dynamics) => {
      const engine = await loaded(dynamics, [{ threshold: 4 }]);
      bind(engine, { kind: "neuro.firing_threshold" });
      engine.apply(patchOf("setSubscriptions", [HERE, 0]));
      fire(engine, 0);
      engine.apply(patchOf("rebaseModulated", [HERE, 0]));
      fire(engine);
      return thresholdOf(engine);
    };
    expect(await seen("standard")).toBe(4);
    expect(await seen("feagi-strict")).toBe(8);
  });

  test("an area that unsubscribes gets its values back; in strict the last scaled ones stay until they are released", async () => {
    const seen = async (dynamics: Dynamics) => {
      const engine = await loaded(dynamics, [{ threshold: 4 }]);
      bind(engine, { kind: "neuro.firing_threshold" });
      engine.apply(patchOf("setSubscriptions", [HERE, 0]));
      fire(engine, 0);
      engine.apply(patchOf("setSubscriptions", []));
      const left = thresholdOf(engine);
      fire(engine);
      engine.apply(patchOf("releaseModulated"));
      return [left, thresholdOf(engine)];
    };
    expect(await seen("standard")).toEqual([4, 4]);
    expect(await seen("feagi-strict")).toEqual([8, 4]);
  });

  test("a scaled leak counts from its burst on; in strict it acts back over the idle stretch", async () => {
    const seen = async (dynamics: Dynamics) => {
      const engine = await loaded(dynamics, [{ leak: 0.25, threshold: 9 }]);
      bind(engine, { kind: "neuro.leak" });
      engine.apply(patchOf("setSubscriptions", [HERE, 0]));
      fire(engine, [2, 4]);
      fire(engine);
      fire(engine, 0);
      return engine.neuronStates(Uint32Array.of(2)).potential[0];
    };
    expect(await seen("standard")).toBe(2.25);
    expect(await seen("feagi-strict")).toBe(1);
  });

  test("neurons that join a modulated area are scaled at once and fall back with the rest", async () => {
    for (const dynamics of both) {
      const engine = await loaded(dynamics, [{ threshold: 4 }]);
      bind(engine, { kind: "neuro.firing_threshold" });
      engine.apply(patchOf("setSubscriptions", [HERE, 0]));
      fire(engine, 0);
      engine.apply(patchOf("addNeurons", [HERE, 5, 0, 0, 3, 9, 0, 1, 0, 0], [4, 5, 6, 7]));
      expect(thresholdOf(engine, 3)).toBe(6);
      fire(engine);
      expect(thresholdOf(engine, 3)).toBe(3);
    }
  });

  /** Neuron 2 sends 8 to neuron 3 over a synapse of group 1, and to neuron 4 over one of none. */
  const gated = async (dynamics: Dynamics, uniform: boolean | null) => {
    const areas = uniform === null ? [] : [area(HERE, { pspUniform: uniform })];
    const synapses = [
      { from: 2, to: 3, weight: 8 },
      { from: 2, to: 4, weight: 8 },
    ];
    const engine = await loaded(dynamics, [{}, { threshold: 99, leak: 1 }, { threshold: 99, leak: 1 }], synapses, { areas });
    engine.apply(patchOf("groupSynapses", [0, 1, 1]));
    return engine;
  };
  const arrived = (engine: Engine) => Array.from(engine.candidates().sums).slice(-2);

  test("a gate lets through only what is sent in the burst after its driver fired", async () => {
    for (const dynamics of both) {
      const engine = await gated(dynamics, true);
      bind(engine, { kind: "synaptic.gate" });
      engine.apply(patchOf("modulationGroup", [1, 0]));
      const seen = [[2, 0], [2], [2], []].map((inputs) => {
        fire(engine, ...inputs);
        return arrived(engine);
      });
      expect(seen.slice(1)).toEqual([
        [0, 8],
        [8, 8],
        [0, 8],
      ]);
    }
  });

  test("gain and gate multiply, and the widest open gate counts", async () => {
    const engine = await gated("standard", true);
    const gate = { kind: "synaptic.gate", magnitude: 0.25, driver: OTHER } as const;
    bind(engine, { kind: "synaptic.transmission_gain" }, gate, { ...gate, magnitude: 0.5 });
    engine.apply(patchOf("modulationGroup", [1, 0, 1, 2]));
    fire(engine, 0, 1);
    fire(engine, 2);
    fire(engine);
    expect(arrived(engine)).toEqual([8, 8]);
  });

  test("a factor changes nothing else; in strict without area flags every contribution of such a burst is divided", async () => {
    const seen = async (dynamics: Dynamics) => {
      const engine = await gated(dynamics, null);
      bind(engine, { kind: "synaptic.transmission_gain" });
      engine.apply(patchOf("modulationGroup", [1, 0]));
      fire(engine, 0);
      fire(engine, 2);
      fire(engine, 2);
      const divided = arrived(engine);
      fire(engine);
      return [divided, arrived(engine)];
    };
    expect(await seen("standard")).toEqual([
      [16, 8],
      [8, 8],
    ]);
    expect(await seen("feagi-strict")).toEqual([
      [8, 4],
      [8, 8],
    ]);
  });

  test("removing the last modulator opens its gates; in strict a closed one stays closed", async () => {
    const seen = async (dynamics: Dynamics) => {
      const engine = await gated(dynamics, true);
      bind(engine, { kind: "synaptic.gate" });
      engine.apply(patchOf("modulationGroup", [1, 0]));
      engine.apply(patchOf("removeModulator", [0]));
      fire(engine, 2);
      fire(engine);
      return arrived(engine);
    };
    expect(await seen("standard")).toEqual([8, 8]);
    expect(await seen("feagi-strict")).toEqual([0, 8]);
  });

  test("a removed modulator leaves its groups, and its number does not come back to them", async () => {
    for (const dynamics of both) {
      const engine = await gated(dynamics, true);
      bind(engine, { kind: "synaptic.gate" }, { kind: "synaptic.transmission_gain", driver: OTHER });
      engine.apply(patchOf("modulationGroup", [1, 0]));
      engine.apply(patchOf("removeModulator", [0]));
      bind(engine, { kind: "synaptic.gate" });
      fire(engine);
      fire(engine, 2);
      fire(engine);
      expect(arrived(engine)).toEqual([8, 8]);
    }
  });

  test("what conducts into a neuron is told with the factor in force", async () => {
    const engine = await gated("standard", true);
    bind(engine, { kind: "synaptic.transmission_gain", magnitude: 0.5 });
    engine.apply(patchOf("modulationGroup", [1, 0]));
    expect(Array.from(engine.afferents(3).factor)).toEqual([1]);
    fire(engine, 0);
    expect([...engine.afferents(3).factor, ...engine.afferents(4).factor]).toEqual([1.5, 1]);
  });

  test("two modulators of one driver give each its own signal; in strict the last one says it for both", async () => {
    const seen = async (dynamics: Dynamics) => {
      const engine = await loaded(dynamics, [{ threshold: 4, leak: 0.25 }]);
      bind(engine, { kind: "neuro.firing_threshold", magnitude: 0.5 }, { kind: "neuro.leak" });
      engine.apply(patchOf("setSubscriptions", [HERE, 0, HERE, 1]));
      fire(engine, 0);
      return [thresholdOf(engine), settings(engine).leak[2]];
    };
    expect(await seen("standard")).toEqual([6, 0.5]);
    expect(await seen("feagi-strict")).toEqual([8, 0.5]);
  });

  test("a loaded network begins without the modulators of the one before", async () => {
    const engine = await gated("standard", true);
    const fresh = engine.stateHash();
    bind(engine, { kind: "synaptic.gate" });
    engine.apply(patchOf("modulationGroup", [1, 0]));
    engine.apply(patchOf("setClassifierWatches", [80, 81, 0, 1, 7, 8]));
    expect(engine.stateHash()).not.toBe(fresh);
    const again = await gated("standard", true);
    engine.load(tinyNetwork([{}]));
    again.load(tinyNetwork([{}]));
    expect(engine.stateHash()).toBe(again.stateHash());
  });

  test("memories form unless the factor of their area is exactly zero", async () => {
    const engine = await loaded("standard");
    bind(engine, { kind: "memory.formation", magnitude: -1 }, { kind: "memory.formation", magnitude: -0.5, driver: OTHER });
    engine.apply(patchOf("setSubscriptions", [30, 0, 31, 1, 32, 1, 32, 0]));
    const suppressed = [[1], [0], []].map((inputs) => {
      fire(engine, ...inputs);
      return Array.from(engine.memorySignals().suppressed);
    });
    expect(suppressed).toEqual([[], [30, 32], []]);
  });

  test("what FEAGI leaves suppressed after its last modulator went is in the snapshot too", async () => {
    const engine = await loaded("feagi-strict");
    bind(engine, { kind: "memory.formation", magnitude: -1 });
    engine.apply(patchOf("setSubscriptions", [30, 0]));
    fire(engine, 0);
    engine.apply(patchOf("setSubscriptions", []));
    bind(engine);
    const restored = await make();
    restored.restore(engine.snapshot());
    expect(Array.from(restored.memorySignals().suppressed)).toEqual([30]);
    expect(restored.stateHash()).toBe(engine.stateHash());
  });

  /** Source neuron 2, target neuron 3, one synapse of weight 5 that sends nothing. */
  const learner = async (dynamics: Dynamics, mapping: Parameters<typeof register>[1], modulators: readonly Bound[]) => {
    const engine = await loaded(dynamics, [{}, { area: THERE }], [{ from: 2, to: 3, weight: 5, psp: 0 }]);
    for (const tracked of [HERE, THERE]) engine.apply(patchOf("trackFiring", [tracked, 3, 0]));
    bind(engine, ...modulators);
    engine.apply(patchOf("modulationGroup", [1, ...modulators.keys()]));
    register(engine, { group: 1, decay: 0.5, ...mapping });
    return engine;
  };
  const synapse = (engine: Engine) => {
    const { weight, trace } = engine.synapses();
    return [weight[0], trace[0]];
  };

  test("a reward acts in the burst after its driver fired, on the trace that is left", async () => {
    const engine = await learner("standard", { mode: 2 }, [{ kind: "synaptic.reward" }]);
    fire(engine, 2, 3, 0);
    expect(synapse(engine)).toEqual([5, 2]);
    fire(engine);
    expect(synapse(engine)).toEqual([6, 1]);
    fire(engine);
    expect(synapse(engine)[0]).toBe(6);
  });

  test("punishment weakens and never strengthens", async () => {
    const engine = await learner("standard", { mode: 2 }, [{ kind: "synaptic.reward", magnitude: -1 }]);
    fire(engine, 2, 3, 0);
    fire(engine, 0);
    expect(synapse(engine)[0]).toBe(4);
    const blamed = await learner("standard", { mode: 2 }, [{ kind: "synaptic.reward", magnitude: -1 }]);
    fire(blamed, 2, 0);
    fire(blamed);
    expect(synapse(blamed)).toEqual([5, -0.5]);
  });

  test("rewards of a group add up, learning rates multiply them, and a plain mapping with a reward learns from it alone", async () => {
    const reward = { kind: "synaptic.reward", magnitude: 0.5 } as const;
    const engine = await learner("standard", { mode: 1 }, [reward, { ...reward, driver: OTHER }, { kind: "synaptic.learning_rate" }]);
    fire(engine, 2, 3);
    expect(synapse(engine)).toEqual([5, 2]);
    fire(engine, 0, 1);
    fire(engine);
    expect(synapse(engine)).toEqual([6, 0.5]);
  });

  test("a learning rate alone scales what a plain mapping commits", async () => {
    const engine = await learner("standard", { decay: 0 }, [{ kind: "synaptic.learning_rate", magnitude: -0.5 }]);
    fire(engine, 2, 3, 0);
    expect(synapse(engine)[0]).toBe(7);
    fire(engine, 2, 3);
    expect(synapse(engine)[0]).toBe(8);
  });

  test("a new synapse carries the group of its mapping; in strict it carries none", async () => {
    for (const dynamics of both) {
      const engine = await loaded(dynamics, [{}, { area: THERE }]);
      for (const tracked of [HERE, THERE]) engine.apply(patchOf("trackFiring", [tracked, 1, 0]));
      bind(engine, { kind: "synaptic.gate" });
      engine.apply(patchOf("modulationGroup", [3, 0]));
      register(engine, { flags: 1, group: 3 });
      fire(engine, 2, 3);
      expect(engine.synapseCount).toBe(1);
      expect(Array.from(settings(engine).synapseGroup)).toEqual(dynamics === "standard" ? [3] : []);
    }
  });

  test("a brain may not teach itself its own reward: such a mapping is not registered", async () => {
    for (const dynamics of both) {
      const engine = await learner(dynamics, { mode: 2 }, [{ kind: "synaptic.reward" }]);
      const mappings = () => {
        const { mappingSource, mappingTarget } = settings(engine);
        return Array.from(mappingSource, (source, i) => [source, mappingTarget[i]]);
      };
      register(engine, { mode: 1 }, [THERE, DRIVER]);
      expect(mappings()).toEqual([[HERE, THERE]]);
      register(engine, { mode: 0 }, [THERE, DRIVER]);
      register(engine, { mode: 1 }, [THERE, OTHER]);
      expect(mappings()).toEqual([
        [HERE, THERE],
        [THERE, DRIVER],
        [THERE, OTHER],
      ]);
      engine.apply(patchOf("unregisterMapping", [HERE, THERE]));
      register(engine, { mode: 1 }, [THERE, DRIVER]);
      register(engine, { mode: 2, group: 1 }, [HERE, THERE]);
      expect(mappings()).toEqual([
        [THERE, DRIVER],
        [THERE, OTHER],
      ]);
    }
  });

  test("what reward strengthens is marked at both memory neurons, until the marks are cleared", async () => {
    const memory = 50_000_000;
    const engine = await loaded("standard");
    engine.apply(patchOf("mapMemoryNeurons", [memory, 30, memory + 1, 31]));
    for (const tracked of [30, 31]) engine.apply(patchOf("trackFiring", [tracked, 1, 0]));
    bind(engine, { kind: "synaptic.reward" });
    engine.apply(patchOf("modulationGroup", [1, 0]));
    register(engine, { mode: 2, flags: 2, group: 1 }, [30, 31]);
    const recall = (reward: boolean) => {
      engine.apply(patchOf("memoryInject", [memory, 30, 1, memory + 1, 31, 1], [2, 5]));
      fire(engine, ...(reward ? [0] : []));
      return Array.from(engine.memorySignals().consolidated);
    };
    expect(recall(true)).toEqual([]);
    expect(recall(true)).toEqual([memory, memory + 1]);
    engine.apply(patchOf("clearConsolidated"));
    expect(recall(false)).toEqual([memory, memory + 1]);
    engine.apply(patchOf("clearConsolidated"));
    expect(recall(false)).toEqual([]);
  });
}
