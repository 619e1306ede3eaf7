import { describe, expect, test } from "vitest";
import { LabError } from "#contracts/errors.ts";
import type { GenomeProblem, GrowthProgress } from "#contracts/genome.ts";
import { NO_FIRE_LIMIT, NO_THRESHOLD_LIMIT } from "#contracts/network.ts";
import type { Connectome } from "../connectome/connectome.ts";
import { grow, grown } from "./grow.ts";
import { handMade, idOf } from "./testing/hand-made.ts";

const codes = (problems: GenomeProblem[]) => problems.map(({ code }) => code);
const synapsesOf = (connectome: Connectome, src: string, dst: string) =>
  connectome.mappings.find((mapping) => mapping.src === idOf(src) && mapping.dst === idOf(dst))?.synapses;

describe("areas and neurons", () => {
  test("core areas come first with their own indices, the others ascend by id from 7", () => {
    const { areas } = grown(handMade({ ozzzzzzz: {}, iaaaaaaa: {}, cbbbbbbb: {}, caaaaaaa: {} }));
    expect([...areas.values()].map(({ idText, index }) => `${index} ${idText}`)).toEqual([
      "0 ___death",
      "1 ___power",
      "2 ___fatig",
      "3 ___pain_",
      "4 ___pleas",
      "5 ___fear_",
      "6 ___hope_",
      "7 caaaaaaa",
      "8 cbbbbbbb",
      "9 iaaaaaaa",
      "10 ozzzzzzz",
    ]);
  });

  test("ids run x, y, z, neuron in the voxel, the last fastest, one area after the other", () => {
    const { areas, image } = grown(handMade({ caaaaaaa: { dimensions: [2, 3, 4], neuronsPerVoxel: 2 }, cbbbbbbb: {} }));
    const area = areas.get(idOf("caaaaaaa"))!;
    expect(area).toMatchObject({ firstNeuron: 7, neurons: 48 });
    const id = area.firstNeuron + ((1 * 3 + 2) * 4 + 3) * 2 + 1;
    const { x, y, z } = image.neurons;
    expect([x[id], y[id], z[id], image.neurons.area[id]]).toEqual([1, 2, 3, area.index]);
    expect(areas.get(idOf("cbbbbbbb"))).toMatchObject({ firstNeuron: 55, neurons: 1 });
    expect(image.neurons.count).toBe(56);
  });

  test("parameters become columns, with the engine's own words for no limit and a fraction for percent", () => {
    const limited = { firingThreshold: 5, leak: 0.1, refractoryPeriod: 3, excitability: 60, mpChargeAccumulation: false };
    const { areas, image } = grown(
      handMade({
        caaaaaaa: { parameters: { ...limited, firingThresholdLimit: 9, consecutiveFireLimit: 4, snoozePeriod: 7 } },
        cbbbbbbb: { parameters: { excitability: 0.25 } },
      }),
    );
    const neuron = (letters: string) => {
      const id = areas.get(idOf(letters))!.firstNeuron;
      return Object.fromEntries(Object.entries(image.neurons).map(([column, values]) => [column, values[id]]));
    };
    expect(neuron("caaaaaaa")).toMatchObject({
      threshold: 5,
      thresholdLimit: 9,
      leak: Math.fround(0.1),
      excitability: Math.fround(0.6),
      refractoryPeriod: 3,
      consecutiveFireLimit: 4,
      snoozePeriod: 7,
      accumulates: 0,
    });
    expect(neuron("cbbbbbbb")).toMatchObject({
      thresholdLimit: NO_THRESHOLD_LIMIT,
      consecutiveFireLimit: NO_FIRE_LIMIT,
      excitability: 0.25,
      accumulates: 1,
    });
  });

  test("a threshold gradient is summed in 32-bit floats and may go below zero", () => {
    const { image } = grown(
      handMade({ caaaaaaa: { dimensions: [2, 2, 2], parameters: { firingThreshold: 0.1, firingThresholdIncrement: [0.2, 0, -1] } } }),
    );
    const f = Math.fround;
    const raised = f(f(0.1) + f(0.2));
    expect([...image.neurons.threshold.slice(7)]).toEqual([
      f(0.1),
      f(f(0.1) - 1),
      f(0.1),
      f(f(0.1) - 1),
      raised,
      f(raised - 1),
      raised,
      f(raised - 1),
    ]);
  });

  test("every area brings its flags to the engine", () => {
    const parameters = { pspUniform: false, mpDrivenPsp: true, degeneration: 0.5, postsynapticCurrent: 12 };
    const { image } = grown(handMade({ caaaaaaa: { parameters } }));
    expect(image.areas).toHaveLength(8);
    expect(image.areas[7]).toEqual({ index: 7, pspUniform: false, mpDrivenPsp: true, degeneration: 0.5, baselinePsp: 12 });
  });

  test("more neurons than there is room for are refused at the largest area, before any memory is taken", () => {
    const refuse = () => grown(handMade({ caaaaaaa: { dimensions: [100_000, 100_000, 100_000] } }));
    expect(refuse).toThrow(LabError);
    expect(refuse).toThrow(/1000000000000007 neurons/);
    try {
      refuse();
    } catch (error) {
      expect((error as LabError).details).toMatchObject({
        problems: [{ code: "NEURON_CAPACITY", path: expect.stringContaining("caaaaaaa") }],
      });
    }
  });
});

