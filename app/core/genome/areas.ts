/** Typed cortical areas: every parameter filled in, zero sizes repaired, missing core areas added. Source: spec/genome.md sections 2, 6, 9. */
import type { AreaKind, AreaParameters, CorticalId, MappingRule, Vec3 } from "#contracts/connectome.ts";
import { coreAreas, encodeId, hasKnownConfiguration, idTextOf, kindOfBytes, readableId } from "./cortical-id.ts";
import type { Findings } from "./findings.ts";
import type { GenomeArea } from "./genome.ts";
import { plainValue } from "./json.ts";
import type { MigratedArea, MigratedDocument } from "./migrate.ts";
import { propertyNames } from "./properties.ts";
import { readRule } from "./rules.ts";
import { jitter } from "./signatures.ts";
import { extrasOf, ValueReader } from "./values.ts";

/** Above this a brain fits no memory Gyrus can expect; an id space of 32 bits would still have room. */
const mostNeurons = 100_000_000;

export function readAreas(document: MigratedDocument, strict: boolean, findings: Findings): Map<CorticalId, GenomeArea> {
  const areas = new Map<CorticalId, GenomeArea>();
  for (const area of document.areas) areas.set(area.id, readArea(area, document.schemaVersion, strict, findings));
  checkNeuronCount(document, areas, findings);
  for (const core of coreAreas) {
    const id = encodeId(core.bytes);
    if (!areas.has(id)) areas.set(id, newCoreArea(id, core));
  }
  return areas;
}

function readArea(area: MigratedArea, schema: number, strict: boolean, findings: Findings): GenomeArea {
  const values = new ValueReader(area.properties, `area ${readableId(area.documentId)}`, findings);
  const kind = kindOf(area, values, schema, strict, findings);
  const box = values.integers("block_boundaries", [1, 1, 1], false);
  const [x = 0, y = 0, z = 0] = values.integers("relative_coordinate", [0, 0, 0], true);
  const density = values.natural("per_voxel_neuron_cnt", values.natural("neurons_per_voxel", 1));
  // Read only to find values of a wrong type.
  values.text("cortical_group", "");
  values.boolean("visualization", true);
  values.number("synapse_attractivity", 100);
  values.number("dev_count", 1);
  values.text("memory_twin_of", "");
  values.boolean("burst_engine_active", false);
  const written = area.properties.get("cortical_mapping_dst");
  if (written && written.kind !== "object" && written.kind !== "null") {
    const message = `The mappings of area ${readableId(area.documentId)} must be an object.`;
    findings.refuse(written, { code: "VALUE_TYPE", message, expected: "an object from destination to rules" });
  }
  const { cortical_mapping_dst: _mappings, ...properties } = Object.fromEntries(
    [...area.properties].map(([property, value]) => [property, plainValue(value)]),
  );
  return {
    id: area.id,
    idText: idTextOf(area.bytes),
    documentId: area.documentId,
    name: values.text("cortical_name", "") || area.documentId,
    kind,
    dimensions: box.map((size, axis) => repairedSize(area, size, axis, findings)) as Vec3,
    position: [x, y, z],
    position2d: position2dOf(area, values),
    neuronsPerVoxel: repairedDensity(area, density, findings),
    parameters: readParameters(area, kind, values, strict, findings),
    mappings: readMappings(area, schema, strict, findings),
    properties,
    ...extrasOf(new Map([...writtenProperties(area), ...(area.unknown ?? [])]), propertyNames),
    added: area.added ?? false,
  };
}

/** Without the second group, which every flat area has and no file says. */
const writtenProperties = ({ properties }: MigratedArea) =>
  [...properties].filter(([name, { start }]) => name !== "group_id" || start >= 0);

