/**
 * Firings where a software rasteriser draws: one buffer of points for the whole brain, at most `pointBudget` voxels and the
 * bricks of the areas that do not fit. Costs follow what glows, not how big the brain is.
 */
import * as THREE from "three";
import type { Vec3 } from "#contracts/connectome.ts";
import {
  type Activity,
  type ActivityCounts,
  applyBlending,
  glowMaterial,
  leastScale,
  noCounts,
  pointSizeShader,
  type SharedUniforms,
} from "./activity.ts";
import { chooseDetail, type Detail, pointBudget } from "./brick-lod.ts";
import { type Cut, isCut } from "./cut.ts";
import { voxelFromIndex } from "./placement.ts";
import { RecentBook } from "./recent-book.ts";
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
  let book: StampBook | RecentBook = new StampBook();
  const counts: ActivityCounts = { ...noCounts };
  let areas: readonly SceneArea[] = [];
  let leastScales: number[] = [];
  let tints: readonly THREE.Color[] | null = null;
  let details: Detail[] = [];
  let visible: readonly boolean[] = [];
  let cut: Cut = { kept: null, peel: 0 };
  let budget = pointBudget;
  let length = 0;
  let shownBurst = 0;

  return {
    object: points,
    counts,
    addsUp: true,
    setAreas(next) {
      areas = next;
      details = next.map(() => ({ bricks: false, stride: 1 }));
      leastScales = next.map(leastScale);
      visible = next.map(() => true);
      book.setAreas(next);
    },
    setTints(next) {
      tints = next;
      shared.tinted.value = next ? 1 : 0;
      applyBlending(material, shared.paper.value === 1);
    },
    setVisible(next) {
      visible = next;
    },
    setLight(next) {
      book = next.ofSum ? new RecentBook() : new StampBook(next);
      book.setAreas(areas);
    },
    setDetail(share) {
      budget = Math.round(pointBudget * share);
    },
    setCut(next) {
      cut = next;
    },
    scatter: (frames) => book.scatter(frames),
    clear: () => book.clear(),
    prepare(cursor) {
      shownBurst = cursor;
      const glowing = areas.map((_, area) => (visible[area] ? book.glowing(area, cursor) : 0));
      details = chooseDetail(
        glowing,
        details.map(({ bricks }) => bricks),
        budget,
      );
      length = 0;
      counts.ofPoints = glowing.reduce((sum, n) => sum + n, 0);
      book.gather(cursor, addVoxel, (area) => (visible[area] ? details[area]!.stride : Number.POSITIVE_INFINITY));
      counts.points = length;
      counts.brickAreas = 0;
      counts.pointAreas = 0;
      for (const [area, { bricks }] of details.entries()) {
        if (glowing[area] === 0) continue;
        if (!bricks) counts.pointAreas++;
        if (!bricks) continue;
        counts.brickAreas++;
        book.gatherBricks(area, cursor, (brick, glow) => addBrick(area, brick, glow));
      }
      counts.bricks = length - counts.points;
      for (const attribute of [place, light, least, tint]) {
        attribute.clearUpdateRanges();
        attribute.addUpdateRange(0, length * attribute.itemSize);
        attribute.needsUpdate = true;
      }
      geometry.setDrawRange(0, length);
    },
    // Costs follow the number of points, not the size of the picture: one choice for all viewports.
    aim: () => false,
    formOf(area) {
      if (!visible[area] || book.glowing(area, shownBurst) === 0) return null;
      return details[area]!.bricks ? "bricks" : "points";
    },
    dispose() {
      geometry.dispose();
      material.dispose();
    },
  };

  function addVoxel(area: number, voxel: number, glow: number): void {
    const at = voxelFromIndex(areas[area]!, voxel);
    if (!isCut(cut, areas[area]!, at)) add(area, at[0] + 0.5, at[1] + 0.5, at[2] + 0.5, 1, glow);
  }

  function addBrick(area: number, brick: number, glow: number): void {
    const { from, size } = book.gridOf(area).extent(brick);
    const middle = from.map((at, axis) => at + size[axis]! / 2) as Vec3;
    if (isCut(cut, areas[area]!, middle.map(Math.floor) as Vec3)) return;
    // Each brick is a stack of squares to the eye: the square root keeps faint ones visible.
    add(area, ...middle, Math.max(...size) * brickFill, Math.sqrt(glow) * 0.8);
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
