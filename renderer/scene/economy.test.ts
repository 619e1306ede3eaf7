import { expect, test } from "vitest";
import { Economy, type Saving } from "./economy.ts";

/** Pictures that take `ms` each, one after another, from `from` for so many seconds; tells what was saved after each change. */
function draw(economy: Economy, from: number, seconds: number, ms: number, offers?: (saving: Saving) => boolean): string[] {
  const told: string[] = [];
  for (let now = from; now < from + seconds * 1000; now += ms) {
    if (economy.note(now, ms, offers)) told.push(economy.taken.join(" "));
  }
  return told;
}

test("slow pictures do without one thing after another, in order, and then nothing more is to be had", () => {
  const economy = new Economy();
  expect(draw(economy, 0, 60, 100)).toEqual(["flow", "flow size", "flow size detail", "flow size detail rate"]);
});

test("a few slow pictures, or some that are neither slow nor quick, change nothing", () => {
  const economy = new Economy();
  expect(draw(economy, 0, 0.18, 90)).toEqual([]);
  expect(draw(economy, 180, 60, 50)).toEqual([]);
});

test("what is not there cannot be saved", () => {
  const economy = new Economy();
  expect(draw(economy, 0, 8, 100, (saving) => saving !== "flow")[0]).toBe("size");
});

test("quick pictures get it back, the last first, and not at once", () => {
  const economy = new Economy();
  draw(economy, 0, 3, 100);
  expect(economy.taken).toEqual(["flow", "size"]);
  expect(draw(economy, 3000, 4, 16)).toEqual([]);
  expect(draw(economy, 7000, 12, 16)).toEqual(["flow", ""]);
});

test("who was given something back too early waits longer the next time", () => {
  const economy = new Economy();
  let now = 0;
  const waits: number[] = [];
  for (let round = 0; round < 4; round++) {
    for (; economy.taken.length === 0; now += 100) economy.note(now, 100);
    const from = now;
    for (; economy.taken.length > 0; now += 16) economy.note(now, 16);
    waits.push(now - from);
  }
  for (const [i, wait] of waits.entries()) if (i > 0) expect(wait).toBeGreaterThan(1.5 * waits[i - 1]!);
});

test("at rest the picture is whole again, and pictures far apart are not judged together", () => {
  const economy = new Economy();
  draw(economy, 0, 4.5, 100);
  expect(economy.rest()).toBe(true);
  expect(economy.taken).toEqual([]);
  expect(economy.rest()).toBe(false);
  for (let now = 10_000; now < 120_000; now += 1000) expect(economy.note(now, 100)).toBe(false);
  // However slow they are, those that follow one another are.
  expect(draw(economy, 200_000, 20, 1000)).toEqual(["flow"]);
});
