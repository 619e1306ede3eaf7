/** HDF5 through h5wasm: files written slice by slice, so that no column stands in memory as a whole. */
import h5wasm, { type Dataset, type Group } from "h5wasm/node";

/** Elements written at once, and in a chunk of the file. */
const SLICE = 65_536;
const GZIP_LEVEL = 6;

/** Gives others a turn; throws where the export was cancelled. */
export type Tick = () => Promise<void>;

/** Leaves a complete file, closed whatever happens. */
export async function written(path: string, fill: (file: Group) => Promise<void>): Promise<void> {
  await h5wasm.ready;
  const file = new h5wasm.File(path, "w");
  try {
    await fill(file);
    file.flush();
  } finally {
    file.close();
  }
}

/** ASCII that ends with a zero: libsonata chokes on the padded UTF-8 that h5wasm writes else, in enumerations too. */
export function text(of: Dataset | Group, name: string, value: string): void {
  of.create_attribute(name, value, [], "A");
}

export type Dtype = "<Q" | "<q" | "<I" | "<H" | "<B" | "<f" | "<d";
const arrays = { "<I": Uint32Array, "<H": Uint16Array, "<B": Uint8Array, "<f": Float32Array, "<d": Float64Array } as const;

export async function column(
  parent: Group,
  name: string,
  rows: number,
  dtype: Dtype,
  at: (row: number) => number,
  tick: Tick,
  unit = "",
  gzip = false,
): Promise<Dataset> {
  const made = await sliced(parent, name, [rows], dtype, (row) => at(row), tick, gzip);
  if (unit !== "") text(made, "units", unit);
  return made;
}

export async function pairs(parent: Group, name: string, rows: number, at: (row: number) => [number, number], tick: Tick): Promise<void> {
  await sliced(parent, name, [rows, 2], "<Q", (cell) => at(cell >> 1)[cell & 1]!, tick);
}

/** A dataset that grows slice by slice; `at` is asked for every cell, row by row. */
async function sliced(
  parent: Group,
  name: string,
  [rows, width = 1]: number[],
  dtype: Dtype,
  at: (cell: number) => number,
  tick: Tick,
  gzip = false,
): Promise<Dataset> {
  const dims = (from: number) => (width === 1 ? [from] : [from, width]);
  const isWide = dtype === "<Q" || dtype === "<q";
  const values = (start: number, end: number) => {
    const cells = (end - start) * width;
    // 64 bits as pairs of u32: converting each number to a BigInt takes longer than writing it.
    const array = isWide ? new Uint32Array(cells * 2) : new arrays[dtype](cells);
    const stride = isWide ? 2 : 1;
    for (let cell = 0; cell < cells; cell++) array[cell * stride] = at(start * width + cell);
    if (!isWide) return array;
    return dtype === "<Q" ? new BigUint64Array(array.buffer) : new BigInt64Array(array.buffer);
  };
  const first = Math.min(rows!, SLICE);
  const chunks = dims(Math.max(1, first));
  const maxshape = width === 1 ? [null] : [null, width];
  const made = parent.create_dataset({
    name,
    data: values(0, first),
    shape: dims(first),
    dtype,
    maxshape,
    chunks,
    ...(gzip && { compression: "gzip" as const, compression_opts: [GZIP_LEVEL] }),
  });
  if (rows! > first) made.resize(dims(rows!));
  for (let start = first; start < rows!; start += SLICE) {
    const end = Math.min(rows!, start + SLICE);
    made.write_slice(
      width === 1
        ? [[start, end]]
        : [
            [start, end],
            [0, width],
          ],
      values(start, end),
    );
    await tick();
  }
  await tick();
  return made;
}
