import { expect, test } from "vitest";
import type { Pose } from "./camera-rig.ts";
import { burstAt, poseAt } from "./capture.ts";

const pose = (azimuth: number): Pose => ({ target: [0, 0, 0], distance: 10, azimuth, elevation: 0 });
const flight = [pose(0), pose(1), pose(3)];
const azimuthAt = (share: number, cuts = false) => poseAt(flight, share, cuts)?.azimuth;

test("a flight passes its key pictures at equal times and rests at the last", () => {
  expect([0, 0.5, 1].map((share) => azimuthAt(share))).toEqual([0, 1, 3]);
  expect(azimuthAt(0.25)).toBeCloseTo(0.5);
  expect(azimuthAt(0.75)).toBeCloseTo(2);
});

test("cuts stay at a key picture until the next", () => {
  expect([0.1, 0.49, 0.51, 0.99, 1].map((share) => azimuthAt(share, true))).toEqual([0, 0, 1, 1, 3]);
});

test("one key picture is a still view, none leaves the camera alone", () => {
  expect(poseAt([pose(2)], 0.3, false)?.azimuth).toBe(2);
  expect(poseAt([], 0.3, false)).toBeNull();
});

test("bursts are gone through evenly, from the first to the last", () => {
  expect([0, 0.24, 0.25, 0.5, 0.99, 1].map((share) => burstAt({ from: 7, to: 10 }, share))).toEqual([7, 7, 8, 9, 10, 10]);
});
