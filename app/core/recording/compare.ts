/** What differs between a burst as recorded and as replayed, in words. */
import { firedIds, frameWord } from "#contracts/frame.ts";
import type { WeightChanges } from "../engine/engine.ts";

/** Null when the frames are of equal bursts; which engine ran, and how long, may differ. */
export function frameDifference(recorded: Uint32Array, replayed: Uint32Array): string | null {
  const isSame = (i: number) => recorded[i] === replayed[i] || i === frameWord.engine || i === frameWord.engineNanos;
  let at = 0;
  while (at < recorded.length && isSame(at)) at++;
  if (at === recorded.length && recorded.length === replayed.length) return null;
  const [then, now] = [firedIds(recorded), firedIds(replayed)];
  let i = 0;
  while (i < then.length && then[i] === now[i]) i++;
  if (i < then.length && (i >= now.length || then[i]! < now[i]!)) return `neuron ${then[i]} fired when it was recorded and did not now`;
  if (i < now.length) return `neuron ${now[i]} fired now and did not when it was recorded`;
  const name = Object.entries(frameWord).find(([, word]) => !isSame(word))?.[0];
  return name === undefined ? "the frame is written another way" : `the count "${name}" is another`;
}

export function weightDifference(recorded: WeightChanges, replayed: WeightChanges): string | null {
  const count = Math.max(recorded.slot.length, replayed.slot.length);
  for (let i = 0; i < count; i++) {
    const [slot, now] = [recorded.slot[i], replayed.slot[i]];
    if (slot !== now)
      return `learning changed synapse ${Math.min(slot ?? Number.POSITIVE_INFINITY, now ?? Number.POSITIVE_INFINITY)} one time only`;
    if (!Object.is(recorded.weight[i], replayed.weight[i]))
      return `synapse ${slot} has the weight ${replayed.weight[i]}, recorded ${recorded.weight[i]}`;
  }
  return null;
}
