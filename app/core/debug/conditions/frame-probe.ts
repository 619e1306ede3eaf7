/**
 * Looks into a firing frame without decoding it: section headers for counts, one section's bytes for a neuron.
 * Allocates nothing.
 */
import { encodingBitset, frameHeaderWords, frameWord, sectionHeaderWords } from "#contracts/frame.ts";

/** Writes the fires of each listed area (ascending) into `counts`. */
export function countFires(frame: Uint32Array, areas: Uint32Array, counts: Float64Array): void {
  counts.fill(0);
  let at = frameHeaderWords;
  let next = 0;
  for (let left = frame[frameWord.sections]!; left > 0 && next < areas.length; left--) {
    while (next < areas.length && areas[next]! < frame[at]!) next++;
    if (areas[next] === frame[at]) counts[next] = frame[at + 1]!;
    at += sectionHeaderWords + frame[at + 4]!;
  }
}

/** Whether a neuron is in the frame. `area`: the area it is in; -1: any. `bytes`: the bytes of `frame`. */
export function hasFired(frame: Uint32Array, bytes: Uint8Array, neuron: number, area: number): boolean {
  let at = frameHeaderWords;
  for (let left = frame[frameWord.sections]!; left > 0; left--) {
    const [section, words] = [frame[at]!, frame[at + 4]!];
    if (area < 0 || section === area) {
      if (sectionHolds(frame, bytes, at, neuron)) return true;
      if (section === area) return false;
    } else if (section > area) return false;
    at += sectionHeaderWords + words;
  }
  return false;
}

function sectionHolds(frame: Uint32Array, bytes: Uint8Array, at: number, neuron: number): boolean {
  const base = frame[at + 3]!;
  const words = frame[at + 4]!;
  const payload = at + sectionHeaderWords;
  if (neuron < base) return false;
  if (frame[at + 2] === encodingBitset) {
    const bit = neuron - base;
    return bit < words * 32 && (frame[payload + (bit >>> 5)]! & (1 << (bit & 31))) !== 0;
  }
  const end = (payload + words) * 4;
  let id = base;
  for (let byte = payload * 4; byte < end; ) {
    // Four gaps of one byte each, all of them below the neuron, are passed over at once.
    if ((byte & 3) === 0) {
      const word = frame[byte >>> 2]!;
      if ((word & 0x80808080) === 0) {
        const pairs = (word & 0x00ff00ff) + ((word >>> 8) & 0x00ff00ff);
        const gaps = (pairs & 0xffff) + (pairs >>> 16);
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
    if (id >= neuron) return id === neuron;
  }
  return false;
}
