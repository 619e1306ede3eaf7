import { expect, test } from "vitest";
import { maxFrameCredit } from "#contracts/wire.ts";
import { FrameHub } from "./frame-hub.ts";

/** Publishes a frame of one word, as an engine would. */
function publish(hub: FrameHub, word: number): void {
  const frame = hub.take(4);
  frame[0] = word;
  hub.publish(frame, 1, 7);
}

const words = (message: ArrayBuffer) => [...new Uint32Array(message)];

test("500 frames to a viewer without credit, then one credit: it gets frame 500 only", () => {
  const hub = new FrameHub();
  const got: number[][] = [];
  const viewer = hub.open((message) => got.push(words(message)));
  for (let frame = 1; frame <= 500; frame++) publish(hub, frame);
  viewer.credit(1);
  expect(got).toEqual([[499, 7, 500]]);
});

test("credit is spent frame by frame and never piles up beyond its limit", () => {
  const hub = new FrameHub();
  const got: number[] = [];
  const viewer = hub.open((message) => got.push(words(message)[2]!));
  viewer.credit(maxFrameCredit);
  viewer.credit(maxFrameCredit);
  for (let frame = 1; frame <= 10; frame++) publish(hub, frame);
  expect(got).toEqual([1, 2, 3, 4]);
});

test("each viewer has its own copy, and the engine never writes into the newest frame", () => {
  const hub = new FrameHub();
  const got: ArrayBuffer[] = [];
  hub.open((message) => got.push(message)).credit(4);
  hub.open((message) => got.push(message)).credit(4);
  publish(hub, 1);
  new Uint32Array(got[0]!).fill(0);
  expect(words(got[1]!)).toEqual([0, 7, 1]);
  hub.take(4).fill(99);
  expect(hub.newest?.[0]).toBe(1);
});

test("a new window sees the last burst of a paused brain, and nothing of the brain before", () => {
  const hub = new FrameHub();
  publish(hub, 5);
  const got: number[][] = [];
  hub.open((message) => got.push(words(message))).credit(1);
  hub.reset();
  hub.open((message) => got.push(words(message))).credit(1);
  expect(got).toEqual([[0, 7, 5]]);
});

test("a viewer that throws is left out and the others go on", () => {
  const hub = new FrameHub();
  let calls = 0;
  hub
    .open(() => {
      calls++;
      throw new Error("the window is gone");
    })
    .credit(4);
  const got: number[] = [];
  hub.open((message) => got.push(words(message)[2]!)).credit(4);
  publish(hub, 1);
  publish(hub, 2);
  expect([calls, got]).toEqual([1, [1, 2]]);
});
