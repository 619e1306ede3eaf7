/** What leaves the lab as files: formats and the options each takes, what an export would be, what it became, and how it stands later. */
import { z } from "zod";
import { NeuronId } from "./command.ts";
import { CorticalId } from "./connectome.ts";
import { SavedDialect } from "./genome.ts";

export const exportFormats = [
  ...(["genome", "brain", "connectome", "bundle"] as const),
  ...(["sonata", "graphml", "gexf", "mtx", "csv", "neo4j-csv", "arrow", "parquet", "nwb", "gltf", "nest", "neuroml"] as const),
] as const;
export type ExportFormat = (typeof exportFormats)[number];

export const compressions = ["none", "gzip", "snappy"] as const;
export type Compression = (typeof compressions)[number];

export interface FormatTakes {
  /** A part of the brain as well as all of it. */
  scope?: true;
  /** Counts time in seconds, so it must be told what a burst is. */
  stepMs?: true;
  /** What fired while the recording went: by itself, or where bursts are asked for. */
  bursts?: "always" | "asked";
  /** Membrane potentials of single neurons in place of the network. */
  probes?: true;
  /** What ids count from: either, or what the format itself says. */
  idBase?: "either" | 0 | 1;
  /** How its files can be packed, the usual way first. */
  compression?: readonly Compression[];
  /** Tables that may go into several files. */
  rowsPerFile?: true;
}

const packed = ["none", "gzip"] as const;

/** The options each format has a use for; the others are refused. */
export const formatTakes: Record<ExportFormat, FormatTakes> = {
  genome: { compression: packed },
  brain: { compression: packed },
  connectome: { compression: packed },
  bundle: { bursts: "always" },
  sonata: { scope: true, stepMs: true, bursts: "always", idBase: 0 },
  graphml: { scope: true, idBase: "either", compression: packed },
  gexf: { scope: true, idBase: "either", compression: packed },
  mtx: { scope: true, idBase: 1, compression: packed },
  csv: { scope: true, bursts: "asked", probes: true, idBase: "either", compression: packed, rowsPerFile: true },
  "neo4j-csv": { scope: true, idBase: "either", rowsPerFile: true },
  arrow: { scope: true, bursts: "asked", probes: true, idBase: "either", rowsPerFile: true },
  parquet: {
    ...{ scope: true, bursts: "asked", probes: true, idBase: "either" },
    ...{ compression: ["snappy", "gzip", "none"], rowsPerFile: true },
  },
  nwb: { scope: true, stepMs: true, bursts: "always", probes: true, compression: packed },
  gltf: { scope: true, compression: packed },
  nest: {},
  neuroml: { scope: true, stepMs: true, compression: packed },
};

/** What of the network leaves. Nothing named: all of it. A synapse belongs to it when both its neurons do. */
export const ExportScope = z.strictObject({
  areas: z.array(CorticalId).optional(),
  /** Region ids, with all regions and areas inside; added to the areas. */
  regions: z.array(z.string()).optional(),
  synapses: z.strictObject({ type: z.enum(["excitatory", "inhibitory"]).optional(), minWeight: z.number().min(0).optional() }).optional(),
});
export type ExportScope = z.infer<typeof ExportScope>;

/** Both ends belong to it. */
export const BurstRange = z
  .strictObject({ first: z.int().min(1), last: z.int().min(1) })
  .refine(({ first, last }) => first <= last, "the first burst comes before the last");
export type BurstRange = z.infer<typeof BurstRange>;

const Format = z.enum(exportFormats, {
  error: ({ input }) =>
    input === "neo4j"
      ? "a database is no file: neo4j.connect, then neo4j.sync writes to it; neo4j-csv makes files for its importer"
      : undefined,
});

