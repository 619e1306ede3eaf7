/**
 * The properties of a cortical area: how flat genomes write them, what type they have, what a flat file means by leaving one out.
 * Source: spec/genome.md section 2. The letters before the last dash are
 * called the exon; the one after it tells the type and is read loosely.
 */
import { type JsonNode, made } from "./json.ts";

export type PropertyType =
  | "boolean"
  | "natural" // JSON integer, 0 … 2^32 - 1
  | "integer" // JSON integer, 32 bit with sign
  | "number"
  | "text"
  | "object"
  | "any";

export interface PropertyForm {
  exon: string;
  letter: string;
  property: string;
  type: PropertyType;
  /** Where the property is a list: which entry this suffix sets. */
  axis?: 0 | 1 | 2;
  /** Scope written on export; both are read alike. */
  scope: "cx" | "nx";
}

const form = (suffix: string, property: string, type: PropertyType, scope: "cx" | "nx" = "cx", axis?: 0 | 1 | 2): PropertyForm => ({
  exon: suffix.slice(0, -2),
  letter: suffix.slice(-1),
  property,
  type,
  scope,
  ...(axis === undefined ? {} : { axis }),
});

export const propertyForms: readonly PropertyForm[] = [
  form("__name-t", "cortical_name", "text"),
  form("_group-t", "cortical_group", "text"),
  form("subgrp-t", "sub_group_id", "text"),
  form("___bbx-i", "block_boundaries", "natural", "cx", 0),
  form("___bby-i", "block_boundaries", "natural", "cx", 1),
  form("___bbz-i", "block_boundaries", "natural", "cx", 2),
  form("rcordx-i", "relative_coordinate", "integer", "cx", 0),
  form("rcordy-i", "relative_coordinate", "integer", "cx", 1),
  form("rcordz-i", "relative_coordinate", "integer", "cx", 2),
  form("2dcorx-i", "2d_coordinate", "integer", "cx", 0),
  form("2dcory-i", "2d_coordinate", "integer", "cx", 1),
  form("_n_cnt-i", "per_voxel_neuron_cnt", "natural"),
  form("__rand-b", "location_generation_type", "boolean"),
  form("gd_vis-b", "visualization", "boolean"),
  form("synatt-f", "synapse_attractivity", "number"),
  form("pstcr_-f", "postsynaptic_current", "number", "nx"),
  form("pstcrm-f", "postsynaptic_current_max", "number", "nx"),
  form("pspuni-b", "psp_uniform_distribution", "boolean"),
  form("fire_t-f", "firing_threshold", "number", "nx"),
  form("ftincx-f", "firing_threshold_increment_x", "number", "nx"),
  form("ftincy-f", "firing_threshold_increment_y", "number", "nx"),
  form("ftincz-f", "firing_threshold_increment_z", "number", "nx"),
  form("fthlim-f", "firing_threshold_limit", "number", "nx"),
  form("refrac-i", "refractory_period", "natural", "nx"),
  form("leak_c-f", "leak_coefficient", "number", "nx"),
  form("leak_v-f", "leak_variability", "number", "nx"),
  form("c_fr_c-i", "consecutive_fire_cnt_max", "natural", "nx"),
  form("snooze-f", "snooze_length", "number", "nx"),
  form("excite-f", "neuron_excitability", "number", "nx"),
  form("mp_acc-b", "mp_charge_accumulation", "boolean", "nx"),
  form("mp_psp-b", "mp_driven_psp", "boolean", "nx"),
  form("de_gen-f", "degeneration", "number"),
  form("dstmap-d", "cortical_mapping_dst", "object"),
  form("memory-b", "is_mem_type", "boolean"),
  form("mem__t-i", "longterm_mem_threshold", "natural"),
  form("mem_gr-i", "lifespan_growth_rate", "number"),
  form("mem_ls-i", "init_lifespan", "natural"),
  form("tmpdpt-i", "temporal_depth", "natural"),
  form("devcnt-i", "dev_count", "number"),
  form("twinrf-t", "memory_twin_of", "text"),
  form("brsten-b", "burst_engine_active", "boolean"),
  // Leak homeostasis, memory learning, spike trains, modulators, sensor hold of newer genomes: kept as written, under their own short names.
  ...["hmlk-d", "mplrn-b", "mpchg-t", "mpdlq-f", "mprtq-f", "mnwin-i"].map((suffix) => form(suffix, suffix.slice(0, -2), "any")),
  ...["scnsk-f", "memcap-i", "ltmevc-t", "spktrn-b", "modls-d", "snhold-b"].map((suffix) => form(suffix, suffix.slice(0, -2), "any")),
];

const formsBySuffix = new Map(propertyForms.map((one) => [`${one.exon}-${one.letter}`, one]));
const formsByExon = new Map(propertyForms.map((one) => [one.exon, one]));

/** Newer names of some properties in hierarchical files. */
export const newerNames: Readonly<Record<string, string>> = {
  per_voxel_neuron_cnt: "neurons_per_voxel",
  consecutive_fire_cnt_max: "consecutive_fire_limit",
  snooze_length: "snooze_period",
};

/** All that this room reads of an area, under every name it may have. */
export const propertyNames: ReadonlySet<string> = new Set([...propertyForms.map(({ property }) => property), ...Object.values(newerNames)]);

/** Where a flat file that Gyrus writes keeps what only hierarchical ones have a place for; FEAGI passes over it. */
export const extrasTail = "cx-extras-d";

/** Lists whose entries have suffixes of their own. */
export const listForms: ReadonlyMap<string, PropertyType> = new Map([
  ["block_boundaries", "natural"],
  ["relative_coordinate", "integer"],
  ["2d_coordinate", "integer"],
]);

/** Finds the property of a flat key's tail, such as nx-fire_t-f. `exact` is false where only the type letter is another one. */
export function formOfTail(tail: string): { form: PropertyForm; exact: boolean } | undefined {
  const suffix = tail.startsWith("cx-") || tail.startsWith("nx-") ? tail.slice(3) : tail;
  const exact = formsBySuffix.get(suffix);
  if (exact) return { form: exact, exact: true };
  const loose = /-[a-z]$/.test(suffix) ? formsByExon.get(suffix.slice(0, -2)) : undefined;
  return loose && { form: loose, exact: false };
}

/** What a flat file means by leaving a property out; hierarchical files have no such defaults. Signatures hash exactly these. */
export function flatDefaults(): Map<string, JsonNode> {
  const defaults = new Map(flatScalars);
  // Lists are filled entry by entry, so each area has its own.
  defaults.set("block_boundaries", made.array([one, one, one]));
  defaults.set("relative_coordinate", made.array([zero, zero, zero]));
  defaults.set("2d_coordinate", made.array([zero, zero]));
  return defaults;
}

const zero = made.integer(0);
const one = made.integer(1);
const flatScalars: readonly (readonly [string, JsonNode])[] = [
  ["cortical_name", made.text("")],
  ["group_id", made.text("CUSTOM")],
  ["cortical_mapping_dst", made.object()],
  ["location_generation_type", made.text("sequential")],
  ["per_voxel_neuron_cnt", one],
  ["visualization", made.boolean(true)],
  ["firing_threshold", made.real(1)],
  ["refractory_period", zero],
  ["leak_coefficient", made.real(0)],
  ["neuron_excitability", made.real(1)],
  ["postsynaptic_current", made.real(1)],
  ["psp_uniform_distribution", made.boolean(false)],
];