describe("synapses", () => {
  test("are sorted by source, then by destination and rule", () => {
    const { image, areas } = grown(
      handMade({
        caaaaaaa: { dimensions: [3, 1, 1], to: { cccccccc: [{ multiplier: 5 }], cbbbbbbb: [{ multiplier: 1 }, { multiplier: 2 }] } },
        cbbbbbbb: { dimensions: [3, 1, 1] },
        cccccccc: { dimensions: [1, 1, 1] },
      }),
    );
    const first = areas.get(idOf("caaaaaaa"))!.firstNeuron;
    expect([...image.synapses.source].map((id) => id - first)).toEqual([0, 0, 0, 1, 1, 1, 2, 2, 2]);
    expect([...image.synapses.weight]).toEqual([1, 2, 5, 1, 2, 5, 1, 2, 5]);
  });

  test("take weight and kind from the multiplier, potential from the source area, delay from the rule", () => {
    const { image } = grown(
      handMade({
        caaaaaaa: {
          parameters: { postsynapticCurrent: -3 },
          to: { cbbbbbbb: [{ multiplier: -0.1, delayBursts: 255 }, { delayBursts: 256 }] },
        },
        cbbbbbbb: {},
      }),
    );
    const { weight, psp, kind, delay, flags } = image.synapses;
    expect([[...weight], [...psp], [...kind], [...delay], [...flags]]).toEqual([
      [Math.fround(0.1), 1],
      [-3, -3],
      [1, 0],
      [255, 1],
      [0, 0],
    ]);
  });

  test("leave every neuron of a source voxel and reach the last neuron of a destination voxel", () => {
    const { image, areas } = grown(
      handMade({ caaaaaaa: { neuronsPerVoxel: 2, to: { cbbbbbbb: [{}] } }, cbbbbbbb: { neuronsPerVoxel: 3 } }),
    );
    const [source, target] = [areas.get(idOf("caaaaaaa"))!.firstNeuron, areas.get(idOf("cbbbbbbb"))!.firstNeuron];
    expect([...image.synapses.source]).toEqual([source, source + 1]);
    expect([...image.synapses.target]).toEqual([target + 2, target + 2]);
  });

  test("are counted by mapping and by area", () => {
    const connectome = grown(handMade({ caaaaaaa: { dimensions: [2, 1, 1], to: { caaaaaaa: [{}], cbbbbbbb: [{}] } }, cbbbbbbb: {} }));
    expect(connectome.mappings.map(({ synapses }) => synapses)).toEqual([2, 2]);
    expect(connectome.areas.get(idOf("caaaaaaa"))).toMatchObject({ outgoingSynapses: 4, incomingSynapses: 2 });
    expect(connectome.areas.get(idOf("cbbbbbbb"))).toMatchObject({ outgoingSynapses: 0, incomingSynapses: 2 });
  });

  test("attractivity leaves out its share, the same for the same seed", () => {
    const genome = handMade({ caaaaaaa: { dimensions: [100, 100, 1], to: { cbbbbbbb: [{ attractivity: 30 }] } }, cbbbbbbb: {} });
    const targets = (seed: number) => [...grown(genome, { seed }).image.synapses.source];
    expect(targets(1)).toEqual(targets(1));
    expect(targets(1)).not.toEqual(targets(2));
    expect(targets(1).length / 10_000).toBeCloseTo(0.3, 1);
    expect(
      synapsesOf(grown(handMade({ caaaaaaa: { to: { cbbbbbbb: [{ attractivity: 0 }] } }, cbbbbbbb: {} })), "caaaaaaa", "cbbbbbbb"),
    ).toBe(0);
  });

  test("more synapses than there is room for are refused", () => {
    const genome = handMade({ caaaaaaa: { dimensions: [10, 10, 1], to: { caaaaaaa: [{}] } } });
    expect(() => grown(genome, { capacities: { synapses: 99 } })).toThrow(/99 synapses/);
    expect(grown(genome, { capacities: { synapses: 100 } }).image.synapses.count).toBe(100);
  });
});

