import fc from "fast-check";
import { expect, test } from "vitest";
import { neuronOfVoxel, union, voxelFromIndex, voxelOfNeuron, worldBox, worldFromVoxel } from "./placement.ts";
import { area } from "./testing/areas.ts";

test("a voxel lies within the box of its area, and z points away from the viewer", () => {
  const one = area({ position: [10, 20, 30] });
  expect(worldBox(one)).toEqual({ min: [10, 20, -32], max: [14, 23, -30] });
  expect(worldFromVoxel(one, [0, 0, 0])).toEqual([10.5, 20.5, -30.5]);
  expect(worldFromVoxel(one, [3, 2, 1])).toEqual([13.5, 22.5, -31.5]);
});

test("the neurons of a voxel lead back to the voxel", () => {
  const size = fc.integer({ min: 1, max: 40 });
  fc.assert(
    fc.property(size, size, size, fc.integer({ min: 1, max: 4 }), fc.nat(), fc.nat(), (w, h, d, perVoxel, at, k) => {
      const one = area({ dimensions: [w, h, d], neuronsPerVoxel: perVoxel, firstNeuron: 1000 });
      const voxel = voxelFromIndex(one, at % (w * h * d));
      expect(voxelOfNeuron(one, neuronOfVoxel(one, voxel)! + (k % perVoxel))).toEqual(voxel);
    }),
  );
});

test("neurons of other areas have no voxel here", () => {
  const one = area({ firstNeuron: 100 });
  expect(voxelOfNeuron(one, 99)).toBeNull();
  expect(voxelOfNeuron(one, 124)).toBeNull();
  expect(voxelOfNeuron(one, 123)).toEqual([3, 2, 1]);
});

test("an area that still grows has no neurons to name", () => {
  const { firstNeuron: _, ...growing } = area();
  expect(neuronOfVoxel(growing, [0, 0, 0])).toBeNull();
});

test("nothing has no box, several have one around all", () => {
  expect(union([])).toBeNull();
  expect(union([worldBox(area()), worldBox(area({ position: [-5, 0, 10] }))])?.min).toEqual([-5, 0, -12]);
});
