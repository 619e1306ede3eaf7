/**
 * The container of a snapshot (contracts/snapshot.ts): sections to bytes and back, whatever they are.
 *
 * Canonical: sections in ascending id, each at the next multiple of 8, gaps zero, one form of NaN, the xxHash64 last. Decoding
 * accepts nothing else.
 */
import { LabError } from "#contracts/errors.ts";
import { SNAPSHOT_MAGIC, SNAPSHOT_VERSION, snapshotEntryBytes, snapshotHeaderBytes } from "#contracts/snapshot.ts";
import { xxHash64 } from "../hash.ts";

export type Column = Float64Array | Float32Array | Uint32Array | Uint16Array | Uint8Array;
type ColumnType = new (buffer: ArrayBuffer, byteOffset: number, length: number) => Column;

/** A kind of section; lists of them ascend by id. */
export interface Section<Name extends string> {
  name: Name;
  id: number;
  type: ColumnType & { readonly BYTES_PER_ELEMENT: number };
  /** Left out when it has no element, or only zeros; never left out where this is undefined. */
  absent?: "empty" | "zero" | undefined;
}

export interface Sealed<Name extends string> {
  mode: number;
  burst: number;
  columns: Record<Name, Column>;
}

const NAN_BITS = 0x7fc00000;
const NAN_BITS_64 = 0x7ff80000;

export function refuseSnapshot(reason: string, details: Record<string, unknown> = {}): never {
  throw new LabError("E_NETWORK", `The snapshot was refused: ${reason}`, { reason, ...details });
}

/** The mode word, which says which sections to expect; undefined where there is none. */
export function modeOf(snapshot: Uint8Array): number | undefined {
  if (snapshot.length < snapshotHeaderBytes) return undefined;
  return new DataView(snapshot.buffer, snapshot.byteOffset).getUint32(12, true);
}

function isAbsent({ absent }: Section<string>, column: Column): boolean {
  return absent !== undefined && (column.length === 0 || (absent === "zero" && (column as Uint8Array).every((value) => value === 0)));
}

export function seal<Name extends string>(all: readonly Section<Name>[], { mode, burst, columns }: Sealed<Name>): Uint8Array {
  const sections = all.filter((section) => !isAbsent(section, columns[section.name]));
  let end = snapshotHeaderBytes + snapshotEntryBytes * sections.length;
  const offsets = sections.map(({ name }) => {
    const offset = end;
    end = aligned(end + columns[name].byteLength);
    return offset;
  });
  const bytes = new Uint8Array(end + 8);
  const view = new DataView(bytes.buffer);
  [SNAPSHOT_MAGIC, SNAPSHOT_VERSION, sections.length, mode, burst, 0].forEach((word, i) => {
    view.setUint32(i * 4, word, true);
  });
  sections.forEach(({ name, id, type }, i) => {
    const column = columns[name];
    const entry = snapshotHeaderBytes + snapshotEntryBytes * i;
    const offset = offsets[i]!;
    view.setUint32(entry, id, true);
    view.setUint32(entry + 4, type.BYTES_PER_ELEMENT, true);
    view.setBigUint64(entry + 8, BigInt(offset), true);
    view.setBigUint64(entry + 16, BigInt(column.byteLength), true);
    bytes.set(new Uint8Array(column.buffer, column.byteOffset, column.byteLength), offset);
    if (column instanceof Float32Array) writeNaNs(bytes, offset, column);
    if (column instanceof Float64Array) writeWideNaNs(bytes, offset, column);
  });
  view.setBigUint64(end, xxHash64(bytes.subarray(0, end)), true);
  return bytes;
}

