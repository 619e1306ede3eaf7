/** Recent activity on a graphics card: pages of 16-bit floats beside those of stamps, into which firings are added by the card. */
import * as THREE from "three";
import type { DecodedFrame } from "../bridge/frame-decode.ts";
import { RollingSums } from "./recent-sums.ts";
import { ScatterPass, type TexelPage, texelTarget } from "./scatter-pass.ts";
import type { Page } from "./stamp-pages.ts";

const fragmentShader = /* glsl */ `
  precision highp float;
  uniform float weight;
  layout(location = 0) out vec4 texel;
  void main() {
    texel = vec4(weight, 0.0, 0.0, 1.0);
  }
`;
const texels = { format: THREE.RedFormat, type: THREE.HalfFloatType, internalFormat: "R16F" } as const;
const added = {
  blending: THREE.CustomBlending,
  blendEquation: THREE.AddEquation,
  blendSrc: THREE.OneFactor,
  blendDst: THREE.OneFactor,
} as const;

/** Whether the card draws into 16-bit floats; what it draws into it can add to. */
export function addsUp({ extensions }: THREE.WebGLRenderer): boolean {
  return extensions.has("EXT_color_buffer_float") || extensions.has("EXT_color_buffer_half_float");
}

export class RecentPages {
  readonly #pages: readonly Page[];
  readonly #weight = { value: 0 };
  readonly #pass: ScatterPass;
  readonly #all: readonly (readonly TexelPage[])[];
  readonly #sums: RollingSums<readonly TexelPage[]>;

  /** Of the neurons that have these pages. */
  constructor(renderer: THREE.WebGLRenderer, pages: readonly Page[]) {
    this.#pages = pages;
    this.#pass = new ScatterPass(renderer, { fragmentShader, uniforms: { weight: this.#weight }, blending: added });
    const beside = () => pages.map(({ start, rows }) => ({ start, rows, target: texelTarget(rows, texels) }));
    const [older, younger] = [beside(), beside()];
    this.#all = [older, younger];
    this.#sums = new RollingSums<readonly TexelPage[]>(older, younger, (sum) => this.#pass.clear(sum));
  }

  scatter(frames: readonly DecodedFrame[]): void {
    this.#pass.into(() => {
      for (const frame of frames) {
        if (frame.fired === 0) continue;
        this.#pass.load(frame);
        this.#sums.add(frame.burst, (into, weight) => {
          this.#weight.value = weight;
          this.#pass.draw(into);
        });
      }
    });
  }

  clear(): void {
    this.#pass.into(() => this.#sums.clear());
  }

  /** Hands the sums of a burst to whoever draws the pages; returns what they have to be multiplied by. */
  at(burst: number): number {
    let scale = 1;
    this.#pass.into(() => {
      const read = this.#sums.at(burst);
      scale = read.scale;
      for (const [i, { target }] of read.sum.entries()) this.#pages[i]!.sums.value = target.texture;
    });
    return scale;
  }

  dispose(): void {
    for (const { sums } of this.#pages) sums.value = null;
    for (const { target } of this.#all.flat()) target.dispose();
    this.#pass.dispose();
  }
}
