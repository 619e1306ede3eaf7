import { describe, expect, test } from "vitest";
import { PatchWriter } from "#contracts/patch.ts";
import { createReferenceEngine } from "../engine/reference/reference-engine.ts";
import { decodeSnapshot } from "../engine/reference/snapshot-codec.ts";
import { switchesOf } from "./switches.ts";
import { A, B, C, DRIVER, idOf, MEMORY, MEMORY_2, modulator, plastic, Switched, switchedGenome } from "./testing/switched.ts";

const brain = (...given: Parameters<typeof switchedGenome>) => new Switched(switchedGenome(...given));
/** The same brain from its saved state goes on as the one that was never stopped. */
function expectUnbroken(living: Switched, live: (one: Switched) => void): void {
  const restored = createReferenceEngine();
  const state = living.engine.snapshot();
  const twin = new Switched(living.connectome.genome, restored);
  restored.restore(state);
  live(living);
  live(twin);
  expect(restored.stateHash()).toBe(living.engine.stateHash());
}

describe("plastic mappings", () => {
  test("a plastic rule learns from the first burst of a grown brain, a plain one does not", () => {
    const living = brain({ [A]: { to: { [B]: [plastic], [C]: [{}] } }, [B]: {}, [C]: {} });
    for (let i = 0; i < 3; i++) living.fire(A, B, C);
    expect(living.weights(A, B)).toEqual([4, 4]);
    expect(living.weights(A, C)).toEqual([1, 1]);
    expectUnbroken(living, (one) => one.fire(A, B));
  });

  test("steps that are fractions are learned as such", () => {
    const living = brain({ [A]: { to: { [B]: [{ ...plastic, plasticity_constant: 0.25, ltd_multiplier: 0.5 }] } }, [B]: {} });
    living.fire(A, B);
    expect(living.weights(A, B)[0]).toBeCloseTo(1.25, 5);
    living.fire(B);
    expect(living.weights(A, B)[0]).toBeCloseTo(1.125, 2);
  });

  test("of several rules of a pair the last that learns counts, and weights stay below its ceiling", () => {
    const rules = [plastic, {}, { ...plastic, plasticity_constant: 3, max_weight: 5, plasticity_eta: 0.5 }];
    const living = brain({ [A]: { to: { [B]: rules } }, [B]: {} });
    living.fire(A, B);
    expect(new Set(living.weights(A, B))).toEqual(new Set([2.5]));
    for (let i = 0; i < 9; i++) living.fire(A, B);
    expect(new Set(living.weights(A, B))).toEqual(new Set([5]));
  });

  test("a frozen rule does not learn", () => {
    const living = brain({ [A]: { to: { [B]: [{ ...plastic, plasticity_frozen: true }] } }, [B]: {} });
    living.fire(A, B);
    expect(living.weights(A, B)).toEqual([1, 1]);
  });

  test("what has no meaning is said by its path and does not learn", () => {
    const wrong = { plasticity_mode: "hebb", max_weight: -1, eligibility_decay_bursts: 3, modulators: "reward" };
    const living = brain({ [A]: { to: { [B]: [{ ...plastic, ...wrong }] } }, [B]: {} });
    const rule = `cortical_mapping_dst.${idOf(B)}[0]`;
    const members = ["plasticity_mode", "max_weight", "modulators", "eligibility_decay_bursts"];
    expect(living.problems()).toEqual(members.map((member) => `RULE_LEARNING ${rule}.${member}`));
    living.fire(A, B);
    expect(living.weights(A, B)).toEqual([1, 1]);
  });

  test("a rule that cannot grow takes the learning of what follows with it in feagi-strict, and only its own in standard", () => {
    const areas = { [A]: { to: { [B]: [{ ...plastic, morphology_id: "nothing" }], [C]: [plastic] } }, [B]: {}, [C]: {} };
    const learning = (strict: boolean) => {
      const { mappingTarget } = decodeSnapshot(new Switched(switchedGenome(areas, {}, strict)).engine.snapshot()).columns;
      return [...mappingTarget];
    };
    const { index: b } = brain(areas).area(B);
    expect([learning(false), learning(true)]).toEqual([[b + 1], [b]]);
  });

  test("associations between memory areas carry the associative flag, and are registered as such", () => {
    const associative = { ...plastic, morphology_id: "associative_memory", plasticity_flag: false };
    const living = brain({ [MEMORY]: { size: [1, 1, 1], to: { [MEMORY_2]: [associative] } }, [MEMORY_2]: { size: [1, 1, 1] } });
    const { mappingFlags, trackArea, trackEpisodic, sparseArea } = decodeSnapshot(living.engine.snapshot()).columns;
    const [one, two] = [living.area(MEMORY).index, living.area(MEMORY_2).index];
    expect([...living.engine.synapses().flags]).toEqual([1]);
    expect([[...mappingFlags], [...trackArea], [...trackEpisodic], [...sparseArea]]).toEqual([
      [2],
      [one, one, two, two],
      [0, 1, 0, 1],
      [two],
    ]);
  });
});

