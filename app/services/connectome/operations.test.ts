/** The 62 operations of spec/development.md section 10, each by the command that offers it, with its error cases. */
import { readFileSync } from "node:fs";
import { afterEach, expect, test } from "vitest";
import type { InputOf } from "#contracts/command.ts";
import type { CommandGroups } from "#contracts/commands.ts";
import type { Vec3 } from "#contracts/connectome.ts";
import { closeTestLabs, type TestLab, testLab } from "../testing/test-lab.ts";

const probe = readFileSync(new URL("../../core/genome/golden/probe-edits.json", import.meta.url), "utf8");
/** Three areas: A (4 × 3 × 1) leads to B (4 × 3 × 1), B to itself and to C (2 × 2 × 1). */
const [A, B, C] = ["Y0FBQUFBX18=", "Y0JCQkJCX18=", "Y0NDQ0NDX18="] as const;
const NOBODY = "Y05PTkUxX18=";

afterEach(closeTestLabs);

async function probeLab() {
  const lab = await testLab();
  await lab.call("genome", "load", { text: probe, name: "probe" });
  type Verb = keyof CommandGroups["connectome"];
  type Input<V extends Verb> = InputOf<CommandGroups["connectome"][V]>;
  const ask = <V extends Verb>(verb: V, input: Input<V> = {} as Input<V>) => lab.call("connectome", verb, input);
  const area = (id: string) => ask("getArea", { id });
  const first = async (id: string) => (await area(id)).firstNeuron;
  const home = async () => (await ask("listRegions")).find(({ parent }) => parent !== null)!.id;
  const root = async () => (await ask("listRegions")).find(({ parent }) => parent === null)!.id;
  const refused = (verb: Verb, input: object, code: string) => expect(ask(verb, input as never), verb).rejects.toMatchObject({ code });
  return { ...lab, ask, area, first, home, root, refused };
}
type Probe = Awaited<ReturnType<typeof probeLab>>;

const rule = { morphology: "projector", multiplier: 3 };

