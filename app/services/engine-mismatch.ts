/** A burst that the engines did not agree on, told with the neurons that fired on one of them alone. */
import type { EngineMismatch } from "#contracts/rollout.ts";
import type { EngineKind } from "#core/engine/engine.ts";
import { areaDifferences } from "#core/recording/two-timelines.ts";

/** Neurons told by id of each side. */
const TOLD = 1000;

/** `frames` of the same burst, by engine; null where the frames were alike and only the states differ. */
export function mismatchOf(burst: number, what: string, frames: Readonly<Record<EngineKind, Uint32Array>> | null): EngineMismatch {
  const told: EngineMismatch = { burst, what, reference: { count: 0, neurons: [] }, native: { count: 0, neurons: [] } };
  if (frames === null) return told;
  for (const { hereAlone, thereAlone } of areaDifferences(frames.reference, frames.native)) {
    for (const [side, ids] of [
      [told.reference, hereAlone],
      [told.native, thereAlone],
    ] as const) {
      side.count += ids.length;
      side.neurons.push(...ids.subarray(0, TOLD - side.neurons.length));
    }
  }
  return told;
}
