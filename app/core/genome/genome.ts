/**
 * A genome after parsing, migration and repair: typed, complete, every default filled in.
 *
 * Ids are the eight-byte ids as standard base64 (12 characters), the form after migration. Maps iterate in document order.
 * Source: spec/genome.md.
 */
import type { AreaKind, AreaParameters, CorticalId, MappingRule, Morphology, Vec3 } from "#contracts/connectome.ts";
import type { GenomeProblem, genomeDialects } from "#contracts/genome.ts";
import type { ClassifierDefinition, ModulatorDefinition } from "./modulators.ts";

/**
 * How a document is written; saving keeps it. `flat-2` and `feagi-3` have a key per property and say version 2.x or 3.0;
 * `hierarchical-2` has an object per area, in whatever version.
 */
export type GenomeDialect = (typeof genomeDialects)[number];

export interface GenomeArea {
  id: CorticalId;
  /** The eight bytes as text. */
  idText: string;
  /** Id in the document, before migration. */
  documentId: string;
  name: string;
  kind: AreaKind;
  dimensions: Vec3;
  position: Vec3;
  position2d: [number, number] | null;
  neuronsPerVoxel: number;
  /** As development uses them (column "dev" of spec/genome.md section 2, after "load"). */
  parameters: AreaParameters;
  /** Destination id → rules in list order. */
  mappings: Map<CorticalId, MappingRule[]>;
  /** Every stored property but the mappings by its property name (hierarchical names), with document values, for saving. */
  properties: Record<string, unknown>;
  /** What the document says of the area that no table knows, under the names it has there; absent where there is nothing. */
  extras?: Record<string, unknown>;
  /** True for core areas the loader added. */
  added: boolean;
}

export interface GenomeRegion {
  id: string;
  name: string;
  parent: string | null;
  areas: CorticalId[];
  position: Vec3;
  position2d: [number, number];
  description: string;
  /** Which members are meant to be reached from outside; a contract set by people, empty where none was made. */
  designatedInputs: CorticalId[];
  designatedOutputs: CorticalId[];
  /** What the document says of the region beyond the above; absent where there is nothing. */
  extras?: Record<string, unknown>;
}

export interface Physiology {
  /** Seconds per burst. */
  simulationTimestep: number;
  maxAge: number;
  evolutionBurstCount: number;
  ipuIdleThreshold: number;
  plasticityQueueDepth: number;
  lifespanManagementInterval: number;
  quantizationPrecision: string;
}

/** What the schema chain did to a document before it was typed. Source: spec/genome.md section 7. */
export interface SchemaMigration {
  /** The schema the document stood for, and the one it was read in. */
  from: number;
  to: number;
  /** One entry for each step taken; no messages where a step found nothing to change. */
  steps: { from: number; to: number; messages: string[] }[];
  /** Id as written → eight-byte id. */
  idRemaps: Map<string, CorticalId>;
  advisory: string[];
  blocking: string[];
}

export interface Genome {
  id: string;
  title: string;
  description: string;
  /** `version` text of the document, and the schema number it stood for. */
  version: string;
  schemaVersion: number;
  migration: SchemaMigration;
  dialect: GenomeDialect;
  areas: Map<CorticalId, GenomeArea>;
  /** Core ones included. */
  morphologies: Map<string, Morphology>;
  /** Empty when the document has none: corticogenesis then makes them. */
  regions: Map<string, GenomeRegion>;
  physiology: Physiology;
  /** By id, those that can be read; `extras` has all of them as written. */
  modulators: Map<string, ModulatorDefinition>;
  classifiers: Map<string, ClassifierDefinition>;
  /** Top-level values of the document that Gyrus keeps for saving: hosts, modulators as written, sleep settings of physiology … */
  extras: Record<string, unknown>;
  /** Read exactly as FEAGI 0.0.49 does, its defects included. */
  strict: boolean;
  /** The text it came from, byte for byte, for saving with nothing changed but what was edited. */
  source: string;
  warnings: GenomeProblem[];
  repairs: GenomeProblem[];
}
