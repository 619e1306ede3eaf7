/**
 * A brain as parts of a graph, each with a checksum over all it holds: a part whose checksum is known need not be written again.
 *
 * Parts are stretches of ids and of slots, which a living brain never uses for something else; so an edit touches the parts of what
 * it changed, and what is behind them only where something was added. They come in an order in which every end of a relationship
 * is there before it. Nothing of the size of the brain is held but three numbers a neuron.
 */
import type { CorticalArea } from "#contracts/connectome.ts";
import type { Connectome } from "../../connectome/connectome.ts";
import type { Engine, NeuronSettings, SynapseRows } from "../../engine/engine.ts";
import { xxHash64 } from "../../engine/hash.ts";
import { isMemoryId } from "../../engine/reference/id-ranges.ts";
import type { MemoryNeuron } from "../../plasticity/memory-array.ts";
import type { PatternFrame } from "../../plasticity/pattern-frames.ts";
import type { PatternMemoryState } from "../../plasticity/pattern-memory.ts";
import { synapseType } from "../tables.ts";
import type { GraphRow, KindName } from "./kinds.ts";

/** Ids or slots of a part; one transaction writes it. */
export const PART_ROWS = 8192;
/** Memory neurons of a part: each has frames of up to all voxels of an area. */
const PART_MEMORIES = 512;

export interface GraphSource {
  connectome: Connectome;
  /** A fork, which nobody steps meanwhile. */
  engine: Pick<Engine, "neuronCount" | "synapseCount" | "neuronSettings" | "synapsesIn">;
  memories: Memories;
}

/** Pattern memory at the moment of the fork. */
export interface Memories {
  areas: PatternMemoryState["areas"];
  neurons: readonly Readonly<MemoryNeuron>[];
  framesOf(neuron: number): readonly PatternFrame[];
}

export interface GraphPart {
  /** Stays the same from one brain to the next, such as synapses/12. */
  id: string;
  checksum: string;
  /** Rows of neurons and synapses that it stands for, for progress. */
  rows: number;
  sections(): GraphSection[];
}

export interface GraphSection {
  kind: KindName;
  /** Of ids or slots, the second exclusive; null where the kind is whole. */
  range: [number, number] | null;
  rows: GraphRow[];
}

export interface GraphCounts {
  neurons: number;
  synapses: number;
  memoryNeurons: number;
}

/** What all parts together hold, and some synapses from all over them, by which a graph is checked. */
export interface GraphTally {
  counts: GraphCounts;
  sample: GraphRow[];
}

const SAMPLE = 1000;

const NO_AREA = -1;

