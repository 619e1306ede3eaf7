/**
 * Firings on a graphics card. A page is an integer texture with one texel per neuron, in the order of neuron ids, that holds
 * burst + 1 of its last firing (0 = never). A frame is scattered into it as points, without any work per area; each area is
 * then one draw call over its voxels, where silent ones leave the picture in the vertex shader. Nothing decays on the CPU.
 */
import * as THREE from "three";
import type { DecodedFrame } from "../bridge/frame-decode.ts";
import {
  type Activity,
  type ActivityCounts,
  applyBlending,
  glowMaterial,
  leastScale,
  lightShader,
  pointSizeShader,
  type SharedUniforms,
  setCutUniforms,
} from "./activity.ts";
import { brickEdgeFor } from "./brick-lod.ts";
import { voxelCount, worldBox } from "./placement.ts";
import { ageLight, leastGlow, type SceneArea } from "./scene-types.ts";

/** Texels per row and rows per page: the smallest size every WebGL 2 card in use takes twice over. */
const pageWidth = 4096;
const pageNeurons = pageWidth * 4096;

const scatterVertexShader = /* glsl */ `
  precision highp float;
  precision highp int;
  in uint neuron;
  uniform uint pageStart;
  uniform uint pageRows;
  void main() {
    uint local = neuron - pageStart;
    uvec2 texel = uvec2(local % ${pageWidth}u, local / ${pageWidth}u);
    vec2 at = (vec2(texel) + 0.5) / vec2(${pageWidth}.0, float(pageRows)) * 2.0 - 1.0;
    // Ids of another page wrap around or lie above: both fall outside the page.
    gl_Position = texel.y < pageRows ? vec4(at, 0.0, 1.0) : vec4(2.0, 2.0, 2.0, 1.0);
    gl_PointSize = 1.0;
  }
`;
const scatterFragmentShader = /* glsl */ `
  precision highp float;
  precision highp int;
  uniform uint stamp;
  layout(location = 0) out uint texel;
  void main() {
    texel = stamp;
  }
`;

