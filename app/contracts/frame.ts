/**
 * Firing frames: what one burst did, as the engine writes it and every viewer reads it.
 *
 * A frame is little-endian 32-bit words: a header of `frameHeaderWords`, then one section per area that fired, areas
 * ascending. A section is [area, count, encoding, base, payload words, payload…]; ids ascend within it.
 *   encoding 0 (bitset): bit i of the payload is neuron base + i
 *   encoding 1 (varint): LEB128 bytes of the gaps to the previous id, starting from base (first gap 0), zero-padded to a word
 * The writer takes the smaller of the two, bitset on a tie. Readings are exact for any id layout.
 * `native/crates/types/src/frame.rs` holds the same layout; a test compares the words.
 */
export const FRAME_MAGIC = 0x52465947; // "GYFR"
export const FRAME_VERSION = 1;

export const frameWord = {
  magic: 0,
  version: 1,
  totalWords: 2,
  /** Burst number (u32). */
  burst: 3,
  fired: 4,
  /** Size of the fire candidate list. */
  processed: 5,
  /** Refractory statistic, spec 6.3. */
  refractory: 6,
  /** Candidates that came from scheduled arrivals. */
  synaptic: 7,
  /** Power injections, 0 or 1. */
  power: 8,
  /** Number of area sections. */
  sections: 9,
  /** 0 reference, 1 native. */
  engine: 10,
  /** Engine time of this burst in nanoseconds, saturating. */
  engineNanos: 11,
} as const;
export const frameHeaderWords = 12;
export const sectionHeaderWords = 5;
export const encodingBitset = 0;
export const encodingVarint = 1;

/** Words that hold any frame of a brain with this many neurons and areas. */
export function frameCapacityWords(neurons: number, areas: number): number {
  return frameHeaderWords + (sectionHeaderWords + 1) * areas + Math.ceil((neurons * 5) / 4) + 1;
}

export interface FrameHeader {
  burst: number;
  fired: number;
  processed: number;
  refractory: number;
  synaptic: number;
  power: number;
  engine: "reference" | "native";
  engineNanos: number;
}

export interface FrameSection {
  area: number;
  /** Ascending neuron ids. */
  ids: Uint32Array;
}

export function readFrameHeader(frame: Uint32Array): FrameHeader {
  if (frame[frameWord.magic] !== FRAME_MAGIC || frame[frameWord.version] !== FRAME_VERSION) {
    throw new Error("Not a firing frame of this version");
  }
  return {
    burst: frame[frameWord.burst] as number,
    fired: frame[frameWord.fired] as number,
    processed: frame[frameWord.processed] as number,
    refractory: frame[frameWord.refractory] as number,
    synaptic: frame[frameWord.synaptic] as number,
    power: frame[frameWord.power] as number,
    engine: frame[frameWord.engine] === 1 ? "native" : "reference",
    engineNanos: frame[frameWord.engineNanos] as number,
  };
}

/** Decodes the sections of a frame, area by area; `wanted`: of these areas only. */
export function* readFrameSections(frame: Uint32Array, wanted?: { has(area: number): boolean }): Generator<FrameSection> {
  let at = frameHeaderWords;
  for (let left = frame[frameWord.sections] as number; left > 0; left--) {
    const [area, count, encoding, base, words] = frame.subarray(at, at + sectionHeaderWords) as unknown as [
      number,
      number,
      number,
      number,
      number,
    ];
    const payload = frame.subarray(at + sectionHeaderWords, at + sectionHeaderWords + words);
    at += sectionHeaderWords + words;
    if (wanted && !wanted.has(area)) continue;
    const ids = new Uint32Array(count);
    if (encoding === encodingBitset) readBitset(payload, base, ids);
    else readVarint(payload, base, ids);
    yield { area, ids };
  }
}

/** How many fired of each area that did; nothing is decoded. */
export function* readFrameCounts(frame: Uint32Array): Generator<{ area: number; count: number }> {
  let at = frameHeaderWords;
  for (let left = frame[frameWord.sections] as number; left > 0; left--) {
    yield { area: frame[at] as number, count: frame[at + 1] as number };
    at += sectionHeaderWords + (frame[at + 4] as number);
  }
}

/** All fired ids of a frame, ascending over the whole brain. */
export function firedIds(frame: Uint32Array): Uint32Array {
  const all = new Uint32Array(frame[frameWord.fired] as number);
  let length = 0;
  for (const { ids } of readFrameSections(frame)) {
    all.set(ids, length);
    length += ids.length;
  }
  return all.sort();
}

function readBitset(payload: Uint32Array, base: number, ids: Uint32Array): void {
  let n = 0;
  for (let w = 0; w < payload.length; w++) {
    let word = payload[w] as number;
    while (word !== 0) {
      const low = word & -word;
      ids[n++] = base + w * 32 + (31 - Math.clz32(low));
      word = (word ^ low) >>> 0;
    }
  }
}

function readVarint(payload: Uint32Array, base: number, ids: Uint32Array): void {
  const bytes = new Uint8Array(payload.buffer, payload.byteOffset, payload.byteLength);
  let at = 0;
  let id = base;
  for (let n = 0; n < ids.length; n++) {
    let gap = 0;
    let factor = 1;
    let byte: number;
    do {
      byte = bytes[at++] as number;
      gap += (byte & 0x7f) * factor;
      factor *= 128;
    } while (byte >= 0x80);
    id += gap;
    ids[n] = id;
  }
}

/** Time the engine took for the burst of a frame, in ms. */
export function engineMs(frame: Uint32Array): number {
  return frame[frameWord.engineNanos]! / 1e6;
}
