/** An export that lies on disk, found by its sidecar: whether every file is as it was written, and holds what it was written to hold. */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { z } from "zod";
import type { AbortSignalLike } from "#contracts/command.ts";
import { LabError } from "#contracts/errors.ts";
import { type ExportVerification, exportFormats } from "#contracts/exports.ts";
import { SIDECAR } from "./provenance.ts";
import { countsOf } from "./verify.ts";

/** JSON has no NaN: a sum that was none is null. */
const Sum = z
  .number()
  .nullable()
  .transform((sum) => sum ?? Number.NaN)
  .optional();
const Sidecar = z.object({
  exportedAt: z.string().optional(),
  options: z.object({ format: z.enum(exportFormats) }),
  files: z.array(z.object({ name: z.string().regex(/^[^/\\\\]+$/), part: z.string(), bytes: z.int(), sha256: z.string() })),
  tally: z.object({ neurons: Sum, synapses: Sum, weights: Sum, spikes: Sum, values: Sum, potentials: Sum }),
});

/** `place` is the file that was exported, the folder, or the sidecar itself. */
export async function verifyWritten(place: string, signal: AbortSignalLike = { aborted: false }): Promise<ExportVerification> {
  const at = await sidecarAt(path.resolve(place));
  const { exportedAt, options, files: listed, tally } = await read(at);
  const folder = path.dirname(at);
  const files: ExportVerification["files"] = [];
  for (const { name, bytes, sha256 } of listed) {
    const file = path.join(folder, name);
    files.push({ path: file, bytes, problem: await problemOf(file, bytes, sha256, signal) });
  }
  const isWhole = files.every(({ problem }) => problem === null);
  const lying = listed.map(({ part, name }) => ({ name: part, path: path.join(folder, name) }));
  const counts = isWhole ? await countsOf(options.format, tally, lying) : [];
  const isGood = isWhole && counts.every(({ isSame }) => isSame);
  return { format: options.format, exportedAt: exportedAt ?? null, isGood, files, counts };
}

async function sidecarAt(place: string): Promise<string> {
  const candidates = path.basename(place).endsWith(SIDECAR) ? [place] : [path.join(place, SIDECAR), `${place}.${SIDECAR}`];
  for (const candidate of candidates) if ((await stat(candidate).catch(() => null))?.isFile()) return candidate;
  throw new LabError(
    "E_NOT_FOUND",
    `No ${SIDECAR} lies there or beside it`,
    { path: place },
    "Name the file that was exported, its folder, or its provenance.json.",
  );
}

async function read(file: string): Promise<z.infer<typeof Sidecar>> {
  try {
    return Sidecar.parse(JSON.parse(await readFile(file, "utf8")));
  } catch (cause) {
    const advice = "Export again: only the sidecars of this version say what the files hold.";
    throw new LabError("E_INVALID", "The sidecar does not say what was written", { path: file }, advice, cause);
  }
}

async function problemOf(
  file: string,
  bytes: number,
  sha256: string,
  signal: AbortSignalLike,
): Promise<"missing" | "length" | "checksum" | null> {
  const found = await stat(file).catch(() => null);
  if (!found?.isFile()) return "missing";
  if (found.size !== bytes) return "length";
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), async (pieces) => {
    for await (const piece of pieces) {
      if (signal.aborted) throw new LabError("E_CANCELLED", "Reading the export was cancelled", { path: file });
      hash.update(piece as Buffer);
    }
  });
  return hash.digest("hex") === sha256 ? null : "checksum";
}
