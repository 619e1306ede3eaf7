/**
 * Single voxels over the picture: marks with a shape each, or figures as colour. Built when they or the areas change, never for a burst;
 * at most `mostVoxels`, which is what a software rasteriser draws at ease.
 */
import * as THREE from "three";
import { colourScale } from "./area-colours.ts";
import { type Cut, isCut } from "./cut.ts";
import { voxelOfNeuron, worldFromVoxel } from "./placement.ts";
import type { MarkColour, MarkShape, SceneArea, SceneTheme, VoxelLayer } from "./scene-types.ts";

export const mostVoxels = 20_000;

const vertexShader = /* glsl */ `
  precision highp float;
  uniform mat4 modelViewMatrix;
  uniform mat4 projectionMatrix;
  uniform float pixelsPerUnit;
  uniform float leastPixels;
  in vec3 position;
  in vec3 tint;
  in float shape;
  out vec3 colour;
  flat out int form;
  out float size;
  void main() {
    gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0);
    form = int(shape);
    // A shape needs pixels to be told from another.
    float least = leastPixels * (form == 0 ? 1.3 : 3.4);
    size = clamp(pixelsPerUnit / max(gl_Position.w, 1e-3) * (form == 0 ? 0.92 : 1.1), least, 256.0);
    gl_PointSize = size;
    colour = tint;
  }
`;
const fragmentShader = /* glsl */ `
  precision highp float;
  in vec3 colour;
  in float size;
  flat in int form;
  out vec4 pixel;
  void main() {
    vec2 at = gl_PointCoord * 2.0 - 1.0;
    float line = max(0.24, 4.0 / size);
    float inside;
    if (form == 1) inside = 1.0 - smoothstep(0.0, 0.12, abs(length(at) - 0.98 + line * 0.5) - line * 0.5);
    else if (form == 2) inside = 1.0 - smoothstep(0.0, 0.12, min(abs(at.x - at.y), abs(at.x + at.y)) - line * 0.5);
    else if (form == 3) inside = 1.0 - smoothstep(0.85, 0.97, abs(at.x) + abs(at.y));
    else if (form == 4) inside = 1.0 - smoothstep(0.0, 0.12, abs(max(abs(at.x), abs(at.y)) - 0.9 + line * 0.5) - line * 0.5);
    else if (form == 5) inside = 1.0 - smoothstep(-0.06, 0.06, max(2.0 * abs(at.x) - at.y - 0.85, at.y - 0.85));
    else inside = 1.0;
    if (inside < 0.05) discard;
    pixel = vec4(colour, inside);
  }
`;
const forms: readonly MarkShape[] = ["fill", "ring", "cross", "diamond", "frame", "triangle"];

interface Surroundings {
  areas: readonly SceneArea[];
  visible: readonly boolean[];
  cut: Cut;
  theme: SceneTheme;
}

export class VoxelPicture {
  readonly object: THREE.Points<THREE.BufferGeometry, THREE.RawShaderMaterial>;

  /** `shared`: what tells the size of points in every viewport. */
  constructor(shared: Record<"pixelsPerUnit" | "leastPixels", THREE.IUniform<number>>) {
    const material = new THREE.RawShaderMaterial({
      ...{ glslVersion: THREE.GLSL3, vertexShader, fragmentShader, transparent: true, depthTest: false, depthWrite: false },
      uniforms: { pixelsPerUnit: shared.pixelsPerUnit, leastPixels: shared.leastPixels },
    });
    this.object = new THREE.Points(new THREE.BufferGeometry(), material);
    this.object.frustumCulled = false;
    this.object.renderOrder = 1;
    this.object.visible = false;
  }

  /** Voxels drawn. */
  show(layer: VoxelLayer | null, around: Surroundings): number {
    const places = new Places(around);
    const colour = new THREE.Color();
    const { values = null, marks = [] } = layer ?? {};
    if (values) {
      const scale = colourScale(values, around.theme);
      for (const [i, neuron] of values.neurons.entries()) places.add(neuron, "fill", scale(values.values[i]!, colour));
    }
    for (const { neurons, shape, colour: name } of marks) {
      colour.set(markColour(name, around.theme));
      for (const neuron of neurons) places.add(neuron, shape, colour);
    }
    this.object.geometry.dispose();
    this.object.geometry = places.geometry();
    this.object.visible = places.count > 0;
    return places.count;
  }

  dispose(): void {
    this.object.geometry.dispose();
    this.object.material.dispose();
  }
}

export function markColour(name: MarkColour, theme: SceneTheme): string {
  if (name === "low" || name === "high") return theme.signed[name === "low" ? 0 : 2];
  return theme[name];
}

/** Where neurons are, with areas looked up by their ids, which ascend mostly. */
class Places {
  count = 0;
  readonly #around: Surroundings;
  readonly #at: number[] = [];
  readonly #tints: number[] = [];
  readonly #shapes: number[] = [];
  #last = 0;

  constructor(around: Surroundings) {
    this.#around = around;
  }

  add(neuron: number, shape: MarkShape, { r, g, b }: THREE.Color): void {
    const { areas, visible, cut } = this.#around;
    if (this.count >= mostVoxels) return;
    if (!holds(areas[this.#last], neuron)) this.#last = areas.findIndex((area) => holds(area, neuron));
    const area = areas[this.#last];
    const voxel = area && visible[this.#last] ? voxelOfNeuron(area, neuron) : null;
    if (!area || !voxel || isCut(cut, area, voxel)) return;
    this.#at.push(...worldFromVoxel(area, voxel));
    this.#tints.push(r, g, b);
    this.#shapes.push(forms.indexOf(shape));
    this.count++;
  }

  geometry(): THREE.BufferGeometry {
    const geometry = new THREE.BufferGeometry();
    geometry.setAttribute("position", new THREE.Float32BufferAttribute(this.#at, 3));
    geometry.setAttribute("tint", new THREE.Float32BufferAttribute(this.#tints, 3));
    geometry.setAttribute("shape", new THREE.Float32BufferAttribute(this.#shapes, 1));
    return geometry;
  }
}

function holds(area: SceneArea | undefined, neuron: number): boolean {
  return area?.firstNeuron !== undefined && neuron >= area.firstNeuron && neuron < area.firstNeuron + area.neurons;
}
