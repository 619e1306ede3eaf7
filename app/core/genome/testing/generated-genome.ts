/**
 * Genome documents of every dialect, for properties that hold for all: each area property, pattern token and kind of morphology,
 * regions of both shapes, and values that no table knows, at every level. All of them load.
 */
import fc from "fast-check";
import { type PropertyForm, type PropertyType, propertyForms } from "../properties.ts";

type Members = Record<string, unknown>;

const word = fc.stringMatching(/^[a-z]{1,8}$/);
const text = fc.string({ maxLength: 8 });
const number = fc.oneof(fc.integer({ min: -1000, max: 1000 }), fc.double({ min: -1e30, max: 1e30, noNaN: true }));
const small = fc.integer({ min: 0, max: 3 });

function three<T>(value: fc.Arbitrary<T>): fc.Arbitrary<[T, T, T]> {
  return fc.tuple(value, value, value);
}

/** Names that no table knows, some with the look of a flat suffix, some that are hard on plain objects. */
const unknownName = fc.oneof(
  word.map((name) => `x_${name}`),
  word.map((name) => `nx-${name.padEnd(6, "_").slice(0, 6)}-f`),
  fc.constantFrom("cx-extras-d", "a-b", "7", "__proto__", "nx-odd"),
);
const json = fc.jsonValue({ maxDepth: 2 });
const extras = fc
  .oneof(fc.constant([]), fc.array(fc.tuple(unknownName, json), { maxLength: 3 }))
  .map((entries) => Object.fromEntries(entries));

/** Ids of all ages and kinds; no two become the same eight bytes. */
const ids = [
  "cAreaA",
  "CAreaB",
  "Xother",
  "mMemor",
  "i__inf",
  "o__mot",
  "iic400",
  "___pwr",
  "__forw",
  "c_eight_",
  "Y0FyZWFaX18=",
  "aXN2aUkAAAA=",
];
const unknownDestination = "nowhere at all";

const valuesOfType: Readonly<Record<PropertyType, fc.Arbitrary<unknown>>> = {
  boolean: fc.boolean(),
  natural: fc.nat(65535),
  integer: fc.integer({ min: -999, max: 999 }),
  number,
  text,
  object: fc.constant({}),
  any: json,
};

/** Where the type alone says too little. */
const valuesOfProperty: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  cortical_group: fc.constantFrom("IPU", "OPU", "CORE", "CUSTOM", "MEMORY"),
  sub_group_id: fc.constantFrom("", "MEMORY", "other"),
  block_boundaries: three(small),
  relative_coordinate: three(fc.option(valuesOfType.integer)),
  "2d_coordinate": fc.tuple(fc.option(valuesOfType.integer), fc.option(valuesOfType.integer)),
  per_voxel_neuron_cnt: small,
  snooze_length: fc.nat(65535),
  memory_twin_of: fc.constantFrom(...ids),
};

const scalar = fc.oneof(fc.constant([1, 1, 1]), fc.integer({ min: 1, max: 3 }), fc.constant([1, "x/2", 2]));
const morphologyNames = ["projector", "memory", "projector_xy", "mine", "undefined one"];
const ruleList = fc.tuple(fc.constantFrom(...morphologyNames), scalar, number, fc.boolean(), number, number, number);
const ruleObject = fc
  .tuple(
    fc.record({
      morphology_id: fc.constantFrom(...morphologyNames),
      morphology_scalar: scalar,
      postSynapticCurrent_multiplier: number,
      plasticity_flag: fc.boolean(),
      plasticity_constant: number,
      ltp_multiplier: number,
      ltd_multiplier: number,
      plasticity_window: fc.nat(20),
    }),
    fc.record({ synaptic_delay_bursts: fc.integer({ min: 1, max: 9 }), synapse_attractivity: fc.nat(100) }, { requiredKeys: [] }),
    extras,
  )
  .map(([needed, optional, others]) => ({ ...needed, ...optional, ...others }));
const mappings = fc.dictionary(
  fc.constantFrom(...ids, unknownDestination),
  fc.array(fc.oneof(ruleList, ruleObject), { minLength: 1, maxLength: 2 }),
  { maxKeys: 3 },
);

const token = fc.oneof(
  fc.constantFrom("*", "?", "!", "?+", "?-", "?+=", "?-="),
  fc.nat(9),
  fc.integer({ min: 1, max: 9 }).chain((by) => fc.constantFrom(`?+${by}`, `?-${by}`, `?-${by}:?+1`, `?+0:?+${by}`, `0..${by}`, String(by))),
);
const triple = three(token);
const vector = three(valuesOfType.integer);
const morphology = fc
  .oneof(
    fc.record({ type: fc.constant("vectors"), parameters: fc.record({ vectors: fc.array(vector, { maxLength: 3 }) }) }),
    fc.record({ type: fc.constant("patterns"), parameters: fc.record({ patterns: fc.array(fc.tuple(triple, triple), { maxLength: 3 }) }) }),
    fc.record({ type: fc.constant("functions"), parameters: fc.constant({}) }),
    fc.record({
      type: fc.constant("composite"),
      parameters: fc.record({
        src_seed: vector,
        src_pattern: three(fc.tuple(small, small)),
        mapper_morphology: fc.constantFrom(...morphologyNames),
      }),
    }),
  )
  .chain((definition) => fc.constantFrom(definition, { ...definition, class: "custom" }, { ...definition, class: "core" }));

