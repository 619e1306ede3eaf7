import { expect, test } from "vitest";
import type { CorticalArea } from "#contracts/connectome.ts";
import { encodingBitset, frameHeaderWords, frameWord, readFrameCounts } from "#contracts/frame.ts";
import { AreaActivity, STRETCH_BURSTS } from "./area-activity.ts";

const area = (index: number, neurons: number) => ({ index, neurons, kind: "custom" }) as CorticalArea;
const areas = [area(1, 4), area(2, 4)];

/** A frame whose sections hold only what is counted; the ids are noise. */
function frameOf(counts: Record<number, number>): Uint32Array {
  const header = new Uint32Array(frameHeaderWords);
  const sections = Object.entries(counts);
  header[frameWord.sections] = sections.length;
  return Uint32Array.from([...header, ...sections.flatMap(([index, count]) => [Number(index), count, encodingBitset, 0, 2, 7, 7])]);
}

test("counts are read from the heads of sections", () => {
  expect([...readFrameCounts(frameOf({ 1: 3, 2: 40 }))]).toEqual([
    { area: 1, count: 3 },
    { area: 2, count: 40 },
  ]);
});

test("a stretch is told where other areas stand out than before, and takes its time", () => {
  const activity = new AreaActivity();
  let burst = 0;
  const heed = (frame: Uint32Array, ms: number) => activity.heed(++burst, frame, areas, ms);
  const stretch = (frame: Uint32Array, beginsMs: number, endsMs: number) => {
    const told = Array.from({ length: STRETCH_BURSTS }, (_, n) => heed(frame, n < STRETCH_BURSTS - 1 ? beginsMs : endsMs));
    return told.lastIndexOf(true);
  };
  expect(stretch(frameOf({ 1: 2 }), 0, 2000)).toBe(STRETCH_BURSTS - 1);
  expect(activity.measure).toEqual({ from: 1, to: 100, fired: new Map([[1, 200]]) });
  // A hundred bursts in a tenth of a second are no stretch yet; two seconds after the first of them they are, and the same areas stand out.
  expect(stretch(frameOf({ 1: 2 }), 2100, 2200)).toBe(-1);
  expect(activity.measure).toMatchObject({ from: 1 });
  expect(heed(frameOf({ 1: 2 }), 4100)).toBe(false);
  expect(activity.measure).toMatchObject({ from: 101, to: 201 });
  expect(stretch(frameOf({ 1: 4, 2: 1 }), 5000, 7000)).toBe(STRETCH_BURSTS - 1);
  activity.reset();
  expect(activity.measure).toBeNull();
});
