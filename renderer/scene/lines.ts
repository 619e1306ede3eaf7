/** Segments as three objects: thin ones, thick ones, and the edges of boxes. All positions are of the world. */
import * as THREE from "three";
import { LineMaterial } from "three/addons/lines/LineMaterial.js";
import { LineSegments2 } from "three/addons/lines/LineSegments2.js";
import { LineSegmentsGeometry } from "three/addons/lines/LineSegmentsGeometry.js";
import type { Box } from "./placement.ts";

/** One line object from groups of segment end points, each group with its colour. */
export function lines(groups: readonly number[][], colours: readonly THREE.Color[], opacity: number): THREE.LineSegments {
  const geometry = new THREE.BufferGeometry();
  geometry.setAttribute("position", new THREE.Float32BufferAttribute(groups.flat(), 3));
  const perVertex = groups.flatMap((group, i) => Array.from({ length: group.length / 3 }, () => colours[i]!.toArray()).flat());
  geometry.setAttribute("color", new THREE.Float32BufferAttribute(perVertex, 3));
  const material = new THREE.LineBasicMaterial({ vertexColors: true, transparent: true, opacity, depthWrite: false });
  const segments = new THREE.LineSegments(geometry, material);
  segments.frustumCulled = false;
  return segments;
}

export interface ThickStyle {
  /** CSS pixels. */
  width: number;
  opacity?: number;
  /** Length of a dash and of the gap after it. */
  dash?: number;
  /** Drawn over everything, as marks are. */
  onTop?: boolean;
}

/** Lines that are wider than a pixel, which plain lines of a graphics card are not. */
export function thickLines(
  segments: number[],
  colour: THREE.Color,
  { width, opacity = 1, dash, onTop = false }: ThickStyle,
): LineSegments2 {
  const material = new LineMaterial({ color: colour, linewidth: width, opacity, transparent: true, depthTest: false, depthWrite: false });
  if (dash !== undefined) Object.assign(material, { dashed: true, dashSize: dash, gapSize: dash });
  const made = new LineSegments2(new LineSegmentsGeometry().setPositions(segments), material);
  if (dash !== undefined) made.computeLineDistances();
  if (onTop) made.renderOrder = 2;
  made.frustumCulled = false;
  return made;
}

/** The twelve edges of a box that is `room` larger on every side. */
export function edges({ min, max }: Box, room: number): number[] {
  const low = min.map((at) => at - room);
  const high = max.map((at) => at + room);
  const segments: number[] = [];
  for (let axis = 0; axis < 3; axis++) {
    const [b, c] = [(axis + 1) % 3, (axis + 2) % 3];
    for (const [atB, atC] of [
      [low[b], low[c]],
      [high[b], low[c]],
      [low[b], high[c]],
      [high[b], high[c]],
    ]) {
      const from = [0, 0, 0];
      from[b] = atB!;
      from[c] = atC!;
      const to = [...from];
      from[axis] = low[axis]!;
      to[axis] = high[axis]!;
      segments.push(...from, ...to);
    }
  }
  return segments;
}

export function floorEdges({ min, max }: Box): number[] {
  const y = min[1];
  const ring = [
    [min[0], min[2]],
    [max[0], min[2]],
    [max[0], max[2]],
    [min[0], max[2]],
  ] as const;
  return ring.flatMap(([x, z], i) => {
    const [nextX, nextZ] = ring[(i + 1) % 4]!;
    return [x, y, z, nextX, y, nextZ];
  });
}

export function empty(group: THREE.Group): void {
  group.traverse((node) => {
    if (node instanceof THREE.Mesh || node instanceof THREE.LineSegments || node instanceof THREE.Points) {
      node.geometry.dispose();
      (node.material as THREE.Material).dispose();
      if (node instanceof THREE.InstancedMesh) node.dispose();
    }
  });
  group.clear();
}