describe("rules that cannot grow", () => {
  const genome = handMade({
    caaaaaaa: {
      to: {
        cbbbbbbb: [{}, { morphology: "nope" }, { delayBursts: 0 }, { plastic: true, plasticityWindow: 1.5 }, { multiplier: 2 }],
        cccccccc: [{}],
        cddddddd: [{}],
      },
    },
    cbbbbbbb: {},
    cccccccc: {},
  });

  test("are skipped one by one in standard, each with its place", () => {
    const connectome = grown(genome);
    expect(synapsesOf(connectome, "caaaaaaa", "cbbbbbbb")).toBe(2);
    expect(synapsesOf(connectome, "caaaaaaa", "cccccccc")).toBe(1);
    expect(connectome.problems.map(({ code, path }) => `${code} ${path}`)).toEqual([
      "RULE_MORPHOLOGY_UNKNOWN blueprint._____10c-caaaaaaa-cx-dstmap-d.cbbbbbbb[1]",
      "DELAY_RANGE blueprint._____10c-caaaaaaa-cx-dstmap-d.cbbbbbbb[2]",
      "PLASTICITY_WINDOW blueprint._____10c-caaaaaaa-cx-dstmap-d.cbbbbbbb[3]",
      `DESTINATION_MISSING blueprint._____10c-caaaaaaa-cx-dstmap-d.${idOf("cddddddd")}`,
    ]);
  });

  test("end their source area in feagi-strict, which keeps what came before", () => {
    const connectome = grown(genome, { development: "feagi-strict" });
    expect(synapsesOf(connectome, "caaaaaaa", "cbbbbbbb")).toBe(1);
    expect(synapsesOf(connectome, "caaaaaaa", "cccccccc")).toBe(0);
    expect(codes(connectome.problems)).toContain("RULE_MORPHOLOGY_UNKNOWN");
  });

  test("a plastic rule needs a plasticity window of whole bursts, and numbers to learn by", () => {
    const count = (plastic: object, development: "standard" | "feagi-strict" = "standard") =>
      synapsesOf(
        grown(handMade({ caaaaaaa: { to: { cbbbbbbb: [{ plastic: true, ...plastic }, {}] } }, cbbbbbbb: {} }), { development }),
        "caaaaaaa",
        "cbbbbbbb",
      );
    expect(count({ plasticityWindow: 3 })).toBe(2);
    expect(count({ plasticityWindow: 0 })).toBe(1);
    expect(count({ plasticityWindow: 0 }, "feagi-strict")).toBe(0);
    expect(count({ ltpMultiplier: Number.NaN })).toBe(1);
    expect([count({ ltpMultiplier: 0.5 }), count({ ltpMultiplier: 0.5 }, "feagi-strict")]).toEqual([2, 0]);
  });

  test("a function that nobody knows grows nothing and says so", () => {
    const unknown = handMade(
      { caaaaaaa: { to: { cbbbbbbb: [{ morphology: "unknown_fn" }, {}] } }, cbbbbbbb: {} },
      { with: [{ id: "unknown_fn", class: "custom", type: "functions" }] },
    );
    expect(synapsesOf(grown(unknown), "caaaaaaa", "cbbbbbbb")).toBe(1);
    expect(codes(grown(unknown).problems)).toEqual(["MORPHOLOGY_WITHOUT_LAW"]);
  });
});

describe("regions", () => {
  test("are made from the kinds of the areas when the genome has none", () => {
    const { regions, areas } = grown(
      handMade(
        {
          iaaaaaaa: { position: [10, 4, -9], dimensions: [30, 2, 4], to: { cbbbbbbb: [{}] } },
          cbbbbbbb: { to: { oooooooo: [{}] } },
          oooooooo: {},
        },
        { title: "" },
      ),
    );
    const [root, circuit] = [...regions.values()];
    expect(root).toMatchObject({ name: "Root Brain Region", parent: null, inputs: [idOf("oooooooo")], outputs: [idOf("iaaaaaaa")] });
    expect(circuit).toMatchObject({ name: "Autogen Circuit", parent: root!.id, areas: [idOf("cbbbbbbb")], position: [90, 3, -4] });
    expect(circuit).toMatchObject({ inputs: [idOf("cbbbbbbb")], outputs: [idOf("cbbbbbbb")] });
    expect(areas.get(idOf("cbbbbbbb"))!.region).toBe(circuit!.id);
    expect(areas.get(idOf("___power"))!.region).toBe(root!.id);
  });

  test("of the genome are kept, parents first, and areas without one join the root", () => {
    const region = (id: string, parent: string | null, areas: string[]) =>
      [id, { id, name: id, parent, areas: areas.map(idOf), position: [1, 2, 3], position2d: [0, 0], description: "" }] as const;
    const genome = handMade(
      { caaaaaaa: {}, cbbbbbbb: {} },
      { regions: new Map([region("a", "b", ["caaaaaaa"]), region("b", "z", []), region("z", null, [])] as never) },
    );
    const { regions, areas } = grown(genome);
    expect([...regions.keys()]).toEqual(["z", "b", "a"]);
    expect(areas.get(idOf("caaaaaaa"))!.region).toBe("a");
    expect(areas.get(idOf("cbbbbbbb"))!.region).toBe("z");
  });

  test("with a parent that is not there refuse the genome", () => {
    const lost = { id: "a", name: "Lost", parent: "b", areas: [], position: [0, 0, 0], position2d: [0, 0], description: "" } as never;
    expect(() => grown(handMade({}, { regions: new Map([["a", lost]]) }))).toThrow(/Lost/);
  });
});

