/**
 * Runs recorded morphology cases: one set of rules between two small areas and every synapse that must come of it.
 *
 * A case is turned into a genome document and takes the whole way, parser included, because how a rule is written is part
 * of what the cases record. The form of a case is that of the golden files beside the tests.
 */
import { z } from "zod";
import { LabError } from "#contracts/errors.ts";
import type { GrownConnectome } from "../connectome/connectome.ts";
import { parseGenome } from "../genome/parse.ts";
import { excitabilityFraction } from "./excitability.ts";
import { type Development, grown } from "./grow.ts";
import { findArea, type SynapseRow, synapsesBetween } from "./listing.ts";

const Size = z.tuple([z.number(), z.number(), z.number()]);
const Place = z.tuple([z.number(), z.number(), z.number(), z.number()]);

const MorphologyCase = z.object({
  case: z.string(),
  src_dims: Size,
  dst_dims: Size,
  same_area: z.boolean().default(false),
  src_neurons_per_voxel: z.number().default(1),
  dst_neurons_per_voxel: z.number().default(1),
  src_postsynaptic_current: z.number().default(1),
  /** As written in a genome: arrays or objects. */
  rules: z.array(z.unknown()),
  morphologies: z.record(z.string(), z.unknown()).default({}),
  /** Flat property keys of the source area. */
  area_overrides: z.record(z.string(), z.unknown()).default({}),
  synapses: z.array(z.tuple([Place, Place, z.number(), z.number(), z.number()], z.number())),
  /** Parameters of each neuron of the source area, where the case is about them. */
  neurons: z
    .array(
      z.object({
        x: z.number(),
        y: z.number(),
        z: z.number(),
        threshold: z.number(),
        threshold_limit: z.number(),
        leak_coefficient: z.number(),
        refractory_period: z.number(),
        excitability: z.number(),
        consecutive_fire_limit: z.number(),
        snooze_period: z.number(),
        mp_charge_accumulation: z.boolean(),
      }),
    )
    .default([]),
});
type MorphologyCase = z.infer<typeof MorphologyCase>;

interface MorphologyResult {
  case: string;
  synapseCount: number;
  match: boolean;
  firstMismatch?: string;
}

interface MorphologyReport {
  cases: MorphologyResult[];
  matched: number;
  total: number;
}

/** Runs all cases of a document `{cases: […]}`; as FEAGI grows them unless said otherwise. */
export function runMorphologyCases(document: unknown, development: Development = "feagi-strict"): MorphologyReport {
  const parsed = z.object({ cases: z.array(MorphologyCase) }).safeParse(document);
  if (!parsed.success) {
    throw new LabError("E_INVALID", "This is not a file of morphology cases", { issues: parsed.error.issues });
  }
  const cases = parsed.data.cases.map((one) => runCase(one, development));
  return { cases, matched: cases.filter(({ match }) => match).length, total: cases.length };
}

function runCase(recorded: MorphologyCase, development: Development): MorphologyResult {
  const parsed = parseGenome(JSON.stringify(genomeDocument(recorded)), { strict: development === "feagi-strict" });
  if (!parsed.ok) {
    return { case: recorded.case, synapseCount: 0, match: false, firstMismatch: parsed.problems.map(({ message }) => message).join("; ") };
  }
  const connectome = grown(parsed.genome, { development });
  const source = findArea(connectome, sourceId)!;
  const target = recorded.same_area ? source : findArea(connectome, targetId)!;
  const [pair] = synapsesBetween(connectome, source.id, target.id);
  const synapses = pair!.synapses;
  const firstMismatch = neuronMismatch(recorded, connectome) ?? synapseMismatch(recorded.synapses, synapses);
  const result = { case: recorded.case, synapseCount: synapses.length };
  return firstMismatch === undefined ? { ...result, match: true } : { ...result, match: false, firstMismatch };
}

const sourceId = "cSRC00";
const targetId = "cDST00";

function genomeDocument(recorded: MorphologyCase): unknown {
  const destination = recorded.same_area ? sourceId : targetId;
  const areas = [
    flatArea(sourceId, recorded.src_dims, recorded.src_neurons_per_voxel, {
      "cx-pstcr_-f": recorded.src_postsynaptic_current,
      "nx-mp_acc-b": true,
      "cx-dstmap-d": recorded.rules.length > 0 ? { [destination]: recorded.rules } : {},
      ...recorded.area_overrides,
    }),
    recorded.same_area ? {} : flatArea(targetId, recorded.dst_dims, recorded.dst_neurons_per_voxel, {}),
  ];
  return {
    genome_id: recorded.case,
    genome_title: recorded.case,
    version: "2.0",
    blueprint: Object.assign({}, ...areas),
    neuron_morphologies: recorded.morphologies,
    physiology: { simulation_timestep: 0.025, max_age: 10_000_000, quantization_precision: "fp32" },
  };
}

function flatArea(id: string, [x, y, z]: readonly number[], perVoxel: number, more: Record<string, unknown>): Record<string, unknown> {
  const properties = {
    "cx-__name-t": id,
    "cx-_group-t": "CUSTOM",
    "cx-___bbx-i": x,
    "cx-___bby-i": y,
    "cx-___bbz-i": z,
    "cx-_n_cnt-i": perVoxel,
    ...more,
  };
  return Object.fromEntries(Object.entries(properties).map(([key, value]) => [`_____10c-${id}-${key}`, value]));
}

function synapseMismatch(expected: MorphologyCase["synapses"], got: SynapseRow[]): string | undefined {
  const recorded = expected.map((row) => JSON.stringify(row));
  for (let i = 0; i < Math.max(recorded.length, got.length); i++) {
    // A recorded row without a delay leaves the delay open.
    const made = JSON.stringify(got[i]?.slice(0, expected[i]?.length ?? 5));
    if (made !== recorded[i]) return `synapse ${i}: expected ${recorded[i] ?? "none"}, got ${made ?? "none"}`;
  }
  return undefined;
}

function neuronMismatch({ neurons: expected }: MorphologyCase, connectome: GrownConnectome): string | undefined {
  const { firstNeuron } = findArea(connectome, sourceId)!;
  const columns = connectome.image.neurons;
  for (const [place, recorded] of expected.entries()) {
    const id = firstNeuron + place;
    const got = {
      x: columns.x[id],
      y: columns.y[id],
      z: columns.z[id],
      threshold: columns.threshold[id],
      threshold_limit: columns.thresholdLimit[id],
      leak_coefficient: columns.leak[id],
      refractory_period: columns.refractoryPeriod[id],
      excitability: columns.excitability[id],
      consecutive_fire_limit: columns.consecutiveFireLimit[id],
      snooze_period: columns.snoozePeriod[id],
      mp_charge_accumulation: columns.accumulates[id] === 1,
    };
    const wanted: typeof got = { ...recorded, excitability: Math.fround(excitabilityFraction(recorded.excitability)) };
    for (const key of Object.keys(got) as (keyof typeof got)[]) {
      if (got[key] !== wanted[key]) return `neuron ${place}, ${key}: expected ${wanted[key]}, got ${got[key]}`;
    }
  }
  return undefined;
}
