/**
 * A typed area as a document has it, every parameter written out in 64 bits: as one object, or as rows of the flat form.
 * Used for saving in a dialect the genome did not come in, and for writing an area into a document that did not have it.
 * Source: spec/genome.md sections 2 to 4 and 12.
 */
import type { AreaKind, AreaParameters, MappingRule } from "#contracts/connectome.ts";
import type { GenomeArea } from "./genome.ts";
import { extrasTail, formOfTail, propertyForms } from "./properties.ts";

/** What of an area is spelled differently in old and new dialects. */
export interface Spelling {
  /** From the eight-byte id; texts that are no id stay as they are. */
  id(id: string): string;
  rule(rule: MappingRule): unknown;
}

/** Base64 ids and rules as objects. */
export const spelledToday: Spelling = { id: (id) => id, rule: ruleObject };

type ScalarParameter = Exclude<keyof AreaParameters, "firingThresholdIncrement">;

/** Parameter → property. */
export const parameterProperties: Readonly<Record<ScalarParameter, string>> = {
  firingThreshold: "firing_threshold",
  firingThresholdLimit: "firing_threshold_limit",
  leak: "leak_coefficient",
  leakVariability: "leak_variability",
  refractoryPeriod: "refractory_period",
  consecutiveFireLimit: "consecutive_fire_cnt_max",
  snoozePeriod: "snooze_length",
  excitability: "neuron_excitability",
  mpChargeAccumulation: "mp_charge_accumulation",
  mpDrivenPsp: "mp_driven_psp",
  pspUniform: "psp_uniform_distribution",
  postsynapticCurrent: "postsynaptic_current",
  postsynapticCurrentMax: "postsynaptic_current_max",
  degeneration: "degeneration",
  longtermMemoryThreshold: "longterm_mem_threshold",
  lifespanGrowthRate: "lifespan_growth_rate",
  initialLifespan: "init_lifespan",
  temporalDepth: "temporal_depth",
};

/** Kind → `cortical_group`. */
export const kindGroups: Readonly<Record<AreaKind, string>> = {
  input: "IPU",
  output: "OPU",
  core: "CORE",
  custom: "CUSTOM",
  memory: "MEMORY",
  modulator: "MODULATOR",
};

/** Property → value, with lists whole, and what no table knows at the end. */
export function areaValues(area: GenomeArea, spelling = spelledToday): Map<string, unknown> {
  const { properties, parameters } = area;
  // The group tells memory areas from custom ones whose id happens to begin with m.
  const group =
    area.kind === "memory" || area.kind === "custom" ? kindGroups[area.kind] : (properties.cortical_group ?? kindGroups[area.kind]);
  const values = new Map<string, unknown>([
    ["cortical_name", area.name],
    ["cortical_group", group],
    ["sub_group_id", properties.sub_group_id ?? ""],
    ["block_boundaries", area.dimensions],
    ["relative_coordinate", area.position],
    ...(area.position2d ? ([["2d_coordinate", area.position2d]] as const) : []),
    ["per_voxel_neuron_cnt", area.neuronsPerVoxel],
    ["visualization", properties.visualization ?? true],
    ["synapse_attractivity", properties.synapse_attractivity ?? 100],
    ["is_mem_type", properties.is_mem_type ?? false],
  ]);
  for (const [parameter, property] of Object.entries(parameterProperties)) {
    if (parameter === "temporalDepth" && parameters.temporalDepth === 1 && properties.temporal_depth == null) continue;
    values.set(property, parameters[parameter as ScalarParameter]);
  }
  ["x", "y", "z"].forEach((axis, i) => {
    values.set(`firing_threshold_increment_${axis}`, parameters.firingThresholdIncrement[i]);
  });
  values.set("cortical_mapping_dst", mappingsObject(area, spelling));
  if (properties.location_generation_type === "random") values.set("location_generation_type", "random");
  for (const { property } of propertyForms) {
    if (!values.has(property) && property !== "location_generation_type" && properties[property] != null)
      values.set(property, properties[property]);
  }
  const { suffixed, named } = extrasOf(area);
  for (const [name, value] of [...suffixed, ...named]) values.set(name, value);
  return values;
}

/** Suffix with its scope, such as nx-fire_t-f, and value. */
export function areaRows(area: GenomeArea, spelling = spelledToday): [string, unknown][] {
  const values = areaValues(area, spelling);
  const rows: [string, unknown][] = [];
  for (const form of propertyForms) {
    if (!values.has(form.property)) continue;
    const value = form.property === "location_generation_type" ? true : values.get(form.property);
    rows.push([`${form.scope}-${form.exon}-${form.letter}`, form.axis === undefined ? value : (value as unknown[])[form.axis]]);
  }
  const { suffixed, named } = extrasOf(area);
  rows.push(...suffixed);
  if (named.length > 0) rows.push([extrasTail, Object.fromEntries(named)]);
  return rows;
}

/** What no table knows: what can stand in a flat file as it is, and what cannot. In this order everywhere. */
function extrasOf({ extras = {} }: GenomeArea): { suffixed: [string, unknown][]; named: [string, unknown][] } {
  const entries = Object.entries(extras);
  return { suffixed: entries.filter(([name]) => isUnknownTail(name)), named: entries.filter(([name]) => !isUnknownTail(name)) };
}

/** Has the form of a flat key's tail, and no table knows it. */
export function isUnknownTail(name: string): boolean {
  return /^[cn]x-[^-]{6}-[a-z]$/.test(name) && name !== extrasTail && formOfTail(name) === undefined;
}

function mappingsObject(area: GenomeArea, spelling: Spelling): Record<string, unknown> {
  return Object.fromEntries([...area.mappings].map(([id, rules]) => [spelling.id(id), rules.map(spelling.rule)]));
}

/** The form of Python FEAGI, where it holds all there is to say of the rule. */
export function ruleList(rule: MappingRule): unknown {
  if (rule.extras !== undefined || rule.attractivity !== 100) return ruleObject(rule);
  const { morphology, scalar, multiplier, plastic, plasticityConstant, ltpMultiplier, ltdMultiplier, plasticityWindow, delayBursts } = rule;
  return [morphology, scalar, multiplier, plastic, plasticityConstant, ltpMultiplier, ltdMultiplier, plasticityWindow, delayBursts];
}

export function ruleObject(rule: MappingRule): Record<string, unknown> {
  return {
    morphology_id: rule.morphology,
    morphology_scalar: rule.scalar,
    postSynapticCurrent_multiplier: rule.multiplier,
    plasticity_flag: rule.plastic,
    plasticity_constant: rule.plasticityConstant,
    ltp_multiplier: rule.ltpMultiplier,
    ltd_multiplier: rule.ltdMultiplier,
    plasticity_window: rule.plasticityWindow,
    synaptic_delay_bursts: rule.delayBursts,
    ...(rule.attractivity === 100 ? {} : { synapse_attractivity: rule.attractivity }),
    ...rule.extras,
  };
}
