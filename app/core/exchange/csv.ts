/** Comma-separated tables (RFC 4180): one header row, then one row an item; and the dictionary that says what each column means. */
import type { ExportTable } from "./tables.ts";

/** Rows gathered into one piece before it is handed over. */
const ROWS = 4096;

export function* csvOf({ columns, rows }: ExportTable): Generator<string> {
  yield `${columns.map(({ name }) => name).join(",")}\n`;
  const cells = columns.map(({ at, type }) => (type === "text" ? (row: number) => quoted(String(at(row))) : at));
  yield* batched(rows, (row) => {
    let line = String(cells[0]!(row));
    for (let i = 1; i < cells.length; i++) line += `,${cells[i]!(row)}`;
    return `${line}\n`;
  });
}

/** One row a column of these tables: table, column, type, unit, meaning. */
export function* dictionaryOf(tables: readonly ExportTable[]): Generator<string> {
  yield "table,column,type,unit,meaning\n";
  for (const { name: table, columns } of tables)
    for (const { name, type, unit, about } of columns) yield `${[table, name, type, unit, about].map(quoted).join(",")}\n`;
}

/** Quotes what would break a row; a quote inside is doubled. */
export function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function* batched(count: number, row: (i: number) => string): Generator<string> {
  for (let start = 0; start < count; start += ROWS) {
    let piece = "";
    for (let i = start; i < Math.min(count, start + ROWS); i++) piece += row(i);
    yield piece;
  }
}
