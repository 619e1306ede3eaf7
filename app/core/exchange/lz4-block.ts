/**
 * One raw LZ4 block. A block is sequences of [token, literals, u16 offset, match]; the last has literals only. Layout and end
 * conditions: LZ4 block format description, https://github.com/lz4/lz4/blob/dev/doc/lz4_Block_format.md
 */

const SHORTEST_MATCH = 4;
/** The last bytes of a block are literals, and no match begins in the stretch before its end. */
const LAST_LITERALS = 5;
const NO_MATCH_FROM_END = 12;
const FARTHEST = 0xffff;
const HASH_BITS = 16;
const LONGEST_STEP = 15;
/** Bytes of input one block may hold. */
export const LZ4_MOST_BYTES = 0x7e000000;

/** Finds each match by the last place with the same hash of four bytes. */
export function lz4Compress(input: Uint8Array): Uint8Array {
  const output = new Uint8Array(input.length + Math.ceil(input.length / 255) + 16);
  const view = new DataView(input.buffer, input.byteOffset, input.byteLength);
  const places = new Int32Array(1 << HASH_BITS).fill(-1);
  const matchEnd = input.length - LAST_LITERALS;
  let at = 0;
  let literals = 0;
  let out = 0;
  let misses = 0;
  while (at <= input.length - NO_MATCH_FROM_END - 1) {
    const word = view.getUint32(at, true);
    const hash = Math.imul(word, 2654435761) >>> (32 - HASH_BITS);
    const found = places[hash]!;
    places[hash] = at;
    if (found < 0 || at - found > FARTHEST || view.getUint32(found, true) !== word) {
      // What does not compress is passed over faster the longer it lasts.
      at += 1 + Math.min(misses++ >> 6, LONGEST_STEP);
      continue;
    }
    let length = SHORTEST_MATCH;
    while (at + length < matchEnd && input[at + length] === input[found + length]) length++;
    out = writeSequence(output, out, input.subarray(literals, at), length - SHORTEST_MATCH);
    output[out++] = (at - found) & 0xff;
    output[out++] = (at - found) >> 8;
    if (length - SHORTEST_MATCH >= 15) out = writeRun(output, out, length - SHORTEST_MATCH - 15);
    at += length;
    literals = at;
    misses = 0;
  }
  out = writeSequence(output, out, input.subarray(literals), 0);
  return output.subarray(0, out);
}

/** Undefined unless the block decodes to exactly `size` bytes. */
export function lz4Decompress(block: Uint8Array, size: number): Uint8Array | undefined {
  const output = new Uint8Array(size);
  let at = 0;
  let out = 0;
  const runOf = (nibble: number): number => {
    let run = nibble;
    for (let byte = 255; nibble === 15 && byte === 255; run += byte) {
      // Past the end the run grows beyond what is left, and is refused as too long.
      byte = block[at++] ?? 254;
      if (at > block.length) return Number.POSITIVE_INFINITY;
    }
    return run;
  };
  while (at < block.length) {
    const token = block[at++]!;
    const literals = runOf(token >> 4);
    if (literals > block.length - at || literals > size - out) return undefined;
    output.set(block.subarray(at, at + literals), out);
    at += literals;
    out += literals;
    if (at === block.length) return out === size ? output : undefined;
    if (at + 2 > block.length) return undefined;
    const offset = block[at]! | (block[at + 1]! << 8);
    at += 2;
    const match = runOf(token & 15) + SHORTEST_MATCH;
    if (offset === 0 || offset > out || match > size - out) return undefined;
    // A match may reach into what it writes, so it is copied no further than its offset at a time.
    for (let done = 0; done < match; ) {
      const piece = Math.min(offset + done, match - done);
      output.copyWithin(out + done, out - offset, out - offset + piece);
      done += piece;
    }
    out += match;
  }
  return undefined;
}

/** Token and literals; offset and the rest of the match length follow, but after the last. */
function writeSequence(output: Uint8Array, from: number, literals: Uint8Array, match: number): number {
  let out = from + 1;
  output[from] = (Math.min(literals.length, 15) << 4) | Math.min(match, 15);
  if (literals.length >= 15) out = writeRun(output, out, literals.length - 15);
  output.set(literals, out);
  return out + literals.length;
}

function writeRun(output: Uint8Array, from: number, rest: number): number {
  let out = from;
  for (let left = rest; ; left -= 255) {
    output[out++] = Math.min(left, 255);
    if (left < 255) return out;
  }
}
