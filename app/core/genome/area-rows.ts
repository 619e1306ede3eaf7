/**
 * A typed area as rows of the flat form: suffix and value, every parameter written out in 64 bits.
 * Used for FEAGI's own dialect and for writing an area into a document that did not have it. Source: spec/genome.md sections 2 and 12.
 */
import type { AreaKind, MappingRule } from "#contracts/connectome.ts";
import type { AreaParameters, GenomeArea } from "./genome.ts";
import { propertyForms } from "./properties.ts";

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

const groups: Readonly<Record<AreaKind, string>> = {
  input: "IPU",
  output: "OPU",
  core: "CORE",
  custom: "CUSTOM",
  memory: "MEMORY",
  modulator: "MODULATOR",
};

/** Property → value, with lists whole. */
export function areaValues(area: GenomeArea): Map<string, unknown> {
  const { properties, parameters } = area;
  // The group tells memory areas from custom ones whose id happens to begin with m.
  const group = area.kind === "memory" || area.kind === "custom" ? groups[area.kind] : (properties.cortical_group ?? groups[area.kind]);
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
  values.set("cortical_mapping_dst", Object.fromEntries([...area.mappings].map(([id, rules]) => [id, rules.map(ruleObject)])));
  if (properties.location_generation_type === "random") values.set("location_generation_type", true);
  for (const { property } of propertyForms) {
    if (!values.has(property) && property !== "location_generation_type" && properties[property] != null)
      values.set(property, properties[property]);
  }
  return values;
}

/** Suffix with its scope, such as nx-fire_t-f, and value. */
export function areaRows(area: GenomeArea): [string, unknown][] {
  const values = areaValues(area);
  const rows: [string, unknown][] = [];
  for (const form of propertyForms) {
    if (!values.has(form.property)) continue;
    const value = values.get(form.property);
    rows.push([`${form.scope}-${form.exon}-${form.letter}`, form.axis === undefined ? value : (value as unknown[])[form.axis]]);
  }
  return rows;
}

function ruleObject(rule: MappingRule): Record<string, unknown> {
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
  };
}
