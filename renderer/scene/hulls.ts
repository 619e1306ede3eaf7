/**
 * The still part of the scene: areas as glassy boxes with outlines, plates under regions, axes, and the marks of selection
 * and hover. Built anew when areas or theme change, never for a burst.
 */
import * as THREE from "three";
import { LineMaterial } from "three/addons/lines/LineMaterial.js";
import { LineSegments2 } from "three/addons/lines/LineSegments2.js";
import { LineSegmentsGeometry } from "three/addons/lines/LineSegmentsGeometry.js";
import type { BrainRegion, Vec3 } from "#contracts/connectome.ts";
import { type Box, union, voxelBox, worldBox } from "./placement.ts";
import type { SceneArea, SceneTheme } from "./scene-types.ts";

const hullOpacity = { dark: 0.06, paper: 0.05 };
const outlineOpacity = { dark: 0.55, paper: 0.7 };

export interface Marks {
  selected: SceneArea | null;
  voxel: Vec3 | null;
  hovered: SceneArea | null;
  painted: readonly Vec3[];
}
export interface RegionPlate {
  region: BrainRegion;
  /** Where its name stands. */
  at: Vec3;
}

export class Hulls {
  readonly object = new THREE.Group();
  #still = new THREE.Group();
  #marks = new THREE.Group();

