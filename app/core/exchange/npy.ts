/** NumPy's .npy, version 1.0: one array of one dimension, little endian (numpy.lib.format). */

const kinds = new Map<unknown, string>([
  [Float64Array, "<f8"],
  [Float32Array, "<f4"],
  [Uint32Array, "<u4"],
  [Uint8Array, "|u1"],
]);
const ALIGNMENT = 64;
const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0];

export function npy(array: Float64Array | Float32Array | Uint32Array | Uint8Array): Uint8Array[] {
  const header = `{'descr': '${kinds.get(array.constructor)}', 'fortran_order': False, 'shape': (${array.length},), }`;
  const room = Math.ceil((MAGIC.length + 2 + header.length + 1) / ALIGNMENT) * ALIGNMENT;
  const text = new TextEncoder().encode(`${header.padEnd(room - MAGIC.length - 3)}\n`);
  const bytes = new Uint8Array(room);
  bytes.set(MAGIC);
  new DataView(bytes.buffer).setUint16(MAGIC.length, text.length, true);
  bytes.set(text, MAGIC.length + 2);
  return [bytes, new Uint8Array(array.buffer, array.byteOffset, array.byteLength)];
}
