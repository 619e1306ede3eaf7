/**
 * Burst stamps in memory, for where the graphics card is slow: when every voxel fired last, and which voxels still glow.
 * Bursts are kept as burst + 1, 0 = never.
 */
import type { DecodedFrame } from "../bridge/frame-decode.ts";
import { voxelCount } from "./placement.ts";
import { glowBursts, glowSpan, type SceneArea } from "./scene-types.ts";

interface AreaStamps {
  firstNeuron: number;
  perVoxel: number;
  stamps: Uint32Array;
}

export class StampBook {
  #areas: AreaStamps[] = [];
  #byEngineIndex = new Map<number, number>();
  /** Frames of the last bursts, ascending. */
  #recent: DecodedFrame[] = [];

  setAreas(areas: readonly SceneArea[]): void {
    this.#recent = [];
    this.#byEngineIndex = new Map(areas.flatMap((area, i) => (area.index === undefined ? [] : [[area.index, i] as const])));
    this.#areas = areas.map((area) => ({
      firstNeuron: area.firstNeuron ?? 0,
      perVoxel: area.neuronsPerVoxel ?? 1,
      stamps: new Uint32Array(area.firstNeuron === undefined ? 0 : voxelCount(area)),
    }));
  }

  scatter(frames: readonly DecodedFrame[]): void {
    for (const frame of frames) {
      for (const { area, ids } of frame.sections) {
        const book = this.#areas[this.#byEngineIndex.get(area) ?? -1];
        if (!book) continue;
        const { firstNeuron, perVoxel, stamps } = book;
        for (let i = 0; i < ids.length; i++) {
          const voxel = perVoxel === 1 ? ids[i]! - firstNeuron : Math.floor((ids[i]! - firstNeuron) / perVoxel);
          if (voxel >= 0 && voxel < stamps.length) stamps[voxel] = frame.burst + 1;
        }
      }
      this.#recent.push(frame);
    }
    const newest = this.#recent.at(-1)?.burst ?? 0;
    this.#recent = this.#recent.filter(({ burst }) => burst > newest - glowSpan);
  }

  clear(): void {
    this.#recent = [];
    for (const { stamps } of this.#areas) stamps.fill(0);
  }

  /** Glowing voxels of each area by its index, each voxel once, the newest firings first. */
  gather(cursor: number, visit: (area: number, voxel: number, glow: number) => void): void {
    for (let f = this.#recent.length - 1; f >= 0; f--) {
      const frame = this.#recent[f]!;
      const age = cursor - frame.burst;
      if (age < 0 || age >= glowSpan) continue;
      const glow = Math.exp(-age / glowBursts);
      const stamp = frame.burst + 1;
      for (const { area: engineIndex, ids } of frame.sections) {
        const area = this.#byEngineIndex.get(engineIndex);
        if (area === undefined) continue;
        const { firstNeuron, perVoxel, stamps } = this.#areas[area]!;
        let before = -1;
        for (let i = 0; i < ids.length; i++) {
          const voxel = perVoxel === 1 ? ids[i]! - firstNeuron : Math.floor((ids[i]! - firstNeuron) / perVoxel);
          // Fired again since: it was visited with that burst. Neurons of one voxel follow each other.
          if (stamps[voxel] !== stamp || voxel === before) continue;
          before = voxel;
          visit(area, voxel, glow);
        }
      }
    }
  }
}
