import { expect, test } from "vitest";
import { createReferenceEngine } from "./reference/reference-engine.ts";
import { replayDocument } from "./replay-document.ts";
import { readGolden } from "./testing/golden-files.ts";

type Json = Record<string, unknown>;

/** A recorded network of two neurons and one synapse, two bursts. */
function recorded(change: Json = {}, bursts: Json[] = [{ inject: [[0, 2]] }, {}]): Json {
  return {
    format: "burst-golden/2",
    name: "two",
    precision: "f32",
    power_amount: 1,
    areas: [{ idx: 7, psp_uniform: null, mp_driven_psp: null, degeneration: 0, baseline_psp: null }],
    flag_maps_empty: true,
    neurons: {
      count: 2,
      area: 7,
      x: [0, 1],
      y: 0,
      z: 0,
      threshold: 1,
      threshold_limit: null,
      leak: 0,
      refractory_period: 0,
      excitability: 1,
      consecutive_fire_limit: 0,
      snooze_period: 0,
      mp_charge_accumulation: true,
    },
    synapses: { count: 1, source: [0], target: [1], weight: 2, psp: 1, type: 0, delay: 1, flags: 0 },
    bursts: bursts.map((burst, i) => ({ burst: i + 1, ...burst })),
    ...change,
  };
}

const mapping = {
  src_area: 7,
  dst_area: 7,
  mode: "stdp",
  window: 1,
  constant: 1,
  ltp_multiplier: 1,
  ltd_multiplier: 1,
  eta: 1,
  max_weight: null,
  eligibility_decay_bursts: 0,
  bidirectional: false,
  associative: false,
  new_synapse_psp: 1,
  new_synapse_type: 0,
  new_synapse_delay: 1,
  reward_drivers: [],
};

const run = (document: unknown) => replayDocument(createReferenceEngine(), document);
const refusal = (document: unknown): unknown => {
  try {
    run(document);
  } catch (error) {
    return error;
  }
  throw new Error("The document was accepted");
};

test("a file that records nothing has no match", () => {
  expect(run(recorded())).toEqual({ bursts: 2, fired: [[0], [1]], match: null, firstMismatch: null });
});

test("the first difference is reported, and the run goes on", () => {
  const bursts = [{ inject: [[0, 2]], fired: [0], processed: 1 }, { fired: [1], fired_mp: [2.5] }, { fired: [0, 1] }];
  const replay = run(recorded({}, bursts));
  expect(replay.fired).toEqual([[0], [1], []]);
  expect(replay.match).toBe(false);
  expect(replay.firstMismatch).toEqual({ burst: 2, what: "fired_mp", expected: [2.5], got: [2] });
});

const wrong: [string, Json][] = [
  ["processed", { processed: 2 }],
  ["refractory", { refractory: 1 }],
  ["candidates", { candidates: [[1, 2]] }],
  ["state of neuron 1", { state: [[1, 0.5, 0, 0]] }],
  ["synapse 0", { synapses_after: [[0, 0, 1, 2, 1, 0, 2, 0, 0]] }],
  ["synapses_after", { synapses_after: [] }],
];
for (const [what, burst] of wrong) {
  test(`a wrong record is found: ${what}`, () => {
    expect(run(recorded({}, [{ inject: [[0, 2]], ...burst }])).firstMismatch).toMatchObject({ burst: 1, what });
  });
}

test("the total of fires is compared", () => {
  expect(run(recorded({ total_fired: 3 })).firstMismatch).toMatchObject({ what: "total_fired", expected: 3, got: 2 });
  expect(run(recorded({ total_fired: 2 })).match).toBe(true);
});

test("reals may differ by 1e-5 of their size, not more", () => {
  const firing = (potential: number) => run(recorded({}, [{ inject: [[0, 1000]], fired: [0], fired_mp: [potential] }])).match;
  expect(firing(1000.009)).toBe(true);
  expect(firing(1000.02)).toBe(false);
});

test("a burst without synapses in a file that has them means: as before", () => {
  const same = [[0, 0, 1, 2, 1, 0, 1, 0, 0]];
  expect(run(recorded({}, [{ synapses_after: same }, { ops: [["remove_synapse", 0, 1]] }])).firstMismatch).toMatchObject({
    burst: 2,
    what: "synapses_after",
  });
});

test("staged forms reach the same neurons", () => {
  const all = [{ inject_uniform: { ids: [0, 1], potential: 1 } }, { inject_range: { start: 0, count: 2, potential: 1 } }];
  expect(run(recorded({}, all)).fired).toEqual([
    [0, 1],
    [0, 1],
  ]);
});

