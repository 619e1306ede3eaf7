import { describe, expect, test } from "vitest";
import { PatchWriter } from "#contracts/patch.ts";
import { A, B, C, DRIVER, idOf, modulator, plastic, Switched, switchedGenome } from "../development/testing/switched.ts";
import { decodeSnapshot } from "../engine/reference/snapshot-codec.ts";
import { planChange } from "./live-changes.ts";
import { createNeurons } from "./live-edits.ts";

type Areas = Parameters<typeof switchedGenome>[0];
const columns = ({ engine }: Switched) => decodeSnapshot(engine.snapshot()).columns;
const driver = { [DRIVER]: { size: [1, 1, 1] } } as Areas;
const gates = { modulators: { gate: modulator("synaptic.gate", DRIVER), gain: modulator("synaptic.transmission_gain", DRIVER) } };

/** Of the synapses that are there. */
const groups = (living: Switched) => {
  const { synapseGroup, synapseState } = columns(living);
  return [...synapseGroup].filter((_, slot) => (synapseState[slot]! & 1) === 1);
};

/** A brain that an edit has made has the switches of one that grew so, by the names of areas. */
function expectAsGrown(living: Switched): void {
  expect(switchesBy(living)).toEqual(switchesBy(new Switched(living.connectome.genome)));
}

function switchesBy(living: Switched) {
  const c = columns(living);
  const names = new Map([...living.connectome.areas.values()].map(({ index, id }) => [index, id]));
  const mappings = Array.from(c.mappingSource, (source, i) => [
    ...[names.get(source), names.get(c.mappingTarget[i]!), c.mappingMode[i], c.mappingWindow[i], c.mappingRise[i]],
    ...[c.mappingFall[i], c.mappingEta[i], c.mappingFlags[i], c.mappingPsp[i]],
  ]);
  const tracks = Array.from(c.trackArea, (area, i) => [names.get(area), c.trackEpisodic[i], c.trackWindow[i]]);
  const areas = { trains: c.trainArea, homeostats: c.homeostatArea, drivers: c.modulatorDriver, subscriptions: c.subscriptionArea };
  return {
    mappings: mappings.sort(),
    tracks: tracks.sort(),
    ...mapValues(areas, (indices) => Array.from(indices, (index) => names.get(index)).sort()),
  };
}

const mapValues = <T, U>(record: Record<string, T>, value: (one: T) => U) =>
  Object.fromEntries(Object.entries(record).map(([name, one]) => [name, value(one)]));

describe("an edit of a mapping", () => {
  const areas = (rule: Record<string, unknown>): Areas => ({
    [A]: { to: { [B]: [{ ...plastic, ...rule }], [C]: [plastic] } },
    [B]: {},
    [C]: {},
  });

  test("registers what it learns by from now on, and leaves what was learned, there and elsewhere", () => {
    const living = new Switched(switchedGenome(areas({})));
    living.fire(A, B, C);
    living.become(switchedGenome(areas({ plasticity_constant: 10 })));
    expect([living.weights(A, B), living.weights(A, C)]).toEqual([
      [2, 2],
      [2, 2],
    ]);
    living.fire(A, B, C);
    expect([living.weights(A, B), living.weights(A, C)]).toEqual([
      [12, 12],
      [3, 3],
    ]);
    expectAsGrown(living);
  });

  test("ends the learning of a rule that is no longer plastic, and begins that of one that is", () => {
    const living = new Switched(switchedGenome(areas({})));
    living.become(switchedGenome(areas({ plasticity_flag: false })));
    living.fire(A, B, C);
    expect([living.weights(A, B), living.weights(A, C)]).toEqual([
      [1, 1],
      [2, 2],
    ]);
    living.become(switchedGenome(areas({})));
    living.fire(A, B);
    expect(living.weights(A, B)).toEqual([2, 2]);
  });

  test("of which nothing is switched otherwise sends no switch", () => {
    const living = new Switched(switchedGenome(areas({})));
    const renamed = switchedGenome({ ...areas({}), [C]: { cortical_name: "elsewhere" } });
    expect(living.become(renamed).patch).toHaveLength(0);
  });

  test("that lists other modulators keeps the synapses and gives them the new group", () => {
    const gated = (modulators: string[], size: [number, number, number] = [2, 1, 1]) =>
      switchedGenome({ [A]: { size, to: { [B]: [{ ...plastic, modulators }], [C]: [{}] } }, [B]: {}, [C]: {}, ...driver }, gates);
    const living = new Switched(gated([]));
    living.fire(A, B);
    expect([...columns(living).synapseGroup]).toEqual([]);
    living.become(gated(["gate"]));
    expect(living.weights(A, B)).toEqual([2, 2]);
    expect([...columns(living).synapseGroup]).toEqual([1, 0, 1, 0]);
    living.become(gated(["gain", "gate"]));
    living.become(gated(["gain", "gate"], [3, 1, 1]));
    expect(groups(living).sort()).toEqual([0, 0, 0, 2, 2, 2]);
    living.become(gated(["gate"]));
    expect(groups(living).sort()).toEqual([0, 0, 1, 1]);
    expectAsGrown(living);
  });

  test("that is taken back gives the synapses that come back their group again", () => {
    const rules = (multiplier: number, modulators: string[]) => [
      { postSynapticCurrent_multiplier: multiplier, modulators },
      { modulators: [] },
    ];
    const genome = (multiplier: number) =>
      switchedGenome({ [A]: { to: { [B]: rules(multiplier, ["gate"]), [C]: [{}] } }, [B]: {}, [C]: {}, ...driver }, gates);
    const living = new Switched(genome(2));
    const stamped = () => {
      const { synapseGroup, synapseState, weight } = columns(living);
      return [...synapseGroup].flatMap((group, slot) => ((synapseState[slot]! & 1) === 1 ? [`${group} ${weight[slot]}`] : [])).sort();
    };
    const before = stamped();
    expect(before).toEqual(["0 1", "0 1", "0 1", "0 1", "1 2", "1 2"]);
    const { kept } = living.become(genome(3));
    expect(stamped()).toEqual(["0 1", "0 1", "0 1", "0 1", "1 3", "1 3"]);
    living.become(genome(2), { kept });
    expect(stamped()).toEqual(before);
  });

  test("with rules of different modulators stamps each synapse with its own", () => {
    const two = (...lists: string[][]) => {
      const rules = lists.map((modulators, i) => ({ modulators, morphology_id: i === 0 ? "projector" : "block_to_block" }));
      return switchedGenome({ [A]: { to: { [B]: rules } }, [B]: {}, ...driver }, gates);
    };
    const living = new Switched(two(["gate"], ["gain"]));
    const grown = [...columns(living).synapseGroup];
    expect(new Set(grown)).toEqual(new Set([1, 2]));
    living.become(two(["gain"], ["gate"]));
    expect([...columns(living).synapseGroup]).toEqual(grown.map((group) => 3 - group));
  });
});

