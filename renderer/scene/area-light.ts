/** The mean light of each area from the firings of the bursts that still glow: the same for the same bursts, however one came there. */
import type { DecodedFrame } from "../bridge/frame-decode.ts";
import { ageLight, glowLight, type Light, recentLight, type SceneArea } from "./scene-types.ts";

const span = Math.max(glowLight.span, ageLight.span, recentLight.span);
/** A box of an area in which anything glows is never darker than this: it would look silent. */
const faintest = 0.08;

export class AreaLight {
  #neurons: number[] = [];
  #byEngineIndex = new Map<number, number>();
  /** Firings of an area by burst modulo span and area, and which burst stands there. */
  #firings = new Uint32Array(0);
  readonly #bursts = new Float64Array(span).fill(Number.NaN);
  #light: Light = glowLight;

  setAreas(areas: readonly SceneArea[]): void {
    this.#neurons = areas.map(({ neurons }) => neurons);
    this.#byEngineIndex = new Map(areas.flatMap(({ index }, i) => (index === undefined ? [] : [[index, i] as const])));
    this.#firings = new Uint32Array(span * areas.length);
    this.clear();
  }

  setLight(light: Light): void {
    this.#light = light;
  }

  scatter(frames: readonly DecodedFrame[]): void {
    const areas = this.#neurons.length;
    for (const { burst, sections } of frames) {
      const row = (burst % span) * areas;
      this.#bursts[burst % span] = burst;
      this.#firings.fill(0, row, row + areas);
      for (const { area, ids } of sections) {
        const at = this.#byEngineIndex.get(area);
        if (at !== undefined) this.#firings[row + at]! += ids.length;
      }
    }
  }

  clear(): void {
    this.#bursts.fill(Number.NaN);
  }

  /** Light of each area at a burst, 0..1. Stacked cells hide one another: the root keeps faint areas visible. By age the newest firing counts. */
  at(cursor: number, into: Float32Array): void {
    const areas = this.#neurons.length;
    const byAge = this.#light === ageLight;
    into.fill(0);
    for (let slot = 0; slot < span; slot++) {
      const age = cursor - this.#bursts[slot]!;
      if (!(age >= 0 && age < this.#light.span)) continue;
      const light = this.#light.of(age);
      for (let area = 0; area < areas; area++) {
        const fired = this.#firings[slot * areas + area]!;
        if (fired === 0) continue;
        into[area] = byAge ? Math.max(into[area]!, light) : into[area]! + (light * fired) / this.#neurons[area]!;
      }
    }
    if (byAge) return;
    const { ofSum } = this.#light;
    for (let area = 0; area < areas; area++) {
      const mean = into[area]!;
      if (mean > 0) into[area] = Math.max(faintest, Math.sqrt(ofSum ? ofSum(mean) : Math.min(1, mean)));
    }
  }
}
