import * as THREE from "three";
import { expect, test } from "vitest";
import { area, theme } from "./testing/areas.ts";
import { mostVoxels, VoxelPicture } from "./voxel-layer.ts";

const shared = { pixelsPerUnit: { value: 1 }, leastPixels: { value: 3 } };
const around = { theme, visible: [true, true], cut: { kept: null, peel: 0 } };
const areas = [area({ id: "a" }), area({ id: "b", firstNeuron: 24, position: [100, 0, 0] })];
const positions = ({ object }: VoxelPicture) => [...object.geometry.getAttribute("position").array];

test("marks stand at the voxels of their neurons, whatever area; those that are hidden or unknown are left out", () => {
  const picture = new VoxelPicture(shared);
  const layer = { marks: [{ neurons: [0, 24, 999], shape: "ring", colour: "low" }], values: null } as const;
  expect(picture.show(layer, { ...around, areas })).toBe(2);
  expect(positions(picture)).toEqual([0.5, 0.5, -0.5, 100.5, 0.5, -0.5]);
  expect(picture.show(layer, { ...around, areas, visible: [false, true] })).toBe(1);
  expect(picture.object.visible).toBe(true);
  expect(picture.show(null, { ...around, areas })).toBe(0);
  expect(picture.object.visible).toBe(false);
});

test("figures have the colour of their place between the limits", () => {
  const picture = new VoxelPicture(shared);
  picture.show({ marks: [], values: { neurons: [0, 1], values: [-1, 1], low: -1, high: 1, signed: true } }, { ...around, areas });
  const tints = [...picture.object.geometry.getAttribute("tint").array];
  const colours = [theme.signed[0], theme.signed[2]].flatMap((css) => new THREE.Color(css).toArray());
  for (const [i, value] of colours.entries()) expect(tints[i]).toBeCloseTo(value);
});

test("never more than a software rasteriser draws at ease", () => {
  const picture = new VoxelPicture(shared);
  const large = area({ dimensions: [200, 200, 1] });
  const neurons = Array.from({ length: 40_000 }, (_, i) => i);
  expect(picture.show({ marks: [{ neurons, shape: "fill", colour: "text" }], values: null }, { ...around, areas: [large] })).toBe(
    mostVoxels,
  );
});