describe("an edit of an area", () => {
  test("that is resized has its homeostat for the neurons it has now", () => {
    const homeostat = { enabled: true, target_firing_per_burst: 0, gain: 0.5, leak_max: 0.9 };
    const sized = (size: [number, number, number]) => switchedGenome({ [A]: { size, rate_modulated_leak: homeostat } });
    const living = new Switched(sized([2, 1, 1]));
    living.fire(A);
    living.become(sized([3, 1, 1]));
    const { firstNeuron } = living.area(A);
    expect([...columns(living).homeostatNeuron]).toEqual([firstNeuron, firstNeuron + 1, firstNeuron + 2]);
  });

  test("in which a neuron is made by hand regulates that one, too", () => {
    const living = new Switched(switchedGenome({ [A]: { rate_modulated_leak: { enabled: true } } }));
    const { id, firstNeuron } = living.area(A);
    const change = createNeurons(living.connectome, living.engine, id, [{ voxel: [0, 0, 0] }]);
    living.engine.apply(planChange(living.connectome, living.engine, change).patch);
    expect([...columns(living).homeostatNeuron]).toEqual([firstNeuron, firstNeuron + 1, living.engine.neuronCount - 1]);
  });

  test("of its leak leaves the averages of its homeostat", () => {
    const leaky = (leak_coefficient: number) => switchedGenome({ [A]: { leak_coefficient, rate_modulated_leak: { enabled: true } } });
    const living = new Switched(leaky(0.1));
    living.fire(A);
    const rates = [...columns(living).homeostatRate];
    living.become(leaky(0.3));
    expect([...columns(living).homeostatRate]).toEqual(rates);
    expect(rates[0]).toBeGreaterThan(0);
  });

  test("that goes takes its switches with it, and what drove and learned through it", () => {
    const whole = {
      [A]: { to: { [B]: [plastic] }, spike_train: true, consecutive_fire_cnt_max: 2 },
      [B]: { modulators: ["numb"] },
      ...driver,
    } as Areas;
    const numb = { modulators: { numb: modulator("neuro.leak", DRIVER) } };
    const living = new Switched(switchedGenome(whole, numb));
    const { [A]: _a, [DRIVER]: _driver, ...rest } = whole;
    living.become(switchedGenome(rest, numb));
    expectAsGrown(living);
    expect(living.problems()).toEqual(["MODULATOR_DRIVER modulators.numb.driver_cortical_id"]);
    living.become(switchedGenome(whole, numb));
    expect(living.problems()).toEqual([]);
    living.fire(A, B);
    expect(living.weights(A, B)).toEqual([2, 2]);
  });
});

test("a brain of before switches is switched on by its first edit", () => {
  const living = new Switched(switchedGenome({ [A]: { to: { [B]: [plastic] } }, [B]: {} }));
  const { index: a } = living.area(A);
  const { index: b } = living.area(B);
  living.engine.apply(unregister(a, b));
  const { modulation: _, ...old } = living.connectome;
  living.connectome = old;
  living.become(switchedGenome({ [A]: { to: { [B]: [plastic] } }, [B]: { cortical_name: idOf(B) } }));
  expectAsGrown(living);
  expect(living.connectome.modulation).toBeDefined();
});

function unregister(source: number, target: number): Uint32Array {
  return new PatchWriter().op("unregisterMapping", [source, target]).take();
}
