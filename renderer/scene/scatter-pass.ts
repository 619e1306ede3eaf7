/**
 * Writes frames into pages on a graphics card: textures with one texel per neuron, in the order of neuron ids. Each firing is drawn as a
 * point of one texel, without any work per area.
 */
import * as THREE from "three";
import type { DecodedFrame } from "../bridge/frame-decode.ts";

/** Texels per row and rows per page: the smallest size every WebGL 2 card in use takes twice over. */
export const pageWidth = 4096;
export const pageNeurons = pageWidth * 4096;

const vertexShader = /* glsl */ `
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

export interface TexelPage {
  /** Its first neuron. */
  start: number;
  rows: number;
  target: THREE.WebGLRenderTarget;
}

/** What a firing leaves in its texel, and how it meets what is there. */
export interface TexelWrite {
  fragmentShader: string;
  uniforms: Record<string, THREE.IUniform>;
  blending: Partial<THREE.ShaderMaterialParameters>;
}

export class ScatterPass {
  readonly #renderer: THREE.WebGLRenderer;
  readonly #start = { value: 0 };
  readonly #rows = { value: 1 };
  readonly #background = new THREE.Color();
  readonly #material: THREE.RawShaderMaterial;
  readonly #scene = new THREE.Scene();
  readonly #camera = new THREE.Camera();
  #points: THREE.Points;

  constructor(renderer: THREE.WebGLRenderer, { fragmentShader, uniforms, blending }: TexelWrite) {
    this.#renderer = renderer;
    this.#material = new THREE.RawShaderMaterial({
      glslVersion: THREE.GLSL3,
      vertexShader,
      fragmentShader,
      uniforms: { ...uniforms, pageStart: this.#start, pageRows: this.#rows },
      depthTest: false,
      depthWrite: false,
      ...blending,
    });
    this.#points = pointsFor(1024, this.#material);
    this.#scene.add(this.#points);
  }

  /** Around all writing: pages keep what they hold between frames, and an empty texel is 0 whatever the colour of the background. */
  into(work: () => void): void {
    const renderer = this.#renderer;
    renderer.getClearColor(this.#background);
    renderer.autoClear = false;
    renderer.setClearColor(0, 0);
    work();
    renderer.setRenderTarget(null);
    renderer.setClearColor(this.#background, 1);
    renderer.autoClear = true;
  }

  clear(pages: readonly TexelPage[]): void {
    for (const { target } of pages) {
      this.#renderer.setRenderTarget(target);
      this.#renderer.clear(true, false, false);
    }
  }

  /** Takes the neurons that the next draws write. */
  load(frame: DecodedFrame): void {
    if (this.#points.geometry.getAttribute("neuron").count < frame.fired) {
      this.#scene.remove(this.#points);
      this.#points.geometry.dispose();
      this.#points = pointsFor(2 ** Math.ceil(Math.log2(frame.fired)), this.#material);
      this.#scene.add(this.#points);
    }
    const attribute = this.#points.geometry.getAttribute("neuron") as THREE.BufferAttribute;
    const ids = attribute.array as Uint32Array;
    let length = 0;
    for (const section of frame.sections) {
      ids.set(section.ids, length);
      length += section.ids.length;
    }
    attribute.clearUpdateRanges();
    attribute.addUpdateRange(0, length);
    attribute.needsUpdate = true;
    this.#points.geometry.setDrawRange(0, length);
  }

  draw(pages: readonly TexelPage[]): void {
    for (const page of pages) {
      this.#start.value = page.start;
      this.#rows.value = page.rows;
      this.#material.uniformsNeedUpdate = true;
      this.#renderer.setRenderTarget(page.target);
      this.#renderer.render(this.#scene, this.#camera);
    }
  }

  dispose(): void {
    this.#points.geometry.dispose();
    this.#material.dispose();
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

/** A texture that holds one number a neuron. */
export function texelTarget(
  rows: number,
  texels: Required<Pick<THREE.RenderTargetOptions, "format" | "type" | "internalFormat">>,
): THREE.WebGLRenderTarget {
  return new THREE.WebGLRenderTarget(pageWidth, rows, {
    ...texels,
    minFilter: THREE.NearestFilter,
    magFilter: THREE.NearestFilter,
    generateMipmaps: false,
    depthBuffer: false,
  });
}
