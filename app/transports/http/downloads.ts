/**
 * Files this host exported, offered for download under an unguessable number: who was told the address may fetch the file,
 * so a plain link works and nothing else of the disk can be reached.
 */
import { randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import type { Readable } from "node:stream";
import type { z } from "zod";
import { timeCommands } from "#contracts/commands/time.ts";
import { LabError } from "#contracts/errors.ts";
import { type ExportedFile, ExportResult } from "#contracts/exports.ts";

/** Newest exports kept; older addresses answer "not found". */
const kept = 1000;

export interface Downloads {
  /** Adds `url` to the files of an export; any other answer passes as it is. */
  dress(name: string, output: unknown): unknown;
  open(id: string): Promise<{ name: string; bytes: number; stream: Readable }>;
}

export function createDownloads(): Downloads {
  const paths = new Map<string, string>();
  return {
    dress(name, output) {
      const results: Record<string, z.ZodType<{ files: z.infer<typeof ExportedFile>[] }>> = {
        "session.export": ExportResult,
        "time.keep": timeCommands.keep.output,
      };
      const shape = results[name];
      if (shape === undefined) return output;
      const result = shape.parse(output);
      const files = result.files.map((file) => {
        const id = randomBytes(16).toString("hex");
        paths.set(id, file.path);
        if (paths.size > kept) paths.delete(paths.keys().next().value as string);
        return { ...file, url: `/v1/files/${id}` };
      });
      return { ...result, files };
    },
    async open(id) {
      const path = paths.get(id);
      const gone = () => new LabError("E_NOT_FOUND", "No such exported file", { id }, "Export it again.");
      if (path === undefined) throw gone();
      const found = await stat(path).catch(() => null);
      if (!found?.isFile()) throw gone();
      return { name: basename(path), bytes: found.size, stream: createReadStream(path) };
    },
  };
}
