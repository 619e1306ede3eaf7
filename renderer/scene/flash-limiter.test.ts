import { expect, test } from "vitest";
import { AreaBrightness } from "./brightness.ts";
import { FlashGuard } from "./flash-guard.ts";
import { FlashLimiter } from "./flash-limiter.ts";
import { recentLight } from "./scene-types.ts";
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

test("the brightness of an area follows what fired and fades", () => {
  const brightness = new AreaBrightness();
  brightness.setAreas([area({ dimensions: [2, 2, 1], index: 3 })]);
  brightness.scatter([frame(10, { 3: [0, 1] })]);
  expect(brightness.at(10)[0]).toBeCloseTo(0.5);
  expect(brightness.at(13)[0]).toBeCloseTo(0.5 * Math.exp(-1));
});

test("by recent activity it grows with every burst that fires, and what was before a jump is forgotten", () => {
  const brightness = new AreaBrightness();
  brightness.setAreas([area({ dimensions: [2, 2, 1], index: 3 })]);
  brightness.setLight(recentLight);
  const all = (burst: number) => frame(burst, { 3: [0, 1, 2, 3] });
  brightness.scatter([all(10)]);
  expect(brightness.at(10)[0]).toBeCloseTo(recentLight.ofSum(1));
  brightness.scatter([all(11), all(12)]);
  expect(brightness.at(12)[0]).toBeGreaterThan(0.4);
  brightness.clear();
  expect(brightness.at(12)[0]).toBe(0);
});

/** A recording of 20 bursts a second in which every second burst fires one area whole; returns the least exposure. */
function leastExposure(rect: { x: number; y: number; width: number; height: number }): number {
  const brightness = new AreaBrightness();
  brightness.setAreas([area({ dimensions: [4, 4, 1] })]);
  const guard = new FlashGuard();
  guard.place([[rect]], 1920, 1080);
  const all = Array.from({ length: 16 }, (_, i) => i);
  let least = 1;
  for (let burst = 0; burst < 60; burst++) {
    // Twenty silent bursts between two of fire: the glow is gone in between.
    brightness.scatter([frame(burst * 20, { 0: all })]);
    least = Math.min(
      least,
      guard.expose(brightness.at(burst * 20), burst * 100),
      guard.expose(brightness.at(burst * 20 + 19), burst * 100 + 50),
    );
  }
  return least;
}

test("a strobing recording in one corner is dimmed, though the picture as a whole hardly changes", () => {
  expect(leastExposure({ x: 10, y: 10, width: 300, height: 230 })).toBeLessThan(0.2);
});

test("an area too small to fill a tenth of a tile may flicker", () => {
  expect(leastExposure({ x: 10, y: 10, width: 60, height: 60 })).toBe(1);
});
