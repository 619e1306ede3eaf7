/** NumPy's .npy, version 1.0: one array of one dimension, little endian (numpy.lib.format). */

type Kind = typeof Float64Array | typeof Float32Array | typeof Uint32Array | typeof Uint8Array;
const kinds = new Map<Kind, string>([
  [Float64Array, "<f8"],
  [Float32Array, "<f4"],
  [Uint32Array, "<u4"],
  [Uint8Array, "|u1"],
]);
const ALIGNMENT = 64;
const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0];

/** Reads such a file back; undefined where it is none, or not whole. */
export function readNpy(file: Uint8Array): Float64Array | Float32Array | Uint32Array | Uint8Array | undefined {
  const start = MAGIC.length + 2;
  if (file.length < start || MAGIC.some((byte, i) => file[i] !== byte)) return undefined;
  const text = start + new DataView(file.buffer, file.byteOffset).getUint16(MAGIC.length, true);
  const header = new TextDecoder().decode(file.subarray(start, text));
  const [, descr, rows] = /'descr': '([^']+)', 'fortran_order': False, 'shape': \((\d+),\)/.exec(header) ?? [];
  const [Kind] = [...kinds].find(([, name]) => name === descr) ?? [];
  if (!Kind) return undefined;
  const bytes = new Uint8Array(file.subarray(text));
  const { BYTES_PER_ELEMENT } = Kind;
  return bytes.length === Number(rows) * BYTES_PER_ELEMENT ? new Kind(bytes.buffer) : undefined;
}

export function npy(array: Float64Array | Float32Array | Uint32Array | Uint8Array): Uint8Array[] {
  const header = `{'descr': '${kinds.get(array.constructor as Kind)}', 'fortran_order': False, 'shape': (${array.length},), }`;
  const room = Math.ceil((MAGIC.length + 2 + header.length + 1) / ALIGNMENT) * ALIGNMENT;
  const text = new TextEncoder().encode(`${header.padEnd(room - MAGIC.length - 3)}\n`);
  const bytes = new Uint8Array(room);
  bytes.set(MAGIC);
  new DataView(bytes.buffer).setUint16(MAGIC.length, text.length, true);
  bytes.set(text, MAGIC.length + 2);
  return [bytes, new Uint8Array(array.buffer, array.byteOffset, array.byteLength)];
}