export function* graphParts(source: GraphSource): Generator<GraphPart, GraphTally, void> {
  const { connectome, engine, memories } = source;
  const areas = [...connectome.areas.values()];
  const byIndex = new Map(areas.map(({ index }, at) => [index, at]));
  const counts: GraphCounts = { neurons: 0, synapses: 0, memoryNeurons: 0 };
  yield plainPart("structure", () => structureOf(connectome, areas));

  const areaOf = new Int32Array(engine.neuronCount).fill(NO_AREA);
  for (let from = 0; from < engine.neuronCount; from += PART_ROWS) {
    const ids = Uint32Array.from({ length: Math.min(PART_ROWS, engine.neuronCount - from) }, (_, i) => from + i);
    const settings = engine.neuronSettings(ids);
    const homes = new Set<string>();
    let living = 0;
    for (let i = 0; i < ids.length; i++) {
      const area = settings.valid[i] === 1 ? byIndex.get(settings.area[i]!) : undefined;
      if (area === undefined) continue;
      areaOf[from + i] = area;
      homes.add(areas[area]!.id);
      living++;
    }
    counts.neurons += living;
    if (living === 0) continue;
    const checksum = checksumOf(Object.values(settings), [...homes].join());
    yield { id: `neurons/${from / PART_ROWS}`, checksum, rows: living, sections: () => neuronsOf(from, settings, areaOf, areas) };
  }

  const idOf = new Map(areas.map(({ id, index }) => [index, id]));
  yield plainPart("memory areas", () => memoryAreasOf(memories, connectome, idOf));
  const known = memories.neurons.filter(({ area }) => idOf.has(area)).toSorted((a, b) => a.id - b.id);
  const isMemory = new Set(known.map(({ id }) => id));
  counts.memoryNeurons = known.length;
  for (const [block, neurons] of Map.groupBy(known, ({ id }) => Math.floor(id / PART_MEMORIES)))
    yield plainPart(`memories/${block}`, () => memoriesOf(block, neurons, memories, idOf));

  const pairs = new Map<number, number>();
  const sample: GraphRow[] = [];
  const stride = Math.max(1, Math.floor(engine.synapseCount / SAMPLE));
  for (let from = 0, read = 0; read < engine.synapseCount; from += PART_ROWS) {
    const rows = engine.synapsesIn(from, from + PART_ROWS);
    read += rows.slot.length;
    const isHome = (row: number) => (areaOf[rows.source[row]!] ?? NO_AREA) >= 0 && (areaOf[rows.target[row]!] ?? NO_AREA) >= 0;
    const isAssociation = (row: number) => isMemory.has(rows.source[row]!) && isMemory.has(rows.target[row]!);
    const taken = rowsWhere(rows, (row) => isHome(row) || isAssociation(row));
    for (let row = 0; row < taken.slot.length; row++) {
      if (isMemoryId(taken.source[row]!)) continue;
      if (counts.synapses++ % stride === 0 && sample.length < SAMPLE) sample.push(synapseRow(taken, row));
      const pair = areaOf[taken.source[row]!]! * areas.length + areaOf[taken.target[row]!]!;
      pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
    }
    if (taken.slot.length === 0) continue;
    const { slot, source: sources, target, weight, psp, kind, delay } = taken;
    const checksum = checksumOf([slot, sources, target, weight, psp, kind, delay]);
    yield { id: `synapses/${from / PART_ROWS}`, checksum, rows: slot.length, sections: () => synapsesOf(from, taken) };
  }
  yield plainPart("mappings", () => mappingsOf(connectome, areas, pairs));
  return { counts, sample };
}

/** The part that a graph has and the brain no longer: nothing, in its range. */
export function emptyPart(id: string): GraphPart | null {
  const [name, block] = id.split("/");
  const at = Number(block);
  if (!Number.isSafeInteger(at)) return null;
  const empty: Record<string, () => GraphSection[]> = {
    neurons: () => neuronSections(at * PART_ROWS, [], []),
    memories: () => memorySections(at, [], [], [], [], []),
    synapses: () => synapseSections(at * PART_ROWS, [], []),
  };
  const sections = empty[name!];
  return sections ? { id, checksum: "", rows: 0, sections } : null;
}

function plainPart(id: string, sections: () => GraphSection[]): GraphPart {
  const made = sections();
  return { id, checksum: checksumOf([], JSON.stringify(made)), rows: 0, sections: () => made };
}

