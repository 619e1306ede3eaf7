/** Areas that are too small on the screen for voxels: each one box in its mean light, all of them in one draw. */
import * as THREE from "three";
import { applyBlending, leastScale, litShader, type SharedUniforms } from "./activity.ts";
import { worldBox } from "./placement.ts";
import { leastGlow, type SceneArea } from "./scene-types.ts";

const vertexShader = /* glsl */ `
  precision highp float;
  uniform mat4 modelViewMatrix;
  uniform mat4 projectionMatrix;
  uniform mat4 viewMatrix;
  uniform vec3 cameraPosition;
  uniform bool isOrthographic;
  uniform float pixelsPerUnit;
  uniform float leastPixels;
  uniform vec3 keptLow;
  uniform vec3 keptHigh;
  in vec3 low;
  in vec3 high;
  in vec3 tint;
  in float least;
  in float light;
  in float presence;
  out float glow;
  out float size;
  out float energy;
  out float there;
  out vec3 colour;
  const float shades[3] = float[](0.8, 1.0, 0.66);
  void main() {
    glow = light;
    colour = tint;
    there = presence;
    energy = 1.0;
    size = 1.0;
    vec3 from = max(low, keptLow);
    vec3 to = min(high, keptHigh);
    if (presence == 0.0 || light < ${leastGlow} || any(greaterThan(from, to))) {
      gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
      return;
    }
    vec3 centre = 0.5 * (from + to);
    vec3 extent = 0.5 * (to - from);
    float distance = (projectionMatrix * modelViewMatrix * vec4(centre, 1.0)).w;
    size = 2.0 * max(extent.x, max(extent.y, extent.z)) * pixelsPerUnit / max(distance, 1e-3);
    // Never smaller than the points that single voxels are.
    extent *= max(1.0, leastPixels * least / size);
    vec3 toEye = isOrthographic ? vec3(viewMatrix[0][2], viewMatrix[1][2], viewMatrix[2][2]) : cameraPosition - centre;
    int face = gl_VertexID / 6;
    int corner = gl_VertexID % 6;
    vec3 offset;
    offset[face] = toEye[face] < 0.0 ? -1.0 : 1.0;
    offset[(face + 1) % 3] = corner == 1 || corner == 2 || corner == 4 ? 1.0 : -1.0;
    offset[(face + 2) % 3] = corner == 2 || corner == 4 || corner == 5 ? 1.0 : -1.0;
    energy = shades[face];
    gl_Position = projectionMatrix * modelViewMatrix * vec4(centre + extent * offset, 1.0);
  }
`;
const fragmentShader = /* glsl */ `
  ${litShader}
  in float there;
  void main() {
    vec3 hue = hueOf() * mix(1.0, mix(0.25, 1.0, glow), tinted);
    if (paper > 0.5) pixel = vec4(hue * mix(0.7, 1.0, energy), there * mix(0.6, 1.0, exposure));
    else pixel = vec4(hue * energy * exposure, there);
  }
`;
const cubeVertices = 18;

export class AreaBoxes {
  readonly object: THREE.Mesh<THREE.InstancedBufferGeometry, THREE.RawShaderMaterial>;
  /** Light of each area; whoever writes it says so by `lit`. */
  light = new Float32Array(0);
  readonly #shared: SharedUniforms;
  #shown: readonly boolean[] = [];

  constructor(shared: SharedUniforms) {
    this.#shared = shared;
    const material = new THREE.RawShaderMaterial({
      ...{ glslVersion: THREE.GLSL3, vertexShader, fragmentShader, side: THREE.DoubleSide, transparent: true },
      uniforms: { fade: { value: 1 }, ...shared },
    });
    this.object = new THREE.Mesh(new THREE.InstancedBufferGeometry(), material);
    this.object.frustumCulled = false;
    // Lines and glass come after what may hide them.
    this.object.renderOrder = -1;
    this.setAreas([]);
  }

  setAreas(areas: readonly SceneArea[]): void {
    const geometry = new THREE.InstancedBufferGeometry();
    const put = (name: string, values: Float32Array, itemSize: number) =>
      geometry.setAttribute(name, new THREE.InstancedBufferAttribute(values, itemSize));
    const boxes = areas.map(worldBox);
    this.light = new Float32Array(areas.length);
    put("low", new Float32Array(boxes.flatMap(({ min }) => min)), 3);
    put("high", new Float32Array(boxes.flatMap(({ max }) => max)), 3);
    put("tint", new Float32Array(3 * areas.length), 3);
    put("least", new Float32Array(areas.map(leastScale)), 1);
    put("light", this.light, 1);
    put("presence", new Float32Array(areas.length), 1);
    geometry.setDrawRange(0, cubeVertices);
    geometry.instanceCount = areas.length;
    this.object.geometry.dispose();
    this.object.geometry = geometry;
    this.#shown = areas.map(() => true);
    this.object.visible = false;
  }

  setTints(tints: readonly THREE.Color[] | null): void {
    const tint = this.#attribute("tint");
    for (const [i, { r, g, b }] of (tints ?? []).entries()) if (i < tint.count) tint.setXYZ(i, r, g, b);
    tint.needsUpdate = true;
    applyBlending(this.object.material, this.#shared.paper.value === 1);
  }

  setVisible(visible: readonly boolean[]): void {
    this.#shown = visible;
  }

  lit(): void {
    this.#attribute("light").needsUpdate = true;
  }

  /** How much of each box is in the viewport that is drawn next, 0..1. */
  place(presence: ArrayLike<number>): void {
    const attribute = this.#attribute("presence");
    let any = false;
    for (let i = 0; i < attribute.count; i++) {
      const now = this.#shown[i] === false ? 0 : presence[i]!;
      any ||= now > 0;
      if (attribute.getX(i) === Math.fround(now)) continue;
      attribute.setX(i, now);
      attribute.needsUpdate = true;
    }
    this.object.visible = any;
  }

  dispose(): void {
    this.object.geometry.dispose();
    this.object.material.dispose();
  }

  #attribute(name: string): THREE.InstancedBufferAttribute {
    return this.object.geometry.getAttribute(name) as THREE.InstancedBufferAttribute;
  }
}
