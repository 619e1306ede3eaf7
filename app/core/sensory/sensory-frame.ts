/** What a body senses, as it reaches the burst loop. */
import type { CorticalId } from "#contracts/connectome.ts";

/** Input for one area in one burst; without voxels it is an empty frame. */
export interface SensoryFrame {
  area: CorticalId;
  voxels: readonly (readonly [x: number, y: number, z: number, potential: number])[];
}

/** What one source sent at once. */
export interface SensoryPayload {
  /** Null where the sender gave no name. */
  source: string | null;
  /** First burst it may act in. */
  burst: number;
  frames: readonly SensoryFrame[];
}