const operations: [number: number, name: string, check: (lab: Probe) => Promise<void>][] = [
  [1, "instance", async ({ call }) => expect(await call("brain", "status", {})).toMatchObject({ state: "paused", neurons: 35 })],
  [
    2,
    "load_from_genome_file",
    async ({ call }) => {
      await expect(call("genome", "load", { path: "/nowhere.json" })).rejects.toMatchObject({ code: "E_NOT_FOUND" });
      expect(await call("brain", "status", {})).toMatchObject({ neurons: 35 });
    },
  ],
  [
    3,
    "load_from_genome",
    async ({ call }) => {
      await expect(call("genome", "load", { text: "{}", name: "empty" })).rejects.toMatchObject({ code: "E_GENOME" });
      expect(await call("brain", "status", {})).toMatchObject({ neurons: 35 });
    },
  ],
  [
    4,
    "save_to_json",
    async ({ call }) => expect((await call("session", "export", { format: "genome" })).files[0]?.path).toMatch(/\.json$/),
  ],
  [
    5,
    "prepare_for_new_genome",
    async ({ ask, call }) => {
      await ask("createNeurons", { area: A, voxels: [[0, 0, 0]] });
      await call("genome", "load", { text: probe, name: "again" });
      expect(await ask("countNeurons")).toEqual({ neurons: 35 });
    },
  ],
  [
    6,
    "resize_for_genome",
    async ({ call }) => expect(await call("genome", "estimate", { text: probe })).toMatchObject({ neurons: 35, fits: true }),
  ],
  [
    7,
    "add_cortical_area",
    async ({ ask, home, refused, root }) => {
      const three: Vec3 = [3, 3, 3];
      const asked = { name: "E", dimensions: three, position: three, region: await home() };
      const plan = await ask("createArea", { ...asked, dryRun: true });
      expect(plan.summary).toMatchObject({ neuronsAdded: 27, synapsesAdded: 0 });
      await refused("getArea", { id: plan.id }, "E_NOT_FOUND");
      const { id, summary } = await ask("createArea", asked);
      expect(summary).toEqual(plan.summary);
      expect(await ask("getArea", { id })).toMatchObject({ name: "E", kind: "custom", neurons: 27, region: asked.region });
      await refused("createArea", { ...asked, region: await root() }, "E_CONFLICT");
      await refused("createArea", { ...asked, region: "nowhere" }, "E_NOT_FOUND");
      await refused("createArea", { ...asked, dimensions: [0, 1, 1] }, "E_INVALID");
      const unit = await ask("createUnit", { unit: "ipro", devices: 2 });
      expect(unit.summary).toMatchObject({ neuronsAdded: 20 });
      await refused("createUnit", { unit: "none" }, "E_INVALID");
      expect(await ask("listUnits")).toContainEqual({ unit: "ipro", title: "Proximity", sizes: [[1, 1, 10]] });
    },
  ],
  [
    8,
    "delete_cortical_area",
    async ({ ask, refused }) => {
      const { summary } = await ask("removeArea", { id: C });
      expect(summary).toMatchObject({ neuronsRemoved: 4, synapsesRemoved: 4 });
      expect(await ask("getMapping", { src: A, dst: B })).toMatchObject({ synapses: 12 });
      await refused("removeArea", { id: C }, "E_NOT_FOUND");
      await refused("removeArea", { id: "X19fcG93ZXI=" }, "E_CONFLICT");
    },
  ],
  [
    9,
    "get_cortical_area",
    async ({ area, refused }) => {
      expect(await area(A)).toMatchObject({ id: A, dimensions: [4, 3, 1], neurons: 12 });
      await refused("getArea", { id: NOBODY }, "E_NOT_FOUND");
    },
  ],
  [
    10,
    "update_cortical_area_properties",
    async ({ ask, refused }) => {
      expect(await ask("updateArea", { id: A, name: "A2", position: [1, 2, 3], parameters: { firingThreshold: 7 } })).toMatchObject({
        name: "A2",
        position: [1, 2, 3],
        parameters: { firingThreshold: 7 },
      });
      await refused("updateArea", { id: NOBODY, name: "x" }, "E_NOT_FOUND");
      await refused("updateArea", { id: A, dimensions: [4, 0, 1] }, "E_INVALID");
    },
  ],
  [
    11,
    "get_cortical_id_for_idx",
    async ({ ask, area, refused }) => {
      const { index } = await area(B);
      expect(await ask("getArea", { index })).toMatchObject({ id: B });
      await refused("getArea", { index: 999 }, "E_NOT_FOUND");
    },
  ],
  [12, "get_cortical_idx_for_id", async ({ area }) => expect((await area(A)).index).toBeGreaterThanOrEqual(7)],
  [
    13,
    "create_neurons_for_area",
    async ({ ask, first, refused }) => {
      await refused("populateArea", { id: C }, "E_CONFLICT");
      const from = await first(C);
      await ask("removeNeurons", { neurons: [from, from + 1, from + 2, from + 3] });
      expect((await ask("populateArea", { id: C })).summary).toMatchObject({ neuronsAdded: 4 });
      expect(await ask("countNeurons", { area: C })).toEqual({ neurons: 4 });
      await refused("populateArea", { id: C }, "E_CONFLICT");
    },
  ],
  [
    14,
    "add_neuron",
    async ({ ask, refused }) => {
      const { neurons } = await ask("createNeurons", { area: A, voxels: [[3, 2, 0]], parameters: { threshold: 5 } });
      expect(await ask("getNeuron", { id: neurons[0]! })).toMatchObject({ area: A, voxel: [3, 2, 0], threshold: 5 });
      await refused("createNeurons", { area: A, voxels: [[4, 0, 0]] }, "E_INVALID");
      await refused("createNeurons", { area: NOBODY, voxels: [[0, 0, 0]] }, "E_NOT_FOUND");
    },
  ],
  [
    15,
    "delete_neuron",
    async ({ ask, first, refused }) => {
      const id = await first(A);
      expect(await ask("removeNeurons", { neurons: [id] })).toMatchObject({ removed: 1, summary: { synapsesRemoved: 1 } });
      await refused("getNeuron", { id }, "E_NOT_FOUND");
    },
  ],
  [
    16,
    "get_neuron_count",
    async ({ ask, first }) => {
      await ask("removeNeurons", { neurons: [await first(B)] });
      expect([await ask("countNeurons"), await ask("countNeurons", { area: B })]).toEqual([{ neurons: 34 }, { neurons: 11 }]);
    },
  ],
  [
    17,
    "batch_create_neurons",
    async ({ ask }) => {
      const { neurons } = await ask("createNeurons", {
        area: A,
        voxels: [
          [0, 0, 0],
          [0, 0, 0],
          [1, 1, 0],
        ],
      });
      expect(neurons).toEqual([neurons[0], neurons[0]! + 1, neurons[0]! + 2]);
    },
  ],
  [
    18,
    "delete_neurons_batch",
    async ({ ask, first }) => {
      const id = await first(A);
      expect(await ask("removeNeurons", { neurons: [id, id, id + 1] })).toMatchObject({ removed: 2 });
    },
  ],
  [
    19,
    "update_neuron_properties",
    async ({ ask, first, refused }) => {
      const id = await first(A);
      await ask("updateNeurons", { neurons: [id], parameters: { leak: 0.25, excitability: 0.5 } });
      expect(await ask("getNeuron", { id })).toMatchObject({ leak: 0.25, excitability: 0.5 });
      await refused("updateNeurons", { neurons: [id], parameters: {} }, "E_INVALID");
      await refused("updateNeurons", { neurons: [100_000], parameters: { leak: 0 } }, "E_NOT_FOUND");
    },
  ],
  [
    20,
    "set_neuron_firing_threshold",
    async ({ ask, first }) => {
      const id = await first(A);
      await ask("updateNeurons", { neurons: [id], parameters: { threshold: 42 } });
      expect(await ask("getNeuron", { id })).toMatchObject({ threshold: 42 });
      await ask("undo");
      expect((await ask("getNeuron", { id })).threshold).not.toBe(42);
    },
  ],
  [
    21,
    "get_neurons_in_area",
    async ({ ask, first, refused }) => {
      const from = await first(C);
      expect(await ask("listNeurons", { area: C, offset: 1, limit: 2 })).toEqual({ total: 4, neurons: [from + 1, from + 2] });
      await refused("listNeurons", { area: NOBODY }, "E_NOT_FOUND");
    },
  ],
  [22, "has_neuron", async ({ refused }) => refused("getNeuron", { id: 100_000 }, "E_NOT_FOUND")],
  [
    23,
    "apply_cortical_mapping",
    async ({ ask, first, refused }) => {
      const from = await first(A);
      const { synapses } = await ask("listSynapses", { neuron: from, direction: "out" });
      await ask("removeSynapses", { synapses: synapses.map(({ source, target }) => ({ source, target })) });
      expect(await ask("countSynapses", { src: A, dst: B })).toEqual({ synapses: 11 });
      await ask("regrowMapping", { src: A });
      expect(await ask("countSynapses", { src: A, dst: B })).toEqual({ synapses: 12 });
      await refused("regrowMapping", { src: A, dst: C }, "E_NOT_FOUND");
      await refused("setMapping", { src: A, dst: C, rules: [{ morphology: "nope" }] }, "E_NOT_FOUND");
      expect(await ask("countSynapses")).toEqual({ synapses: 25 });
    },
  ],
  [
    24,
    "create_synapse",
    async ({ ask, first, refused }) => {
      const [source, target] = [await first(A), await first(C)];
      await ask("createSynapses", { synapses: [{ source, target, weight: 2, inhibitory: true, delay: 3 }] });
      expect(await ask("getSynapses", { source, target })).toEqual({
        synapses: [{ source, target, weight: 2, psp: expect.any(Number), inhibitory: true, delay: 3 }],
      });
      await refused("createSynapses", { synapses: [{ source, target: 100_000, weight: 1 }] }, "E_NOT_FOUND");
      await refused("createSynapses", { synapses: [{ source, target, weight: 1, delay: 0 }] }, "E_INVALID");
    },
  ],
  [
    25,
    "get_synapse",
    async ({ ask, first }) => {
      const [source, target] = [await first(A), await first(B)];
      expect((await ask("getSynapses", { source, target })).synapses).toHaveLength(1);
      expect(await ask("getSynapses", { source: target, target: source })).toEqual({ synapses: [] });
    },
  ],
  [
    26,
    "update_synapse_weight",
    async ({ ask, first, refused }) => {
      const [source, target] = [await first(A), await first(B)];
      await ask("updateSynapses", { synapses: [{ source, target, weight: 9 }] });
      expect((await ask("getSynapses", { source, target })).synapses[0]!.weight).toBe(9);
      await refused("updateSynapses", { synapses: [{ source: target, target: source, weight: 9 }] }, "E_NOT_FOUND");
    },
  ],
  [
    27,
    "remove_synapse",
    async ({ ask, first }) => {
      const [source, target] = [await first(A), await first(B)];
      await ask("createSynapses", { synapses: [{ source, target, weight: 5 }] });
      expect(await ask("removeSynapses", { synapses: [{ source, target }] })).toMatchObject({ removed: 1 });
      expect((await ask("getSynapses", { source, target })).synapses).toMatchObject([{ weight: 5 }]);
    },
  ],
  [28, "get_synapse_count", async ({ ask }) => expect(await ask("countSynapses")).toEqual({ synapses: 25 })],
  [
    29,
    "get_outgoing_synapses",
    async ({ ask, first, refused }) => {
      const [source, target] = [await first(A), await first(B)];
      expect(await ask("listSynapses", { neuron: source, direction: "out" })).toMatchObject({ total: 1, synapses: [{ source, target }] });
      await refused("listSynapses", { neuron: 100_000, direction: "out" }, "E_NOT_FOUND");
    },
  ],
  [
    30,
    "get_incoming_synapses",
    async ({ ask, first }) => {
      const [source, target] = [await first(A), await first(B)];
      expect(await ask("listSynapses", { neuron: target, direction: "in" })).toMatchObject({ synapses: [{ source, target }] });
      expect(await ask("listSynapses", { neuron: source, direction: "in" })).toEqual({ total: 0, synapses: [] });
    },
  ],
  [
    31,
    "add_brain_region",
    async ({ ask, home, refused }) => {
      const parent = await home();
      const region = await ask("createRegion", { name: "R1", parent, areas: [C] });
      expect(region).toMatchObject({ name: "R1", parent, areas: [C] });
      await refused("createRegion", { name: "R2", parent: "nowhere" }, "E_NOT_FOUND");
      await refused("updateRegion", { id: parent, parent: region.id }, "E_CONFLICT");
    },
  ],
  [
    32,
    "delete_brain_region",
    async ({ ask, home, root, refused }) => {
      const parent = await home();
      const { id } = await ask("createRegion", { name: "R1", parent, areas: [C] });
      await ask("dissolveRegion", { id });
      expect((await ask("getRegion", { id: parent })).areas).toContain(C);
      const gone = await ask("removeRegion", { id: parent });
      expect(gone.summary).toMatchObject({ neuronsRemoved: 28, synapsesRemoved: 25 });
      await refused("removeRegion", { id: await root() }, "E_CONFLICT");
      await refused("removeRegion", { id: parent }, "E_NOT_FOUND");
      await ask("undo");
      expect(await ask("countSynapses")).toEqual({ synapses: 25 });
    },
  ],
  [
    33,
    "update_brain_region",
    async ({ ask, home, refused }) => {
      const id = await home();
      expect(await ask("updateRegion", { id, name: "Middle", description: "what is in between" })).toMatchObject({ name: "Middle" });
      await refused("updateRegion", { id: "nowhere", name: "x" }, "E_NOT_FOUND");
      await refused("updateRegion", { id, designatedInputs: [A], designatedOutputs: [A] }, "E_CONFLICT");
    },
  ],
  [34, "get_brain_regions", async ({ ask }) => expect((await ask("listRegions")).length).toBe(2)],
  [
    35,
    "get_cortical_area_by_name",
    async ({ ask, area }) => {
      const { name } = await area(B);
      expect(await ask("findAreas", { name })).toMatchObject([{ id: B }]);
      expect(await ask("findAreas", { name: "nobody" })).toEqual([]);
    },
  ],
  [
    36,
    "resize_cortical_area",
    async ({ ask, refused }) => {
      const { summary } = await ask("planArea", { id: B, dimensions: [6, 3, 1] });
      expect(summary).toMatchObject({ neuronsAdded: 6, neuronsRemoved: 0, synapsesAdded: 21, synapsesRemoved: 9 });
      await ask("updateArea", { id: B, dimensions: [6, 3, 1] });
      const counts = await Promise.all(
        [
          [A, B],
          [B, B],
          [B, C],
        ].map(([src, dst]) => ask("countSynapses", { src, dst })),
      );
      expect(counts).toEqual([{ synapses: 18 }, { synapses: 15 }, { synapses: 4 }]);
      await refused("updateArea", { id: B, dimensions: [6, 0, 1] }, "E_INVALID");
      await refused("planArea", { id: NOBODY, dimensions: [1, 1, 1] }, "E_NOT_FOUND");
    },
  ],
  [
    37,
    "get_areas_in_region",
    async ({ ask, home, refused }) => {
      const region = await home();
      expect((await ask("findAreas", { region })).map(({ id }) => id).sort()).toEqual([A, B, C].sort());
      await refused("getRegion", { id: "nowhere" }, "E_NOT_FOUND");
    },
  ],
  [
    38,
    "get_brain_region_info",
    async ({ ask, home, root }) => {
      const id = await home();
      expect((await ask("getRegion", { id: await root() })).children).toEqual([id]);
    },
  ],
  [
    39,
    "get_neuron_by_coordinates",
    async ({ ask, first, refused }) => {
      const from = await first(A);
      const { neurons } = await ask("createNeurons", { area: A, voxels: [[1, 2, 0]] });
      expect(await ask("neuronAt", { area: A, voxel: [1, 2, 0] })).toEqual({ neurons: [from + 5, ...neurons] });
      await refused("neuronAt", { area: A, voxel: [9, 0, 0] }, "E_INVALID");
    },
  ],
  [
    40,
    "get_neuron_position",
    async ({ ask, first }) => expect(await ask("getNeuron", { id: (await first(A)) + 4 })).toMatchObject({ voxel: [1, 1, 0] }),
  ],
  [
    41,
    "get_cortical_area_for_neuron",
    async ({ ask, first }) => expect(await ask("getNeuron", { id: await first(C) })).toMatchObject({ area: C }),
  ],
  [
    42,
    "get_neuron_properties",
    async ({ ask, first }) =>
      expect(Object.keys(await ask("getNeuron", { id: await first(A) }))).toEqual(
        expect.arrayContaining([
          "threshold",
          "thresholdLimit",
          "leak",
          "excitability",
          "refractoryPeriod",
          "refractoryCountdown",
          "consecutiveFires",
          "snoozePeriod",
          "membranePotential",
        ]),
      ),
  ],
  [
    43,
    "get_neuron_property",
    async ({ ask, first }) => expect((await ask("getNeuron", { id: await first(A) })).refractoryCountdown).toBe(0),
  ],
  [
    44,
    "get_all_cortical_ids",
    async ({ ask }) => expect((await ask("listAreas")).map(({ id }) => id)).toEqual(expect.arrayContaining([A, B, C])),
  ],
  [45, "get_all_cortical_indices", async ({ ask }) => expect(new Set((await ask("listAreas")).map(({ index }) => index)).size).toBe(10)],
  [46, "get_cortical_area_names", async ({ ask }) => expect((await ask("listAreas")).every(({ name }) => name !== "")).toBe(true)],
  [
    47,
    "list_ipu_areas",
    async ({ ask }) => {
      expect(await ask("findAreas", { kind: "input" })).toEqual([]);
      const { ids } = await ask("createUnit", { unit: "ipro" });
      expect((await ask("findAreas", { kind: "input" })).map(({ id }) => id)).toEqual(ids);
    },
  ],
  [48, "list_opu_areas", async ({ ask }) => expect(await ask("findAreas", { kind: "output" })).toEqual([])],
  [49, "get_max_cortical_area_dimensions", async ({ ask }) => expect((await ask("areaStatistics")).maxDimensions).toEqual([4, 3, 1])],
  [50, "get_cortical_area_properties", async ({ area }) => expect((await area(A)).parameters).toHaveProperty("leak")],
  [
    51,
    "get_all_cortical_area_properties",
    async ({ ask }) => expect((await ask("listAreas")).every((one) => "parameters" in one)).toBe(true),
  ],
  [52, "get_all_brain_region_ids", async ({ ask, home }) => expect((await ask("listRegions")).map(({ id }) => id)).toContain(await home())],
  [53, "get_brain_region_names", async ({ ask }) => expect((await ask("listRegions")).every(({ name }) => name !== "")).toBe(true)],
  [
    54,
    "get_brain_region_properties",
    async ({ ask, home }) => expect(await ask("getRegion", { id: await home() })).toHaveProperty("position"),
  ],
  [55, "cortical_area_exists", async ({ refused }) => refused("getArea", { id: NOBODY }, "E_NOT_FOUND")],
  [56, "brain_region_exists", async ({ refused }) => refused("getRegion", { id: "nowhere" }, "E_NOT_FOUND")],
  [
    57,
    "get_brain_region_count",
    async ({ ask }) => {
      await ask("createRegion", { name: "R1" });
      expect(await ask("listRegions")).toHaveLength(3);
    },
  ],
  [58, "get_neurons_by_cortical_area", async ({ ask }) => expect((await ask("listNeurons", { area: B })).total).toBe(12)],
  [
    59,
    "get_area_connectivity_stats",
    async ({ ask }) =>
      expect((await ask("areaStatistics", { id: B })).areas).toMatchObject([
        { neurons: 12, outgoing: 13, incoming: 21, synapsesPerNeuron: 13 / 12 },
      ]),
  ],
  [
    60,
    "get_populated_areas",
    async ({ ask, first }) => {
      const from = await first(C);
      await ask("removeNeurons", { neurons: [from, from + 1, from + 2, from + 3] });
      expect((await ask("findAreas", { populated: false })).map(({ id }) => id)).toContain(C);
      expect((await ask("findAreas", { populated: true })).map(({ id }) => id)).not.toContain(C);
    },
  ],
  [
    61,
    "are_neurons_connected",
    async ({ ask, first }) => {
      const [source, target] = [await first(A), await first(B)];
      expect((await ask("getSynapses", { source, target })).synapses.map(({ weight }) => weight)).toEqual([1]);
    },
  ],
  [
    62,
    "get_neuron_density",
    async ({ ask, refused }) => {
      await ask("updateArea", { id: A, neuronsPerVoxel: 2 });
      expect((await ask("areaStatistics", { id: A })).areas).toMatchObject([{ neurons: 24, density: 2, voxels: 12 }]);
      await refused("areaStatistics", { id: NOBODY }, "E_NOT_FOUND");
    },
  ],
];

