/** Small genomes written by hand for tests: name what matters, the rest is the least a genome needs. */
import type { AreaParameters, CorticalId, MappingRule, Morphology, Vec3 } from "#contracts/connectome.ts";
import { coreAreas, encodeId, kindOfBytes } from "../../genome/cortical-id.ts";
import type { Genome, GenomeArea } from "../../genome/genome.ts";

const parameters: AreaParameters = {
  firingThreshold: 1,
  firingThresholdIncrement: [0, 0, 0],
  firingThresholdLimit: 0,
  leak: 0,
  leakVariability: 0,
  refractoryPeriod: 0,
  consecutiveFireLimit: 0,
  snoozePeriod: 0,
  excitability: 100,
  mpChargeAccumulation: true,
  mpDrivenPsp: false,
  pspUniform: true,
  postsynapticCurrent: 1,
  postsynapticCurrentMax: 0,
  degeneration: 0,
  longtermMemoryThreshold: 100,
  lifespanGrowthRate: 1,
  initialLifespan: 9,
  temporalDepth: 1,
};

export interface HandMadeArea {
  dimensions?: Vec3;
  position?: Vec3;
  neuronsPerVoxel?: number;
  parameters?: Partial<AreaParameters>;
  /** Eight-letter destination → rules. */
  to?: Record<string, Partial<MappingRule>[]>;
}

/** Base64 id of eight letters. */
export const idOf = (letters: string): CorticalId => encodeId(letters);

function rule(given: Partial<MappingRule>): MappingRule {
  return {
    morphology: "projector",
    scalar: [1, 1, 1],
    multiplier: 1,
    plastic: false,
    plasticityConstant: 1,
    ltpMultiplier: 1,
    ltdMultiplier: 1,
    plasticityWindow: 1,
    delayBursts: 1,
    attractivity: 100,
    ...given,
  };
}

/** Areas are named by their eight letters; the seven core areas are added. */
export function handMade(areas: Record<string, HandMadeArea>, more: Partial<Genome> & { with?: Morphology[] } = {}): Genome {
  const core = Object.fromEntries(coreAreas.map(({ bytes }) => [bytes, {}]));
  const { with: extra = [], ...rest } = more;
  return {
    id: "hand-made",
    title: "Hand made",
    description: "",
    version: "2.0",
    schemaVersion: 7,
    migration: { from: 7, to: 7, steps: [], idRemaps: new Map(), advisory: [], blocking: [] },
    dialect: "flat-2",
    areas: new Map(Object.entries({ ...areas, ...core }).map(([letters, area]) => [idOf(letters), geneOf(letters, area)])),
    morphologies: new Map([...morphologies, ...extra].map((one) => [one.id, one])),
    regions: new Map(),
    physiology: {
      simulationTimestep: 0.025,
      maxAge: 10_000_000,
      evolutionBurstCount: 50,
      ipuIdleThreshold: 1000,
      plasticityQueueDepth: 3,
      lifespanManagementInterval: 10,
      quantizationPrecision: "fp32",
    },
    modulators: new Map(),
    classifiers: new Map(),
    extras: {},
    strict: false,
    source: "",
    warnings: [],
    repairs: [],
    ...rest,
  };
}

const morphologies: Morphology[] = [
  { id: "projector", class: "core", type: "functions" },
  { id: "associative_memory", class: "core", type: "functions" },
  { id: "block_to_block", class: "core", type: "vectors", vectors: [[0, 0, 0]] },
  { id: "lateral_+x", class: "core", type: "vectors", vectors: [[1, 0, 0]] },
];

function geneOf(letters: string, given: HandMadeArea): GenomeArea {
  return {
    id: idOf(letters),
    idText: letters,
    documentId: letters,
    name: letters,
    kind: kindOfBytes(letters)!,
    dimensions: given.dimensions ?? [1, 1, 1],
    position: given.position ?? [0, 0, 0],
    position2d: null,
    neuronsPerVoxel: given.neuronsPerVoxel ?? 1,
    parameters: { ...parameters, ...given.parameters },
    mappings: new Map(Object.entries(given.to ?? {}).map(([to, rules]) => [idOf(to), rules.map(rule)])),
    properties: {},
    added: false,
  };
}
