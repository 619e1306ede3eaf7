/**
 * Foreign formats a connectome can leave in, as a table: to add one, name it in `exportFormats` (contracts/exports.ts), add
 * its row to `formats.ts`, and its encoder here, or in adapters/exchange where a library writes it.
 *
 * An encoder is a generator of pieces, so that a brain of millions of synapses never stands in memory as text. The reader
 * that checks each format is not ours (README of this room).
 */
import type { ExportFormat } from "#contracts/exports.ts";
import type { SavedDialect } from "#contracts/genome.ts";
import { newestSchema } from "../genome/document.ts";
import { saveGenome } from "../genome/save.ts";
import { encodeBrain } from "./brain-file.ts";
import { encodeConnectomeFile } from "./connectome-file.ts";
import { connectomeBodyOf } from "./connectome-of-brain.ts";
import { csvOf, dictionaryOf } from "./csv.ts";
import { gexf } from "./gexf.ts";
import { gltf } from "./gltf.ts";
import { graphml } from "./graphml.ts";
import { matrixMarket } from "./matrix-market.ts";
import { neo4jCsv } from "./neo4j-csv.ts";
import { type ExportNetwork, type ExportSource, spikesIn } from "./network.ts";
import { neuromlOfBrain } from "./neuroml.ts";
import { areaTable, type ExportTable, inParts, neuronTable, spikeTable, synapseTable, traceTable } from "./tables.ts";

/**
 * One file of an export. `name` is empty for the file that was asked for; else it goes before its extension, or, where it has one of
 * its own, takes the place of it. In a folder it is the file's name.
 */
export interface ExportPart {
  name: string;
  pieces: Iterable<string | Uint8Array>;
}

type PureFormat = Exclude<ExportFormat, "arrow" | "parquet" | "sonata" | "nwb" | "nest" | "bundle">;

export interface EncodingOptions {
  dialect?: SavedDialect | undefined;
  /** ms of one burst, of formats that count time. */
  stepMs?: number | undefined;
  rowsPerFile?: number | undefined;
}

const encoders: Record<PureFormat, (source: ExportSource, network: () => ExportNetwork, options: EncodingOptions) => ExportPart[]> = {
  genome: ({ connectome, synapses }, _, { dialect = "source" }) => [
    { name: "", pieces: [saveGenome(connectome.genome, dialect, synapses.slot.length)] },
  ],
  brain: (source) => [{ name: "", pieces: [encodeBrain(source)] }],
  connectome: (source) => {
    const file = { body: connectomeBodyOf(source), modulationGroups: new Uint32Array(0) };
    return [{ name: "", pieces: [encodeConnectomeFile(file, { version: "gyrus", genomeSchema: newestSchema })] }];
  },
  graphml: (_, network) => [{ name: "", pieces: graphml(network()) }],
  gexf: (_, network) => [{ name: "", pieces: gexf(network()) }],
  mtx: (_, network) => [
    { name: "", pieces: matrixMarket(network()) },
    { name: "nodes.csv", pieces: csvOf(neuronTable(network())) },
  ],
  csv: (source, network, { rowsPerFile }) => {
    const tables = tablesOf(source, network(), true);
    return [
      ...tables.flatMap(({ name, table }) =>
        inParts(table, name, rowsPerFile).map((part) => ({ name: part.name, pieces: csvOf(part.table) })),
      ),
      { name: "dictionary", pieces: dictionaryOf(tables.map(({ table }) => table)) },
    ];
  },
  gltf: ({ connectome }, network) => [{ name: "", pieces: gltf(connectome, network()) }],
  "neo4j-csv": (_, network, { rowsPerFile }) => neo4jCsv(network(), rowsPerFile),
  neuroml: (_, network, { stepMs = 1 }) => [{ name: "", pieces: neuromlOfBrain(network(), stepMs) }],
};

/** Probes in place of the network where there are any; else its tables, and what fired. Areas are one where rows repeat theirs. */
export function tablesOf(
  { spikes, traces }: ExportSource,
  network: ExportNetwork,
  isWide: boolean,
): { name: string; table: ExportTable }[] {
  if (traces) return [{ name: "", table: traceTable(traces, network) }];
  return [
    { name: "", table: synapseTable(network, isWide) },
    { name: "neurons", table: neuronTable(network) },
    ...(isWide ? [{ name: "areas", table: areaTable(network) }] : []),
    ...(spikes ? [{ name: "spikes", table: spikeTable(spikesIn(network, spikes), network.idBase) }] : []),
  ];
}

export function isPure(format: ExportFormat): format is PureFormat {
  return format in encoders;
}

/** `network` is made once, and only where the format writes one. */
export function exportParts(
  format: PureFormat,
  source: ExportSource,
  network: () => ExportNetwork,
  options: EncodingOptions = {},
): ExportPart[] {
  return encoders[format](source, network, options);
}
