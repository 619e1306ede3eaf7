/**
 * Reads an export back from disk and compares what it holds with the network: neurons, synapses, and the sum of the weights.
 * Readers here are independent of the writers where a library has one; the formats of text are counted line by line.
 */
import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { createGunzip, gunzipSync } from "node:zlib";
import { RecordBatchReader } from "apache-arrow";
import type { Dataset } from "h5wasm/node";
import h5wasm from "h5wasm/node";
import { parquetMetadataAsync, parquetRead } from "hyparquet";
import { asyncBufferFromFile } from "hyparquet/src/node.js";
import type { ExportFormat } from "#contracts/commands/session.ts";
import { LabError } from "#contracts/errors.ts";
import { decodeBrain } from "#core/exchange/brain-file.ts";
import { decodeConnectomeFile } from "#core/exchange/connectome-file.ts";
import { contribution } from "#core/exchange/matrix-market.ts";
import type { ExportNetwork } from "#core/exchange/network.ts";
import { parseGenome } from "#core/genome/parse.ts";
import { edgePopulation, population } from "./sonata.ts";

/** What a reader found; a count that a format does not show is left out. */
interface Tally {
  neurons?: number;
  synapses?: number;
  weights?: number;
}

type Lying = { name: string; path: string }[];

/** Throws E_IO with what differs. */
export async function verifyExport(format: ExportFormat, network: ExportNetwork, files: Lying): Promise<void> {
  const expected: Required<Tally> = {
    neurons: network.ids.length,
    synapses: network.synapses.slot.length,
    weights:
      format === "mtx" ? sum(network.synapses.slot.length, (row) => contribution(network.synapses, row)) : sumOf(network.synapses.weight),
  };
  const found = await readers[format](new Map(files.map(({ name, path }) => [name, path])));
  for (const [what, value] of Object.entries(found) as [keyof Tally, number][]) {
    const isSame = what === "weights" ? isClose(value, expected[what]) : value === expected[what];
    if (isSame) continue;
    const details = { what, found: value, expected: expected[what] };
    throw new LabError(
      "E_IO",
      `The export was read back and holds other ${what} (${value}, not ${expected[what]})`,
      details,
      "Export again, to another disk.",
    );
  }
}

const readers: Record<ExportFormat, (paths: Map<string, string>) => Promise<Tally>> = {
  genome: async (paths) => {
    const parsed = parseGenome(new TextDecoder().decode(await whole(paths.get("")!)));
    if (!parsed.ok) throw unreadable("genome");
    return {};
  },
  brain: async (paths) => {
    decodeBrain(await whole(paths.get("")!));
    return {};
  },
  connectome: async (paths) => {
    decodeConnectomeFile(await whole(paths.get("")!));
    return {};
  },
  graphml: (paths) => elements(paths.get("")!, /<data key="weight">([^<]*)</),
  gexf: (paths) => elements(paths.get("")!, / weight="([^"]*)"/),
  mtx: async (paths) => {
    const tally = { weights: 0 };
    let row = 0;
    await eachLine(paths.get("")!, (line) => {
      if (!line.startsWith("%") && row++ > 0) tally.weights += Number(line.split(" ")[2]);
    });
    return { ...tally, neurons: (await rowsOf(paths.get("nodes.csv")!)).rows };
  },
  csv: async (paths) => {
    const { rows, total } = await rowsOf(paths.get("")!, "weight");
    return { synapses: rows, weights: total, neurons: (await rowsOf(paths.get("neurons")!)).rows };
  },
  "neo4j-csv": async (paths) => {
    let [synapses, weights, neurons] = [0, 0, 0];
    await eachLine(paths.get("synapses.csv")!, (line) => {
      synapses++;
      weights += Number(line.split(",")[3]);
    });
    await eachLine(paths.get("neurons.csv")!, () => neurons++);
    return { synapses, weights, neurons };
  },
  arrow: async (paths) => {
    const synapses = await arrowRows(paths.get("")!, "weight");
    return { synapses: synapses.rows, weights: synapses.total, neurons: (await arrowRows(paths.get("neurons")!, null)).rows };
  },
  parquet: async (paths) => {
    const synapses = await parquetRows(paths.get("")!, "weight");
    return { synapses: synapses.rows, weights: synapses.total, neurons: (await parquetRows(paths.get("neurons")!, null)).rows };
  },
  sonata: async (paths) => {
    const [nodes, edges] = [await opened(paths.get("nodes.h5")!), await opened(paths.get("edges.h5")!)];
    try {
      const weight = edges.get(`edges/${edgePopulation}/0/syn_weight`) as Dataset;
      const [synapses = 0] = weight.shape ?? [];
      let weights = 0;
      for (let start = 0; start < synapses; start += 65_536)
        weights += sumOf(weight.slice([[start, Math.min(synapses, start + 65_536)]]) as Float32Array);
      return { synapses, weights, neurons: (nodes.get(`nodes/${population}/node_id`) as Dataset).shape?.[0] ?? 0 };
    } finally {
      nodes.close();
      edges.close();
    }
  },
};

