import * as THREE from "three";
import { expect, test } from "vitest";
import { createSharedUniforms } from "./activity.ts";
import { type AreaDraws, drawsOf } from "./area-draws.ts";
import { boxLevel } from "./brick-lod.ts";
import { pageNeurons } from "./scatter-pass.ts";
import { area, theme } from "./testing/areas.ts";

const page = (start = 0) => ({ start, rows: 4096, target: new THREE.WebGLRenderTarget(1, 1), sums: { value: null } });
const made = (...given: Parameters<typeof area>) =>
  drawsOf(area(...given), 0, [page(), page(pageNeurons)], createSharedUniforms(theme), { value: 0 });
/** What is seen of the area: meshes are cubes, and how much of each is there. */
const seen = ({ object }: AreaDraws) =>
  object.children
    .filter(({ visible }) => visible)
    .map((child) => {
      const { material, geometry } = child as THREE.Points<THREE.BufferGeometry, THREE.RawShaderMaterial>;
      const form = child instanceof THREE.Points ? `points of ${material.uniforms.edge!.value}` : "cubes";
      return `${form}: ${geometry.drawRange.count} × ${material.uniforms.fade!.value}`;
    });

test("an area is drawn whole at its first level, and goes over into another within the time of a fade", () => {
  const [one] = made({ dimensions: [16, 16, 1] });
  expect(one!.aim(0, 1, 1000, 120)).toBe(false);
  expect(seen(one!)).toEqual(["points of 1: 256 × 1"]);
  expect(one!.aim(0, 2, 2000, 120)).toBe(true);
  expect(one!.aim(0, 2, 2060, 120)).toBe(true);
  expect(seen(one!)).toEqual(["points of 1: 256 × 0.5", "points of 4: 16 × 0.5"]);
  expect(one!.aim(0, 2, 2120, 120)).toBe(false);
  expect(seen(one!)).toEqual(["points of 4: 16 × 1"]);
});

test("without motion the level is cut to", () => {
  const [one] = made({ dimensions: [16, 16, 1] });
  one!.aim(0, 1, 1000, 0);
  expect(one!.aim(0, 0, 2000, 0)).toBe(false);
  expect(seen(one!)).toEqual(["cubes: 18 × 1"]);
});

test("viewports choose for themselves", () => {
  const [one] = made({ dimensions: [16, 16, 1] });
  one!.aim(0, 1, 0, 120);
  one!.aim(1, 3, 0, 120);
  expect(seen(one!)).toEqual(["points of 8: 4 × 1"]);
  expect(one!.aim(0, 1, 16, 120)).toBe(false);
  expect(seen(one!)).toEqual(["points of 1: 256 × 1"]);
});

test("an area across the border of two pages is drawn from both, in voxels only", () => {
  const parts = made({ dimensions: [16, 16, 1], firstNeuron: pageNeurons - 100 });
  expect(parts.map(({ voxels, divisible }) => [voxels, divisible])).toEqual([
    [100, false],
    [156, false],
  ]);
});

test("an area that becomes a box goes out while the box comes in, and draws nothing then", () => {
  const [one] = made({ dimensions: [16, 16, 1] });
  one!.aim(0, 2, 1000, 120);
  expect(one!.boxed).toBe(0);
  expect(one!.aim(0, boxLevel, 2000, 120)).toBe(true);
  one!.aim(0, boxLevel, 2030, 120);
  expect([seen(one!), one!.boxed]).toEqual([["points of 4: 16 × 0.75"], 0.25]);
  expect(one!.aim(0, boxLevel, 2120, 120)).toBe(false);
  expect([seen(one!), one!.boxed]).toEqual([[], 1]);
});
