/** Sets of neuron ids as bits in words: bit `id & 31` of word `id >>> 5`. Walking the words visits ids in ascending order. */
export function bitWords(ids: number): number {
  return (ids + 31) >>> 5;
}

export function setBit(words: Uint32Array, id: number): void {
  words[id >>> 5]! |= 1 << (id & 31);
}

export function clearBit(words: Uint32Array, id: number): void {
  words[id >>> 5]! &= ~(1 << (id & 31));
}

export function hasBit(words: Uint32Array, id: number): boolean {
  return ((words[id >>> 5]! >>> (id & 31)) & 1) === 1;
}

export function writeBit(words: Uint32Array, id: number, on: boolean): void {
  if (on) setBit(words, id);
  else clearBit(words, id);
}

/** Number of set bits of a word. */
export function popCount(word: number): number {
  let v = word - ((word >>> 1) & 0x55555555);
  v = (v & 0x33333333) + ((v >>> 2) & 0x33333333);
  return Math.imul((v + (v >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** A longer copy of a typed array, the rest zero. */
export function grown<T extends Float64Array | Float32Array | Uint32Array | Uint16Array | Uint8Array>(array: T, length: number): T {
  const next = new (array.constructor as new (length: number) => T)(length);
  next.set(array);
  return next;
}
