/**
 * How one area is drawn from its page of stamps: its voxels as cubes or points, or bricks of them, by how large they are in each
 * viewport. Silent ones leave the picture in the vertex shader. Another level comes in while the one before goes out.
 */
import * as THREE from "three";
import { applyBlending, glowMaterial, leastScale, lightShader, pointSizeShader, type SharedUniforms } from "./activity.ts";
import { boxLevel, levels } from "./brick-lod.ts";
import { voxelCount, worldBox } from "./placement.ts";
import { pageNeurons, pageWidth } from "./scatter-pass.ts";
import { leastGlow, type SceneArea } from "./scene-types.ts";
import type { Page } from "./stamp-pages.ts";
import { mostViews } from "./views.ts";

/** The light of a voxel, read from the pages. */
const stampShader = /* glsl */ `
  precision highp float;
  precision highp int;
  precision highp usampler2D;
  uniform mat4 modelViewMatrix;
  uniform mat4 projectionMatrix;
  uniform usampler2D stamps;
  uniform highp sampler2D sums;
  uniform float summed;
  uniform float sumScale;
  uniform int firstTexel;
  uniform int perVoxel;
  uniform int firstVoxel;
  uniform ivec3 dimensions;
  uniform vec3 corner;
  uniform vec3 tint;
  uniform uint cursor;
  uniform vec3 keptLow;
  uniform vec3 keptHigh;
  uniform int peel;
  out float glow;
  out float size;
  out vec3 colour;
  ${lightShader}
  vec3 worldOf(vec3 at) {
    return corner + vec3(at.x, at.y, -at.z);
  }
  float lightAt(ivec3 at) {
    ivec3 depth = min(at, dimensions - 1 - at);
    if (any(lessThan(depth, min(ivec3(peel), (dimensions - 1) / 2)))) return 0.0;
    vec3 centre = worldOf(vec3(at) + 0.5);
    if (any(lessThan(centre, keptLow)) || any(greaterThan(centre, keptHigh))) return 0.0;
    int local = (at.x * dimensions.y + at.y) * dimensions.z + at.z - firstVoxel;
    uint newest = 0u;
    float sum = 0.0;
    for (int k = 0; k < perVoxel; k++) {
      int id = firstTexel + local * perVoxel + k;
      ivec2 texel = ivec2(id % ${pageWidth}, id / ${pageWidth});
      if (summed > 0.5) sum += texelFetch(sums, texel, 0).r;
      else {
        uint stamp = texelFetch(stamps, texel, 0).r;
        if (stamp <= cursor) newest = max(newest, stamp);
      }
    }
    if (summed > 0.5) return lightOfSum(sum * sumScale);
    return newest == 0u ? 0.0 : lightOf(float(cursor - newest));
  }
`;

/** A vertex is a voxel, or where `edge` is above 1 a brick of edge³ voxels with their mean light. */
const pointVertexShader = /* glsl */ `
  ${stampShader}
  uniform int edge;
  uniform float least;
  ${pointSizeShader}
  void main() {
    int id = firstVoxel + gl_VertexID;
    ivec3 cells = (dimensions + edge - 1) / edge;
    ivec3 from = ivec3(id / (cells.y * cells.z), (id / cells.z) % cells.y, id % cells.z) * edge;
    ivec3 to = min(from + edge, dimensions);
    if (edge == 1) glow = lightAt(from);
    else {
      float sum = 0.0;
      for (int x = from.x; x < to.x; x++)
        for (int y = from.y; y < to.y; y++)
          for (int z = from.z; z < to.z; z++) sum += lightAt(ivec3(x, y, z));
      ivec3 extent = to - from;
      // Bricks stand behind one another: the root keeps faint ones visible.
      glow = 0.8 * sqrt(sum / float(extent.x * extent.y * extent.z));
    }
    colour = tint;
    if (glow < ${leastGlow}) {
      gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
      gl_PointSize = 1.0;
      energy = 0.0;
      size = 1.0;
      return;
    }
    gl_Position = projectionMatrix * modelViewMatrix * vec4(worldOf(0.5 * vec3(from + to)), 1.0);
    ivec3 extent = to - from;
    size = sizeOf(0.92 * float(max(extent.x, max(extent.y, extent.z))), gl_Position.w, least);
    gl_PointSize = size;
  }
`;

