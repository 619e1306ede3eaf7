/**
 * Patterns of change: a memory area may remember how potentials rose and fell over its window instead of who fired.
 *
 * Each pair of consecutive frames, and in it each upstream area ascending, gives the neurons that took part with a bucket of how
 * much they changed. Reckoned in doubles. Source: spec/burst-engine-extensions.md 9.
 */
import { xxHash64 } from "../engine/hash.ts";

export interface ChangeCoding {
  /** `difference`: now - before, in steps of `quantization`; `ratio`: now / before, in steps of `quantization` percent. */
  by: "difference" | "ratio";
  /** Above zero. */
  quantization: number;
}

/** Who fired in one burst and with what potential, ids ascending. */
export interface PotentialFrame {
  ids: ArrayLike<number>;
  potentials: ArrayLike<number>;
}

/** Of one area between two bursts: neurons ascending, each with its bucket. */
export type ChangeStep = [neuron: number, bucket: number][];

/** The steps of a window. `windows` holds the frames of each upstream area, areas ascending, frames oldest first. */
export function changeSteps(windows: readonly (readonly PotentialFrame[])[], coding: ChangeCoding): ChangeStep[] {
  const steps: ChangeStep[] = [];
  for (let frame = 1; frame < (windows[0]?.length ?? 0); frame++) {
    for (const window of windows) steps.push(changes(window[frame - 1]!, window[frame]!, coding));
  }
  return steps;
}

/** What identifies the pattern; undefined where nobody took part. */
export function changeHash(steps: readonly ChangeStep[], { by }: ChangeCoding): bigint | undefined {
  if (steps.every((step) => step.length === 0)) return undefined;
  const view = new DataView(new ArrayBuffer(steps.reduce((bytes, step) => bytes + 4 + 12 * step.length, 1)));
  view.setUint8(0, by === "difference" ? 1 : 2);
  let at = 1;
  for (const step of steps) {
    view.setUint32(at, step.length, true);
    at += 4;
    for (const [neuron, bucket] of step) {
      view.setUint32(at, neuron, true);
      view.setBigInt64(at + 4, int64(bucket), true);
      at += 12;
    }
  }
  return xxHash64(new Uint8Array(view.buffer));
}

function changes(before: PotentialFrame, now: PotentialFrame, { by, quantization }: ChangeCoding): ChangeStep {
  const [was, is] = [potentialsById(before), potentialsById(now)];
  if (by === "ratio") {
    const step = Math.log(1 + quantization / 100);
    return [...is]
      .filter(([id, potential]) => potential > 0 && was.get(id)! > 0)
      .map(([id, potential]) => [id, bucketOf(Math.log(potential / was.get(id)!) / step)]);
  }
  const ids = [...new Set([...was.keys(), ...is.keys()])].sort((a, b) => a - b);
  return ids.map((id) => [id, bucketOf(((is.get(id) ?? 0) - (was.get(id) ?? 0)) / quantization)]);
}

function potentialsById({ ids, potentials }: PotentialFrame): Map<number, number> {
  return new Map(Array.from(ids, (id, i) => [id, Math.fround(potentials[i]!)]));
}

/** The nearest whole number, halves away from zero. */
function bucketOf(steps: number): number {
  return Number.isNaN(steps) ? 0 : Math.sign(steps) * Math.round(Math.abs(steps)) + 0;
}

/** Potentials may grow without bound, buckets end where 64 bits do. */
function int64(bucket: number): bigint {
  if (bucket >= 2 ** 63) return 2n ** 63n - 1n;
  return bucket < -(2 ** 63) ? -(2n ** 63n) : BigInt(bucket);
}
