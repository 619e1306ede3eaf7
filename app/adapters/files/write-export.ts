/**
 * Writes the parts of an export to disk: each into `*.partial`, renamed when complete, so a path never holds half a file.
 * A failure removes what was begun. `-` writes the main part to standard output.
 */
import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { PassThrough, Readable, Transform, type Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import type { AbortSignalLike } from "#contracts/command.ts";
import { LabError } from "#contracts/errors.ts";
import type { ExportPart } from "#core/exchange/exchange.ts";

export interface WrittenFile {
  path: string;
  bytes: number;
  sha256: string;
}

/** `X.csv` with part "neurons" becomes `X.neurons.csv`; a `.gz` at the end compresses every part. */
export async function writeExport(target: string, parts: ExportPart[], signal?: AbortSignalLike): Promise<WrittenFile[]> {
  const written: WrittenFile[] = [];
  try {
    for (const part of target === "-" ? parts.slice(0, 1) : parts) {
      written.push(target === "-" ? await toStandardOutput(part) : await writeFile(partPath(target, part.name), part, signal));
    }
  } catch (cause) {
    for (const file of written) await rm(file.path, { force: true });
    if (cause instanceof LabError) throw cause;
    throw new LabError(
      "E_IO",
      `Could not write the export: ${(cause as Error).message}`,
      { path: target },
      "Choose another folder or free some space.",
      cause,
    );
  }
  return written;
}

function partPath(target: string, name: string): string {
  if (name === "") return path.resolve(target);
  const gz = target.endsWith(".gz") ? ".gz" : "";
  const bare = target.slice(0, target.length - gz.length);
  const extension = path.extname(bare);
  return path.resolve(`${bare.slice(0, bare.length - extension.length)}.${name}${extension}${gz}`);
}

async function writeFile(file: string, part: ExportPart, signal?: AbortSignalLike): Promise<WrittenFile> {
  const partial = `${file}.partial`;
  const counted = counter();
  await mkdir(path.dirname(file), { recursive: true });
  await refuseOtherThanFiles(file);
  try {
    await pipeline(
      Readable.from(pieces(part, signal)),
      file.endsWith(".gz") ? createGzip() : new PassThrough(),
      counted.stream,
      createWriteStream(partial),
    );
    await rename(partial, file);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
  return { path: file, ...counted.result() };
}

/** Renaming onto a device such as /dev/null would put an ordinary file in its place. */
async function refuseOtherThanFiles(file: string): Promise<void> {
  const there = await stat(file).catch(() => null);
  if (there === null || there.isFile()) return;
  const what = there.isDirectory() ? "a folder" : "no ordinary file";
  throw new LabError("E_IO", `The export was not written: ${file} is ${what}`, { path: file }, "Name a file.");
}

async function toStandardOutput(part: ExportPart): Promise<WrittenFile> {
  const counted = counter();
  await pipeline(Readable.from(pieces(part)), counted.stream, process.stdout as Writable, { end: false });
  return { path: "-", ...counted.result() };
}

function* pieces(part: ExportPart, signal?: AbortSignalLike): Generator<Uint8Array> {
  for (const piece of part.pieces) {
    if (signal?.aborted) throw new LabError("E_CANCELLED", "The export was cancelled", {});
    if (piece.length > 0) yield typeof piece === "string" ? Buffer.from(piece) : piece;
  }
}

function counter(): { stream: Transform; result: () => { bytes: number; sha256: string } } {
  const hash = createHash("sha256");
  let bytes = 0;
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  return { stream, result: () => ({ bytes, sha256: hash.digest("hex") }) };
}