const malformed: [path: string, Json][] = [
  ["format", recorded({ format: "burst-golden/1" })],
  ["precision", recorded({ precision: "f16" })],
  ["power_amount", recorded({ power_amount: "1" })],
  ["neurons.count", recorded({ neurons: { count: -1 } })],
  ["neurons.area", recorded({ neurons: { count: 2, area: [7] } })],
  ["neurons.area[1]", recorded({ neurons: { count: 2, area: [7, 1.5] } })],
  ["synapses.delay", recorded({ synapses: { count: 1, source: 0, target: 1, weight: 1, psp: 1, type: 0, delay: 0, flags: 0 } })],
  [
    "areas[1].idx",
    recorded({
      areas: [
        { idx: 7, degeneration: 0 },
        { idx: 7, degeneration: 0 },
      ],
    }),
  ],
  ["flag_maps_empty", recorded({ flag_maps_empty: false })],
  ["bursts[0].burst", recorded({}, [{ burst: 2 }])],
  ["bursts[0].inject[0]", recorded({}, [{ inject: [[0]] }])],
  ["bursts[0].inject[0][1]", recorded({}, [{ inject: [[0, null]] }])],
  ["bursts[0].fired_mp", recorded({}, [{ fired: [0], fired_mp: [] }])],
  ["bursts[0].ops[0][0]", recorded({}, [{ ops: [["area_colour", 7, 1]] }])],
  ["bursts[0].ops[0]", recorded({}, [{ ops: [["area_leak", 7]] }])],
  ["bursts[0].ops[0][6]", recorded({}, [{ ops: [["add_synapse", 0, 1, 1, 1, 0, 256]] }])],
  ["bursts[0].ops[0][2][0]", recorded({}, [{ ops: [["force_fire", 7, [[0, 0, 0]]]] }])],
  ["stdp[0].mode", recorded({ stdp: [{ ...mapping, mode: "hebb" }] })],
  ["stdp[0].window", recorded({ stdp: [{ ...mapping, window: 0 }] })],
  ["fire_ledger[0].window", recorded({ fire_ledger: [{ area: 7, window: 0 }] })],
  ["bursts[0].ops[0][1]", recorded({}, [{ ops: [["register_plasticity", 0]] }])],
  ["bursts[0].memory_inject[0][0]", recorded({}, [{ memory_inject: [[7, 7, 1.5]] }])],
];
for (const [path, document] of malformed) {
  test(`a malformed file is refused at its place: ${path}`, () => {
    expect(refusal(document)).toMatchObject({ code: "E_NETWORK", details: { issues: [{ path }] } });
  });
}

test("what is no document is refused", () => {
  for (const document of [null, 7, "x", [], {}]) expect(refusal(document)).toMatchObject({ code: "E_NETWORK" });
});

const beyond: [field: string, Json][] = [
  ["format", { format: "output-gate-golden/1" }],
  ["format", { format: "memory-array-golden/1" }],
];
for (const [field, document] of beyond) {
  test(`what lies beyond this engine is unsupported: ${field}`, () => {
    expect(refusal(document)).toMatchObject({ code: "E_UNSUPPORTED", details: { field } });
  });
}

test("empty lists of learning and memory ask for nothing", () => {
  expect(run(recorded({ stdp: [], stdp_later: [], memory: { neuron_area: [], twins: [], replay_frames: [] } })).match).toBeNull();
});

test("a wrong trace, lifespan or command of a recorded run is found", () => {
  type Burst = Record<string, unknown>;
  const learned = structuredClone(readGolden("plasticity_eligibility")) as { bursts: { synapses_after?: number[][] }[] };
  const changed = learned.bursts.find((burst) => burst.synapses_after?.some((row) => row[8] !== 0))!.synapses_after!;
  const row = changed.find((synapse) => synapse[8] !== 0)!;
  row[8]! += 0.01;
  expect(run(learned)).toMatchObject({ match: false, firstMismatch: { what: `synapse ${row[0]}` } });

  const file = readGolden("memory_caps") as { bursts: Burst[] };
  const wrong: [string, (burst: Burst) => void][] = [
    ["avg_lifespan", (burst) => Object.assign(burst, { avg_lifespan: 4 })],
    ["commands", (burst) => Object.assign((burst.commands as Burst[])[1]!, { mp: 2 })],
    ["totals", (burst) => Object.assign(burst.totals as Burst, { detected: 7 })],
  ];
  for (const [what, change] of wrong) {
    const memory = structuredClone(file);
    change(memory.bursts[1]!);
    expect(run(memory)).toMatchObject({ match: false, firstMismatch: { burst: 2, what } });
  }
});

test("a wrong vector is found by its table and row", () => {
  const vectors = structuredClone(readGolden("function_vectors")) as { pcg_hash: { rows: number[][] } };
  vectors.pcg_hash.rows[3]![1]! += 5e5;
  expect(run(vectors)).toMatchObject({ match: false, firstMismatch: { what: "pcg_hash.rows[3]" } });
});

test("a byte weight takes no step from a change too small for its f32 sum", () => {
  const rows = [
    [-500, -0.012 * Math.exp(-25), 128],
    [-200, -0.012 * Math.exp(-10), 127],
    [0, 0.01, 130],
  ];
  const timing = { columns: ["dt", "change", "weight"], rows };
  expect(run({ format: "vectors/1", timing_stdp_default: timing })).toMatchObject({ match: true });
});

test("a wrong contribution of the propagation example is found", () => {
  const example = structuredClone(readGolden("seed_propagate")) as { raw: Record<string, number[][]> };
  example.raw["1"]![2]![1] = 32_640;
  expect(run(example)).toMatchObject({ match: false, firstMismatch: { what: "raw" } });
});