describe("progress", () => {
  const genome = handMade({ caaaaaaa: { dimensions: [300, 300, 10], to: { caaaaaaa: [{}] } }, cbbbbbbb: {} });

  test("names the four stages in order, with real counts, and each area as it is done", () => {
    const steps = [...grow(genome)];
    const stages = steps.map(({ stage }) => stage).filter((stage, i, all) => stage !== all[i - 1]);
    expect(stages).toEqual(["corticogenesis", "voxelogenesis", "neurogenesis", "synaptogenesis"]);
    expect(steps.flatMap(({ finishedArea }) => finishedArea?.name ?? []).slice(-2)).toEqual(["caaaaaaa", "cbbbbbbb"]);
    expect(steps.at(-1)).toMatchObject({ done: 1, areas: 9, neurons: 900_008, synapses: 900_000 });
    for (const { done } of steps) expect(done).toBeGreaterThan(0);
  });

  test("breathes inside a large area, so that growth can be stopped there", () => {
    const growth = grow(genome);
    const within = (step: IteratorResult<GrowthProgress, Connectome>): boolean =>
      !step.done && step.value.stage === "synaptogenesis" && step.value.synapses > 0 && step.value.synapses < 900_000;
    let step = growth.next();
    while (!step.done && !within(step)) step = growth.next();
    expect(within(step)).toBe(true);
    growth.return(undefined as never);
    expect(growth.next().done).toBe(true);
  });
});

describe("between two breaths", () => {
  const any = { type: "any" } as const;
  const all = {
    id: "all",
    class: "custom" as const,
    type: "patterns" as const,
    patterns: [{ source: [any, any, any], target: [any, any, any] }] as never,
  };
  /** The most neurons and synapses that one step makes. */
  const largestSteps = (genome: Parameters<typeof grow>[0]) => {
    let [neurons, synapses] = [0, 0];
    const largest = { neurons: 0, synapses: 0 };
    for (const step of grow(genome)) {
      largest.neurons = Math.max(largest.neurons, step.neurons - neurons);
      largest.synapses = Math.max(largest.synapses, step.synapses - synapses);
      [neurons, synapses] = [step.neurons, step.synapses];
    }
    return largest;
  };

  test("a threshold gradient over a large area comes in parts", () => {
    const genome = handMade({ caaaaaaa: { dimensions: [1, 1, 1_000_000], parameters: { firingThresholdIncrement: [0, 0, 1] } } });
    expect(largestSteps(genome).neurons).toBeLessThanOrEqual(100_000);
  });

  test("so do neurons that share one voxel", () => {
    expect(largestSteps(handMade({ caaaaaaa: { neuronsPerVoxel: 1_000_000 } })).neurons).toBeLessThanOrEqual(100_000);
  });

  test("so do the synapses of one neuron that reaches a whole area, by several rules", () => {
    const genome = handMade(
      { caaaaaaa: { to: { cbbbbbbb: [{ morphology: "all" }, { morphology: "all" }] } }, cbbbbbbb: { dimensions: [1000, 1000, 1] } },
      { with: [all] },
    );
    expect(largestSteps(genome).synapses).toBeLessThanOrEqual(100_000);
    expect(grown(genome).image.synapses.count).toBe(2_000_000);
  });

  test("joining the columns is many steps, not one", () => {
    const genome = handMade({ caaaaaaa: { dimensions: [500, 500, 1], to: { caaaaaaa: [{}] } } });
    const joining = [...grow(genome)].filter(({ done, synapses }) => done === 1 && synapses === 250_000);
    expect(joining.length).toBeGreaterThan(100);
  });
});

test("the same genome and seed grow the same connectome", () => {
  const genome = () => handMade({ caaaaaaa: { dimensions: [20, 20, 2], to: { caaaaaaa: [{ attractivity: 50 }] } } });
  expect(grown(genome(), { seed: 7 })).toEqual(grown(genome(), { seed: 7 }));
});
