/** xxHash64, the hash of engine states and memory patterns. */
import xxhash from "xxhash-wasm";

const { create64 } = await xxhash();
/** The hash module keeps a copy of what it is given: pieces bound that copy. */
const PIECE = 1 << 20;

export function xxHash64(bytes: Uint8Array): bigint {
  const hash = create64(0n);
  for (let at = 0; at < bytes.length; at += PIECE) hash.update(bytes.subarray(at, at + PIECE));
  return hash.digest();
}
