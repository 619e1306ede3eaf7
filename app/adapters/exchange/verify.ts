/**
 * Reads an export back from disk and compares what it holds with the network: neurons, synapses, and the sum of the weights.
 * Readers here are independent of the writers where a library has one; the formats of text are counted line by line.
 */
import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { createGunzip, gunzipSync } from "node:zlib";
import type { ExportFormat } from "#contracts/commands/session.ts";
import { LabError } from "#contracts/errors.ts";
import { decodeBrain } from "#core/exchange/brain-file.ts";
import { decodeConnectomeFile } from "#core/exchange/connectome-file.ts";
import { contribution } from "#core/exchange/matrix-market.ts";
import { type ExportedSpikes, type ExportNetwork, spikesIn } from "#core/exchange/network.ts";
import { readNpy } from "#core/exchange/npy.ts";
import { parseGenome } from "#core/genome/parse.ts";

/** What a reader found; a count that a format does not show is left out. */
interface Tally {
  neurons?: number;
  synapses?: number;
  weights?: number;
  spikes?: number;
}

type Lying = { name: string; path: string }[];

/** Throws E_IO with what differs. */
export async function verifyExport(format: ExportFormat, network: ExportNetwork, files: Lying, spikes?: ExportedSpikes): Promise<void> {
  const expected: Required<Tally> = {
    neurons: network.ids.length,
    synapses: network.synapses.slot.length,
    spikes: spikes ? spikesIn(network, spikes).burst.length : 0,
    weights:
      format === "mtx" || format === "neuroml"
        ? sum(network.synapses.slot.length, (row) => contribution(network.synapses, row))
        : sumOf(network.synapses.weight),
  };
  await verifyTally(format, expected, files);
}

/** Of a network that no brain is behind, as of lif-delta. */
export async function verifyTally(format: ExportFormat, expected: Tally, files: Lying): Promise<void> {
  const found = await readers[format](new Map(files.map(({ name, path }) => [name, path])));
  for (const [what, value] of Object.entries(found) as [keyof Tally, number][]) {
    const isSame = what === "weights" ? isClose(value, expected.weights ?? Number.NaN) : value === expected[what];
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
    const spikes = paths.get("spikes");
    return {
      ...{ synapses: rows, weights: total, neurons: (await rowsOf(paths.get("neurons")!)).rows },
      ...(spikes === undefined ? {} : { spikes: (await rowsOf(spikes)).rows }),
    };
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
  gltf: async (paths) => {
    const bytes = await whole(paths.get("")!);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (view.getUint32(8, true) !== bytes.length) throw unreadable("gltf");
    JSON.parse(new TextDecoder().decode(bytes.subarray(20, 20 + view.getUint32(12, true))));
    return {};
  },
  nest: async (paths) => {
    const column = async (name: string) => readNpy(await whole(paths.get(`${name}.npy`)!)) ?? refuseArray(name);
    const [area, source, target, weight] = [await column("area"), await column("source"), await column("target"), await column("weight")];
    if (source.length !== target.length || source.length !== weight.length) throw unreadable("nest");
    return { neurons: area.length, synapses: source.length, weights: sumOf(weight) };
  },
  neuroml: (paths) => elements(paths.get("")!, / weight="([^"]*)"/, "<instance ", "<connectionWD "),
  // Each library is loaded when it is needed: h5wasm alone is 4 MB.
  arrow: async (paths) => tables((await import("./columnar.ts")).arrowRows, paths),
  parquet: async (paths) => tables((await import("./columnar.ts")).parquetRows, paths),
  sonata: async (paths) => (await import("./hdf5-readers.ts")).sonataTally(paths),
  nwb: async (paths) => (await import("./hdf5-readers.ts")).nwbTally(paths.get("")!),
};

type RowReader = (path: string, take?: { column: string; values: (values: ArrayLike<number>) => void }) => Promise<number>;

async function tables(rowsIn: RowReader, paths: Map<string, string>): Promise<Tally> {
  let weights = 0;
  const values = (some: ArrayLike<number>) => {
    weights += sumOf(some);
  };
  const synapses = await rowsIn(paths.get("")!, { column: "weight", values });
  const spikes = paths.get("spikes");
  return {
    ...{ synapses, weights, neurons: await rowsIn(paths.get("neurons")!) },
    ...(spikes === undefined ? {} : { spikes: await rowsIn(spikes) }),
  };
}

async function whole(path: string): Promise<Uint8Array> {
  const bytes = await readFile(path);
  return bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes;
}

async function elements(path: string, weight: RegExp, node = "<node ", edge = "<edge "): Promise<Tally> {
  const tally = { neurons: 0, synapses: 0, weights: 0 };
  await eachLine(path, (line) => {
    if (line.startsWith(node)) tally.neurons++;
    if (!line.startsWith(edge)) return;
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

function refuseArray(name: string): never {
  throw unreadable(`NumPy file of ${name}`);
}

function unreadable(format: string): LabError {
  return new LabError("E_IO", `The export was read back and is no ${format}`, { format }, "Export again, to another disk.");
}