export function unseal<Name extends string>(
  sections: readonly Section<Name>[],
  snapshot: Uint8Array,
  isMode: (mode: number) => boolean,
): Sealed<Name> {
  const least = snapshotHeaderBytes + snapshotEntryBytes * sections.filter(({ absent }) => absent === undefined).length;
  if (snapshot.length < least + 8) refuseSnapshot("it is too short to be one", { bytes: snapshot.length });
  // Columns are read as views, which need their element's alignment.
  const bytes = snapshot.byteOffset % 8 === 0 ? snapshot : snapshot.slice();
  const buffer = bytes.buffer as ArrayBuffer;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0, true) !== SNAPSHOT_MAGIC) refuseSnapshot("it does not begin as one");
  if (view.getUint32(4, true) !== SNAPSHOT_VERSION) refuseSnapshot("its version is unknown", { version: view.getUint32(4, true) });
  const hash = xxHash64(bytes.subarray(0, bytes.length - 8));
  if (view.getBigUint64(bytes.length - 8, true) !== hash) refuseSnapshot("its checksum does not match: it is truncated or damaged");
  const count = view.getUint32(8, true);
  const head = snapshotHeaderBytes + snapshotEntryBytes * count;
  if (count > sections.length || head < least || head + 8 > snapshot.length)
    refuseSnapshot("it has another number of sections", { sections: count });
  const mode = view.getUint32(12, true);
  if (!isMode(mode)) refuseSnapshot("its mode is unknown", { mode });
  if (view.getUint32(20, true) !== 0) refuseSnapshot("a reserved word is not zero");

  let end = head;
  const columns: Partial<Record<Name, Column>> = {};
  let present = 0;
  for (const section of sections) {
    const { name, id, type, absent } = section;
    const entry = snapshotHeaderBytes + snapshotEntryBytes * present;
    if (present === count || view.getUint32(entry, true) !== id) {
      if (absent === undefined) refuseSnapshot("a section is missing or out of order", { section: name });
      columns[name] = new type(new ArrayBuffer(0), 0, 0);
      continue;
    }
    present++;
    if (view.getUint32(entry + 4, true) !== type.BYTES_PER_ELEMENT) refuseSnapshot("a section has another element size", { section: name });
    if (view.getBigUint64(entry + 8, true) !== BigInt(end)) refuseSnapshot("a section is not where it belongs", { section: name });
    const length = Number(view.getBigUint64(entry + 16, true));
    if (length > bytes.length - 8 - end) refuseSnapshot("a section reaches past the end", { section: name });
    if (length % type.BYTES_PER_ELEMENT !== 0) refuseSnapshot("a section holds part of an element", { section: name });
    const column = new type(buffer, bytes.byteOffset + end, length / type.BYTES_PER_ELEMENT).slice();
    if (isAbsent(section, column)) refuseSnapshot("a section without content is not left out", { section: name });
    columns[name] = column;
    const next = aligned(end + length);
    for (let at = end + length; at < next; at++) if (bytes[at] !== 0) refuseSnapshot("a gap is not zero", { section: name });
    end = next;
  }
  if (present !== count) refuseSnapshot("it has a section that is unknown or out of order");
  if (end !== bytes.length - 8) refuseSnapshot("it has bytes that belong to no section", { bytes: bytes.length - 8 - end });
  return { mode, burst: view.getUint32(16, true), columns: columns as Record<Name, Column> };
}

/** Refuses the first element of a section that does not hold. */
export function each<Columns extends Record<string, Column>>(
  columns: Columns,
  section: keyof Columns & string,
  holds: (value: number, i: number) => boolean,
  reason: string,
): void {
  const column = columns[section]!;
  for (let i = 0; i < column.length; i++) if (!holds(column[i]!, i)) refuseSnapshot(reason, { section, at: i });
}

function aligned(offset: number): number {
  return Math.ceil(offset / 8) * 8;
}

/** Writes every NaN with the same bits. */
function writeNaNs(bytes: Uint8Array, offset: number, column: Float32Array): void {
  const words = new Uint32Array(bytes.buffer, offset, column.length);
  for (let i = 0; i < column.length; i++) if (Number.isNaN(column[i])) words[i] = NAN_BITS;
}

function writeWideNaNs(bytes: Uint8Array, offset: number, column: Float64Array): void {
  const words = new Uint32Array(bytes.buffer, offset, column.length * 2);
  for (let i = 0; i < column.length; i++) if (Number.isNaN(column[i])) words.set([0, NAN_BITS_64], i * 2);
}
