import { z } from "zod";
import { type CommandTable, command, Nothing } from "../command.ts";
import { CorticalId } from "../connectome.ts";
import { SavedDialect } from "../genome.ts";

export const exportFormats = [
  ...(["genome", "brain", "connectome"] as const),
  ...(["sonata", "graphml", "gexf", "mtx", "csv", "neo4j-csv", "arrow", "parquet", "nwb", "gltf", "nest", "neuroml"] as const),
] as const;
export type ExportFormat = (typeof exportFormats)[number];

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

/** The same from window, command line and API; the sidecar of an export keeps it. */
export const ExportOptions = z.object({
  format: z.enum(exportFormats),
  scope: ExportScope.default({}),
  /** Genome only. */
  dialect: SavedDialect.default("source"),
  /** Biological time of one burst in ms; asked for by formats that count time in seconds. */
  stepMs: z.number().positive().optional(),
  /** Bursts whose spikes go along, of formats that hold activity; sonata and nwb hold the whole recording where none are named. */
  bursts: BurstRange.optional(),
  /** Reads every file back and compares counts, sums and checksums. */
  verify: z.boolean().default(true),
});
export type ExportOptions = z.infer<typeof ExportOptions>;

/** Files are written, then read back. */
export type ExportPhase = "write" | "verify";

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

export const LabEvent = z.object({ seq: z.int(), time: z.string(), type: z.string(), source: z.string(), data: z.unknown() });
export type LabEvent = z.infer<typeof LabEvent>;

/** What the brain host takes of the machine it runs on. */
export const SystemUse = z.object({
  uptimeSeconds: z.number(),
  process: z.object({
    pid: z.int(),
    /** Resident memory, the part of it that JavaScript manages, and what it holds outside of that; bytes. */
    rssBytes: z.number(),
    heapBytes: z.number(),
    externalBytes: z.number(),
    /** Share of one core since it was last asked, and since the start at first. */
    cpuShare: z.number(),
    /** How long the event loop was held up in a hundredth of the cases since then. */
    loopDelayMs: z.number(),
  }),
  machine: z.object({ cores: z.int(), totalBytes: z.number(), availableBytes: z.number() }),
  /** Files and rings the host keeps, bytes. */
  stores: z.array(z.object({ name: z.string(), bytes: z.number(), where: z.enum(["memory", "disk"]) })),
});
export type SystemUse = z.infer<typeof SystemUse>;

export const sessionCommands = {
  export: command({
    title: "Export the brain",
    permission: "write",
    risk: "low",
    input: ExportOptions.extend({ path: z.string().optional() }),
    output: ExportResult,
  }),
  exportPlan: command({
    title: "What an export would hold and what would be lost",
    permission: "read",
    risk: "low",
    input: ExportOptions.extend({ path: z.string().optional() }),
    output: ExportPreflight,
  }),
  events: command({
    title: "Read the event log",
    permission: "read",
    risk: "low",
    input: z.object({
      after: z.int().min(0).default(0),
      limit: z.int().min(1).max(1000).default(200),
      newest: z.boolean().default(false),
    }),
    output: z.array(LabEvent),
  }),
  system: command({
    title: "What the lab takes of this machine",
    permission: "read",
    risk: "low",
    input: Nothing,
    output: SystemUse,
  }),
  doctor: command({
    title: "What is available on this machine",
    permission: "read",
    risk: "low",
    input: Nothing,
    output: z.object({ checks: z.array(z.object({ name: z.string(), ok: z.boolean(), detail: z.string() })) }),
  }),
} as const satisfies CommandTable;