describe("modulators", () => {
  const rewarded = { ...plastic, plasticity_mode: "rstdp", modulators: ["reward"] };
  const reward = { modulators: { reward: modulator("synaptic.reward", DRIVER) } };

  test("a rule that learns by reward learns only when the driver has fired", () => {
    const living = brain({ [A]: { to: { [B]: [rewarded] } }, [B]: {}, [DRIVER]: { size: [1, 1, 1] } }, reward);
    living.fire(A, B);
    living.fire(A, B);
    expect(living.weights(A, B)).toEqual([1, 1]);
    living.fire(A, B, DRIVER);
    living.fire(A, B);
    expect(living.weights(A, B)).toEqual([2, 2]);
    expectUnbroken(living, (one) => {
      one.fire(A, B, DRIVER);
      one.fire(A, B);
    });
  });

  test("a gate in the list of a plain rule keeps its synapses closed until the driver fires, and those of other rules open", () => {
    const gate = { modulators: { gate: modulator("synaptic.gate", DRIVER) } };
    const living = brain(
      {
        [A]: { psp_uniform_distribution: true, to: { [B]: [{ modulators: ["gate"] }], [C]: [{}] } },
        ...{ [B]: {}, [C]: {}, [DRIVER]: { size: [1, 1, 1] } },
      },
      gate,
    );
    const heardBy = (letters: string) => {
      const { firstNeuron, neurons } = living.area(letters);
      const { ids, sums } = living.engine.candidates();
      return [...sums].filter((_, i) => ids[i]! >= firstNeuron && ids[i]! < firstNeuron + neurons);
    };
    living.fire(A);
    living.burst(1);
    expect([heardBy(B), heardBy(C)]).toEqual([
      [0, 0],
      [1, 1],
    ]);
    living.fire(DRIVER);
    living.fire(A);
    living.burst(1);
    expect([heardBy(B), heardBy(C)]).toEqual([
      [1, 1],
      [1, 1],
    ]);
  });

  test("an area that listens to a modulator has its thresholds scaled the burst after", () => {
    const numb = { modulators: { numb: modulator("neuro.firing_threshold", DRIVER, { magnitude_percent: 50 }) } };
    const living = brain({ [A]: { modulators: ["numb"] }, [DRIVER]: { size: [1, 1, 1] } }, numb);
    // As it is in force; readings of settings leave modulators out.
    const threshold = () => decodeSnapshot(living.engine.snapshot()).columns.threshold[living.area(A).firstNeuron];
    living.fire(DRIVER);
    expect(threshold()).toBe(1.5);
    // A forced firing begins a train that is one longer than its limit.
    living.burst(2);
    expect(threshold()).toBe(1);
  });

  test("a driver of its own has the parameters of its modulator, and fires as long as the effect lasts", () => {
    const long = { modulators: { slow: modulator("neuro.leak", DRIVER, { effect_duration_bursts: 3, rest_bursts: 2 }) } };
    const living = brain({ [DRIVER]: { size: [1, 1, 1], firing_threshold: 7, mp_driven_psp: true } }, long);
    expect(living.area(DRIVER).parameters).toMatchObject({
      firingThreshold: 1,
      leak: 0,
      consecutiveFireLimit: 3,
      snoozePeriod: 2,
      mpDrivenPsp: false,
    });
    expect([...decodeSnapshot(living.engine.snapshot()).columns.trainArea]).toEqual([living.area(DRIVER).index]);
    const [problem] = living.connectome.problems;
    expect([problem?.code, problem?.message]).toEqual(["MODULATOR_DRIVER_LOCKED", expect.stringContaining("firingThreshold")]);
  });

  test("what nobody drives, hears or may list is said and passed over", () => {
    const stray = { ...modulator("synaptic.gate", "cNOWHERE"), magnitude_percent: 10 };
    const living = brain(
      {
        [A]: { modulators: ["gate", "nobody"], to: { [B]: [{ ...plastic, modulators: ["leaky"] }] } },
        [B]: {},
        [DRIVER]: { size: [1, 1, 1] },
      },
      { modulators: { gate: stray, leaky: modulator("neuro.leak", DRIVER), broken: { type: "synaptic.hope" } } },
    );
    const rule = `cortical_mapping_dst.${idOf(B)}[0].modulators`;
    expect(living.problems()).toEqual([
      "MODULATOR_DRIVER modulators.gate.driver_cortical_id",
      `RULE_MODULATOR ${rule}`,
      "SUBSCRIPTION modulators",
      "SUBSCRIPTION modulators",
      `RULE_MODULATOR ${rule}`,
    ]);
    expect(living.connectome.genome.warnings.map(({ code, path }) => [code, path])).toContainEqual(["MODULATOR", "modulators.broken.type"]);
  });

  test("a mapping by which the brain could reward itself is said, and neither engine nor genome has it otherwise", () => {
    const living = brain({ [A]: { to: { [B]: [rewarded] } }, [B]: { to: { [DRIVER]: [plastic] } }, [DRIVER]: { size: [1, 1, 1] } }, reward);
    expect(living.problems()).toEqual([`REWARD_LOOP cortical_mapping_dst.${idOf(DRIVER)}[0]`]);
    expect(decodeSnapshot(living.engine.snapshot()).columns.mappingSource).toHaveLength(1);
  });
});