interface Region {
  name: string;
  areas: string[];
  description: string;
  at: unknown;
  flat: unknown;
  type: unknown;
  extras: Members;
}
const region: fc.Arbitrary<Region> = fc.record({
  name: fc.constantFrom("Root Brain Region", "Vision", "Motor"),
  areas: fc.uniqueArray(fc.constantFrom(...ids)),
  description: text,
  at: vector,
  flat: fc.tuple(valuesOfType.integer, valuesOfType.integer),
  type: fc.constantFrom(undefined, "undefined", "cortex"),
  extras,
});

/** The first is the root, and each later one is below the one before it. */
function regionsObject(regions: readonly Region[], current: boolean): Members {
  const key = (i: number) => (i === 0 ? "root" : `region_${i}`);
  return Object.fromEntries(
    regions.map(({ name, areas, description, at, flat, type, extras }, i) => {
      const place = { description, parent_region_id: i === 0 ? null : key(i - 1), coordinate_2d: flat, coordinate_3d: at };
      const older = { title: name, ...place, areas, regions: regions[i + 1] ? [key(i + 1)] : [], region_type: type, ...extras };
      const designated = { designated_inputs: areas.slice(0, 1), inputs: [], outputs: [] };
      const newer = { name, cortical_areas: areas, region_type: type, properties: { ...place, ...designated, ...extras } };
      return [key(i), current ? newer : older];
    }),
  );
}

const listedOnce = propertyForms.filter((form, i) => propertyForms.findIndex((one) => one.property === form.property) === i);
const propertiesOfArea = fc
  .record(
    Object.fromEntries(
      listedOnce.map(({ property, type }) => {
        const value = property === "cortical_mapping_dst" ? mappings : (valuesOfProperty[property] ?? valuesOfType[type]);
        return [
          property,
          property === "cortical_mapping_dst" || property.endsWith("coordinate")
            ? value
            : fc.oneof({ weight: 9, arbitrary: value }, fc.constant(null)),
        ];
      }),
    ),
    { requiredKeys: [] },
  )
  .map(({ block_boundaries, ...others }): Members => (block_boundaries == null ? others : { block_boundaries, ...others }));

function flatRows(id: string, properties: Members, extras: Members): [string, unknown][] {
  const suffix = ({ scope, exon, letter }: PropertyForm) => `_____10c-${id}-${scope}-${exon}-${letter}`;
  const rows = propertyForms
    .filter(({ property }) => property in properties)
    .map((form): [string, unknown] => {
      const value = properties[form.property];
      return [suffix(form), form.axis === undefined ? value : (value as unknown[])[form.axis]];
    });
  const unknown = Object.entries(extras).filter(([name]) => name !== "cx-extras-d");
  return [...rows, ...unknown.map(([name, value]): [string, unknown] => [`_____10c-${id}-${name}`, value])];
}

function wholeArea(properties: Members, extras: Members): Members {
  const { location_generation_type: random, ...others } = properties;
  const placed = typeof random === "boolean" ? { location_generation_type: random ? "random" : "sequential" } : {};
  return { ...others, ...placed, ...extras };
}

const area = fc.record({ id: fc.constantFrom(...ids), properties: propertiesOfArea, extras });

/** `text` is what a person would open; `dialect` names how it is written. */
export const generatedGenomes: fc.Arbitrary<{ text: string; dialect: "flat-2" | "hierarchical-2" | "feagi-3" }> = fc
  .record({
    dialect: fc.constantFrom("flat-2" as const, "hierarchical-2" as const, "feagi-3" as const),
    older: fc.constantFrom("2.0", "2.1"),
    areas: fc.uniqueArray(area, { minLength: 1, maxLength: 4, selector: ({ id }) => id }),
    regions: fc.array(region, { maxLength: 3 }),
    morphologies: fc.dictionary(fc.constantFrom("mine", "memory", "lateral_+x", "tile", "7"), morphology),
    physiology: fc.record(
      {
        simulation_timestep: fc.double({ min: 0.001, max: 1, noNaN: true }),
        max_age: fc.nat(1000),
        plasticity_queue_depth: fc.nat(9),
        quantization_precision: fc.constantFrom("fp32", "fp16", "f32", "other"),
        sleep: json,
      },
      { requiredKeys: [] },
    ),
    top: fc.record(
      {
        ...{ genome_id: text, genome_title: text, genome_description: text, timestamp: number, hosts: fc.constant({}) },
        ...{
          modulators: fc.dictionary(word, json),
          classifiers: fc.dictionary(word, fc.dictionary(word, json)),
          change_history: fc.array(json, { maxLength: 2 }),
        },
        ...{ stats: fc.record({ innate_synapse_count: fc.nat(99) }), x_note: json },
      },
      { requiredKeys: [] },
    ),
    indent: fc.constantFrom(0, 2, "\t"),
  })
  .map(({ dialect, older, areas, regions, morphologies, physiology, top, indent }) => {
    const current = dialect === "feagi-3";
    const entries = areas.flatMap(({ id, properties, extras }): [string, unknown][] =>
      dialect === "hierarchical-2" ? [[id, wholeArea(properties, extras)]] : flatRows(id, { cortical_name: id, ...properties }, extras),
    );
    const document = {
      ...top,
      ...(current ? { version: "3.0", genome_schema_version: 7 } : { version: older }),
      blueprint: Object.fromEntries(entries),
      brain_regions: regionsObject(regions, current),
      neuron_morphologies: morphologies,
      physiology,
    };
    return { text: JSON.stringify(document, null, indent), dialect };
  });
