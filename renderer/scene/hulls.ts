/**
 * Areas as glassy boxes with outlines, plates under regions, axes, and the marks of selection and hover. Built anew when areas
 * or theme change, never for a burst.
 */
import * as THREE from "three";
import type { BrainRegion, Vec3 } from "#contracts/connectome.ts";
import { edges, empty, floorEdges, lines, thickLines } from "./lines.ts";
import { type Box, union, voxelBox, worldBox, worldFromVoxel } from "./placement.ts";
import type { SceneArea, SceneTheme } from "./scene-types.ts";

const hullOpacity = { dark: 0.06, paper: 0.05, coloured: 0.42 };
const outlineOpacity = { dark: 0.55, paper: 0.7 };

export interface Marks {
  selected: readonly SceneArea[];
  /** Of the area selected last. */
  voxels: readonly Vec3[];
  hovered: SceneArea | null;
  painted: readonly Vec3[];
}
export interface RegionPlate {
  region: BrainRegion;
  /** Where its name stands. */
  at: Vec3;
}
/** The areas in the picture: each with its box, as far as it is not cut away, and the colours of its glass and of its lines. */
export interface Hull {
  area: SceneArea;
  box: Box;
  colour: THREE.Color;
  line: THREE.Color;
}

/** Up to so many selected voxels have outlines; more are drawn as one filled body. */
const mostOutlined = 64;
const mostFilled = 20_000;

export class Hulls {
  readonly object = new THREE.Group();
  #still = new THREE.Group();
  #marks = new THREE.Group();

  constructor() {
    this.object.add(this.#still, this.#marks);
  }

  /** `filled`: the boxes carry a figure as their colour. Returns the plates, for their names. */
  build(hulls: readonly Hull[], regions: readonly BrainRegion[], theme: SceneTheme, filled: boolean): RegionPlate[] {
    empty(this.#still);
    const all = union(hulls.map(({ box }) => box));
    if (!all) return [];
    const { plates, group } = regionPlates(hulls, regions, all, theme);
    this.#still.add(glass(hulls, theme, filled), outlines(hulls, theme), anchors(hulls), group, axes(all, theme));
    return plates;
  }

  mark({ selected, voxels, hovered, painted }: Marks, theme: SceneTheme): void {
    empty(this.#marks);
    const focus = new THREE.Color(theme.focus);
    if (hovered && !selected.includes(hovered))
      this.#marks.add(lines([edges(worldBox(hovered), 0.04)], [new THREE.Color(theme.text)], 0.8));
    const last = selected.at(-1);
    if (!last) return;
    const all = [...voxels, ...painted];
    const cubes = all.length > mostOutlined ? [] : all.map((at) => edges(voxelBox(last, at), 0.02));
    const boxes = selected.map((area) => edges(worldBox(area), 0.04));
    this.#marks.add(thickLines([...boxes, ...cubes].flat(), focus, { width: 2, onTop: true }));
    if (all.length > mostOutlined) this.#marks.add(filledVoxels(last, all, focus));
  }

  dispose(): void {
    empty(this.#still);
    empty(this.#marks);
  }
}

function filledVoxels(area: SceneArea, voxels: readonly Vec3[], colour: THREE.Color): THREE.Object3D {
  const step = Math.ceil(voxels.length / mostFilled);
  const shown = voxels.filter((_, i) => i % step === 0);
  const material = new THREE.MeshBasicMaterial({ color: colour, transparent: true, opacity: 0.28, depthWrite: false });
  const mesh = new THREE.InstancedMesh(new THREE.BoxGeometry(0.9, 0.9, 0.9), material, shown.length);
  const matrix = new THREE.Matrix4();
  for (const [i, voxel] of shown.entries()) mesh.setMatrixAt(i, matrix.setPosition(...worldFromVoxel(area, voxel)));
  mesh.frustumCulled = false;
  return mesh;
}

/** All boxes in one instanced draw. */
function glass(hulls: readonly Hull[], theme: SceneTheme, filled: boolean): THREE.Object3D {
  const material = new THREE.MeshBasicMaterial({
    transparent: true,
    opacity: filled ? hullOpacity.coloured : theme.paper ? hullOpacity.paper : hullOpacity.dark,
    depthWrite: false,
  });
  const mesh = new THREE.InstancedMesh(new THREE.BoxGeometry(1, 1, 1), material, hulls.length);
  const matrix = new THREE.Matrix4();
  for (const [i, { box, colour }] of hulls.entries()) {
    const { min, max } = box;
    const size = max.map((high, axis) => high - min[axis]!) as Vec3;
    matrix.makeScale(...size).setPosition(...(centre(box) as Vec3));
    mesh.setMatrixAt(i, matrix);
    mesh.setColorAt(i, colour);
  }
  mesh.frustumCulled = false;
  return mesh;
}

function outlines(hulls: readonly Hull[], theme: SceneTheme): THREE.Object3D {
  return lines(
    hulls.map(({ box }) => edges(box, 0)),
    hulls.map(({ line }) => line),
    theme.paper ? outlineOpacity.paper : outlineOpacity.dark,
  );
}

/** A dot of constant size in the middle of each area, so that an area of one voxel is found among areas of thousands. */
function anchors(hulls: readonly Hull[]): THREE.Object3D {
  const small = hulls.filter(({ area }) => Math.max(...area.dimensions) <= 4);
  const geometry = new THREE.BufferGeometry();
  const positions = small.flatMap(({ box }) => centre(box));
  const colours = small.flatMap(({ line }) => line.toArray());
  geometry.setAttribute("position", new THREE.Float32BufferAttribute(positions, 3));
  geometry.setAttribute("color", new THREE.Float32BufferAttribute(colours, 3));
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
  hulls: readonly Hull[],
  regions: readonly BrainRegion[],
  all: Box,
  theme: SceneTheme,
): { plates: RegionPlate[]; group: THREE.Group } {
  const group = new THREE.Group();
  const boxes = new Map(hulls.map(({ area, box }) => [area.id, box]));
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
