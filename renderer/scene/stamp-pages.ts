/** Pages of burst stamps on a graphics card: a texel holds burst + 1 of the last firing of its neuron, 0 = never. */
import * as THREE from "three";
import type { DecodedFrame } from "../bridge/frame-decode.ts";
import { pageNeurons, pageWidth, ScatterPass, type TexelPage, texelTarget } from "./scatter-pass.ts";

const fragmentShader = /* glsl */ `
  precision highp float;
  precision highp int;
  uniform uint stamp;
  layout(location = 0) out uint texel;
  void main() {
    texel = stamp;
  }
`;
const texels = { format: THREE.RedIntegerFormat, type: THREE.UnsignedIntType, internalFormat: "R32UI" } as const;

export interface Page extends TexelPage {
  /** Recent activity of the same neurons; null while nobody asks for it. */
  sums: THREE.IUniform<THREE.Texture | null>;
}

export class StampPages {
  pages: readonly Page[] = [];
  readonly #stamp = { value: 0 };
  readonly #pass: ScatterPass;

  constructor(renderer: THREE.WebGLRenderer) {
    this.#pass = new ScatterPass(renderer, { fragmentShader, uniforms: { stamp: this.#stamp }, blending: { blending: THREE.NoBlending } });
  }

  /** Makes room for so many neurons. */
  setNeurons(neurons: number): void {
    const wanted = Math.ceil(neurons / pageNeurons);
    const rowsOf = (page: number) => Math.ceil(Math.min(pageNeurons, neurons - page * pageNeurons) / pageWidth);
    if (wanted === this.pages.length && this.pages.every(({ rows }, i) => rows === rowsOf(i))) return;
    for (const { target } of this.pages) target.dispose();
    this.pages = Array.from({ length: wanted }, (_, i) => {
      const rows = rowsOf(i);
      return { start: i * pageNeurons, rows, target: texelTarget(rows, texels), sums: { value: null } };
    });
  }

  scatter(frames: readonly DecodedFrame[]): void {
    this.#pass.into(() => {
      for (const frame of frames) {
        if (frame.fired === 0) continue;
        this.#pass.load(frame);
        this.#stamp.value = frame.burst + 1;
        this.#pass.draw(this.pages);
      }
    });
  }

  /** Forgets all stamps. */
  clear(): void {
    this.#pass.into(() => this.#pass.clear(this.pages));
  }

  dispose(): void {
    for (const { target } of this.pages) target.dispose();
    this.#pass.dispose();
  }
}