/** An instance is a voxel; drawn are the three faces of its cube that look at the eye. */
const cubeVertexShader = /* glsl */ `
  ${stampShader}
  uniform mat4 viewMatrix;
  uniform vec3 cameraPosition;
  uniform bool isOrthographic;
  uniform float pixelsPerUnit;
  out float energy;
  out vec2 onFace;
  const float shades[3] = float[](0.8, 1.0, 0.66);
  void main() {
    int id = firstVoxel + gl_InstanceID;
    ivec3 at = ivec3(id / (dimensions.y * dimensions.z), (id / dimensions.z) % dimensions.y, id % dimensions.z);
    glow = lightAt(at);
    colour = tint;
    energy = 0.0;
    size = 1.0;
    onFace = vec2(0.0);
    if (glow < ${leastGlow}) {
      gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
      return;
    }
    vec3 centre = worldOf(vec3(at) + 0.5);
    vec3 toEye = isOrthographic ? vec3(viewMatrix[0][2], viewMatrix[1][2], viewMatrix[2][2]) : cameraPosition - centre;
    int face = gl_VertexID / 6;
    int corner = gl_VertexID % 6;
    onFace = vec2(corner == 1 || corner == 2 || corner == 4 ? 1.0 : -1.0, corner == 2 || corner == 4 || corner == 5 ? 1.0 : -1.0);
    vec3 offset;
    offset[face] = toEye[face] < 0.0 ? -1.0 : 1.0;
    offset[(face + 1) % 3] = onFace.x;
    offset[(face + 2) % 3] = onFace.y;
    energy = shades[face];
    gl_Position = projectionMatrix * modelViewMatrix * vec4(centre + 0.46 * offset, 1.0);
    size = pixelsPerUnit / max(gl_Position.w, 1e-3);
  }
`;
const cubeVertices = 18;

interface Draw {
  object: THREE.Points<THREE.BufferGeometry, THREE.RawShaderMaterial> | THREE.Mesh<THREE.BufferGeometry, THREE.RawShaderMaterial>;
  /** How much of it is there, 0..1. */
  fade: THREE.IUniform<number>;
}

export class AreaDraws {
  readonly object = new THREE.Group();
  /** Index into the areas. */
  readonly area: number;
  /** Voxels of its longer side. */
  readonly length: number;
  readonly voxels: number;
  /** How much of it is drawn as a box by somebody else, in the viewport aimed at last. */
  boxed = 0;
  /** Only an area in one page can be drawn as bricks, and one of few voxels never is. */
  readonly divisible: boolean;
  readonly sphere: THREE.Sphere;
  readonly #shared: SharedUniforms;
  readonly #dimensions: SceneArea["dimensions"];
  readonly #uniforms: Record<string, THREE.IUniform>;
  readonly #least: number;
  /** By level, made when it is first drawn. */
  readonly #draws: (Draw | null)[] = levels.map(() => null);
  /** By viewport: the level, the one before, and when it changed. */
  readonly #level: (number | null)[] = Array<number | null>(mostViews).fill(null);
  readonly #before = new Uint8Array(mostViews);
  readonly #changedAt = new Float64Array(mostViews);

