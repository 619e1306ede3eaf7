/** Lists of lists as flat columns: lengths, then the elements one after another. */

export function ascending<T>(map: ReadonlyMap<number, T>): [number, T][] {
  return [...map].sort((a, b) => a[0] - b[0]);
}

/** The pieces of a flat column, copied. */
export function slices<Column extends Uint32Array | Float32Array | Uint8Array>(sizes: Uint32Array, column: Column): Column[] {
  let end = 0;
  return Array.from(sizes, (size) => {
    end += size;
    return column.slice(end - size, end) as Column;
  });
}