test("every operation of the list has its row", () => {
  expect(operations.map(([number]) => number)).toEqual(Array.from({ length: 62 }, (_, i) => i + 1));
});

test.each(operations)("operation %i, %s", async (_, __, check) => check(await probeLab()));

test("without a brain every operation on one is refused and says so", async () => {
  const lab: TestLab = await testLab();
  for (const verb of ["listAreas", "countNeurons", "history"] as const) {
    await expect(lab.call("connectome", verb, {} as never), verb).rejects.toMatchObject({ code: "E_NO_BRAIN" });
  }
});

test("a dry run of neurons and synapses tells what the edit would do, and does nothing", async () => {
  const { ask, first } = await probeLab();
  const [source, target] = [await first(A), await first(B)];
  const dryRun = true;
  const planned = [
    await ask("removeNeurons", { neurons: [source], dryRun }),
    await ask("createNeurons", { area: A, voxels: [[0, 0, 0]], dryRun }),
    await ask("createSynapses", { synapses: [{ source, target, weight: 1 }], dryRun }),
    await ask("removeSynapses", { synapses: [{ source, target }], dryRun }),
  ];
  expect(
    planned.map(({ summary }) => [summary.neuronsAdded, summary.neuronsRemoved, summary.synapsesAdded, summary.synapsesRemoved]),
  ).toEqual([
    [0, 1, 0, 1],
    [1, 0, 0, 0],
    [0, 0, 1, 0],
    [0, 0, 0, 1],
  ]);
  expect([await ask("countNeurons"), await ask("countSynapses"), await ask("history")]).toEqual([{ neurons: 35 }, { synapses: 25 }, []]);
});

