import { expect, test } from "vitest";
import { type DecodedFrame, decodeFrame } from "./frame-decode.ts";
import { createFrameInbox } from "./frame-inbox.ts";
import { FrameRing } from "./frame-ring.ts";
import { type FrameToWrite, writeFrame } from "./testing/frames.ts";

/** An inbox whose animation frames are run by hand. */
function bench() {
  const due: (() => void)[] = [];
  const inbox = createFrameInbox({
    decoder: (onFrame) => (message) => onFrame(decodeFrame(message)),
    nextFrame: (callback) => due.push(callback),
  });
  const granted: number[] = [];
  inbox.restart((frames) => granted.push(frames));
  const animate = () => {
    for (const callback of due.splice(0)) callback();
  };
  return { inbox, granted, animate, due };
}
const frame = (burst: number, more: Partial<FrameToWrite> = {}) => writeFrame({ burst, fired: { 0: [burst] }, ...more });
const bursts = (frames: readonly DecodedFrame[]) => frames.map(({ burst }) => burst);

test("a frame is decoded into its header and the neurons of each area", () => {
  const decoded = decodeFrame(writeFrame({ burst: 7, generation: 3, skipped: 2, fired: { 1: [5, 6, 300], 4: [1_000_000] } }));
  expect(decoded).toMatchObject({ burst: 7, generation: 3, skipped: 2, fired: 4, engine: "native", engineNanos: 1_500_000 });
  expect(decoded.sections).toEqual([
    { area: 1, ids: new Uint32Array([5, 6, 300]) },
    { area: 4, ids: new Uint32Array([1_000_000]) },
  ]);
});

test("frames of one animation frame are shown together, and only then paid for", () => {
  const { inbox, granted, animate, due } = bench();
  const shown: number[][] = [];
  inbox.onFrames((frames) => shown.push(bursts(frames)));
  inbox.receive(frame(1));
  inbox.receive(frame(2));
  expect(due).toHaveLength(1);
  expect({ shown, granted }).toEqual({ shown: [], granted: [4] });
  animate();
  expect({ shown, granted }).toEqual({ shown: [[1, 2]], granted: [4, 2] });
});

test("a window that is not drawn asks for no more than its first credit", () => {
  const { inbox, granted } = bench();
  for (let burst = 1; burst <= 4; burst++) inbox.receive(frame(burst));
  expect(granted).toEqual([4]);
});

test("big bursts are asked for two at a time", () => {
  const { inbox, granted, animate } = bench();
  const ids = Array.from({ length: 200_001 }, (_, i) => i);
  for (let burst = 1; burst <= 4; burst++) inbox.receive(frame(burst, { fired: { 0: ids } }));
  animate();
  expect(granted).toEqual([4, 2]);
});

test("a new connection starts with fresh credit", () => {
  const { inbox, granted, animate } = bench();
  inbox.receive(frame(1));
  inbox.restart((frames) => granted.push(frames));
  animate();
  expect(granted[1]).toBe(4);
  expect(granted.slice(2).reduce((sum, frames) => sum + frames, 0)).toBeLessThanOrEqual(1);
});

test("the ring keeps the newest 256 frames of one brain", () => {
  const ring = new FrameRing();
  for (let burst = 1; burst <= 300; burst++) ring.push(decodeFrame(frame(burst)));
  expect([ring.frames.length, ring.frames[0]?.burst, ring.latest?.burst]).toEqual([256, 45, 300]);
  expect(bursts(ring.between(298, 400))).toEqual([298, 299, 300]);
  ring.push(decodeFrame(frame(1, { generation: 2 })));
  expect(bursts(ring.frames)).toEqual([1]);
});

test("bursts told again after a recovery replace the ones told before", () => {
  const ring = new FrameRing();
  for (const burst of [1, 2, 3, 4, 3]) ring.push(decodeFrame(frame(burst)));
  expect(bursts(ring.frames)).toEqual([1, 2, 3]);
});

test("the ring holds no more than eight million firings", () => {
  const ring = new FrameRing();
  const ids = Array.from({ length: 1_200_000 }, (_, i) => i);
  const big = decodeFrame(writeFrame({ burst: 1, fired: { 0: ids } }));
  for (let burst = 1; burst <= 10; burst++) ring.push({ ...big, burst });
  expect(ring.frames).toHaveLength(6);
});

test("frames of the brain before are paid for and not shown", () => {
  const { inbox, granted, animate } = bench();
  const shown: number[][] = [];
  inbox.onFrames((frames) => shown.push(bursts(frames)));
  inbox.receive(frame(8, { generation: 1 }));
  animate();
  inbox.expect(2);
  expect(inbox.recent.frames).toEqual([]);
  inbox.receive(frame(9, { generation: 1 }));
  inbox.receive(frame(0, { generation: 2 }));
  animate();
  expect(shown).toEqual([[8], [0]]);
  expect(granted).toEqual([4, 1, 2]);
});
