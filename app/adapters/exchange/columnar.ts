/** Tables as Arrow IPC files (apache-arrow) and Parquet (hyparquet-writer), a batch at a time; unit and meaning of a column are in its metadata. */
import { createReadStream } from "node:fs";
import { gunzipSync, gzipSync } from "node:zlib";
import {
  Bool,
  type DataType,
  Dictionary,
  Field,
  Float32,
  Int32,
  makeBuilder,
  makeData,
  RecordBatch,
  RecordBatchFileWriter,
  RecordBatchReader,
  Schema,
  Struct,
  Uint8,
  Uint16,
  Uint32,
  Utf8,
  vectorFromArray,
} from "apache-arrow";
import { parquetMetadataAsync, parquetRead, type SchemaElement } from "hyparquet";
import { asyncBufferFromFile } from "hyparquet/src/node.js";
import { ByteWriter, ParquetWriter } from "hyparquet-writer";
import type { Compression } from "#contracts/exports.ts";
import type { CellType, ExportTable, TableColumn } from "#core/exchange/tables.ts";

/** Rows of a record batch or row group. */
const BATCH = 65_536;

/** Of the whole file: what it was made from. */
export type TableNotes = Readonly<Record<string, string>>;

const arrowTypes: Record<Exclude<CellType, "text">, new () => DataType> = {
  u8: Uint8,
  u16: Uint16,
  u32: Uint32,
  i32: Int32,
  f32: Float32,
  bool: Bool,
};

export function* arrowFile(table: ExportTable, notes: TableNotes): Generator<Uint8Array> {
  const writer = new QueueingWriter();
  // Texts repeat: each is written once, as a dictionary known before the first batch.
  const words = new Map(table.columns.filter(({ type }) => type === "text").map((column) => [column, distinct(column, table.rows)]));
  const types = table.columns.map((column, id) => {
    const known = words.get(column);
    return known ? new Dictionary(new Utf8(), new Uint32(), id) : new arrowTypes[column.type as Exclude<CellType, "text">]();
  });
  const dictionaries = new Map([...words].map(([column, known]) => [column, vectorFromArray([...known.keys()], new Utf8())]));
  const fields = table.columns.map(
    ({ name, unit, about }, i) =>
      new Field(
        name,
        types[i]!,
        false,
        new Map([
          ["unit", unit],
          ["meaning", about],
        ]),
      ),
  );
  const schema = new Schema(fields, new Map(Object.entries({ table: table.name, ...notes })));
  for (let start = 0; start < Math.max(1, table.rows); start += BATCH) {
    const length = Math.max(0, Math.min(BATCH, table.rows - start));
    const children = table.columns.map((column, i) => {
      const known = words.get(column);
      if (known) {
        const data = Uint32Array.from({ length }, (_, row) => known.get(column.at(start + row) as string)!);
        return makeData({ type: types[i] as Dictionary<Utf8, Uint32>, length, data, dictionary: dictionaries.get(column)! });
      }
      const builder = makeBuilder({ type: types[i]!, nullValues: null });
      for (let row = 0; row < length; row++) builder.append(column.at(start + row));
      return builder.finish().flush();
    });
    writer.write(new RecordBatch(schema, makeData({ type: new Struct(fields), length, nullCount: 0, children })));
    yield* writer.take();
  }
  writer.finish();
  yield* writer.take();
}

/** Hands out what the library has encoded so far. */
class QueueingWriter extends RecordBatchFileWriter {
  #queue: Uint8Array[] = [];

  protected override _write(chunk: ArrayBufferView): this {
    if (!this._started) return this;
    const bytes = new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength).slice();
    if (bytes.length === 0) return this;
    this.#queue.push(bytes);
    this._position += bytes.length;
    return this;
  }

  take(): Uint8Array[] {
    const queue = this.#queue;
    this.#queue = [];
    return queue;
  }
}

