/**
 * Looks into a firing frame without decoding it: section headers for counts, one section's bytes for a neuron.
 * Allocates nothing.
 */
import { encodingBitset, frameHeaderWords, frameWord, sectionHeaderWords } from "#contracts/frame.ts";

/** Every other byte of a word. */
const EVEN = 0x00ff00ff;

/** Writes the fires of each listed area (ascending) into `into`, from place `first` on. */
export function countFires(frame: Uint32Array, areas: Uint32Array, into: Float64Array, first = 0): void {
  into.fill(0, first, first + areas.length);
  let at = frameHeaderWords;
  let next = 0;
  for (let left = frame[frameWord.sections]!; left > 0 && next < areas.length; left--) {
    while (next < areas.length && areas[next]! < frame[at]!) next++;
    if (areas[next] === frame[at]) into[first + next] = frame[at + 1]!;
    at += sectionHeaderWords + frame[at + 4]!;
  }
}

/** Neurons to look for, by area and then id, and where the answers go: 1 for one that fired. */
export interface Probes {
  /** Index of each neuron's area. */
  areas: Float64Array;
  neurons: Uint32Array;
  fired: Float64Array;
}

/** Looks for all of them at once; no section is read twice. `bytes`: the bytes of `frame`. */
export function probeFires(frame: Uint32Array, bytes: Uint8Array, { areas, neurons, fired }: Probes): void {
  fired.fill(0);
  let at = frameHeaderWords;
  let next = 0;
  for (let left = frame[frameWord.sections]!; left > 0 && next < neurons.length; left--) {
    const area = frame[at]!;
    while (next < neurons.length && areas[next]! < area) next++;
    let end = next;
    while (end < neurons.length && areas[end] === area) end++;
    if (end > next) probeSection(frame, bytes, at, neurons, next, end, fired);
    next = end;
    at += sectionHeaderWords + frame[at + 4]!;
  }
}

/** The same for one neuron whose area is not known. */
export function hasFired(frame: Uint32Array, bytes: Uint8Array, neuron: Uint32Array, fired: Float64Array): boolean {
  let at = frameHeaderWords;
  fired[0] = 0;
  for (let left = frame[frameWord.sections]!; left > 0 && fired[0] === 0; left--) {
    probeSection(frame, bytes, at, neuron, 0, 1, fired);
    at += sectionHeaderWords + frame[at + 4]!;
  }
  return fired[0] === 1;
}

/** Marks those of `neurons[from..to]` that the section at `at` holds. */
function probeSection(
  frame: Uint32Array,
  bytes: Uint8Array,
  at: number,
  neurons: Uint32Array,
  from: number,
  to: number,
  fired: Float64Array,
): void {
  const base = frame[at + 3]!;
  const words = frame[at + 4]!;
  const payload = at + sectionHeaderWords;
  if (frame[at + 2] === encodingBitset) {
    for (let i = from; i < to; i++) {
      const bit = neurons[i]! - base;
      if (bit >= 0 && bit < words * 32 && (frame[payload + (bit >>> 5)]! & (1 << (bit & 31))) !== 0) fired[i] = 1;
    }
    return;
  }
  const end = (payload + words) * 4;
  let wanted = from;
  let neuron = neurons[from]!;
  let id = base;
  for (let byte = payload * 4; byte < end; ) {
    // Sixteen gaps of one byte each, or four, that end below the next neuron are passed over at once.
    if ((byte & 3) === 0) {
      const at = byte >>> 2;
      const a = frame[at]!;
      if (byte + 16 <= end) {
        const b = frame[at + 1]!;
        const c = frame[at + 2]!;
        const d = frame[at + 3]!;
        if (((a | b | c | d) & 0x80808080) === 0) {
          const gaps = sumOfBytes((a & EVEN) + ((a >>> 8) & EVEN) + (b & EVEN) + ((b >>> 8) & EVEN), c, d);
          if (id + gaps < neuron) {
            id += gaps;
            byte += 16;
            continue;
          }
        }
      }
      if ((a & 0x80808080) === 0) {
        const gaps = sumOfBytes((a & EVEN) + ((a >>> 8) & EVEN), 0, 0);
        if (id + gaps < neuron) {
          id += gaps;
          byte += 4;
          continue;
        }
      }
    }
    let gap = 0;
    let factor = 1;
    let part: number;
    do {
      part = bytes[byte++]!;
      gap += (part & 0x7f) * factor;
      factor *= 128;
    } while (part >= 0x80);
    id += gap;
    while (neuron <= id) {
      if (neuron === id) fired[wanted] = 1;
      if (++wanted === to) return;
      neuron = neurons[wanted]!;
    }
  }
}

/** Of two words, and of sums of bytes kept in the halves of a third. */
function sumOfBytes(halves: number, a: number, b: number): number {
  const all = halves + (a & EVEN) + ((a >>> 8) & EVEN) + (b & EVEN) + ((b >>> 8) & EVEN);
  return (all & 0xffff) + (all >>> 16);
}