  /** The voxels from `from` on of an area that lie in a page. */
  constructor(
    shared: SharedUniforms,
    cursor: THREE.IUniform<number>,
    area: SceneArea,
    index: number,
    page: Page,
    [from, to]: [number, number],
  ) {
    this.area = index;
    this.voxels = to - from;
    this.#shared = shared;
    this.#dimensions = area.dimensions;
    this.length = Math.max(...area.dimensions);
    this.#least = leastScale(area);
    this.divisible = this.voxels === voxelsOf(area) && this.#least === 1;
    const { min, max } = worldBox(area);
    this.sphere = new THREE.Box3(new THREE.Vector3(...min), new THREE.Vector3(...max)).getBoundingSphere(new THREE.Sphere());
    this.#uniforms = {
      cursor,
      stamps: { value: page.target.texture },
      sums: page.sums,
      firstTexel: { value: area.firstNeuron! + from * (area.neuronsPerVoxel ?? 1) - page.start },
      perVoxel: { value: area.neuronsPerVoxel ?? 1 },
      firstVoxel: { value: from },
      dimensions: { value: area.dimensions },
      corner: { value: area.position.map((at, axis) => (axis === 2 ? -at : at)) },
      tint: { value: new THREE.Color() },
    };
  }

  setTint(tint: THREE.Color | undefined): void {
    if (tint) this.#uniforms.tint!.value = tint;
    for (const draw of this.#draws) if (draw) applyBlending(draw.object.material, this.#shared.paper.value === 1);
  }

  levelIn(view: number): number | null {
    return this.#level[view]!;
  }

  /** What is drawn at a level: voxels, or the bricks that hold them. */
  countAt(level: number): number {
    const { edge } = levels[level]!;
    if (edge === 1) return this.voxels;
    const [width, height, depth] = this.#dimensions;
    return Math.ceil(width / edge) * Math.ceil(height / edge) * Math.ceil(depth / edge);
  }

  /** Draws a viewport at this level; true while the level before is still going out. */
  aim(view: number, level: number, now: number, fadeMs: number): boolean {
    const current = this.#level[view]!;
    if (current !== level) {
      this.#before[view] = current ?? level;
      this.#changedAt[view] = current === null ? Number.NEGATIVE_INFINITY : now;
      this.#level[view] = level;
    }
    const share = fadeMs > 0 ? Math.min(1, (now - this.#changedAt[view]!) / fadeMs) : 1;
    const weightOf = (each: number) => (each === level ? share : each === this.#before[view] ? 1 - share : 0);
    this.boxed = weightOf(boxLevel);
    for (let each = 0; each < levels.length; each++) {
      const weight = weightOf(each);
      const draw = weight > 0 ? this.#drawAt(each) : this.#draws[each];
      if (!draw) continue;
      draw.object.visible = weight > 0;
      draw.fade.value = weight;
    }
    return share < 1;
  }

  dispose(): void {
    for (const draw of this.#draws) {
      draw?.object.geometry.dispose();
      draw?.object.material.dispose();
    }
  }

  #drawAt(level: number): Draw {
    const made = this.#draws[level] ?? this.#make(level);
    this.#draws[level] = made;
    return made;
  }

  #make(level: number): Draw {
    const { form, edge } = levels[level]!;
    const fade = { value: 1 };
    const uniforms = { ...this.#shared, ...this.#uniforms, fade, edge: { value: edge }, least: { value: this.#least } };
    const paper = this.#shared.paper.value === 1;
    const isCubes = form === "cubes";
    const geometry = isCubes ? new THREE.InstancedBufferGeometry() : new THREE.BufferGeometry();
    geometry.boundingSphere = this.sphere;
    geometry.setDrawRange(0, isCubes ? cubeVertices : this.countAt(level));
    if (geometry instanceof THREE.InstancedBufferGeometry) geometry.instanceCount = this.voxels;
    const material = glowMaterial(isCubes ? cubeVertexShader : pointVertexShader, uniforms, paper, isCubes ? "cubes" : "points");
    const object = isCubes ? new THREE.Mesh(geometry, material) : new THREE.Points(geometry, material);
    // Lines and glass come after what may hide them.
    if (isCubes) object.renderOrder = -1;
    this.object.add(object);
    return { object, fade };
  }
}

/** One for an area; two where it lies across the border of two pages, none while it has no neurons. */
export function drawsOf(
  area: SceneArea,
  index: number,
  pages: readonly Page[],
  shared: SharedUniforms,
  cursor: THREE.IUniform<number>,
): AreaDraws[] {
  const { firstNeuron, neurons, neuronsPerVoxel: perVoxel = 1 } = area;
  if (firstNeuron === undefined || neurons === 0) return [];
  return pages.flatMap((page) => {
    const from = Math.max(0, Math.ceil((page.start - firstNeuron) / perVoxel));
    const to = Math.min(voxelsOf(area), Math.ceil((page.start + pageNeurons - firstNeuron) / perVoxel));
    return to > from ? [new AreaDraws(shared, cursor, area, index, page, [from, to])] : [];
  });
}

/** Those that have neurons of the area's block. */
function voxelsOf(area: SceneArea): number {
  return Math.min(voxelCount(area), Math.ceil(area.neurons / (area.neuronsPerVoxel ?? 1)));
}
