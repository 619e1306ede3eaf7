/**
 * The container of our own files: named sections behind one checksum.
 *
 * Little endian. Header of 32 bytes: 8 bytes of magic, u32 version, u32 section count, u64 file bytes, u64 xxHash64 (seed 0) of all
 * bytes after the header. Then per section {8 bytes ASCII name padded with zeros, u64 offset, u64 length}, then the sections, each at
 * a multiple of 8, so that columns in them can be read as views.
 */
import { xxHash64 } from "../engine/hash.ts";

const headerBytes = 32;
const entryBytes = 24;

/** `magic` is eight bytes. */
export interface Container {
  magic: string;
  version: number;
}

/** Throws; says why a file is none of this kind, or a damaged one. */
export type Refuse = (reason: string, details?: Record<string, unknown>) => never;

export function hasMagic(bytes: Uint8Array, magic: string): boolean {
  return new TextDecoder("latin1").decode(bytes.subarray(0, 8)) === magic;
}

export function packSections({ magic, version }: Container, sections: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const named = Object.entries(sections);
  let end = headerBytes + entryBytes * named.length;
  const offsets = named.map(([, section]) => {
    const offset = end;
    end = Math.ceil((end + section.length) / 8) * 8;
    return offset;
  });
  const bytes = new Uint8Array(end);
  const view = new DataView(bytes.buffer);
  const ascii = (text: string, at: number) => bytes.set(new TextEncoder().encode(text), at);
  ascii(magic, 0);
  view.setUint32(8, version, true);
  view.setUint32(12, named.length, true);
  view.setBigUint64(16, BigInt(end), true);
  named.forEach(([name, section], i) => {
    const entry = headerBytes + entryBytes * i;
    ascii(name, entry);
    view.setBigUint64(entry + 8, BigInt(offsets[i] as number), true);
    view.setBigUint64(entry + 16, BigInt(section.length), true);
    bytes.set(section, offsets[i]);
  });
  view.setBigUint64(24, xxHash64(bytes.subarray(headerBytes)), true);
  return bytes;
}

/** The sections by name, as views of bytes that begin with the magic. `needed` must all be there. */
export function unpackSections<N extends string>(
  { magic, version }: Container,
  given: Uint8Array,
  needed: readonly N[],
  refuse: Refuse,
): Record<N, Uint8Array> & Partial<Record<string, Uint8Array>> {
  if (given.length < headerBytes || !hasMagic(given, magic)) refuse("it does not begin as one");
  // Engine columns are read as views, which need their element's alignment.
  const bytes = given.byteOffset % 8 === 0 ? given : given.slice();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found = view.getUint32(8, true);
  if (found !== version) refuse("its version is unknown to this Gyrus", { version: found });
  if (view.getBigUint64(16, true) !== BigInt(bytes.length)) refuse("it is truncated", { bytes: bytes.length });
  if (view.getBigUint64(24, true) !== xxHash64(bytes.subarray(headerBytes))) refuse("its checksum does not match: it is damaged");
  const sections: Record<string, Uint8Array> = {};
  for (let i = 0; i < view.getUint32(12, true); i++) {
    const entry = headerBytes + entryBytes * i;
    const name = new TextDecoder("latin1").decode(bytes.subarray(entry, entry + 8)).replace(/\0+$/, "");
    const offset = Number(view.getBigUint64(entry + 8, true));
    const length = Number(view.getBigUint64(entry + 16, true));
    if (offset + length > bytes.length) refuse("a section reaches past the end", { section: name });
    sections[name] = bytes.subarray(offset, offset + length);
  }
  for (const name of needed) if (!sections[name]) refuse("a section is missing", { section: name });
  return sections as Record<N, Uint8Array> & Partial<Record<string, Uint8Array>>;
}
