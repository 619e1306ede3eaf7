import fc from "fast-check";
import { expect, test } from "vitest";
import { BrickGrid, boxLevel, chooseDetail, levelFor, levelOfArea, levels } from "./brick-lod.ts";
import { voxelFromIndex } from "./placement.ts";
import { area } from "./testing/areas.ts";

const never = (count: number) => Array<boolean>(count).fill(false);

test("within the budget every voxel is a point", () => {
  expect(chooseDetail([10, 20], never(2), 100)).toEqual([
    { bricks: false, stride: 1 },
    { bricks: false, stride: 1 },
  ]);
});

test("small areas stay whole; the large one becomes bricks with a sample from what is left", () => {
  expect(chooseDetail([900, 10], never(2), 100)).toEqual([
    { bricks: true, stride: 10 },
    { bricks: false, stride: 1 },
  ]);
});

test("no more points are drawn than the budget allows", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(50_000), { maxLength: 20 }), (glowing) => {
      const details = chooseDetail(glowing, never(glowing.length));
      const points = glowing.reduce((sum, count, i) => sum + Math.ceil(count / details[i]!.stride), 0);
      // A stride that does not divide an area draws at most one point more for it.
      expect(points).toBeLessThanOrEqual(20_000 + glowing.length);
    }),
  );
});

test("an area comes back from bricks only well below the budget", () => {
  expect(chooseDetail([90], [true], 100)[0]?.bricks).toBe(true);
  expect(chooseDetail([79], [true], 100)[0]?.bricks).toBe(false);
  expect(chooseDetail([90], [false], 100)[0]?.bricks).toBe(false);
});

test("every voxel lies within the extent of its brick, and extents add up to the area", () => {
  const size = fc.integer({ min: 1, max: 30 });
  fc.assert(
    fc.property(size, size, size, fc.nat(), (w, h, d, at) => {
      const grid = new BrickGrid([w, h, d]);
      const index = at % (w * h * d);
      const voxel = voxelFromIndex(area({ dimensions: [w, h, d] }), index);
      const { from, size: extent } = grid.extent(grid.brickOf(index));
      for (const axis of [0, 1, 2] as const) {
        expect(voxel[axis]).toBeGreaterThanOrEqual(from[axis]);
        expect(voxel[axis]).toBeLessThan(from[axis] + extent[axis]);
      }
      let voxels = 0;
      for (let brick = 0; brick < grid.length; brick++) voxels += grid.extent(brick).voxels;
      expect(voxels).toBe(w * h * d);
    }),
  );
});

test("voxels are cubes, points or bricks by their size, and come back to more detail only when they are clearly larger", () => {
  const form = (voxelPixels: number, before: number | null) => {
    const { form: name, edge } = levels[levelFor(voxelPixels, before)]!;
    return `${name} ${edge}`;
  };
  expect([10, 5, 1, 0.1].map((pixels) => form(pixels, null))).toEqual(["cubes 1", "points 1", "bricks 4", "bricks 8"]);
  expect(form(5.9, 0)).toBe("points 1");
  expect(form(7.1, 1)).toBe("points 1");
  expect(form(7.3, 1)).toBe("cubes 1");
  expect(form(1.4, 1)).toBe("bricks 4");
  expect(form(1.6, 2)).toBe("bricks 4");
  expect(form(1.81, 2)).toBe("points 1");
  expect(form(0.4, 3)).toBe("bricks 8");
});

test("an area below 24 pixels is one box until it is clearly larger; voxels with room for cubes stay", () => {
  const form = (length: number, voxelPixels: number, before: number | null) => {
    const level = levelOfArea(length * voxelPixels, voxelPixels, before);
    return level === boxLevel ? "box" : levels[level]!.form;
  };
  expect(form(64, 0.37, null)).toBe("box");
  expect(form(64, 0.38, null)).toBe("bricks");
  expect(form(64, 0.44, boxLevel)).toBe("box");
  expect(form(64, 0.46, boxLevel)).toBe("bricks");
  expect(form(3, 6.5, null)).toBe("cubes");
  expect(form(3, 6.5, boxLevel)).toBe("box");
  expect(form(3, 7.3, boxLevel)).toBe("cubes");
  expect(form(1, 3, null)).toBe("box");
});
