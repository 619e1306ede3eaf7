/**
 * Writes the files of an export to disk: each into `*.partial`, all renamed when every one of them is complete and found good, so a
 * path never holds half a file and an older export stays until its successor is whole. A failure removes what was begun.
 * `-` writes the main part to standard output.
 */
import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, readdir, rename, rm, rmdir, stat, statfs } from "node:fs/promises";
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

/** With the name of the part it holds. */
export interface WrittenPart extends WrittenFile {
  part: string;
}

/** A part that a library writes to disk by itself. */
export interface FilePart {
  name: string;
  /** Leaves a complete file at `path`; calls `tick` now and then, which gives others a turn and throws where the export was cancelled. */
  write(path: string, tick: () => Promise<void>): Promise<void>;
}

export type AnyPart = ExportPart | FilePart;

export interface WriteOptions {
  signal?: AbortSignalLike;
  /** Parts are files of a folder, the target. */
  isFolder?: boolean;
  /** Refuses to begin where the disk has less room. */
  bytes?: number;
  /** Told the bytes written so far, of all files. */
  progress?(bytes: number): void;
  /** Reads the files back under the paths they lie at for now, and throws where something is wrong. */
  inspect?(files: { name: string; path: string }[]): Promise<void>;
  /** A last part, made of what the others turned out to be; beside `X.csv` it lies as `X.csv.NAME`. */
  sidecar?(files: WrittenPart[]): ExportPart;
}

/** `X.csv` with part "neurons" becomes `X.neurons.csv`; a `.gz` at the end compresses every part. */
export async function writeExport(target: string, parts: Iterable<AnyPart>, options: WriteOptions = {}): Promise<WrittenFile[]> {
  if (target === "-") return [await toStandardOutput(parts)];
  const folder = options.isFolder ? path.resolve(target) : null;
  const begun: { name: string; partial: string; file: WrittenFile }[] = [];
  const before = () => begun.reduce((sum, { file }) => sum + file.bytes, 0);
  const staging = folder && `${folder}.partial`;
  let isStaged = false;
  const add = async (part: AnyPart, final = folder ? path.join(folder, part.name) : partPath(target, part.name)) => {
    const partial = staging ? path.join(staging, part.name) : `${final}.partial`;
    if (!folder) await refuseOtherThanFiles(final);
    const packed = !folder && final.endsWith(".gz");
    const written = { name: part.name, partial, file: { path: final, bytes: 0, sha256: "" } };
    const done = before();
    begun.push(written);
    Object.assign(written.file, await writeFile(partial, part, packed, options.signal, (bytes) => options.progress?.(done + bytes)));
  };
  try {
    if (folder && staging) {
      await refuseFullFolder(folder);
      await refuseFullFolder(staging);
      isStaged = true;
    }
    await mkdir(staging ?? path.dirname(path.resolve(target)), { recursive: true });
    await refuseSmallDisk(staging ?? path.dirname(path.resolve(target)), options.bytes ?? 0);
    for (const part of parts) await add(part);
    await options.inspect?.(begun.map(({ name, partial }) => ({ name, path: partial })));
    if (options.sidecar) {
      const last = options.sidecar(begun.map(({ name, file }) => ({ ...file, part: name })));
      await add(last, folder ? undefined : path.resolve(`${target}.${last.name}`));
    }
    if (folder && staging) {
      // It was empty, or is not there.
      await rmdir(folder).catch(() => {});
      await rename(staging, folder);
    } else for (const { partial, file } of begun) await rename(partial, file.path);
    return begun.map(({ file }) => file);
  } catch (cause) {
    if (staging && isStaged) await rm(staging, { recursive: true, force: true });
    for (const { partial } of begun) await rm(partial, { force: true });
    if (cause instanceof LabError) throw cause;
    const message = `Could not write the export: ${(cause as Error).message}`;
    throw new LabError("E_IO", message, { path: target }, "Choose another folder or free some space.", cause);
  }
}

function partPath(target: string, name: string): string {
  if (name === "") return path.resolve(target);
  const gz = target.endsWith(".gz") ? ".gz" : "";
  const bare = target.slice(0, target.length - gz.length);
  const own = path.extname(name) || path.extname(bare);
  return path.resolve(`${bare.slice(0, bare.length - path.extname(bare).length)}.${path.basename(name, path.extname(name))}${own}${gz}`);
}

async function writeFile(
  partial: string,
  part: AnyPart,
  isPacked: boolean,
  signal: AbortSignalLike | undefined,
  progress: (bytes: number) => void,
): Promise<{ bytes: number; sha256: string }> {
  const counted = counter(progress);
  if ("write" in part) {
    await part.write(partial, async () => {
      refuseCancelled(signal);
      progress((await stat(partial)).size);
      await new Promise((resolve) => setImmediate(resolve));
    });
    await pipeline(createReadStream(partial), counted.stream, async (source) => {
      for await (const _ of source) refuseCancelled(signal);
    });
  } else {
    const packer = isPacked ? createGzip() : new PassThrough();
    await pipeline(Readable.from(pieces(part, signal)), packer, counted.stream, createWriteStream(partial));
  }
  return counted.result();
}

/** Renaming onto a device such as /dev/null would put an ordinary file in its place. */
async function refuseOtherThanFiles(file: string): Promise<void> {
  const there = await stat(file).catch(() => null);
  if (there === null || there.isFile()) return;
  const what = there.isDirectory() ? "a folder" : "no ordinary file";
  throw new LabError("E_IO", `The export was not written: ${file} is ${what}`, { path: file }, "Name a file.");
}

async function refuseFullFolder(folder: string): Promise<void> {
  const there = await stat(folder).catch(() => null);
  if (there === null || (there.isDirectory() && (await readdir(folder)).length === 0)) return;
  const what = there.isDirectory() ? "a folder with something in it" : "a file";
  throw new LabError("E_IO", `The export was not written: ${folder} is ${what}`, { path: folder }, "Name a folder that is new or empty.");
}

async function refuseSmallDisk(folder: string, needed: number): Promise<void> {
  if (needed === 0) return;
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  if (free >= needed) return;
  const [needs, has] = [needed, free].map((bytes) => `${Math.ceil(bytes / 1e6).toLocaleString("en")} MB`);
  throw new LabError(
    "E_IO",
    `The export needs about ${needs}, the disk has ${has}`,
    { path: folder, needed, free },
    "Free some space or choose another disk.",
  );
}

async function toStandardOutput(parts: Iterable<AnyPart>): Promise<WrittenFile> {
  const [part] = parts;
  if (!part || "write" in part) throw new LabError("E_UNSUPPORTED", "This format cannot be written to standard output", {}, "Name a path.");
  const counted = counter(() => {});
  await pipeline(Readable.from(pieces(part)), counted.stream, process.stdout as Writable, { end: false });
  return { path: "-", ...counted.result() };
}

async function* pieces(part: ExportPart, signal?: AbortSignalLike): AsyncGenerator<Uint8Array> {
  for (const piece of part.pieces) {
    refuseCancelled(signal);
    if (piece.length > 0) yield typeof piece === "string" ? Buffer.from(piece) : piece;
  }
}

function refuseCancelled(signal?: AbortSignalLike): void {
  if (signal?.aborted) throw new LabError("E_CANCELLED", "The export was cancelled", {});
}

function counter(progress: (bytes: number) => void): { stream: Transform; result: () => { bytes: number; sha256: string } } {
  const hash = createHash("sha256");
  let bytes = 0;
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      bytes += chunk.length;
      progress(bytes);
      done(null, chunk);
    },
  });
  return { stream, result: () => ({ bytes, sha256: hash.digest("hex") }) };
}
