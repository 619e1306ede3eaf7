/** An estimate of how bright each area is, from firings alone: what the flash limiter follows without reading pixels back. */
import type { DecodedFrame } from "../bridge/frame-decode.ts";
import { voxelCount } from "./placement.ts";
import { glowBursts, type SceneArea } from "./scene-types.ts";

export class AreaBrightness {
  #areas: { voxels: number; glow: number; burst: number }[] = [];
  #glows = new Float32Array(0);
  #byEngineIndex = new Map<number, number>();

  setAreas(areas: readonly SceneArea[]): void {
    this.#areas = areas.map((area) => ({ voxels: voxelCount(area), glow: 0, burst: 0 }));
    this.#glows = new Float32Array(areas.length);
    this.#byEngineIndex = new Map(areas.flatMap((area, i) => (area.index === undefined ? [] : [[area.index, i] as const])));
  }

  scatter(frames: readonly DecodedFrame[]): void {
    for (const frame of frames) {
      for (const { area, ids } of frame.sections) {
        const state = this.#areas[this.#byEngineIndex.get(area) ?? -1];
        if (!state) continue;
        state.glow = Math.min(1, faded(state, frame.burst) + ids.length / state.voxels);
        state.burst = frame.burst;
      }
    }
  }

  /** Mean glow of each area, 0..1; the same list each time. */
  at(burst: number): Float32Array {
    for (let i = 0; i < this.#areas.length; i++) this.#glows[i] = faded(this.#areas[i]!, burst);
    return this.#glows;
  }
}

function faded({ glow, burst }: { glow: number; burst: number }, now: number): number {
  return glow * Math.exp(-Math.max(0, now - burst) / glowBursts);
}
