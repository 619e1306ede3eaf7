/** Writes binary frame messages as a host would, for tests: every section as varint gaps. */
import { encodingVarint, FRAME_MAGIC, FRAME_VERSION, frameHeaderWords, frameWord } from "#contracts/frame.ts";

export interface FrameToWrite {
  burst: number;
  generation?: number;
  skipped?: number;
  /** Area index → ascending neuron ids. */
  fired: Record<number, readonly number[]>;
}

export function writeFrame({ burst, generation = 1, skipped = 0, fired }: FrameToWrite): ArrayBuffer {
  const sections = Object.entries(fired).flatMap(([area, ids]) => {
    const payload = varints(ids);
    return [Number(area), ids.length, encodingVarint, ids[0] ?? 0, payload.length, ...payload];
  });
  const header = new Array<number>(frameHeaderWords).fill(0);
  header[frameWord.magic] = FRAME_MAGIC;
  header[frameWord.version] = FRAME_VERSION;
  header[frameWord.totalWords] = frameHeaderWords + sections.length;
  header[frameWord.burst] = burst;
  header[frameWord.fired] = Object.values(fired).reduce((sum, ids) => sum + ids.length, 0);
  header[frameWord.sections] = Object.keys(fired).length;
  header[frameWord.engine] = 1;
  header[frameWord.engineNanos] = 1_500_000;
  return new Uint32Array([skipped, generation, ...header, ...sections]).buffer;
}

function varints(ids: readonly number[]): number[] {
  const bytes: number[] = [];
  let previous = ids[0] ?? 0;
  for (const id of ids) {
    let gap = id - previous;
    previous = id;
    for (; gap >= 0x80; gap = Math.floor(gap / 128)) bytes.push((gap & 0x7f) | 0x80);
    bytes.push(gap);
  }
  while (bytes.length % 4 !== 0) bytes.push(0);
  return [...new Uint32Array(new Uint8Array(bytes).buffer)];
}
