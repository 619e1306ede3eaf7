/**
 * Genome back to text. In its own dialect that is the document it came from, in which edits have replaced single values; in FEAGI's
 * own flat form (3.0, schema 7) everything is written anew, without what FEAGI loses: density, snooze, description, 64-bit numbers.
 * Source: spec/genome.md section 12.
 */
import type { CorticalId, Morphology, PatternToken } from "#contracts/connectome.ts";
import { areaRows } from "./area-rows.ts";
import { newestSchema } from "./document.ts";
import type { Genome, GenomeRegion } from "./genome.ts";

/** `synapses` is the count a grown brain has; without it the one in the document is kept. */
export function saveGenome(genome: Genome, dialect: "source" | "feagi-3" = "source", synapses?: number): string {
  // A document that has FEAGI's form already keeps what Gyrus does not read.
  const already = genome.dialect === "feagi-3" && genome.source.includes('"_____10c-');
  return dialect === "source" || already ? genome.source : `${JSON.stringify(feagiDocument(genome, synapses), null, 2)}\n`;
}

function feagiDocument(genome: Genome, synapses: number | undefined): Record<string, unknown> {
  const { extras } = genome;
  const blueprint: [string, unknown][] = [];
  for (const area of genome.areas.values()) {
    for (const [suffix, value] of areaRows(area)) blueprint.push([`_____10c-${area.id}-${suffix}`, value]);
  }
  const root = [...genome.regions.values()].find((region) => region.parent === null);
  const { stats, physiology, timestamp, ...others } = extras;
  return {
    blueprint: Object.fromEntries(blueprint),
    brain_regions: Object.fromEntries([...genome.regions.values()].map((region) => [region.id, regionObject(region, genome)])),
    ...(root ? { brain_regions_root: root.id } : {}),
    classifiers: {},
    genome_description: genome.description,
    genome_id: genome.id,
    genome_schema_version: newestSchema,
    genome_title: genome.title,
    hosts: {},
    modulators: {},
    neuron_morphologies: Object.fromEntries([...genome.morphologies].map(([id, morphology]) => [id, morphologyObject(morphology)])),
    physiology: physiologyObject(genome, physiology),
    signatures: genome.signatures,
    stats: {
      innate_cortical_area_count: genome.areas.size,
      innate_neuron_count: neuronsOf(genome),
      innate_synapse_count: synapses ?? (stats as { innate_synapse_count?: unknown } | undefined)?.innate_synapse_count ?? 0,
    },
    ...(timestamp === undefined ? {} : { timestamp }),
    ...others,
    version: "3.0",
  };
}

function neuronsOf(genome: Genome): number {
  let neurons = 0;
  for (const { dimensions, neuronsPerVoxel } of genome.areas.values())
    neurons += dimensions[0] * dimensions[1] * dimensions[2] * neuronsPerVoxel;
  return neurons;
}

function regionObject(region: GenomeRegion, genome: Genome): Record<string, unknown> {
  const members = new Set(region.areas);
  const inputs = new Set<CorticalId>();
  const outputs = new Set<CorticalId>();
  for (const [source, { mappings }] of genome.areas) {
    for (const destination of mappings.keys()) {
      if (members.has(source) === members.has(destination)) continue;
      if (members.has(source)) outputs.add(source);
      else inputs.add(destination);
    }
  }
  return {
    cortical_areas: region.areas,
    name: region.name,
    properties: {
      coordinate_2d: region.position2d,
      coordinate_3d: region.position,
      description: region.description,
      designated_inputs: region.designatedInputs,
      designated_outputs: region.designatedOutputs,
      inputs: [...inputs].sort(),
      outputs: [...outputs].sort(),
      ...(region.parent === null ? {} : { parent_region_id: region.parent }),
    },
    region_id: region.id,
    region_type: "undefined",
  };
}

function physiologyObject(genome: Genome, written: unknown): Record<string, unknown> {
  const { physiology } = genome;
  const { burst_delay: _legacy, ...kept } = (written ?? {}) as Record<string, unknown>;
  return {
    ...kept,
    evolution_burst_count: physiology.evolutionBurstCount,
    ipu_idle_threshold: physiology.ipuIdleThreshold,
    lifespan_mgmt_interval: physiology.lifespanManagementInterval,
    max_age: physiology.maxAge,
    plasticity_queue_depth: physiology.plasticityQueueDepth,
    quantization_precision: physiology.quantizationPrecision,
    simulation_timestep: physiology.simulationTimestep,
  };
}

function morphologyObject(morphology: Morphology): Record<string, unknown> {
  const head = { class: morphology.class, type: morphology.type };
  switch (morphology.type) {
    case "functions":
      return { ...head, parameters: {} };
    case "vectors":
      return { ...head, parameters: { vectors: morphology.vectors } };
    case "patterns":
      return {
        ...head,
        parameters: { patterns: morphology.patterns.map(({ source, target }) => [source.map(tokenText), target.map(tokenText)]) },
      };
    case "composite":
      return { ...head, parameters: { src_seed: morphology.seed, src_pattern: morphology.pattern, mapper_morphology: morphology.mapper } };
  }
}

const fixedTokens = { any: "*", same: "?", others: "!", above: "?+", below: "?-", atLeast: "?+=", atMost: "?-=" } as const;

function tokenText(token: PatternToken): string | number {
  const offset = (by: number) => `?${by < 0 ? "" : "+"}${by}`;
  switch (token.type) {
    case "exactly":
      return token.value;
    case "offset":
      return offset(token.by);
    case "offsetRange":
      return `${offset(token.from)}:${offset(token.to)}`;
    case "range":
      return `${token.from}..${token.to}`;
    default:
      return fixedTokens[token.type];
  }
}
