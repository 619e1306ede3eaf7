/** The sidecar of an export: from what, by what and with which options each file was made. */
import { readFileSync } from "node:fs";
import path from "node:path";
import type { ExportOptions } from "#contracts/exports.ts";
import type { ExportPart } from "#core/exchange/exchange.ts";
import type { ExportSource } from "#core/exchange/network.ts";
import { saveGenome } from "#core/genome/save.ts";
import { signaturesOf } from "#core/genome/signatures.ts";
import type { WrittenPart } from "../files/write-export.ts";

/** Who made it: version of the lab, and the engine the brain ran on. */
export interface Maker {
  version: string;
  engine: string;
}

/** Of the package whose resources these are. */
export function versionBeside(resources: string): string {
  try {
    return (JSON.parse(readFileSync(path.join(resources, "..", "package.json"), "utf8")) as { version: string }).version;
  } catch {
    return "unknown";
  }
}

export function provenanceNotes({ connectome, meta, spikes, traces }: ExportSource, options: ExportOptions, maker: Maker) {
  const { genome, dynamics } = connectome;
  const range = traces ?? spikes;
  return {
    brain: { id: meta.brainId, title: meta.title, rateHz: meta.rateHz },
    genome: { title: genome.title, signature: signaturesOf(saveGenome(genome, "source", 0)).genome },
    gyrus: maker.version,
    engine: maker.engine,
    dynamics,
    burst: meta.burst,
    bursts: range ? { first: range.first, last: range.last } : null,
    exportedAt: meta.savedAt,
    options,
  };
}

/** Of an export into a folder its name; beside a file it follows the name of that. */
export const SIDECAR = "provenance.json";

export function sidecarOf(notes: Record<string, unknown>, files: WrittenPart[]): ExportPart {
  const listed = files.map(({ path, part, bytes, sha256 }) => ({ name: path.split(/[\\/]/).at(-1), part, bytes, sha256 }));
  return { name: SIDECAR, pieces: [`${JSON.stringify({ ...notes, files: listed }, null, 2)}\n`] };
}
