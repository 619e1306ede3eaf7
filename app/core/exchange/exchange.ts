/**
 * Foreign formats a connectome can leave in, as a table: to add one, name it in `exportFormats` (contracts/commands/session.ts) and add its row.
 *
 * An encoder is a generator of pieces, so that a brain of millions of synapses never stands in memory as text. The reader
 * that checks each format is not ours (README of this room).
 */
import type { exportFormats } from "#contracts/commands/session.ts";
import type { SavedDialect } from "#contracts/genome.ts";
import type { Connectome } from "../connectome/connectome.ts";
import type { SynapseRows } from "../engine/engine.ts";
import { newestSchema } from "../genome/document.ts";
import { saveGenome } from "../genome/save.ts";
import { type BrainMeta, encodeBrain } from "./brain-file.ts";
import { encodeConnectomeFile } from "./connectome-file.ts";
import { connectomeBodyOf, lostInConnectomeFile } from "./connectome-of-brain.ts";
import { areaRows, neuronRows, synapseRows } from "./csv.ts";
import { graphml } from "./graphml.ts";

type ExportFormat = (typeof exportFormats)[number];

export interface ExportSource {
  connectome: Connectome;
  /** The living synapses, learned weights included: `engine.synapses()`. */
  synapses: SynapseRows;
  /** Complete engine state, for a brain file. */
  snapshot: Uint8Array;
  meta: BrainMeta;
  /** State of pattern memory, for a brain file. */
  memory?: Uint8Array;
  /** Stimuli and schedules that act on it. */
  stimuli?: number;
}

/** One file of an export. `name` is empty for the file that was asked for, else it goes before its extension. */
export interface ExportPart {
  name: string;
  pieces: Iterable<string | Uint8Array>;
}

export interface ExportOptions {
  /** Genome only. */
  dialect: SavedDialect;
}

interface Encoder {
  /** Of the file that was asked for. */
  extension: string;
  parts(source: ExportSource, options: ExportOptions): ExportPart[];
  /** What it has no place for though it means to hold a whole brain, in sentences for people. */
  lost?(source: ExportSource): string[];
}

const encoders: Record<ExportFormat, Encoder> = {
  genome: {
    extension: "json",
    parts: ({ connectome, synapses }, { dialect }) => [
      { name: "", pieces: [saveGenome(connectome.genome, dialect, synapses.slot.length)] },
    ],
  },
  brain: { extension: "brain", parts: (source) => [{ name: "", pieces: [encodeBrain(source)] }] },
  connectome: {
    extension: "connectome",
    parts: (source) => {
      const file = { body: connectomeBodyOf(source), modulationGroups: new Uint32Array(0) };
      return [{ name: "", pieces: [encodeConnectomeFile(file, { version: "gyrus", genomeSchema: newestSchema })] }];
    },
    lost: ({ snapshot, stimuli = 0 }) => [
      ...lostInConnectomeFile(snapshot),
      ...(stimuli === 0 ? [] : [`${stimuli} stimuli and schedules that act on it`]),
    ],
  },
  graphml: { extension: "graphml", parts: (source) => [{ name: "", pieces: graphml(source) }] },
  csv: {
    extension: "csv",
    parts: (source) => [
      { name: "", pieces: synapseRows(source) },
      { name: "neurons", pieces: neuronRows(source) },
      { name: "areas", pieces: areaRows(source.connectome) },
    ],
  },
};

export function exportExtension(format: ExportFormat): string {
  return encoders[format].extension;
}

export function exportParts(format: ExportFormat, source: ExportSource, options: ExportOptions): ExportPart[] {
  return encoders[format].parts(source, options);
}

export function exportLosses(format: ExportFormat, source: ExportSource): string[] {
  return encoders[format].lost?.(source) ?? [];
}
