/**
 * Genome back to text. In its own dialect that is the document it came from, in which edits have replaced single values; in another
 * one everything is written anew, with what FEAGI loses: density, snooze, description, 64-bit numbers, all that Gyrus does not read.
 *
 * Every dialect is written in schema 7, old ones too: so no migration touches what is read back, and one dialect turns into another
 * and back without loss. FEAGI looks at the version of a flat file alone and migrates it, which changes nothing.
 * Source: spec/genome.md sections 1, 8 and 12.
 */
import type { CorticalId, Morphology, PatternToken } from "#contracts/connectome.ts";
import type { SavedDialect } from "#contracts/genome.ts";
import { areaRows, areaValues, ruleList, ruleObject, type Spelling, spelledToday } from "./area-rows.ts";
import { shortestIdText } from "./cortical-id.ts";
import { newestSchema } from "./document.ts";
import type { Genome, GenomeArea, GenomeDialect, GenomeRegion } from "./genome.ts";
import { type LoadedGenome, loadGenome } from "./parse.ts";
import type { Signatures } from "./signatures.ts";
import { statisticsOf } from "./statistics.ts";

interface DialectForm {
  version: string;
  spelling: Spelling;
  /** Members of the blueprint that make up one area. */
  area(area: GenomeArea, spelling: Spelling): [string, unknown][];
  region(region: GenomeRegion, genome: Genome, spelling: Spelling): Record<string, unknown>;
}

const dialectForms: Readonly<Record<GenomeDialect, DialectForm>> = {
  "feagi-3": { version: "3.0", spelling: spelledToday, area: flatArea, region: currentRegion },
  "flat-2": { version: "2.0", spelling: { id: shortestIdText, rule: ruleList }, area: flatArea, region: olderRegion },
  "hierarchical-2": { version: "2.0", spelling: { id: shortestIdText, rule: ruleObject }, area: wholeArea, region: olderRegion },
};

/** A document that has the dialect already stays as it is. */
export function saveGenome(genome: Genome, dialect: SavedDialect = "source", synapses?: number): string {
  return dialect === "source" || dialect === genome.dialect ? genome.source : writeGenome(genome, dialect, synapses);
}

/** Everything anew. `synapses` is the count a grown brain has; without it the one in the document is kept. */
export function writeGenome(genome: Genome, dialect: GenomeDialect, synapses?: number): string {
  return rewriteGenome(genome, dialect, synapses).text;
}

/** The same with what the text reads as, which on the way is known. */
export function rewriteGenome(genome: Genome, dialect: GenomeDialect, synapses?: number): { text: string; loaded: LoadedGenome } {
  const written = (signatures: Signatures) =>
    `${JSON.stringify(documentOf(genome, dialectForms[dialect], signatures, synapses), null, 2)}\n`;
  // Signatures are of the text that they stand in, whose values are spelled out; they do not sign themselves.
  const loaded = loadGenome(written(genome.signatures));
  const isRead = loaded.genome !== undefined && loaded.findings.errors.length === 0;
  const text = written(isRead ? loaded.genome!.signatures : genome.signatures);
  return { text, loaded: loaded.genome ? { ...loaded, genome: { ...loaded.genome, source: text } } : loaded };
}

function documentOf(genome: Genome, form: DialectForm, signatures: Signatures, synapses: number | undefined): Record<string, unknown> {
  const { extras } = genome;
  const { spelling, version } = form;
  const regions = [...genome.regions.values()];
  const root = regions.find((region) => region.parent === null);
  const { stats, physiology, timestamp, ...others } = extras;
  const { areas, neurons } = statisticsOf(genome);
  return {
    blueprint: Object.fromEntries([...genome.areas.values()].flatMap((area) => form.area(area, spelling))),
    brain_regions: Object.fromEntries(regions.map((region) => [region.id, form.region(region, genome, spelling)])),
    ...(root && version === "3.0" ? { brain_regions_root: root.id } : {}),
    classifiers: {},
    genome_description: genome.description,
    genome_id: genome.id,
    genome_schema_version: newestSchema,
    genome_title: genome.title,
    hosts: {},
    modulators: {},
    neuron_morphologies: Object.fromEntries([...genome.morphologies].map(([id, morphology]) => [id, morphologyObject(morphology)])),
    physiology: physiologyObject(genome, physiology),
    signatures,
    stats: {
      innate_cortical_area_count: areas,
      innate_neuron_count: neurons,
      innate_synapse_count: synapses ?? (stats as { innate_synapse_count?: unknown } | undefined)?.innate_synapse_count ?? 0,
    },
    ...(timestamp === undefined ? {} : { timestamp }),
    ...others,
    version,
  };
}

function flatArea(area: GenomeArea, spelling: Spelling): [string, unknown][] {
  return areaRows(area, spelling).map(([suffix, value]) => [`_____10c-${spelling.id(area.id)}-${suffix}`, value]);
}

function wholeArea(area: GenomeArea, spelling: Spelling): [string, unknown][] {
  return [[spelling.id(area.id), Object.fromEntries(areaValues(area, spelling))]];
}

/** Areas that other regions lead to, and areas that lead to other regions. */
function borderOf(region: GenomeRegion, genome: Genome): { inputs: CorticalId[]; outputs: CorticalId[] } {
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
  return { inputs: [...inputs].sort(), outputs: [...outputs].sort() };
}

function currentRegion(region: GenomeRegion, genome: Genome): Record<string, unknown> {
  const { region_type = "undefined", ...others } = region.extras ?? {};
  return {
    cortical_areas: region.areas,
    name: region.name,
    properties: {
      coordinate_2d: region.position2d,
      coordinate_3d: region.position,
      description: region.description,
      designated_inputs: region.designatedInputs,
      designated_outputs: region.designatedOutputs,
      ...borderOf(region, genome),
      ...(region.parent === null ? {} : { parent_region_id: region.parent }),
      ...others,
    },
    region_id: region.id,
    region_type,
  };
}

function olderRegion(region: GenomeRegion, genome: Genome, { id }: Spelling): Record<string, unknown> {
  const { inputs, outputs } = borderOf(region, genome);
  const { region_type, ...others } = region.extras ?? {};
  const children = [...genome.regions.values()].filter(({ parent }) => parent === region.id);
  return {
    title: region.name,
    description: region.description,
    parent_region_id: region.parent,
    coordinate_2d: region.position2d,
    coordinate_3d: region.position,
    areas: region.areas.map(id),
    regions: children.map((child) => child.id),
    inputs: inputs.map(id),
    outputs: outputs.map(id),
    designated_inputs: region.designatedInputs.map(id),
    designated_outputs: region.designatedOutputs.map(id),
    ...others,
    ...(region_type === undefined ? {} : { region_type }),
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