async function opened(path: string) {
  await h5wasm.ready;
  return new h5wasm.File(path, "r");
}

async function whole(path: string): Promise<Uint8Array> {
  const bytes = await readFile(path);
  return bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes;
}

async function elements(path: string, weight: RegExp): Promise<Tally> {
  const tally = { neurons: 0, synapses: 0, weights: 0 };
  await eachLine(path, (line) => {
    if (line.startsWith("<node ")) tally.neurons++;
    if (!line.startsWith("<edge ")) return;
    tally.synapses++;
    tally.weights += Number(weight.exec(line)?.[1]);
  });
  return tally;
}

/** Of a table with a header, in which cells have neither commas nor quotes. */
async function rowsOf(path: string, column?: string): Promise<{ rows: number; total: number }> {
  let [rows, total, place] = [-1, 0, -1];
  await eachLine(path, (line) => {
    if (rows++ < 0) place = column === undefined ? -1 : line.split(",").indexOf(column);
    else if (place >= 0) total += Number(line.split(",")[place]);
  });
  return { rows, total };
}

async function eachLine(path: string, take: (line: string) => void): Promise<void> {
  const stream = createReadStream(path);
  const isPacked = path.replace(/\.partial$/, "").endsWith(".gz");
  for await (const line of createInterface({ input: isPacked ? stream.pipe(createGunzip()) : stream, crlfDelay: Number.POSITIVE_INFINITY }))
    take(line);
}

async function arrowRows(path: string, column: string | null): Promise<{ rows: number; total: number }> {
  let [rows, total] = [0, 0];
  for await (const batch of await RecordBatchReader.from(createReadStream(path))) {
    rows += batch.numRows;
    if (column !== null) total += sumOf(batch.getChild(column)!.toArray() as Float32Array);
  }
  return { rows, total };
}

async function parquetRows(path: string, column: string | null): Promise<{ rows: number; total: number }> {
  const file = await asyncBufferFromFile(path);
  const metadata = await parquetMetadataAsync(file);
  const rows = Number(metadata.num_rows);
  let total = 0;
  for (let start = 0, group = 0; column !== null && group < metadata.row_groups.length; group++) {
    const rowEnd = start + Number(metadata.row_groups[group]!.num_rows);
    const onChunk = ({ columnData }: { columnData: ArrayLike<number> }) => {
      total += sumOf(columnData);
    };
    await parquetRead({ file, metadata, columns: [column], rowStart: start, rowEnd, onChunk: onChunk as never });
    start = rowEnd;
  }
  return { rows, total };
}

function sumOf(values: ArrayLike<number>): number {
  return sum(values.length, (i) => values[i]!);
}

function sum(count: number, at: (i: number) => number): number {
  let total = 0;
  for (let i = 0; i < count; i++) total += at(i);
  return total;
}

/** The same values in another order. */
function isClose(a: number, b: number): boolean {
  return a === b || Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b)) || (Number.isNaN(a) && Number.isNaN(b));
}

function unreadable(format: string): LabError {
  return new LabError("E_IO", `The export was read back and is no ${format}`, { format }, "Export again, to another disk.");
}