test("mappings and morphologies are set, changed and refused as a whole", async () => {
  const { ask, refused } = await probeLab();
  expect((await ask("setMapping", { src: A, dst: C, rules: [rule] })).summary).toMatchObject({ synapsesRemoved: 0 });
  const { synapses } = (await ask("getMapping", { src: A, dst: C }))!;
  expect(await ask("countSynapses", { src: A, dst: C })).toEqual({ synapses });
  await refused("removeMorphology", { id: "lateral_+x" }, "E_CONFLICT");
  expect((await ask("getMorphology", { id: "lateral_+x" })).users).toEqual([{ src: B, dst: B }]);
  await ask("updateMorphology", { morphology: { id: "lateral_+x", class: "custom", type: "vectors", vectors: [[2, 0, 0]] } });
  expect(await ask("countSynapses", { src: B, dst: B })).toEqual({ synapses: 6 });
  await ask("createMorphology", { morphology: { id: "up", type: "vectors", vectors: [[0, 1, 0]] } });
  await refused("createMorphology", { morphology: { id: "up", type: "functions" } }, "E_CONFLICT");
  await ask("removeMorphology", { id: "up" });
  await refused("getMorphology", { id: "up" }, "E_NOT_FOUND");
  await ask("setMapping", { src: A, dst: C, rules: [] });
  expect(await ask("getMapping", { src: A, dst: C })).toBeNull();
});

