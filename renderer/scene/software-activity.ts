/**
 * Firings where a software rasteriser draws: one buffer of points for the whole brain, at most `pointBudget` voxels and the
 * bricks of the areas that do not fit. Costs follow what glows, not how big the brain is.
 */
import * as THREE from "three";
import { type Activity, applyBlending, glowMaterial, leastScale, pointSizeShader, type SharedUniforms } from "./activity.ts";
import { BrickGrid, chooseDetail, type Detail, pointBudget } from "./brick-lod.ts";
import { voxelFromIndex } from "./placement.ts";
import type { SceneArea } from "./scene-types.ts";
import { StampBook } from "./stamp-book.ts";

const vertexShader = /* glsl */ `
  precision highp float;
  uniform mat4 modelViewMatrix;
  uniform mat4 projectionMatrix;
  in vec4 place; // centre and extent
  in float light;
  in float least;
  in vec3 tint;
  out float glow;
  out float size;
  out vec3 colour;
  ${pointSizeShader}
  void main() {
    glow = light;
    colour = tint;
    gl_Position = projectionMatrix * modelViewMatrix * vec4(place.xyz, 1.0);
    size = sizeOf(place.w * 0.92, gl_Position.w, least);
    gl_PointSize = size;
  }
`;
/** Most bricks drawn: a brain of 2 M voxels has 4 K of them. */
const brickBudget = 8192;
/** Bricks are squares that face the eye: seen from the side they would overlap at full size. */
const brickFill = 0.85;
const capacity = pointBudget + brickBudget;

export function createSoftwareActivity(shared: SharedUniforms): Activity {
  const geometry = new THREE.BufferGeometry();
  const place = dynamicAttribute(geometry, "place", 4);
  const light = dynamicAttribute(geometry, "light", 1);
  const least = dynamicAttribute(geometry, "least", 1);
  const tint = dynamicAttribute(geometry, "tint", 3);
  const material = glowMaterial(vertexShader, shared, shared.paper.value === 1);
  const points = new THREE.Points(geometry, material);
  points.frustumCulled = false;
  const book = new StampBook();
  const counts = { points: 0, ofPoints: 0, bricks: 0 };
  let areas: readonly SceneArea[] = [];
  let grids: BrickGrid[] = [];
  let brickGlow: (Float32Array | null)[] = [];
  let leastScales: number[] = [];
  let tints: readonly THREE.Color[] | null = null;
  let details: Detail[] = [];
  let length = 0;

  return {
    object: points,
    counts,
    setAreas(next) {
      areas = next;
      grids = next.map(({ dimensions }) => new BrickGrid(dimensions));
      brickGlow = next.map(() => null);
      details = next.map(() => ({ bricks: false, stride: 1 }));
      leastScales = next.map(leastScale);
      book.setAreas(next);
    },
    setTints(next) {
      tints = next;
      shared.tinted.value = next ? 1 : 0;
      applyBlending(material, shared.paper.value === 1);
    },
    scatter: (frames) => book.scatter(frames),
    clear: () => book.clear(),
    prepare(cursor) {
      const glowing = areas.map(() => 0);
      book.gather(cursor, (area) => glowing[area]!++);
      details = chooseDetail(
        glowing,
        details.map(({ bricks }) => bricks),
      );
      length = 0;
      counts.ofPoints = glowing.reduce((sum, n) => sum + n, 0);
      const seen = areas.map(() => 0);
      book.gather(cursor, (area, voxel, glow) => {
        const { bricks, stride } = details[area]!;
        if (bricks) addToBrick(area, voxel, glow);
        if (seen[area]!++ % stride === 0) addVoxel(area, voxel, glow);
      });
      counts.points = length;
      addBricks();
      counts.bricks = length - counts.points;
      for (const attribute of [place, light, least, tint]) {
        attribute.clearUpdateRanges();
        attribute.addUpdateRange(0, length * attribute.itemSize);
        attribute.needsUpdate = true;
      }
      geometry.setDrawRange(0, length);
    },
    dispose() {
      geometry.dispose();
      material.dispose();
    },
  };

  function addVoxel(area: number, voxel: number, glow: number): void {
    const [x, y, z] = voxelFromIndex(areas[area]!, voxel);
    add(area, x + 0.5, y + 0.5, z + 0.5, 1, glow);
  }

  function addToBrick(area: number, voxel: number, glow: number): void {
    const grid = grids[area]!;
    brickGlow[area] ??= new Float32Array(grid.length);
    brickGlow[area]![grid.brickOf(voxel)]! += glow;
  }

  function addBricks(): void {
    for (const [area, sums] of brickGlow.entries()) {
      if (!sums) continue;
      for (let brick = 0; brick < sums.length; brick++) {
        if (sums[brick] === 0) continue;
        const { from, size, voxels } = grids[area]!.extent(brick);
        const [x, y, z] = from.map((at, axis) => at + size[axis]! / 2) as [number, number, number];
        // Each brick is a stack of squares to the eye: the square root keeps faint ones visible.
        add(area, x, y, z, Math.max(...size) * brickFill, Math.sqrt(sums[brick]! / voxels) * 0.8);
      }
      sums.fill(0);
    }
  }

  function add(area: number, x: number, y: number, z: number, extent: number, glow: number): void {
    if (length >= capacity) return;
    const { position } = areas[area]!;
    place.setXYZW(length, position[0] + x, position[1] + y, -(position[2] + z), extent);
    light.setX(length, glow);
    least.setX(length, leastScales[area]!);
    const colour = tints?.[area];
    if (colour) tint.setXYZ(length, colour.r, colour.g, colour.b);
    length++;
  }
}

function dynamicAttribute(geometry: THREE.BufferGeometry, name: string, itemSize: number): THREE.BufferAttribute {
  const attribute = new THREE.BufferAttribute(new Float32Array(capacity * itemSize), itemSize);
  attribute.setUsage(THREE.DynamicDrawUsage);
  geometry.setAttribute(name, attribute);
  return attribute;
}
