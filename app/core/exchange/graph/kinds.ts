/**
 * What a brain is in a graph database: labels, relationship types, their properties and keys. One table, which the writer makes its
 * constraints and statements from. Keys are the lab's own: cortical ids, neuron ids, slots.
 *
 * The pattern map (memory areas, memory neurons, what they remember) stands beside the connectome: no label or type is in both.
 */
export type GraphCell = "int" | "float" | "text" | "bool" | "ints" | "floats" | "texts";
export type GraphValue = number | string | boolean | number[] | string[];

export interface NodeKind {
  label: string;
  /** The property that is unique among its label. */
  key: string;
  properties: Readonly<Record<string, GraphCell>>;
  /** Further properties to find by. */
  indexes?: readonly string[];
}

export interface LinkKind {
  type: string;
  from: NodeName;
  to: NodeName;
  /** The property that is unique among its type; null where two nodes have at most one of it. */
  key: string | null;
  properties: Readonly<Record<string, GraphCell>>;
}

const place = { x: "int", y: "int", z: "int" } as const;
const synapse = { slot: "int", weight: "float", psp: "float", type: "text", delay: "int" } as const;

export type NodeName = "regions" | "areas" | "morphologies" | "neurons" | "memoryAreas" | "memoryNeurons" | "patternFrames";

export const nodeKinds: Readonly<Record<NodeName, NodeKind>> = {
  regions: { label: "Region", key: "id", properties: { id: "text", name: "text" } },
  areas: {
    label: "Area",
    key: "id",
    properties: {
      ...{ id: "text", id_text: "text", name: "text", kind: "text", region: "text", width: "int", height: "int", depth: "int", ...place },
      ...{ neurons_per_voxel: "int", threshold: "float", leak: "float", refractory_period: "float", excitability: "float" },
    },
    indexes: ["name"],
  },
  morphologies: { label: "Morphology", key: "id", properties: { id: "text", kind: "text" } },
  neurons: {
    label: "Neuron",
    key: "id",
    properties: {
      ...{ id: "int", area: "text", ...place, threshold: "float", threshold_limit: "float", leak: "float", refractory_period: "int" },
      ...{ excitability: "float", consecutive_fire_limit: "int", snooze_period: "int", charge_accumulation: "bool" },
    },
  },
  memoryAreas: {
    label: "MemoryArea",
    key: "id",
    properties: {
      ...{ id: "text", name: "text", temporal_depth: "int", initial_lifespan: "float", lifespan_growth_rate: "float" },
      ...{ long_term_threshold: "float", cap: "int", eviction: "text" },
    },
  },
  memoryNeurons: {
    label: "MemoryNeuron",
    key: "id",
    properties: {
      ...{ id: "int", area: "text", pattern: "text", lifespan: "int", long_term: "bool", created: "int", last_seen: "int" },
      activations: "int",
    },
    indexes: ["pattern"],
  },
  patternFrames: {
    label: "PatternFrame",
    key: "id",
    properties: { id: "text", memory: "int", offset: "int", area: "text", voxels: "ints", potentials: "floats" },
    indexes: ["memory"],
  },
};

export type LinkName =
  | "regionsInRegions"
  | "areasInRegions"
  | "neuronsInAreas"
  | "mappings"
  | "rules"
  | "synapses"
  | "memoryAreasOfAreas"
  | "memoryNeuronsInAreas"
  | "memories"
  | "framesOfAreas"
  | "upstream"
  | "associations";

export const linkKinds: Readonly<Record<LinkName, LinkKind>> = {
  regionsInRegions: { type: "PART_OF", from: "regions", to: "regions", key: null, properties: {} },
  areasInRegions: { type: "PART_OF", from: "areas", to: "regions", key: null, properties: {} },
  neuronsInAreas: { type: "IN", from: "neurons", to: "areas", key: null, properties: {} },
  mappings: {
    type: "MAPS_TO",
    from: "areas",
    to: "areas",
    key: null,
    properties: { synapses: "int", rules: "int", morphologies: "texts", plastic: "bool" },
  },
  rules: {
    type: "GROWS_BY",
    from: "areas",
    to: "morphologies",
    key: "id",
    properties: { id: "text", target: "text", multiplier: "float", delay: "float", plastic: "bool" },
  },
  synapses: { type: "SYNAPSE", from: "neurons", to: "neurons", key: "slot", properties: synapse },
  memoryAreasOfAreas: { type: "REMEMBERS_IN", from: "memoryAreas", to: "areas", key: null, properties: {} },
  upstream: { type: "LISTENS_TO", from: "memoryAreas", to: "areas", key: null, properties: {} },
  memoryNeuronsInAreas: { type: "FORMED_IN", from: "memoryNeurons", to: "memoryAreas", key: null, properties: {} },
  memories: { type: "REMEMBERS", from: "memoryNeurons", to: "patternFrames", key: null, properties: {} },
  framesOfAreas: { type: "SEEN_IN", from: "patternFrames", to: "areas", key: null, properties: {} },
  associations: { type: "ASSOCIATED", from: "memoryNeurons", to: "memoryNeurons", key: "slot", properties: synapse },
};

/** Columns of a row of a kind: its ends where it is a link, then its properties as declared. */
export interface GraphRow {
  /** Unique within its kind. */
  key: number | string;
  ends?: [from: number | string, to: number | string];
  properties: Record<string, GraphValue>;
}

export type KindName = NodeName | LinkName;

export function isNodeName(kind: KindName): kind is NodeName {
  return kind in nodeKinds;
}
