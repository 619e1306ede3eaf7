import fc from "fast-check";
import { expect, test } from "vitest";
import type { Vec3 } from "#contracts/connectome.ts";
import { crossBox, pickArea, pickVoxel, type Ray, voxelsAlong } from "./picking.ts";
import { worldFromVoxel } from "./placement.ts";
import { area } from "./testing/areas.ts";

/** A ray from one point through another. */
function ray(origin: Vec3, through: Vec3): Ray {
  const d = through.map((at, i) => at - origin[i]!);
  const length = Math.hypot(...d);
  return { origin, direction: d.map((at) => at / length) as Vec3 };
}

test("a ray enters and leaves a box, or misses it", () => {
  const box = { min: [0, 0, -2] as Vec3, max: [2, 2, 0] as Vec3 };
  expect(crossBox({ origin: [1, 1, 5], direction: [0, 0, -1] }, box)).toEqual([5, 7]);
  expect(crossBox({ origin: [3, 1, 5], direction: [0, 0, -1] }, box)).toBeNull();
  expect(crossBox({ origin: [1, 1, 5], direction: [0, 0, 1] }, box)).toBeNull();
});

test("the nearer area is picked, and of two that begin together the thinner", () => {
  const near = area({ id: "near", position: [0, 0, 0] });
  const far = area({ id: "far", position: [0, 0, 10] });
  const deep = area({ id: "deep", dimensions: [4, 3, 9] });
  const through: Ray = { origin: [1, 1, 20], direction: [0, 0, -1] };
  expect(pickArea(through, [far, near])?.id).toBe("near");
  expect(pickArea(through, [deep, near])?.id).toBe("near");
  expect(pickArea({ origin: [100, 1, 20], direction: [0, 0, -1] }, [far, near])).toBeNull();
});

test("a ray aimed at any voxel passes through it", () => {
  const size = fc.integer({ min: 1, max: 20 });
  const place = fc.integer({ min: -50, max: 50 });
  fc.assert(
    fc.property(size, size, size, fc.nat(), fc.nat(), fc.nat(), fc.tuple(place, place, place), (w, h, d, x, y, z, position) => {
      const one = area({ dimensions: [w, h, d], position });
      const voxel: Vec3 = [x % w, y % h, z % d];
      const hits = [...voxelsAlong(ray([210.3, 170.7, 330.1], worldFromVoxel(one, voxel)), one)];
      expect(hits).toContainEqual(voxel);
      for (let i = 1; i < hits.length; i++) {
        const steps = hits[i]!.map((at, axis) => Math.abs(at - hits[i - 1]![axis]!));
        expect(steps.reduce((sum, step) => sum + step, 0)).toBe(1);
      }
    }),
  );
});

test("a glowing voxel is picked through silent ones; without any the surface is", () => {
  const one = area({ dimensions: [1, 1, 5] });
  const through: Ray = { origin: [0.5, 0.5, 9], direction: [0, 0, -1] };
  expect(pickVoxel(through, one, ([, , z]) => z >= 3)).toEqual([0, 0, 3]);
  expect(pickVoxel(through, one, () => false)).toEqual([0, 0, 0]);
  expect(pickVoxel({ ...through, origin: [9, 9, 9] }, one, () => true)).toBeNull();
});