test("the potentials of areas are those of their cells, now and at a recorded burst, and a limit leaves an even choice", async () => {
  const { ask, call, area } = await probeLab();
  const { firstNeuron, neurons } = await area(A);
  const voxels: Vec3[] = [
    [0, 0, 0],
    [2, 1, 0],
    [3, 2, 0],
  ];
  await call("stimulus", "paint", { area: A, voxels, amplitude: 0.5 });
  await call("brain", "step", {});
  const now = await ask("potentials", { areas: [A, C] });
  const alone = await Promise.all(
    Array.from({ length: neurons }, (_, i) => ask("getNeuron", { id: firstNeuron + i })).map(async (one) => {
      const { id, membranePotential } = await one;
      return [id, membranePotential] as const;
    }),
  );
  const charged = alone.filter(([, potential]) => potential !== 0);
  expect(charged.length).toBe(3);
  expect(now).toEqual({
    ...{ burst: 1, cells: 16, read: 16, charged: 3 },
    neurons: charged.map(([id]) => id),
    potentials: charged.map(([, potential]) => potential),
  });
  expect(await ask("potentials", { areas: [A], limit: 2 })).toMatchObject({ charged: 3, neurons: [charged[0]![0], charged[1]![0]] });
  await call("brain", "step", { bursts: 5 });
  expect(await ask("potentials", { areas: [A, C], burst: 1 })).toEqual(now);
  await expect(ask("potentials", { areas: [NOBODY] })).rejects.toMatchObject({ code: "E_NOT_FOUND" });
});
