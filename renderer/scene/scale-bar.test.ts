import { expect, test } from "vitest";
import { scaleOf } from "./scale-bar.ts";

test.each([
  [1, 100],
  [0.1, 1000],
  [7, 10],
  [40, 2],
  [100, 1],
])("at %s pixels a voxel the bar is %s voxels", (voxelPixels, voxels) => {
  expect(scaleOf(voxelPixels)).toEqual({ voxels, pixels: voxels * voxelPixels });
});