  constructor() {
    this.object.add(this.#still, this.#marks);
  }

  /** `colours` by index into areas. Returns the plates, for their names. */
  build(areas: readonly SceneArea[], regions: readonly BrainRegion[], colours: readonly THREE.Color[], theme: SceneTheme): RegionPlate[] {
    empty(this.#still);
    if (areas.length === 0) return [];
    const all = union(areas.map(worldBox))!;
    const { plates, group } = regionPlates(areas, regions, all, theme);
    this.#still.add(glass(areas, colours, theme), outlines(areas, colours, theme), anchors(areas, colours), group, axes(all, theme));
    return plates;
  }

  mark({ selected, voxel, hovered, painted }: Marks, theme: SceneTheme): void {
    empty(this.#marks);
    const focus = new THREE.Color(theme.focus);
    if (hovered && hovered !== selected) this.#marks.add(lines([edges(worldBox(hovered), 0.04)], [new THREE.Color(theme.text)], 0.8));
    if (!selected) return;
    const cubes = [...(voxel ? [voxel] : []), ...painted].map((at) => edges(voxelBox(selected, at), 0.02));
    this.#marks.add(thickLines([edges(worldBox(selected), 0.04), ...cubes].flat(), focus));
  }

  dispose(): void {
    empty(this.#still);
    empty(this.#marks);
  }
}

/** All boxes in one instanced draw. */
function glass(areas: readonly SceneArea[], colours: readonly THREE.Color[], theme: SceneTheme): THREE.Object3D {
  const material = new THREE.MeshBasicMaterial({
    transparent: true,
    opacity: theme.paper ? hullOpacity.paper : hullOpacity.dark,
    depthWrite: false,
  });
  const mesh = new THREE.InstancedMesh(new THREE.BoxGeometry(1, 1, 1), material, areas.length);
  const matrix = new THREE.Matrix4();
  for (const [i, area] of areas.entries()) {
    const { min, max } = worldBox(area);
    matrix.makeScale(...area.dimensions).setPosition((min[0] + max[0]) / 2, (min[1] + max[1]) / 2, (min[2] + max[2]) / 2);
    mesh.setMatrixAt(i, matrix);
    mesh.setColorAt(i, colours[i]!);
  }
  mesh.frustumCulled = false;
  return mesh;
}

function outlines(areas: readonly SceneArea[], colours: readonly THREE.Color[], theme: SceneTheme): THREE.Object3D {
  return lines(
    areas.map((area) => edges(worldBox(area), 0)),
    colours,
    theme.paper ? outlineOpacity.paper : outlineOpacity.dark,
  );
}

/** A dot of constant size in the middle of each area, so that an area of one voxel is found among areas of thousands. */
function anchors(areas: readonly SceneArea[], colours: readonly THREE.Color[]): THREE.Object3D {
  const small = areas.map((area, i) => ({ area, colour: colours[i]! })).filter(({ area }) => Math.max(...area.dimensions) <= 4);
  const geometry = new THREE.BufferGeometry();
  geometry.setAttribute(
    "position",
    new THREE.Float32BufferAttribute(
      small.flatMap(({ area }) => centre(worldBox(area))),
      3,
    ),
  );
  geometry.setAttribute(
    "color",
    new THREE.Float32BufferAttribute(
      small.flatMap(({ colour }) => colour.toArray()),
      3,
    ),
  );
  const material = new THREE.PointsMaterial({
    size: 3,
    sizeAttenuation: false,
    vertexColors: true,
    transparent: true,
    opacity: 0.55,
    depthWrite: false,
  });
  return new THREE.Points(geometry, material);
}

function regionPlates(
  areas: readonly SceneArea[],
  regions: readonly BrainRegion[],
  all: Box,
  theme: SceneTheme,
): { plates: RegionPlate[]; group: THREE.Group } {
  const group = new THREE.Group();
  const boxes = new Map(areas.map((area) => [area.id, worldBox(area)]));
  const children = Map.groupBy(regions, ({ parent }) => parent);
  const boxOf = (region: BrainRegion): Box | null =>
    union([
      ...region.areas.flatMap((id) => boxes.get(id) ?? []),
      ...(children.get(region.id) ?? []).flatMap((child) => boxOf(child) ?? []),
    ]);
  const depthOf = (region: BrainRegion): number => {
    const parent = regions.find(({ id }) => id === region.parent);
    return parent ? 1 + depthOf(parent) : 0;
  };
  const size = Math.max(...[0, 1, 2].map((i) => all.max[i]! - all.min[i]!));
  const colour = new THREE.Color(theme.secondary);
  // The outermost region is the whole brain: a plate under everything would say nothing.
  const plates = regions.flatMap((region) => {
    const box = region.parent === null ? null : boxOf(region);
    if (!box) return [];
    const depth = depthOf(region);
    const margin = size * Math.max(0.01, 0.03 - 0.005 * depth);
    const y = all.min[1] - size * 0.04 + depth * size * 0.008;
    const plate: Box = { min: [box.min[0] - margin, y, box.min[2] - margin], max: [box.max[0] + margin, y, box.max[2] + margin] };
    const geometry = new THREE.PlaneGeometry(plate.max[0] - plate.min[0], plate.max[2] - plate.min[2]);
    geometry.rotateX(-Math.PI / 2).translate(...(centre(plate) as Vec3));
    const material = new THREE.MeshBasicMaterial({
      color: colour,
      transparent: true,
      opacity: 0.05,
      side: THREE.DoubleSide,
      depthWrite: false,
    });
    group.add(new THREE.Mesh(geometry, material), lines([floorEdges(plate)], [colour], 0.3));
    return [{ region, at: [plate.min[0], y, plate.max[2]] as Vec3 }];
  });
  return { plates, group };
}

/** Three arms at the lowest corner: x, y and z of lab space. */
function axes(all: Box, theme: SceneTheme): THREE.Object3D {
  const { origin, arms } = axisArms(all);
  const colour = new THREE.Color(theme.grid);
  return lines(
    arms.map(({ end }) => [...origin, ...end]),
    [colour, colour, colour],
    1,
  );
}

export function axisArms(all: Box): { origin: Vec3; arms: { name: string; end: Vec3 }[] } {
  const length = Math.max(2, Math.max(...[0, 1, 2].map((i) => all.max[i]! - all.min[i]!)) * 0.08);
  const origin: Vec3 = [all.min[0] - length * 0.3, all.min[1] - length * 0.3, all.max[2] + length * 0.3];
  const [x, y, z] = origin;
  return {
    origin,
    arms: [
      { name: "x", end: [x + length, y, z] },
      { name: "y", end: [x, y + length, z] },
      { name: "z", end: [x, y, z - length] },
    ],
  };
}

/** What the axes take up. */
export function axisBox(all: Box): Box {
  const { origin, arms } = axisArms(all);
  return union([origin, ...arms.map(({ end }) => end)].map((at) => ({ min: at, max: at })))!;
}

function centre({ min, max }: Box): number[] {
  return min.map((low, i) => (low + max[i]!) / 2);
}

/** One line object from groups of segment end points, each group with its colour. */
function lines(groups: readonly number[][], colours: readonly THREE.Color[], opacity: number): THREE.LineSegments {
  const geometry = new THREE.BufferGeometry();
  geometry.setAttribute("position", new THREE.Float32BufferAttribute(groups.flat(), 3));
  const perVertex = groups.flatMap((group, i) => Array.from({ length: group.length / 3 }, () => colours[i]!.toArray()).flat());
  geometry.setAttribute("color", new THREE.Float32BufferAttribute(perVertex, 3));
  const material = new THREE.LineBasicMaterial({ vertexColors: true, transparent: true, opacity, depthWrite: false });
  const segments = new THREE.LineSegments(geometry, material);
  segments.frustumCulled = false;
  return segments;
}

/** Lines that are wider than a pixel, which plain lines of a graphics card are not. */
function thickLines(segments: number[], colour: THREE.Color): THREE.Object3D {
  const material = new LineMaterial({ color: colour, linewidth: 2, transparent: true, depthTest: false });
  const lines = new LineSegments2(new LineSegmentsGeometry().setPositions(segments), material);
  lines.frustumCulled = false;
  return lines;
}

/** The twelve edges of a box that is `room` larger on every side. */
function edges({ min, max }: Box, room: number): number[] {
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

function floorEdges({ min, max }: Box): number[] {
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

function empty(group: THREE.Group): void {
  group.traverse((node) => {
    if (node instanceof THREE.Mesh || node instanceof THREE.LineSegments || node instanceof THREE.Points) {
      node.geometry.dispose();
      (node.material as THREE.Material).dispose();
      if (node instanceof THREE.InstancedMesh) node.dispose();
    }
  });
  group.clear();
}
