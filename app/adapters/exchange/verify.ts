/**
 * Reads an export from disk and compares what it holds with what was meant to be in it: neurons, synapses, the sum of the weights, spikes,
 * potentials. Readers here are independent of the writers where a library has one; the formats of text are counted line by line.
 */
import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { createGunzip, gunzipSync } from "node:zlib";
import { LabError } from "#contracts/errors.ts";
import type { ExportFormat, ExportVerification } from "#contracts/exports.ts";
import { decodeBrain } from "#core/exchange/brain-file.ts";
import { decodeConnectomeFile } from "#core/exchange/connectome-file.ts";
import { contribution } from "#core/exchange/matrix-market.ts";
import { type ExportNetwork, type ExportSource, spikesIn } from "#core/exchange/network.ts";
import { readNpy } from "#core/exchange/npy.ts";
import { partName } from "#core/exchange/tables.ts";
import { parseGenome } from "#core/genome/parse.ts";

/** Numbers handed on at once. */
const BATCH = 4096;

/** What files hold; a count that a format does not show is left out. */
export interface Tally {
  neurons?: number | undefined;
  synapses?: number | undefined;
  /** Sum of the weights; where a format has one number for both, of weight times psp with its sign. */
  weights?: number | undefined;
  spikes?: number | undefined;
  /** Of probes: how many potentials, and their sum. */
  values?: number | undefined;
  potentials?: number | undefined;
}

/** Parts of an export by name, and where each lies. */
export type Lying = { name: string; path: string }[];

/** What an export is meant to hold. */
export function tallyOf(format: ExportFormat, network: ExportNetwork, { spikes, traces }: Pick<ExportSource, "spikes" | "traces">): Tally {
  if (traces) return { values: traces.potential.length, potentials: sumOf(traces.potential), spikes: sumOf(traces.fired) };
  const { weight, slot } = network.synapses;
  const isProduct = format === "mtx" || format === "neuroml";
  return {
    neurons: network.ids.length,
    synapses: slot.length,
    // A whole brain keeps the spikes of memory neurons too, which lie in no area.
    spikes: spikes ? (format === "bundle" ? spikes : spikesIn(network, spikes)).burst.length : 0,
    weights: isProduct ? sum(slot.length, (row) => contribution(network.synapses, row)) : sumOf(weight),
  };
}

/** Throws E_IO with what differs. */
export async function verifyTally(format: ExportFormat, expected: Tally, files: Lying): Promise<void> {
  for (const { what, found, expected: wanted, isSame } of await countsOf(format, expected, files)) {
    if (isSame) continue;
    throw new LabError(
      "E_IO",
      `The export was read back and holds other ${what} (${found}, not ${wanted})`,
      { what, found, expected: wanted },
      "Export again, to another disk.",
    );
  }
}

/** Everything the files show, beside what was expected of it. */
export async function countsOf(format: ExportFormat, expected: Tally, files: Lying): Promise<ExportVerification["counts"]> {
  const read = expected.values === undefined || format === "nwb" ? readers[format] : traceReaders[format];
  if (!read) throw unreadable(format);
  const found = await read(new Map(files.map(({ name, path }) => [name, path])));
  return (Object.entries(found) as [keyof Tally, number][]).map(([what, value]) => {
    const wanted = expected[what] ?? Number.NaN;
    const isSum = what === "weights" || what === "potentials";
    return { what, expected: wanted, found: value, isSame: isSum ? isClose(value, wanted) : value === wanted };
  });
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
    return { ...tally, neurons: await csvRows(paths.get("nodes.csv")!) };
  },
  bundle: async (paths) => {
    decodeBrain(await whole(paths.get("brain.brain")!));
    const parsed = parseGenome(new TextDecoder().decode(await whole(paths.get("genome.json")!)));
    if (!parsed.ok) throw unreadable("genome");
    const activity = paths.get("activity.parquet");
    return activity === undefined ? {} : { spikes: await (await import("./columnar.ts")).parquetRows(activity) };
  },
  csv: (paths) => tables(csvRows, paths),
  "neo4j-csv": async (paths) => {
    let [synapses, weights, neurons] = [0, 0, 0];
    for (const part of partsOf(paths, "synapses", ".csv"))
      await eachLine(part, (line) => {
        synapses++;
        weights += Number(line.split(",")[3]);
      });
    for (const part of partsOf(paths, "neurons", ".csv")) await eachLine(part, () => neurons++);
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

/** Of probes: one table, or parts of one. */
const traceReaders: Partial<Record<ExportFormat, (paths: Map<string, string>) => Promise<Tally>>> = {
  csv: (paths) => traces(csvRows, paths),
  arrow: async (paths) => traces((await import("./columnar.ts")).arrowRows, paths),
  parquet: async (paths) => traces((await import("./columnar.ts")).parquetRows, paths),
};

type RowReader = (path: string, take?: { column: string; values: (values: ArrayLike<number>) => void }) => Promise<number>;

async function tables(rowsIn: RowReader, paths: Map<string, string>): Promise<Tally> {
  const synapses = await summed(rowsIn, partsOf(paths, ""), "weight");
  const spikes = partsOf(paths, "spikes");
  return {
    ...{ synapses: synapses.rows, weights: synapses.total, neurons: (await summed(rowsIn, partsOf(paths, "neurons"))).rows },
    ...(spikes.length === 0 ? {} : { spikes: (await summed(rowsIn, spikes)).rows }),
  };
}

async function traces(rowsIn: RowReader, paths: Map<string, string>): Promise<Tally> {
  const { rows, total } = await summed(rowsIn, partsOf(paths, ""), "membrane_potential");
  return { values: rows, potentials: total };
}

async function summed(rowsIn: RowReader, files: readonly string[], column?: string): Promise<{ rows: number; total: number }> {
  let [rows, total] = [0, 0];
  const values = (some: ArrayLike<number>) => {
    total += sumOf(some);
  };
  for (const file of files) rows += await rowsIn(file, column === undefined ? undefined : { column, values });
  return { rows, total };
}

/** The files of a table, in order. */
function partsOf(paths: Map<string, string>, name: string, extension = ""): string[] {
  const files: string[] = [];
  for (let path = paths.get(`${name}${extension}`); path !== undefined; path = paths.get(`${partName(name, files.length)}${extension}`))
    files.push(path);
  return files;
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

/** Of a table with a header, in which cells that are asked for come before any with a comma in it. */
const csvRows: RowReader = async (path, take) => {
  let [rows, place] = [-1, -1];
  let batch: number[] = [];
  const hand = () => {
    take?.values(batch);
    batch = [];
  };
  await eachLine(path, (line) => {
    if (rows++ < 0) place = take ? line.split(",").indexOf(take.column) : -1;
    else if (place >= 0 && batch.push(Number(line.split(",")[place])) === BATCH) hand();
  });
  hand();
  return rows;
};

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