describe("areas", () => {
  test("a spike train fires as often as its limit says, and needs a limit", () => {
    const living = brain({ [A]: { spike_train: true, consecutive_fire_cnt_max: 3, snooze_length: 4 }, [B]: { spike_train: true } });
    expect(living.problems()).toEqual(["SPIKE_TRAIN spike_train"]);
    const { firstNeuron } = living.area(A);
    const firings = Array.from({ length: 6 }, (_, burst) => {
      if (burst === 0) living.engine.apply(stage(firstNeuron));
      const frame = new Uint32Array(living.engine.frameWords);
      living.engine.burstIntoSync(frame);
      // The power neuron always fires.
      return living.engine.firedPotentials().length - 1;
    });
    expect(firings).toEqual([1, 1, 1, 0, 0, 0]);
  });

  test("a homeostat moves the leak towards the rate it wants, and goes on after a restore", () => {
    const homeostat = { enabled: true, target_firing_per_burst: 0, rate_ema_tau_bursts: 2, gain: 0.5, leak_min: 0, leak_max: 0.9 };
    const living = brain({ [A]: { leak_coefficient: 0.1, rate_modulated_leak: homeostat }, [B]: { leak_coefficient: 0.1 } });
    for (let i = 0; i < 4; i++) living.fire(A, B);
    const leakOf = (letters: string) => living.engine.neuronSettings(Uint32Array.of(living.area(letters).firstNeuron)).leak[0]!;
    expect(leakOf(A)).toBeGreaterThan(0.3);
    expect(leakOf(B)).toBeCloseTo(0.1);
    expectUnbroken(living, (one) => one.fire(A));
  });

  test("a homeostat with a field out of its range is refused by name", () => {
    const living = brain({ [A]: { rate_modulated_leak: { enabled: true, leak_min: 0.5, leak_max: 0.1, gain: -1, arm_bursts: 0 } } });
    expect(living.problems()).toEqual(
      ["arm_bursts", "gain", "leak_min"].map((field) => `RATE_MODULATED_LEAK rate_modulated_leak.${field}`),
    );
  });
});

