import { z } from "zod";
import { type CommandTable, command, Nothing } from "../command.ts";
import { ExportedFile, ExportOptions, ExportPreflight, ExportResult, ExportVerification } from "../exports.ts";
import { Workspace } from "../workspace.ts";

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
  verifyExport: command({
    title: "Read the files of an export again and compare",
    permission: "read",
    risk: "low",
    /** The exported file, its folder, or the provenance.json beside it. */
    input: z.object({ path: z.string().min(1) }),
    output: ExportVerification,
  }),
  saveWorkspace: command({
    title: "Save a workspace file",
    permission: "write",
    risk: "low",
    /** Where none is named: into the export folder. */
    input: z.object({ workspace: Workspace, path: z.string().min(1).optional() }),
    output: ExportedFile,
  }),
  openWorkspace: command({
    title: "Read a workspace file",
    permission: "read",
    risk: "low",
    input: z.object({ path: z.string().min(1) }),
    output: Workspace,
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
    /** `optional`: nothing is amiss where it is not there. */
    output: z.object({
      checks: z.array(z.object({ name: z.string(), ok: z.boolean(), detail: z.string(), optional: z.boolean().optional() })),
    }),
  }),
} as const satisfies CommandTable;
