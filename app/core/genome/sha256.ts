/** SHA-256 (FIPS 180-4) of a text as UTF-8. Core has no Node and signatures need no speed. */

/** First 32 bits of the fractional parts of the n-th roots of the first primes, as the standard defines its constants. */
function primeRoots(count: number, root: 2 | 3): Uint32Array {
  const words = new Uint32Array(count);
  for (let candidate = 2, found = 0; found < count; candidate++) {
    let prime = true;
    for (let d = 2; d * d <= candidate; d++) if (candidate % d === 0) prime = false;
    if (!prime) continue;
    words[found++] = rootFraction(BigInt(candidate), root);
  }
  return words;
}

/** floor(2^32 · prime^(1/root)) mod 2^32, exactly, by bisection over whole numbers. */
function rootFraction(prime: bigint, root: 2 | 3): number {
  const goal = prime << BigInt(32 * root);
  let low = 0n;
  let high = prime << 32n;
  while (low < high) {
    const middle = (low + high + 1n) >> 1n;
    if (middle ** BigInt(root) <= goal) low = middle;
    else high = middle - 1n;
  }
  return Number(low & 0xffffffffn);
}

const initialHash = primeRoots(8, 2);
const roundConstants = primeRoots(64, 3);

/** UTF-8 bytes of a text, with `spare` zero bytes after them. */
export function utf8(text: string, spare = 0): Uint8Array {
  const bytes = new Uint8Array(text.length * 3 + spare);
  let at = 0;
  for (let i = 0; i < text.length; i++) {
    let code = text.codePointAt(i) ?? 0;
    if (code > 0xffff) i++;
    if (code >= 0xd800 && code <= 0xdfff) code = 0xfffd; // half of a surrogate pair
    if (code < 0x80) bytes[at++] = code;
    else if (code < 0x800) {
      bytes[at++] = 0xc0 | (code >> 6);
      bytes[at++] = 0x80 | (code & 63);
    } else if (code < 0x10000) {
      bytes[at++] = 0xe0 | (code >> 12);
      bytes[at++] = 0x80 | ((code >> 6) & 63);
      bytes[at++] = 0x80 | (code & 63);
    } else {
      bytes[at++] = 0xf0 | (code >> 18);
      bytes[at++] = 0x80 | ((code >> 12) & 63);
      bytes[at++] = 0x80 | ((code >> 6) & 63);
      bytes[at++] = 0x80 | (code & 63);
    }
  }
  return bytes.subarray(0, at + spare);
}

const rotate = (x: number, by: number) => (x >>> by) | (x << (32 - by));

/** 64 lowercase hex digits. */
export function sha256(text: string): string {
  const padded = utf8(text, 72);
  const length = padded.length - 72;
  // A one bit, zeros, and the length in bits as the last eight bytes of a block of 64.
  const message = padded.subarray(0, (length + 72) & ~63);
  const view = new DataView(message.buffer, message.byteOffset, message.length);
  message[length] = 0x80;
  view.setBigUint64(message.length - 8, BigInt(length) * 8n);

  const hash = initialHash.slice();
  const w = new Uint32Array(64);
  for (let offset = 0; offset < message.length; offset += 64) {
    for (let i = 0; i < 16; i++) w[i] = view.getUint32(offset + i * 4);
    for (let i = 16; i < 64; i++) {
      const a = w[i - 15]!;
      const b = w[i - 2]!;
      w[i] = w[i - 16]! + (rotate(a, 7) ^ rotate(a, 18) ^ (a >>> 3)) + w[i - 7]! + (rotate(b, 17) ^ rotate(b, 19) ^ (b >>> 10));
    }
    let [a, b, c, d, e, f, g, h] = hash as unknown as [number, number, number, number, number, number, number, number];
    for (let i = 0; i < 64; i++) {
      const t1 = (h + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + ((e & f) ^ (~e & g)) + roundConstants[i]! + w[i]!) >>> 0;
      const t2 = ((rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) >>> 0;
      h = g;
      g = f;
      f = e;
      e = (d + t1) >>> 0;
      d = c;
      c = b;
      b = a;
      a = (t1 + t2) >>> 0;
    }
    [a, b, c, d, e, f, g, h].forEach((word, i) => {
      hash[i] = hash[i]! + word;
    });
  }
  return [...hash].map((word) => word.toString(16).padStart(8, "0")).join("");
}
