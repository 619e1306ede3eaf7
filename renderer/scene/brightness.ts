/** An estimate of how bright each area is, from firings alone: what the flash limiter follows without reading pixels back. */
import type { DecodedFrame } from "../bridge/frame-decode.ts";
import { voxelCount } from "./placement.ts";
import { glowBursts, glowLight, type Light, recentBursts, type SceneArea } from "./scene-types.ts";

export class AreaBrightness {
  #areas: { voxels: number; sum: number; burst: number }[] = [];
  #glows = new Float32Array(0);
  #byEngineIndex = new Map<number, number>();
  #light: Light = glowLight;

  setAreas(areas: readonly SceneArea[]): void {
    this.#areas = areas.map((area) => ({ voxels: voxelCount(area), sum: 0, burst: 0 }));
    this.#glows = new Float32Array(areas.length);
    this.#byEngineIndex = new Map(areas.flatMap((area, i) => (area.index === undefined ? [] : [[area.index, i] as const])));
  }

  setLight(light: Light): void {
    this.#light = light;
  }

  scatter(frames: readonly DecodedFrame[]): void {
    for (const frame of frames) {
      for (const { area, ids } of frame.sections) {
        const state = this.#areas[this.#byEngineIndex.get(area) ?? -1];
        if (!state) continue;
        const sum = this.#faded(state, frame.burst) + ids.length / state.voxels;
        state.sum = this.#light.ofSum ? sum : Math.min(1, sum);
        state.burst = frame.burst;
      }
    }
  }

  clear(): void {
    for (const state of this.#areas) Object.assign(state, { sum: 0, burst: 0 });
  }

  /** Mean glow of each area, 0..1; the same list each time. */
  at(burst: number): Float32Array {
    const { ofSum } = this.#light;
    for (let i = 0; i < this.#areas.length; i++) {
      const sum = this.#faded(this.#areas[i]!, burst);
      this.#glows[i] = ofSum ? ofSum(sum) : sum;
    }
    return this.#glows;
  }

  #faded({ sum, burst }: { sum: number; burst: number }, now: number): number {
    return sum * Math.exp(-Math.max(0, now - burst) / (this.#light.ofSum ? recentBursts : glowBursts));
  }
}
