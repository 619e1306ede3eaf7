/**
 * Pages of burst stamps on a graphics card: integer textures with one texel per neuron, in the order of neuron ids, that hold burst + 1 of
 * its last firing (0 = never). A frame is scattered into them as points, without any work per area.
 */
import * as THREE from "three";
import type { DecodedFrame } from "../bridge/frame-decode.ts";

/** Texels per row and rows per page: the smallest size every WebGL 2 card in use takes twice over. */
export const pageWidth = 4096;
export const pageNeurons = pageWidth * 4096;

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

export interface Page {
  /** Its first neuron. */
  start: number;
  rows: number;
  target: THREE.WebGLRenderTarget;
}

export class StampPages {
  pages: readonly Page[] = [];
  readonly #renderer: THREE.WebGLRenderer;
  readonly #stamp = { value: 0 };
  readonly #start = { value: 0 };
  readonly #rows = { value: 1 };
  readonly #background = new THREE.Color();
  readonly #material: THREE.RawShaderMaterial;
  readonly #scene = new THREE.Scene();
  readonly #camera = new THREE.Camera();
  #points: THREE.Points;

  constructor(renderer: THREE.WebGLRenderer) {
    this.#renderer = renderer;
    this.#material = new THREE.RawShaderMaterial({
      glslVersion: THREE.GLSL3,
      vertexShader: scatterVertexShader,
      fragmentShader: scatterFragmentShader,
      uniforms: { stamp: this.#stamp, pageStart: this.#start, pageRows: this.#rows },
      blending: THREE.NoBlending,
      depthTest: false,
      depthWrite: false,
    });
    this.#points = pointsFor(1024, this.#material);
    this.#scene.add(this.#points);
  }

  /** Makes room for so many neurons. */
  setNeurons(neurons: number): void {
    const wanted = Math.ceil(neurons / pageNeurons);
    const rowsOf = (page: number) => Math.ceil(Math.min(pageNeurons, neurons - page * pageNeurons) / pageWidth);
    if (wanted === this.pages.length && this.pages.every(({ rows }, i) => rows === rowsOf(i))) return;
    for (const { target } of this.pages) target.dispose();
    this.pages = Array.from({ length: wanted }, (_, i) => {
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

  scatter(frames: readonly DecodedFrame[]): void {
    this.#into(() => {
      for (const frame of frames) if (frame.fired > 0) this.#scatterFrame(frame);
    });
  }

  /** Forgets all stamps. */
  clear(): void {
    this.#into(() => {
      for (const { target } of this.pages) {
        this.#renderer.setRenderTarget(target);
        this.#renderer.clear(true, false, false);
      }
    });
  }

  dispose(): void {
    for (const { target } of this.pages) target.dispose();
    this.#points.geometry.dispose();
    this.#material.dispose();
  }

  /** Pages keep what they hold between frames, and an empty texel is 0 whatever the colour of the background. */
  #into(work: () => void): void {
    const renderer = this.#renderer;
    renderer.getClearColor(this.#background);
    renderer.autoClear = false;
    renderer.setClearColor(0, 0);
    work();
    renderer.setRenderTarget(null);
    renderer.setClearColor(this.#background, 1);
    renderer.autoClear = true;
  }

  #scatterFrame(frame: DecodedFrame): void {
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
    this.#stamp.value = frame.burst + 1;
    for (const page of this.pages) {
      this.#start.value = page.start;
      this.#rows.value = page.rows;
      this.#material.uniformsNeedUpdate = true;
      this.#renderer.setRenderTarget(page.target);
      this.#renderer.render(this.#scene, this.#camera);
    }
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
