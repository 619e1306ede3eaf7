/** `window.gyrusProbe`: what scripts and tests may look at. Read-only; nothing in Gyrus depends on it. */
import type { CorticalId } from "#contracts/connectome.ts";
import type { SceneStats } from "./scene-types.ts";

export interface SceneProbe {
  /** Where the voxel of a neuron is drawn, in CSS pixels of the window; null where it is not in the picture. */
  project(neuron: number): { x: number; y: number } | null;
  /** The frame last drawn. */
  lastFrame(): { burst: number; fired: number[] } | null;
  /** First neuron of an area and the one after its last. */
  neuronsOf(area: CorticalId): [number, number] | null;
  stats(): SceneStats;
}

export function installProbe(window: Window, probe: SceneProbe): void {
  Object.defineProperty(window, "gyrusProbe", { value: Object.freeze(probe), configurable: true });
}
