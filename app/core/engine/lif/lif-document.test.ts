import { expect, test } from "vitest";
import type { LifNetworkImage } from "#contracts/network.ts";
import { JsonPlace } from "../json-place.ts";
import { readNetworkDocument } from "../network-document.ts";
import { createReferenceEngine } from "../reference/reference-engine.ts";
import { replayDocument } from "../replay-document.ts";

type Json = Record<string, unknown>;

/** Neuron 0 is driven above threshold, neuron 1 by it alone. */
function driven(neurons: Json = {}, rest: Json = {}): Json {
  return {
    format: "gyrus-network/1",
    model: { name: "lif-delta" },
    neurons: { count: 2, area: [1, 2], I_e: [600, 0], t_ref: [2, 0], ...neurons },
    synapses: { count: 1, source: 0, target: 1, weight: 16, delay: 3 },
    ...rest,
  };
}
const imageOf = (document: Json) => readNetworkDocument(new JsonPlace(document, "")).image as LifNetworkImage;

test("what is missing has NEST's defaults, and potentials are relative to rest", () => {
  const { stepMs, parameters, neurons, projections } = imageOf(driven({ I_e: 0, t_ref: 2, V_m: [-70, -62.5] }));
  expect([stepMs, projections.length, parameters.length]).toEqual([1, 0, 1]);
  expect(parameters[0]).toMatchObject({
    threshold: 15,
    reset: 0,
    decay: Math.exp(-0.1),
    drive: 0,
    refractorySteps: 2,
    restingPotential: -70,
  });
  expect(Array.from(neurons.potential)).toEqual([0, 7.5]);
});

test("equal tuples of parameters become one set, in order of their first neuron", () => {
  const { parameters, neurons } = imageOf(driven({ count: 5, area: 1, I_e: 0, t_ref: 2, tau_m: [20, 10, 20, 30, 10] }));
  expect(parameters.map(({ decay }) => decay)).toEqual([20, 10, 30].map((tau) => Math.exp(-1 / tau)));
  expect(Array.from(neurons.parameterSet)).toEqual([0, 1, 0, 2, 1]);
});

test("a record of a lif-delta network is compared like any other, in absolute millivolts", () => {
  const fired = [[], [], [], [], [], [], [], [], [], [0], [], [], [1]];
  const bursts = fired.map((ids, i) => ({ burst: i + 1, fired: ids }));
  Object.assign(bursts[9]!, { state: [[0, -70, 2, 0]], fired_mp: [-54.83] });
  const run = replayDocument(createReferenceEngine(), driven({}, { bursts, total_fired: 2 }));
  expect(run.firstMismatch?.what).toBe("fired_mp");
  Object.assign(bursts[9]!, { fired_mp: [-70 + 24 * (1 - Math.exp(-1))] });
  expect(replayDocument(createReferenceEngine(), driven({}, { bursts, total_fired: 2 }))).toMatchObject({ match: true });
});

test("a neuron gets Poisson events at its rate, and every run the same ones", () => {
  const document = driven(
    { count: 400, area: 1, I_e: 0, t_ref: 0, poisson_rate: 900, poisson_weight: 0.25, V_th: 1000 },
    { synapses: { count: 0 } },
  );
  const run = () => {
    const engine = createReferenceEngine();
    engine.load(imageOf(document));
    const frame = new Uint32Array(engine.frameWords);
    for (let burst = 0; burst < 200; burst++) engine.burstIntoSync(frame);
    return engine.neuronStates(Uint32Array.from({ length: 400 }, (_, id) => id)).potential;
  };
  const potentials = run();
  const mean = potentials.reduce((sum, potential) => sum + potential, 0) / 400;
  // In the long run mean * weight / (1 - decay) above rest; its spread over 400 neurons is about 0.03.
  expect(Math.abs(mean + 70 - (0.9 * 0.25) / (1 - Math.exp(-0.1)))).toBeLessThan(0.1);
  expect(run()).toEqual(potentials);
});

const rule = { src_area: 1, dst_area: 2, lambda: 0.1, alpha: 1, mu_plus: 0, mu_minus: 0, Wmax: 20, tau_plus: 20, tau_minus: 20 };
const malformed: [path: string, document: Json][] = [
  ["neurons.tau_m", driven({ tau_m: 0 })],
  ["neurons.C_m[1]", driven({ C_m: [250, -1] })],
  ["neurons.t_ref", driven({ t_ref: 1.5 })],
  ["neurons.V_reset", driven({ V_reset: [-70, -55] })],
  ["neurons.poisson_rate", driven({ poisson_rate: -1 })],
  ["neurons.V_m[0]", driven({ V_m: ["rest", 0] })],
  ["model.step_ms", driven({}, { model: { name: "lif-delta", step_ms: 0 } })],
  ["model.seed", driven({}, { model: { name: "lif-delta", seed: -1 } })],
  ["synapses.target", driven({}, { synapses: { count: 1, source: 0, target: 2, weight: 1 } })],
  ["synapses.delay", driven({}, { synapses: { count: 1, source: 0, target: 1, weight: 1, delay: 256 } })],
  ["synapses.weight", driven({}, { plasticity: [{ ...rule, Wmax: -20 }] })],
  ["plasticity[0].tau_plus", driven({}, { plasticity: [{ ...rule, tau_plus: 0 }] })],
  ["plasticity", driven({}, { plasticity: [rule, rule] })],
  ["plasticity", driven({}, { plasticity: [rule, { ...rule, src_area: 2, tau_minus: 30 }] })],
  ["bursts[0].ops[0][0]", driven({}, { bursts: [{ burst: 1, ops: [["jump"]] }] })],
];
for (const [path, document] of malformed) {
  test(`a malformed network is refused at its place: ${path}`, () => {
    expect(() => imageOf(document)).toThrow(
      expect.objectContaining({ code: "E_NETWORK", details: { issues: [expect.objectContaining({ path })] } }),
    );
  });
}

test("an exponent between 0 and 1 is unsupported", () => {
  const document = driven({}, { plasticity: [{ ...rule, mu_plus: 0.4 }] });
  expect(() => imageOf(document)).toThrow(expect.objectContaining({ code: "E_UNSUPPORTED" }));
});
