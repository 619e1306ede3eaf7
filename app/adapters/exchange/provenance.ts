/** The sidecar of an export: from what, by what and with which options each file was made. */
import { readFileSync } from "node:fs";
import path from "node:path";
import type { ExportOptions } from "#contracts/commands/session.ts";
import type { ExportPart } from "#core/exchange/exchange.ts";
import type { ExportSource } from "#core/exchange/network.ts";
import { saveGenome } from "#core/genome/save.ts";
import { signaturesOf } from "#core/genome/signatures.ts";
import type { WrittenFile } from "../files/write-export.ts";

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

export function provenanceNotes({ connectome, meta, spikes }: ExportSource, options: ExportOptions, maker: Maker) {
  const { genome, dynamics } = connectome;
  return {
    brain: { id: meta.brainId, title: meta.title, rateHz: meta.rateHz },
    genome: { title: genome.title, signature: signaturesOf(saveGenome(genome, "source", 0)).genome },
    gyrus: maker.version,
    engine: maker.engine,
    dynamics,
    burst: meta.burst,
    bursts: spikes ? { first: spikes.first, last: spikes.last } : null,
    exportedAt: meta.savedAt,
    options,
  };
}

export function sidecarOf(notes: Record<string, unknown>, name: string, files: WrittenFile[]): ExportPart {
  const listed = files.map(({ path, bytes, sha256 }) => ({ name: path.split(/[\\/]/).at(-1), bytes, sha256 }));
  return { name, pieces: [`${JSON.stringify({ ...notes, files: listed }, null, 2)}\n`] };
}
