import * as THREE from "three";
import { expect, test } from "vitest";
import { CameraRig } from "./camera-rig.ts";
import { type Box, cornersOf } from "./placement.ts";

const boxes: Box[] = [
  { min: [-40, 0, -3], max: [90, 128, 0] },
  { min: [150, -30, -60], max: [151, -29, -59] },
];

function rigOf(width: number, height: number): CameraRig {
  const rig = new CameraRig();
  rig.setViewport(width, height);
  rig.setSceneSize(200);
  return rig;
}
const screen = (rig: CameraRig, at: [number, number, number]) => new THREE.Vector3(...at).project(rig.camera);

test.each(["front", "top", "side"] as const)("framing from the %s shows every corner and fills the view", (from) => {
  const rig = rigOf(1000, 640);
  rig.reducedMotion = true;
  rig.view(from, 0);
  rig.frame(boxes, 0);
  rig.apply(0);
  const seen = boxes.flatMap(cornersOf).map((corner) => screen(rig, corner));
  const extent = Math.max(...seen.map(({ x, y }) => Math.max(Math.abs(x), Math.abs(y))));
  expect(extent).toBeLessThanOrEqual(1);
  expect(extent).toBeGreaterThan(0.7);
  expect(seen.every(({ z }) => z > -1 && z < 1)).toBe(true);
});

test("the wheel keeps the point under the cursor in its place", () => {
  const rig = rigOf(800, 600);
  rig.frame(boxes, 0, false);
  rig.apply(0);
  const cursor = new THREE.Vector3(0.4, -0.3, 0);
  // The point under the cursor at the depth of the target.
  const { target } = rig.pose;
  const depth = screen(rig, target).z;
  const held = cursor.clone().setZ(depth).unproject(rig.camera).toArray() as [number, number, number];
  rig.dolly(0.5, { x: cursor.x, y: cursor.y });
  rig.apply(0);
  const after = screen(rig, held);
  expect(after.x).toBeCloseTo(0.4, 5);
  expect(after.y).toBeCloseTo(-0.3, 5);
});

test("a move takes 250 ms, and no time under reduced motion", () => {
  const rig = rigOf(800, 600);
  rig.view("side", 1000);
  expect(rig.apply(1100)).toBe(true);
  expect(rig.apply(1250)).toBe(false);
  expect(rig.pose.azimuth).toBeCloseTo(Math.PI / 2);
  rig.reducedMotion = true;
  rig.view("front", 2000);
  expect(rig.apply(2000)).toBe(false);
  expect(rig.pose.azimuth % (2 * Math.PI)).toBeCloseTo(0);
});

test("the camera never tips over the top", () => {
  const rig = rigOf(800, 600);
  rig.orbit(0, 10);
  expect(rig.pose.elevation).toBeLessThan(Math.PI / 2);
});

test("framing while the view has no size is framing for the size it had", () => {
  const rig = rigOf(1000, 640);
  rig.frame(boxes, 0, false);
  const before = rig.pose;
  rig.setViewport(0, 0);
  rig.frame(boxes, 0, false);
  expect(rig.pose).toEqual(before);
});

test("nothing to frame leaves the camera where it is", () => {
  const rig = rigOf(800, 600);
  const before = rig.pose;
  rig.frame([], 0);
  expect(rig.pose).toEqual(before);
});
