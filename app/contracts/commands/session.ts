import { z } from "zod";
import { type CommandTable, command, Nothing } from "../command.ts";
import { SavedDialect } from "../genome.ts";

export const exportFormats = ["genome", "brain", "connectome", "graphml", "csv"] as const;

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
  /** What of the brain a format that means to hold all of it has no place for, in sentences. */
  lost: z.array(z.string()).default([]),
  ms: z.number(),
});
export type ExportResult = z.infer<typeof ExportResult>;

export const LabEvent = z.object({ seq: z.int(), time: z.string(), type: z.string(), source: z.string(), data: z.unknown() });
export type LabEvent = z.infer<typeof LabEvent>;

export const sessionCommands = {
  export: command({
    title: "Export the brain",
    permission: "write",
    risk: "low",
    input: z.object({
      format: z.enum(exportFormats),
      path: z.string().optional(),
      dialect: SavedDialect.default("source"),
    }),
    output: ExportResult,
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
  doctor: command({
    title: "What is available on this machine",
    permission: "read",
    risk: "low",
    input: Nothing,
    output: z.object({ checks: z.array(z.object({ name: z.string(), ok: z.boolean(), detail: z.string() })) }),
  }),
} as const satisfies CommandTable;