function kindOf(area: MigratedArea, values: ValueReader, schema: number, strict: boolean, findings: Findings): AreaKind {
  const kind = kindOfBytes(area.bytes) ?? "custom";
  if ((kind === "input" || kind === "output") && !hasKnownConfiguration(area.bytes)) {
    const message = `The id ${readableId(area.documentId)} names a kind of data that no device has.`;
    const finding = {
      code: "AREA_ID_CONFIGURATION",
      message,
      expected: "a known data kind in bytes 4 and 5 of the id",
      found: area.documentId,
    };
    if (strict) findings.refuse(area.place, finding);
    else findings.repair(area.place, finding);
  }
  // Flat files have a second field that always says CUSTOM; only hierarchical ones mean it.
  const group = values.text("cortical_group", (area.properties.get("group_id")?.start ?? -1) < 0 ? "" : values.text("group_id", ""));
  const memory = values.text("sub_group_id", "") === "MEMORY" || values.boolean("is_mem_type", false) || group === "MEMORY";
  if (strict || (kind !== "custom" && kind !== "memory")) return kind;
  // Ids of Python genomes are arbitrary letters. Newer ones mean it, unless the group says otherwise.
  const meant = memory || (kind === "memory" && schema >= 3 && group !== "CUSTOM") ? "memory" : "custom";
  if (meant !== kind) {
    const message = `The area ${readableId(area.documentId)} is a ${meant} area; FEAGI makes it a ${kind} area by the first letter of its id.`;
    findings.repair(area.place, { code: "AREA_KIND", message, expected: `an id of a ${meant} area`, found: area.documentId });
  }
  return meant;
}

function repairedSize(area: MigratedArea, size: number, axis: number, findings: Findings): number {
  if (size !== 0) return size;
  const box = area.properties.get("block_boundaries");
  const name = ["width", "height", "depth"][axis];
  const message = `${name} of area ${readableId(area.documentId)} 0 -> 1`;
  const node = box?.kind === "array" ? box.items[axis] : undefined;
  findings.repair(node ?? area.place, {
    code: "DIMENSION_ZERO",
    message,
    expected: "a size of at least 1 voxel",
    fix: "Write the size that was meant.",
    ...(node ? { quickFix: { title: "Make it 1 voxel", text: "1" } } : {}),
  });
  return 1;
}

function repairedDensity(area: MigratedArea, density: number, findings: Findings): number {
  if (density !== 0) return density;
  const message = `neurons per voxel of area ${readableId(area.documentId)} 0 -> 1`;
  const node = area.properties.get("per_voxel_neuron_cnt");
  findings.repair(node ?? area.place, {
    code: "DENSITY_ZERO",
    message,
    expected: "at least 1 neuron per voxel",
    ...(node ? { quickFix: { title: "Make it 1 neuron", text: "1" } } : {}),
  });
  return 1;
}

function position2dOf(area: MigratedArea, values: ValueReader): [number, number] {
  const fallback = [0, 1].map((axis) => jitter(area.documentId, axis));
  const [x = 0, y = 0] = values.integers("2d_coordinate", fallback, true);
  return [x, y];
}

function readParameters(area: MigratedArea, kind: AreaKind, values: ValueReader, strict: boolean, findings: Findings): AreaParameters {
  const memory = kind === "memory" || values.boolean("is_mem_type", false);
  const power = area.bytes === "___power";
  const written = area.properties.get("psp_uniform_distribution");
  // FEAGI stores these in 16 bits and lets larger ones wrap around; we refuse them.
  const bursts = (property: string, fallback: number) =>
    strict ? values.natural(property, fallback) & 0xffff : values.natural(property, fallback, 65535);
  return {
    firingThreshold: values.number("firing_threshold", 1),
    firingThresholdIncrement: [
      values.number("firing_threshold_increment_x", 0),
      values.number("firing_threshold_increment_y", 0),
      values.number("firing_threshold_increment_z", 0),
    ],
    firingThresholdLimit: values.number("firing_threshold_limit", 0),
    leak: readLeak(area, values, strict, findings),
    leakVariability: values.number("leak_variability", 0),
    refractoryPeriod: bursts("refractory_period", 0),
    consecutiveFireLimit: bursts("consecutive_fire_cnt_max", bursts("consecutive_fire_limit", 0)),
    snoozePeriod: values.bursts("snooze_length", values.bursts("snooze_period", 0, strict), strict),
    excitability: values.number("neuron_excitability", 100),
    mpChargeAccumulation: values.boolean("mp_charge_accumulation", false),
    mpDrivenPsp: values.boolean("mp_driven_psp", false),
    pspUniform: power && (!written || written.start === -1) ? true : values.boolean("psp_uniform_distribution", memory),
    postsynapticCurrent: values.number("postsynaptic_current", 1),
    postsynapticCurrentMax: values.number("postsynaptic_current_max", 0),
    degeneration: values.number("degeneration", 0),
    longtermMemoryThreshold: values.natural("longterm_mem_threshold", memory ? 100 : 0),
    lifespanGrowthRate: values.number("lifespan_growth_rate", memory ? 1 : 0),
    initialLifespan: values.natural("init_lifespan", memory ? 9 : 0),
    temporalDepth: Math.max(1, values.natural("temporal_depth", 1)),
  };
}