function checksumOf(columns: ArrayBufferView[], text = ""): string {
  const parts = [...columns.map(({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength))];
  parts.push(new TextEncoder().encode(text));
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return xxHash64(bytes).toString(16).padStart(16, "0");
}

const section = (kind: KindName, range: GraphSection["range"], rows: GraphRow[]): GraphSection => ({ kind, range, rows });
const link = (from: number | string, to: number | string, properties: GraphRow["properties"] = {}): GraphRow => ({
  key: `${from}>${to}`,
  ends: [from, to],
  properties,
});
const node = (key: number | string, properties: GraphRow["properties"]): GraphRow => ({ key, properties: { id: key, ...properties } });

function structureOf({ regions, genome }: Connectome, areas: CorticalArea[]): GraphSection[] {
  return [
    section(
      "regions",
      null,
      [...regions.values()].map(({ id, name }) => node(id, { name })),
    ),
    section(
      "regionsInRegions",
      null,
      [...regions.values()].flatMap(({ id, parent }) => (parent !== null && regions.has(parent) ? [link(id, parent)] : [])),
    ),
    section("areas", null, areas.map(areaRow)),
    section(
      "areasInRegions",
      null,
      areas.flatMap(({ id, region }) => (regions.has(region) ? [link(id, region)] : [])),
    ),
    section(
      "morphologies",
      null,
      [...genome.morphologies.values()].map(({ id, type }) => node(id, { kind: type })),
    ),
  ];
}

function areaRow({ id, idText, name, kind, region, dimensions, position, neuronsPerVoxel, parameters }: CorticalArea): GraphRow {
  const [width, height, depth] = dimensions;
  const [x, y, z] = position.map(Math.round) as [number, number, number];
  const { firingThreshold: threshold, leak, refractoryPeriod, excitability } = parameters;
  const settings = { threshold, leak, refractory_period: refractoryPeriod, excitability };
  return node(id, { id_text: idText, name, kind, region, width, height, depth, x, y, z, neurons_per_voxel: neuronsPerVoxel, ...settings });
}

function neuronsOf(from: number, settings: NeuronSettings, areaOf: Int32Array, areas: CorticalArea[]): GraphSection[] {
  const [nodes, homes]: [GraphRow[], GraphRow[]] = [[], []];
  for (let i = 0; i < settings.valid.length; i++) {
    const at = areaOf[from + i]!;
    if (at === NO_AREA) continue;
    const id = from + i;
    const area = areas[at]!.id;
    nodes.push(
      node(id, {
        ...{ area, x: settings.x[i]!, y: settings.y[i]!, z: settings.z[i]!, threshold: settings.threshold[i]! },
        ...{ threshold_limit: settings.thresholdLimit[i]!, leak: settings.leak[i]!, refractory_period: settings.refractoryPeriod[i]! },
        ...{ excitability: settings.excitability[i]!, consecutive_fire_limit: settings.consecutiveFireLimit[i]! },
        ...{ snooze_period: settings.snoozePeriod[i]!, charge_accumulation: settings.accumulates[i] === 1 },
      }),
    );
    homes.push(link(id, area));
  }
  return neuronSections(from, nodes, homes);
}

function neuronSections(from: number, nodes: GraphRow[], homes: GraphRow[]): GraphSection[] {
  const range: [number, number] = [from, from + PART_ROWS];
  return [section("neurons", range, nodes), section("neuronsInAreas", range, homes)];
}

function synapsesOf(from: number, rows: SynapseRows): GraphSection[] {
  const [synapses, associations]: [GraphRow[], GraphRow[]] = [[], []];
  for (let row = 0; row < rows.slot.length; row++) (isMemoryId(rows.source[row]!) ? associations : synapses).push(synapseRow(rows, row));
  return synapseSections(from, synapses, associations);
}

function synapseRow({ slot, source, target, weight, psp, kind, delay }: SynapseRows, row: number): GraphRow {
  const properties = { weight: weight[row]!, psp: psp[row]!, type: synapseType(kind[row]!), delay: delay[row]! };
  return { key: slot[row]!, ends: [source[row]!, target[row]!], properties: { slot: slot[row]!, ...properties } };
}

function synapseSections(from: number, synapses: GraphRow[], associations: GraphRow[]): GraphSection[] {
  const range: [number, number] = [from, from + PART_ROWS];
  return [section("synapses", range, synapses), section("associations", range, associations)];
}

function mappingsOf({ mappings }: Connectome, areas: CorticalArea[], pairs: Map<number, number>): GraphSection[] {
  const grown = new Map(mappings.map((mapping) => [`${mapping.src}>${mapping.dst}`, mapping.rules]));
  const counted = new Map([...pairs].map(([pair, count]) => [pairName(areas, pair), count]));
  const names = [...new Set([...grown.keys(), ...counted.keys()])].sort();
  return [
    section(
      "mappings",
      null,
      names.map((name) => {
        const rules = grown.get(name) ?? [];
        const [from, to] = name.split(">") as [string, string];
        const plastic = rules.some((rule) => rule.plastic);
        const morphologies = rules.map(({ morphology }) => morphology);
        return link(from, to, { synapses: counted.get(name) ?? 0, rules: rules.length, morphologies, plastic });
      }),
    ),
    section(
      "rules",
      null,
      mappings.flatMap(({ src, dst, rules }) =>
        rules.map(({ morphology, multiplier, delayBursts: delay, plastic }, at): GraphRow => {
          const id = `${src}>${dst}#${at}`;
          return { key: id, ends: [src, morphology], properties: { id, target: dst, multiplier, delay, plastic } };
        }),
      ),
    ),
  ];
}

const pairName = (areas: CorticalArea[], pair: number) => `${areas[Math.floor(pair / areas.length)]!.id}>${areas[pair % areas.length]!.id}`;

function memoryAreasOf({ areas }: Memories, connectome: Connectome, idOf: Map<number, string>): GraphSection[] {
  const known = areas.flatMap((area) => (idOf.has(area.area) ? [{ ...area, id: idOf.get(area.area)! }] : []));
  return [
    section(
      "memoryAreas",
      null,
      known.map(({ id, temporalDepth, initialLifespan, lifespanGrowthRate, longTermThreshold, cap, eviction }) => {
        const life = {
          initial_lifespan: initialLifespan,
          lifespan_growth_rate: lifespanGrowthRate,
          long_term_threshold: longTermThreshold,
        };
        return node(id, { name: connectome.areas.get(id)!.name, temporal_depth: temporalDepth, ...life, cap, eviction });
      }),
    ),
    section(
      "memoryAreasOfAreas",
      null,
      known.map(({ id }) => link(id, id)),
    ),
    section(
      "upstream",
      null,
      known.flatMap(({ id, upstream }) => upstream.flatMap((index) => (idOf.has(index) ? [link(id, idOf.get(index)!)] : []))),
    ),
  ];
}

function memoriesOf(block: number, neurons: Readonly<MemoryNeuron>[], memories: Memories, idOf: Map<number, string>): GraphSection[] {
  const nodes = neurons.map(({ id, area, hash, lifespan, longTerm, created, lastSeen, activations }) => {
    const pattern = hash.toString(16).padStart(16, "0");
    return node(id, { area: idOf.get(area)!, pattern, lifespan, long_term: longTerm, created, last_seen: lastSeen, activations });
  });
  const homes = neurons.map(({ id, area }) => link(id, idOf.get(area)!));
  const [frames, remembered, seen]: [GraphRow[], GraphRow[], GraphRow[]] = [[], [], []];
  for (const { id: memory } of neurons)
    for (const { offset, upstreamArea, voxels, potentials = [] } of memories.framesOf(memory)) {
      const area = idOf.get(upstreamArea) ?? "";
      const id = `${memory}/${offset}/${upstreamArea}`;
      frames.push(node(id, { memory, offset, area, voxels: voxels.flat(), potentials }));
      remembered.push(link(memory, id));
      if (area !== "") seen.push(link(id, area));
    }
  return memorySections(block, nodes, homes, frames, remembered, seen);
}

function memorySections(block: number, ...rows: [GraphRow[], GraphRow[], GraphRow[], GraphRow[], GraphRow[]]): GraphSection[] {
  const range: [number, number] = [block * PART_MEMORIES, (block + 1) * PART_MEMORIES];
  const kinds = ["memoryNeurons", "memoryNeuronsInAreas", "patternFrames", "memories", "framesOfAreas"] as const;
  return kinds.map((kind, at) => section(kind, range, rows[at]!));
}

function rowsWhere(rows: SynapseRows, isTaken: (row: number) => boolean): SynapseRows {
  const kept: number[] = [];
  for (let row = 0; row < rows.slot.length; row++) if (isTaken(row)) kept.push(row);
  if (kept.length === rows.slot.length) return rows;
  const taken = <T extends Uint32Array | Float32Array | Uint8Array>(column: T): T => {
    const copy = new (column.constructor as new (length: number) => T)(kept.length);
    for (let i = 0; i < kept.length; i++) copy[i] = column[kept[i]!]!;
    return copy;
  };
  return Object.fromEntries(Object.entries(rows).map(([name, column]) => [name, taken(column)])) as SynapseRows;
}