/** A vertex is a voxel, or where `edge` is above 1 a brick of edge³ voxels with their mean light. */
const drawVertexShader = /* glsl */ `
  precision highp float;
  precision highp int;
  precision highp usampler2D;
  uniform mat4 modelViewMatrix;
  uniform mat4 projectionMatrix;
  uniform usampler2D stamps;
  uniform int firstTexel;
  uniform int perVoxel;
  uniform int firstVoxel;
  uniform int edge;
  uniform ivec3 dimensions;
  uniform vec3 corner;
  uniform vec3 tint;
  uniform uint cursor;
  uniform float least;
  uniform vec3 keptLow;
  uniform vec3 keptHigh;
  uniform int peel;
  out float glow;
  out float size;
  out vec3 colour;
  ${pointSizeShader}
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
    for (int k = 0; k < perVoxel; k++) {
      int texel = firstTexel + local * perVoxel + k;
      uint stamp = texelFetch(stamps, ivec2(texel % ${pageWidth}, texel / ${pageWidth}), 0).r;
      if (stamp <= cursor) newest = max(newest, stamp);
    }
    return newest == 0u ? 0.0 : lightOf(float(cursor - newest));
  }
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

interface Page {
  start: number;
  rows: number;
  target: THREE.WebGLRenderTarget;
}
interface Part {
  points: THREE.Points<THREE.BufferGeometry, THREE.RawShaderMaterial>;
  /** Index into the areas. */
  area: number;
  dimensions: SceneArea["dimensions"];
  /** Vertices when every voxel is one. */
  voxels: number;
  /** Only an area in one page can be drawn as bricks, and one of few voxels never is. */
  divisible: boolean;
  edge: number;
}

export function createGpuActivity(renderer: THREE.WebGLRenderer, shared: SharedUniforms): Activity {
  const object = new THREE.Group();
  const cursorUniform = { value: 0 };
  const stampUniform = { value: 0 };
  const pageStartUniform = { value: 0 };
  const pageRowsUniform = { value: 1 };
  const scatterMaterial = new THREE.RawShaderMaterial({
    glslVersion: THREE.GLSL3,
    vertexShader: scatterVertexShader,
    fragmentShader: scatterFragmentShader,
    uniforms: { stamp: stampUniform, pageStart: pageStartUniform, pageRows: pageRowsUniform },
    blending: THREE.NoBlending,
    depthTest: false,
    depthWrite: false,
  });
  const scatterScene = new THREE.Scene();
  const scatterCamera = new THREE.Camera();
  let scatterPoints = pointsFor(1024, scatterMaterial);
  scatterScene.add(scatterPoints);
  let pages: Page[] = [];
  let parts: Part[] = [];
  const centre = new THREE.Vector3();
  const counts: ActivityCounts = { points: 0, ofPoints: 0, bricks: 0, brickAreas: 0 };

  return {
    object,
    counts,
    setAreas(areas) {
      disposeParts();
      const neurons = areas.reduce((end, area) => Math.max(end, (area.firstNeuron ?? 0) + area.neurons), 0);
      makePages(neurons);
      parts = areas.flatMap((area, index) => partsOf(area, index));
      object.add(...parts.map(({ points }) => points));
    },
    setTints(tints) {
      shared.tinted.value = tints ? 1 : 0;
      for (const { points, area } of parts) if (tints?.[area]) points.material.uniforms.tint!.value = tints[area];
      for (const { points } of parts) applyBlending(points.material, shared.paper.value === 1);
    },
    setVisible(visible) {
      for (const { points, area } of parts) points.visible = visible[area] ?? true;
    },
    setLight(light) {
      shared.aged.value = light === ageLight ? 1 : 0;
    },
    setCut: (cut) => setCutUniforms(shared, cut),
    scatter: (frames) =>
      intoPages(() => {
        for (const frame of frames) if (frame.fired > 0) scatterFrame(frame);
      }),
    clear: () =>
      intoPages(() => {
        for (const { target } of pages) {
          renderer.setRenderTarget(target);
          renderer.clear(true, false, false);
        }
      }),
    prepare(cursor) {
      cursorUniform.value = cursor + 1;
    },
    aim(camera, unitPixels) {
      counts.brickAreas = 0;
      counts.bricks = 0;
      for (const part of parts) {
        if (!part.divisible) continue;
        // The clip space's w is what a point's size is divided by: the distance, or 1 where nothing is nearer.
        centre.copy(part.points.geometry.boundingSphere!.center).applyMatrix4(camera.matrixWorldInverse);
        const distance = camera instanceof THREE.OrthographicCamera ? 1 : Math.max(1e-3, -centre.z);
        part.edge = brickEdgeFor(unitPixels / distance, part.edge);
        const bricks = part.dimensions.reduce((product, length) => product * Math.ceil(length / part.edge), 1);
        part.points.material.uniforms.edge!.value = part.edge;
        part.points.geometry.setDrawRange(0, part.edge === 1 ? part.voxels : bricks);
        if (part.edge === 1 || !part.points.visible) continue;
        counts.brickAreas++;
        counts.bricks += bricks;
      }
    },
    dispose() {
      disposeParts();
      for (const { target } of pages) target.dispose();
      scatterPoints.geometry.dispose();
      scatterMaterial.dispose();
    },
  };

  /** Pages keep what they hold between frames, and an empty texel is 0 whatever the colour of the background. */
  function intoPages(work: () => void): void {
    const background = renderer.getClearColor(new THREE.Color());
    renderer.autoClear = false;
    renderer.setClearColor(0, 0);
    work();
    renderer.setRenderTarget(null);
    renderer.setClearColor(background, 1);
    renderer.autoClear = true;
  }

  function scatterFrame(frame: DecodedFrame): void {
    if (scatterPoints.geometry.getAttribute("neuron").count < frame.fired) {
      scatterScene.remove(scatterPoints);
      scatterPoints.geometry.dispose();
      scatterPoints = pointsFor(2 ** Math.ceil(Math.log2(frame.fired)), scatterMaterial);
      scatterScene.add(scatterPoints);
    }
    const attribute = scatterPoints.geometry.getAttribute("neuron") as THREE.BufferAttribute;
    const ids = attribute.array as Uint32Array;
    let length = 0;
    for (const section of frame.sections) {
      ids.set(section.ids, length);
      length += section.ids.length;
    }
    attribute.clearUpdateRanges();
    attribute.addUpdateRange(0, length);
    attribute.needsUpdate = true;
    scatterPoints.geometry.setDrawRange(0, length);
    stampUniform.value = frame.burst + 1;
    for (const page of pages) {
      pageStartUniform.value = page.start;
      pageRowsUniform.value = page.rows;
      scatterMaterial.uniformsNeedUpdate = true;
      renderer.setRenderTarget(page.target);
      renderer.render(scatterScene, scatterCamera);
    }
  }

  function makePages(neurons: number): void {
    const wanted = Math.ceil(neurons / pageNeurons);
    const rowsOf = (page: number) => Math.ceil(Math.min(pageNeurons, neurons - page * pageNeurons) / pageWidth);
    if (wanted === pages.length && pages.every(({ rows }, i) => rows === rowsOf(i))) return;
    for (const { target } of pages) target.dispose();
    pages = Array.from({ length: wanted }, (_, i) => {
      const rows = rowsOf(i);
      const target = new THREE.WebGLRenderTarget(pageWidth, rows, {
        format: THREE.RedIntegerFormat,
        type: THREE.UnsignedIntType,
        internalFormat: "R32UI",
        minFilter: THREE.NearestFilter,
        magFilter: THREE.NearestFilter,
        generateMipmaps: false,
        depthBuffer: false,
      });
      return { start: i * pageNeurons, rows, target };
    });
  }

  /** One draw call for an area; two where it lies across the border of two pages. */
  function partsOf(area: SceneArea, index: number): Part[] {
    if (area.firstNeuron === undefined || area.neurons === 0) return [];
    const perVoxel = area.neuronsPerVoxel ?? 1;
    const voxels = Math.min(voxelCount(area), Math.ceil(area.neurons / perVoxel));
    const made: Part[] = [];
    for (const page of pages) {
      const from = Math.max(0, Math.ceil((page.start - area.firstNeuron) / perVoxel));
      const to = Math.min(voxels, Math.ceil((page.start + pageNeurons - area.firstNeuron) / perVoxel));
      if (to <= from) continue;
      const geometry = new THREE.BufferGeometry();
      geometry.setDrawRange(0, to - from);
      const { min, max } = worldBox(area);
      geometry.boundingSphere = new THREE.Box3(new THREE.Vector3(...min), new THREE.Vector3(...max)).getBoundingSphere(new THREE.Sphere());
      const uniforms = {
        ...shared,
        cursor: cursorUniform,
        stamps: { value: page.target.texture },
        firstTexel: { value: area.firstNeuron + from * perVoxel - page.start },
        perVoxel: { value: perVoxel },
        firstVoxel: { value: from },
        edge: { value: 1 },
        dimensions: { value: area.dimensions },
        corner: { value: area.position.map((at, axis) => (axis === 2 ? -at : at)) },
        tint: { value: new THREE.Color() },
        least: { value: leastScale(area) },
      };
      const points = new THREE.Points(geometry, glowMaterial(drawVertexShader, uniforms, shared.paper.value === 1));
      const divisible = to - from === voxels && leastScale(area) === 1;
      made.push({ points, area: index, dimensions: area.dimensions, voxels: to - from, divisible, edge: 1 });
    }
    return made;
  }

  function disposeParts(): void {
    object.clear();
    for (const { points } of parts) {
      points.geometry.dispose();
      points.material.dispose();
    }
    parts = [];
  }
}

function pointsFor(capacity: number, material: THREE.Material): THREE.Points {
  const geometry = new THREE.BufferGeometry();
  const neurons = new THREE.BufferAttribute(new Uint32Array(capacity), 1);
  neurons.setUsage(THREE.DynamicDrawUsage);
  geometry.setAttribute("neuron", neurons);
  const points = new THREE.Points(geometry, material);
  points.frustumCulled = false;
  return points;
}
