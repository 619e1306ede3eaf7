/** Files a person names, and the genomes that come with the product. */
import { createReadStream } from "node:fs";
import { readdir, readFile, stat, statfs } from "node:fs/promises";
import path from "node:path";
import { createGunzip } from "node:zlib";
import { LabError } from "#contracts/errors.ts";
import type { LabFiles } from "#services/ports.ts";
import { exportBrain } from "../exchange/export-brain.ts";
import { readForeign, readForeignText } from "../exchange/foreign-file.ts";
import { versionBeside } from "../exchange/provenance.ts";
import { verifyWritten } from "../exchange/verify-written.ts";
import { writeExport } from "./write-export.ts";

/** `resources` is the folder that holds genomes/ and templates/. */
export function createLabFiles(resources: string): LabFiles {
  return {
    read,
    foreign: (source, limits) => ("path" in source ? readForeign(source.path, limits) : readForeignText(source.text, source.name, limits)),
    samples: () => genomesIn(path.join(resources, "genomes")),
    templates: () => genomesIn(path.join(resources, "templates")),
    room,
    write: (target, parts) => writeExport(target, parts),
    verifyExport: verifyWritten,
    exportBrain: ({ engine, ...order }) => exportBrain({ ...order, maker: { version: versionBeside(resources), engine } }),
  };
}

async function genomesIn(folder: string): Promise<{ name: string; path: string; bytes: Uint8Array }[]> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith(".json")).sort();
  return Promise.all(
    names.map(async (name) => {
      const file = path.join(folder, name);
      return { name: path.basename(name, ".json"), path: file, bytes: new Uint8Array(await readFile(file)) };
    }),
  );
}

async function read(file: string, maxBytes: number): Promise<Uint8Array> {
  try {
    const found = await stat(file);
    // A device or a pipe may never end.
    if (!found.isFile()) throw notAFile(file, found.isDirectory() ? "a folder" : "no ordinary file");
    if (found.size > maxBytes) throw tooLarge(file, maxBytes);
    if (!file.endsWith(".gz")) return new Uint8Array(await readFile(file));
    const pieces: Uint8Array[] = [];
    let bytes = 0;
    for await (const piece of createReadStream(file).pipe(createGunzip()) as AsyncIterable<Uint8Array>) {
      bytes += piece.length;
      // A packed file may unpack to any size.
      if (bytes > maxBytes) throw tooLarge(file, maxBytes);
      pieces.push(piece);
    }
    return new Uint8Array(Buffer.concat(pieces));
  } catch (error) {
    if (error instanceof LabError) throw error;
    if (isMissing(error)) throw new LabError("E_NOT_FOUND", "There is no such file", { path: file }, "Check its path.", error);
    throw new LabError("E_IO", `The file cannot be read: ${reasonOf(error)}`, { path: file }, "Check its permissions.", error);
  }
}

async function room(target: string): Promise<{ isTaken: boolean; freeBytes: number | null }> {
  const there = await stat(target).catch(() => null);
  const isTaken = there !== null && !(there.isDirectory() && (await readdir(target)).length === 0);
  for (let folder = path.resolve(target); ; folder = path.dirname(folder)) {
    const disk = await statfs(folder).catch(() => null);
    if (disk) return { isTaken, freeBytes: disk.bavail * disk.bsize };
    if (folder === path.dirname(folder)) return { isTaken, freeBytes: null };
  }
}

function isMissing(error: unknown): boolean {
  return ["ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "");
}

/** The usual mistakes in words; what is rare as the system says it. */
function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "EACCES" || code === "EPERM") return "this user may not read it";
  return message;
}

function notAFile(file: string, what: string): LabError {
  return new LabError("E_IO", `The file cannot be read: ${file} is ${what}`, { path: file }, "Choose a genome or brain file.");
}

function tooLarge(file: string, maxBytes: number): LabError {
  return new LabError("E_IO", `The file is larger than ${maxBytes >> 20} MiB`, { path: file, maxBytes }, "Choose a smaller file.");
}
