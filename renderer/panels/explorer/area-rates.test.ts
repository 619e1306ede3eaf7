import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { BrainStatus } from "#contracts/commands/brain.ts";
import type { DecodedFrame } from "../../bridge/frame-decode.ts";
import { FrameRing } from "../../bridge/frame-ring.ts";
import { createBrainStore } from "../../stores/brain-store.ts";
import { createAreaRates, measureAreaRates } from "./area-rates.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function bench(...held: Record<number, number>[]) {
  let listener: (frames: readonly DecodedFrame[]) => void = () => {};
  const brain = createBrainStore();
  const rates = createAreaRates();
  const onFrames = (given: typeof listener) => {
    listener = given;
    return () => {};
  };
  const frame = (fired: Record<number, number>, burst = 0) =>
    ({
      burst,
      generation: 1,
      fired: 0,
      sections: Object.entries(fired).map(([area, count]) => ({ area: Number(area), ids: new Uint32Array(count) })),
    }) as DecodedFrame;
  const recent = new FrameRing();
  for (const [burst, fired] of held.entries()) recent.push(frame(fired, burst));
  measureAreaRates({ onFrames, recent }, brain, rates);
  return {
    brain,
    rates: () => Object.fromEntries(rates.getState()),
    show: (...frames: Record<number, number>[]) => listener(frames.map((fired) => frame(fired))),
  };
}

test("a rate is firings per burst over the bursts that were seen, taken anew each period", () => {
  const { show, rates } = bench();
  show({ 7: 4 }, { 7: 2, 9: 1 });
  expect(rates()).toEqual({});
  vi.advanceTimersByTime(500);
  expect(rates()).toEqual({ 7: 3, 9: 0.5 });
  show({ 9: 5 });
  vi.advanceTimersByTime(500);
  expect(rates()).toEqual({ 9: 5 });
});

test("at rest the last figures stay", () => {
  const { show, rates } = bench();
  show({ 7: 4 });
  vi.advanceTimersByTime(5000);
  expect(rates()).toEqual({ 7: 4 });
});

test("who comes at rest begins with the bursts that the window holds", () => {
  expect(bench({ 7: 4 }, { 7: 2, 9: 1 }).rates()).toEqual({ 7: 3, 9: 0.5 });
});

test("another brain begins without the figures of the one before", () => {
  const { show, rates, brain } = bench();
  show({ 7: 4 });
  vi.advanceTimersByTime(500);
  show({ 7: 4 });
  brain.getState().setStatus({ generation: 2 } as BrainStatus);
  expect(rates()).toEqual({});
  vi.advanceTimersByTime(500);
  expect(rates()).toEqual({});
});
