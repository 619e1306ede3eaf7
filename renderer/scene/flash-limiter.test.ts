import { expect, test } from "vitest";
import { PictureBrightness } from "./brightness.ts";
import { FlashLimiter } from "./flash-limiter.ts";
import { area, frame } from "./testing/areas.ts";

/** Swings over 10 % that are seen in the last second of a recording. */
function swingsSeen(brightness: (at: number) => number): number {
  const limiter = new FlashLimiter();
  let seen = 0;
  let before = 0;
  for (let at = 0; at < 4000; at += 33) {
    const shown = brightness(at) * limiter.expose(brightness(at), at);
    if (at >= 3000 && Math.abs(shown - before) > 0.1) seen++;
    before = shown;
  }
  return seen;
}

test("a strobing picture is dimmed to at most three swings a second", () => {
  expect(swingsSeen((at) => (Math.floor(at / 33) % 2 === 0 ? 0.9 : 0.05))).toBeLessThanOrEqual(3);
});

test("a calm picture keeps its light", () => {
  const limiter = new FlashLimiter();
  let exposure = 1;
  for (let at = 0; at < 3000; at += 33) exposure = limiter.expose(0.5 + 0.04 * Math.sin(at), at);
  expect(exposure).toBe(1);
});

test("exposure comes back once the flashing is over", () => {
  const limiter = new FlashLimiter();
  for (let at = 0; at < 2000; at += 33) limiter.expose(Math.floor(at / 33) % 2 === 0 ? 0.9 : 0.05, at);
  let exposure = 0;
  for (let at = 2000; at < 6000; at += 33) exposure = limiter.expose(0.05, at);
  expect(exposure).toBe(1);
});

test("brightness follows what fired, how much of the picture it covers, and fades", () => {
  const brightness = new PictureBrightness();
  brightness.setAreas([area({ dimensions: [2, 2, 1], index: 3 })]);
  brightness.scatter([frame(10, { 3: [0, 1] })]);
  expect(brightness.at(10, [0.5])).toBeCloseTo(0.25);
  expect(brightness.at(13, [0.5])).toBeCloseTo(0.25 * Math.exp(-1));
  expect(brightness.at(10, [0])).toBe(0);
});
