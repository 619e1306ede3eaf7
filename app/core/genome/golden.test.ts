/** Every genome the FEAGI server accepted, against what it made of it before growth: areas, parameters, regions, signatures. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Genome, GenomeArea } from "./genome.ts";
import { parseGenome } from "./parse.ts";
import { signaturesOf } from "./signatures.ts";

const read = (path: string) => readFileSync(new URL(path, import.meta.url), "utf8");
const shared = (name: string) => read(`../../../resources/genomes/${name}.json`);

const accepted = [
  "barebones",
  "blender-keyframe",
  "essential",
  "gesture",
  "learning",
  "mujoco-joints",
  "pioneer2",
  "pong",
  "test",
  "tunnel",
];
const cases: [string, string][] = [
  ...accepted.map((name): [string, string] => [name, shared(name)]),
  ["rule-abort", read("golden/probe-rule-abort.json")],
];

interface Recorded {
  areas: {
    id: string;
    id_text: string;
    name: string;
    dims: number[];
    position: number[];
    neurons_per_voxel: number;
    params: Record<string, unknown>;
  }[];
  mappings: { src: string; dst: string; rules: Record<string, unknown>[] }[];
  brain_regions: Record<string, { title: string; areas: string[] }>;
  morphology_ids: { morphology_list: string[] };
  export: { signatures: { genome: string; physiology: string }; physiology: Record<string, number> };
}
const recordedOf = (name: string): Recorded => JSON.parse(read(`../development/golden/growth/${name}.json`));

function strictly(text: string): Genome {
  const parsed = parseGenome(text, { strict: true });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.genome;
}

/** As the server lists an area; it keeps most numbers in 32 bits. */
function listed(area: GenomeArea) {
  const { parameters: p } = area;
  return {
    id: area.id,
    id_text: area.idText,
    name: area.name,
    dims: area.dimensions,
    position: area.position,
    neurons_per_voxel: area.neuronsPerVoxel,
    params: {
      neuron_fire_threshold: p.firingThreshold,
      neuron_fire_threshold_increment: p.firingThresholdIncrement,
      neuron_firing_threshold_limit: p.firingThresholdLimit,
      neuron_leak_coefficient: p.leak,
      neuron_leak_variability: p.leakVariability,
      neuron_excitability: p.excitability,
      neuron_refractory_period: p.refractoryPeriod,
      neuron_consecutive_fire_count: p.consecutiveFireLimit,
      neuron_snooze_period: p.snoozePeriod,
      neuron_mp_charge_accumulation: p.mpChargeAccumulation,
      neuron_mp_driven_psp: p.mpDrivenPsp,
      neuron_psp_uniform_distribution: p.pspUniform,
      neuron_post_synaptic_potential: p.postsynapticCurrent,
      neuron_post_synaptic_potential_max: p.postsynapticCurrentMax,
      neuron_degeneracy_coefficient: p.degeneration,
      neuron_init_lifespan: p.initialLifespan,
      neuron_lifespan_growth_rate: p.lifespanGrowthRate,
      neuron_longterm_mem_threshold: p.longtermMemoryThreshold,
    },
  };
}

/** Numbers in 32 bits, keys as they come. */
const in32Bits = (value: unknown): unknown => JSON.parse(JSON.stringify(value), (_, v) => (typeof v === "number" ? Math.fround(v) : v));
const byId = <T extends { id: string }>(rows: T[]) => rows.sort((a, b) => (a.id < b.id ? -1 : 1));

describe.each(cases)("the strict reading of %s", (name, text) => {
  const genome = strictly(text);
  const recorded = recordedOf(name);

  test("gives the recorded areas and parameters", () => {
    const expected = recorded.areas.map(({ id, id_text, name, dims, position, neurons_per_voxel, params }) => {
      return { id, id_text, name, dims, position, neurons_per_voxel, params };
    });
    expect(byId([...genome.areas.values()].map(listed)).map(in32Bits)).toEqual(byId(expected).map(in32Bits));
  });

  test("gives the recorded rules", () => {
    for (const { src, dst, rules } of recorded.mappings) {
      const read = genome.areas
        .get(src)
        ?.mappings.get(dst)
        ?.map((rule) => ({
          morphology_id: rule.morphology,
          morphology_scalar: rule.scalar,
          postSynapticCurrent_multiplier: rule.multiplier,
          plasticity_flag: rule.plastic,
          plasticity_constant: rule.plasticityConstant,
          ltp_multiplier: rule.ltpMultiplier,
          ltd_multiplier: rule.ltdMultiplier,
          plasticity_window: rule.plasticityWindow,
          synaptic_delay_bursts: rule.delayBursts,
        }));
      expect(read).toEqual(rules);
    }
    const pairs = [...genome.areas.values()].flatMap(({ id, mappings }) => [...mappings.keys()].map((dst) => id + dst));
    expect(pairs.sort()).toEqual(recorded.mappings.map(({ src, dst }) => src + dst).sort());
  });

  test("gives the recorded morphologies and physiology", () => {
    expect([...genome.morphologies.keys()].sort()).toEqual([...recorded.morphology_ids.morphology_list].sort());
    const { simulation_timestep, max_age, plasticity_queue_depth } = recorded.export.physiology;
    expect(genome.physiology).toMatchObject({
      simulationTimestep: simulation_timestep,
      maxAge: max_age,
      plasticityQueueDepth: plasticity_queue_depth,
    });
  });

  test("gives the recorded regions, where the document has any", () => {
    const rows = (regions: { title: string; areas: string[] }[]) =>
      regions.map(({ title, areas }) => [title, [...areas].sort()]).sort((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1));
    const found = [...genome.regions.values()].map(({ name, areas }) => ({ title: name, areas }));
    expect(rows(found)).toEqual(found.length === 0 ? [] : rows(Object.values(recorded.brain_regions)));
  });

  test("gives the recorded signatures", () => {
    const { genome: ofGenome, physiology } = recorded.export.signatures;
    expect(signaturesOf(genome.source)).toMatchObject({ genome: ofGenome, physiology });
  });
});

describe("genomes the server refused", () => {
  test.each([
    ["vision", "REGION_PARENT"],
    ["brightness", "AREA_ID_CORE"],
  ])("%s is refused by the strict reading and loaded by the standard one", (name, code) => {
    const strict = parseGenome(shared(name), { strict: true });
    expect(!strict.ok && strict.problems.map((problem) => problem.code)).toContain(code);
    expect(parseGenome(shared(name)).ok).toBe(true);
  });

  test("every core-like id of brightness is named at once", () => {
    const strict = parseGenome(shared("brightness"), { strict: true });
    const ids = strict.ok ? [] : strict.problems.filter(({ code }) => code === "AREA_ID_CORE").map(({ found }) => found);
    expect(ids.sort()).toEqual(["__back", "__forw", "__left", "_right", "_steer"]);
  });
});