/** A share of the membrane potential per burst. Old genomes hold percents; they are kept as they are, and said. */
function readLeak(area: MigratedArea, values: ValueReader, strict: boolean, findings: Findings): number {
  const leak = values.number("leak_coefficient", 0);
  const node = values.get("leak_coefficient");
  if (node && !strict && (leak < 0 || leak > 1)) {
    const message = `The leak of area ${readableId(area.documentId)} is ${leak}, and a share per burst is from 0 to 1.`;
    findings.warn(node, { code: "LEAK_RANGE", message, expected: "a number from 0 to 1", fix: "Divide it by 100 if it is a percentage." });
  }
  return leak;
}

function readMappings(area: MigratedArea, schema: number, strict: boolean, findings: Findings): Map<CorticalId, MappingRule[]> {
  const mappings = new Map<CorticalId, MappingRule[]>();
  for (const [destination, list] of area.mappings) {
    const rules = list.map((rule) => readRule(rule, schema, strict, findings)).filter((rule) => rule !== undefined);
    if (rules.length > 0) mappings.set(destination, rules);
  }
  return mappings;
}

function checkNeuronCount(document: MigratedDocument, areas: ReadonlyMap<CorticalId, GenomeArea>, findings: Findings): void {
  const count = ({ dimensions: [x, y, z], neuronsPerVoxel }: GenomeArea) => x * y * z * neuronsPerVoxel;
  let total = 0;
  let largest: { area: MigratedArea; neurons: number } | undefined;
  for (const area of document.areas) {
    const read = areas.get(area.id);
    if (!read) continue;
    const neurons = count(read);
    total += neurons;
    if (!largest || neurons > largest.neurons) largest = { area, neurons };
  }
  if (total <= mostNeurons || !largest) return;
  const box = largest.area.properties.get("block_boundaries");
  const sizes = box?.kind === "array" ? box.items : [];
  const place = sizes.find(
    (size) => size.kind === "number" && size.value === Math.max(...sizes.map((s) => (s.kind === "number" ? s.value : 0))),
  );
  findings.refuse(place && place.start >= 0 ? place : largest.area.place, {
    code: "NEURONS_TOO_MANY",
    message: `This genome asks for ${total} neurons; area ${readableId(largest.area.documentId)} alone for ${largest.neurons}.`,
    expected: `at most ${mostNeurons} neurons in a brain`,
    found: String(total),
    fix: "Make the area smaller, or lower its neurons per voxel.",
  });
}

/** What FEAGI gives areas it creates itself. */
function newCoreArea(id: CorticalId, core: (typeof coreAreas)[number]): GenomeArea {
  const power = core.bytes === "___power";
  return {
    id,
    idText: core.bytes,
    documentId: id,
    name: core.name,
    kind: "core",
    dimensions: [1, 1, 1],
    position: [...core.position],
    position2d: [...core.position2d],
    neuronsPerVoxel: 1,
    parameters: {
      firingThreshold: 0.1,
      firingThresholdIncrement: [0, 0, 0],
      firingThresholdLimit: 0,
      leak: 0,
      leakVariability: 0,
      refractoryPeriod: 0,
      consecutiveFireLimit: 0,
      snoozePeriod: 0,
      excitability: power ? 100 : 1,
      mpChargeAccumulation: false,
      mpDrivenPsp: false,
      pspUniform: true,
      postsynapticCurrent: 500,
      postsynapticCurrentMax: 10000,
      degeneration: 0,
      longtermMemoryThreshold: 0,
      lifespanGrowthRate: 0,
      initialLifespan: 0,
      temporalDepth: 1,
    },
    mappings: new Map(),
    properties: {},
    added: true,
  };
}
