import { expect, test } from "vitest";
import { FRAME_MAGIC, FRAME_VERSION, frameHeaderWords, frameWord } from "#contracts/frame.ts";
import { mismatchOf } from "./engine-mismatch.ts";

/** A frame of sections as bitsets; ids of one area lie within 32 of its first. */
function frameOf(fired: Record<number, number[]>): Uint32Array {
  const header = new Array<number>(frameHeaderWords).fill(0);
  header[frameWord.magic] = FRAME_MAGIC;
  header[frameWord.version] = FRAME_VERSION;
  header[frameWord.sections] = Object.keys(fired).length;
  const sections = Object.entries(fired).flatMap(([area, ids]) => {
    const base = ids[0]!;
    return [Number(area), ids.length, 0, base, 1, ids.reduce((bits, id) => (bits | (1 << (id - base))) >>> 0, 0)];
  });
  header[frameWord.totalWords] = header.length + sections.length;
  return Uint32Array.from([...header, ...sections]);
}

test("a mismatch names who fired on one engine alone, over all areas", () => {
  const reference = frameOf({ 3: [0, 1, 2], 4: [40] });
  const native = frameOf({ 3: [0, 2, 5], 5: [60, 61] });
  expect(mismatchOf(12, "neuron 1 fired on one engine only", { reference, native })).toEqual({
    burst: 12,
    what: "neuron 1 fired on one engine only",
    reference: { count: 2, neurons: [1, 40] },
    native: { count: 3, neurons: [5, 60, 61] },
  });
});

test("engines whose states alone differ disagree on no neuron", () => {
  expect(mismatchOf(64, "the state hash", null)).toMatchObject({ reference: { count: 0 }, native: { count: 0, neurons: [] } });
});