/** The same from window, command line and API; the sidecar of an export keeps it. */
export const ExportOptions = z.object({
  format: Format,
  scope: ExportScope.default({}),
  /** Genome only. */
  dialect: SavedDialect.default("source"),
  /** Biological time of one burst in ms; asked for by formats that count time in seconds. */
  stepMs: z.number().positive().optional(),
  /** Bursts whose spikes go along, of formats that hold activity; sonata, nwb and bundle hold the whole recording where none are named. */
  bursts: BurstRange.optional(),
  /** Neurons whose membrane potential is written, burst by burst, in place of the network. */
  probes: z.array(NeuronId).min(1).max(64).optional(),
  /** What ids of neurons count from; left out it is what the engine or the format says. */
  idBase: z.union([z.literal(0), z.literal(1)]).optional(),
  /** Left out: the usual of the format. Text is gzipped also where the path ends with .gz. */
  compression: z.enum(compressions).optional(),
  /** Longer tables go on in further files. */
  rowsPerFile: z.int().min(1).optional(),
  /** Reads every file back and compares counts, sums and checksums. */
  verify: z.boolean().default(true),
});
export type ExportOptions = z.infer<typeof ExportOptions>;

/** Files are written, then read back. */
export type ExportPhase = "write" | "verify";

/** Something that was looked at before anything is written; what does not hold is a warning. */
export const ExportCheck = z.object({ name: z.enum(["names", "values", "schema"]), ok: z.boolean(), detail: z.string() });
export type ExportCheck = z.infer<typeof ExportCheck>;

/** What an export would be, before anything is written. */
export const ExportPlan = z.object({
  format: z.enum(exportFormats),
  areas: z.int(),
  neurons: z.int(),
  synapses: z.int(),
  /** A guess from typical row lengths, uncompressed. */
  bytes: z.int(),
  /** What the recording holds, for formats that hold activity; null where there is none, or no place for it. */
  recorded: BurstRange.nullable().default(null),
  /** What will not survive, in sentences. */
  lost: z.array(z.string()),
  /** Names that collide, values that are no numbers, and what the schema of the format says of it. */
  checks: z.array(ExportCheck).default([]),
  /** Guesses for the same scope in every format that could take it. */
  sizes: z.partialRecord(z.enum(exportFormats), z.int()),
});
export type ExportPlan = z.infer<typeof ExportPlan>;

/** The plan of a living lab, which also knows where to. */
export const ExportPreflight = ExportPlan.extend({
  target: z.string(),
  /** A file of that name is there and would be replaced; a folder with something in it would refuse. */
  isTaken: z.boolean(),
  /** Of the disk; null where it cannot be told. */
  freeBytes: z.number().nullable(),
});
export type ExportPreflight = z.infer<typeof ExportPreflight>;

export const ExportedFile = z.object({
  path: z.string(),
  bytes: z.int(),
  sha256: z.string(),
  /** Where a browser fetches it from this host; set by the HTTP door. */
  url: z.string().optional(),
});

export const ExportResult = z.object({
  format: z.enum(exportFormats),
  files: z.array(ExportedFile),
  neurons: z.int(),
  synapses: z.int(),
  /** What of the brain has no place in the format, in sentences. */
  lost: z.array(z.string()).default([]),
  /** Whether the files were read back and held what was meant to be in them; null when that was not asked for. */
  verified: z.boolean().nullable().default(null),
  ms: z.number(),
});
export type ExportResult = z.infer<typeof ExportResult>;

/** The files of an earlier export beside what its sidecar says of them. */
export const ExportVerification = z.object({
  format: z.enum(exportFormats),
  exportedAt: z.string().nullable(),
  /** Every file is there with its bytes, and holds what was meant to be in it. */
  isGood: z.boolean(),
  files: z.array(z.object({ path: z.string(), bytes: z.int(), problem: z.enum(["missing", "length", "checksum"]).nullable() })),
  /** What the files of the network hold; empty where a file is not as it was written. */
  counts: z.array(z.object({ what: z.string(), expected: z.number(), found: z.number(), isSame: z.boolean() })),
});
export type ExportVerification = z.infer<typeof ExportVerification>;