describe("memory", () => {
  const episodic = { morphology_id: "episodic_memory" };
  const remembering = (settings: Record<string, unknown>) =>
    brain({
      [A]: { to: { [MEMORY]: [episodic] } },
      [B]: { to: { [MEMORY]: [{ morphology_id: "classifier_sample" }] } },
      [C]: { memory_twin_of: idOf(A), memory_twin_for: idOf(MEMORY) },
      [MEMORY]: { size: [1, 1, 1], temporal_depth: 3, to: { [C]: [{ morphology_id: "memory_replay" }] }, ...settings },
    });
  const switches = ({ connectome: { genome, areas, dynamics } }: Switched) => switchesOf(genome, areas, dynamics);

  test("remembers as its properties say, what leads to it by a rule of memory", () => {
    const living = remembering({ memory_neuron_cap: 5, ltm_eviction: "none", mp_change_mode: "mp_ratio" });
    const [a, b, m] = [A, B, MEMORY].map((letters) => living.area(letters).index);
    expect(switches(living).memory).toEqual([
      expect.objectContaining({
        area: m,
        upstream: [a, b],
        temporalDepth: 3,
        cap: 5,
        eviction: "none",
        change: { by: "ratio", quantization: 20 },
      }),
    ]);
  });

  test("with a setting that has no meaning forms nothing, and says which", () => {
    const living = remembering({ memory_neuron_cap: -1 });
    expect([switches(living).memory, living.problems()]).toEqual([[], ["MEMORY_SETTING memory_neuron_cap"]]);
  });

  test("replays what its neurons saw on the twin", () => {
    const living = remembering({});
    const { index } = living.area(MEMORY);
    const patch = new PatchWriter().op("mapMemoryNeurons", [50_000_000, index]);
    patch.op("replayFrames", [50_000_000, 0, living.area(A).index, 1, 1, 0, 0]).op("memoryInject", [50_000_000, index, 1.5], [2]);
    living.engine.apply(patch.take());
    living.burst(2);
    expect(living.fired(C)).toEqual([1]);
  });

  test("what has no effect is named", () => {
    const living = remembering({ scan_skip_density: 0.5, to: { [C]: [{ morphology_id: "episodic_scan" }] } });
    expect(living.problems().filter((one) => one.startsWith("FEATURE"))).toEqual([
      "FEATURE_WITHOUT_EFFECT scan_skip_density",
      `FEATURE_WITHOUT_EFFECT cortical_mapping_dst.${idOf(C)}[0]`,
    ]);
  });
});

test("a classifier tells its error area when the output answers otherwise than its input", () => {
  const record = {
    ...{ name: "reader", sample_memory_id: idOf(MEMORY), class_memory_id: idOf(MEMORY_2), error_area_id: idOf(C), correct_area_id: "" },
    ...{ class_bindings: [{ class_area_id: idOf(A), class_output_area_id: idOf(B) }], confidence_area_id: idOf(A) },
  };
  const living = brain(
    { [A]: { to: { [MEMORY_2]: [{ morphology_id: "classifier_class" }] } }, [B]: {}, [C]: {}, [MEMORY]: {}, [MEMORY_2]: {} },
    { classifiers: { one: record } },
  );
  expect(living.problems()).toEqual(["FEATURE_WITHOUT_EFFECT classifiers.one.confidence_area_id"]);
  living.burst(4);
  living.fire(A);
  living.burst(3);
  expect(living.fired(C)).toEqual([]);
  living.burst(1);
  expect(living.fired(C)).toEqual([0]);
});

function stage(neuron: number): Uint32Array {
  return new PatchWriter().op("stageInput", [neuron, 2], [1]).take();
}