function distinct(column: TableColumn, rows: number): Map<string, number> {
  const known = new Map<string, number>();
  for (let row = 0; row < rows; row++) {
    const text = column.at(row) as string;
    if (!known.has(text)) known.set(text, known.size);
  }
  return known;
}

const parquetTypes: Record<CellType, Omit<SchemaElement, "name">> = {
  u8: { type: "INT32", converted_type: "UINT_8" },
  u16: { type: "INT32", converted_type: "UINT_16" },
  u32: { type: "INT32", converted_type: "UINT_32" },
  i32: { type: "INT32" },
  f32: { type: "FLOAT" },
  bool: { type: "BOOLEAN" },
  text: { type: "BYTE_ARRAY", converted_type: "UTF8" },
};

const codecs = { none: "UNCOMPRESSED", gzip: "GZIP", snappy: "SNAPPY" } as const;

export function* parquetFile(table: ExportTable, notes: TableNotes, compression: Compression = "snappy"): Generator<Uint8Array> {
  const bytes = new DrainedWriter();
  const schema: SchemaElement[] = [
    { name: table.name, num_children: table.columns.length },
    ...table.columns.map(({ name, type }) => ({ name, repetition_type: "REQUIRED" as const, ...parquetTypes[type] })),
  ];
  const columns = Object.fromEntries(table.columns.map(({ name, unit, about }) => [name, { unit, meaning: about }]));
  const kvMetadata = Object.entries({ table: table.name, columns: JSON.stringify(columns), ...notes }).map(([key, value]) => ({
    key,
    value,
  }));
  const packing = { codec: codecs[compression], compressors: { GZIP: (page: Uint8Array) => gzipSync(page) } };
  const writer = new ParquetWriter({ writer: bytes, schema, kvMetadata, createdBy: "Gyrus", ...packing });
  for (let start = 0; start < table.rows; start += BATCH) {
    const length = Math.min(BATCH, table.rows - start);
    const columnData = table.columns.map(({ name, type, at }) => ({ name, data: parquetCells(type, length, (row) => at(start + row)) }));
    writer.write({ columnData, rowGroupSize: BATCH });
    yield bytes.take();
  }
  writer.finish();
  yield bytes.take();
}

/** Unsigned numbers go as the signed ones of the same bits, which is how Parquet stores them. */
function parquetCells(type: CellType, length: number, at: (row: number) => number | boolean | string) {
  if (type === "text" || type === "bool") return Array.from({ length }, (_, row) => at(row));
  const cells = type === "f32" ? new Float32Array(length) : new Int32Array(length);
  for (let row = 0; row < length; row++) cells[row] = at(row) as number;
  return cells;
}

class DrainedWriter extends ByteWriter {
  take(): Uint8Array {
    const bytes = new Uint8Array(this.buffer, 0, this.index).slice();
    this.index = 0;
    return bytes;
  }
}

/** Where the values of a column go, some at a time. */
interface Taking {
  column: string;
  values(values: ArrayLike<number>): void;
}

/** The rows of a file; `take` gets the values of a column on the way. */
export async function arrowRows(path: string, take?: Taking): Promise<number> {
  let rows = 0;
  for await (const batch of await RecordBatchReader.from(createReadStream(path))) {
    rows += batch.numRows;
    take?.values(batch.getChild(take.column)!.toArray() as Float32Array);
  }
  return rows;
}

const compressors = { GZIP: (page: Uint8Array) => new Uint8Array(gunzipSync(page)) };

export async function parquetRows(path: string, take?: Taking): Promise<number> {
  const file = await asyncBufferFromFile(path);
  const metadata = await parquetMetadataAsync(file);
  if (!take) return Number(metadata.num_rows);
  let start = 0;
  for (const group of metadata.row_groups) {
    const rowEnd = start + Number(group.num_rows);
    const onChunk = ({ columnData }: { columnData: ArrayLike<unknown> }) => take.values(columnData as ArrayLike<number>);
    await parquetRead({ file, metadata, columns: [take.column], rowStart: start, rowEnd, onChunk, compressors });
    start = rowEnd;
  }
  return start;
}
